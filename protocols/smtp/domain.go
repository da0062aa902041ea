package smtp

import (
	"net/netip"
	"strings"

	"surel/protocols/line"
)

// hello reads the argument of HELO or EHLO: the client's own name
// (RFC 5321 §4.1.1.1).
func (p *parser) hello() {
	if p.need("the client's own name") {
		p.host("domain", "field/greeting-domain")
	}
}

// host reads a domain or an address literal.
func (p *parser) host(name, note string) {
	if p.Has("[") {
		p.addressLiteral()
		return
	}
	p.domain(name, note)
}

// maxDomain is the longest domain and maxLabel the longest of its labels, in
// bytes (RFC 5321 §4.5.3.1.2, RFC 1035 §2.3.4).
const (
	maxDomain = 255
	maxLabel  = 63
)

// domain reads a domain name. Underscores are taken, because real hosts have
// them, and flagged.
func (p *parser) domain(name, note string) {
	text := p.Rest()[:line.Prefix(p.Rest(), isDomain)]
	if text == "" {
		p.wrong("mistake/bad-domain", "expected a domain name")
		return
	}
	f := p.Add(name, note, len(text))
	if why := domainFault(text); why != "" {
		p.flag(f, "mistake/bad-domain", why, true)
	}
}

func isDomain(b byte) bool {
	return line.IsLetterOrDigit(b) || b == '-' || b == '.' || b == '_' || b >= 0x80
}

// domainFault says what is wrong with a domain name; empty where nothing is.
func domainFault(name string) string {
	if len(name) > maxDomain {
		return "a domain name has at most 255 bytes"
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return "a label of a domain name cannot be empty"
		case len(label) > maxLabel:
			return "a label of a domain name has at most 63 bytes"
		case label[0] == '-' || label[len(label)-1] == '-':
			return "a label cannot begin or end with a hyphen"
		case strings.Contains(label, "_"):
			return "a host's name has letters, digits and hyphens only"
		}
	}
	return ""
}

// addressLiteral reads an address in brackets (RFC 5321 §4.1.3).
func (p *parser) addressLiteral() {
	rest := p.Rest()
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		p.wrong("mistake/bad-domain", "a ] must close the address literal")
		return
	}
	inside := rest[1:end]
	f := p.Add("address-literal", "field/address-literal", end+1)
	f.Value = inside
	tag, text, general := strings.Cut(inside, ":")
	v6 := general && strings.EqualFold(tag, "IPv6")
	if !v6 {
		text = inside
	}
	addr, err := netip.ParseAddr(text)
	if general && !v6 && tag != "" && err != nil {
		return // General-address-literal, of a kind that is registered elsewhere
	}
	if err != nil || addr.Is4() == v6 || addr.Zone() != "" {
		p.flag(f, "mistake/bad-domain", "this is no address", true)
	}
}
