package lessons_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/lessons"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestParseGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.scenario")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := lessons.Parse(file, text)
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".scenario") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(s.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), s.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestRoundTrip reads what String writes, for every scenario of the course.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, s := range lessons.Scenarios() {
		again, err := lessons.Parse(s.File, []byte(s.String()))
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		again.ID = s.ID
		if diff := cmp.Diff(withoutLines(s), withoutLines(again)); diff != "" {
			t.Errorf("%s (-first +again):\n%s", s.ID, diff)
		}
	}
}

// withoutLines forgets where things stood in the file.
func withoutLines(s lessons.Scenario) lessons.Scenario {
	actions := append([]lessons.Action(nil), s.Actions...)
	for i := range actions {
		actions[i].Line = 0
		actions[i].Expects = append([]lessons.Expectation(nil), actions[i].Expects...)
		for j := range actions[i].Expects {
			actions[i].Expects[j].Line = 0
		}
	}
	s.Actions = actions
	return s
}

const head = `title id: a
title en: b
intro id: c
intro en: d
client x: laptop.kampus.test -> mx1.sekolah.test:25 smtp
`

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", `f:1: title id is missing; add a line "title id: …"`},
		{"no actions", head, "f:1: there is no action; add captions and open"},
		{"no caption", head + "open\n", "f:6: an action begins here: put its captions (id: … and en: …) on the lines above it"},
		{"one caption", head + "id: a\nopen\n", "f:6: the action needs a caption in both languages; add the lines id: … and en: …"},
		{"caption alone", head + "id: a\nen: b\n", "f:6: the caption has no action; add what the client does below it"},
		{"caption twice", head + "id: a\nid: b\n", "f:7: this text stands twice; to continue it, begin the next line with a space"},
		{"send before open", head + "id: a\nen: b\nC: NOOP\n", "f:6: x has no connection; put an action open before this one"},
		{"open twice", head + "id: a\nen: b\nopen\nid: a\nen: b\nopen\n", "f:9: x has a connection already; close it first"},
		{"after closed", head + "id: a\nen: b\nopen\nclosed\nid: a\nen: b\ntls\n", "f:10: x has no connection; put an action open before this one"},
		{"expectation alone", head + "S: 220\n", "f:6: nothing has been done yet that could bring this; put it below an action"},
		{"no space", head + "id: a\nen: b\nC:NOOP\n", `f:8: put a space after "C:"; what follows the space is sent as it stands`},
		{"no quotes", head + "id: a\nen: b\nC raw: NOOP\n", `f:8: write a string in double quotes, such as "NOOP\r\n"`},
		{"no number", head + "id: a\nen: b\nC fill: \"x\"\n", "f:8: write how often the line is sent, from 1 to 100000, and then the line in quotes"},
		{"empty reply", head + "id: a\nen: b\nopen\nS:\n", "f:9: write what the reply must begin with, such as S: 250"},
		{
			"letter that is none", head + "mailbox guru@sekolah.test: nihil\n",
			`f:6: no letter is called "nihil"; write the name of a file in content/letters, without .eml`,
		},
		{
			"mailbox too late", head + "id: a\nen: b\nopen\nmailbox guru@sekolah.test: rapat\n",
			"f:9: what a mailbox holds at the start stands before the first action; move it up",
		},
		{
			"mailbox with too much", head + "mailbox guru@sekolah.test A B: rapat\n",
			"f:6: write: mailbox ADDRESS: LETTER …, or: mailbox ADDRESS FOLDER: LETTER …",
		},
		{"mailbox", head + "id: a\nen: b\nopen\nmailbox guru gains many\n", "f:9: write: mailbox ADDRESS gains NUMBER, or: mailbox ADDRESS holds NUMBER"},
		{"letter", head + "id: a\nen: b\nopen\nletter guru x\n", `f:9: after letter and the address: write a string in double quotes, such as "NOOP\r\n"`},
		{"wait", head + "id: a\nen: b\nwait long\n", "f:8: write: wait DURATION, such as 1.5s, up to 1m0s"},
		{"lane", head + "as y\n", `f:6: no client is called "y"; name one that has a client line`},
		{"lane in action", head + "id: a\nas x\n", "f:7: put this line above the captions of the action"},
		{"client", "client x: laptop\n", "f:1: write: client NAME: HOST -> SERVER:PORT PROTOCOL"},
		{"client's port", "client x: a -> b smtp\n", "f:1: write the server as HOST:PORT: address b: missing port in address"},
		{"client's protocol", "client x: a -> b:25 gopher\n", `f:1: no protocol is called "gopher"; write one such as smtp`},
		{"client twice", head + "client x: a -> b:25 smtp\n", `f:6: there is a client "x" already; give this one another name`},
		{"no client", "id: a\n", "f:1: name a client before the first action: client NAME: HOST -> SERVER:PORT PROTOCOL"},
		{"late title", head + "id: a\nen: b\nopen\ntitle id: c\n", "f:9: titles and introductions stand before the first action; move it up"},
		{"space", " a\n", "f:1: a line that begins with a space continues a title, an introduction or a caption, and none stands above it; remove the space"},
		{"control", head + "id: a\x00\n", `f:6: the control character '\x00' is not to be seen in a file; write it in a C raw: line`},
		{"not UTF-8", "\xff", "f: save the file as UTF-8; bytes that are not go in C raw: lines"},
		{"no such line", head + "hello\n", `f:6: "hello" is no line of a scenario; the comment of package lessons lists them all`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := lessons.Parse("f", []byte(c.text))
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// FuzzParse holds that whatever is read is written so that it reads the same.
func FuzzParse(f *testing.F) {
	every, err := os.ReadFile("testdata/every-form.scenario")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(every)
	for _, s := range lessons.Scenarios() {
		f.Add([]byte(s.String()))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := lessons.Parse("f", text)
		if err != nil {
			return
		}
		written := s.String()
		again, err := lessons.Parse("f", []byte(written))
		if err != nil {
			t.Fatalf("what was written does not read: %v\n%s", err, written)
		}
		if diff := cmp.Diff(withoutLines(s), withoutLines(again)); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	})
}

