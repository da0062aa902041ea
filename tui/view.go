package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"surel/protocols/note"
	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/bars"
	"surel/tui/widget/block"
)

// View draws the screen with the lines above and below it.
func (m *Model) View() tea.View {
	v := tea.View{AltScreen: true, MouseMode: tea.MouseModeCellMotion, WindowTitle: m.path()}
	switch {
	case m.width == 0: // the terminal has not told its size yet
	case m.tooSmall():
		v.SetContent(m.tooSmallView())
	default:
		top, _ := m.topLine()
		body := m.help.View
		if !m.helping {
			body = m.top().View
			v.Cursor = m.cursor()
		}
		v.SetContent(top + "\n" + body() + "\n" + m.bottomLine())
	}
	if m.opts.ASCII {
		v.Content = theme.Plain(v.Content)
	}
	return v
}

// path says where we are: the program, and what its screen is about.
func (m *Model) path() string {
	path := m.ctx.Text.Get("app.title")
	if title := m.top().Title(); title != "" {
		path += " " + m.ctx.Theme.Signs.Cursor + " " + title
	}
	return path
}

// topLine draws the line above, and says where its right part begins.
func (m *Model) topLine() (string, int) {
	left := m.path()
	if len(m.stack) == 1 {
		left += "  —  " + m.ctx.Text.Get("app.tagline")
	}
	langs := make([]string, len(note.Langs))
	for i, l := range note.Langs {
		langs[i] = string(l)
		if l == m.ctx.Lang() {
			langs[i] = strings.ToUpper(langs[i])
		}
	}
	right := []string{strings.Join(langs, " · ")}
	if len(m.stack) > 1 { // the first screen says more about the lab
		right = append(right, ui.LabSign(m.ctx, m.opts.Lab))
	}
	return bars.Top(m.ctx.Theme, left, right, m.width)
}

// bottomLine draws the line below: a notice, or the keys.
func (m *Model) bottomLine() string {
	if m.notice.Text != "" {
		return bars.Message(m.ctx.Theme, m.notice.Text, m.notice.Bad, m.lastKey(), m.width)
	}
	if m.guiding() {
		return m.tourLine()
	}
	line, _ := m.keyLine()
	return line
}

// keyLine draws the keys that work now, and says where each is.
func (m *Model) keyLine() (string, []bars.Span) {
	k := m.ctx.Keys
	if m.helping {
		return bars.Bottom(m.ctx.Theme, []key.Binding{k.Choose, k.Language}, m.lastKey(), m.width)
	}
	keys := slices.Clone(m.top().Help().ShortHelp())
	if m.top().Typing() {
		keys = slices.DeleteFunc(keys, m.isBack)
	} else {
		keys = append(keys, k.Language)
		if len(m.stack) > 1 {
			keys = append(keys, k.Back)
		}
	}
	return bars.Bottom(m.ctx.Theme, keys, m.lastKey(), m.width)
}

// lastKey is the key that the bottom line names in any case: the help, or the
// way back where there is no help.
func (m *Model) lastKey() key.Binding {
	switch {
	case m.helping:
	case !m.top().Typing():
		return m.ctx.Keys.Help
	default:
		keys := m.top().Help().ShortHelp()
		if own := slices.IndexFunc(keys, m.isBack); own >= 0 {
			return keys[own]
		}
	}
	return m.ctx.Keys.Back
}

// isBack tells whether a key of a screen is the way back, under a name of its own.
func (m *Model) isBack(b key.Binding) bool { return b.Help().Key == m.ctx.Keys.Back.Help().Key }

// cursor gives the screen's text cursor in the terminal's cells.
func (m *Model) cursor() *tea.Cursor {
	c := m.top().Cursor()
	if c == nil {
		return nil
	}
	moved := *c
	moved.Y++
	return &moved
}

func (m *Model) tooSmallView() string {
	words := m.ctx.Text.Get("app.too-small", m.width, m.height, MinWidth, MinHeight)
	words = block.Wrap(words, max(m.width-2, 1))
	placed := lipgloss.Place(m.width, m.height, lipgloss.Center, lipgloss.Center, words)
	return block.Fit(placed, m.width, m.height)
}
