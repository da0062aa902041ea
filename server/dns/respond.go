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
// question, or in a version of EDNS that is not known (RFC 6891 §6.1.3). It is
// false where there is nothing to refuse.
func refused(w dns.ResponseWriter, query *dns.Msg) bool {
	if len(query.Question) != 1 {
		_ = w.WriteMsg(new(dns.Msg).SetRcodeFormatError(query))
		return true
	}
	opt := query.IsEdns0()
	if opt == nil || opt.Version() == 0 {
		return false
	}
	m := new(dns.Msg).SetRcode(query, dns.RcodeBadVers)
	m.SetEdns0(maxUDP, opt.Do())
	m.IsEdns0().SetVersion(0)
	m.Rcode = dns.RcodeBadVers
	_ = w.WriteMsg(m)
	return true
}
