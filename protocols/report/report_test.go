package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"

	"surel/protocols"
	"surel/protocols/note"
	"surel/protocols/report"
	"surel/protocols/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

// forms are the forms of a report by the ending of their golden file.
var forms = map[string]func(io.Writer, report.Report) error{
	"txt": report.Text, "json": report.JSON, "md": report.Markdown,
}

func write(t testing.TB, form string, r report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := forms[form](&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for form := range forms {
		for _, lang := range note.Langs {
			t.Run(string(lang)+"."+form, func(t *testing.T) {
				t.Parallel()
				got := write(t, form, sample(lang))
				golden := filepath.Join("testdata", "sample."+string(lang)+"."+form)
				if *update {
					if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatalf("%v (make it with -update)", err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// checkSafe fails where something comes out that a terminal would obey.
func checkSafe(t testing.TB, form, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Fatalf("%s is not UTF-8: %q", form, out)
	}
	for _, r := range strings.ReplaceAll(out, "\n", "") {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("%s: %U came out: %q", form, r, out)
		}
	}
}

func TestNothingObeyed(t *testing.T) {
	t.Parallel()
	for form := range forms {
		for _, secrets := range []bool{false, true} {
			r := sample(note.EN)
			r.ShowSecrets = secrets
			checkSafe(t, form, write(t, form, r))
		}
	}
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	for form := range forms {
		r := sample(note.EN)
		if out := write(t, form, r); strings.Contains(out, "rahasia") {
			t.Errorf("%s gives the password away: %s", form, out)
		}
		r.ShowSecrets = true
		if out := write(t, form, r); !strings.Contains(out, "rahasia sekali") {
			t.Errorf("%s hides the password that was asked for: %s", form, out)
		}
	}
	var doc struct {
		Connections []struct {
			Messages []struct{ Raw []byte }
		}
	}
	if err := json.Unmarshal([]byte(write(t, "json", sample(note.EN))), &doc); err != nil {
		t.Fatal(err)
	}
	if got, want := string(doc.Connections[0].Messages[1].Raw), "PASS **************\r\n"; got != want {
		t.Errorf("raw = %q, want %q", got, want)
	}
}

func TestTextWidth(t *testing.T) {
	t.Parallel()
	for _, lang := range note.Langs {
		for line := range strings.Lines(write(t, "txt", sample(lang))) {
			line = strings.TrimSuffix(line, "\n")
			if w := displaywidth.String(line); w > 80 || strings.HasSuffix(line, " ") {
				t.Errorf("%d columns: %q", w, line)
			}
		}
	}
}

// TestTextWriter holds what is printed as it comes to what is printed at the
// end.
func TestTextWriter(t *testing.T) {
	t.Parallel()
	r := sample(note.ID)
	r.Scenario = ""
	r.Connections[0].Lost = 0
	var b bytes.Buffer
	w, err := report.NewText(&b, r.Options)
	if err != nil {
		t.Fatal(err)
	}
	c := r.Connections[0]
	for i := range c.Messages() {
		if err := w.Message(c.Conn, c.ProtocolOf(i), &c.Messages()[i]); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(write(t, "txt", r), b.String()); diff != "" {
		t.Error(diff)
	}
}

// TestJSONLines holds what is printed as it comes to the messages of the whole
// document.
func TestJSONLines(t *testing.T) {
	t.Parallel()
	r := sample(note.ID)
	var b bytes.Buffer
	w := report.NewJSONLines(&b, r.Options)
	c := r.Connections[0]
	for i := range c.Messages() {
		if err := w.Message(c.Conn, c.ProtocolOf(i), &c.Messages()[i]); err != nil {
			t.Fatal(err)
		}
	}
	checkSafe(t, "JSON lines", b.String())
	var lines []any
	for line := range strings.Lines(b.String()) {
		var l struct {
			Conn    int
			Server  string
			Message any
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if l.Conn != 1 || l.Server != "mx1.sekolah.test:25" {
			t.Errorf("connection %d to %s", l.Conn, l.Server)
		}
		lines = append(lines, l.Message)
	}
	var doc struct{ Connections []struct{ Messages []any } }
	if err := json.Unmarshal([]byte(write(t, "json", r)), &doc); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(doc.Connections[0].Messages, lines); diff != "" {
		t.Error(diff)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for form := range forms {
		for _, lang := range note.Langs {
			if out := write(t, form, report.Report{Options: report.Options{Lang: lang}}); len(out) < 20 {
				t.Errorf("%s says too little of nothing: %q", form, out)
			}
		}
	}
}

func TestUnknownLanguage(t *testing.T) {
	t.Parallel()
	if err := report.Text(io.Discard, report.Report{Options: report.Options{Lang: "xx"}}); err == nil {
		t.Error("a language without labels is no error")
	}
}

// maxFuzzed bounds each side of a fuzzed conversation, in bytes.
const maxFuzzed = 1 << 10

func FuzzReport(f *testing.F) {
	f.Add([]byte("EHLO laptop\r\nMAIL FROM:<a@b.test>\r\n"), []byte("220 hi\r\n250-a\r\n250 STARTTLS\r\n"))
	f.Add([]byte("AUTH PLAIN AHNpc3dhAHJhaGFzaWE=\r\nDATA\r\n"+hostile+"\r\n.\r\n"), []byte("220 x\r\n235 ok\r\n354 go\r\n"))
	f.Add([]byte("\x16\x03\x01"), []byte("\xff\x1b\n"))
	f.Fuzz(func(t *testing.T, client, server []byte) {
		// A report is a thousand times as long as what it explains, so a long
		// input only makes the fuzzer slow.
		client, server = client[:min(len(client), maxFuzzed)], server[:min(len(server), maxFuzzed)]
		for _, service := range []string{"smtp", "submissions"} {
			talk, err := protocols.NewConversation(service)
			if err != nil {
				t.Fatal(err)
			}
			half := len(server) / 2
			talk.Feed(wire.Segment{Dir: wire.ServerToClient, Bytes: server[:half:half]})
			talk.Feed(wire.Segment{Dir: wire.ClientToServer, Bytes: client})
			talk.Feed(wire.Segment{Dir: wire.ServerToClient, Bytes: server[half:]})
			talk.End(wire.Segment{})
			r := report.Report{
				Options:     report.Options{Lang: note.EN},
				Connections: []report.Connection{{Conn: wire.Conn{ID: 1, Service: service}, Conversation: talk}},
			}
			for form := range forms {
				out := write(t, form, r)
				checkSafe(t, form, out)
				if form == "json" && !json.Valid([]byte(out)) {
					t.Fatalf("not JSON: %q", out)
				}
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	r := sample(note.ID)
	for b.Loop() {
		if err := report.Text(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
