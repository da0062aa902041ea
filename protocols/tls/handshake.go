package tls

import (
	"encoding/binary"
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// handshakeHeader is the length of a handshake message's type and length in
// bytes (RFC 8446 §4).
const handshakeHeader = 4

// The types of handshake messages on which the reading of others depends.
const (
	typeClientHello    = 1
	typeServerHello    = 2
	typeEndOfEarlyData = 5
	typeCertificate    = 11
	typeFinished       = 20
	typeKeyUpdate      = 24
)

// handshake opens a handshake message. It keeps what has been agreed before it.
type handshake struct {
	dir     wire.Dir
	version uint16
	suite   uint16 // 0 where none is chosen yet
}

var _ message.Body = handshake{}

// handshakeName gives the name of a handshake message as the RFC writes it.
func handshakeName(raw []byte) string {
	if raw[0] == typeServerHello && isRetry(raw) {
		return "HelloRetryRequest"
	}
	e := handshakes.of(uint16(raw[0]))
	var name strings.Builder
	for word := range strings.SplitSeq(e.name, "_") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// isRetry tells whether a ServerHello is a HelloRetryRequest.
func isRetry(raw []byte) bool {
	const at = handshakeHeader + 2
	return len(raw) >= at+len(retryRandom) && string(raw[at:at+len(retryRandom)]) == retryRandom
}

// Summary gives the message's name and what it says in short.
func (h handshake) Summary(raw []byte) string {
	if said := h.short(raw); said != "" {
		return handshakeName(raw) + " " + said
	}
	return handshakeName(raw)
}

// short gives what a hello says in short.
func (h handshake) short(raw []byte) string {
	switch raw[0] {
	case typeClientHello:
		hello, ok := readHello(raw)
		if !ok {
			return ""
		}
		words := []string{}
		if hello.serverName != "" {
			words = append(words, hello.serverName)
		}
		return strings.Join(append(words, versions[hello.version()]), ", ")
	case typeServerHello:
		hello, ok := readHello(raw)
		if !ok {
			return ""
		}
		return strings.TrimLeft(versions[hello.version()]+", "+suites.of(hello.suite).name, ", ")
	}
	return ""
}

// Fields gives the message's tree.
func (h handshake) Fields(raw []byte) []field.Field {
	t := newTree(raw)
	h.read(t, raw)
	return t.Fields()
}

// faulty tells whether a part of the message cannot be read.
func (h handshake) faulty(raw []byte) bool {
	t := newTree(raw)
	t.Forget()
	h.read(t, raw)
	return t.Faulty() || t.More()
}

func (h handshake) read(t tree, raw []byte) {
	t.code("msg_type", handshakes, 1)
	n := int(binary.BigEndian.Uint32(raw) & 0xffffff)
	t.Add("length", "hs/length", 3).Value = strconv.Itoa(n)
	t.Within(n, func() { h.body(t, raw[0]) })
}

// body reads what is behind the header.
func (h handshake) body(t tree, kind byte) {
	modern := h.version >= version13
	switch kind {
	case typeClientHello:
		t.clientHello()
	case typeServerHello:
		t.serverHello()
	case 4:
		t.newSessionTicket(modern)
	case 8:
		t.extensions(inOther)
	case typeCertificate:
		t.certificate(modern)
	case 12:
		t.serverKeyExchange(h.exchange(), h.version)
	case 13:
		t.certificateRequest(modern, h.version)
	case 15:
		t.signature("signature", h.version)
	case 16:
		t.clientKeyExchange(h.exchange())
	case typeFinished:
		t.bytes("verify_data", "finished/verify-data", t.left())
	case 22:
		t.number("status_type", "extension/status_request", 1)
		t.opaque("response", "certificate/ocsp", 3)
	case typeKeyUpdate:
		t.keyUpdate()
	case 25:
		t.compressAlgorithm()
		t.number("uncompressed_length", "hs/compressed_certificate", 3)
		t.opaque("compressed_certificate_message", "hs/compressed_certificate", 3)
	default:
		t.bytes("data", "hs/data", t.left())
	}
}

// exchange is how the chosen suite agrees on a key.
type exchange uint8

const (
	unknownExchange exchange = iota
	ellipticExchange
	finiteExchange
	rsaExchange
)

func (h handshake) exchange() exchange {
	name := strings.TrimPrefix(suites.of(h.suite).name, "TLS_")
	switch {
	case strings.HasPrefix(name, "ECDH"):
		return ellipticExchange
	case strings.HasPrefix(name, "DH"):
		return finiteExchange
	case strings.HasPrefix(name, "RSA_WITH"):
		return rsaExchange
	}
	return unknownExchange
}

// newSessionTicket reads RFC 8446 §4.6.1, and RFC 5077 §3.3 for those before.
func (t tree) newSessionTicket(modern bool) {
	t.number("ticket_lifetime", "ticket/lifetime", 4)
	if !modern {
		t.opaque("ticket", "ticket/ticket", 2)
		return
	}
	t.bytes("ticket_age_add", "ticket/age-add", 4)
	t.opaque("ticket_nonce", "ticket/nonce", 1)
	t.opaque("ticket", "ticket/ticket", 2)
	t.extensions(inTicket)
}

// certificate reads RFC 8446 §4.4.2, and RFC 5246 §7.4.2 for those before.
func (t tree) certificate(modern bool) {
	if modern {
		t.opaque("certificate_request_context", "certificate/context", 1)
	}
	t.vector("certificate_list", "certificate/list", 3, func(int) {
		for t.More() {
			t.certificateEntry(modern)
		}
	})
}

func (t tree) certificateEntry(modern bool) {
	t.Open("CertificateEntry", "certificate/entry")
	name := ""
	t.vector("cert_data", "certificate/data", 3, func(int) {
		name = t.x509()
		t.bytes("data", "certificate/data", t.left())
	})
	if modern {
		t.extensions(inOther)
	}
	t.Close().Value = name
}

// serverKeyExchange reads RFC 8422 §5.4, and RFC 5246 §7.4.3.
func (t tree) serverKeyExchange(how exchange, version uint16) {
	switch how {
	case ellipticExchange:
		t.curveType()
		t.code("named_curve", groups, 2)
		t.opaque("public", "share/key", 1)
		t.signature("signed_params", version)
	case finiteExchange:
		t.opaque("dh_p", "dh/p", 2)
		t.opaque("dh_g", "dh/g", 2)
		t.opaque("dh_Ys", "share/key", 2)
		t.signature("signed_params", version)
	default:
		t.bytes("data", "hs/data", t.left())
	}
}

func (t tree) curveType() {
	if t.has(1) {
		name := "unknown"
		if t.peek(1) == 3 {
			name = "named_curve (3)"
		}
		t.Add("curve_type", "dh/curve-type", 1).Value = name
	}
}

// clientKeyExchange reads RFC 8422 §5.7, and RFC 5246 §7.4.7.
func (t tree) clientKeyExchange(how exchange) {
	switch how {
	case ellipticExchange:
		t.opaque("ecdh_Yc", "share/key", 1)
	case finiteExchange:
		t.opaque("dh_Yc", "share/key", 2)
	case rsaExchange:
		t.opaque("encrypted_pre_master_secret", "dh/rsa", 2)
	default:
		t.bytes("data", "hs/data", t.left())
	}
}

// certificateRequest reads RFC 8446 §4.3.2, and RFC 5246 §7.4.4.
func (t tree) certificateRequest(modern bool, version uint16) {
	if modern {
		t.opaque("certificate_request_context", "certificate/context", 1)
		t.extensions(inRequest)
		return
	}
	t.vector("certificate_types", "request/types", 1, func(int) {
		names := map[int]string{1: "rsa_sign (1)", 2: "dss_sign (2)", 64: "ecdsa_sign (64)"}
		for t.More() {
			n := t.peek(1)
			f := t.Add("type", "request/types", 1)
			if f.Value = names[n]; f.Value == "" {
				f.Value = strconv.Itoa(n)
			}
		}
	})
	if version >= version12 {
		schemes(t, inRequest, 0)
	}
	t.authorities()
}

// authorities reads the names of authorities whose certificates are welcome.
func (t tree) authorities() {
	t.vector("certificate_authorities", "request/authorities", 2, func(int) {
		for t.More() {
			t.vector("DistinguishedName", "request/authorities", 2, func(int) {
				t.distinguishedName("name", "request/authorities")
				t.bytes("data", "request/authorities", t.left())
			})
		}
	})
}

// signature reads a signature with its scheme, which older versions leave out.
func (t tree) signature(name string, version uint16) {
	t.Open(name, "signed")
	if version >= version12 {
		t.code("algorithm", signatures, 2)
	}
	t.opaque("signature", "signed/signature", 2)
	t.Close().Value = ""
}

// keyUpdate reads RFC 8446 §4.6.3.
func (t tree) keyUpdate() {
	if t.has(1) {
		names := []string{"update_not_requested (0)", "update_requested (1)"}
		n := t.peek(1)
		f := t.Add("request_update", "hs/key_update", 1)
		if n < len(names) {
			f.Value = names[n]
		}
	}
}
