package explorer

import (
	"context"
	"errors"

	"surel/lessons"
)

// trouble is what went wrong with an action: what happened, and what to do.
type trouble struct{ what, do string }

func (t trouble) is() bool { return t.what != "" }

// troubleOf words an error of the run.
func (m *Model) troubleOf(err error) trouble {
	words := m.ctx.Text
	var mismatch *lessons.Mismatch
	switch {
	case err == nil || errors.Is(err, lessons.ErrDone):
		return trouble{}
	case errors.As(err, &mismatch):
		return trouble{
			words.Get("explorer.trouble.mismatch", mismatch.Expected, mismatch.Got),
			words.Get("explorer.trouble.mismatch.do"),
		}
	case errors.Is(err, context.Canceled):
		return trouble{words.Get("explorer.trouble.cancelled"), words.Get("explorer.trouble.restart")}
	case errors.Is(err, lessons.ErrClosed):
		return trouble{words.Get("explorer.trouble.closed"), words.Get("explorer.trouble.restart")}
	}
	return trouble{words.Get("explorer.trouble.error", err.Error()), words.Get("explorer.trouble.restart")}
}
