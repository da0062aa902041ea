package explorer

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/note"
	"surel/tui/ui"
	"surel/tui/widget/meaning"
)

// proof is the message that a card's experiment leads to.
type proof struct {
	card   lessons.Card
	wanted bool // it is looked for
	found  bool
	at     protocols.Entry
}

// Prove makes the screen for the experiment of a card: its scenario is played by
// itself up to the message that proves the card, whose field is then chosen. Any
// key that walks stops it. Close ends what it holds.
func Prove(lab ui.Lab, s lessons.Scenario, c lessons.Card) *Model {
	m := New(lab, s)
	m.proof = proof{card: c, wanted: true}
	return m
}

// prove plays the next action, as long as the proof is looked for.
func (m *Model) prove() tea.Cmd {
	if !m.proof.wanted || m.run.busy {
		return nil
	}
	m.ladder.Choose(len(m.reader.Entries()) - 1)
	return m.forward()
}

// findProof goes to the proof once the log holds it.
func (m *Model) findProof() {
	if !m.proof.wanted {
		return
	}
	for i, e := range m.reader.Entries() {
		words := protocols.Words{Protocol: m.reader.Protocol(e), Lang: note.EN}
		if !strings.Contains(words.Summary(m.reader.Message(e)), m.proof.card.Evidence.Line) {
			continue
		}
		m.proof.wanted, m.proof.found, m.proof.at = false, true, e
		m.ladder.Choose(i)
		m.show()
		if m.tree.ChooseField(m.proof.card.Evidence.Field) && m.layout.shows(treePane) {
			m.focusOn(treePane)
		}
		m.showField()
		return
	}
}

// words say what the proof shows, above the meaning of its message.
func (p proof) words(e protocols.Entry, lang note.Lang) []meaning.Paragraph {
	if !p.found || e != p.at {
		return nil
	}
	return []meaning.Paragraph{{Kind: meaning.Title, Text: p.card.Title.In(lang)}, {Text: p.card.Watch.In(lang)}}
}
