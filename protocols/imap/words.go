package imap

import (
	"mime"
	"strings"
)

// decodeWords gives the text of encoded words (RFC 2047 §2); what cannot be
// decoded stays as it is.
func decodeWords(text string) string {
	if !strings.Contains(text, "=?") {
		return text
	}
	if decoded, err := new(mime.WordDecoder).DecodeHeader(text); err == nil {
		return decoded
	}
	return text
}
