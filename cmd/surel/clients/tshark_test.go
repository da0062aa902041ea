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
	"surel/protocols/message"
	"surel/protocols/wire"
)

// together stands between the values of one field in a packet.
const together = "\x1f"

// The options with which text2pcap makes packets.
const (
	overTCP = "-T"
	overUDP = "-u"
)

// TestTsharkNamesTheSame plays scenarios, gives the recorded bytes to tshark
// and compares the commands, the parameters and the reply codes that it finds
// with ours.
func TestTsharkNamesTheSame(t *testing.T) {
	t.Parallel()
	// Not among them: conversations in which DATA is refused, after which tshark
	// takes every command for a part of a letter; chunks; and TLS.
	for _, id := range []string{
		"smtp/one-letter", "smtp/pipelined", "smtp/two-recipients", "smtp/forged-sender", "smtp/relay-denied",
		"smtp/dot-stuffing", "smtp/attachment", "smtp/smtputf8", "smtp/greylisting", "smtp/mailbox-full",
	} {
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
				messages := decode(t, "smtp", lab.Log().Segments(conn, 0))
				if ours, theirs := name(messages), tshark(t, messages); !slices.Equal(ours, theirs) {
					t.Errorf("tshark reads\n  %s\nand we\n  %s", strings.Join(theirs, "\n  "), strings.Join(ours, "\n  "))
				}
			}
		})
	}
}

func decode(t *testing.T, service string, segments []wire.Segment) []message.Message {
	t.Helper()
	c, err := protocols.NewConversation(service)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		c.Feed(s)
	}
	return c.Messages()
}

// name gives the commands and replies, a line each, as our decoder reads them.
func name(messages []message.Message) []string {
	var lines []string
	for _, m := range messages {
		switch {
		case m.Name == "content":
		case m.Dir == wire.ServerToClient:
			lines = append(lines, "S "+m.Name)
		default:
			command, parameter, _ := strings.Cut(strings.TrimRight(string(m.Raw), "\r\n"), " ")
			lines = append(lines, strings.TrimSpace("C "+command+" "+parameter))
		}
	}
	return lines
}

// tshark gives the same, as tshark reads the same bytes.
func tshark(t *testing.T, messages []message.Message) []string {
	t.Helper()
	var lines []string
	for _, cells := range dissect(t, messages, overTCP, 25, "smtp", "smtp.req.command", "smtp.req.parameter", "smtp.response.code") {
		parameters := strings.Split(cells[1], together)
		for i, command := range strings.Split(cells[0], together) {
			if command == "" {
				continue
			}
			parameter := ""
			if i < len(parameters) {
				parameter = parameters[i]
			}
			lines = append(lines, strings.TrimSpace("C "+command+" "+parameter))
		}
		for code := range strings.SplitSeq(cells[2], together) {
			if code != "" {
				lines = append(lines, "S "+code)
			}
		}
	}
	return lines
}

// dissect lets tshark read the messages as a conversation with the port, and
// gives the fields, a row for each packet of the protocol. Each message goes
// into a packet of its own, because tshark does not look for a command behind
// a letter's end in one packet.
func dissect(t *testing.T, messages []message.Message, transport string, port int, protocol string, fields ...string) [][]string {
	t.Helper()
	capture := captured(t, messages, transport, port)
	args := []string{"-r", capture, "-Y", protocol, "-T", "fields", "-E", "separator=|", "-E", "aggregator=" + together}
	for _, field := range fields {
		args = append(args, "-e", field)
	}
	out, err := exec.CommandContext(t.Context(), "tshark", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(out)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "|")
		if len(cells) != len(fields) {
			t.Fatalf("tshark says %q", line)
		}
		rows = append(rows, cells)
	}
	return rows
}

// captured writes the messages into a file of packets.
func captured(tb testing.TB, messages []message.Message, transport string, port int) (path string) {
	tb.Helper()
	dir := tb.TempDir()
	dump, path := filepath.Join(dir, "dump.txt"), filepath.Join(dir, "capture.pcap")
	var text bytes.Buffer
	for _, m := range messages {
		mark := "O"
		if m.Dir == wire.ServerToClient {
			mark = "I"
		}
		fmt.Fprintf(&text, "%s\n000000", mark)
		for _, b := range m.Raw {
			fmt.Fprintf(&text, " %02x", b)
		}
		text.WriteString("\n\n")
	}
	if err := os.WriteFile(dump, text.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	command(tb, nil, "text2pcap", "-q", "-D", transport, fmt.Sprintf("%d,40000", port), dump, path)
	return path
}
