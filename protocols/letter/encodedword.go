package letter

import (
	"encoding/base64"
	"strings"
)

const encodedWordName = "encoded-word"

// unstructured takes the rest as text that has no grammar but folds and
// encoded words (RFC 5322 §2.2.1, RFC 2047 §5).
func (l *lexer) unstructured(name, note string) {
	for l.More() {
		rest := l.Rest()
		switch {
		case l.bareCR():
		case rest[0] == '\n' || strings.HasPrefix(rest, "\r\n"):
			l.fws()
		case encodedWordLen(rest) > 0:
			l.encodedWord(encodedWordLen(rest))
			if n, _, _ := space(l.Rest()); n > 0 && encodedWordLen(l.Rest()[n:]) > 0 {
				l.fws()
			}
		default:
			l.Add(name, note, textLen(rest))
		}
	}
}

// textLen measures plain text up to the next fold, stray CR or encoded word.
func textLen(s string) int {
	for n := 1; n < len(s); n++ {
		switch s[n] {
		case '\r', '\n':
			return n
		case '=':
			if (s[n-1] == ' ' || s[n-1] == '\t') && encodedWordLen(s[n:]) > 0 {
				return n
			}
		}
	}
	return len(s)
}

func (l *lexer) bareCR() bool {
	if !l.Has("\r") || l.Has("\r\n") {
		return false
	}
	l.Add("CR", "letter/bare", 1).Err = errBareCR
	return true
}

// maxEncodedWord is how long an encoded word may be to be taken for one, in
// bytes. RFC 2047 §2 allows 75; many writers do not count.
const maxEncodedWord = 1000

// encodedWordLen measures the encoded word that begins s; 0 where none does.
func encodedWordLen(s string) int {
	if !strings.HasPrefix(s, "=?") {
		return 0
	}
	s = s[:min(len(s), maxEncodedWord)]
	at := 2
	for range 2 { // charset, encoding
		n := strings.IndexByte(s[at:], '?')
		if n <= 0 || strings.ContainsAny(s[at:at+n], " \t\r\n") {
			return 0
		}
		at += n + 1
	}
	n := strings.Index(s[at:], "?=")
	if n < 0 || strings.ContainsAny(s[at:at+n], "\r\n") {
		return 0
	}
	return at + n + len("?=")
}

// encodedWord takes an encoded word of n bytes (RFC 2047 §2).
func (l *lexer) encodedWord(n int) {
	parts := strings.SplitN(l.Rest()[2:n-2], "?", 3)
	charset, encoding, text := parts[0], parts[1], parts[2]
	value, why := decodeWord(charset, encoding, text)

	l.Open(encodedWordName, "letter/encoded-word")
	l.punct("=?")
	l.Add("charset", "letter/encoded-word/charset", len(charset))
	l.punct("?")
	l.Add("encoding", "letter/encoded-word/encoding", len(encoding))
	l.punct("?")
	if text != "" {
		l.Add("encoded-text", "letter/encoded-word/text", len(text))
	}
	l.punct("?=")
	f := l.Close()
	f.Value, f.Err = value, why
}

// decodeWord gives the text of an encoded word as UTF-8, or the word's own
// text and why it cannot be decoded.
func decodeWord(charset, encoding, text string) (value, why string) {
	var b []byte
	switch strings.ToUpper(encoding) {
	case "B":
		decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
		if err != nil {
			return text, "this is not base64"
		}
		b = decoded
	case "Q":
		b = decodeQ(text)
	default:
		return text, "an encoded word is encoded by B or Q"
	}
	charset, _, _ = strings.Cut(charset, "*") // RFC 2231 §5: the language may follow
	value, ok := toUTF8(charset, b)
	if !ok {
		return value, "unknown charset " + charset
	}
	return value, ""
}

// decodeQ decodes the "Q" encoding (RFC 2047 §4.2).
func decodeQ(s string) []byte { return decodeHexAfter('=', strings.ReplaceAll(s, "_", " ")) }

// decodeHexAfter decodes the bytes that are written as a sign and two
// hexadecimal digits. A sign without digits stands for itself.
func decodeHexAfter(sign byte, s string) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == sign && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return b
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	if c >= 'A' {
		return c - 'A' + 10
	}
	return c - '0'
}
