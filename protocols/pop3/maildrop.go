package pop3

import "strings"

// maildrop is what the conversation has said of the mailbox: how many messages
// it holds and which of them are marked as deleted. Numbers do not change while
// the mailbox is open (RFC 1939 §5).
type maildrop struct {
	known   bool // count is known
	count   int  // of the messages, the deleted ones too
	deleted map[int]struct{}
}

// maxDeleted bounds how many deletions are remembered.
const maxDeleted = 100_000

// stat takes in the answer to STAT, which does not count what is deleted.
func (m *maildrop) stat(raw []byte) {
	words := strings.Fields(string(raw))
	if len(words) < 3 {
		return
	}
	if n, ok := number(words[1]); ok {
		m.count, m.known = n+len(m.deleted), true
	}
}

// listed takes in that the last message of a whole listing has the number n.
func (m *maildrop) listed(n int) {
	if len(m.deleted) == 0 {
		m.count, m.known = n, true
	}
}

func (m *maildrop) remove(n int) {
	if m.deleted == nil {
		m.deleted = map[int]struct{}{}
	}
	if len(m.deleted) < maxDeleted {
		m.deleted[n] = struct{}{}
	}
}

// restore takes all deletions back.
func (m *maildrop) restore() { m.deleted = nil }

// mistake finds what is wrong with naming the message n. Where undone is true
// a RSET is on its way that may take deletions back.
func (m *maildrop) mistake(n int, undone bool) string {
	_, gone := m.deleted[n]
	switch {
	case gone && !undone:
		return "mistake/deleted-message" // RFC 1939 §5
	case m.known && n > m.count:
		return "mistake/no-such-message"
	}
	return ""
}

// maxNumber is the largest number that is read as one.
const maxNumber = 1 << 53

// number reads digits; it is false where there are others, or none, or where
// the number is beyond maxNumber.
func number[T ~string | ~[]byte](text T) (n int, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		if n = n*10 + int(text[i]-'0'); n > maxNumber {
			return 0, false
		}
	}
	return n, len(text) > 0
}
