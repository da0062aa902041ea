// Package dns reads DNS: the messages that turn a name into records, of
// RFC 1035 and what has been built on it. Start with Decoder; Protocol's other
// parts are in tables.go and the folder notes.
package dns

import (
	"embed"

	"surel/protocols/dns/mx"
	"surel/protocols/field"
	"surel/protocols/machine"
	"surel/protocols/note"
)

// ID names the protocol.
const ID = "dns"

//go:embed notes
var notes embed.FS

// Notes are the explanations of DNS, and of the steps of the MX algorithm.
var Notes = note.Load(note.Folder(notes), mx.Notes(), field.Notes())

// The states of an exchange between one asker and one server.
const (
	stateAsked    = "asked"
	stateAnswered = "answered"
	stateReferred = "referred"
	stateCut      = "cut"
	stateFailed   = "failed"
)

// States are the states of an exchange.
var States = []machine.State{
	{Key: stateAsked, Main: true},
	{Key: stateReferred},
	{Key: stateCut},
	{Key: stateFailed},
	{Key: stateAnswered, Main: true},
}
