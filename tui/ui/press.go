package ui

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// named are the keys that have a name and no letter.
var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "space": {Code: tea.KeySpace, Text: " "},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown},
	"f2": {Code: tea.KeyF2}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl},
}

// Press gives the message of a key by the name that key bindings use, such as
// "enter", "x" or "ctrl+c". A text of several letters that is no name is one
// press that brings all of them.
func Press(name string) tea.KeyPressMsg {
	if k, ok := named[name]; ok {
		return k
	}
	code, n := utf8.DecodeRuneInString(name)
	if n < len(name) {
		code = tea.KeyExtended
	}
	return tea.KeyPressMsg{Code: code, Text: name}
}
