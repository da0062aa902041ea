package stuffed_test

import (
	"bytes"
	"strings"
	"testing"

	"surel/protocols/field"
	"surel/protocols/stuffed"
)

func TestText(t *testing.T) {
	t.Parallel()
	for wired, want := range map[string]string{
		".\r\n":                     "",
		"a\r\n.\r\n":                "a\r\n",
		"..\r\n.\r\n":               ".\r\n",
		".x\r\n.\r\n":               "x\r\n",
		"...a\r\n..b\r\nc\r\n.\r\n": "..a\r\n.b\r\nc\r\n",
		"a\n.\r\n.b\r\n.\r\n":       "a\n.\r\nb\r\n",
		"a\r\n.\n\r\n.\r\n":         "a\r\n\n\r\n",
		"a\r.\r\r\n.\r\n":           "a\r.\r\r\n",
	} {
		var s stuffed.Scan
		n, part := s.Next([]byte(wired + "QUIT\r\n"))
		if n != len(wired) || !part.First() || !part.Last() || part.MidLine() {
			t.Errorf("%q: %d bytes, part %03b", wired, n, part)
			continue
		}
		if got := part.Text([]byte(wired)); string(got) != want {
			t.Errorf("%q says %q, not %q", wired, got, want)
		}
		if err := field.Check(part.Fields([]byte(wired)), n); err != nil {
			t.Errorf("%q: %v", wired, err)
		}
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	for wired, want := range map[string]string{
		".\r\n":           "terminator",
		"a\r\nb\r\n.\r\n": "text, terminator",
		"..\r\n.\r\n":     "stuffed dot, text, terminator",
		"a\nb\r\n.\r\n":   "text, bare LF!, text, terminator",
		"a\rb\r\n.\r\n":   "text, bare CR!, text, terminator",
		"a\r\r\n.\r\n":    "text, bare CR!, text, terminator",
	} {
		var names []string
		for _, f := range stuffed.Part(0).Fields([]byte(wired)) {
			if f.Err != "" {
				f.Name += "!"
			}
			names = append(names, f.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%q has the fields %s, not %s", wired, got, want)
		}
	}
}

// TestManyMarks has more added dots than become fields: what stands alone
// behind the last of them is told all the same.
func TestManyMarks(t *testing.T) {
	t.Parallel()
	wired := []byte(strings.Repeat("..\r\n", 50_000) + "a\nb\r\n.\r\n")
	fields := stuffed.Part(0).Fields(wired)
	if err := field.Check(fields, len(wired)); err != nil {
		t.Error(err)
	}
	if n := len(fields); n > 20_001 || fields[n-1].Err == "" {
		t.Errorf("%d fields; the last says %q", n, fields[n-1].Err)
	}
}

// TestParts cuts long texts, and reads on as if they had not been cut.
func TestParts(t *testing.T) {
	t.Parallel()
	lines := strings.Repeat(strings.Repeat("y", 98)+"\r\n", stuffed.Max/100+1)
	for name, test := range map[string]struct {
		text    string
		midLine bool
	}{
		"at the end of a line": {lines + "..\r\n.\r\n", false},
		"inside a line":        {strings.Repeat("z", stuffed.Max) + ".z\r\n.\r\n", true},
		"inside a CR LF":       {strings.Repeat("z", stuffed.Max-1) + "\r\n.\r\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s stuffed.Scan
			n, first := s.Next([]byte(test.text))
			if n == 0 || n > stuffed.Max || !first.First() || first.Last() {
				t.Fatalf("the first part has %d bytes and is %03b", n, first)
			}
			rest := []byte(test.text[n:])
			m, last := s.Next(rest)
			if m != len(rest) || last.First() || !last.Last() || last.MidLine() != test.midLine {
				t.Fatalf("the last part has %d bytes of %d and is %03b", m, len(rest), last)
			}
			want := strings.TrimSuffix(strings.ReplaceAll(test.text, "\r\n..", "\r\n."), ".\r\n")
			if got := string(first.Text([]byte(test.text[:n]))) + string(last.Text(rest)); got != want {
				t.Error("the parts do not say what was written")
			}
			if s != (stuffed.Scan{}) {
				t.Error("the scan does not stand before the next text")
			}
		})
	}
}

func TestTorn(t *testing.T) {
	t.Parallel()
	var s stuffed.Scan
	wired := []byte("..a\r\nb\r\n.")
	if n, _ := s.Next(wired); n != 0 {
		t.Fatalf("%d bytes end a text", n)
	}
	part := s.Torn()
	if part.Last() || string(part.Text(wired)) != ".a\r\nb\r\n" {
		t.Errorf("the part %03b says %q", part, part.Text(wired))
	}
	if err := field.Check(part.Fields(wired), len(wired)); err != nil {
		t.Error(err)
	}
}

func TestBareEnds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{
		"":             {false, false},
		"a\r\nb\r\n":   {false, false},
		"a\nb\r\n":     {true, false},
		"\n":           {true, false},
		"a\rb\r\n":     {false, true},
		"a\r\r\n":      {false, true},
		"a\r":          {false, true},
		"a\rb\nc\r\n.": {true, true},
	} {
		if lf, cr := stuffed.BareEnds([]byte(text)); [2]bool{lf, cr} != want {
			t.Errorf("%q: a bare LF %v, a bare CR %v", text, lf, cr)
		}
	}
}

// FuzzNext reads text whole and byte by byte: it ends at the same place, its
// fields cover it, and stuffing what it says gives it again.
func FuzzNext(f *testing.F) {
	for _, seed := range []string{".\r\n", "a\r\n.\r\n", "..a\r\n.\r\n", "a\n.\r\n\r\n.\r\n", ".a\r\n.\r\n", "a\r\n.\n.\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var whole, slow stuffed.Scan
		n, part := whole.Next(b)
		slowly := 0
		for i := 0; i <= len(b) && slowly == 0; i++ {
			slowly, _ = slow.Next(b[:i])
		}
		if n != slowly {
			t.Fatalf("%d bytes, and byte by byte %d", n, slowly)
		}
		raw := b[:n]
		if n == 0 {
			raw, part = b, whole.Torn()
		}
		if err := field.Check(part.Fields(raw), len(raw)); err != nil {
			t.Error(err)
		}
		if text := part.Text(raw); part.Last() && !bytes.Contains(text, []byte("\r\n.\r\n")) {
			again := stuff(text)
			if m, _ := new(stuffed.Scan).Next(again); m != len(again) || !bytes.Equal(part.Text(again), text) {
				t.Errorf("%q says %q, which does not come back", raw, text)
			}
		}
	})
}

// stuff adds what a sender adds (RFC 5321 §4.5.2).
func stuff(text []byte) []byte {
	out := bytes.ReplaceAll(text, []byte("\r\n."), []byte("\r\n.."))
	if bytes.HasPrefix(out, []byte(".")) {
		out = append([]byte("."), out...)
	}
	if len(out) > 0 && !bytes.HasSuffix(out, []byte("\r\n")) {
		out = append(out, "\r\n"...)
	}
	return append(out, ".\r\n"...)
}
