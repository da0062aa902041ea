package ui

import (
	"charm.land/bubbles/v2/key"

	"surel/tui/text"
)

// KeyMap is the program's one key map. Screens add nothing to it; they choose
// from it what works on them.
type KeyMap struct {
	Up, Down, Left, Right     key.Binding
	PageUp, PageDown          key.Binding
	Top, Bottom               key.Binding
	Open, Back, Quit, Kill    key.Binding
	NextPane, PrevPane        key.Binding
	Help, Language, Presenter key.Binding
	Terms                     key.Binding // the glossary
	Search                    key.Binding // everything that has some words
	Choose                    key.Binding // up and down in one, for the bottom line
	Number                    key.Binding // an entry of a list
	Page                      key.Binding // a page of a long text
	NextSection, PrevSection  key.Binding

	// Explorer.
	Next, Previous     key.Binding // next and previous message
	Auto, Slower       key.Binding
	Faster             key.Binding
	Type               key.Binding // hands-on
	Speaker            key.Binding // the other client, for which one types
	Hold               key.Binding // hold and predict
	Filter, Jump, Copy key.Binding
	Secrets, Restart   key.Binding
	Scenarios          key.Binding
	Monitor            key.Binding
	Box, OtherBox      key.Binding // the mailbox's files, and whose
	Lane               key.Binding // one connection alone
	Eavesdrop          key.Binding // what somebody on the way sees
	Outside            key.Binding // real names, asked for outside the lab

	// Cards.
	NextCard, PrevCard key.Binding
	Prove              key.Binding // the experiment of a card

	// Lessons.
	Way    key.Binding // the intended way of a task
	Hint   key.Binding // the next hint
	Free   key.Binding // try anything, beside a task
	Lesson key.Binding // the lesson's text beside a scenario
	Choice key.Binding // an option of a question
}

// NewKeyMap makes the key map with its descriptions in the labels' language.
func NewKeyMap(l *text.Labels) KeyMap {
	bind := func(label, shown string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, l.Get("key."+label)))
	}
	return KeyMap{
		Up:        bind("up", "↑", "up", "k"),
		Down:      bind("down", "↓", "down", "j"),
		Left:      bind("left", "←", "left", "h"),
		Right:     bind("right", "→", "right", "l"),
		PageUp:    bind("page-up", "pgup", "pgup", "ctrl+b"),
		PageDown:  bind("page-down", "pgdn", "pgdown", "ctrl+f"),
		Top:       bind("top", "g", "home", "g"),
		Bottom:    bind("bottom", "G", "end", "G"),
		Open:      bind("open", "enter", "enter"),
		Back:      bind("back", "esc", "esc"),
		Quit:      bind("quit", "q", "q"),
		Kill:      bind("kill", "ctrl+c", "ctrl+c"),
		NextPane:  bind("next-pane", "tab", "tab"),
		PrevPane:  bind("prev-pane", "shift+tab", "shift+tab"),
		Help:      bind("help", "?", "?"),
		Language:  bind("language", "L", "L", "f2"),
		Presenter: bind("presenter", "P", "P"),
		Terms:     bind("terms", "w", "w"),
		Search:    bind("search", "F", "F"),

		NextSection: bind("next-section", "n", "n", "tab"),
		PrevSection: bind("prev-section", "p", "p", "shift+tab"),
		Choose:      bind("choose", "↑↓", "down", "up"),
		Page:        bind("page", l.Get("key.space"), "space"),
		Number:      bind("number", "1…9", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
		Next:        bind("next", "→", "right", "l", "space"),
		Previous:    bind("previous", "←", "left", "h"),
		Auto:        bind("auto", "a", "a"),
		Slower:      bind("slower", "-", "-"),
		Faster:      bind("faster", "+", "+", "="),
		Type:        bind("type", "i", "i"),
		Speaker:     bind("speaker", "ctrl+t", "ctrl+t"),
		Hold:        bind("hold", "t", "t"),
		Filter:      bind("filter", "/", "/"),
		Jump:        bind("jump", ":", ":"),
		Copy:        bind("copy", "y", "y"),
		Secrets:     bind("secrets", "*", "*"),
		Restart:     bind("restart", "R", "R"),
		Scenarios:   bind("scenarios", "x", "x"),
		Monitor:     bind("monitor", "m", "m"),
		Box:         bind("box", "b", "b"),
		OtherBox:    bind("other-box", "B", "B"),
		Lane:        bind("lane", "c", "c"),
		Eavesdrop:   bind("eavesdrop", "E", "E"),
		Outside:     bind("outside", "N", "N"),

		NextCard: bind("next-card", "→", "right", "l", "n", "tab"),
		PrevCard: bind("prev-card", "←", "left", "h", "p", "shift+tab"),
		Prove:    bind("prove", "enter", "enter"),

		Way:    bind("way", "S", "S"),
		Hint:   bind("hint", "H", "H"),
		Free:   bind("free", "f", "f"),
		Lesson: bind("lesson", "o", "o"),
		Choice: bind("choice", l.Get("key.space"), "space"),
	}
}
