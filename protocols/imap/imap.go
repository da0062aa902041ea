// Package imap reads IMAP (RFC 9051 and, before it, RFC 3501) with the
// extensions that mail servers announce today: commands with their tags,
// literals, continuations, tagged and untagged responses with response codes,
// the data of FETCH down to the addresses of an envelope, and the points where
// STARTTLS and COMPRESS hand the connection over.
//
// Start with Decoder, which cuts the two directions of a connection into
// messages. scan.go says where a message ends, client.go and server.go what
// the messages of each side are, settle.go and state.go what a response
// changes, mistake.go what is wrong with a command where it stands. Messages
// open in command.go and response.go; the grammar that both read is parser.go
// with the files that are named after its elements.
//
// A message is a line with the literals in it, up to its final CRLF. Where the
// client must wait before it may send a literal (RFC 9051 §4.3), the command
// crosses in pieces, and each piece is a message: the first bears the
// command's name, the others the name with "(continued)", and each opens as
// its part of the whole command. A tagged response answers the last piece. A
// message longer than maxMessage is cut into parts of that size.
//
// To add a command, add its line to tables/verbs.tsv; to add a response, a
// response code, a search key, a data item, a flag or a capability, a line to
// the table of that name; and its note in both languages to notes/. A form of
// argument that no other has also needs a method and a case in forms.go.
package imap

import (
	"embed"
	"io/fs"

	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/note"
	"surel/protocols/sasl"
)

// ID names the protocol.
const ID = "imap"

//go:embed notes
var notes embed.FS

// Notes are the protocol's explanations.
var Notes = note.Load(sub("notes"), sub("notes/client"), sub("notes/server"), letter.Notes(), sasl.Notes(), field.Notes())

func sub(folder string) fs.FS {
	dir, err := fs.Sub(notes, folder)
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return dir
}
