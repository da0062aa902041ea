// Package pop3 reads POP3 (RFC 1939) with the extensions that mail servers
// announce today: CAPA, response codes and pipelining (RFC 2449, RFC 3206),
// logins with AUTH (RFC 5034), UTF8 and LANG (RFC 6856), and the point where
// STLS (RFC 2595) hands the connection over.
//
// Start with Decoder, which cuts the two directions of a connection into
// messages: commands, status lines, and what follows a status line up to a
// dot, which is a letter or a listing. client.go and server.go say where a
// message ends, state.go what an answer changes; command.go, reply.go,
// listing.go and content.go open one family of messages each.
//
// To add a command, add its line to tables/verbs.tsv, its name to verb.go and a
// case to parser.arguments; to add a capability or a response code, a line to
// its table under registry/; and its notes in both languages to notes/.
package pop3

import (
	"embed"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/note"
	"surel/protocols/sasl"
	"surel/protocols/stuffed"
)

// ID names the protocol.
const ID = "pop3"

//go:embed notes
var notes embed.FS

// Notes are the protocol's explanations.
var Notes = note.Load(note.Folder(notes), stuffed.Notes(), sasl.Notes(), letter.Notes(), field.Notes())
