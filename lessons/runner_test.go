package lessons_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"surel/lessons"
)

const greet = "id: a\nen: b\nopen\nS: 220\n"

func TestMismatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		server   func(net.Conn)
		actions  string
		line     int
		expected string
		got      string
	}{
		{
			name: "other greeting", server: dialogue("554 no\r\n"), actions: greet,
			line: 9, expected: "S: 220", got: "554 no\r\n",
		},
		{
			name: "silence", server: func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, actions: greet,
			line: 9, expected: "S: 220", got: "no reply came in time",
		},
		{
			name: "hangs up", server: dialogue("220 a\r\n", ""), actions: greet + "id: a\nen: b\nC: NOOP\nS: 250\n",
			line: 13, expected: "S: 250", got: lessons.ErrClosed.Error(),
		},
		{
			name: "one reply too many", server: dialogue("220 a\r\n", "250 a\r\n250 b\r\n"),
			actions: greet + "id: a\nen: b\nC: NOOP\nS: 250\nid: a\nen: b\nC: NOOP\nS: 250\n",
			line:    14, expected: "no further reply", got: "250 b\r\n",
		},
		{
			name: "one reply too many at the end", server: dialogue("220 a\r\n", "250 a\r\n250 b\r\n"),
			actions: greet + "id: a\nen: b\nC: NOOP\nS: 250\n",
			line:    10, expected: "no further reply", got: "250 b\r\n",
		},
		{
			name: "stays open", server: dialogue("220 a\r\n"), actions: greet + "closed\n",
			line: 10, expected: "closed", got: "the connection is still open",
		},
		{
			name: "speaks before it closes", server: func(c net.Conn) { _, _ = c.Write([]byte("220 a\r\n421 b\r\n")) },
			actions: greet + "closed\n",
			line:    10, expected: "closed", got: "421 b\r\n",
		},
		{
			name: "no letter", server: dialogue("220 a\r\n"), actions: greet + "mailbox guru@sekolah.test gains 1\n",
			line: 10, expected: "mailbox guru@sekolah.test gains 1", got: "0 more than before",
		},
		{
			name: "no letter to look into", server: dialogue("220 a\r\n"), actions: greet + "letter guru@sekolah.test \"x\"\n",
			line: 10, expected: `letter guru@sekolah.test "x"`, got: "the mailbox is empty",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			lab := newFakeLab(t, c.server)
			r := lessons.NewRunner(lab, scenario(t, c.actions))
			r.SetPatience(100 * time.Millisecond)
			defer r.Close()
			result, err := r.Play(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			m := result.Mismatch
			if m == nil {
				t.Fatal("no mismatch")
			}
			if m.Line != c.line || m.Expected != c.expected || m.Got != c.got {
				t.Errorf("line %d, expected %q, got %q;\nwant line %d, %q, %q", m.Line, m.Expected, m.Got, c.line, c.expected, c.got)
			}
			if !strings.HasPrefix(m.Error(), "test.scenario:") {
				t.Errorf("%q does not begin with the place", m)
			}
		})
	}
}

// TestPieces reads a reply that comes in pieces, and two that come as one.
func TestPieces(t *testing.T) {
	t.Parallel()
	lab := newFakeLab(t, func(c net.Conn) {
		for _, piece := range []string{"2", "20 a\r", "\n250-", "x\r\n25", "0 y\r\n250 z\r\n"} {
			_, _ = c.Write([]byte(piece))
		}
	})
	result, err := lessons.Run(t.Context(), lab, scenario(t, greet+"S: 250 x\nS: 250 z\nclosed\n"))
	if err != nil || result.Mismatch != nil {
		t.Fatal(err, result.Mismatch)
	}
}

