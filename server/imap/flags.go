package imap

import (
	"strings"

	goimap "github.com/emersion/go-imap/v2"

	"surel/server/mailbox"
)

// recent marks letters that this session is the first to be told of. It is no
// longer part of IMAP4rev2 (RFC 3501 §2.3.2, RFC 9051 Appendix E).
const recent goimap.Flag = `\Recent`

// standard pairs the flags of a Maildir with those of IMAP (RFC 9051 §2.3.2).
func standard() []struct {
	flag mailbox.Flags
	name goimap.Flag
} {
	return []struct {
		flag mailbox.Flags
		name goimap.Flag
	}{
		{mailbox.Replied, goimap.FlagAnswered},
		{mailbox.Flagged, goimap.FlagFlagged},
		{mailbox.Deleted, goimap.FlagDeleted},
		{mailbox.Seen, goimap.FlagSeen},
		{mailbox.Draft, goimap.FlagDraft},
		{mailbox.Passed, goimap.FlagForwarded},
	}
}

// names gives flags as IMAP names them.
func names(f mailbox.Flags, keywords []string) []goimap.Flag {
	list := []goimap.Flag{}
	for _, s := range standard() {
		if f.Has(s.flag) {
			list = append(list, s.name)
		}
	}
	for _, k := range f.Keywords(keywords) {
		list = append(list, goimap.Flag(k))
	}
	return list
}

// FlagNames gives the flags of a letter as IMAP names them, such as `\Seen`, with a
// space between two of them.
func FlagNames(f mailbox.Flags, keywords []string) string {
	var all []string
	for _, name := range names(f, keywords) {
		all = append(all, string(name))
	}
	return strings.Join(all, " ")
}

// allNames gives every flag that letters of a folder may have.
func allNames(keywords []string) []goimap.Flag {
	list := make([]goimap.Flag, 0, 8)
	for _, s := range standard() {
		list = append(list, s.name)
	}
	for _, k := range keywords {
		list = append(list, goimap.Flag(k))
	}
	return list
}

// bits gives the flags of a Maildir for those that a client names; keywords
// that the folder does not know yet are made. \Recent and unknown system flags
// cannot be set.
func bits(f *mailbox.Folder, list []goimap.Flag) (mailbox.Flags, error) {
	var set mailbox.Flags
next:
	for _, name := range list {
		for _, s := range standard() {
			if strings.EqualFold(string(s.name), string(name)) {
				set |= s.flag
				continue next
			}
		}
		if strings.HasPrefix(string(name), `\`) {
			return 0, no(goimap.ResponseCodeCannot, "This flag cannot be set")
		}
		k, err := f.Keyword(string(name))
		if err != nil {
			return 0, refuse(err, goimap.ResponseCodeNonExistent)
		}
		set |= k
	}
	return set, nil
}
