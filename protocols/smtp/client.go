package smtp

import (
	"bytes"
	"strings"

	"surel/protocols/message"
	"surel/protocols/sasl"
	"surel/protocols/wire"
)

// nextFromClient reads the client's next message and gives its length; 0
// where it is not complete.
func (d *Decoder) nextFromClient(b []byte) int {
	switch d.mode {
	case modeContent:
		return d.content(b)
	case modeChunk:
		return d.chunk(b)
	case modeWait:
		if d.held = len(b) > 0; len(b) < maxWait {
			return 0
		}
		d.stopWaiting(b)
		return d.nextFromClient(b)
	default:
		return d.nextLine(b)
	}
}

// nextLine reads the client's next line.
func (d *Decoder) nextLine(b []byte) int {
	n, cut := d.client.Next(b)
	if n > 0 {
		d.line(b[:n:n], cut)
	}
	return n
}

// stopWaiting decides what the bytes are that wait for a reply which will not
// come, or not in time.
func (d *Decoder) stopWaiting(b []byte) {
	d.held = false
	switch d.lastSaid() {
	case verbDATA:
		d.mode = modeContent
	case verbAUTH, answersExchange:
		d.mode = modeExchange
		if v, _ := verbOf(b); v != verbUnknown {
			d.mode = modeCommands // such as QUIT, which is base64, too
		}
	case verbSTARTTLS:
		d.mode = modeInjected
	default:
		d.mode = modeCommands
	}
}

func (d *Decoder) lastSaid() verb {
	if waiting := d.queue.Waiting(); len(waiting) > 0 {
		return waiting[len(waiting)-1].verb
	}
	return verbUnknown
}

// line reads one line of the client's.
func (d *Decoder) line(raw []byte, cut bool) {
	switch {
	case d.mode == modeInjected:
		d.injected(raw)
	case cut || d.broken:
		d.broken = cut
		d.tooLong(raw, cut)
	case d.mode == modeExchange:
		d.exchange(raw)
	default:
		d.command(raw)
	}
}

// tooLong gives a line, or a part of one, that was cut off. Where it answers a
// challenge, its last part waits for the reply.
func (d *Decoder) tooLong(raw []byte, more bool) {
	if d.mode != modeExchange {
		d.refuse(raw, lineTooLong)
		return
	}
	d.refuse(raw, responseTooLong)
	if !more {
		d.said(pending{verb: answersExchange})
		d.mode = modeWait
	}
}

// command reads a command (RFC 5321 §4.1).
func (d *Decoder) command(raw []byte) {
	v, word := verbOf(raw)
	m := message.Message{
		Raw: raw, Name: verbNames[v], Note: verbNotes[v], Dir: wire.ClientToServer, Pipelined: !d.queue.Empty(),
	}
	if v == verbUnknown {
		m.Name = unknownName(raw, word)
		m.Note = unknownNote(m.Name)
	}
	p := pending{verb: v}
	chunkSize := int64(-1)
	switch v {
	case verbBDAT:
		chunkSize, p.last = bdatArguments(raw)
	case verbBURL:
		_, p.last = bdatArguments(raw)
	case verbMAIL:
		d.refused, d.chunks = 0, chunks{}
		d.utf8 = bytes.Contains(bytes.ToUpper(raw), []byte(" SMTPUTF8"))
	default:
	}
	m.Body = d.commandBody(v, p.last && chunkSize == 0)
	m.Mistake, m.Malformed = d.mistake(v, raw)
	d.emit(m)
	d.said(p)
	d.afterCommand(v, raw, chunkSize, p.last)
}

// afterCommand says how the bytes behind a command are to be read.
func (d *Decoder) afterCommand(v verb, raw []byte, chunkSize int64, last bool) {
	switch v {
	case verbDATA, verbSTARTTLS:
		d.mode = modeWait
	case verbAUTH:
		d.mode = modeWait
		mechanism, initial := sasl.Arguments(raw)
		d.step = sasl.First(mechanism)
		if initial != "" {
			d.step = d.step.Next()
		}
	case verbBDAT:
		d.openChunk(chunkSize, last)
	default:
	}
}

// unknownName gives a name for a command that is not known: its own word
// where that is short.
func unknownName(raw []byte, word int) string {
	if word == 0 || word > 32 {
		return verbNames[verbUnknown]
	}
	return string(bytes.ToUpper(raw[:word]))
}

// unknownNote gives the key of the note for a word that is no command of SMTP,
// but may be one of its neighbours'.
func unknownNote(word string) string {
	return noteOr("command/unknown", "command/"+strings.ToUpper(word))
}
