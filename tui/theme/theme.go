// Package theme holds every style of the program; no style is made anywhere
// else. Colours are the terminal's own sixteen, so that light and dark
// backgrounds read equally well, and no colour carries meaning alone. Start
// with New.
package theme

import (
	"charm.land/lipgloss/v2"
)

// Options say what the terminal can show.
type Options struct {
	// ASCII draws borders and arrows with ASCII characters.
	ASCII bool
	// Presenter makes everything bolder, for a projector.
	Presenter bool
}

// Theme is the set of styles and signs that screens and widgets draw with.
type Theme struct {
	Text      lipgloss.Style // ordinary text
	Faint     lipgloss.Style // what may be overlooked
	Strong    lipgloss.Style // what must not be
	Title     lipgloss.Style // the heading of a pane or screen
	Client    lipgloss.Style // what the client says
	Server    lipgloss.Style // what the server says
	Selected  lipgloss.Style // the chosen row of the pane in focus
	Chosen    lipgloss.Style // the chosen row of a pane without focus
	Linked    lipgloss.Style // the bytes of the chosen field
	Error     lipgloss.Style // what is wrong
	Good      lipgloss.Style // what went as it should
	Secret    lipgloss.Style // a masked secret
	Key       lipgloss.Style // a key in the bottom line
	Reference lipgloss.Style // RFC 5321 §4.1.1.2
	Border    lipgloss.Style // the border of a pane
	Focus     lipgloss.Style // the border of the pane in focus
	Bar       lipgloss.Style // the top and bottom lines

	Lines lipgloss.Border // the border of a pane
	Heavy lipgloss.Border // the border of the pane in focus
	Signs Signs
}

// Signs are the characters of arrows and marks.
type Signs struct {
	Right, Left, Up, Down        string // heads and ways: ▶ ◀ ▲ ▼
	Line, Lane, OtherLane        string // ─ │ ┊
	Dots                         string // the arrow of what is not whole yet: ┄
	Open, Closed, Cursor, Bullet string // ▾ ▸ ▸ ●
	Past, Here, Ahead            string // ● ◉ ○
	Ellipsis, Mask, Cross, Check string
	First, Middle, Last          string // the bracket around a group: ╭ │ ╰
	Warning, Prompt              string // ! ›
}

// unicode are the signs of a terminal that can draw them.
var unicode = Signs{
	Right: "▶", Left: "◀", Up: "▲", Down: "▼", Line: "─", Lane: "│", OtherLane: "┊", Dots: "┄",
	Open: "▾", Closed: "▸", Cursor: "▸", Bullet: "●", Past: "●", Here: "◉", Ahead: "○",
	Ellipsis: "…", Mask: "•", Cross: "✗", Check: "✓",
	First: "╭", Middle: "│", Last: "╰", Warning: "!", Prompt: "›",
}

// ascii are the signs of a poor terminal.
var ascii = Signs{
	Right: ">", Left: "<", Up: "^", Down: "v", Line: "-", Lane: "|", OtherLane: ":", Dots: ".",
	Open: "-", Closed: "+", Cursor: ">", Bullet: "*", Past: "*", Here: "@", Ahead: ".",
	Ellipsis: "~", Mask: "*", Cross: "x", Check: "v",
	First: "/", Middle: "|", Last: "\\", Warning: "!", Prompt: ">",
}

// New makes the styles.
func New(o Options) Theme {
	s := lipgloss.NewStyle()
	fg := s.Foreground
	t := Theme{
		Text:      s,
		Faint:     s.Faint(true),
		Strong:    s.Bold(true),
		Title:     s.Bold(true),
		Client:    fg(lipgloss.Cyan),
		Server:    fg(lipgloss.Magenta),
		Selected:  s.Reverse(true),
		Chosen:    s.Bold(true).Underline(true),
		Linked:    s.Reverse(true),
		Error:     fg(lipgloss.Red).Bold(true),
		Good:      fg(lipgloss.Green),
		Secret:    fg(lipgloss.Yellow),
		Key:       s.Bold(true),
		Reference: fg(lipgloss.Blue),
		Border:    s.Faint(true),
		Focus:     fg(lipgloss.Cyan).Bold(true),
		Bar:       s,
		Lines:     lipgloss.NormalBorder(),
		Heavy:     lipgloss.ThickBorder(),
		Signs:     unicode,
	}
	if o.ASCII {
		t.Lines, t.Heavy, t.Signs = lipgloss.ASCIIBorder(), heavyASCII, ascii
	}
	if o.Presenter { // a projector swallows faint text
		t.Text, t.Faint, t.Border = s.Bold(true), s, s
		t.Client, t.Server = t.Client.Bold(true), t.Server.Bold(true)
		t.Reference = t.Reference.Bold(true)
	}
	return t
}

// heavyASCII is the border of the pane in focus on a poor terminal.
var heavyASCII = lipgloss.Border{
	Top: "=", Bottom: "=", Left: "#", Right: "#", TopLeft: "#", TopRight: "#", BottomLeft: "#", BottomRight: "#",
	MiddleLeft: "#", MiddleRight: "#", Middle: "#", MiddleTop: "#", MiddleBottom: "#",
}
