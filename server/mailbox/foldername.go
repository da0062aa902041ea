package mailbox

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Separator divides the parts of a folder's name, as in Maildir++.
const Separator = "."

// ErrName tells that a name cannot be a folder's or a keyword's.
var ErrName = errors.New("name is not allowed")

// maxName is how many bytes a folder's name may have on the disk.
const maxName = 200

// forbidden in names: what file systems or IMAP's wildcards have other uses
// for.
const forbidden = `/\:*?"<>|%`

// canonical gives a folder's name the one spelling that INBOX has.
func canonical(name string) string {
	if strings.EqualFold(name, Inbox) {
		return Inbox
	}
	return name
}

// dirName gives the name of a folder's directory: a dot and the name in
// modified UTF-7 (RFC 3501 §5.1.3), as all Maildir++ programs write it.
func dirName(name string) (string, error) {
	bad := name == "" || !utf8.ValidString(name) || strings.ContainsAny(name, forbidden)
	for part := range strings.SplitSeq(name, Separator) {
		bad = bad || part == "" || part != strings.TrimSpace(part)
	}
	for _, r := range name {
		bad = bad || r < ' ' || r == 0x7F
	}
	dir := Separator + encodeUTF7(name)
	if bad || len(dir) > maxName {
		return "", fmt.Errorf("folder %q: %w", name, ErrName)
	}
	return dir, nil
}

// folderName is the inverse of dirName; false where the directory is no
// folder's.
func folderName(dir string) (string, bool) {
	name, ok := decodeUTF7(strings.TrimPrefix(dir, Separator))
	if !ok {
		return "", false
	}
	back, err := dirName(name)
	return name, err == nil && back == dir
}

func modifiedBase64() *base64.Encoding {
	return base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").
		WithPadding(base64.NoPadding)
}

func encodeUTF7(s string) string {
	var b strings.Builder
	var wide []byte
	flush := func() {
		if len(wide) > 0 {
			b.WriteString("&" + modifiedBase64().EncodeToString(wide) + "-")
			wide = nil
		}
	}
	for _, r := range s {
		switch {
		case r == '&':
			flush()
			b.WriteString("&-")
		case r >= ' ' && r < 0x7F:
			flush()
			b.WriteRune(r)
		default:
			for _, u := range utf16.AppendRune(nil, r) {
				wide = append(wide, byte(u>>8), byte(u))
			}
		}
	}
	flush()
	return b.String()
}

func decodeUTF7(s string) (string, bool) {
	var b strings.Builder
	for {
		plain, rest, shifted := strings.Cut(s, "&")
		b.WriteString(plain)
		if !shifted {
			return b.String(), true
		}
		code, rest, ended := strings.Cut(rest, "-")
		s = rest
		if code == "" && ended {
			b.WriteByte('&')
			continue
		}
		wide, err := modifiedBase64().DecodeString(code)
		if !ended || err != nil || len(wide)%2 != 0 {
			return "", false
		}
		units := make([]uint16, len(wide)/2)
		for i := range units {
			units[i] = uint16(wide[2*i])<<8 | uint16(wide[2*i+1])
		}
		b.WriteString(string(utf16.Decode(units)))
	}
}
