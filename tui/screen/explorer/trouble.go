package explorer

import (
	"context"
	"errors"

	"surel/lessons"
	"surel/protocols/visible"
)

// troubleLines say what went wrong with an action, why, and what to do; nil
// where nothing did.
func (m *Model) troubleLines() []string {
	if m.trouble == nil {
		return nil
	}
	what, do := m.troubleWords(m.trouble)
	return []string{
		m.paint(m.inks.Error, m.ctx.Theme.Signs.Cross+" "+visible.String(what)),
		m.text("  " + do),
	}
}

// troubleWords gives the words for an error of the run: what happened, and what to do.
func (m *Model) troubleWords(err error) (what, do string) {
	words := m.ctx.Text
	again := words.Get("explorer.trouble.restart")
	if m.typing { // R is a letter now
		again = words.Get("explorer.trouble.restart-typing")
	}
	var mismatch *lessons.Mismatch
	var question *lessons.QuestionError
	switch {
	case errors.As(err, &question):
		return m.questionTrouble(question), words.Get("explorer.hint.ask")
	case errors.As(err, &mismatch):
		return words.Get("explorer.trouble.mismatch", mismatch.Expected, mismatch.Got), words.Get("explorer.trouble.mismatch.do")
	case errors.Is(err, context.Canceled):
		return words.Get("explorer.trouble.cancelled"), again
	case errors.Is(err, lessons.ErrClosed):
		return words.Get("explorer.trouble.closed"), again
	}
	return words.Get("explorer.trouble.error", err.Error()), again
}

// questionTrouble says why a question cannot be asked.
func (m *Model) questionTrouble(e *lessons.QuestionError) string {
	words := m.ctx.Text
	switch e.Why {
	case lessons.SecondName:
		return words.Get("explorer.question.second-name", e.Word)
	case lessons.BadName:
		return words.Get("explorer.question.bad-name", e.Word)
	case lessons.BadAddress:
		return words.Get("explorer.question.bad-address", e.Word)
	case lessons.UnknownFlag:
		return words.Get("explorer.question.unknown-flag", e.Word)
	case lessons.NoName:
	}
	return words.Get("explorer.question.no-name")
}
