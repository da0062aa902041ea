// Package tls cuts TLS (RFC 8446, RFC 5246) into its records. What is inside
// a record stays closed: its bytes are shown as the network carries them.
// Start with Decoder.
package tls

import (
	"embed"

	"surel/protocols/field"
	"surel/protocols/machine"
	"surel/protocols/note"
)

// ID names the protocol.
const ID = "tls"

//go:embed notes
var notes embed.FS

// Notes are the protocol's explanations.
var Notes = note.Load(note.Folder(notes), field.Notes())

// The states, as far as the records tell them from outside.
const (
	stateHandshake = "handshake"
	stateProtected = "protected"
	stateClosed    = "closed"
)

// States are the places that a connection passes through.
var States = []machine.State{
	{Key: stateHandshake, Main: true},
	{Key: stateProtected, Main: true},
	{Key: stateClosed, Main: true},
}