func TestMatches(t *testing.T) {
	t.Parallel()
	const ehlo = "250-Hello\r\n250-SIZE 1048576\r\n250 AUTH LOGIN PLAIN\r\n"
	for _, c := range []struct {
		pattern, reply string
		want           bool
	}{
		{"250", "250 2.0.0 OK\r\n", true},
		{"250", "250\r\n", true},
		{"250 2.0.0", "250 2.0.0 OK\r\n", true},
		{"250 2.1.0", "250 2.0.0 OK\r\n", false},
		{"250", "2500 OK\r\n", false},
		{"25", "250 OK\r\n", false},
		{"250", "550 5.1.1 no\r\n", false},
		{"250 SIZE 1048576", ehlo, true},
		{"250 SIZE 10485", ehlo, false},
		{"250 AUTH *PLAIN*", ehlo, true},
		{"250 AUTH *PLAIN", ehlo, true},
		{"250 AUTH *CRAM*", ehlo, false},
		{"+OK", "+OK POP3 ready\r\n", true},
		{"* 3 EXISTS", "* 3 EXISTS\r\n", true},
		{"250", "", false},
	} {
		if got := lessons.Matches(c.pattern, c.reply); got != c.want {
			t.Errorf("%q matches %q: %v, want %v", c.pattern, c.reply, got, c.want)
		}
	}
}

func TestOutcome(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"+OK 3 letters": "+OK", "-ERR [IN-USE]": "-ERR", "A1 OK": "OK", "A2 NO [TRYCREATE]": "NO", "* BAD": "",
		"A3 BAD": "BAD", "* OK": "", "+ OK": "", "* 3 EXISTS": "", "*": "",
	} {
		e := lessons.Expectation{Kind: lessons.Reply, Text: text}
		if got := e.Outcome(); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
