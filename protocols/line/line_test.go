package line_test

import (
	"strings"
	"testing"

	"surel/protocols/field"
	"surel/protocols/line"
)

func TestScan(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", line.Max)
	for name, test := range map[string]struct {
		text string
		n    int
		cut  bool
	}{
		"nothing":         {"", 0, false},
		"no end yet":      {"NOOP\r", 0, false},
		"a line":          {"NOOP\r\n", 6, false},
		"two lines":       {"NOOP\r\nQUIT\r\n", 6, false},
		"a bare LF":       {"NOOP\nQUIT\r\n", 5, false},
		"an empty line":   {"\r\n", 2, false},
		"just fits":       {long[:line.Max-1] + "\n", line.Max, false},
		"does not end":    {long, line.Max, true},
		"ends a byte off": {long + "\n", line.Max, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := []byte(test.text)
			var whole line.Scan
			if n, cut := whole.Next(b); n != test.n || cut != test.cut {
				t.Errorf("the line has %d bytes, cut %v; not %d, %v", n, cut, test.n, test.cut)
			}
			var slow line.Scan
			for i := range len(b) + 1 {
				n, cut := slow.Next(b[:i])
				if n == 0 {
					continue
				}
				if n != test.n || cut != test.cut {
					t.Errorf("byte by byte the line has %d bytes, cut %v; not %d, %v", n, cut, test.n, test.cut)
				}
				return
			}
			if test.n > 0 {
				t.Error("byte by byte the line does not end")
			}
		})
	}
}

func TestEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		cut  string
		name string
		err  bool
	}{
		"NOOP\r\n":   {"NOOP", "CRLF", false},
		"NOOP\n":     {"NOOP", "bare LF", true},
		"NOOP":       {"NOOP", "", false},
		"\r\n":       {"", "CRLF", false},
		"NOOP\r\r\n": {"NOOP\r", "CRLF", false},
		"NOOP\r":     {"NOOP\r", "", false},
	} {
		if got := line.Cut(text); got != want.cut {
			t.Errorf("%q without its end is %q, not %q", text, got, want.cut)
		}
		c := field.NewCursorAt(line.Cut(text), 0)
		c.Add("text", "field/text", len(want.cut))
		fields := append(c.Fields(), line.End(text, len(want.cut))...)
		if err := field.Check(fields, len(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		end := fields[len(fields)-1]
		if want.name != "" && (end.Name != want.name || (end.Err != "") != want.err) {
			t.Errorf("%q ends with %q, error %q", text, end.Name, end.Err)
		}
		if want.name == "" && len(fields) != 1 {
			t.Errorf("%q has no end, and yet a field for it", text)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		accept func(byte) bool
		text   string
		want   int
	}{
		"letters":            {line.IsLetter, "azAZ0", 4},
		"digits":             {line.IsDigit, "09a", 2},
		"letters and digits": {line.IsLetterOrDigit, "a9-", 2},
		"text":               {line.IsText, "a \té\r", 5},
		"graphic":            {line.IsGraphic, "!é ", 3},
		"no DEL in text":     {line.IsText, "\x7f", 0},
		"no @ before A":      {line.IsLetter, "@", 0},
		"no [ behind Z":      {line.IsLetter, "[", 0},
		"all of it":          {line.IsDigit, "12", 2},
	} {
		if got := line.Prefix(test.text, test.accept); got != test.want {
			t.Errorf("%s: of %q %d bytes are accepted, not %d", name, test.text, got, test.want)
		}
	}
	for b, want := range map[byte]byte{'a': 'A', 'z': 'Z', 'A': 'A', '{': '{', '`': '`', 0xe9: 0xe9} {
		if got := line.Upper(b); got != want {
			t.Errorf("the capital of %q is %q", b, got)
		}
	}
}
