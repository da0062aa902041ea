package smtp

import (
	"surel/protocols/message"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

// content reads a letter's next message from b and gives its length; 0 where
// it is not complete.
func (d *Decoder) content(b []byte) int {
	n, part := d.letter.Next(b)
	if n == 0 {
		return 0
	}
	raw := b[:n:n]
	m := message.Message{
		Raw: raw, Name: "content", Note: "content", Dir: wire.ClientToServer, Pipelined: !d.queue.Empty(),
		Body: content(part),
	}
	if !part.First() || !part.Last() {
		m.Note = "content/part"
	}
	if lf, cr := stuffed.BareEnds(raw); lf || cr { // RFC 5321 §2.3.8
		m.Malformed, m.Mistake = true, choose(lf, "mistake/bare-lf", "mistake/bare-cr")
	}
	d.emit(m)
	if part.Last() {
		d.mode = modeCommands
		d.said(pending{verb: answersContent})
	}
	return n
}

// tornContent gives the beginning of a letter in which the connection ended.
func (d *Decoder) tornContent(rest []byte) {
	d.emit(message.Message{
		Raw: rest[:len(rest):len(rest)], Name: "content", Note: "content", Mistake: "mistake/ended-inside",
		Body: tornContent{content(d.letter.Torn())}, Dir: wire.ClientToServer, Malformed: true,
	})
}
