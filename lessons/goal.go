package lessons

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	mdns "github.com/miekg/dns"

	"surel/protocols"
)

// CheckKind is the kind of a check.
type CheckKind uint8

// The kinds of checks.
const (
	CheckGains    CheckKind = iota + 1 // so many letters have come
	CheckHolds                         // so many letters are in a folder
	CheckHas                           // a letter that has come holds the text
	CheckFlag                          // a letter has the flag
	CheckNoFlag                        // a letter has not the flag
	CheckSaid                          // a client has said something, and the server answered so
	CheckUnsaid                        // no client has said it in the clear
	CheckCached                        // the resolver holds an answer
	CheckUncached                      // the resolver holds none
)

// Check is one thing that must be true of the lab.
type Check struct {
	Kind CheckKind
	// Aim says in words what must be true; empty where the screen's own words will do.
	Aim Text
	// Address is the mailbox's; Folder the one in it; Count how many letters it is
	// about.
	Address, Folder string
	Count           int
	// Protocol is the ID of what is spoken. Said is what a client says in
	// capitals or not, and Answer what the server answers; "*" stands for any text in
	// them. Has is a text of the letter that it is about, Flag a flag of it as IMAP
	// names it (RFC 9051 §2.3.2). Type and Name are what an answer is about.
	Protocol, Said, Answer, Has, Flag, Type, Name string
}

var errCheck = errors.New(`write one of: mailbox ADDRESS gains N; mailbox ADDRESS holds N; folder ADDRESS NAME holds N; ` +
	`letter ADDRESS "TEXT"; flag ADDRESS FLAG "TEXT"; no flag ADDRESS FLAG "TEXT"; ` +
	`said PROTOCOL "TEXT" answered "TEXT"; unsaid PROTOCOL "TEXT"; resolver holds TYPE NAME; resolver lacks TYPE NAME`)

// parseCheck reads what stands behind "check:".
func parseCheck(text string) (Check, error) {
	words := strings.Fields(text)
	if len(words) < 3 {
		return Check{}, errCheck
	}
	switch words[0] {
	case "mailbox":
		return parseCount(words[1], inbox, words[2:])
	case "folder":
		return parseCount(words[1], words[2], words[3:])
	case "letter":
		_, rest, _ := strings.Cut(text, words[1])
		has, err := quoted(rest)
		return Check{Kind: CheckHas, Address: words[1], Has: has}, err
	case "flag":
		return parseFlag(CheckFlag, text, words[1:])
	case "no":
		if words[1] == "flag" {
			return parseFlag(CheckNoFlag, text, words[2:])
		}
	case "said", "unsaid":
		if _, known := protocols.ByID(words[1]); !known {
			return Check{}, fmt.Errorf("there is no protocol %q; write smtp, pop3, imap, dns or tls", words[1])
		}
		if words[0] == "said" {
			return parseSaid(words[1], text)
		}
		_, rest, _ := strings.Cut(text, words[1])
		said, err := quoted(rest)
		return Check{Kind: CheckUnsaid, Protocol: words[1], Said: said}, err
	case "resolver":
		kind, ok := map[string]CheckKind{"holds": CheckCached, "lacks": CheckUncached}[words[1]]
		if ok && len(words) == 4 {
			if _, known := mdns.StringToType[words[2]]; !known {
				return Check{}, fmt.Errorf("there is no type of record %q; write one such as MX or AAAA", words[2])
			}
			return Check{Kind: kind, Type: words[2], Name: words[3]}, nil
		}
	}
	return Check{}, errCheck
}

// parseCount reads "gains N" or "holds N".
func parseCount(address, folder string, words []string) (Check, error) {
	if len(words) != 2 {
		return Check{}, errCheck
	}
	kind, ok := map[string]CheckKind{"gains": CheckGains, "holds": CheckHolds}[words[0]]
	n, err := strconv.Atoi(words[1])
	if !ok || err != nil || kind == CheckGains && folder != inbox {
		return Check{}, errCheck
	}
	if n < 0 {
		return Check{}, fmt.Errorf("%s %d: there are never fewer letters than none", words[0], n)
	}
	return Check{Kind: kind, Address: address, Folder: folder, Count: n}, nil
}

// parseFlag reads ADDRESS FLAG "TEXT", which are the words, out of the whole text.
func parseFlag(kind CheckKind, text string, words []string) (Check, error) {
	if len(words) < 3 {
		return Check{}, errCheck
	}
	_, rest, _ := strings.Cut(text, words[1])
	has, err := quoted(rest)
	return Check{Kind: kind, Address: words[0], Folder: inbox, Flag: words[1], Has: has}, err
}

// parseSaid reads "said PROTOCOL "TEXT" answered "TEXT"".
func parseSaid(protocol, text string) (Check, error) {
	_, rest, _ := strings.Cut(text, protocol)
	said, answer, ok := strings.Cut(rest, `" answered "`)
	if !ok {
		return Check{}, errCheck
	}
	c := Check{Kind: CheckSaid, Protocol: protocol}
	var err error
	if c.Said, err = quoted(said + `"`); err != nil {
		return Check{}, err
	}
	c.Answer, err = quoted(`"` + answer)
	return c, err
}
