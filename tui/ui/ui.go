// Package ui is what every screen gets and what every screen gives: the
// Context with theme, words, language and keys, the Screen interface, and the
// messages by which screens follow one another. Start with Screen.
package ui

import (
	"context"
	"time"

	"charm.land/bubbles/v2/help"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/note"
	"surel/protocols/wire"
	"surel/tui/text"
	"surel/tui/theme"
)

// Lab is what the screens need of the lab.
type Lab interface {
	lessons.Lab
	// Services gives the servers that listen.
	Services() []wire.Service
	// Login gives the account with which a person logs in to a host's servers.
	Login(host string) (user, password string)
	// CAFile gives the path of the certificate that mail programs must trust.
	CAFile() string
	// AnchorFile gives the path of the key of the name system's root.
	AnchorFile() string
	// Dir gives the folder of the lab; the letters lie in its folder mail.
	Dir() string
	// Files gives the files of an address's Maildir by their paths from the
	// Maildir on, such as "cur/1753.M1.surel:2,S" or ".Sent/cur/…".
	Files(address string) ([]string, error)
	// Watch tells on changes that something in the mailbox of an address has
	// changed, until stop is called.
	Watch(address string) (changes <-chan struct{}, stop func(), err error)
	// Remembered gives what the resolver remembers, in the order of names.
	Remembered() []Remembered
	// Outside gives the address of the resolver off this machine that the lab's
	// asks for names which the lab does not hold; empty while nothing leaves.
	Outside() string
	// SetOutside gives leave to ask a resolver, by its address with or without a
	// port, and ends it with an empty text. What is no address is an error.
	SetOutside(address string) error
	// SystemResolver gives the address of the resolver that this machine's
	// programs ask. It sends nothing.
	SystemResolver(ctx context.Context) (string, error)
}

// Remembered is what a resolver remembers about one question.
type Remembered struct {
	Name, Type string
	// Values are the records' data; none where Denial says that there are none,
	// such as "NXDOMAIN".
	Values []string
	Denial string
	// Left is how long it is still kept.
	Left time.Duration
	// Secure tells that its signatures fit, Bogus that they do not.
	Secure, Bogus bool
}

// Progress is what the student has done.
type Progress interface {
	// Record gives a copy of it.
	Record() progress.Record
	// Update changes it, and returns once the change is kept.
	Update(change func(*progress.Record)) error
}

// Context is what every screen draws with. It is a value: a change of it
// reaches the screens through SetContext.
type Context struct {
	Theme theme.Theme
	Text  *text.Labels
	Keys  KeyMap
	// Presenter tells that a class is looking: fewer things, more room.
	Presenter bool
}

// Lang gives the language of the screens.
func (c Context) Lang() note.Lang { return c.Text.Lang() }

// Screen is one page of the program. The frame around it (the line above with
// its title, the line below with its keys) is the app's.
type Screen interface {
	// Init starts what the screen needs; it is called once, after SetContext
	// and SetSize.
	Init() tea.Cmd
	// Update takes a message and gives the screen as it then is. It does no
	// input or output of its own: that is for commands.
	Update(tea.Msg) (Screen, tea.Cmd)
	// View draws the screen, exactly as wide and high as SetSize said.
	View() string
	// SetSize says how much room the screen has, in cells.
	SetSize(width, height int)
	// SetContext gives the theme, the words and the keys, anew after each
	// change. The place on the screen is kept.
	SetContext(Context)
	// Title gives the screen's part of the path in the line above.
	Title() string
	// Help gives the keys that work now.
	Help() help.KeyMap
	// Typing tells that letters are text now and no keys.
	Typing() bool
	// Cursor gives the place of the text cursor in the screen; nil for none.
	Cursor() *tea.Cursor
	// Close ends what the screen started. It is called once, when the screen
	// is left.
	Close()
}

// Text is a Screen with words to read, whose terms can be looked up.
type Text interface {
	Screen
	// Reading gives the words in the language of the screens.
	Reading() string
}

// Push is the message that opens a screen over the present one.
type Push struct{ Screen Screen }

// Pop is the message that leaves the present screen.
type Pop struct{}

// ShowScenarios is the message that asks for the list of the scenarios, from a
// screen that plays one of them and is left for it.
type ShowScenarios struct {
	// ID is the scenario's that is being played, to be found in the list.
	ID string
}

// Notice is the message that says something in the bottom line until the next
// key.
type Notice struct {
	Text string
	// Bad tells that it is an error.
	Bad bool
}

// Open gives the command that opens a screen.
func Open(s Screen) tea.Cmd { return func() tea.Msg { return Push{s} } }

// Leave is the command that leaves the present screen.
func Leave() tea.Msg { return Pop{} }

// Say gives the command that shows a notice.
func Say(words string) tea.Cmd { return func() tea.Msg { return Notice{Text: words} } }

// Complain gives the command that shows an error.
func Complain(words string) tea.Cmd { return func() tea.Msg { return Notice{Text: words, Bad: true} } }
