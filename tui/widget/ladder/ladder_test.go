package ladder

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/tui/theme"
)

// rows is a source that counts how often it is asked.
type rows struct {
	rows  []Row
	asked int
}

func (r *rows) Len() int { return len(r.rows) }

func (r *rows) Row(i int) Row {
	r.asked++
	return r.rows[i]
}

func many(n int) *rows {
	r := &rows{rows: make([]Row, n)}
	for i := range r.rows {
		r.rows[i] = Row{Text: fmt.Sprintf("message %d", i), FromServer: i%2 == 1}
	}
	return r
}

func newLadder(s Source, width, height int) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSource(s)
	m.SetLanes([]Lane{{Client: "laptop", Server: "mx1:25"}})
	m.SetSize(width, height)
	m.Choose(0)
	return m
}

func shown(m *Model) []string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

func TestArrowsMarksAndGroups(t *testing.T) {
	t.Parallel()
	m := newLadder(&rows{rows: []Row{
		{Text: "220 siap", FromServer: true},
		{Text: "MAIL", Group: First},
		{Text: "RCPT", Group: Middle, Mark: Mistake},
		{Text: "DATA", Group: Last, Mark: Malformed},
		{Text: "250-mx1 dengan nama yang panjang", FromServer: true, More: 12},
	}}, 30, 7)
	m.Move(1)
	want := []string{
		" laptop                mx1:25",
		"   │◀── 220 siap ───────────│",
		" ▸╭│─── MAIL ──────────────▶│",
		"! ││─── RCPT ──────────────▶│",
		"✗ ╰│─── DATA ──────────────▶│",
		"   │◀── 250-mx1 denga… (+12)│",
		"   │                        │",
	}
	if diff := cmp.Diff(want, shown(&m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLanesStandSideBySideWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	s := &rows{rows: []Row{{Text: "one"}, {Text: "two", Lane: 1, FromServer: true}}}
	m := newLadder(s, 64, 3)
	m.SetLanes([]Lane{{"laptop", "mail:587"}, {"mail", "mx1:25"}})
	m.Move(1)
	got := shown(&m)
	for i, l := range got {
		if w := ansi.StringWidth(l); w > 64 {
			t.Errorf("line %d is %d cells wide", i, w)
		}
	}
	for i, part := range []string{"mail:587 mail", "one", "│ │◀── two"} {
		if !strings.Contains(got[i], part) {
			t.Errorf("line %d lacks %q: %q", i, part, got[i])
		}
	}
	m.SetSize(40, 3)
	if got := shown(&m)[1:]; !strings.Contains(got[0], "┊─── one") || !strings.Contains(got[1], "│◀── two") {
		t.Errorf("the other lane is not told apart: %q", got)
	}
	if head := shown(&m)[0]; !strings.Contains(head, "mx1:25") || strings.Contains(head, "laptop") {
		t.Errorf("without room the head is %q, want the lane of the cursor", head)
	}
}

func TestOnlyTheRowsInSightAreAskedFor(t *testing.T) {
	t.Parallel()
	s := many(100_000)
	m := newLadder(s, 40, 21)
	m.Choose(50_000)
	s.asked = 0
	m.View()
	if s.asked > 21 {
		t.Errorf("%d rows were asked for", s.asked)
	}
}

func TestCursorStaysInSight(t *testing.T) {
	t.Parallel()
	m := newLadder(many(100), 40, 11)
	for _, by := range []int{5, 20, 100, -3, -50, -200, 33} {
		m.Move(by)
		if !strings.Contains(strings.Join(shown(&m), "\n"), fmt.Sprintf("message %d ", m.Cursor())) {
			t.Errorf("after %+d message %d is out of sight:\n%s", by, m.Cursor(), m.View())
		}
	}
	m.Scroll(1000)
	if m.Cursor() != 90 {
		t.Errorf("after scrolling the cursor is at %d", m.Cursor())
	}
}

func TestFilterLeavesTheMessagesAndTheirNumbers(t *testing.T) {
	t.Parallel()
	m := newLadder(many(10), 40, 5)
	m.Choose(4)
	m.SetFilter([]int32{1, 5, 9}, true)
	m.Choose(m.Cursor())
	if m.Cursor() != 5 || m.Len() != 3 {
		t.Errorf("the cursor is at %d of %d, want 5 of 3", m.Cursor(), m.Len())
	}
	m.Move(1)
	if m.Cursor() != 9 || !m.AtEnd() {
		t.Errorf("the cursor is at %d", m.Cursor())
	}
	if at, ok := m.At(2); !ok || at != 5 {
		t.Errorf("the second line is message %d", at)
	}
	m.SetFilter(nil, true)
	m.Move(1)
	m.View()
	m.SetFilter(nil, false)
	if m.Cursor() != 9 {
		t.Errorf("without the filter the cursor is at %d", m.Cursor())
	}
}

func TestUnreadStandsBelowTheMessages(t *testing.T) {
	t.Parallel()
	m := newLadder(many(5), 31, 6)
	m.Choose(4)
	m.SetUnread([]Row{{Text: "Subject: x"}, {Text: ""}})
	want := []string{
		" laptop                 mx1:25",
		"   │─── message 2 ──────────▶│",
		"   │◀── message 3 ───────────│",
		" ▸ │─── message 4 ──────────▶│",
		"   │┄┄┄ Subject: x ┄┄┄┄┄┄┄┄┄▶│",
		"   │┄┄┄  ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▶│",
	}
	if diff := cmp.Diff(want, shown(&m)); diff != "" {
		t.Error(diff)
	}
	if _, ok := m.At(4); ok {
		t.Error("what is unread can be chosen")
	}
	m.SetUnread(nil)
	if got := shown(&m)[1]; !strings.Contains(got, "message 0") {
		t.Errorf("the room does not come back: the first row is %s", got)
	}
}
