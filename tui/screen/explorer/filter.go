package explorer

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// step is how many messages are searched before the screen is drawn again, so
// that a long log does not stop the keys.
const step = 400

// searched asks for the next step of a search.
type searched struct {
	owner  *Model
	number int
}

// filter is the search for the messages that hold a text, of one connection or
// of all.
type filter struct {
	text    string
	lane    int // the connection, counted from 1; 0 for all
	number  int // counts the searches, so that steps of an old one are known
	next    int // the first message that was not searched
	matches []int32
	going   bool // a further step has been asked for
}

func (f *filter) on() bool { return f.text != "" || f.lane > 0 }

// otherLane shows the messages of the next connection alone; after the last one
// those of all.
func (m *Model) otherLane() tea.Cmd {
	if len(m.lanes.heads) < 2 {
		return nil
	}
	return m.setFilter(m.filter.text, (m.filter.lane+1)%(len(m.lanes.heads)+1))
}

// setFilter shows only the messages that hold the text, all where it is empty,
// of the connection.
func (m *Model) setFilter(text string, lane int) tea.Cmd {
	if text == m.filter.text && lane == m.filter.lane {
		return nil
	}
	m.filter = filter{text: text, lane: lane, number: m.filter.number + 1}
	cmd := m.searchOn()
	m.ladder.Choose(m.ladder.Cursor())
	m.show()
	return cmd
}

// searchOn searches the next messages, and asks for a further step where there
// are more.
func (m *Model) searchOn() tea.Cmd {
	f := &m.filter
	m.ladder.SetFilter(f.matches, f.on())
	if !f.on() || f.going {
		return nil
	}
	wanted := strings.ToLower(f.text)
	entries := m.reader.Entries()
	for end := min(f.next+step, len(entries)); f.next < end; f.next++ {
		e := entries[f.next]
		if f.lane > 0 && m.lanes.of[e.Conn] != f.lane-1 {
			continue
		}
		msg := m.reader.Message(e)
		if strings.Contains(strings.ToLower(msg.Name+" "+m.words(e).Summary(msg)), wanted) {
			f.matches = append(f.matches, int32(f.next))
		}
	}
	m.ladder.SetFilter(f.matches, true)
	if f.next == len(entries) {
		return nil
	}
	f.going = true
	number := f.number
	return func() tea.Msg { return searched{m, number} }
}

// search takes the next step of a search.
func (m *Model) search(msg searched) tea.Cmd {
	if msg.owner != m || msg.number != m.filter.number {
		return nil
	}
	m.filter.going = false
	before := len(m.filter.matches)
	cmd := m.searchOn()
	if before == 0 && len(m.filter.matches) > 0 {
		m.ladder.Choose(m.ladder.Cursor())
		m.show()
	}
	return cmd
}
