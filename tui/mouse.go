package tui

import (
	tea "charm.land/bubbletea/v2"

	"surel/tui/ui"
)

// mouse takes what the mouse does, with the place relative to the screen.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	if m.tooSmall() {
		return nil
	}
	at := msg.Mouse()
	if click, ok := msg.(tea.MouseClickMsg); ok {
		switch at.Y {
		case 0:
			return m.clickTop(click.X)
		case m.height - 1:
			return m.clickBottom(click.X)
		}
	}
	if m.helping {
		var closed bool
		m.help, closed = m.help.Update(msg)
		m.helping = !closed
		return nil
	}
	at.Y--
	switch msg.(type) {
	case tea.MouseClickMsg:
		m.notice = ui.Notice{}
		return m.toTop(tea.MouseClickMsg(at))
	case tea.MouseReleaseMsg:
		return m.toTop(tea.MouseReleaseMsg(at))
	case tea.MouseWheelMsg:
		return m.toTop(tea.MouseWheelMsg(at))
	case tea.MouseMotionMsg:
		return m.toTop(tea.MouseMotionMsg(at))
	}
	return nil
}

// clickTop changes the language where it is named.
func (m *Model) clickTop(x int) tea.Cmd {
	if _, right := m.topLine(); x >= right {
		return m.nextLang()
	}
	return nil
}

// clickBottom presses the key that stands there.
func (m *Model) clickBottom(x int) tea.Cmd {
	if m.notice.Text != "" {
		m.notice = ui.Notice{}
		return nil
	}
	_, spans := m.keyLine()
	for _, s := range spans {
		if x >= s.From && x < s.To && len(s.Key.Keys()) > 0 {
			return m.press(ui.Press(s.Key.Keys()[0]))
		}
	}
	return nil
}
