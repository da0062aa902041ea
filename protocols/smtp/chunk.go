package smtp

import (
	"bytes"
	"fmt"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/queue"
	"surel/protocols/stuffed"
	"surel/protocols/wire"
)

// chunks holds the chunks of the letter that is on its way (RFC 3030 §2).
type chunks struct {
	remaining int64 // bytes of the current chunk that are still to come
	last      bool  // the current chunk ends the letter
	parts     [][]byte
	size      int // of parts, in bytes; at most stuffed.Max
}

// add keeps a chunk for the letter. Of a letter longer than stuffed.Max only
// the chunks up to there are kept.
func (c *chunks) add(raw []byte) {
	if c.size+len(raw) <= stuffed.Max && len(c.parts) < queue.Max {
		c.parts, c.size = append(c.parts, raw), c.size+len(raw)
	}
}

// openChunk is told that a BDAT command was sent. Where its size cannot be
// read no chunk follows.
func (d *Decoder) openChunk(size int64, last bool) {
	switch {
	case size > 0:
		d.mode, d.chunks.remaining, d.chunks.last = modeChunk, size, last
	case last:
		d.chunks = chunks{}
	}
}

// chunk reads the next bytes of a chunk, at most stuffed.Max at a time, and
// gives their number; 0 where they are not complete. A size that lies takes
// what follows with it, because nothing but the size ends a chunk.
func (d *Decoder) chunk(b []byte) int {
	n := int(min(d.chunks.remaining, stuffed.Max))
	if len(b) < n {
		return 0
	}
	raw := b[:n:n]
	d.chunks.remaining -= int64(n)
	d.chunks.add(raw)
	m := message.Message{
		Raw: raw, Name: "chunk", Note: "bdat/chunk", Dir: wire.ClientToServer, Body: chunk{}, Pipelined: d.queue.Len() > 1,
	}
	if d.chunks.remaining == 0 {
		d.mode = modeCommands
		if d.chunks.last {
			m.Body = &lastChunk{parts: d.chunks.parts}
			d.chunks = chunks{}
		}
	} else {
		m.Note = "bdat/part"
	}
	d.emit(m)
	return n
}

// chunk opens a chunk after which more of the letter comes.
type chunk struct{}

// Summary gives the chunk's size.
func (chunk) Summary(raw []byte) string { return fmt.Sprintf("%d bytes", len(raw)) }

// Describes tells that the summary is about the chunk.
func (chunk) Describes() {}

// Fields gives the chunk as one field: nothing in it is added or escaped.
func (chunk) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.Add("chunk data", "bdat/chunk", len(raw))
	return c.Fields()
}

// lastChunk opens the chunk that ends a letter and so carries it.
type lastChunk struct {
	chunk
	parts [][]byte // of the letter, in order
}

var _ message.Carrier = (*lastChunk)(nil)

// Inner gives the letter that the chunks make.
func (l *lastChunk) Inner([]byte) []message.Message { return letterMessages(join(l.parts)) }

// emptyLast opens a BDAT command that ends a letter without a chunk of its own.
type emptyLast struct {
	command
	parts [][]byte
}

var _ message.Carrier = (*emptyLast)(nil)

// emptyLastChunk gives the body of a BDAT command of size 0 with LAST.
func (d *Decoder) emptyLastChunk() message.Body {
	return &emptyLast{command: command{d.offer}, parts: d.chunks.parts}
}

// Inner gives the letter that the chunks before the command make.
func (e *emptyLast) Inner([]byte) []message.Message { return letterMessages(join(e.parts)) }

// join makes one letter of its chunks; a single one is not copied.
func join(parts [][]byte) []byte {
	if len(parts) == 1 {
		return parts[0]
	}
	return bytes.Join(parts, nil)
}
