package wire

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// A conversation as text, for recordings that people read and edit:
//
//	conn smtp laptop.kampus.test/192.0.2.10:50000 mx1.sekolah.test/198.51.100.25:25 2026-08-17T10:00:00Z
//	+0s S: 220 mx1.sekolah.test ESMTP\r\n
//	+1ms C: MAIL FROM:<siswa@kampus.test>\r\n
//	C: RCPT TO:<guru@sekolah.test>\r\n
//	+2ms close
//
// The first line gives the service, the client, the server and the time of
// opening; behind it, the word "datagrams" where the segments are those of UDP.
// A line with an offset from that time begins a segment; one without
// continues it. Bytes that are no printable text are written as in Go. Empty
// lines and lines that begin with # are comments. A line "secret" holds a line
// of the NSS key log format.

// WriteText writes a conversation as text. A place is written without its
// Real address, because that differs from run to run.
func WriteText(w io.Writer, c Conn, segments []Segment) error {
	var out strings.Builder
	fmt.Fprintf(&out, "conn %s %s %s %s", c.Service, place(c.Client), place(c.Server), c.Opened.UTC().Format(time.RFC3339Nano))
	if c.Datagrams {
		out.WriteString(" " + datagrams)
	}
	out.WriteByte('\n')
	for _, secret := range c.Secrets {
		fmt.Fprintf(&out, "secret %s\n", secret)
	}
	for _, s := range segments {
		before := "+" + s.Time.Sub(c.Opened).String() + " "
		for line := range strings.Lines(string(s.Bytes)) {
			fmt.Fprintf(&out, "%s%s: %s\n", before, s.Dir, escape(line))
			before = ""
		}
	}
	if !c.Closed.IsZero() {
		fmt.Fprintf(&out, "+%s close\n", c.Closed.Sub(c.Opened))
	}
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write conversation: %w", err)
	}
	return nil
}

// datagrams is how a conversation over UDP is marked.
const datagrams = "datagrams"

func place(e Endpoint) string { return e.Host + "/" + e.Addr.String() }

// escape writes bytes as Go does between quotes, but leaves quotes alone. A
// space at the end is escaped, because editors take it away.
func escape(s string) string {
	q := strconv.Quote(s)
	q = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	if strings.HasSuffix(q, " ") {
		q = q[:len(q)-1] + `\x20`
	}
	return q
}

// ReadText reads a conversation that WriteText has written. An error names the
// line.
func ReadText(r io.Reader) (Conn, []Segment, error) {
	t := textReader{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxTextLine)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		if err := t.line(line); err != nil {
			return Conn{}, nil, fmt.Errorf("read conversation: line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return Conn{}, nil, fmt.Errorf("read conversation: %w", err)
	}
	return t.conn, t.segments, nil
}

// maxTextLine is the longest line of a conversation as text, in bytes.
const maxTextLine = 16 << 20

type textReader struct {
	conn     Conn
	segments []Segment
}

func (t *textReader) line(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "conn":
		return t.open(rest)
	case word == "secret":
		t.conn.Secrets = append(t.conn.Secrets, rest)
		return nil
	case !strings.HasPrefix(word, "+"):
		return t.bytes(line, false)
	}
	offset, err := time.ParseDuration(word[1:])
	if err != nil {
		return fmt.Errorf("the offset %q is no duration such as +5ms", word)
	}
	if rest == "close" {
		t.conn.Closed = t.conn.Opened.Add(offset)
		return nil
	}
	t.segments = append(t.segments, Segment{Time: t.conn.Opened.Add(offset)})
	return t.bytes(rest, true)
}

func (t *textReader) open(rest string) error {
	words := strings.Fields(rest)
	if n := len(words); n < 4 || n > 5 || n == 5 && words[4] != datagrams {
		return fmt.Errorf("conn %q is not: service, client, server, time", rest)
	}
	t.conn.Datagrams = len(words) == 5
	t.conn.Service = words[0]
	for i, e := range []*Endpoint{&t.conn.Client, &t.conn.Server} {
		host, addr, _ := strings.Cut(words[1+i], "/")
		parsed, err := netip.ParseAddrPort(addr)
		if err != nil {
			return fmt.Errorf("%q is not a place such as laptop.kampus.test/192.0.2.10:50000: %w", words[1+i], err)
		}
		e.Host, e.Addr = host, parsed
	}
	opened, err := time.Parse(time.RFC3339Nano, words[3])
	if err != nil {
		return fmt.Errorf("read time of opening: %w", err)
	}
	t.conn.Opened = opened
	return nil
}

// bytes reads "C: text" or "S: text" into the last segment.
func (t *textReader) bytes(line string, first bool) error {
	dir := ClientToServer
	switch {
	case strings.HasPrefix(line, "S: "):
		dir = ServerToClient
	case !strings.HasPrefix(line, "C: "):
		return fmt.Errorf("%q does not begin with \"C: \" or \"S: \"", line)
	}
	if len(t.segments) == 0 {
		return fmt.Errorf("%q continues no segment: an offset such as +5ms is missing", line)
	}
	s := &t.segments[len(t.segments)-1]
	if !first && s.Dir != dir {
		return fmt.Errorf("%q continues a segment of the other direction", line)
	}
	s.Dir = dir
	b, err := unescape(line[len("C: "):])
	s.Bytes = append(s.Bytes, b...)
	return err
}

func unescape(text string) ([]byte, error) {
	var b []byte
	for text != "" {
		r, multibyte, rest, err := strconv.UnquoteChar(text, 0)
		if err != nil {
			return nil, fmt.Errorf("read escapes of %q: %w", text, err)
		}
		if multibyte {
			b = append(b, string(r)...)
		} else {
			b = append(b, byte(r))
		}
		text = rest
	}
	return b, nil
}
