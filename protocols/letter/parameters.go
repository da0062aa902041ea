package letter

import (
	"strings"

	"surel/protocols/field"
)

// mimeVersion takes the version of MIME (RFC 2045 §4).
func mimeVersion(l *lexer, _ *content) {
	l.cfws()
	l.While("version", "letter/header/MIME-Version", func(c byte) bool { return isDigit(c) || c == '.' })
	l.cfws()
}

// transferEncoding takes the name of an encoding (RFC 2045 §6.1).
func transferEncoding(l *lexer, c *content) {
	l.cfws()
	word := l.take(isToken)
	c.encoding = strings.ToLower(word)
	if word != "" {
		l.Add("mechanism", "letter/encoding/"+c.encoding, len(word))
	}
	l.cfws()
}

// contentType takes type, subtype and parameters (RFC 2045 §5.1).
func contentType(l *lexer, c *content) {
	l.cfws()
	typ := l.take(isToken)
	if typ == "" || !strings.HasPrefix(l.Rest()[len(typ):], "/") {
		l.fail("this is no media type such as text/plain")
		return
	}
	typ = strings.ToLower(typ)
	l.Add("type", "letter/media-type/"+typ, len(typ))
	l.punct("/")
	subtype := strings.ToLower(l.take(isToken))
	if subtype == "" {
		l.fail("the subtype is missing after the slash")
		return
	}
	c.mediaType = typ + "/" + subtype
	l.Add("subtype", "letter/media-type/"+c.mediaType, len(subtype))
	parameters := l.parameters()
	c.boundary, c.charset = parameters["boundary"], parameters["charset"]
	if c.fileName == "" {
		c.fileName = parameters["name"]
	}
}

// disposition takes how a part is to be shown, with parameters (RFC 2183 §2).
func disposition(l *lexer, c *content) {
	l.cfws()
	if word := l.take(isToken); word != "" {
		l.Add("disposition-type", "letter/disposition/"+strings.ToLower(word), len(word))
	}
	if name := l.parameters()["filename"]; name != "" {
		c.fileName = name
	}
}

// parameters takes the parameters up to the end of the value, and gives them
// by name in lower case.
func (l *lexer) parameters() map[string]string {
	all := map[string]string{}
	for l.cfws(); l.More(); l.cfws() {
		switch {
		case l.accept(";"):
		case l.take(isToken) == "":
			l.skip(";", "a parameter has the form name=value")
		default:
			l.parameter(all)
		}
	}
	return all
}

// parameter takes one parameter and adds it to all. A name such as filename*1*
// tells that it is a continuation, and that it is encoded (RFC 2231 §3, §4).
func (l *lexer) parameter(all map[string]string) {
	attribute := l.take(isToken)
	name, section, encoded := parameterName(strings.ToLower(attribute))
	note := "letter/parameter/" + name
	l.Open("parameter", note)
	defer l.Close()
	l.Add("attribute", note, len(attribute))
	l.cfws()
	if !l.accept("=") {
		l.skip(";", "the equals sign is missing")
		return
	}
	l.cfws()
	value := l.parameterValue(note)
	if value == nil {
		return
	}
	if encoded {
		charset := all["*charset*"+name]
		if section <= 0 {
			charset, value.Value = cutCharset(value.Value)
			all["*charset*"+name] = charset
		}
		value.Value, _ = toUTF8(charset, decodeHexAfter('%', value.Value))
	}
	if len(all[name]) < maxParameter {
		all[name] += value.Value
	}
}

// maxParameter is about how long the joined pieces of a parameter may be, in
// bytes: joining costs, and no name is that long.
const maxParameter = 4 << 10

func (l *lexer) parameterValue(note string) *field.Field {
	switch {
	case l.Has(`"`):
		n, closed := quoted(l.Rest())
		f := l.Add("value", note, n)
		f.Value = unquote(f.Value)
		if !closed {
			f.Err = "the closing quotation mark is missing"
		}
		return f
	case l.take(isValue) != "":
		return l.Add("value", note, len(l.take(isValue)))
	}
	if l.More() {
		l.skip(";", "the value is missing")
	}
	return nil
}

// isValue is wider than isToken: many writers forget the quotation marks.
func isValue(c byte) bool { return c > ' ' && c != 0x7f && c != ';' && c != '(' && c != '"' }

// parameterName takes apart the name of a parameter: its section is -1 where
// it is no continuation.
func parameterName(attribute string) (name string, section int, encoded bool) {
	name, rest, starred := strings.Cut(attribute, "*")
	if !starred {
		return name, -1, false
	}
	digits := strings.TrimSuffix(rest, "*")
	section = -1
	if digits != "" {
		section = 1
		if digits == "0" {
			section = 0
		}
	}
	return name, section, rest == "" || strings.HasSuffix(rest, "*")
}

// cutCharset divides charset'language'value (RFC 2231 §4).
func cutCharset(s string) (charset, value string) {
	parts := strings.SplitN(s, "'", 3)
	if len(parts) != 3 {
		return "", s
	}
	return parts[0], parts[2]
}
