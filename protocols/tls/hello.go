package tls

import (
	"strconv"
	"strings"

	"surel/protocols/field"
)

// retryRandom is what a ServerHello has in the place of random bytes where it is
// a HelloRetryRequest (RFC 8446 §4.1.3).
const retryRandom = "\xcf\x21\xad\x74\xe5\x9a\x61\x11\xbe\x1d\x8c\x02\x1e\x65\xb8\x91\xc2\xa2\x11\x16\x7a\xbb\x8c\x5e\x07\x9e\x09\xe2\xc8\xa8\x33\x9c"

// What a server that knows TLS 1.3 puts at the end of its random bytes when it
// settles for less (RFC 8446 §4.1.3).
const (
	downgrade12 = "DOWNGRD\x01"
	downgrade11 = "DOWNGRD\x00"
)

// where tells in which message an extension stands: what it holds depends on it.
type where uint8

const (
	inClientHello where = iota
	inServerHello
	inRetry
	inOther
	inTicket
	inRequest
)

// clientHello reads RFC 8446 §4.1.2.
func (t tree) clientHello() {
	t.version("legacy_version", "hello/legacy-version")
	t.bytes("random", "hello/random", 32)
	t.opaque("legacy_session_id", "hello/session-id", 1)
	t.codes("cipher_suites", "hello/cipher-suites", "CipherSuite", 2, suites)
	t.compressions()
	t.extensions(inClientHello)
}

func (t tree) compressions() {
	t.vector("legacy_compression_methods", "hello/compression", 1, func(int) {
		for t.More() {
			t.compression("CompressionMethod")
		}
	})
}

func (t tree) compression(name string) {
	if t.has(1) {
		names := map[int]string{0: "null (0)", 1: "DEFLATE (1)", 64: "LZS (64)"}
		value, ok := names[t.peek(1)]
		if !ok {
			value = strconv.Itoa(t.peek(1))
		}
		t.Add(name, "hello/compression", 1).Value = value
	}
}

// serverHello reads RFC 8446 §4.1.3.
func (t tree) serverHello() {
	t.version("legacy_version", "hello/legacy-version")
	at := inServerHello
	t.random(&at)
	t.opaque("legacy_session_id_echo", "hello/session-id-echo", 1)
	t.code("cipher_suite", suites, 2)
	t.compression("legacy_compression_method")
	t.extensions(at)
}

// random reads the server's random bytes, which can hold a sign.
func (t tree) random(at *where) {
	if !t.has(32) {
		return
	}
	switch random := t.Rest()[:32]; {
	case random == retryRandom:
		*at = inRetry
		t.Open("random", "hello/random/retry")
		t.bytes("HelloRetryRequest", "hello/random/retry", 32)
		t.Close().Value = ""
	case random[24:] == downgrade12 || random[24:] == downgrade11:
		t.Open("random", "hello/random")
		t.bytes("random bytes", "hello/random", 24)
		t.bytes("downgrade sign", "hello/random/downgrade", 8)
		t.Close().Value = ""
	default:
		t.bytes("random", "hello/random", 32)
	}
}

// extensions reads the list of extensions, which older clients leave out.
func (t tree) extensions(at where) {
	if !t.More() {
		return
	}
	count := 0
	f := t.vector("extensions", "extensions", 2, func(int) {
		for t.More() {
			t.extension(at)
			count++
		}
	})
	f.Value = strconv.Itoa(count)
}

// extension reads one extension (RFC 8446 §4.2).
func (t tree) extension(at where) {
	if !t.has(4) {
		return
	}
	which := uint16(t.peek(2))
	e := extensions.of(which)
	t.Open(e.name, e.note)
	t.code("extension_type", extensions, 2)
	t.vector("extension_data", "extension-data", 2, func(n int) {
		if read, ok := extensionReaders[which]; ok {
			read(t, at, n)
		}
		t.bytes("data", "extension-data", t.left())
	})
	f := t.Close()
	f.Kind, f.Value = field.Plain, gist(f)
}

// gist gives the value that says the most about an extension: the first leaf of
// what is in it, where that is short.
func gist(f *field.Field) string {
	if len(f.Fields) == 0 { // nothing is kept
		return ""
	}
	data := f.Fields[len(f.Fields)-1]
	values := leaves(data.Fields)
	switch {
	case len(values) == 0:
		return ""
	case len(values) > 1:
		return values[0] + ", …"
	}
	return values[0]
}

// leaves gives the values of the innermost fields other than lengths.
func leaves(fields []field.Field) (values []string) {
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Name == "length", strings.HasSuffix(f.Name, "_type"):
		case len(f.Fields) > 0:
			values = append(values, leaves(f.Fields)...)
		case len(f.Value) <= maxHex && f.Value != "":
			values = append(values, f.Value)
		}
	}
	return values
}
