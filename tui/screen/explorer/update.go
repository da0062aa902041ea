package explorer

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/tui/ui"
)

// Update takes a message: the keys go first to what is being typed, then to
// the keys of the whole screen, then to the pane in focus.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		return m, m.paste(msg)
	case tea.MouseMsg:
		m.mouse(msg)
	case grown:
		return m, m.grow(msg)
	case played:
		return m, m.played(msg)
	case blink:
		return m, m.blink(msg)
	case beat:
		return m, m.beat(msg)
	case searched:
		return m, m.search(msg)
	case listed:
		return m, m.listed(msg)
	case second:
		return m, m.second(msg)
	case begun:
		return m, m.begun(msg)
	case looked:
		return m, m.looked(msg)
	case outsideFound:
		m.outsideFound(msg)
	}
	return m, nil
}

func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case m.ask.open:
		return m.answer(k)
	case m.typing:
		return m.typed(k)
	case m.run.slow && key.Matches(k, m.ctx.Keys.Back):
		m.run.cancel()
		return nil
	case m.run.slow && key.Matches(k, m.ctx.Keys.Quit):
		return ui.Leave
	case m.guess(k):
		return nil
	}
	if cmd, taken := m.command(k); taken {
		return cmd
	}
	return m.walk(k)
}

// command takes the keys that do something with the whole screen.
func (m *Model) command(k tea.KeyPressMsg) (tea.Cmd, bool) {
	keys := m.ctx.Keys
	switch {
	case m.barred(k):
	case key.Matches(k, keys.NextPane):
		m.turn(1)
	case key.Matches(k, keys.PrevPane):
		m.turn(-1)
	case key.Matches(k, keys.Type):
		return m.openPrompt(), true
	case key.Matches(k, keys.Auto):
		return m.toggleAuto(), true
	case key.Matches(k, keys.Faster):
		return m.pace(1), true
	case key.Matches(k, keys.Slower):
		return m.pace(-1), true
	case key.Matches(k, keys.Hold):
		m.toggleHold()
	case key.Matches(k, keys.Filter):
		m.openFilter()
	case key.Matches(k, keys.Lane):
		return m.otherLane(), true
	case key.Matches(k, keys.Jump):
		m.openJump()
	case key.Matches(k, keys.Copy):
		return m.copy(), true
	case key.Matches(k, keys.Secrets):
		m.reveal()
	case key.Matches(k, keys.Restart):
		m.restart()
		return m.beginTask(), true
	case key.Matches(k, keys.Way) && m.try.mayShow():
		return m.showWay(), true
	case key.Matches(k, keys.Lesson) && m.beside.markdown != nil:
		m.toggleBeside()
	case key.Matches(k, keys.Free) && m.try.hides():
		return m.freePlay(), true
	case key.Matches(k, keys.Hint) && m.try.hides():
		m.hint()
	case key.Matches(k, keys.Box):
		if m.hasBoard() {
			return m.toggleNames(), true
		}
		return m.toggleBox(), true
	case key.Matches(k, keys.OtherBox) && m.box.open:
		if m.hasBoard() {
			return m.otherPage(), true
		}
		return m.otherBox(), true
	case key.Matches(k, keys.Eavesdrop) && m.inTLS():
		m.toggleEavesdrop()
	case key.Matches(k, keys.Outside) && m.aboutNames():
		return m.toggleOutside(), true
	case key.Matches(k, keys.Scenarios):
		id := m.scenario.ID
		return func() tea.Msg { return ui.ShowScenarios{ID: id} }, true
	default:
		return nil, false
	}
	return nil, true
}

// paste gives pasted text to what is being typed.
func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	var cmd tea.Cmd
	switch {
	case m.ask.open:
		m.ask.input, cmd = m.ask.input.Update(msg)
	case m.typing:
		m.prompt, cmd = m.prompt.Update(msg)
	}
	return cmd
}

// grow takes in what has come into the log.
func (m *Model) grow(msg grown) tea.Cmd {
	if msg.owner != m {
		return nil
	}
	return tea.Batch(m.read(), m.followLog(), m.look())
}

// read takes in what the log holds by now.
func (m *Model) read() tea.Cmd {
	atEnd := m.ladder.AtEnd()
	along := m.watched != nil && m.watched.Closed.IsZero() && atEnd
	n := m.reader.Read()
	m.lanes.update(m.reader)
	m.ladder.SetLanes(m.lanes.heads)
	m.showUnread()
	if n == 0 {
		return nil
	}
	m.listen()
	if !m.showing {
		m.ladder.Choose(0)
	}
	if along || atEnd && m.typing && !m.run.busy && m.saidLast() {
		m.ladder.Choose(len(m.reader.Entries()) - 1)
	}
	m.show()
	m.findProof()
	return m.searchOn()
}
