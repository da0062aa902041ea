package pop3_test

import (
	"testing"

	"surel/protocols"
	"surel/protocols/decodertest"
	"surel/protocols/pop3"
)

// preludes lead a conversation into each state; what the fuzzer makes up
// follows. Lines alternate from the server's greeting on.
var preludes = map[string][]string{
	"connect":       nil,
	"authorization": {greeting, "CAPA\r\n", offered},
	"user":          {greeting, "USER guru\r\n", "+OK\r\n"},
	"auth":          {greeting, "AUTH LOGIN\r\n", "+ VXNlcm5hbWU6\r\n"},
	"stls":          {greeting, "STLS\r\n"},
	"transaction":   {greeting, "USER guru\r\nPASS a\r\nSTAT\r\n", "+OK\r\n+OK\r\n+OK 3 960\r\n"},
	"letter":        {greeting, "USER guru\r\nPASS a\r\nRETR 1\r\n", "+OK\r\n+OK\r\n+OK\r\nSubject: a\r\n"},
	"listing":       {greeting, "USER guru\r\nPASS a\r\nUIDL\r\n", "+OK\r\n+OK\r\n+OK\r\n1 a\r\n"},
	"update":        {greeting, "USER guru\r\nPASS a\r\nQUIT\r\n", "+OK\r\n+OK\r\n+OK\r\n"},
}

const (
	greeting = "+OK siap <1896.697170952@mx1>\r\n"
	offered  = "+OK\r\nUSER\r\nSASL PLAIN LOGIN\r\nSTLS\r\nUIDL\r\n.\r\n"
)

func FuzzConnect(f *testing.F)       { fuzzState(f, "connect") }
func FuzzAuthorization(f *testing.F) { fuzzState(f, "authorization") }
func FuzzUser(f *testing.F)          { fuzzState(f, "user") }
func FuzzAuth(f *testing.F)          { fuzzState(f, "auth") }
func FuzzSTLS(f *testing.F)          { fuzzState(f, "stls") }
func FuzzTransaction(f *testing.F)   { fuzzState(f, "transaction") }
func FuzzLetter(f *testing.F)        { fuzzState(f, "letter") }
func FuzzListing(f *testing.F)       { fuzzState(f, "listing") }
func FuzzUpdate(f *testing.F)        { fuzzState(f, "update") }

// fuzzState begins in the given state.
func fuzzState(f *testing.F, state string) {
	decodertest.Fuzz(f, testdata, func() protocols.Decoder { return pop3.NewDecoder() }, preludes[state]...)
}
