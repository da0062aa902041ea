// Package fieldtree shows the fields of a message as a tree that opens and
// closes. Messages that the message carries open in the same place, with bytes
// of their own. Start with New, SetMessage and Chosen.
package fieldtree

import (
	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/tui/theme"
)

// Model is a tree with a cursor.
type Model struct {
	KeyMap      KeyMap
	root        *branch
	words       protocols.Words
	open        map[string]bool // by path
	nodes       []node          // what can be seen, from top to bottom
	cursor, top int
	width       int
	height      int
	punctuation bool
	revealed    bool
	focus       bool
	theme       theme.Theme
	inks        theme.Inks
}

// New makes an empty tree.
func New(t theme.Theme) Model {
	m := Model{}
	m.SetTheme(t)
	return m
}

// SetTheme gives the styles.
func (m *Model) SetTheme(t theme.Theme) { m.theme, m.inks = t, t.Inks() }

// SetSize gives the room in cells. The cursor stays in sight.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.follow()
}

// SetFocus tells whether the pane has the focus.
func (m *Model) SetFocus(focus bool) { m.focus = focus }

// SetMessage gives the message that is opened, nil for none. Everything in it
// is closed at first.
func (m *Model) SetMessage(msg *message.Message) {
	m.root = nil
	m.open, m.cursor, m.top = map[string]bool{}, 0, 0
	if msg != nil {
		m.root = newBranch(msg, "")
	}
	m.list()
}

// SetWords gives the words for what the message's decoder says.
func (m *Model) SetWords(w protocols.Words) { m.words = w }

// Words gives the words for what is chosen: those of the protocol to which it
// belongs.
func (m *Model) Words() protocols.Words {
	if n := m.at(); n != nil {
		return m.wordsOf(n.branch)
	}
	return m.words
}

func (m *Model) wordsOf(b *branch) protocols.Words {
	if p, ok := protocols.ByID(b.foreign); ok {
		return protocols.Words{Protocol: p, Lang: m.words.Lang}
	}
	return m.words
}

// SetRevealed shows secrets or masks them.
func (m *Model) SetRevealed(revealed bool) { m.revealed = revealed }

// Masked tells which bytes of the chosen message are masked now.
func (m *Model) Masked() func(i int) bool {
	n := m.at()
	if n == nil || m.revealed {
		return func(int) bool { return false }
	}
	return n.branch.secrets.Covers
}

// Hide gives a text of the message with what is masked now replaced.
func (m *Model) Hide(text string) string {
	if m.root == nil || m.revealed {
		return text
	}
	return m.root.secrets.Hide(text, m.theme.Signs.Mask)
}

// SetPunctuation shows or hides the fields that only separate others.
func (m *Model) SetPunctuation(shown bool) {
	path := m.path()
	m.punctuation = shown
	m.list()
	m.choose(path)
}

// Chosen gives the chosen field and the message in which it lies. The field is
// nil where a whole carried message is chosen; both are where there is nothing.
func (m *Model) Chosen() (*message.Message, *field.Field) {
	if m.cursor >= len(m.nodes) {
		return nil, nil
	}
	n := &m.nodes[m.cursor]
	return n.branch.message, n.field
}

// Move moves the cursor by a number of rows, as far as there are any.
func (m *Model) Move(by int) {
	m.cursor = max(min(m.cursor+by, len(m.nodes)-1), 0)
	m.follow()
}

// Open opens what is chosen, or goes to its first part where it is open.
func (m *Model) Open() {
	switch n := m.at(); {
	case n == nil || !n.opens:
	case m.open[n.path]:
		m.Move(1)
	default:
		m.set(n.path, true)
	}
}

// Close closes what is chosen, or goes to what it is a part of where it is
// closed.
func (m *Model) Close() {
	switch n := m.at(); {
	case n == nil:
	case m.open[n.path]:
		m.set(n.path, false)
	case n.parent >= 0:
		m.Move(n.parent - m.cursor)
	}
}

// Toggle opens or closes what is chosen.
func (m *Model) Toggle() {
	if n := m.at(); n != nil && n.opens {
		m.set(n.path, !m.open[n.path])
	}
}

// ChooseRow moves the cursor to a line of the view; what was chosen already is
// opened or closed.
func (m *Model) ChooseRow(y int) {
	switch at := m.top + y; {
	case y < 0 || at >= len(m.nodes):
	case at == m.cursor:
		m.Toggle()
	default:
		m.Move(at - m.cursor)
	}
}

// ChooseByte moves the cursor to the innermost shown field that holds a byte,
// counted from 0, of a message that is open in the tree, and opens what leads
// there. It is false where no such field is shown.
func (m *Model) ChooseByte(in *message.Message, at int) bool {
	b := m.root.find(in)
	if b == nil {
		return false
	}
	path, fields, found := b.path, b.fields, false
	for _, i := range field.Find(fields, at*8) {
		if !m.shows(&fields[i]) {
			break
		}
		m.open[path] = true
		path, found = join(path, i), true
		fields = fields[i].Fields
	}
	m.list()
	m.choose(path)
	return found
}

// ChooseField moves the cursor to the first field with a name, in the message or
// in one that it carries, and opens what leads there. It is false where no such
// field is shown.
func (m *Model) ChooseField(name string) bool {
	if m.root == nil {
		return false
	}
	way := m.root.wayTo(name, m.shows)
	if way == nil {
		return false
	}
	last := len(way) - 1
	for _, path := range way[:last] {
		m.open[path] = true
	}
	m.list()
	m.choose(way[last])
	return true
}

func (m *Model) set(path string, open bool) {
	m.open[path] = open
	m.list()
	m.follow()
}

func (m *Model) at() *node {
	if m.cursor >= len(m.nodes) {
		return nil
	}
	return &m.nodes[m.cursor]
}

func (m *Model) path() string {
	if n := m.at(); n != nil {
		return n.path
	}
	return ""
}

// choose moves the cursor to the row with the path, where there is one.
func (m *Model) choose(path string) {
	for i := range m.nodes {
		if m.nodes[i].path == path {
			m.cursor = i
		}
	}
	m.Move(0)
}

// follow scrolls so that the cursor is in sight.
func (m *Model) follow() {
	m.top = max(min(m.top, m.cursor), m.cursor-m.height+1, 0)
}

// Note gives the key of the note that explains the chosen field: its own, or
// that of the nearest field around it that has one.
func (m *Model) Note() string {
	for n := m.at(); n != nil; n = &m.nodes[n.parent] {
		if n.field == nil {
			return n.branch.message.Note
		}
		if n.field.Note != "" {
			return n.field.Note
		}
		if n.parent < 0 {
			return n.branch.message.Note
		}
	}
	return ""
}
