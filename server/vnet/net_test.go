package vnet_test

import (
	"io"
	"net"
	"net/netip"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"surel/protocols/wire"
	"surel/server/vnet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newNet() *vnet.Net {
	return vnet.New(
		vnet.Host{Name: "a.test", Addr: netip.MustParseAddr("192.0.2.1")},
		vnet.Host{Name: "b.test", Addr: netip.MustParseAddr("192.0.2.2")},
		vnet.Host{Name: "c.test", Addr: netip.MustParseAddr("192.0.2.3")},
	)
}

func listen(t *testing.T, n *vnet.Net) *vnet.Listener {
	t.Helper()
	l, err := n.Listen(t.Context(), "b.test", 25, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// TestCallersAreKnown lets two hosts and strangers dial at once; each writes
// who it is, and the accepting side has to know it.
func TestCallersAreKnown(t *testing.T) {
	t.Parallel()
	n := newNet()
	l := listen(t, n)
	dial := map[string]func() (net.Conn, error){
		"a.test": func() (net.Conn, error) { return n.Dial(t.Context(), "a.test", "b.test:25") },
		"c.test": func() (net.Conn, error) { return n.Dial(t.Context(), "c.test", "192.0.2.2:25") },
		"": func() (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(t.Context(), "tcp", l.Endpoint().Real.String())
		},
	}
	const each = 50
	var all sync.WaitGroup
	for name, open := range dial {
		for range each {
			all.Go(func() {
				conn, err := open()
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.WriteString(conn, name)
				_ = conn.Close()
			})
		}
	}
	for range each * len(dial) {
		conn, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		client, server := conn.(*vnet.Conn).Endpoints()
		name, err := io.ReadAll(conn)
		if err != nil || client.Host != string(name) {
			t.Errorf("%q was taken for %q (%v)", name, client.Host, err)
		}
		if client.Host == "a.test" && client.Addr != netip.AddrPortFrom(netip.MustParseAddr("192.0.2.1"), client.Real.Port()) {
			t.Errorf("a.test calls from %v", client.Addr)
		}
		if server != l.Endpoint() {
			t.Errorf("the server is %v, want %v", server, l.Endpoint())
		}
		_ = conn.Close()
	}
	all.Wait()
}

func TestDialFails(t *testing.T) {
	t.Parallel()
	n := newNet()
	l := listen(t, n)
	for _, tt := range [][2]string{
		{"x.test", "b.test:25"},
		{"a.test", "x.test:25"},
		{"a.test", "b.test:26"},
		{"a.test", "b.test"},
		{"a.test", "b.test:smtp"},
		{"a.test", "b.test:65536"},
	} {
		if conn, err := n.Dial(t.Context(), tt[0], tt[1]); err == nil {
			_ = conn.Close()
			t.Errorf("dial from %s to %s succeeded", tt[0], tt[1])
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Dial(t.Context(), "a.test", "b.test:25"); err == nil {
		t.Error("a closed port took a connection")
	}
	listen(t, n) // the port is free again
}

func TestListenFails(t *testing.T) {
	t.Parallel()
	n := newNet()
	l := listen(t, n)
	if _, err := n.Listen(t.Context(), "x.test", 25, 0); err == nil {
		t.Error("an unknown host listens")
	}
	if _, err := n.Listen(t.Context(), "b.test", 25, 0); err == nil {
		t.Error("two listen on one port")
	}
	// A real port that is taken is replaced by a free one.
	other, err := n.Listen(t.Context(), "c.test", 25, l.Endpoint().Real.Port())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	if other.Endpoint().Real == l.Endpoint().Real || other.Endpoint().Real == (wire.Endpoint{}).Real {
		t.Errorf("got real address %v", other.Endpoint().Real)
	}
}
