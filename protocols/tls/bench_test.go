package tls

import (
	"bytes"
	"crypto/tls"
	"io"
	"testing"

	"surel/protocols/message"
	"surel/protocols/wire"
)

// whole opens a message and all that it carries.
func whole(m *message.Message) (fields int) {
	fields = len(m.Fields())
	inner := m.Inner()
	for i := range inner {
		fields += whole(&inner[i])
	}
	return fields
}

// BenchmarkHandshake reads a handshake of TLS 1.3 with all of its trees.
func BenchmarkHandshake(b *testing.B) {
	client, server := peers(b)
	call, serve := silence()
	k := Converse(b, client, server, call, serve)
	b.ReportAllocs()
	for b.Loop() {
		d := k.read(true)
		var pending [2][]byte
		for _, s := range k.Segments {
			pending[s.Dir] = append(pending[s.Dir], s.Bytes...)
			messages, n := d.Decode(s.Dir, pending[s.Dir])
			pending[s.Dir] = pending[s.Dir][n:]
			for i := range messages {
				if whole(&messages[i]) == 0 {
					b.Fatal("a record has no fields")
				}
			}
		}
	}
}

func silence() (call, serve func(io.ReadWriter)) {
	return func(io.ReadWriter) {}, func(io.ReadWriter) {}
}

// BenchmarkBulk decrypts and reads the records of a large transfer.
func BenchmarkBulk(b *testing.B) {
	client, server := peers(b)
	text := bytes.Repeat([]byte("Bulk data in records of sixteen kilobytes. "), 1<<20/43*8)
	k := Converse(b, client, server, func(c io.ReadWriter) { _, _ = io.Copy(io.Discard, c) }, func(s io.ReadWriter) {
		_, _ = s.Write(text)
		_ = s.(*tls.Conn).CloseWrite()
	})
	var streams [2][]byte
	for _, s := range k.Segments {
		streams[s.Dir] = append(streams[s.Dir], s.Bytes...)
	}
	b.SetBytes(int64(len(streams[wire.ServerToClient])))
	b.ReportAllocs()
	for b.Loop() {
		d := k.read(true)
		hello, _ := d.Decode(wire.ClientToServer, streams[wire.ClientToServer])
		if len(hello) == 0 {
			b.Fatal("there is no ClientHello")
		}
		messages, n := d.Decode(wire.ServerToClient, streams[wire.ServerToClient])
		if n != len(streams[wire.ServerToClient]) {
			b.Fatalf("it read %d bytes", n)
		}
		plain := 0
		for i := range messages {
			if text, ok := messages[i].Body.(*Record).Through(); ok {
				plain += len(text)
			}
		}
		if plain != len(text) {
			b.Fatalf("%d bytes were opened", plain)
		}
	}
}
