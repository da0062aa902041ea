// Package ladder draws a conversation: clients at the left, servers at the
// right, and one arrow between them for each message. It asks its Source for
// the rows that can be seen and for no others, so that a hundred thousand
// messages cost what ten do. Start with New, SetSource and View.
package ladder

import (
	"slices"

	"surel/tui/theme"
)

// Source gives the rows of a ladder.
type Source interface {
	// Len gives the number of messages.
	Len() int
	// Row gives what the i-th message shows, counted from 0.
	Row(i int) Row
}

// Row is what the ladder shows of one message.
type Row struct {
	// Lane is the column of its connection, counted from 0.
	Lane int
	// FromServer tells that it runs from right to left.
	FromServer bool
	// Text is the message in one line that is safe to show.
	Text string
	// More is how many further lines the message has.
	More int
	// Mark tells whether something is wrong with it.
	Mark Mark
	// Group is its place in a group of messages that were sent together.
	Group Group
}

// Mark tells what is wrong with a message.
type Mark uint8

// The marks.
const (
	Fine      Mark = iota
	Mistake        // it is wrong at this place of the conversation
	Malformed      // it breaks the grammar
)

// Group is a message's place in a group.
type Group uint8

// The places.
const (
	Alone Group = iota
	First
	Middle
	Last
)

// Lane is the column of one connection.
type Lane struct{ Client, Server string }

// Model is a ladder with a cursor.
type Model struct {
	source   Source
	lanes    []Lane
	empty    []string // what stands in it while it has no messages
	unread   []Row    // what has crossed and is no whole message yet
	only     []int32  // the messages that the filter leaves; nil for all
	filtered bool
	width    int
	height   int
	cursor   int // the chosen message; -1 before there is any
	top      int // the first row that is seen, counted in what the filter leaves
	spaced   bool
	focus    bool
	theme    theme.Theme
	inks     theme.Inks
}

// New makes an empty ladder.
func New(t theme.Theme) Model {
	m := Model{cursor: -1}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetSource gives what is drawn.
func (m *Model) SetSource(s Source) { m.source = s }

// SetLanes gives the columns.
func (m *Model) SetLanes(lanes []Lane) { m.lanes = lanes }

// SetEmpty gives the lines that stand in a ladder without messages.
func (m *Model) SetEmpty(lines []string) { m.empty = lines }

// SetUnread gives what has crossed and is no whole message yet. It stands below the
// messages and cannot be chosen.
func (m *Model) SetUnread(rows []Row) {
	if len(rows) == 0 && len(m.unread) == 0 {
		return
	}
	m.unread = rows
	m.follow()
}

// SetSize gives the room in cells. The cursor stays in sight.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.follow()
}

// SetSpaced leaves an empty row behind each message, for a projector.
func (m *Model) SetSpaced(spaced bool) {
	m.spaced = spaced
	m.follow()
}

// SetFocus tells whether the pane has the focus.
func (m *Model) SetFocus(focus bool) { m.focus = focus }

// SetFilter shows only the messages of the given numbers, in their order; all
// of them where on is false.
func (m *Model) SetFilter(only []int32, on bool) {
	m.only, m.filtered = only, on
	m.follow()
}

// Cursor gives the number of the chosen message, from 0; -1 for none.
func (m *Model) Cursor() int { return m.cursor }

// Len gives the number of messages that can be chosen.
func (m *Model) Len() int {
	switch {
	case m.filtered:
		return len(m.only)
	case m.source == nil:
		return 0
	}
	return m.source.Len()
}

// AtEnd tells that no message follows the chosen one.
func (m *Model) AtEnd() bool { return m.place() >= m.Len()-1 }

// Choose moves the cursor to the message with the number, or to the nearest
// one that the filter leaves.
func (m *Model) Choose(message int) {
	if m.source == nil || m.source.Len() == 0 {
		m.cursor = -1
		return
	}
	m.cursor = min(max(message, 0), m.source.Len()-1)
	if m.filtered && len(m.only) > 0 {
		m.cursor = m.message(min(m.place(), len(m.only)-1))
	}
	m.follow()
}

// Move moves the cursor by a number of messages, as far as there are any.
func (m *Model) Move(by int) {
	if n := m.Len(); n > 0 {
		m.cursor = m.message(min(max(m.place()+by, 0), n-1))
		m.follow()
	}
}

// Scroll moves what is seen, and the cursor only as far as it must to stay in
// sight.
func (m *Model) Scroll(by int) {
	n, rows := m.Len(), m.rows()
	if n == 0 {
		return
	}
	m.top = min(max(m.top+by, 0), max(n-rows, 0))
	m.cursor = m.message(min(max(m.place(), m.top), min(m.top+rows, n)-1))
}

// Page gives how many messages are seen at once.
func (m *Model) Page() int { return m.rows() }

// At gives the number of the message in a line of the view; false where there
// is none.
func (m *Model) At(y int) (int, bool) {
	y -= headRows
	if m.spaced {
		y /= 2
	}
	if place := m.top + y; y >= 0 && place < m.Len() {
		return m.message(place), true
	}
	return 0, false
}

// message gives the number of the message at a place in what can be chosen.
func (m *Model) message(place int) int {
	if m.filtered {
		return int(m.only[place])
	}
	return place
}

// place gives the cursor's place in what can be chosen: its own, or that of
// the next message that the filter leaves.
func (m *Model) place() int {
	if !m.filtered {
		return m.cursor
	}
	i, _ := slices.BinarySearch(m.only, int32(m.cursor))
	return i
}

// follow scrolls so that the cursor is in sight.
func (m *Model) follow() {
	rows, place := m.rows(), max(m.place(), 0)
	m.top = min(m.top, place)
	m.top = max(m.top, place-rows+1, 0)
	m.top = max(min(m.top, m.Len()-rows), 0)
}

// rows gives how many messages there is room for.
func (m *Model) rows() int {
	rows := m.height - headRows
	if m.spaced {
		rows = (rows + 1) / 2
	}
	return max(rows-len(m.unread), 1)
}
