package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Ink is a style reduced to what it writes before and after a piece of one
// line. Rendering a style costs microseconds each time, and a screen full of
// rows has hundreds of pieces; Paint costs what joining strings costs.
type Ink struct{ before, after string }

// NewInk takes the colours and attributes of a style, and nothing else of it.
func NewInk(s lipgloss.Style) Ink {
	const probe = "x"
	before, after, _ := strings.Cut(s.Inline(true).Render(probe), probe)
	return Ink{before, after}
}

// Paint gives s in the ink. It must be safe to show and of one line.
func (i Ink) Paint(s string) string {
	if s == "" || i.before == "" {
		return s
	}
	return i.before + s + i.after
}

// Inks are the styles of the theme that rows are painted with.
type Inks struct {
	Text, Faint, Strong, Title, Client, Server, Selected, Chosen, Linked Ink
	Error, Good, Secret, Key, Reference, Border, Focus                   Ink
}

// Inks gives the theme's styles as inks.
func (t Theme) Inks() Inks {
	return Inks{
		Text: NewInk(t.Text), Faint: NewInk(t.Faint), Strong: NewInk(t.Strong), Title: NewInk(t.Title),
		Client: NewInk(t.Client), Server: NewInk(t.Server), Selected: NewInk(t.Selected), Chosen: NewInk(t.Chosen),
		Linked: NewInk(t.Linked), Error: NewInk(t.Error), Good: NewInk(t.Good), Secret: NewInk(t.Secret),
		Key: NewInk(t.Key), Reference: NewInk(t.Reference), Border: NewInk(t.Border), Focus: NewInk(t.Focus),
	}
}
