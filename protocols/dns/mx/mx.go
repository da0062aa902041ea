// Package mx finds where a letter must go: the servers of a domain in the order
// in which a sender tries them (RFC 5321 §5.1, RFC 7505 §3). It is pure. A
// Lookup says what to ask the DNS, is told the answers, and gives the list with
// the reason for each step:
//
//	l := mx.New("sekolah.test", mx.Options{})
//	for q, ok := l.Ask(); ok; q, ok = l.Ask() {
//		l.Tell(resolve(q))
//	}
//	l.Result()
package mx

import (
	"embed"
	"io/fs"
	"net/netip"

	"surel/protocols/note"
)

//go:embed notes
var notes embed.FS

// Notes gives the folder of notes on the steps of a Lookup. Their keys begin
// with "mx".
func Notes() fs.FS { return note.Folder(notes) }

// Type is the type of the records that are asked for.
type Type string

// The types that the search needs.
const (
	MX   Type = "MX"
	A    Type = "A"
	AAAA Type = "AAAA"
)

// Question is what the DNS is to be asked.
type Question struct {
	Name string
	Type Type
}

// Status tells what became of a question.
type Status uint8

// The kinds of answer that differ for a sender.
const (
	// Found is an answer with records, or without any where the name has none
	// of this type (NODATA, RFC 2308 §2.2).
	Found Status = iota
	// NoName says that the name does not exist (NXDOMAIN, RFC 2308 §2.1).
	NoName
	// Failed is no answer that can be used now: silence, SERVFAIL, or one that
	// does not pass validation.
	Failed
)

// Answer is what the DNS says.
type Answer struct {
	Status Status
	// Aliases are the names to which CNAME records led, in order. The records
	// are those of the last.
	Aliases []string
	// Exchanges answer a question for MX.
	Exchanges []Exchange
	// Addrs answer a question for A or AAAA.
	Addrs []netip.Addr
}

// Exchange is an MX record: the lower its preference, the earlier its host is
// tried (RFC 1035 §3.3.9).
type Exchange struct {
	Preference uint16
	Host       string
}

// Outcome tells what a sender does with its letter.
type Outcome uint8

// The outcomes.
const (
	// Deliver it to the first target that answers.
	Deliver Outcome = iota
	// Refuse it for good: no later attempt can help.
	Refuse
	// Retry it later.
	Retry
)

// Target is an address to try.
type Target struct {
	Host       string
	Addr       netip.Addr
	Preference uint16
}

// Result is the end of a search.
type Result struct {
	Outcome Outcome
	// Targets stand in the order in which they are tried; none unless the
	// outcome is Deliver.
	Targets []Target
	// Why says why there is no target, as a step does.
	Why Step
	// Status is the enhanced status code that says the same (RFC 3463 §3),
	// such as "5.1.10" (RFC 7505 §4.2); empty where the outcome is Deliver.
	Status string
}

// Step is one thing that was found or decided.
type Step struct {
	// Note is the key of its note, such as "mx/null".
	Note string
	// Text says it in English; the phrases of the notes have it in the other
	// language.
	Text string
}

// Options are what a search depends on beside the DNS.
type Options struct {
	// Self are the names of the host that sends. Where one of them is among the
	// exchanges, only better ones are tried.
	Self []string
	// Shuffle mixes n exchanges of equal preference by swapping, as
	// math/rand/v2.Shuffle does; nil leaves them as the DNS gave them.
	Shuffle func(n int, swap func(i, j int))
}
