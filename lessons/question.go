package lessons

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"

	mdns "github.com/miekg/dns"
	"golang.org/x/net/idna"

	"surel/protocols/dns"
)

// Question is what a person asks the name system, as dig takes it:
//
//	[@server] [type] name [+tcp] [+dnssec] [+norec] [+cd] [+noedns]
//
// The words may stand in any order but for those of type and name. "-x ADDRESS"
// asks for the name of an address.
type Question struct {
	// Server is the host that is asked; empty for the client's own.
	Server string
	// Name is asked for, with the root's dot.
	Name string
	// Type is the number of the type.
	Type uint16
	TCP  bool

	dnssec, noRecursion, noChecking, noEDNS bool
}

// QuestionError says why a question cannot be asked.
type QuestionError struct {
	Why Fault
	// Word is the word that is wrong; empty where one is missing.
	Word string
}

// Fault is what is wrong with a question.
type Fault string

// What can be wrong with a question.
const (
	NoName      Fault = "no-name"
	SecondName  Fault = "second-name"
	BadName     Fault = "bad-name"
	BadAddress  Fault = "bad-address"
	UnknownFlag Fault = "unknown-flag"
)

// Error says it in English.
func (e *QuestionError) Error() string {
	switch e.Why {
	case SecondName:
		return "only one name can be asked for at a time, and " + e.Word + " is the second"
	case BadName:
		return e.Word + " is no name: labels have at most 63 letters, names 255"
	case BadAddress:
		return e.Word + " is no address"
	case UnknownFlag:
		return e.Word + " is not known here; there are +tcp, +dnssec, +norec, +cd and +noedns"
	case NoName:
	}
	return "write a name, such as MX sekolah.test"
}

// ParseQuestion reads a question. The type is A where none is named.
func ParseQuestion(text string) (Question, error) {
	q := Question{Type: mdns.TypeA}
	typed, reverse := false, false
	for _, word := range strings.Fields(text) {
		rtype, isType := typeOf(word)
		switch {
		case word[0] == '@':
			q.Server = word[1:]
		case word[0] == '+':
			if !q.flag(word[1:]) {
				return Question{}, &QuestionError{UnknownFlag, word}
			}
		case word == "-x":
			reverse = true
		case isType && !typed && q.Name == "":
			q.Type, typed = rtype, true
		case q.Name != "":
			return Question{}, &QuestionError{SecondName, word}
		case reverse:
			name, err := mdns.ReverseAddr(word)
			if err != nil {
				return Question{}, &QuestionError{BadAddress, word}
			}
			q.Name, q.Type = name, mdns.TypePTR
		default:
			name, err := nameOf(word)
			if err != nil {
				return Question{}, err
			}
			q.Name = name
		}
	}
	if q.Name == "" {
		return Question{}, &QuestionError{Why: NoName}
	}
	return q, nil
}

// typeOf reads the name of a type, or its number as RFC 3597 §5 writes it.
func typeOf(word string) (uint16, bool) {
	word = strings.ToUpper(word)
	if t, ok := mdns.StringToType[word]; ok {
		return t, true
	}
	number, ok := strings.CutPrefix(word, "TYPE")
	n, err := strconv.ParseUint(number, 10, 16)
	return uint16(n), ok && err == nil
}

// nameOf makes a name for the wire of what a person writes.
func nameOf(word string) (string, error) {
	if !isASCII(word) {
		if ascii, err := idna.Lookup.ToASCII(word); err == nil {
			word = ascii
		}
	}
	name := mdns.Fqdn(word)
	if _, ok := mdns.IsDomainName(name); !ok {
		return "", &QuestionError{BadName, word}
	}
	return name, nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7e })
}

func (q *Question) flag(name string) bool {
	flags := map[string]*bool{
		"tcp": &q.TCP, "dnssec": &q.dnssec, "norec": &q.noRecursion, "cd": &q.noChecking, "noedns": &q.noEDNS,
	}
	if flags[name] == nil {
		return false
	}
	*flags[name] = true
	return true
}

// pack gives the query's bytes, with a random ID, and before them the length
// that TCP needs.
func (q *Question) pack() ([]byte, error) {
	m := &mdns.Msg{MsgHdr: mdns.MsgHdr{
		Id: uint16(rand.Uint32()), RecursionDesired: !q.noRecursion, CheckingDisabled: q.noChecking,
		AuthenticatedData: true, // as dig does: tell me whether it is validated (RFC 6840 §5.7)
	}}
	m.Question = []mdns.Question{{Name: q.Name, Qtype: q.Type, Qclass: mdns.ClassINET}}
	if !q.noEDNS {
		m.SetEdns0(udpSize, q.dnssec)
	}
	b, err := m.Pack()
	if err != nil || !q.TCP {
		return b, err
	}
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(b))), b...), nil
}

// udpSize is how large an answer the clients take in one datagram.
const udpSize = 1232

// address gives where the question goes: a host and a port.
func (q *Question) address(own string) string {
	if q.Server == "" {
		return own
	}
	return net.JoinHostPort(strings.TrimSuffix(q.Server, "."), "53")
}

// asks tells whether a client asks the name system: it has no connection that
// lasts, but a socket for each question.
func (s *Scenario) asks(client string) bool {
	c, _ := s.Client(client)
	return c.Protocol == dns.ID
}

// AsksNames tells whether a client asks the name system, so that what the
// resolver asks others belongs to the scenario.
func (s *Scenario) AsksNames() bool {
	return slices.ContainsFunc(s.Clients, func(c Client) bool { return c.Protocol == dns.ID })
}

// answerText writes a response as lines that a scenario can name: its code and
// flags, and then each record.
func answerText(raw []byte, tcp bool) string {
	if tcp {
		raw = raw[min(2, len(raw)):]
	}
	m := new(mdns.Msg)
	if err := m.Unpack(raw); err != nil {
		return string(raw)
	}
	var b strings.Builder
	b.WriteString(mdns.RcodeToString[m.Rcode])
	for _, flag := range []struct {
		set  bool
		name string
	}{{m.Authoritative, "aa"}, {m.Truncated, "tc"}, {m.AuthenticatedData, "ad"}} {
		if flag.set {
			b.WriteString(" " + flag.name)
		}
	}
	b.WriteByte('\n')
	for _, rr := range slices.Concat(m.Answer, m.Ns, m.Extra) {
		data := strings.TrimPrefix(rr.String(), rr.Header().String())
		if opt, ok := rr.(*mdns.OPT); ok {
			data = errorText(opt)
		}
		fmt.Fprintf(&b, "%s %s %s\n", rr.Header().Name, mdns.Type(rr.Header().Rrtype), data)
	}
	return b.String()
}

// errorText gives the extended errors of a response (RFC 8914).
func errorText(opt *mdns.OPT) string {
	var words []string
	for _, o := range opt.Option {
		if e, ok := o.(*mdns.EDNS0_EDE); ok {
			words = append(words, fmt.Sprintf("EDE %d %s", e.InfoCode, e.ExtraText))
		}
	}
	return strings.Join(words, " ")
}
