//go:build unix

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkStart measures from exec to the first painted screen in a terminal
// of 80×24, the lab running, beside the smallest program that paints at all.
// "ratio" is how many times as long surel takes.
func BenchmarkStart(b *testing.B) {
	surel, bare := build(b, "."), build(b, "./testdata/bare")
	var ours, theirs time.Duration
	for b.Loop() {
		ours += paint(b, surel, "q")
		theirs += paint(b, bare, "q")
	}
	b.ReportMetric(float64(ours.Microseconds())/1000/float64(b.N), "surel-ms")
	b.ReportMetric(float64(theirs.Microseconds())/1000/float64(b.N), "bare-ms")
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
}

func build(b *testing.B, pkg string) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), "program")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", file, pkg).CombinedOutput(); err != nil {
		b.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return file
}

// paint starts the program, waits for the word that both screens show, and
// ends it with a key.
func paint(b *testing.B, program, key string) time.Duration {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program)
	cmd.Env = append(cmd.Environ(), "TERM=xterm-256color", "LANG=id_ID.UTF-8", langVar+"="+filepath.Join(b.TempDir(), "lang"))
	start := time.Now()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = screen.Close() }()
	var (
		seen  []byte
		chunk = make([]byte, 32<<10)
	)
	for !bytes.Contains(seen, []byte("SMTP")) {
		n, err := screen.Read(chunk)
		if err != nil {
			b.Fatalf("%s painted %q and ended: %v", program, seen, err)
		}
		seen = append(seen, chunk[:n]...)
	}
	took := time.Since(start)
	if _, err := screen.WriteString(key); err != nil {
		b.Fatal(err)
	}
	for err == nil { // drain until it ends, or it could not end
		_, err = screen.Read(chunk)
	}
	if err := cmd.Wait(); err != nil {
		b.Fatalf("%s: %v", program, err)
	}
	return took
}
