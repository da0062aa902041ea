package smtp_test

import (
	"testing"

	"surel/protocols"
	"surel/protocols/decodertest"
	"surel/protocols/smtp"
)

// preludes lead a conversation into each state; what the fuzzer makes up
// follows. Lines alternate from the server's greeting on.
var preludes = map[string][]string{
	"connect":  nil,
	"greeting": {"220 mx1\r\n"},
	"ready":    {"220 mx1\r\n", "EHLO a\r\n", offered},
	"mail":     {"220 mx1\r\n", "EHLO a\r\n", offered, "MAIL FROM:<a@a.test>\r\n", "250 Ok\r\n"},
	"rcpt":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope, "250 Ok\r\n250 Ok\r\n"},
	"data":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope + "DATA\r\n", "250 Ok\r\n250 Ok\r\n354 Go\r\n"},
	"bdat":     {"220 mx1\r\n", "EHLO a\r\n", offered, envelope + "BDAT 2\r\nab", "250 Ok\r\n250 Ok\r\n250 Ok\r\n"},
	"auth":     {"220 mx1\r\n", "EHLO a\r\n", offered, "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n"},
	"starttls": {"220 mx1\r\n", "EHLO a\r\n", offered, "STARTTLS\r\n"},
}

const (
	offered  = "250-mx1\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250-CHUNKING\r\n250 STARTTLS\r\n"
	envelope = "MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\n"
)

func FuzzConnect(f *testing.F)  { fuzzState(f, "connect") }
func FuzzGreeting(f *testing.F) { fuzzState(f, "greeting") }
func FuzzReady(f *testing.F)    { fuzzState(f, "ready") }
func FuzzMail(f *testing.F)     { fuzzState(f, "mail") }
func FuzzRcpt(f *testing.F)     { fuzzState(f, "rcpt") }
func FuzzData(f *testing.F)     { fuzzState(f, "data") }
func FuzzBdat(f *testing.F)     { fuzzState(f, "bdat") }
func FuzzAuth(f *testing.F)     { fuzzState(f, "auth") }
func FuzzStartTLS(f *testing.F) { fuzzState(f, "starttls") }

// fuzzState begins in the given state.
func fuzzState(f *testing.F, state string) {
	decodertest.Fuzz(f, testdata, func() protocols.Decoder { return smtp.NewDecoder() }, preludes[state]...)
}
