package smtp

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// parser reads one command. Its methods carry the names of the grammar's
// elements (RFC 5321 §4.1.2).
type parser struct {
	*field.Cursor
	verb  verb
	offer *offer
	// mistake is the key of the first thing that is wrong.
	mistake string
	// malformed tells that the grammar is broken.
	malformed bool
}

// parse reads a command with the end of its line.
func parse(text string, o *offer) *parser {
	p := &parser{Cursor: field.NewCursorAt(line.Cut(text), 0), offer: o}
	p.command()
	return p
}

// tree gives the fields of what parse has read.
func (p *parser) tree(text string) []field.Field {
	return append(p.Fields(), line.End(text, len(line.Cut(text)))...)
}

// wrong notes a mistake after which nothing more of the command can be read.
func (p *parser) wrong(mistake, why string) {
	p.note(mistake, true)
	if p.Rest() == "" {
		p.Add("missing", "field/missing", 0).Err = why
	}
	p.Fail(why)
}

// flag notes a mistake in a field that can be read all the same.
func (p *parser) flag(f *field.Field, mistake, why string, malformed bool) {
	if f.Err == "" {
		f.Err = why
	}
	p.note(mistake, malformed)
}

func (p *parser) note(mistake string, malformed bool) {
	if p.Err() != nil {
		return // what follows a failure was not read
	}
	if p.mistake == "" {
		p.mistake = mistake
	}
	p.malformed = p.malformed || malformed
}

// command reads the whole line. What is left over at its end is wrong.
func (p *parser) command() {
	v, n := verbOf([]byte(p.Rest()))
	p.verb = v
	switch {
	case n == 0 && p.Rest() == "":
		p.wrong("mistake/empty-line", "an empty line is no command")
	case v == verbUnknown:
		p.unknown()
	default:
		p.Add("command", verbNotes[v], n).Value = v.String()
		p.arguments(v)
		p.end()
	}
	if i := strings.IndexFunc(p.Rest(), func(r rune) bool { return r < ' ' || r == 0x7f }); i >= 0 && p.mistake == "" {
		p.wrong("mistake/control-character", "a control character has no place in a command")
	}
}

// unknown reads a line whose command is not known.
func (p *parser) unknown() {
	p.note("mistake/unknown-command", false)
	word := p.Rest()[:line.Prefix(p.Rest(), line.IsGraphic)]
	p.While("command", unknownNote(word), line.IsGraphic)
	if p.sp() {
		p.While("argument", "field/argument", line.IsText)
	}
	if p.Rest() != "" {
		p.note("mistake/control-character", true)
		p.wrong("mistake/control-character", "a control character has no place in a command")
	}
}

// arguments reads what follows the command's name.
func (p *parser) arguments(v verb) {
	switch {
	case v.opensEnvelope():
		p.envelope("FROM", "reverse-path", "field/reverse-path")
	case v == verbRCPT:
		p.envelope("TO", "forward-path", "field/forward-path")
	case v == verbHELO || v == verbEHLO:
		p.hello()
	case v == verbNOOP || v == verbHELP:
		p.argument(false)
	case v == verbVRFY || v == verbEXPN:
		p.argument(true)
	case v == verbETRN:
		p.queueName()
	case v == verbBDAT:
		p.chunkSize()
	case v == verbBURL:
		p.url()
	case v == verbAUTH:
		p.auth()
	}
}

// end reads what may stand before the end of any command: white space, which
// a receiver tolerates (RFC 5321 §4.1.1).
func (p *parser) end() {
	if rest := p.Rest(); rest != "" && strings.Trim(rest, " \t") == "" {
		p.Punct("SP", len(rest))
	}
	if p.More() {
		if !line.IsText(p.Rest()[0]) {
			p.wrong("mistake/control-character", "a control character has no place in a command")
			return
		}
		p.wrong("mistake/unexpected-argument", "nothing may follow here")
	}
}
