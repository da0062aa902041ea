package wire

import (
	"bytes"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func said(segments []Segment, d Dir) string {
	var b bytes.Buffer
	for _, s := range segments {
		if s.Dir == d {
			b.Write(s.Bytes)
		}
	}
	return b.String()
}

func TestLogKeepsWhatWasRecorded(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{})
	r := l.Open(Conn{Service: "smtp", Opened: noon})
	line := []byte("EHLO a\r\n")
	r.Record(noon, ClientToServer, line)
	line[0] = 'X' // the caller may use its buffer again
	r.Record(noon, ServerToClient, []byte("250 b\r\n"))
	r.Secret("CLIENT_RANDOM 00 11")
	r.Close(noon.Add(time.Second))
	r.Close(noon.Add(time.Hour))

	got := l.Segments(r.ID(), 0)
	if len(got) != 2 || said(got, ClientToServer) != "EHLO a\r\n" || said(got, ServerToClient) != "250 b\r\n" {
		t.Errorf("segments are %q", got)
	}
	if rest := l.Segments(r.ID(), 1); len(rest) != 1 || rest[0].Dir != ServerToClient {
		t.Errorf("segments from 1 are %q", rest)
	}
	c, ok := l.Conn(r.ID())
	if !ok || !c.Closed.Equal(noon.Add(time.Second)) || len(c.Secrets) != 1 || c.Lost != 0 {
		t.Errorf("connection is %+v, %v", c, ok)
	}
}

func TestLogCutsALongConnectionAtItsEnd(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{PerConn: 1000})
	r := l.Open(Conn{})
	for range 100 {
		r.Record(noon, ClientToServer, []byte("0123456789"))
	}
	c, _ := l.Conn(r.ID())
	kept := len(said(l.Segments(r.ID(), 0), ClientToServer))
	if kept == 0 || kept > 1000 || int64(kept)+c.Lost != 1000 {
		t.Errorf("kept %d bytes and lost %d of 1000", kept, c.Lost)
	}
}

func TestLogForgetsTheOldestClosedConnections(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{Total: 1000, PerConn: 1000})
	open := l.Open(Conn{Service: "stays"})
	open.Record(noon, ClientToServer, []byte("0123456789"))
	const n = 50
	for range n {
		r := l.Open(Conn{})
		r.Record(noon, ClientToServer, []byte("0123456789"))
		r.Close(noon)
	}
	conns, gone := l.Conns(), l.Forgotten()
	if conns[0].Service != "stays" || len(l.Segments(open.ID(), 0)) != 1 {
		t.Error("the open connection is gone")
	}
	if len(conns)+gone.Conns != n+1 || gone.Conns == 0 || gone.Bytes != int64(gone.Conns)*(10+segmentOverhead) {
		t.Errorf("holds %d connections and has forgotten %+v", len(conns), gone)
	}
	if _, held := l.Conn(2); held {
		t.Error("a forgotten connection is still held")
	}
}

func TestLogBoundsTheNumberOfConnections(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{Conns: 10})
	for range 100 {
		l.Open(Conn{}).Close(noon)
	}
	if n := len(l.Conns()); n > 10 || l.Forgotten().Conns != 100-n {
		t.Errorf("holds %d connections, forgot %d", n, l.Forgotten().Conns)
	}
}

func TestFollowerHearsOfChanges(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{})
	f := l.Follow()
	r := l.Open(Conn{})
	<-f.C
	r.Record(noon, ClientToServer, []byte("a"))
	r.Record(noon, ClientToServer, []byte("b")) // told together with the one before
	<-f.C
	f.Stop()
	r.Close(noon)
	select {
	case <-f.C:
		t.Error("a stopped follower was told")
	default:
	}
}

func TestLogServesManyAtOnce(t *testing.T) {
	t.Parallel()
	l := NewLog(Limits{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			r := l.Open(Conn{})
			for range 200 {
				r.Record(noon, ClientToServer, []byte("line\r\n"))
				l.Segments(r.ID(), 0)
				l.Conns()
			}
			r.Close(noon)
		})
	}
	wg.Wait()
	for _, c := range l.Conns() {
		if n := len(l.Segments(c.ID, 0)); n != 200 {
			t.Errorf("connection %d has %d segments", c.ID, n)
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	l := NewLog(Limits{})
	line := bytes.Repeat([]byte("x"), 512)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	r := l.Open(Conn{})
	for i := range b.N {
		if i%10_000 == 0 {
			r.Close(noon)
			r = l.Open(Conn{})
		}
		r.Record(noon, ClientToServer, line)
	}
}
