package report_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing/fstest"
	"time"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/letter"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/report"
	"surel/protocols/wire"
)

// toy is a protocol of lines that has what reports must show: notes, states,
// secrets, mistakes, broken messages and messages that carry letters.
var toy = protocols.Protocol{
	ID: "toy", Name: "TOY",
	New: func() protocols.Decoder { return toyDecoder{} },
	Notes: note.Load(fstest.MapFS{
		"en.md": {Data: []byte(`
## line | a line
One line of the toy protocol, with its ` + "`CRLF`" + `. It shows how a report looks, and would be longer in earnest.

A second paragraph tells more.
## line/PASS | PASS: the password
The password, in clear. Whoever listens can read it.
## word | first word
Says what the line asks for. Without it nothing would happen.
## secret | password
Known to two alone. A third would be too many.
## mistake | out of turn
No letter is open yet. First say who sends it.
## state/ready | ready
Waits.
## letter | the letter
What the reader receives. Servers pass it on.
## letter/encoded-word | encoded word
Carries what is not ASCII, e.g. é. It names its charset.
`)},
		"id.md": {Data: []byte(`
## line | satu baris
Satu baris protokol mainan, dengan ` + "`CRLF`" + `-nya. Baris ini menunjukkan rupa laporan.

Paragraf kedua bercerita lebih banyak.
## line/PASS | PASS: kata sandi
Kata sandi, tanpa sandi apa pun. Siapa saja yang menyadap bisa membacanya.
## word | kata pertama
Mengatakan apa yang diminta. Tanpa kata ini tidak ada yang terjadi.
## secret | kata sandi
Hanya dua pihak yang tahu. Pihak ketiga sudah terlalu banyak.
## mistake | belum waktunya
Belum ada surat yang dibuka. Sebut dulu siapa pengirimnya.
## state/ready | siap
Menunggu.
## letter | surat
Yang diterima pembaca. Server meneruskannya.
## letter/encoded-word | kata terkode
Membawa yang bukan ASCII, mis. é. Di dalamnya ada nama charset.
`)},
		"refs.txt": {Data: []byte("line RFC 5321 §2.3.8\nline/PASS RFC 1939 §7, RFC 5321 §4.1\n")},
	}),
}

type toyDecoder struct{}

func (toyDecoder) Decode(d wire.Dir, b []byte) (messages []message.Message, consumed int) {
	for {
		i := bytes.Index(b[consumed:], []byte("\r\n"))
		if i < 0 {
			return messages, consumed
		}
		raw := b[consumed : consumed+i+2]
		consumed += i + 2
		word, _, _ := strings.Cut(strings.TrimSpace(string(raw)), " ")
		m := message.Message{Raw: raw, Name: word, Note: "line/" + word, State: "ready", Body: toyBody{}, Dir: d}
		if strings.HasPrefix(word, "?") {
			m.Note = "" // so that the message's own name is its title
		}
		if word == "EARLY" {
			m.Mistake = "mistake"
		}
		messages = append(messages, m)
	}
}

func (toyDecoder) Flush(d wire.Dir, rest []byte) []message.Message {
	return []message.Message{{Raw: rest, Name: "unread", Note: "line", Body: toyBody{}, Dir: d, Malformed: true}}
}

type toyBody struct{}

func (toyBody) Summary(raw []byte) string { return strings.TrimSuffix(string(raw), "\r\n") }

func (toyBody) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	c.While("word", "word", func(b byte) bool { return b > ' ' })
	if c.Has(" ") {
		c.Punct("SP", 1)
	}
	secret := bytes.HasPrefix(raw, []byte("PASS "))
	if c.While("argument", "", func(b byte) bool { return b != '\r' && b != '\n' }) && secret {
		fields := c.Fields()
		fields[2].Kind, fields[2].Note = field.Secret, "secret"
		if len(fields) > 3 {
			fields[3] = field.Field{Name: "CRLF", Note: "punct/CRLF", Kind: field.Punctuation, Span: fields[3].Span}
		}
		return fields
	}
	if c.Has("\r\n") {
		c.Punct("CRLF", 2)
	}
	return c.Fields()
}

func (toyBody) Inner(raw []byte) []message.Message {
	text, ok := strings.CutPrefix(string(raw), "LETTER ")
	if !ok {
		return nil
	}
	text = strings.ReplaceAll(strings.TrimSuffix(text, "\r\n"), "|", "\r\n")
	return []message.Message{letter.Message([]byte(text))}
}

var _ message.Carrier = toyBody{}

// sample is a report with everything in it.
func sample(lang note.Lang) report.Report {
	at := time.Date(2026, 11, 24, 1, 15, 2, 123456789, time.UTC)
	conn := wire.Conn{
		ID: 1, Service: "toy", Lost: 12,
		Client: wire.Endpoint{Host: "laptop.kampus.test", Addr: netip.MustParseAddrPort("192.0.2.10:40001")},
		Server: wire.Endpoint{Host: "mx1.sekolah.test", Addr: netip.MustParseAddrPort("198.51.100.25:25")},
	}
	talk := protocols.NewConversationOf(&toy)
	for _, s := range []struct {
		dir  wire.Dir
		text string
	}{
		{wire.ServerToClient, "220 mx1.sekolah.test\r\n"},
		{wire.ClientToServer, "PASS rahasia sekali\r\nEARLY *bold* _it_ `code` <b> " + hostile + "\r\n"},
		{wire.ClientToServer, "LETTER From: =?UTF-8?Q?Si_N=C3=BAr?= <siswa@kampus.test>|Subject: Uji|Content-Type: text/plain; charset=utf-8||Baris satu.|Baris dua " + hostile + "|\r\n"},
		{wire.ServerToClient, "250 " + strings.Repeat("kata yang panjang sekali ", 8) + strings.Repeat("x", 100) + "\r\n"},
		{wire.ClientToServer, "?" + hostile + "\r\nhalf"},
	} {
		talk.Feed(wire.Segment{Time: at, Dir: s.dir, Bytes: []byte(s.text)})
		at = at.Add(1500 * time.Microsecond)
	}
	talk.End(wire.Segment{Time: at})
	return report.Report{
		Options: report.Options{Lang: lang}, Scenario: "toy/all",
		Connections: []report.Connection{{Conn: conn, Conversation: talk}},
	}
}

// hostile is what a terminal or a page must not obey.
const hostile = "\x1b]0;owned\x07\u009b31m\x9b\u202egpj\u200b\u2028\U000e0041\x7f<script>[a](b)"
