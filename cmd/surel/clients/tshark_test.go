//go:build clients

package clients

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/wire"
)

// TestTsharkNamesTheSame plays scenarios, gives the recorded bytes to tshark
// and compares the commands, the parameters and the reply codes that it finds
// with ours.
func TestTsharkNamesTheSame(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"smtp/one-letter", "smtp/pipelined", "smtp/two-recipients", "smtp/unknown-reader", "smtp/forged-sender"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			scenario, ok := lessons.Find(id)
			if !ok {
				t.Fatalf("there is no scenario %s", id)
			}
			result, err := lessons.Run(t.Context(), lab, scenario)
			if err != nil {
				t.Fatal(err)
			}
			for _, conn := range result.Conns {
				segments := lab.Log().Segments(conn, 0)
				if ours, theirs := name(t, segments), tshark(t, segments); !slices.Equal(ours, theirs) {
					t.Errorf("tshark reads\n  %s\nand we\n  %s", strings.Join(theirs, "\n  "), strings.Join(ours, "\n  "))
				}
			}
		})
	}
}

// name gives the conversation's commands and replies, a line each, as our
// decoder reads them.
func name(t *testing.T, segments []wire.Segment) []string {
	t.Helper()
	c, err := protocols.NewConversation("smtp")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		c.Feed(s)
	}
	var lines []string
	for _, m := range c.Messages() {
		switch {
		case m.Name == "content":
		case m.Dir == wire.ServerToClient:
			for range bytes.Count(m.Raw, []byte("\r\n")) { // tshark gives a code for each line
				lines = append(lines, "S "+m.Name)
			}
		default:
			command, parameter, _ := strings.Cut(strings.TrimRight(string(m.Raw), "\r\n"), " ")
			lines = append(lines, strings.TrimSpace("C "+command+" "+parameter))
		}
	}
	return lines
}

// tshark gives the same, as tshark reads the segments.
func tshark(t *testing.T, segments []wire.Segment) []string {
	t.Helper()
	dir := t.TempDir()
	dump, capture := filepath.Join(dir, "dump.txt"), filepath.Join(dir, "smtp.pcap")
	var text bytes.Buffer
	for _, s := range segments {
		mark := "O"
		if s.Dir == wire.ServerToClient {
			mark = "I"
		}
		fmt.Fprintf(&text, "%s\n000000", mark)
		for _, b := range s.Bytes {
			fmt.Fprintf(&text, " %02x", b)
		}
		text.WriteString("\n\n")
	}
	if err := os.WriteFile(dump, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, nil, "text2pcap", "-q", "-D", "-T", "25,40000", dump, capture)
	out, err := exec.CommandContext(t.Context(), "tshark", "-r", capture, "-Y", "smtp", "-T", "fields", "-E", "separator=|", "-E", "aggregator=\x1f",
		"-e", "smtp.req.command", "-e", "smtp.req.parameter", "-e", "smtp.response.code").Output()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "|")
		if len(cells) != 3 {
			t.Fatalf("tshark says %q", line)
		}
		if cells[0] != "" {
			lines = append(lines, strings.TrimSpace("C "+cells[0]+" "+cells[1]))
		}
		for code := range strings.SplitSeq(cells[2], "\x1f") {
			if code != "" {
				lines = append(lines, "S "+code)
			}
		}
	}
	return lines
}
