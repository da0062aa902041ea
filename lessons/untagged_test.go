package lessons_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"surel/lessons"
)

// imapScenario reads a scenario of a client that speaks IMAP.
func imapScenario(t *testing.T, actions string) lessons.Scenario {
	t.Helper()
	s, err := lessons.Parse("test.scenario", []byte(strings.Replace(head, ":25 smtp", ":143 imap", 1)+actions))
	if err != nil {
		t.Fatal(err)
	}
	s.ID = "imap/test"
	return s
}

const (
	imapGreet  = "id: a\nen: b\nopen\nS: * OK\n"
	imapSelect = "id: a\nen: b\nC: A1 SELECT INBOX\n"
)

// TestUntagged names some of a command's untagged responses.
func TestUntagged(t *testing.T) {
	t.Parallel()
	const answer = "* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDNEXT 4] x\r\nA1 OK done\r\n"
	for _, c := range []struct{ name, expects, expected, got string }{
		{"all", "S: * 3 EXISTS\nS: * 0 RECENT\nS: * OK [UIDNEXT *]*\nS: A1 OK\n", "", ""},
		{"some", "S: * OK [UIDNEXT *]*\nS: A1 OK\n", "", ""},
		{"none", "S: A1 OK\n", "", ""},
		{"another number", "S: * 13 EXISTS\nS: A1 OK\n", "S: * 13 EXISTS", "A1 OK done\r\n"},
		{"another order", "S: * 0 RECENT\nS: * 3 EXISTS\nS: A1 OK\n", "S: * 3 EXISTS", "A1 OK done\r\n"},
		{"refused", "S: A1 NO\n", "S: A1 NO", "A1 OK done\r\n"},
		{"the mark stands for itself", "S: * OK done\nS: A1 OK\n", "S: * OK done", "A1 OK done\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			lab := newFakeLab(t, dialogue("* OK a\r\n", answer))
			result, err := lessons.Run(t.Context(), lab, imapScenario(t, imapGreet+imapSelect+c.expects))
			if err != nil {
				t.Fatal(err)
			}
			switch m := result.Mismatch; {
			case m == nil && c.expected != "":
				t.Errorf("no mismatch, want %q", c.got)
			case m != nil && (m.Expected != c.expected || m.Got != c.got):
				t.Errorf("expected %q, got %q; want %q, %q", m.Expected, m.Got, c.expected, c.got)
			}
		})
	}
}

// TestNews awaits what a server says unasked, after another client has acted.
func TestNews(t *testing.T) {
	t.Parallel()
	told := make(chan struct{})
	lab := newFakeLab(t, func(c net.Conn) {
		_, _ = c.Write([]byte("* OK a\r\n"))
		<-told
		_, _ = c.Write([]byte("* 4 EXISTS\r\n"))
		_, _ = c.Read(make([]byte, 1))
	})
	r := lessons.NewRunner(lab, imapScenario(t, imapGreet+"id: a\nen: b\nwait 0s\nS: * 4 EXISTS\n"))
	r.SetPatience(time.Minute)
	defer r.Close()
	if err := r.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(told)
	if err := r.Next(t.Context()); err != nil {
		t.Error(err)
	}
}
