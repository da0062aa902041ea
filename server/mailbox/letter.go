package mailbox

import (
	"strings"
	"time"
)

// Letter is what the store knows of a letter without reading it.
type Letter struct {
	// UID never changes, is never given to another letter of the folder, and
	// grows in the order of arrival (RFC 9051 §2.3.1.1).
	UID uint32
	// Flags say what its reader has done with it.
	Flags Flags
	// Size is how many bytes it has.
	Size int64
	// Name is the unique part of its file's name; it stays when flags change.
	Name string
	// New tells that no mail program has been told of it: its file lies in new.
	New bool

	received int64 // nanoseconds since 1970
	lines    int64 // size as lines; 0: not measured
}

// Received gives when the letter came: the time of its file.
func (l Letter) Received() time.Time { return time.Unix(0, l.received) }

// Flags are marks on a letter: six that a Maildir has letters for, and up to
// 26 keywords of a folder's own, which Folder.Keyword gives out.
type Flags uint32

// The flags that every Maildir knows.
const (
	Draft   Flags = 1 << iota // D
	Flagged                   // F
	Passed                    // P: forwarded to somebody
	Replied                   // R
	Seen                      // S
	Deleted                   // T: to be removed by the next expunge
	firstKeyword
)

// maxKeywords is how many keywords the small letters of a file name can stand
// for.
const maxKeywords = 26

// standardLetters are the flags' letters, lowest bit first; in file names they
// stand in this order.
const standardLetters = "DFPRST"

// Has tells whether all of the flags are set.
func (f Flags) Has(other Flags) bool { return f&other == other }

// KeywordFlag gives the flag of the keyword with a number among the folder's.
func KeywordFlag(n int) Flags { return firstKeyword << n }

// Keywords gives those of the folder's keywords that are set.
func (f Flags) Keywords(names []string) []string {
	var set []string
	for i, name := range names {
		if f.Has(KeywordFlag(i)) {
			set = append(set, name)
		}
	}
	return set
}

// parseFlags reads the part of a file name behind the unique name. Letters
// that have no meaning here come back as rest.
func parseFlags(info string) (f Flags, rest string) {
	letters, ok := strings.CutPrefix(info, infoSeparator()+"2,")
	if !ok {
		return 0, ""
	}
	for i := range len(letters) {
		c := letters[i]
		n := strings.IndexByte(standardLetters, c)
		switch {
		case n >= 0:
			f |= Draft << n
		case c >= 'a' && c <= 'z':
			f |= KeywordFlag(int(c - 'a'))
		default:
			rest += string(rune(c))
		}
	}
	return f, rest
}

// fileName gives the name of a letter's file in cur.
func fileName(name string, f Flags, rest string) string {
	b := make([]byte, 0, len(name)+len(rest)+16)
	b = append(b, name...)
	b = append(b, infoSeparator()...)
	b = append(b, "2,"...)
	for i := range len(standardLetters) {
		if f.Has(Draft << i) {
			b = append(b, standardLetters[i])
		}
	}
	b = append(b, rest...)
	for i := range maxKeywords {
		if f.Has(KeywordFlag(i)) {
			b = append(b, byte('a'+i))
		}
	}
	return string(b)
}
