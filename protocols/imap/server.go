package imap

import (
	"bytes"
	"strconv"

	"surel/protocols/line"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// nextFromServer reads the server's next message and gives its length; 0
// where it is not complete.
func (d *Decoder) nextFromServer(b []byte) int {
	if d.opaque {
		d.compressed(wire.ServerToClient, b)
		return len(b)
	}
	s := &d.scans[wire.ServerToClient]
	n, e := s.next(b, literalsFollow)
	if e == endOpen {
		return 0
	}
	broken := s.broken
	literal, continued := s.take(e)
	raw := b[:n:n]
	switch {
	case e == endLong || broken:
		d.refuse(raw, replyTooLong)
	case continued:
		d.emit(message.Message{
			Raw: raw, Name: "literal", Note: "literal/part", Dir: wire.ServerToClient, Body: rest{literal: literal},
			Answers: d.answersOf(nil),
		})
	default:
		d.respond(raw, e == endWhole)
	}
	return n
}

// announced is what begins a response.
type announced struct {
	tag      []byte // "*", "+" or the tag of a command
	number   int64  // before the name; -1 where there is none
	status   status
	response *response // nil for a status response and for what is not known
	word     []byte    // the name
	rest     []byte    // what follows the name, or "+"
}

// readAnnounced reads what begins a response.
func readAnnounced(raw []byte) announced {
	a := announced{number: -1}
	text := line.Cut(raw)
	var rest []byte
	a.tag, rest, _ = bytes.Cut(text, []byte(" "))
	if string(a.tag) == "+" {
		a.rest = rest
		return a
	}
	if n := line.Prefix(rest, line.IsDigit); n > 0 && n < 19 && string(a.tag) == "*" {
		a.number, _ = strconv.ParseInt(string(rest[:n]), 10, 64)
		rest = bytes.TrimPrefix(rest[n:], []byte(" "))
	}
	n := line.Prefix(rest, isAtom)
	a.word, a.rest = rest[:n], bytes.TrimPrefix(rest[n:], []byte(" "))
	if a.number < 0 {
		a.status = statusOf(a.word)
	}
	if a.status == statusNone && string(a.tag) == "*" {
		if r := responseOf(a.word); r != nil && r.numbered() == (a.number >= 0) {
			a.response = r
		}
	}
	return a
}

// responseOf finds a response by its name, without regard to case; nil where
// there is none.
func responseOf(word []byte) *response {
	if r, ok := responses[string(word)]; ok {
		return r
	}
	return responses[string(bytes.ToUpper(word))]
}

// code gives the response code that begins the text of a status response, in
// capitals, and what follows it within the brackets.
func (a *announced) code() (name, arguments string) {
	if len(a.rest) == 0 || a.rest[0] != '[' {
		return "", ""
	}
	inside, _, _ := bytes.Cut(a.rest[1:], []byte("]"))
	word, arguments2, _ := bytes.Cut(inside, []byte(" "))
	return string(bytes.ToUpper(word)), string(arguments2)
}

// respond reads a response.
func (d *Decoder) respond(raw []byte, whole bool) {
	a := readAnnounced(raw)
	m := message.Message{Raw: raw, Dir: wire.ServerToClient, Body: reply{d.session}}
	if !whole {
		m.Body = cutReply{reply{d.session}}
	}
	if !plain(raw, &a) {
		m.Mistake, m.Malformed = d.session.checkReply(string(raw), whole)
		if whole && line.Ending(raw) != 2 && m.Mistake == "" {
			m.Mistake, m.Malformed = "mistake/bare-lf", true
		}
	}
	first := !d.greeted
	d.greeted = true
	switch {
	case string(a.tag) == "+":
		d.continued(&m)
	case string(a.tag) == "*":
		d.untagged(&m, &a, first)
	default:
		d.tagged(&m, &a)
	}
	if first && !d.joined && m.Mistake == "" && (string(a.tag) != "*" || a.status == statusNone) {
		m.Mistake = "mistake/bad-greeting" // RFC 9051 §7.1
	}
	d.emit(m)
	if string(a.tag) == "+" {
		d.letGoOn()
	}
}
