// Package maildir shows the letters of a mailbox as the files that they are:
// in new or in cur, with their flags in their names, and what has just become
// of each. Start with New and SetFiles; Settle says that what was just a change
// is now the past.
package maildir

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/tui/text"
	"surel/tui/theme"
)

// KeyMap are the keys that scroll.
type KeyMap struct{ Up, Down, PageUp, PageDown, Top, Bottom key.Binding }

// Model is a pane with the files of one mailbox.
type Model struct {
	KeyMap KeyMap

	files, before []File
	rows          []row
	known         bool   // files have been given
	trouble       string // why they cannot be shown
	width, height int
	top           int
	words         *text.Labels
	theme         theme.Theme
	inks          theme.Inks
}

// New makes an empty pane.
func New(t theme.Theme, words *text.Labels) Model {
	m := Model{}
	m.SetTheme(t, words)
	return m
}

// SetTheme gives the styles and the words.
func (m *Model) SetTheme(t theme.Theme, words *text.Labels) {
	m.theme, m.inks, m.words = t, t.Inks(), words
}

// SetSize gives the room in cells.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.Scroll(0)
}

// SetFiles gives the paths of the files, from the Maildir on, and marks what
// has changed since the last Settle. The first files after New or Forget are
// no change.
func (m *Model) SetFiles(paths []string) {
	files := make([]File, len(paths))
	for i, p := range paths {
		files[i] = Parse(p)
	}
	if !m.known {
		m.before = files
	}
	m.files, m.known, m.trouble = files, true, ""
	m.compare()
}

// SetTrouble says why the files cannot be shown.
func (m *Model) SetTrouble(why string) { m.trouble = why }

// Settle makes the files as they are now those to which later ones are
// compared.
func (m *Model) Settle() {
	m.before = m.files
	m.compare()
}

// Forget empties the pane, for another mailbox.
func (m *Model) Forget() {
	m.files, m.before, m.rows, m.known, m.trouble, m.top = nil, nil, nil, false, "", 0
}

// compare makes the rows, and shows the first of those that have changed.
func (m *Model) compare() {
	m.rows = compare(m.before, m.files)
	for i, r := range m.rows {
		if r.change != Same {
			if i < m.top || i >= m.top+m.body() {
				m.top = i - m.body()/2
			}
			break
		}
	}
	m.Scroll(0)
}

// changed tells whether any row has changed.
func (m *Model) changed() bool {
	for _, r := range m.rows {
		if r.change != Same {
			return true
		}
	}
	return false
}

// body gives the number of lines for rows; the last line of the pane may be
// the legend.
func (m *Model) body() int {
	if m.changed() {
		return max(m.height-1, 1)
	}
	return max(m.height, 1)
}

// Scroll moves what is seen by a number of lines.
func (m *Model) Scroll(by int) { m.top = max(min(m.top+by, len(m.rows)-m.body()), 0) }

// Update takes the keys that scroll.
func (m Model) Update(msg tea.Msg) (Model, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return m, nil
	}
	switch keys := m.KeyMap; {
	case key.Matches(k, keys.Up):
		m.Scroll(-1)
	case key.Matches(k, keys.Down):
		m.Scroll(1)
	case key.Matches(k, keys.PageUp):
		m.Scroll(-m.body())
	case key.Matches(k, keys.PageDown):
		m.Scroll(m.body())
	case key.Matches(k, keys.Top):
		m.Scroll(-len(m.rows))
	case key.Matches(k, keys.Bottom):
		m.Scroll(len(m.rows))
	}
	return m, nil
}
