package dig

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/miekg/dns"

	"surel/protocols/wire"
)

// headerMark begins what dig and kdig tell of one message.
const headerMark = "->>HEADER<<-"

// output reads what dig or kdig has printed: one message behind each mark.
func output(text string) ([]wire.Segment, error) {
	var (
		segments []wire.Segment
		p        printed
	)
	end := func() error {
		if p.begin == 0 {
			return nil
		}
		b, err := p.pack()
		if err == nil {
			var s wire.Segment
			s, err = segment(b)
			segments = append(segments, s)
		}
		if err != nil {
			return fmt.Errorf("read the message of line %d: %w", p.begin, err)
		}
		return nil
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.Contains(line, headerMark) {
			if err := end(); err != nil {
				return nil, err
			}
			p = printed{begin: n}
		}
		if p.begin > 0 {
			if err := p.line(line); err != nil {
				return nil, fmt.Errorf("read line %d: %w", n, err)
			}
		}
	}
	if err := end(); err != nil {
		return nil, err
	}
	return segments, nil
}

// printed is a message of which lines have been read.
type printed struct {
	begin   int // the line of its mark
	msg     dns.Msg
	opt     *dns.OPT
	rcode   int
	section int                // which one the records that follow are in
	records [4]strings.Builder // as lines of a zone file
}

// The sections, as the lines before them are called.
const (
	noSection = iota
	answer
	authority
	additional
	question
	edns
)

var headings = []struct {
	words   string
	section int
}{
	{"OPT PSEUDOSECTION:", edns},
	{"EDNS PSEUDOSECTION:", edns},
	{"QUESTION SECTION:", question},
	{"ANSWER SECTION:", answer},
	{"AUTHORITY SECTION:", authority},
	{"ADDITIONAL SECTION:", additional},
}

func (p *printed) line(line string) error {
	said := strings.TrimSpace(strings.TrimLeft(line, "; "))
	comment := strings.HasPrefix(line, ";")
	if comment {
		for _, h := range headings {
			if said == h.words {
				p.section = h.section
				return nil
			}
		}
	}
	switch {
	case strings.TrimSpace(line) == "":
		if p.section != edns {
			p.section = noSection
		}
	case comment && strings.Contains(line, headerMark):
		return p.header(said)
	case comment && (strings.HasPrefix(said, "flags:") || strings.HasPrefix(said, "Flags:")):
		p.flags(said)
	case comment && p.section == edns:
		return p.option(said)
	case comment && p.section == question:
		return p.question(said)
	case !comment && p.section >= answer && p.section <= additional:
		if strings.HasPrefix(line, "$") {
			return fmt.Errorf("%.20q is no record", line)
		}
		p.records[p.section].WriteString(line + "\n")
	}
	return nil
}

// header reads "->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4321".
func (p *printed) header(said string) error {
	for key, value := range pairs(strings.TrimPrefix(said, headerMark)) {
		var ok bool
		switch key {
		case "opcode":
			if p.msg.Opcode, ok = dns.StringToOpcode[value]; !ok {
				return fmt.Errorf("opcode %.20q is not known", value)
			}
		case "status":
			if p.rcode, ok = dns.StringToRcode[value]; !ok {
				return fmt.Errorf("status %.20q is not known", value)
			}
		case "id":
			id, err := strconv.ParseUint(value, 10, 16)
			if err != nil {
				return fmt.Errorf("id %.20q is no number of 16 bits", value)
			}
			p.msg.Id = uint16(id)
		}
	}
	return nil
}

