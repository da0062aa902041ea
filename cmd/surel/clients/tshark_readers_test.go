//go:build clients

package clients

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// reading is a protocol of the reader's side, and what tshark tells of it.
type reading struct {
	service string
	port    int
	fields  []string
	ours    func(m *message.Message) string // empty for what tshark does not name
	theirs  func(cells []string) string
}

var readings = map[string]reading{
	"pop3": {
		"pop3", 110,
		[]string{"pop.request.command", "pop.request.parameter", "pop.response.indicator"},
		pop3Line, func(cells []string) string {
			if cells[2] != "" {
				return "S " + cells[2]
			}
			return strings.TrimSpace("C " + cells[0] + " " + cells[1])
		},
	},
	"imap": {
		"imap", 143,
		[]string{"imap.request_tag", "imap.request.command", "imap.response_tag", "imap.response.status"},
		imapLine, func(cells []string) string {
			switch {
			case scriptTag.MatchString(cells[2]):
				return "S " + cells[2] + " " + cells[3]
			case scriptTag.MatchString(cells[0]):
				return "C " + cells[0] + " " + cells[1]
			}
			return "" // untagged, or a line inside a literal, which tshark does not know
		},
	},
}

// scriptTag is what the scenarios' tags look like.
var scriptTag = regexp.MustCompile(`^[A-Z]\d+$`)

// pop3Line names a command with its argument, or a status.
func pop3Line(m *message.Message) string {
	switch {
	case m.Dir == wire.ServerToClient && (m.Name == "+OK" || m.Name == "-ERR"):
		return "S " + m.Name
	case m.Dir == wire.ServerToClient:
		return ""
	}
	return "C " + strings.TrimRight(string(m.Raw), "\r\n")
}

// imapLine names a command or a status response by its tag.
func imapLine(m *message.Message) string {
	words := bytes.Fields(m.Raw)
	switch {
	case m.Dir == wire.ServerToClient && slices.Contains([]string{"OK", "NO", "BAD", "BYE"}, m.Name) && words[0][0] != '*':
		return "S " + string(words[0]) + " " + m.Name
	case m.Dir == wire.ServerToClient || strings.HasSuffix(m.Name, "(continued)") || len(words) < 2:
		return ""
	}
	return "C " + string(words[0]) + " " + strings.TrimPrefix(m.Name, "UID ")
}

// unfit are the scenarios that tshark cannot follow: those that change to TLS,
// and the one whose commands hold literals.
var unfit = []string{"pop3/stls", "imap/starttls", "imap/literals"}

// TestTsharkNamesTheSameForReaders plays the scenarios of POP3 and IMAP, and compares the commands and the statuses.
func TestTsharkNamesTheSameForReaders(t *testing.T) {
	t.Parallel()
	for _, scenario := range lessons.Scenarios() {
		how, ok := readings[scenario.Protocol()]
		if !ok || slices.Contains(unfit, scenario.ID) {
			continue
		}
		t.Run(scenario.ID, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			result, err := lessons.Run(t.Context(), lab, scenario)
			if err != nil {
				t.Fatal(err)
			}
			for _, conn := range result.Conns {
				messages := decode(t, how.service, lab.Log().Segments(conn, 0))
				var ours, theirs []string
				for i := range messages {
					if line := how.ours(&messages[i]); line != "" {
						ours = append(ours, line)
					}
				}
				for _, cells := range dissect(t, messages, overTCP, how.port, how.fields[0][:strings.IndexByte(how.fields[0], '.')], how.fields...) {
					if line := how.theirs(cells); line != "" && line != "C" {
						theirs = append(theirs, line)
					}
				}
				if !slices.Equal(ours, theirs) {
					t.Errorf("tshark reads\n  %s\nand we\n  %s", strings.Join(theirs, "\n  "), strings.Join(ours, "\n  "))
				}
			}
		})
	}
}
