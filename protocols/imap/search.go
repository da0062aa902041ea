package imap

import (
	"strings"

	"surel/protocols/line"
)

// search reads the arguments of SEARCH: what to return, the charset of the
// text that is sought, and the keys, all of which must match
// (RFC 9051 §6.4.4).
func (p *parser) search() {
	if p.word(isAtom) == "RETURN" {
		p.Add("RETURN", "argument/search-return", len("RETURN"))
		if p.need("the options") {
			p.paren("result options", "argument/search-return", p.searchReturn)
		}
		if !p.need("a search key") {
			return
		}
	}
	if p.word(isAtom) == "CHARSET" {
		p.Add("CHARSET", "argument/charset", len("CHARSET"))
		if p.need("the charset") {
			p.charset()
		}
		if !p.need("a search key") {
			return
		}
	}
	p.searchKeys()
}

func (p *parser) charset() { p.astring("charset", "argument/charset") }

// searchReturn reads a result option, such as COUNT; PARTIAL has a range.
func (p *parser) searchReturn() {
	f := p.atom("option", "argument/search-return")
	if f.Value = strings.ToUpper(f.Value); f.Value == "PARTIAL" && p.need("a range") {
		p.value()
	}
}

// searchKeys reads keys with spaces between them.
func (p *parser) searchKeys() {
	for p.searchKey(); p.sp(); {
		p.searchKey()
	}
}

// searchKey reads one key with what belongs to it: a test of its own, a
// sequence set, or keys in parentheses.
func (p *parser) searchKey() {
	if p.Err() != nil {
		return
	}
	if p.Has("(") {
		p.paren("search keys", "search/all-of", p.searchKey)
		return
	}
	word := p.word(isAtom)
	key, ok := searchKeys[word]
	if !ok {
		if rest := p.Rest(); rest != "" && (isSet(rest[0]) || rest[0] == '$') {
			p.Open("search key", "search/sequence-set")
			p.sequenceSet(setOfMessages, "argument/sequence-set")
			p.Close()
			return
		}
		p.badKey(word)
		return
	}
	if p.depth == maxDepth {
		p.wrong("mistake/too-deep", "too many search keys stand in each other")
		return
	}
	p.depth++
	p.Open("search key", key.note)
	p.Add("key", key.note, len(word)).Value = word
	p.forms(key.forms)
	if f := p.Close(); strings.Contains(f.Value, "\n") {
		f.Value = word // what a literal says stands in its own field
	}
	p.depth--
}

func (p *parser) badKey(word string) {
	if word == "" {
		p.bad("a search key")
		return
	}
	p.wrong("mistake/bad-search-key", "no standard defines this search key")
}

// searchModseq reads a mod-sequence, before which the name of an attribute may
// stand (RFC 7162 §3.1.5).
func (p *parser) searchModseq() {
	if p.Has(`"`) {
		p.quoted("attribute", "argument/modseq-entry")
		if p.need("whose attribute") {
			p.atom("type", "argument/modseq-entry")
		}
		if !p.need("a mod-sequence") {
			return
		}
	}
	p.form("mod-sequence")
}

// sort reads the arguments of SORT (RFC 5256 §3).
func (p *parser) sort() {
	p.returnOptions()
	p.paren("criteria", "argument/sort-criteria", func() {
		f := p.atom("criterion", "argument/sort-criterion")
		f.Value = strings.ToUpper(f.Value)
		switch f.Value {
		case "REVERSE":
			f.Note = "argument/sort-reverse"
		case "ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "DISPLAYFROM", "DISPLAYTO", "RELEVANCY", "":
		default:
			p.flag(f, "mistake/bad-argument", "no standard defines this criterion", false)
		}
	})
	p.charsetAndKeys()
}

// thread reads the arguments of THREAD (RFC 5256 §3).
func (p *parser) thread() {
	f := p.atom("algorithm", "argument/thread-algorithm")
	f.Value = strings.ToUpper(f.Value)
	p.charsetAndKeys()
}

func (p *parser) charsetAndKeys() {
	if p.need("the charset") {
		p.charset()
	}
	if p.need("a search key") {
		p.searchKeys()
	}
}

func (p *parser) returnOptions() {
	if p.word(isAtom) != "RETURN" {
		return
	}
	p.Add("RETURN", "argument/search-return", len("RETURN"))
	if p.need("the options") {
		p.paren("result options", "argument/search-return", p.searchReturn)
	}
	p.need("the criteria")
}

// searchData reads the numbers of what was found, and behind them the largest
// mod-sequence (RFC 3501 §7.2.5, RFC 7162 §3.1.5).
func (p *parser) searchData() {
	for p.More() {
		if p.Has("(") {
			p.paren("MODSEQ", "field/search-modseq", p.value)
		} else {
			p.number("number", "field/found")
		}
		if !p.sp() {
			return
		}
	}
}

// esearchData reads the tag of the command, and pairs of what was asked for
// and its value (RFC 9051 §7.3.4).
func (p *parser) esearchData() {
	if p.Has("(") {
		p.paren("correlator", "field/correlator", func() {
			p.atom("TAG", "field/correlator")
			if p.need("the tag") {
				p.string("tag", "field/tag")
			}
		})
		p.sp()
	}
	if p.word(isAtom) == "UID" {
		p.Add("UID", "field/esearch-uid", len("UID"))
		p.sp()
	}
	for p.More() {
		p.Open("result", "field/esearch-result")
		f := p.atom("name", "field/esearch-result")
		name := strings.ToUpper(f.Value)
		if p.need("its value") {
			p.esearchValue(name)
		}
		p.Close()
		if !p.sp() {
			return
		}
	}
}

func (p *parser) esearchValue(name string) {
	switch name {
	case "ALL":
		p.sequenceSet("found", "field/found")
	case "MIN", "MAX", "COUNT":
		p.number("number", "field/esearch/"+name)
	case "MODSEQ":
		p.form("mod-sequence")
	default:
		p.value()
	}
}

// threadData reads threads as nested lists of message numbers
// (RFC 5256 §4).
func (p *parser) threadData() {
	for p.Has("(") {
		p.threadList()
		p.sp()
	}
}

func (p *parser) threadList() {
	if !p.open("thread", "field/thread") {
		return
	}
	for p.More() && !p.Has(")") {
		switch {
		case p.Has("("):
			p.threadList()
		case line.IsDigit(p.Rest()[0]):
			p.number("number", "field/found")
		default:
			p.bad("a message number")
		}
		p.sp()
	}
	p.close()
}
