package lessons_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"testing"

	"surel/lessons"
	"surel/protocols/wire"
)

// fakeLab is a lab whose one server does what a test says.
type fakeLab struct {
	log    *wire.Log
	server func(net.Conn)
	served sync.WaitGroup
	filled []string // what Fill was asked for
}

var _ lessons.Lab = (*fakeLab)(nil)

// newFakeLab makes a lab with a server that the test waits for at its end.
func newFakeLab(t *testing.T, server func(net.Conn)) *fakeLab {
	t.Helper()
	l := &fakeLab{log: wire.NewLog(wire.Limits{}), server: server}
	t.Cleanup(l.served.Wait)
	return l
}

func (l *fakeLab) Log() *wire.Log { return l.log }

func (l *fakeLab) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if l.server == nil {
		return nil, errors.New("connection refused")
	}
	client, server := net.Pipe()
	l.served.Go(func() {
		defer func() { _ = server.Close() }()
		l.server(server)
	})
	return client, ctx.Err()
}

func (l *fakeLab) DialUDP(ctx context.Context, from, to string) (net.Conn, error) {
	return l.Dial(ctx, from, to)
}

func (l *fakeLab) FlushNames() {}

func (l *fakeLab) Remembers(string, string) bool { return false }

func (l *fakeLab) SetDown(string, bool) {}

func (l *fakeLab) ClientTLS(name string) *tls.Config { return &tls.Config{ServerName: name} }

func (l *fakeLab) Letters(string) ([][]byte, error) { return nil, nil }

func (l *fakeLab) Folder(string, string) ([][]byte, []string, error) { return nil, nil, nil }

func (l *fakeLab) Fill(_ context.Context, address string, folders map[string][][]byte) error {
	l.filled = append(l.filled, fmt.Sprintf("%s %v", address, slices.Sorted(maps.Keys(folders))))
	return nil
}

// dialogue gives a server that greets and then answers line by line; an empty
// answer ends the connection.
func dialogue(greeting string, answers ...string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Write([]byte(greeting))
		lines := bufio.NewReader(c)
		for _, answer := range answers {
			if _, err := lines.ReadString('\n'); err != nil || answer == "" {
				return
			}
			_, _ = c.Write([]byte(answer))
		}
		_, _ = lines.ReadString('\n') // until the client leaves
	}
}

// scenario reads a scenario whose actions are the given ones.
func scenario(t *testing.T, actions string) lessons.Scenario {
	t.Helper()
	s, err := lessons.Parse("test.scenario", []byte(head+actions))
	if err != nil {
		t.Fatal(err)
	}
	s.ID = "smtp/test"
	return s
}
