package hexview

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/tui/theme"
)

func shown(m *Model) []string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

func TestLitBytesStandInBrackets(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(36, 3)
	m.SetBytes([]byte("MAIL FROM:<a@b>\r\n"), nil)
	m.SetLit(field.Bytes(5, 10))
	want := []string{
		" 4d 41 49 4c 20[46 52 4f] MAIL FRO",
		"[4d 3a]3c 61 40 62 3e 0d  M:<a@b>.",
		" 0a                       .",
	}
	if diff := cmp.Diff(want, shown(&m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if m.Cursor() != 5 {
		t.Errorf("the cursor is at %d", m.Cursor())
	}
}

func TestSpanOfBitsLightsTheBytesThatItTouches(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(36, 1)
	m.SetBytes([]byte{1, 2, 3}, nil)
	m.SetLit(field.Span{Start: 12, End: 17})
	if got := shown(&m)[0]; got != " 01[02 03]                ..." {
		t.Errorf("%q", got)
	}
}

func TestMaskedBytesAreNotShown(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(36, 1)
	m.SetBytes([]byte("a rahasia"), func(i int) bool { return i > 1 })
	if got := shown(&m)[0]; got != " 61 20 •• •• •• •• •• ••  a ••••••" {
		t.Errorf("%q", got)
	}
}

func TestCellsChooseBytes(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(36, 2)
	m.SetBytes([]byte("0123456789"), nil)
	for _, c := range []struct{ x, y, want int }{{1, 0, 0}, {4, 0, 1}, {5, 1, 9}, {26, 0, 0}, {27, 1, 9}} {
		if !m.ChooseCell(c.x, c.y) || m.Cursor() != c.want {
			t.Errorf("cell %d, %d chooses %d, want %d", c.x, c.y, m.Cursor(), c.want)
		}
	}
	if m.ChooseCell(30, 1) {
		t.Error("a cell behind the last byte chooses one")
	}
}

func TestWidthsAreExact(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetBytes([]byte(strings.Repeat("x", 100)), nil)
	for width := 22; width < 100; width++ {
		m.SetSize(width, 4)
		for _, l := range strings.Split(m.View(), "\n") {
			if w := ansi.StringWidth(l); w != width {
				t.Errorf("a line is %d cells wide, want %d", w, width)
			}
		}
	}
}
