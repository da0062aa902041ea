// Package smtp reads SMTP (RFC 5321) with the extensions that mail servers
// announce today: commands, replies, letters sent with DATA or in chunks with
// BDAT (RFC 3030), logins with AUTH (RFC 4954), pipelining (RFC 2920) and the
// point where STARTTLS (RFC 3207) hands the connection over.
//
// Start with Decoder, which cuts the two directions of a connection into
// messages. client.go and server.go say where a message ends, settle.go and
// state.go what a reply changes, mistake.go what is wrong with a command where
// it stands. Each family of messages opens in a file of its own: commands in
// command.go, whose grammar is parser.go, replies in reply.go, letters in
// content_body.go and chunk.go, logins in login.go. What SMTP shares with POP3
// is in packages of its own: line, stuffed, sasl and queue.
//
// To add a command, add its line to tables/verbs.tsv; to add a parameter of
// MAIL or RCPT or a keyword of the EHLO reply, a line to tables/params.tsv or
// registry/keywords.tsv; and its note in both languages to notes/. A command
// that changes the state or has an argument of its own form also needs a verb
// in verb.go and a case in parser.arguments.
package smtp

import (
	"embed"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/note"
	"surel/protocols/sasl"
	"surel/protocols/stuffed"
)

// ID names the protocol.
const ID = "smtp"

//go:embed notes
var notes embed.FS

// Notes are the protocol's explanations.
var Notes = note.Load(note.Folder(notes), stuffed.Notes(), sasl.Notes(), letter.Notes(), field.Notes())
