package smtp

import (
	"crypto/rand"
	"strings"
	"time"
)

// dateTime is the format of RFC 5322 §3.3.
const dateTime = "Mon, 02 Jan 2006 15:04:05 -0700"

// appendReturnPath writes the line that final delivery puts on top
// (RFC 5321 §4.4).
func appendReturnPath(b []byte, from string) []byte {
	b = append(b, "Return-Path: <"...)
	b = append(b, from...)
	return append(b, ">\r\n"...)
}

// appendReceived writes the trace line of this server (RFC 5321 §4.4). The
// recipient stands in it only where there is one, lest the others be betrayed
// (RFC 5321 §7.2).
func (s *session) appendReceived(b []byte, env envelope, now time.Time) []byte {
	b = append(b, "Received: from "...)
	b = append(b, helloName(env.hello)...)
	b = append(b, " ("...)
	if s.client.Host != "" {
		b = append(b, s.client.Host...)
		b = append(b, ' ')
	}
	b = append(b, '[')
	if addr := s.client.Addr.Addr(); addr.Is6() {
		b = append(b, "IPv6:"...)
		b = addr.AppendTo(b)
	} else if addr.IsValid() {
		b = addr.AppendTo(b)
	}
	b = append(b, "])\r\n\tby "...)
	b = append(b, s.srv.cfg.Host...)
	b = append(b, " with "...)
	b = append(b, s.transmissionType(env)...)
	b = append(b, " id "...)
	b = append(b, rand.Text()[:12]...)
	if len(env.to) == 1 {
		b = append(b, "\r\n\tfor <"...)
		b = append(b, env.to[0].address...)
		b = append(b, '>')
	}
	b = append(b, "; "...)
	b = now.AppendFormat(b, dateTime)
	return append(b, "\r\n"...)
}

// transmissionType names the protocol (RFC 3848, RFC 6531 §4.3). go-smtp does
// not tell HELO from EHLO, so it is always the extended one.
func (s *session) transmissionType(env envelope) string {
	name := "ESMTP"
	if env.opt.UTF8 {
		name = "UTF8SMTP"
	}
	if s.secure {
		name += "S"
	}
	if env.login {
		name += "A"
	}
	return name
}

// helloName is what the client called itself, where that can stand in a
// header.
func helloName(name string) string {
	allowed := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.:[]", r)
	}
	if name == "" || len(name) > 255 || strings.ContainsFunc(name, func(r rune) bool { return !allowed(r) }) {
		return "unknown"
	}
	return name
}
