package smtp

import (
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
	"surel/protocols/sasl"
)

// queueName reads the argument of ETRN (RFC 1985 §5): a node's name, after
// @ for a whole domain or # for a queue of another kind.
func (p *parser) queueName() {
	if !p.need("the node's name") {
		return
	}
	p.Open("queue name", "field/queue-name")
	switch {
	case p.Has("#"):
		p.Add("option character", "field/queue-name", 1)
		p.While("name", "field/queue-name", line.IsGraphic)
	case p.Has("@"):
		p.Add("option character", "field/queue-name", 1)
		p.domain("domain", "field/domain")
	default:
		p.domain("domain", "field/domain")
	}
	p.Close()
}

// chunkSize reads the arguments of BDAT: a number of bytes and LAST
// (RFC 3030 §2).
func (p *parser) chunkSize() {
	if !p.need("the size of the chunk") {
		return
	}
	text := p.Rest()[:line.Prefix(p.Rest(), line.IsGraphic)]
	f := p.Add("chunk-size", "field/chunk-size", len(text))
	if _, ok := parseSize(text); !ok {
		p.flag(f, "mistake/bad-chunk-size", "expected a number of bytes", true)
	}
	p.lastMarker()
}

// maxChunk is the largest chunk that a size can mean, in bytes.
const maxChunk = 1 << 40

// parseSize reads chunk-size.
func parseSize(text string) (size int64, ok bool) {
	if text == "" || line.Prefix(text, line.IsDigit) != len(text) {
		return 0, false
	}
	size, err := strconv.ParseInt(text, 10, 64)
	return size, err == nil && size <= maxChunk
}

// lastMarker reads the LAST that ends a letter sent in parts.
func (p *parser) lastMarker() {
	if rest := p.Rest(); len(rest) > 1 && strings.EqualFold(strings.Trim(rest, " "), "LAST") && p.sp() {
		p.Add("LAST", "field/last", len("LAST")).Value = "LAST"
	}
}

// url reads the arguments of BURL (RFC 4468 §3.2).
func (p *parser) url() {
	if !p.need("the URL") {
		return
	}
	p.While("URL", "field/url", line.IsGraphic)
	p.lastMarker()
}

// auth reads the arguments of AUTH: a mechanism and, at the client's choice,
// its first response (RFC 4954 §4).
func (p *parser) auth() {
	if !p.need("the mechanism") {
		return
	}
	name := p.Rest()[:line.Prefix(p.Rest(), isMechanism)]
	if name == "" {
		p.wrong("mistake/missing-argument", "expected the name of a mechanism")
		return
	}
	mechanism := strings.ToUpper(name)
	p.Add("mechanism", noteOr("field/mechanism", "mechanism/"+mechanism), len(name)).Value = mechanism
	if strings.Trim(p.Rest(), " ") == "" || !p.sp() {
		return
	}
	text := p.Rest()[:line.Prefix(p.Rest(), line.IsGraphic)]
	f := p.Add("initial-response", "field/initial-response", len(text))
	f.Kind = field.Secret
	if text == "=" { // an empty response (RFC 4954 §4)
		f.Value = ""
		return
	}
	if fault := sasl.Fault(text); fault != "" {
		p.flag(f, "mistake/bad-base64", fault, true)
	}
}

// isMechanism accepts the characters of a mechanism's name (RFC 4422 §3.1).
func isMechanism(b byte) bool { return line.IsLetterOrDigit(b) || b == '-' || b == '_' }

// sp reads the space before an argument.
func (p *parser) sp() bool {
	if !p.Has(" ") {
		return false
	}
	p.Punct("SP", 1)
	return true
}

// need reads the space before an argument that must be there.
func (p *parser) need(what string) bool {
	if strings.Trim(p.Rest(), " ") == "" {
		p.wrong("mistake/missing-argument", what+" is missing")
		return false
	}
	if !p.sp() {
		p.wrong("mistake/missing-argument", "a space must stand before "+what)
		return false
	}
	return true
}

// argument reads free text: String of RFC 5321 §4.1.2, of which receivers
// take any.
func (p *parser) argument(must bool) {
	if must && !p.need("the argument") {
		return
	}
	if must || p.Has(" ") && strings.Trim(p.Rest(), " ") != "" && p.sp() {
		p.While("argument", "field/argument", line.IsText)
	}
}
