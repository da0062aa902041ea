package tap_test

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"surel/protocols/wire"
	"surel/server/tap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pair gives a tapped connection and its client's side.
func pair(t *testing.T, log *wire.Log, o tap.Options) (*tap.Conn, net.Conn) {
	t.Helper()
	var lc net.ListenConfig
	inner, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := tap.NewListener(inner, log, o)
	defer func() { _ = l.Close() }()
	var d net.Dialer
	client, err := d.DialContext(t.Context(), "tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	server, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server.(*tap.Conn), client
}

func write(t *testing.T, w io.Writer, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
	}
}

func dialogue(log *wire.Log) (lines []string) {
	for _, s := range log.Segments(1, 0) {
		lines = append(lines, s.Dir.String()+": "+string(s.Bytes))
	}
	return lines
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestWritesAreGathered(t *testing.T) {
	t.Parallel()
	log := wire.NewLog(wire.Limits{})
	server, client := pair(t, log, tap.Options{})
	write(t, client, "halo")
	b := make([]byte, 10)
	n, err := server.Read(b)
	if err != nil || string(b[:n]) != "halo" {
		t.Fatalf("read %q, %v", b[:n], err)
	}
	write(t, server, "satu ", "dua ", "tiga")
	if got := dialogue(log); len(got) != 1 {
		t.Errorf("sent before the server reads again: %q", got)
	}
	write(t, client, "lagi")
	if _, err := server.Read(b); err != nil {
		t.Fatal(err)
	}
	write(t, server, "sampai jumpa")
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	equal(t, dialogue(log), "C: halo", "S: satu dua tiga", "C: lagi", "S: sampai jumpa")
	heard, err := io.ReadAll(client)
	if err != nil || string(heard) != "satu dua tigasampai jumpa" {
		t.Errorf("the client heard %q, %v", heard, err)
	}
	if c, ok := log.Conn(1); !ok || c.Closed.IsZero() {
		t.Error("the log does not know that the connection is closed")
	}
}

// TestWhileAReadWaits sends what is written meanwhile: no later read would.
func TestWhileAReadWaits(t *testing.T) {
	t.Parallel()
	log := wire.NewLog(wire.Limits{})
	server, client := pair(t, log, tap.Options{})
	var reading sync.WaitGroup
	reading.Go(func() {
		if _, err := server.Read(make([]byte, 10)); err != nil {
			t.Error(err)
		}
	})
	// Before the read begins it is gathered, and the read sends it.
	write(t, server, "* 1 EXISTS\r\n")
	heard := make([]byte, 12)
	if _, err := io.ReadFull(client, heard); err != nil || string(heard) != "* 1 EXISTS\r\n" {
		t.Errorf("heard %q, %v", heard, err)
	}
	write(t, server, "* 2 EXISTS\r\n")
	if _, err := io.ReadFull(client, heard); err != nil || string(heard) != "* 2 EXISTS\r\n" {
		t.Errorf("heard %q, %v", heard, err)
	}
	write(t, client, "DONE")
	reading.Wait()
}

func TestMuchIsSentAtOnce(t *testing.T) {
	t.Parallel()
	log := wire.NewLog(wire.Limits{})
	server, client := pair(t, log, tap.Options{})
	go func() { _, _ = server.Write(make([]byte, 40<<10)) }()
	if n, err := io.ReadFull(client, make([]byte, 40<<10)); err != nil {
		t.Errorf("got %d bytes, %v", n, err)
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	server, _ := pair(t, wire.NewLog(wire.Limits{}), tap.Options{Idle: time.Millisecond})
	for i, want := range []error{os.ErrDeadlineExceeded, os.ErrDeadlineExceeded, io.EOF, io.EOF} {
		if _, err := server.Read(make([]byte, 1)); !errors.Is(err, want) {
			t.Errorf("read %d: got %v, want %v", i, err, want)
		}
	}
	if !server.Ended() {
		t.Error("a connection that was given up has not ended")
	}
}
