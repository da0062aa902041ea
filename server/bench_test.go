package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"surel/protocols/wire"
	"surel/server"
)

// The load is that of smtp-source -d -s 10 -l 2048: ten connections that stay
// open, letters of 2 KiB, one command at a time.
const (
	senders    = 10
	letterSize = 2048
)

// load is a set of open connections to one server.
type load struct {
	conns  []net.Conn
	letter string
}

func newLoad(b *testing.B, addr string) *load {
	b.Helper()
	l := &load{letter: "Subject: uji\r\n\r\n" + strings.Repeat("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n", letterSize/64) + ".\r\n"}
	for range senders {
		var d net.Dialer
		conn, err := d.DialContext(b.Context(), "tcp", addr)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = conn.Close() })
		r := bufio.NewReader(conn)
		if err := step(conn, r, "", "220"); err != nil {
			b.Fatal(err)
		}
		if err := step(conn, r, "HELO uji\r\n", "250"); err != nil {
			b.Fatal(err)
		}
		l.conns = append(l.conns, conn)
	}
	return l
}

func step(w io.Writer, r *bufio.Reader, say, want string) error {
	if _, err := io.WriteString(w, say); err != nil {
		return err
	}
	line, err := r.ReadSlice('\n')
	if err == nil && !strings.HasPrefix(string(line), want) {
		err = fmt.Errorf("got %q after %.20q", line, say)
	}
	return err
}

// send delivers n letters over all connections and tells how long it took.
func (l *load) send(b *testing.B, n int) time.Duration {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(n))
	begin := time.Now()
	var all sync.WaitGroup
	for _, conn := range l.conns {
		all.Go(func() {
			r := bufio.NewReader(conn)
			for left.Add(-1) >= 0 {
				for _, s := range [][2]string{
					{"MAIL FROM:<a@kampus.test>\r\n", "250"},
					{"RCPT TO:<guru@sekolah.test>\r\n", "250"},
					{"DATA\r\n", "354"},
					{l.letter, "250"},
				} {
					if err := step(conn, r, s[0], s[1]); err != nil {
						b.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	return time.Since(begin)
}

// bare is a go-smtp server that keeps mail in memory and records nothing.
type bare struct {
	mu      sync.Mutex
	letters [][]byte
}

func (s *bare) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return s, nil }
func (s *bare) Reset()                                          {}
func (s *bare) Logout() error                                   { return nil }
func (s *bare) Mail(string, *gosmtp.MailOptions) error          { return nil }
func (s *bare) Rcpt(string, *gosmtp.RcptOptions) error          { return nil }

func (s *bare) Data(r io.Reader) error {
	letter, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, letter)
	return nil
}

func startBare(b *testing.B) string {
	b.Helper()
	srv := gosmtp.NewServer(&bare{})
	srv.Domain = "uji"
	var lc net.ListenConfig
	l, err := lc.Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(l)
	}()
	b.Cleanup(func() {
		_ = srv.Close()
		<-done
	})
	return l.Addr().String()
}

func startBenchLab(b *testing.B, c server.Config) string {
	b.Helper()
	return service(b, startLab(b, c), server.MX1, "smtp").Real.String()
}

// turn is how many letters are sent in one go.
const turn = 500

// BenchmarkReceive is how fast letters are taken in.
func BenchmarkReceive(b *testing.B) {
	run := func(start func(b *testing.B) string) func(b *testing.B) {
		return func(b *testing.B) {
			l := newLoad(b, start(b))
			var took time.Duration
			turns := 0
			for ; b.Loop(); turns++ {
				took += l.send(b, turn)
			}
			b.ReportMetric(float64(turns*turn)/took.Seconds(), "letters/s")
		}
	}
	b.Run("bare", run(startBare))
	b.Run("lab", run(func(b *testing.B) string { return startBenchLab(b, server.Config{NoFsync: true}) }))
	b.Run("lab-fsync", run(func(b *testing.B) string { return startBenchLab(b, server.Config{}) }))
}

// BenchmarkRatio lets the lab (without fsync) and a bare server take turns, so
// that what else the machine does weighs on both, and tells how many letters
// the lab takes where the bare server takes one.
//
// On ext4 look at it alone and some minutes after files were deleted by the
// thousand: the file system goes around their inodes for a while, at a cost for
// every new file that exceeds everything else.
func BenchmarkRatio(b *testing.B) {
	bare, lab := newLoad(b, startBare(b)), newLoad(b, startBenchLab(b, server.Config{NoFsync: true}))
	var bareTook, labTook time.Duration
	turns := 0
	for ; b.Loop(); turns++ {
		bareTook += bare.send(b, turn)
		labTook += lab.send(b, turn)
	}
	b.ReportMetric(bareTook.Seconds()/labTook.Seconds(), "lab/bare")
	b.ReportMetric(float64(turns*turn)/labTook.Seconds(), "letters/s")
}

// BenchmarkRecord is what recording one letter's conversation costs, socket
// and server left out.
func BenchmarkRecord(b *testing.B) {
	log := wire.NewLog(wire.Limits{})
	commands := [][2][]byte{
		{[]byte("MAIL FROM:<a@kampus.test>\r\n"), []byte("250 2.0.0 Roger, accepting mail from <a@kampus.test>\r\n")},
		{[]byte("RCPT TO:<guru@sekolah.test>\r\n"), []byte("250 2.0.0 I'll make sure <guru@sekolah.test> gets this\r\n")},
		{[]byte("DATA\r\n"), []byte("354 Go ahead. End your data with <CR><LF>.<CR><LF>\r\n")},
		{make([]byte, letterSize), []byte("250 2.0.0 OK: queued\r\n")},
	}
	b.ReportAllocs()
	rec := log.Open(wire.Conn{})
	for i := 0; b.Loop(); i++ {
		if i%500 == 499 {
			rec.Close(time.Now())
			rec = log.Open(wire.Conn{})
		}
		for _, c := range commands {
			rec.Record(time.Now(), wire.ClientToServer, c[0])
			rec.Record(time.Now(), wire.ServerToClient, c[1])
		}
	}
}

// BenchmarkStart is from nothing to a lab that takes connections.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		lab, err := server.Start(b.Context(), server.Config{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := lab.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
