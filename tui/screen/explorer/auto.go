package explorer

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// paces are how long autoplay stays at a message, the fastest last.
var paces = []time.Duration{
	8 * time.Second, 5 * time.Second, 3 * time.Second, 2 * time.Second, time.Second, time.Second / 2,
}

// firstPace is the one to begin with.
const firstPace = 2

// beat is the moment at which autoplay goes on.
type beat struct {
	owner  *Model
	number int
}

// autoplay goes forward by itself.
type autoplay struct {
	on     bool
	shift  int // from the first pace
	number int // counts the beats, so that those of a stopped play are known
}

func (a autoplay) stopped() autoplay {
	a.on = false
	a.number++
	return a
}

func (a autoplay) pace() time.Duration { return paces[firstPace+a.shift] }

func (m *Model) toggleAuto() tea.Cmd {
	if m.auto.on {
		m.halt()
		return nil
	}
	m.hold.on, m.auto.on = false, true
	return tea.Batch(m.forward(), m.nextBeat())
}

// pace makes autoplay faster or slower.
func (m *Model) pace(by int) tea.Cmd {
	m.auto.shift = min(max(m.auto.shift+by, -firstPace), len(paces)-1-firstPace)
	if !m.auto.on {
		return nil
	}
	return m.nextBeat()
}

func (m *Model) nextBeat() tea.Cmd {
	m.auto.number++
	number := m.auto.number
	return tea.Tick(m.auto.pace(), func(time.Time) tea.Msg { return beat{m, number} })
}

// beat goes forward, until nothing is left.
func (m *Model) beat(msg beat) tea.Cmd {
	if msg.owner != m || msg.number != m.auto.number || !m.auto.on {
		return nil
	}
	if _, more := m.run.upcoming(); !more && m.ladder.AtEnd() && !m.run.busy {
		m.halt()
		return nil
	}
	return tea.Batch(m.forward(), m.nextBeat())
}
