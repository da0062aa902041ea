// Package smtp reads SMTP.
package smtp

import (
	"surel/protocols/field"
	"surel/protocols/machine"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/wire"
)

const ID = "smtp"

var (
	Notes  = note.Load(field.Notes())
	States []machine.State
	Verbs  []machine.Verb
)

type Decoder struct{}

func NewDecoder() *Decoder { return &Decoder{} }

func (d *Decoder) Decode(dir wire.Dir, b []byte) ([]message.Message, int) { return nil, 0 }
func (d *Decoder) Flush(dir wire.Dir, rest []byte) []message.Message      { return nil }
