package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"sync"

	"surel/server/tap"
)

// Wifi is the host of somebody who sits between the laptop and the mail server,
// as the keeper of a café's network does, and who takes STARTTLS out of what the
// server offers.
const Wifi = "wifi.kampus.test"

// middle hands on what both sides say, and changes it on the way.
type middle struct {
	dial func(ctx context.Context) (net.Conn, error)

	mu    sync.Mutex
	taps  []*tap.Listener
	conns map[net.Conn]struct{}
	ended bool
	all   sync.WaitGroup
}

func newMiddle(dial func(ctx context.Context) (net.Conn, error)) *middle {
	return &middle{dial: dial, conns: map[net.Conn]struct{}{}}
}

// Serve takes the connections of a port until the middle is closed.
func (m *middle) Serve(l *tap.Listener, _ bool) {
	m.mu.Lock()
	m.taps = append(m.taps, l)
	m.mu.Unlock()
	m.all.Go(func() {
		for {
			conn, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err == nil && m.hold(conn) {
				m.all.Go(func() { m.between(conn) })
			}
		}
	})
}

// hold keeps a connection to be closed; false where everything has been.
func (m *middle) hold(conn net.Conn) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		_ = conn.Close()
		return false
	}
	m.conns[conn] = struct{}{}
	return true
}

func (m *middle) drop(conn net.Conn) {
	_ = conn.Close()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.conns, conn)
}

// between connects a client to the true server.
func (m *middle) between(client net.Conn) {
	defer m.drop(client)
	server, err := m.dial(context.Background())
	if err != nil || !m.hold(server) {
		return
	}
	defer m.drop(server)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	strip(client, server)
	_ = client.Close()
	<-done
}

// offer is what a server that can do TLS says of it (RFC 3207 §4). What takes its
// place is as long, so that nothing else has to change.
var (
	offer    = []byte("STARTTLS")
	unoffers = []byte("XXXXXXXX")
)

// strip copies what the server says, and takes the offer out.
func strip(to io.Writer, from io.Reader) {
	b := make([]byte, 32<<10)
	kept := 0 // bytes that may be the beginning of the offer
	for {
		n, err := from.Read(b[kept:])
		text := bytes.ReplaceAll(b[:kept+n], offer, unoffers)
		whole := len(text)
		if err == nil {
			whole -= beginning(text)
		}
		if _, failed := to.Write(text[:whole]); failed != nil || err != nil {
			return
		}
		kept = copy(b, text[whole:])
	}
}

// beginning gives how many bytes at the end can be the beginning of the offer.
func beginning(text []byte) int {
	for n := min(len(offer)-1, len(text)); n > 0; n-- {
		if bytes.HasSuffix(text, offer[:n]) {
			return n
		}
	}
	return 0
}

// Close ends every connection and waits.
func (m *middle) Close(context.Context) error {
	m.mu.Lock()
	m.ended = true
	var errs []error
	for _, l := range m.taps {
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	for conn := range m.conns {
		_ = conn.Close()
	}
	m.mu.Unlock()
	m.all.Wait()
	return errors.Join(errs...)
}
