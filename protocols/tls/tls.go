// Package tls reads TLS (RFC 8446, RFC 5246): records, and with the keys of a key
// log what is inside them, handshake messages, alerts, certificates. Without keys
// it shows what an eavesdropper sees. Start with Decoder.
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

// The states of a connection, as far as what could be read tells them.
const (
	stateHello     = "hello"
	stateKeys      = "keys"
	stateProtected = "protected"
	stateClosed    = "closed"
)

// States are the places that a connection passes through.
var States = []machine.State{
	{Key: stateHello, Main: true},
	{Key: stateKeys, Main: true},
	{Key: stateProtected, Main: true},
	{Key: stateClosed, Main: true},
}
