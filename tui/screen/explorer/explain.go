package explorer

import (
	"slices"
	"strings"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/visible"
	"surel/tui/widget/meaning"
)

// explain says what the chosen thing means: the message, or the field where a
// pane of fields or bytes has the focus.
func (m *Model) explain() {
	if m.ctx.Text == nil {
		return
	}
	task := m.try.words(m)
	if !m.layout.task.hidden() {
		m.assignment.SetContent(task)
		task = nil
	}
	e, ok := m.chosen()
	switch {
	case ok:
		m.meaning.SetContent(slices.Concat(m.proof.words(e, m.ctx.Lang()), task, m.about(e)))
	case m.free:
		m.meaning.SetContent([]meaning.Paragraph{{Kind: meaning.Title, Text: m.ctx.Text.Get("try.free")}, {Text: m.ctx.Text.Get("try.free.about")}})
	case m.try == nil:
		m.meaning.SetContent(m.introduction())
	default:
		m.meaning.SetContent(task)
	}
}

// about explains what is chosen in a message.
func (m *Model) about(e protocols.Entry) []meaning.Paragraph {
	if m.focus == treePane || m.focus == hexPane {
		if content := m.fieldMeaning(m.tree.Words()); content != nil {
			return content
		}
	}
	return m.messageMeaning(e, m.reader.Protocol(e), m.reader.Message(e))
}

// introduction says what the scenario teaches, before anything was said.
func (m *Model) introduction() []meaning.Paragraph {
	lang := m.ctx.Lang()
	return []meaning.Paragraph{
		{Kind: meaning.Title, Text: m.scenario.Title.In(lang)},
		{Text: m.scenario.Intro.In(lang)},
	}
}

func (m *Model) messageMeaning(e protocols.Entry, p *protocols.Protocol, msg *message.Message) []meaning.Paragraph {
	aside := m.whoReads(msg)
	words := m.words(e)
	if carried := throughTunnel(msg); carried != nil {
		msg, words = carried, words.Of(carried)
		p = words.Protocol
	}
	n, ok := p.Notes.Lookup(msg.Note, m.ctx.Lang())
	if !ok {
		n = note.Note{Title: visible.String(msg.Name)}
	}
	content := []meaning.Paragraph{{Kind: meaning.Title, Text: n.Title}}
	refs := n.Refs
	answered, isAnswer := m.answered(e, msg)
	mistake := msg.Mistake
	if isAnswer && mistake == "" { // a refusal is explained by what was refused
		mistake = answered.Mistake
	}
	if mistake != "" {
		if wrong, ok := p.Notes.Lookup(mistake, m.ctx.Lang()); ok {
			content = append(content, meaning.Paragraph{Kind: meaning.Wrong, Text: wrong.Title + ". " + wrong.Text})
			refs = append(wrong.Refs[:len(wrong.Refs):len(wrong.Refs)], refs...)
		}
	}
	if fault := firstFault(msg, words); fault != "" {
		content = append(content, meaning.Paragraph{Kind: meaning.Wrong, Text: m.ctx.Text.Get("explorer.unreadable", visible.String(fault))})
	}
	content = append(content, paragraphs(n.Text)...)
	if isAnswer {
		text, _ := oneLine(answered, words)
		content = append(content, meaning.Paragraph{Kind: meaning.Aside, Text: m.ctx.Text.Get("explorer.answers", text)})
	}
	if aside != "" {
		content = append(content, meaning.Paragraph{Kind: meaning.Aside, Text: aside})
	}
	return append(content, references(refs)...)
}

// answered finds the message that a reply answers.
func (m *Model) answered(e protocols.Entry, msg *message.Message) (*message.Message, bool) {
	if msg.Answers == 0 {
		return nil, false
	}
	return m.reader.Message(protocols.Entry{Conn: e.Conn, Index: msg.Answers - 1}), true
}

// fieldMeaning explains the chosen field; nil where there is nothing to say.
func (m *Model) fieldMeaning(words protocols.Words) []meaning.Paragraph {
	in, f := m.tree.Chosen()
	if in == nil {
		return nil
	}
	key, fault := in.Note, firstFault(in, words)
	if f != nil {
		key, fault = m.tree.Note(), words.Fault(f)
	}
	n, ok := words.Protocol.Notes.Lookup(key, m.ctx.Lang())
	if !ok && fault == "" {
		return nil
	}
	title := n.Title
	if title == "" && f != nil {
		title = visible.String(f.Name)
	}
	content := []meaning.Paragraph{{Kind: meaning.Title, Text: title}}
	if fault != "" {
		content = append(content, meaning.Paragraph{Kind: meaning.Wrong, Text: m.ctx.Text.Get("explorer.unreadable", visible.String(fault))})
	}
	return append(append(content, paragraphs(n.Text)...), references(n.Refs)...)
}

// paragraphs gives the paragraphs of a note's text.
func paragraphs(text string) []meaning.Paragraph {
	if text == "" {
		return nil
	}
	var content []meaning.Paragraph
	for para := range strings.SplitSeq(text, "\n\n") {
		content = append(content, meaning.Paragraph{Text: para})
	}
	return content
}

func references(refs []string) []meaning.Paragraph {
	var content []meaning.Paragraph
	for _, ref := range refs {
		content = append(content, meaning.Paragraph{Kind: meaning.Reference, Text: ref})
	}
	return content
}

// firstFault gives the first error in the tree of a malformed message.
func firstFault(msg *message.Message, words protocols.Words) string {
	if !msg.Malformed {
		return ""
	}
	fault := ""
	field.Walk(msg.Fields(), func(f *field.Field, _ int) {
		if fault == "" {
			fault = words.Fault(f)
		}
	})
	return fault
}
