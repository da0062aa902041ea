package smtp

import (
	"fmt"
	"strconv"
	"strings"

	"surel/protocols/line"
)

// parameters reads Mail-parameters or Rcpt-parameters: keywords with or
// without a value, each after a space (RFC 5321 §4.1.2).
func (p *parser) parameters() {
	for p.More() && strings.Trim(p.Rest(), " ") != "" {
		if !p.sp() {
			p.wrong("mistake/bad-parameter", "a space must stand before a parameter")
			return
		}
		if p.Has(" ") {
			p.flag(p.Add("SP", "punct/SP", line.Prefix(p.Rest(), isSpace)), "mistake/bad-parameter", "one space is enough", true)
		}
		p.esmtpParam()
	}
}

func isSpace(b byte) bool { return b == ' ' }

// esmtpParam reads esmtp-keyword ["=" esmtp-value].
func (p *parser) esmtpParam() {
	keyword := p.Rest()[:line.Prefix(p.Rest(), isKeyword)]
	if keyword == "" {
		p.wrong("mistake/bad-parameter", "expected the keyword of a parameter")
		return
	}
	known, ok := params[strings.ToUpper(keyword)]
	note := known.note
	if !ok {
		note = noteOr("param/unknown", "param/"+strings.ToUpper(keyword))
	}
	p.Open("parameter", note)
	p.Add("keyword", note, len(keyword)).Value = strings.ToUpper(keyword)
	has := p.Has("=")
	if has {
		p.Punct("equals", 1)
		p.value(known, p.Rest()[:line.Prefix(p.Rest(), line.IsGraphic)])
	}
	f := p.Close()
	switch {
	case !ok:
		p.flag(f, "mistake/unknown-parameter", "no extension of SMTP defines this parameter", false)
	case known.verb != p.verb:
		p.flag(f, "mistake/unknown-parameter", fmt.Sprintf("%s belongs to %s", known.keyword, known.verb), false)
	case !p.offer.hasAny(known.offers):
		p.flag(f, "mistake/parameter-not-offered",
			"the server's EHLO reply does not announce "+strings.Join(known.offers, " or "), false)
	case has != (known.value != "none"):
		p.flag(f, "mistake/bad-parameter", choose(has, "this parameter takes no value", "the value is missing"), true)
	}
}

func isKeyword(b byte) bool { return line.IsLetterOrDigit(b) || b == '-' }

// value reads esmtp-value in the form that its parameter has.
func (p *parser) value(known param, text string) {
	f := p.Add("value", noteOr("field/value", known.note+"/"+strings.ToUpper(text)), len(text))
	form, ok := valueForms[known.value]
	if !ok {
		return
	}
	said, fault := form(text)
	f.Value = said
	if fault != "" {
		p.flag(f, "mistake/bad-parameter", fault, true)
		return
	}
	if known.keyword == "SIZE" && p.offer != nil && p.offer.size > 0 {
		if size, err := strconv.ParseInt(text, 10, 64); err == nil && size > p.offer.size {
			p.flag(f, "mistake/size-exceeds-announced",
				fmt.Sprintf("the server takes %d bytes at most", p.offer.size), false)
		}
	}
}