func TestNextMovesOn(t *testing.T) {
	t.Parallel()
	r := lessons.NewRunner(newFakeLab(t, dialogue("554 no\r\n")), scenario(t, greet+"id: a\nen: b\nclose\n"))
	defer r.Close()
	if a, ok := r.Upcoming(); !ok || a.Kind != lessons.Open || a.Expects[0].Code() != "220" {
		t.Errorf("upcoming is %v, want open", a)
	}
	var m *lessons.Mismatch
	if err := r.Next(t.Context()); !errors.As(err, &m) {
		t.Fatalf("got %v, want a mismatch", err)
	}
	if a, ok := r.Upcoming(); !ok || a.Kind != lessons.Close {
		t.Errorf("upcoming is %v, want close", a)
	}
	if err := r.Next(t.Context()); err != nil {
		t.Error(err)
	}
	if err := r.Next(t.Context()); !errors.Is(err, lessons.ErrDone) || !r.Done() {
		t.Errorf("got %v, want %v", err, lessons.ErrDone)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	_, err := lessons.Run(t.Context(), newFakeLab(t, nil), scenario(t, greet))
	const want = "run smtp/test: test.scenario:6: connect laptop.kampus.test to mx1.sekolah.test:25: connection refused"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestHandshakeFails(t *testing.T) {
	t.Parallel()
	lab := newFakeLab(t, func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = c.Write([]byte("220 this is no TLS\r\n"))
	})
	_, err := lessons.Run(t.Context(), lab, scenario(t, "id: a\nen: b\nopen\nid: a\nen: b\ntls\nS: 220\n"))
	if err == nil || !strings.Contains(err.Error(), "TLS handshake with mx1.sekolah.test:25") {
		t.Errorf("got %v", err)
	}
}

// waiting starts an action that waits for a server which says nothing.
func waiting(ctx context.Context, t *testing.T) (*lessons.Runner, <-chan error) {
	t.Helper()
	connected := make(chan struct{})
	lab := newFakeLab(t, func(c net.Conn) {
		close(connected)
		_, _ = io.Copy(io.Discard, c)
	})
	r := lessons.NewRunner(lab, scenario(t, greet))
	ended := make(chan error, 1)
	go func() { ended <- r.Next(ctx) }()
	<-connected
	return r, ended
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r, ended := waiting(ctx, t)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if err := r.Next(t.Context()); err == nil || !strings.Contains(err.Error(), "start a new one") {
		t.Errorf("after it: got %v", err)
	}
}

func TestCloseStopsNext(t *testing.T) {
	t.Parallel()
	r, ended := waiting(t.Context(), t)
	r.Close()
	r.Close()
	if err := <-ended; err == nil {
		t.Error("an action that was stopped gives no error")
	}
}

// TestTurns holds that a second action waits for the first and can be given
// up.
func TestTurns(t *testing.T) {
	t.Parallel()
	r, ended := waiting(t.Context(), t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	r.Upcoming() // must not wait
	r.Conns()
	r.Close()
	if err := <-ended; err == nil {
		t.Error("an action that was stopped gives no error")
	}
}

// TestTwoClients lets two clients take turns, each on a connection of its own.
func TestTwoClients(t *testing.T) {
	t.Parallel()
	lab := newFakeLab(t, dialogue("220 a\r\n", "250 b\r\n", "221 c\r\n", ""))
	s := scenario(t, "client y: hp.sekolah.test -> mx1.sekolah.test:25 smtp\n"+greet+
		"as y\n"+greet+
		"id: a\nen: b\nC: NOOP\nS: 250 b\n"+
		"as x\nid: a\nen: b\nC: NOOP\nS: 250 b\n"+
		"as y\nid: a\nen: b\nC: QUIT\nS: 221 c\n"+
		"as x\nid: a\nen: b\nclose\n")
	result, err := lessons.Run(t.Context(), lab, s)
	if err != nil || result.Mismatch != nil {
		t.Fatal(err, result.Mismatch)
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	s := scenario(t, greet+"id: a\nen: b\nwait 5ms\nid: a\nen: b\nwait 1m\n")
	r := lessons.NewRunner(newFakeLab(t, dialogue("220 a\r\n")), s)
	defer r.Close()
	for range 2 {
		if err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := r.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}
