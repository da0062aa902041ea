package explorer

import (
	"bytes"
	"fmt"
	"strings"

	"surel/protocols"
	"surel/protocols/dns"
	"surel/protocols/message"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/widget/ladder"
)

// maxText is how much of a message's line is looked at, in bytes: no ladder is
// as wide.
const maxText = 512

// maxKept is how many messages' lines are kept: more than any screen has rows.
const maxKept = 512

// source gives the ladder the messages of the reader.
type source struct{ m *Model }

// lineOf is the line of a message, kept because finding it can mean to read a
// whole letter.
type lineOf struct {
	text string
	more int
}

var _ ladder.Source = source{}

// Len gives the number of messages.
func (s source) Len() int { return len(s.m.reader.Entries()) }

// Row gives what the ladder shows of a message.
func (s source) Row(i int) ladder.Row {
	entries := s.m.reader.Entries()
	e := entries[i]
	msg := s.m.reader.Message(e)
	l := s.line(e, msg)
	row := ladder.Row{
		Lane: s.m.lanes.of[e.Conn], FromServer: msg.Dir == wire.ServerToClient,
		Text: l.text, More: l.more, Group: s.group(entries, i, msg),
	}
	if carried := throughTunnel(msg); carried != nil && !msg.Malformed {
		msg = carried
	}
	switch {
	case msg.Malformed:
		row.Mark = ladder.Malformed
	case msg.Mistake != "":
		row.Mark = ladder.Mistake
	}
	return row
}

// line gives a message's line.
func (s source) line(e protocols.Entry, msg *message.Message) lineOf {
	l, ok := s.m.lines[e]
	if !ok {
		if len(s.m.lines) >= maxKept {
			clear(s.m.lines)
		}
		l.text, l.more = oneLine(msg, s.m.words(e))
		if part, ok := s.m.partOf(e, msg); ok {
			l.text = visible.String(part)
		}
		l.text = bracketed(msg, l.text)
		l.text += s.asked(e, msg)
		s.m.lines[e] = l
	}
	return l
}

// asked names the server of a question, as dig does, because the walk of a
// resolver leads from one to another.
func (s source) asked(e protocols.Entry, msg *message.Message) string {
	if s.m.reader.Protocol(e).ID != dns.ID || msg.Dir == wire.ServerToClient {
		return ""
	}
	server := s.m.reader.Conn(e).Server
	if server.Host == "" { // in a recording
		return " @" + server.Addr.Addr().String()
	}
	return " @" + visible.String(server.Host)
}

// words gives the words for what the decoder of a message says.
func (m *Model) words(e protocols.Entry) protocols.Words {
	return protocols.Words{Protocol: m.reader.Protocol(e), Lang: m.ctx.Lang()}
}

// oneLine gives a message's line, safe to show, and how many lines follow it.
func oneLine(msg *message.Message, words protocols.Words) (text string, more int) {
	text = words.Summary(msg)
	if n := bytes.Count(msg.Raw[:min(len(msg.Raw), 64<<10)], []byte("\n")) - 1; n > 0 {
		if first, cut := strings.CutSuffix(text, fmt.Sprintf(" (+%d)", n)); cut {
			text, more = first, n
		}
	}
	return visible.String(text[:min(len(text), maxText)]), more
}

// group finds the place of a message among those that were sent together: a
// message is pipelined when it was sent before what went before it was
// answered, so a group begins with the message before the first pipelined one.
func (s source) group(entries []protocols.Entry, i int, msg *message.Message) ladder.Group {
	first := !s.joins(entries, i, msg)
	last := i+1 >= len(entries) || entries[i+1].Conn != entries[i].Conn ||
		!s.joins(entries, i+1, s.m.reader.Message(entries[i+1]))
	switch {
	case first && last:
		return ladder.Alone
	case first:
		return ladder.First
	case last:
		return ladder.Last
	}
	return ladder.Middle
}

// joins tells whether the i-th message belongs to a group with the one before.
func (s source) joins(entries []protocols.Entry, i int, msg *message.Message) bool {
	if !msg.Pipelined || i == 0 || entries[i-1].Conn != entries[i].Conn {
		return false
	}
	return s.m.reader.Message(entries[i-1]).Dir == msg.Dir
}

// lanes are the columns of the connections.
type lanes struct {
	of    map[wire.ConnID]int
	heads []ladder.Lane
}

func (l *lanes) update(r *protocols.Reader) {
	conns := r.Conns()
	if len(conns) == len(l.heads) {
		return
	}
	*l = lanes{of: map[wire.ConnID]int{}}
	for i, c := range conns {
		l.of[c.ID] = i
		client := c.Client.Host
		if client == "" {
			client = c.Client.String()
		}
		l.heads = append(l.heads, ladder.Lane{
			Client: visible.String(client), Server: visible.String(c.Server.String()),
		})
	}
}
