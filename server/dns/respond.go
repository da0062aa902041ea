package dns

import (
	"net"

	"github.com/miekg/dns"
)

// maxUDP is the largest datagram that is sent, in bytes: so large it crosses
// nearly every network whole.
const maxUDP = 1232

// respond sends a response, cut to what the client takes (RFC 6891 §6.2.5,
// RFC 2181 §9).
func respond(w dns.ResponseWriter, query, m *dns.Msg, extended *dns.EDNS0_EDE) {
	size := dns.MaxMsgSize
	udp := isUDP(w)
	if udp {
		size = dns.MinMsgSize
	}
	if opt := query.IsEdns0(); opt != nil {
		if udp {
			size = min(max(int(opt.UDPSize()), dns.MinMsgSize), maxUDP)
		}
		m.SetEdns0(maxUDP, opt.Do())
		if extended != nil {
			own := m.IsEdns0()
			own.Option = append(own.Option, extended)
		}
	}
	m.Truncate(size)
	m.Compress = true
	_ = w.WriteMsg(m) // the client has gone
}

func isUDP(w dns.ResponseWriter) bool {
	_, ok := w.RemoteAddr().(*net.UDPAddr)
	return ok
}

// refused answers a query that cannot be answered as it is: one without a
// question, one that is no query, in a version of EDNS that is not known
// (RFC 6891 §6.1.3), or for a whole zone. It is false where there is nothing to
// refuse.
func refused(w dns.ResponseWriter, query *dns.Msg) bool {
	switch {
	case len(query.Question) != 1:
		_ = w.WriteMsg(new(dns.Msg).SetRcodeFormatError(query))
		return true
	case query.Opcode != dns.OpcodeQuery:
		respond(w, query, new(dns.Msg).SetRcode(query, dns.RcodeNotImplemented), nil)
		return true
	}
	opt := query.IsEdns0()
	if opt == nil || opt.Version() == 0 {
		return refusedTransfer(w, query)
	}
	m := new(dns.Msg).SetRcode(query, dns.RcodeBadVers)
	m.SetEdns0(maxUDP, opt.Do())
	m.IsEdns0().SetVersion(0)
	m.Rcode = dns.RcodeBadVers
	_ = w.WriteMsg(m)
	return true
}

// refusedTransfer answers who wants a zone whole (RFC 5936): no server here
// has another that keeps a copy of its zones.
func refusedTransfer(w dns.ResponseWriter, query *dns.Msg) bool {
	if t := query.Question[0].Qtype; t != dns.TypeAXFR && t != dns.TypeIXFR {
		return false
	}
	m := new(dns.Msg).SetRcode(query, dns.RcodeRefused)
	respond(w, query, m, &dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeProhibited, ExtraText: "zones are not handed out whole"})
	return true
}
