package dns_test

import (
	"strings"
	"testing"

	mdns "github.com/miekg/dns"

	"surel/protocols/decodertest"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// samples gives all datagrams and messages of the recordings.
func samples(tb testing.TB) (all [][]byte) {
	tb.Helper()
	decodertest.Recorded(tb, testdata, func(c wire.Conn, segments []wire.Segment) {
		for _, m := range decodertest.Decode(tb, c, segments) {
			if !c.Datagrams {
				m.Raw = m.Raw[2:]
			}
			all = append(all, m.Raw)
		}
	})
	return all
}

func TestAgreesWithTheLibrary(t *testing.T) {
	t.Parallel()
	for _, b := range samples(t) {
		m := datagram(b)[0]
		if m.Malformed {
			t.Errorf("%q is malformed", b)
		}
		agree(t, b, &m)
	}
}

// agree compares every record with what the library makes of it. The library
// refuses more than this decoder, and shortens what it reads of a few types.
func agree(t *testing.T, b []byte, m *message.Message) {
	t.Helper()
	theirs := new(mdns.Msg)
	if theirs.Unpack(b) != nil {
		return
	}
	sections := map[string][]field.Field{}
	for _, f := range m.Fields() {
		sections[f.Name] = f.Fields
	}
	ours := sections["question"]
	if len(ours) != len(theirs.Question) {
		t.Fatalf("%d questions, the library has %d", len(ours), len(theirs.Question))
	}
	for i, q := range theirs.Question {
		if want := mdns.Type(q.Qtype).String() + " " + q.Name; ours[i].Value != want && known(q.Qtype) {
			t.Errorf("question %q, the library has %q", ours[i].Value, want)
		}
	}
	for name, rrs := range map[string][]mdns.RR{"answer": theirs.Answer, "authority": theirs.Ns, "additional": theirs.Extra} {
		if len(sections[name]) != len(rrs) {
			t.Fatalf("%s: %d records, the library has %d", name, len(sections[name]), len(rrs))
		}
		for i, rr := range rrs {
			agreeRecord(t, &sections[name][i], rr)
		}
	}
}

// known tells whether both sides give a type the same name.
func known(rtype uint16) bool {
	_, ok := mdns.TypeToString[rtype]
	return ok && rtype != mdns.TypeNone && rtype != mdns.TypeNXNAME && rtype != mdns.TypeReserved && rtype != mdns.TypeUNSPEC
}

// compared are the types whose data the library writes as a zone file does.
var compared = map[uint16]bool{
	mdns.TypeA: true, mdns.TypeAAAA: true, mdns.TypeNS: true, mdns.TypeCNAME: true, mdns.TypeSOA: true, mdns.TypePTR: true, mdns.TypeMX: true,
	mdns.TypeTXT: true, mdns.TypeSRV: true, mdns.TypeTLSA: true, mdns.TypeCAA: true, mdns.TypeDS: true, mdns.TypeDNSKEY: true,
	mdns.TypeRRSIG: true, mdns.TypeNSEC: true, mdns.TypeNSEC3: true, mdns.TypeNSEC3PARAM: true,
}

func agreeRecord(t *testing.T, f *field.Field, rr mdns.RR) {
	t.Helper()
	h := rr.Header()
	part := func(name string) string {
		for _, p := range f.Fields {
			if p.Name == name {
				return p.Value
			}
		}
		return ""
	}
	if got := part("NAME"); got != h.Name {
		t.Errorf("name %q, the library has %q", got, h.Name)
	}
	if !compared[h.Rrtype] || h.Rdlength == 0 || h.Class != mdns.ClassINET {
		return
	}
	if got, want := part("RDATA"), strings.TrimPrefix(rr.String(), h.String()); normal(got) != normal(want) {
		t.Errorf("%s %s is %q, the library has %q", h.Name, mdns.Type(h.Rrtype), got, want)
	}
}

// normal gives data without the differences between two ways to write them:
// names of types that only one side knows, and spaces at the end.
func normal(data string) string {
	words := strings.Fields(data)
	for i, w := range words {
		if n, ok := mdns.StringToType[w]; ok && !known(n) {
			words[i] = "?"
		}
		if strings.HasPrefix(w, "TYPE") {
			words[i] = "?"
		}
	}
	return strings.Join(words, " ")
}
