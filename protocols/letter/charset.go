package letter

import (
	"strings"

	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 turns text of a charset, named as IANA registers it, into UTF-8. Where
// the charset is unknown it gives the bytes as they are, and false.
func toUTF8(charset string, b []byte) (string, bool) {
	switch strings.ToLower(charset) {
	case "", "utf-8", "us-ascii", "utf8", "ascii":
		return string(b), true
	}
	enc, err := ianaindex.MIME.Encoding(charset)
	if err != nil || enc == nil {
		return string(b), false
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return string(b), false
	}
	return string(out), true
}
