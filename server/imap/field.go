package imap

import (
	"bytes"
	"iter"
	"mime"
	"net/mail"
	"strings"
	"time"
)

// fields gives the fields of a header with a name, or all where it is empty,
// unfolded and with their encoded words decoded (RFC 2047). It does by hand
// what go-message does, because a search looks at every letter.
func fields(head []byte, name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(head) > 0 {
			end := fieldEnd(head)
			key, value, ok := bytes.Cut(head[:end], []byte(":"))
			head = head[end:]
			if !ok || name != "" && !strings.EqualFold(name, string(bytes.TrimRight(key, " \t"))) {
				continue
			}
			if !yield(decoded(value)) {
				return
			}
		}
	}
}

// fieldEnd gives where the first field ends: at the first line end that no
// folded line follows (RFC 5322 §2.2.3).
func fieldEnd(head []byte) int {
	for at := 0; ; {
		end := bytes.IndexByte(head[at:], '\n')
		if end < 0 {
			return len(head)
		}
		at += end + 1
		if at == len(head) || head[at] != ' ' && head[at] != '\t' {
			return at
		}
	}
}

func decoded(value []byte) string {
	unfolded := string(bytes.TrimSpace(value))
	if strings.IndexByte(unfolded, '\n') >= 0 {
		unfolded = strings.NewReplacer("\r", "", "\n", "").Replace(unfolded)
	}
	if !strings.Contains(unfolded, "=?") {
		return unfolded
	}
	var d mime.WordDecoder
	text, err := d.DecodeHeader(unfolded)
	if err != nil {
		return unfolded
	}
	return text
}

// fieldsContain looks into fields; an empty string asks only whether there is
// one (RFC 9051 §6.4.4).
func fieldsContain(head []byte, name, want string) bool {
	want = strings.ToLower(want)
	for text := range fields(head, name) {
		if strings.Contains(strings.ToLower(text), want) {
			return true
		}
	}
	return false
}

// sentOn compares the day in the Date field.
func sentOn(head []byte, since, before time.Time) bool {
	for text := range fields(head, "Date") {
		t, err := mail.ParseDate(text)
		return err == nil && onDays(t, since, before)
	}
	return false
}
