//go:build clients

package clients

import (
	"bufio"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/capture"
	"surel/protocols/wire"
)

// played plays a scenario and gives its connections.
func played(b *testing.B, id string) (talks []capture.Talk) {
	b.Helper()
	lab := startLab(b)
	scenario, ok := lessons.Find(id)
	if !ok {
		b.Fatalf("there is no scenario %s", id)
	}
	result, err := lessons.Run(b.Context(), lab, scenario)
	if err != nil {
		b.Fatal(err)
	}
	for _, conn := range result.Conns {
		c, _ := lab.Log().Conn(conn)
		talks = append(talks, capture.Talk{Conn: c, Segments: lab.Log().Segments(conn, 0)})
	}
	return talks
}

// bigCapture writes 5,000 SMTP sessions, 5,000 TLS sessions with their keys and
// 50,000 DNS queries with their answers, each from a port of its own.
func bigCapture(b *testing.B) (path string) {
	b.Helper()
	var all []capture.Talk
	n := 0
	add := func(t capture.Talk, times int) {
		for range times {
			n++
			again := t
			again.ID = wire.ConnID(n)
			again.Client.Addr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, byte(n >> 22), byte(n >> 14), 1}), uint16(1024+n%(1<<14)))
			later := time.Duration(n) * time.Millisecond
			again.Opened, again.Closed = t.Opened.Add(later), t.Closed.Add(later)
			again.Segments = nil
			for _, s := range t.Segments {
				s.Time = s.Time.Add(later)
				again.Segments = append(again.Segments, s)
			}
			all = append(all, again)
		}
	}
	add(played(b, "smtp/one-letter")[0], 5000)
	add(played(b, "tls/tls13")[0], 5000)
	for _, t := range played(b, "dns/mx") {
		if t.Datagrams && len(t.Segments) == 2 {
			add(t, 50_000)
			break
		}
	}
	path = filepath.Join(b.TempDir(), "big.pcapng")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	buffered := bufio.NewWriter(file)
	if err := capture.Write(buffered, all); err != nil {
		b.Fatal(err)
	}
	if err := buffered.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// timed runs a program and gives how long it took and its largest memory in
// kilobytes, as the kernel counts them.
func timed(b *testing.B, name string, args ...string) (time.Duration, int64) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "sh", append([]string{"-c", `exec "$0" "$@" >/dev/null`, name}, args...)...)
	var errors strings.Builder
	cmd.Stderr = &errors
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, errors.String())
	}
	return time.Since(begin), maxMemory(cmd.ProcessState)
}

// readWhole reads all messages of a capture, as the screen does, and gives how long
// that takes. Their trees are made when somebody looks.
func readWhole(b *testing.B, path string) time.Duration {
	b.Helper()
	begin := time.Now()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	log := wire.NewLog(wire.Limits{PerConn: 1 << 40, Total: 1 << 40, Conns: 1 << 30})
	if _, err := capture.Read(file, log, capture.Options{Recognise: protocols.ServiceOf}); err != nil {
		b.Fatal(err)
	}
	r := protocols.NewReader(log, nil)
	if r.Read() < 200_000 {
		b.Fatalf("only %d messages were read", len(r.Entries()))
	}
	return time.Since(begin)
}

// BenchmarkOpenBesideTshark opens a large capture, and lets tshark do the same: ours
// lists every message and has made all of its tree, to mask what is secret.
func BenchmarkOpenBesideTshark(b *testing.B) {
	path := bigCapture(b)
	surel := filepath.Join(b.TempDir(), "surel")
	command(b, nil, "go", "build", "-o", surel, "surel/cmd/surel")
	for b.Loop() {
		ours, ourMemory := timed(b, surel, "open", path, "--format", "list")
		theirs, theirMemory := timed(b, "tshark", "-r", path, "-T", "json")
		b.ReportMetric(readWhole(b, path).Seconds(), "read-s")
		b.ReportMetric(ours.Seconds(), "s")
		b.ReportMetric(theirs.Seconds(), "tshark-s")
		b.ReportMetric(theirs.Seconds()/ours.Seconds(), "times")
		b.ReportMetric(float64(ourMemory)/1024, "MiB")
		b.ReportMetric(float64(theirMemory)/1024, "tshark-MiB")
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d bytes", info.Size())
}