// pairs gives "key: value" between commas or semicolons.
func pairs(text string) map[string]string {
	all := map[string]string{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		key, value, _ := strings.Cut(part, ":")
		all[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return all
}

// flags reads "flags: qr rd ra; QUERY: 1, …"; the numbers follow from the
// sections.
func (p *printed) flags(said string) {
	words, _, _ := strings.Cut(said, ";")
	for word := range strings.FieldsSeq(words) {
		switch word {
		case "qr":
			p.msg.Response = true
		case "aa":
			p.msg.Authoritative = true
		case "tc":
			p.msg.Truncated = true
		case "rd":
			p.msg.RecursionDesired = true
		case "ra":
			p.msg.RecursionAvailable = true
		case "ad":
			p.msg.AuthenticatedData = true
		case "cd":
			p.msg.CheckingDisabled = true
		}
	}
}

// option reads a line about EDNS: "EDNS: version: 0, flags: do; udp: 1232" of
// dig, "Version: 0; flags: do; UDP size: 1232 B; ext-rcode: NOERROR" of kdig,
// and cookies and extended errors.
func (p *printed) option(said string) error {
	if p.opt == nil {
		p.opt = &dns.OPT{Hdr: dns.RR_Header{Name: ".", Rrtype: dns.TypeOPT}}
	}
	name, value, _ := strings.Cut(said, ":")
	value = strings.TrimSpace(value)
	switch name {
	case "EDNS", "Version":
		all := pairs(strings.TrimPrefix(said, "EDNS:"))
		for _, key := range []string{"udp", "UDP size"} {
			if size, err := strconv.ParseUint(strings.TrimSuffix(all[key], " B"), 10, 16); err == nil {
				p.opt.SetUDPSize(uint16(size))
			}
		}
		for _, key := range []string{"version", "Version"} {
			if version, err := strconv.ParseUint(all[key], 10, 8); err == nil {
				p.opt.SetVersion(uint8(version))
			}
		}
		if strings.Contains(all["flags"], "do") {
			p.opt.SetDo()
		}
	case "COOKIE":
		digits, _, _ := strings.Cut(value, " ")
		if _, err := hex.DecodeString(digits); err != nil {
			return fmt.Errorf("the cookie %.20q is not in hexadecimal digits", digits)
		}
		p.opt.Option = append(p.opt.Option, &dns.EDNS0_COOKIE{Code: dns.EDNS0COOKIE, Cookie: digits})
	case "EDE":
		number, rest, _ := strings.Cut(value, " ")
		code, err := strconv.ParseUint(strings.TrimSuffix(number, ":"), 10, 16)
		if err != nil {
			return fmt.Errorf("the extended error %.20q is no number", number)
		}
		_, text, _ := strings.Cut(rest, "): ") // in parentheses or quotes, behind the code's name in parentheses
		p.opt.Option = append(p.opt.Option, &dns.EDNS0_EDE{InfoCode: uint16(code), ExtraText: strings.Trim(text, "()'")})
	}
	return nil
}

// question reads "sekolah.test. IN MX".
func (p *printed) question(said string) error {
	words := strings.Fields(said)
	if len(words) != 3 {
		return fmt.Errorf("%.40q is no question", said)
	}
	class, ok := dns.StringToClass[words[1]]
	if !ok {
		return fmt.Errorf("class %.20q is not known", words[1])
	}
	qtype, ok := typeOf(words[2])
	if !ok {
		return fmt.Errorf("type %.20q is not known", words[2])
	}
	p.msg.Question = append(p.msg.Question, dns.Question{Name: dns.Fqdn(words[0]), Qtype: qtype, Qclass: class})
	return nil
}

// typeOf gives the number of a type, also of one written TYPE65534
// (RFC 3597 §5).
func typeOf(name string) (uint16, bool) {
	if n, ok := dns.StringToType[strings.ToUpper(name)]; ok {
		return n, true
	}
	digits, ok := strings.CutPrefix(name, "TYPE")
	n, err := strconv.ParseUint(digits, 10, 16)
	return uint16(n), ok && err == nil
}

// pack gives the message as it would cross the wire.
func (p *printed) pack() ([]byte, error) {
	for i, section := range map[int]*[]dns.RR{answer: &p.msg.Answer, authority: &p.msg.Ns, additional: &p.msg.Extra} {
		zone := dns.NewZoneParser(strings.NewReader(p.records[i].String()), ".", "")
		zone.SetDefaultTTL(0)
		for rr, ok := zone.Next(); ok; rr, ok = zone.Next() {
			*section = append(*section, rr)
		}
		if err := zone.Err(); err != nil {
			return nil, err
		}
	}
	p.msg.Rcode = p.rcode
	if p.opt != nil {
		if p.rcode > 0xf {
			p.opt.SetExtendedRcode(uint16(p.rcode))
		}
		p.msg.Extra = append(p.msg.Extra, p.opt)
	} else if p.rcode > 0xf {
		return nil, fmt.Errorf("status %s needs EDNS, of which nothing is said", dns.RcodeToString[p.rcode])
	}
	p.msg.Compress = true
	return p.msg.Pack()
}
