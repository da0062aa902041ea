package explorer

import (
	"iter"

	"surel/protocols"
	"surel/protocols/field"
)

// lookBack is how many messages are looked at for the last state on the main
// way: a stretch off it, such as a login, is short.
const lookBack = 64

// show tells every pane what the cursor has chosen.
func (m *Model) show() {
	e, ok := m.chosen()
	if ok {
		m.tree.SetWords(m.words(e)) // first, because they say what the fields mean
	}
	switch {
	case !ok:
		m.showing = false
		m.tree.SetMessage(nil)
		m.showField()
	case !m.showing || e != m.shown:
		m.shown, m.showing = e, true
		m.tree.SetMessage(m.reader.Message(e))
		m.showField()
	}
	m.showStates()
	m.explain()
	m.showNames()
}

// chosen gives the message at the cursor.
func (m *Model) chosen() (protocols.Entry, bool) {
	entries, at := m.reader.Entries(), m.ladder.Cursor()
	if at < 0 || at >= len(entries) {
		return protocols.Entry{}, false
	}
	return entries[at], true
}

// showField lights up the bytes of the chosen field.
func (m *Model) showField() {
	in, f := m.tree.Chosen()
	switch {
	case in == nil:
		m.inHex = nil
		m.hex.SetBytes(nil, nil)
	case in != m.inHex:
		m.inHex = in
		m.hex.SetBytes(in.Raw, m.tree.Masked())
	}
	switch {
	case f != nil:
		m.hex.SetLit(f.Span)
	case in != nil:
		m.hex.SetLit(field.Bytes(0, len(in.Raw)))
	}
	m.explain()
}

// showByte chooses the field of the chosen byte.
func (m *Model) showByte() {
	if m.tree.ChooseByte(m.inHex, m.hex.Cursor()) {
		if _, f := m.tree.Chosen(); f != nil {
			m.hex.SetLit(f.Span)
		}
	}
	m.explain()
}

// reveal shows secrets, or masks them again.
func (m *Model) reveal() {
	m.revealed = !m.revealed
	m.tree.SetRevealed(m.revealed)
	m.hex.SetMasked(m.tree.Masked())
}

// showStates draws where the conversation is after the chosen message.
func (m *Model) showStates() {
	p, at := m.protocol(), ""
	if e, ok := m.chosen(); ok {
		p, at = m.speaker(e)
	}
	if p == nil {
		m.states.SetStates(nil, -1, "")
		return
	}
	var labels []string
	here, aside := -1, ""
	main := m.mainState(p, at)
	for _, s := range p.States {
		if s.Key == at && !s.Main {
			aside = m.stateLabel(p, s.Key)
		}
		if !s.Main {
			continue
		}
		if s.Key == main {
			here = len(labels)
		}
		labels = append(labels, m.stateLabel(p, s.Key))
	}
	m.states.SetStates(labels, here, aside)
	if here > 0 {
		m.states.SetPassed(m.passed(p, here))
	}
}

// passed tells which of the states on the main way before the one with the number the
// conversation was in: who says QUIT at once has sent no letter. What lies further back
// than is looked counts as passed, and so does what a way round led past.
func (m *Model) passed(p *protocols.Protocol, here int) []bool {
	number := map[string]int{}
	for _, s := range p.States {
		if s.Main {
			number[s.Key] = len(number)
		}
	}
	was, first, round := make([]bool, here), here, false
	for state := range m.statesBefore(p) {
		i, main := number[state]
		switch {
		case !main:
			round = true
			continue
		case i < first && round:
			for j := i + 1; j < first; j++ {
				was[j] = true
			}
		}
		if i < here {
			was[i], first = true, i
		}
		round = false
	}
	for i := range first {
		was[i] = true
	}
	return was
}

// mainState gives the state itself where it is on the main way; otherwise the
// last one there in which the conversation was.
func (m *Model) mainState(p *protocols.Protocol, state string) string {
	isMain := map[string]bool{}
	for _, s := range p.States {
		isMain[s.Key] = s.Main
	}
	if _, ok := m.chosen(); isMain[state] || !ok {
		return state
	}
	for s := range m.statesBefore(p) {
		if isMain[s] {
			return s
		}
	}
	return ""
}

// statesBefore gives the states of the protocol before the chosen message, the last one
// first.
func (m *Model) statesBefore(p *protocols.Protocol) iter.Seq[string] {
	return func(yield func(string) bool) {
		e, _ := m.chosen()
		for before := range back(e) {
			if speaks, state := m.speaker(before); speaks != p || !yield(state) {
				return
			}
		}
	}
}

// back gives the entries of the same connection before one, as far as is looked.
func back(e protocols.Entry) iter.Seq[protocols.Entry] {
	return func(yield func(protocols.Entry) bool) {
		for range lookBack {
			if e.Index--; e.Index < 0 || !yield(e) {
				return
			}
		}
	}
}

func (m *Model) stateLabel(p *protocols.Protocol, key string) string {
	if n, ok := p.Notes.Lookup("state/"+key, m.ctx.Lang()); ok {
		return n.Title
	}
	return key
}

// protocolOf gives the protocol that a client of the scenario speaks; nil where
// the program does not know it.
func (m *Model) protocolOf(client string) *protocols.Protocol {
	c, _ := m.scenario.Client(client)
	p, ok := protocols.ByID(c.Protocol)
	if !ok {
		return nil
	}
	return p
}

// protocol gives the protocol that the scenario teaches; nil where the program
// does not know it.
func (m *Model) protocol() *protocols.Protocol {
	p, ok := protocols.ByID(m.scenario.Protocol())
	if !ok {
		return nil
	}
	return p
}
