package pop3

import (
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/sasl"
)

// parser reads one command (RFC 1939 §9, RFC 2449 §3).
type parser struct {
	*field.Cursor
	// mistake is the key of the first thing that is wrong.
	mistake string
	// malformed tells that the grammar is broken.
	malformed bool
}

// parse reads a command without the end of its line.
func parse(text string) *parser {
	p := &parser{Cursor: field.NewCursorAt(line.Cut(text), 0)}
	v, n := verbOf([]byte(p.Rest()))
	switch {
	case p.Rest() == "":
		p.wrong("mistake/empty-line", "an empty line is no command")
	case v == verbUnknown:
		p.unknown()
	default:
		p.Add("command", verbNotes[v], n).Value = v.String()
		p.arguments(v)
		p.end()
	}
	return p
}

// tree gives the fields of what parse has read, with the end of the line.
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
func (p *parser) flag(f *field.Field, mistake, why string) {
	if f.Err == "" {
		f.Err = why
	}
	p.note(mistake, true)
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

// unknown reads a line whose command is not known.
func (p *parser) unknown() {
	p.note("mistake/unknown-command", false)
	p.While("command", "command/unknown", line.IsGraphic)
	if p.sp() {
		p.While("argument", "field/argument", line.IsText)
	}
	if p.Rest() != "" {
		p.wrong("mistake/control-character", "a control character has no place in a command")
	}
}

// arguments reads what follows the command's name.
func (p *parser) arguments(v verb) {
	switch v {
	case verbUSER:
		if p.need("the user name") {
			p.While("name", "field/user-name", line.IsText)
		}
	case verbPASS:
		if p.need("the password") { // it may hold spaces (RFC 1939 §7)
			p.Add("string", "field/password", len(p.Rest())).Kind = field.Secret
		}
	case verbAPOP:
		p.apop()
	case verbAUTH:
		p.auth()
	case verbLANG:
		if p.optional() {
			p.While("language-range", "field/language-range", line.IsGraphic)
		}
	case verbLIST, verbUIDL:
		if p.optional() {
			p.messageNumber()
		}
	case verbRETR, verbDELE:
		if p.need("the number of a message") {
			p.messageNumber()
		}
	case verbTOP:
		if p.need("the number of a message") {
			p.messageNumber()
			if p.need("how many lines of the body") {
				p.digits("n", "field/lines")
			}
		}
	default:
	}
}

// apop reads a name and a digest (RFC 1939 §7).
func (p *parser) apop() {
	if !p.need("the user name") {
		return
	}
	p.While("name", "field/user-name", line.IsGraphic)
	if !p.need("the digest") {
		return
	}
	f := p.Add("digest", "field/digest", line.Prefix(p.Rest(), line.IsGraphic))
	f.Kind = field.Secret
	if len(f.Value) != 32 || strings.Trim(f.Value, "0123456789abcdef") != "" {
		p.flag(f, "mistake/bad-argument", "a digest has 32 hexadecimal digits in lower case")
	}
}

// auth reads a mechanism and, at the client's choice, its first response
// (RFC 5034 §4). Without a mechanism many servers list theirs.
func (p *parser) auth() {
	if !p.optional() {
		return
	}
	f := p.Add("mechanism", "field/mechanism", line.Prefix(p.Rest(), isMechanism))
	if f.Value == "" {
		p.wrong("mistake/bad-argument", "expected the name of a mechanism")
		return
	}
	f.Value = strings.ToUpper(f.Value)
	if !p.optional() {
		return
	}
	f = p.Add("initial-response", "field/initial-response", line.Prefix(p.Rest(), line.IsGraphic))
	f.Kind = field.Secret
	if f.Value == "=" { // an empty response (RFC 5034 §4)
		f.Value = ""
		return
	}
	if fault := sasl.Fault(f.Value); fault != "" {
		p.flag(f, "mistake/bad-base64", fault)
	}
}

// isMechanism accepts the characters of a mechanism's name (RFC 4422 §3.1).
func isMechanism(b byte) bool { return line.IsLetterOrDigit(b) || b == '-' || b == '_' }

// messageNumber reads the number of a message, which begin with 1
// (RFC 1939 §5).
func (p *parser) messageNumber() {
	f := p.digits("message-number", "field/message-number")
	if f.Err == "" && strings.Trim(f.Value, "0") == "" {
		p.flag(f, "mistake/bad-argument", "the first message has the number 1")
	}
}

// digits reads a number.
func (p *parser) digits(name, note string) *field.Field {
	f := p.Add(name, note, line.Prefix(p.Rest(), line.IsGraphic))
	if _, ok := number(f.Value); !ok {
		p.flag(f, "mistake/bad-argument", "expected a number")
	}
	return f
}

// sp takes the single space before an argument.
func (p *parser) sp() bool {
	if !p.Has(" ") {
		return false
	}
	p.Punct("SP", 1)
	return true
}

// optional takes the space before an argument that may be missing, and tells
// whether it is there.
func (p *parser) optional() bool { return strings.Trim(p.Rest(), " ") != "" && p.sp() }

// need takes the space before an argument that must be there.
func (p *parser) need(what string) bool {
	switch {
	case p.Err() != nil:
		return false
	case strings.Trim(p.Rest(), " ") == "":
		if p.Rest() != "" {
			p.Punct("SP", len(p.Rest()))
		}
		p.wrong("mistake/missing-argument", "expected "+what)
		return false
	}
	return p.sp()
}

// end reads what may stand before the end of any command.
func (p *parser) end() {
	if rest := p.Rest(); rest != "" && strings.Trim(rest, " \t") == "" {
		p.Punct("SP", len(rest))
	}
	switch {
	case !p.More():
	case !line.IsText(p.Rest()[0]):
		p.wrong("mistake/control-character", "a control character has no place in a command")
	default:
		p.wrong("mistake/unexpected-argument", "nothing may follow here")
	}
}
