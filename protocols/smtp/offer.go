package smtp

import (
	"slices"
	"strconv"
	"strings"
)

// offer is what the last EHLO reply announced: keywords, in capitals, with
// their parameters. It is never changed once it is made, so that the commands
// that follow can share it. A nil offer stands for a conversation whose hello
// was not seen; it allows everything.
type offer struct {
	keywords map[string]string
	size     int64 // the largest letter in bytes; 0 where none was announced
}

// readOffer reads a whole EHLO reply.
func readOffer(reply string) *offer {
	o := &offer{keywords: map[string]string{}}
	first := true
	for line := range strings.Lines(reply) {
		if first || len(line) < 4 {
			first = false // the first line is the server's name
			continue
		}
		keyword, parameters, _ := strings.Cut(strings.TrimRight(line[4:], "\r\n"), " ")
		o.keywords[strings.ToUpper(keyword)] = parameters
	}
	if size, err := strconv.ParseInt(o.keywords["SIZE"], 10, 64); err == nil {
		o.size = size
	}
	return o
}

// has tells whether the keyword was announced.
func (o *offer) has(keyword string) bool {
	if o == nil {
		return true
	}
	_, ok := o.keywords[keyword]
	return ok
}

// hasAny tells whether one of the keywords was announced.
func (o *offer) hasAny(keywords []string) bool { return slices.ContainsFunc(keywords, o.has) }

// commandKeyword gives the EHLO keyword by which a server announces that it
// takes the command; empty for those of RFC 5321 itself.
func commandKeyword(v verb) string {
	switch v {
	case verbBDAT:
		return "CHUNKING"
	case verbBURL, verbSTARTTLS, verbAUTH, verbETRN:
		return v.String()
	default:
		return ""
	}
}

// Offers tells whether the server takes a command: one of an extension is offered by its
// keyword in the reply to EHLO (RFC 5321 §2.2.1).
func (d *Decoder) Offers(name string) bool {
	v, _ := verbOf([]byte(name))
	keyword := commandKeyword(v)
	return keyword == "" || d.offer.has(keyword)
}
