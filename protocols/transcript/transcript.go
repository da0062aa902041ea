// Package transcript reads what people copy out of a terminal or a log: the
// lines of a conversation, marked or not with who said them. Start with Parse.
//
// Marks of four kinds are known: those of the RFCs ("C: EHLO a", "S: 250 b"),
// those of curl ("> EHLO a", "< 250 b") and of swaks (" -> EHLO a",
// "<-  250 b", "<** 550 c"). Lines with no mark at all are given to the side
// that the protocol's Speaker names.
package transcript

import (
	"strings"

	"surel/protocols/wire"
)

// Speaker tells which side says the next line of a conversation. It is asked
// for every line in order, the marked ones too, and may remember what it has
// heard.
type Speaker func(line string, marked bool, d wire.Dir) wire.Dir

// maxLine bounds how much of one line is read, in bytes.
const maxLine = 1 << 20

// marks are the signs before a line, those of one tool together. An empty
// direction marks what the tool itself says, which did not cross the wire.
var marks = [][]mark{
	{{"C: ", client}, {"S: ", server}, {"C:", client}, {"S:", server}},
	{
		{" -> ", client},
		{" ~> ", client},
		{"<-  ", server},
		{"<** ", server},
		{"<~  ", server},
		{"<~* ", server},
		{"=== ", tool},
		{"*** ", tool},
		{" ->", client},
		{"<- ", server},
	},
	{{"> ", client}, {"< ", server}, {"* ", tool}, {"{ ", tool}, {"} ", tool}, {">", client}, {"<", server}},
}

type mark struct {
	prefix string
	who    side
}

type side uint8

const (
	tool side = iota
	client
	server
)

// Parse gives the lines of a transcript as segments, each line with its CRLF.
// The segments have no time: a transcript does not say when.
func Parse(text string, speaker Speaker) []wire.Segment {
	lines := split(text)
	style := styleOf(lines)
	var segments []wire.Segment
	for _, line := range lines {
		who, said, marked := unmark(line, style)
		if style != nil && (!marked || who == tool) {
			continue // the tool's own words, between those of the two sides
		}
		d := wire.ClientToServer
		if who == server {
			d = wire.ServerToClient
		}
		d = speaker(said, marked, d)
		segments = append(segments, wire.Segment{Dir: d, Bytes: []byte(said + "\r\n")})
	}
	return segments
}

// split cuts a text into lines without their ends; the empty ones at its end
// go.
func split(text string) []string {
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		lines[i] = line[:min(len(line), maxLine)]
	}
	if len(lines) == 1 && lines[0] == "" {
		return nil
	}
	return lines
}

// styleOf finds the kind of marks that a transcript uses: the one that marks
// the most lines, and at least half of them; nil for none.
func styleOf(lines []string) []mark {
	var best []mark
	most := (len(lines) - 1) / 2
	for _, style := range marks {
		n := 0
		for _, line := range lines {
			if _, _, ok := unmark(line, style); ok {
				n++
			}
		}
		if n > most {
			best, most = style, n
		}
	}
	return best
}

func unmark(line string, style []mark) (side, string, bool) {
	for _, m := range style {
		if said, ok := strings.CutPrefix(line, m.prefix); ok {
			return m.who, said, true
		}
	}
	return tool, line, false
}
