package field

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// tree reads "EHLO host\r\n" as a decoder would.
func tree(raw string) []Field {
	c := NewCursor([]byte(raw))
	c.While("command", "", func(b byte) bool { return b >= 'A' && b <= 'Z' })
	if c.Has(" ") {
		c.Punct("SP", 1)
	}
	c.Open("argument", "")
	c.While("domain", "", func(b byte) bool { return b >= 'a' && b <= 'z' || b == '.' })
	c.Close()
	if c.Has("\r\n") {
		c.Punct("CRLF", 2)
	} else if c.More() {
		c.Fail("no end of line")
	}
	return c.Fields()
}

func TestCursorCoversTheMessage(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"EHLO a.test\r\n", "EHLO", "", "\x00\xff", "EHLO a b c", "EHLO \r\n\r\n"} {
		if err := Check(tree(raw), len(raw)); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestCursorKeepsItsFirstError(t *testing.T) {
	t.Parallel()
	c := NewCursor([]byte("abc"))
	c.Add("a", "", 1)
	c.Fail("first")
	c.Fail("second")
	c.Add("b", "", 1)
	c.Punct("c", 1)
	fields := c.Fields()
	if len(fields) != 2 || fields[1].Err != "first" || fields[1].Value != "bc" {
		t.Errorf("fields are %+v", fields)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	fields := tree("EHLO a.test\r\n")
	for bit, want := range map[int][]int{0: {0}, 39: {1}, 40: {2, 0}, 88: {3}, 103: {3}, 104: nil, -1: nil} {
		if got := Find(fields, bit); !slices.Equal(got, want) {
			t.Errorf("bit %d is at %v, want %v", bit, got, want)
		}
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for want, fields := range map[string][]Field{
		"no name":        {{Span: Bytes(0, 2)}},
		"backwards":      {{Name: "a", Span: Span{8, 0}}},
		"outside":        {{Name: "a", Span: Bytes(0, 3)}},
		"overlaps":       {{Name: "a", Span: Bytes(0, 1)}, {Name: "b", Span: Span{4, 16}}},
		"no field":       {{Name: "a", Span: Bytes(1, 2)}},
		"at its end":     {{Name: "a", Span: Bytes(0, 1)}},
		"outside the m":  {{Name: "a", Span: Bytes(0, 2), Target: Bytes(1, 3)}},
		"a / b: span {8": {{Name: "a", Span: Bytes(0, 1), Fields: []Field{{Name: "b", Span: Bytes(1, 2)}}}, {Name: "c", Span: Bytes(1, 2)}},
	} {
		if err := Check(fields, 2); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("EHLO a.test\r\n")
	f.Add("EHLO \xff")
	f.Fuzz(func(t *testing.T, raw string) {
		if err := Check(tree(raw), len(raw)); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
	})
}

// TestForgettingCursor reads as one does that keeps its tree.
func TestForgettingCursor(t *testing.T) {
	t.Parallel()
	c := NewCursorAt("ab:c", 0)
	c.Forget()
	c.Open("whole", "")
	if f := c.Add("a", "", 2); f.Value != "ab" || f.Span != Bytes(0, 2) {
		t.Errorf("the field is %+v", f)
	}
	c.Punct("colon", 1)
	if f := c.Close(); f.Name != "whole" || f.Value != "ab:" || f.Fields != nil {
		t.Errorf("the field is %+v", f)
	}
	if c.Rest() != "c" || len(c.Fields()) > 0 {
		t.Errorf("%q is left", c.Rest())
	}
}

// TestWithin reads parts that end where they are said to, whatever is read in
// them.
func TestWithin(t *testing.T) {
	t.Parallel()
	c := NewCursor([]byte("abcdefgh"))
	c.Within(3, func() {
		c.Open("outer", "")
		c.Add("too much", "", 9)
	})
	c.Within(2, func() {
		c.Add("one", "", 1)
		c.Fail("no more")
	})
	if c.Add("rest", "", 2); !c.Faulty() {
		t.Error("a part that could not be read is no fault")
	}
	c.Within(9, func() {})
	var got strings.Builder
	fields := c.Fields()
	Walk(fields, func(f *Field, depth int) {
		fmt.Fprintf(&got, "%d %s %q %s\n", depth, f.Name, f.Value, f.Err)
	})
	const want = `0 outer "abc" 
1 too much "abc" 
0 one "d" 
0 unread "e" no more
0 rest "fg" 
0 unread "h" unexpected bytes
`
	if got.String() != want {
		t.Errorf("got\n%s", got.String())
	}
	if err := Check(fields, 8); err != nil {
		t.Error(err)
	}
}
