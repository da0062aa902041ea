package smtp

import (
	"strings"

	"surel/protocols/line"
)

// maxLocalPart is the longest local part in bytes (RFC 5321 §4.5.3.1.1).
const maxLocalPart = 64

// localPart reads Dot-string or Quoted-string and gives what it says.
func (p *parser) localPart() string {
	if p.Has(`"`) {
		return p.quotedString()
	}
	local := p.Rest()[:line.Prefix(p.Rest(), isDotString)]
	if local == "" {
		return ""
	}
	f := p.Add("local-part", "field/local-part", len(local))
	if why := dotStringFault(local); why != "" {
		p.flag(f, "mistake/bad-address", why, true)
	}
	return local
}

// dotStringFault says what is wrong with a local part; empty where nothing is.
func dotStringFault(local string) string {
	switch {
	case len(local) > maxLocalPart:
		return "the local part is longer than 64 bytes"
	case local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, ".."):
		return "a dot may stand between other characters only"
	}
	return ""
}

// quotedString reads a local part in quotes (RFC 5321 §4.1.2).
func (p *parser) quotedString() string {
	rest := p.Rest()
	end, said := 1, make([]byte, 0, 32)
	for ; end < len(rest) && rest[end] != '"'; end++ {
		if rest[end] == '\\' && end+1 < len(rest) {
			end++
		}
		if !line.IsText(rest[end]) {
			break
		}
		said = append(said, rest[end])
	}
	if end >= len(rest) || rest[end] != '"' {
		p.wrong("mistake/bad-address", "the quoted local part has no end")
		return ""
	}
	p.Add("local-part", "field/quoted-string", end+1).Value = string(said)
	return string(said)
}

// isDotString accepts atext and the dots between atoms (RFC 5321 §4.1.2),
// with the bytes of UTF-8 (RFC 6531 §3.3).
func isDotString(b byte) bool {
	return line.IsLetterOrDigit(b) || b >= 0x80 || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", b) >= 0
}
