package explorer

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"surel/protocols/wire"
	"surel/tui/ui"
)

// lab is a lab with one server of few words, whose every answer is the same
// from run to run.
type lab struct {
	log   *wire.Log
	ports uint16

	mu       sync.Mutex
	files    map[string][]string // by address
	watchers map[chan struct{}]string
	outside  string
}

var _ ui.Lab = (*lab)(nil)

func newLab(testing.TB) *lab { return &lab{log: wire.NewLog(wire.Limits{})} }

func (l *lab) Log() *wire.Log                   { return l.log }
func (l *lab) Services() []wire.Service         { return nil }
func (l *lab) ClientTLS(string) *tls.Config     { return nil }
func (l *lab) Letters(string) ([][]byte, error) { return nil, nil }

func (l *lab) Remembers(string, string) bool { return false }

func (l *lab) Folder(string, string) ([][]byte, []string, error) { return nil, nil, nil }

// Dial connects to the server in memory.
func (l *lab) Dial(_ context.Context, from, to string) (net.Conn, error) {
	client, server := net.Pipe()
	l.ports++
	local := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), 50000+l.ports)
	host, _, err := net.SplitHostPort(to)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	r := l.log.Open(wire.Conn{
		Service: "smtp", Opened: time.Now(),
		Client: wire.Endpoint{Host: from, Addr: netip.MustParseAddrPort("192.0.2.10:50000"), Real: local},
		Server: wire.Endpoint{Host: host, Addr: netip.MustParseAddrPort("198.51.100.25:25")},
	})
	go serve(server, r)
	return pipe{client, net.TCPAddrFromAddrPort(local)}, nil
}

// pipe is a connection in memory with an address.
type pipe struct {
	net.Conn
	local net.Addr
}

func (p pipe) LocalAddr() net.Addr { return p.local }

// serve answers each line, until QUIT or the client's end.
func serve(conn net.Conn, r *wire.Recorder) {
	defer func() {
		_ = conn.Close()
		r.Close(time.Now())
	}()
	say := func(s string) bool {
		r.Record(time.Now(), wire.ServerToClient, []byte(s+"\r\n"))
		_, err := conn.Write([]byte(s + "\r\n"))
		return err == nil
	}
	if !say("220 mx1.sekolah.test siap") {
		return
	}
	state := "greeting"
	for lines := bufio.NewReader(conn); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		r.Record(time.Now(), wire.ClientToServer, []byte(line))
		verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		var reply string
		state, reply = answer(state, verb)
		if reply != "" && !say(reply) || state == "quit" {
			return
		}
	}
}

// answer gives the state that follows a command, and what the server says; it
// is silent inside a letter, and to SILENCE.
func answer(state, verb string) (next, reply string) {
	switch {
	case state == "data" && verb == ".":
		return "ready", "250 2.0.0 Diterima"
	case state == "data" || verb == "SILENCE":
		return state, ""
	case verb == "EHLO":
		return "ready", "250-mx1.sekolah.test\r\n250 PIPELINING"
	case verb == "MAIL" && state == "ready":
		return "mail", "250 2.1.0 Ok"
	case verb == "RCPT" && (state == "mail" || state == "rcpt"):
		return "rcpt", "250 2.1.5 Ok"
	case verb == "DATA" && state == "rcpt":
		return "data", "354 Silakan"
	case verb == "QUIT":
		return "quit", "221 2.0.0 Bye"
	case verb == "MAIL" || verb == "RCPT" || verb == "DATA":
		return state, "503 5.5.1 Urutannya salah"
	}
	return state, "500 5.5.2 Tidak kenal"
}

func (*lab) Login(string) (user, password string) { return "guru@sekolah.test", "rahasia2" }
func (*lab) CAFile() string                       { return "/lab/ca.pem" }
func (*lab) AnchorFile() string                   { return "/lab/root.key" }
func (*lab) Dir() string                          { return "/lab" }

// Outside gives what the test has set.
func (l *lab) Outside() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.outside
}

func (l *lab) SetOutside(address string) error {
	if strings.Contains(address, "x") {
		return errors.New("no address")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.outside = address
	return nil
}

func (*lab) SystemResolver(context.Context) (string, error) { return "192.0.2.53:53", nil }

// Files gives the files that the test has put into the mailbox.
func (l *lab) Files(address string) ([]string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.files[address]...), nil
}

func (l *lab) Watch(address string) (<-chan struct{}, func(), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.files == nil {
		return nil, nil, errors.New("no such mailbox")
	}
	c := make(chan struct{}, 1)
	l.watchers[c] = address
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.watchers, c)
	}, nil
}

// setFiles changes the mailbox of guru.
func (l *lab) setFiles(files ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.files == nil {
		l.files, l.watchers = map[string][]string{}, map[chan struct{}]string{}
	}
	l.files[guru] = files
	for c, a := range l.watchers {
		if a == guru {
			c <- struct{}{}
		}
	}
}
