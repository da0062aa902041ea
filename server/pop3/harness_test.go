package pop3_test

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"surel/protocols/wire"
	"surel/server/ca"
	"surel/server/mailbox"
	"surel/server/pop3"
	"surel/server/tap"
	"surel/server/vnet"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	host     = "mail.kampus.test"
	owner    = "siswa@kampus.test"
	password = "rahasia"
)

// box is a mailbox in memory.
type box struct {
	mu      sync.Mutex
	letters []string
	locked  bool
	fails   error                         // why nothing can be deleted
	open    func(letter string) io.Reader // how letters are read; nil for as they are
}

// drop is a box under lock.
type drop struct {
	b    *box
	kept []string
}

var _ pop3.Maildrop = (*drop)(nil)

func (b *box) lock(string) (pop3.Maildrop, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.locked {
		return nil, pop3.ErrInUse
	}
	b.locked = true
	return &drop{b: b, kept: slices.Clone(b.letters)}, nil
}

func (b *box) left() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.letters)
}

func (d *drop) Letters() []pop3.Letter {
	var list []pop3.Letter
	for i, l := range d.kept {
		list = append(list, pop3.Letter{UID: "uid" + string(rune('a'+i)), Size: mailbox.LineSize([]byte(l))})
	}
	return list
}

func (d *drop) Read(i int) (io.ReadCloser, error) {
	if !slices.Contains(d.b.left(), d.kept[i]) {
		return nil, pop3.ErrGone
	}
	if d.b.open != nil {
		return io.NopCloser(d.b.open(d.kept[i])), nil
	}
	return io.NopCloser(strings.NewReader(d.kept[i])), nil
}

func (d *drop) Delete(places []int) error {
	d.b.mu.Lock()
	defer d.b.mu.Unlock()
	if d.b.fails != nil {
		return d.b.fails
	}
	for _, p := range places {
		d.b.letters = slices.DeleteFunc(d.b.letters, func(l string) bool { return l == d.kept[p] })
	}
	return nil
}

func (d *drop) Unlock() {
	d.b.mu.Lock()
	defer d.b.mu.Unlock()
	d.b.locked = false
}

// world is a server with one mailbox on a network of its own.
type world struct {
	net *vnet.Net
	ca  *ca.CA
	log *wire.Log
	box *box
}

func start(tb testing.TB, b *box, o tap.Options) *world {
	tb.Helper()
	w := &world{
		net: vnet.New(vnet.Host{Name: host, Addr: netip.MustParseAddr("192.0.2.25")},
			vnet.Host{Name: "laptop.kampus.test", Addr: netip.MustParseAddr("192.0.2.10")}),
		log: wire.NewLog(wire.Limits{}), box: b,
	}
	var err error
	if w.ca, err = ca.Open(tb.TempDir(), time.Now()); err != nil {
		tb.Fatal(err)
	}
	cert, err := w.ca.Certificate(host, time.Now())
	if err != nil {
		tb.Fatal(err)
	}
	s := pop3.New(pop3.Config{
		Host: host, Open: b.lock,
		Account: func(name string) (pop3.Account, bool) {
			switch name {
			case owner, "siswa":
				return pop3.Account{Name: owner, Password: password}, true
			case "postmaster":
				return pop3.Account{Name: name}, true
			}
			return pop3.Account{}, false
		},
		TLS: tap.KeyLog(&tls.Config{Certificates: []tls.Certificate{*cert}}),
	})
	for port, implicit := range map[uint16]bool{110: false, 995: true} {
		l, err := w.net.Listen(tb.Context(), host, port, 0)
		if err != nil {
			tb.Fatal(err)
		}
		s.Serve(tap.NewListener(l, w.log, o), implicit)
	}
	tb.Cleanup(func() {
		if err := s.Close(tb.Context()); err != nil && tb.Context().Err() == nil {
			tb.Error(err)
		}
	})
	return w
}

// client speaks line by line.
type client struct {
	tb   testing.TB
	conn net.Conn
	r    *bufio.Reader
}

func (w *world) dial(tb testing.TB, port string) net.Conn {
	tb.Helper()
	conn, err := w.net.Dial(tb.Context(), "laptop.kampus.test", host+":"+port)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	return conn
}

// client connects to port 110 and reads the greeting.
func (w *world) client(tb testing.TB) *client {
	tb.Helper()
	c := over(tb, w.dial(tb, "110"))
	c.expect("+OK " + host)
	return c
}

func (w *world) tls() *tls.Config {
	return &tls.Config{RootCAs: w.ca.Pool(), ServerName: host}
}

func over(tb testing.TB, conn net.Conn) *client {
	tb.Helper()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		tb.Fatal(err)
	}
	return &client{tb: tb, conn: conn, r: bufio.NewReader(conn)}
}

func (c *client) raw(s string) {
	c.tb.Helper()
	if _, err := c.conn.Write([]byte(s)); err != nil {
		c.tb.Fatalf("send %.60q: %v", s, err)
	}
}

// expect reads a line that begins with prefix.
func (c *client) expect(prefix string) string {
	c.tb.Helper()
	line, err := c.r.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, prefix) || !strings.HasSuffix(line, "\r\n") {
		c.tb.Fatalf("got reply %q (%v), want %q…", line, err, prefix)
	}
	return strings.TrimSuffix(line, "\r\n")
}

func (c *client) say(line, prefix string) string {
	c.tb.Helper()
	c.raw(line + "\r\n")
	return c.expect(prefix)
}

// many says a line and gives the lines of the reply as they came, without the
// last.
func (c *client) many(line string) string {
	c.tb.Helper()
	c.say(line, "+OK")
	var all strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.tb.Fatal(err)
		}
		if line == ".\r\n" {
			return all.String()
		}
		all.WriteString(line)
	}
}

func (c *client) login() *client {
	c.tb.Helper()
	c.say("USER "+owner, "+OK")
	c.say("PASS "+password, "+OK")
	return c
}

// ended reads to the end of the connection and gives what came before it.
func (c *client) ended() string {
	c.tb.Helper()
	var rest strings.Builder
	if _, err := c.r.WriteTo(&rest); err != nil && !strings.Contains(err.Error(), "reset") {
		c.tb.Fatalf("the connection did not end: %v", err)
	}
	return rest.String()
}

const (
	first  = "Subject: Satu\r\n\r\nApa kabar?\r\n"
	second = "Subject: Dua\r\n\r\n.titik\r\n..\r\n.\r\nakhir\r\n"
)

func two() *box { return &box{letters: []string{first, second}} }
