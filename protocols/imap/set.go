package imap

import (
	"strconv"
	"strings"

	"surel/protocols/field"
	"surel/protocols/line"
)

// sequenceSet reads numbers and ranges of numbers (RFC 9051 §4.1.1), by which
// the name says what is meant: message numbers or UIDs. "$" stands for what
// the last SEARCH has saved (RFC 5182 §2.1).
func (p *parser) sequenceSet(name, note string) {
	if p.Has("$") {
		p.Add(name, "argument/saved-result", 1)
		return
	}
	n := 0
	if p.Err() == nil {
		n = line.Prefix(p.Rest(), isSet)
	}
	if n == 0 {
		p.badSet("expected numbers such as 1,3:5 or 2:*")
		return
	}
	text := p.Rest()[:n]
	if name == setOfMessages {
		p.largest = max(p.largest, largestOf(text))
	}
	if !strings.ContainsAny(text, ":,") {
		p.setNumber(p.Add(name, note, n))
		return
	}
	p.Open(name, note)
	for i, item := range strings.Split(text, ",") {
		if i > 0 {
			p.Punct("comma", 1)
		}
		p.setItem(item)
	}
	p.Close()
}

// The names of the two kinds of sets.
const (
	setOfMessages = "sequence-set"
	setOfUIDs     = "uid-set"
)

func (p *parser) badSet(why string) {
	mistake := "mistake/bad-response"
	if p.client {
		mistake = "mistake/bad-sequence-set"
	}
	p.wrong(mistake, why)
}

// setItem reads a number or a range.
func (p *parser) setItem(item string) {
	first, last, isRange := strings.Cut(item, ":")
	if !isRange {
		if item == "" {
			p.badSet("a number is missing")
			return
		}
		p.setNumber(p.Add("number", "argument/number", len(item)))
		return
	}
	p.Open("range", "argument/range")
	for i, end := range []string{first, last} {
		if i > 0 {
			p.Punct("colon", 1)
		}
		if end == "" || strings.IndexByte(end, ':') >= 0 {
			p.badSet("a range is two numbers with a colon between them")
			break
		}
		p.setNumber(p.Add("number", "argument/number", len(end)))
	}
	p.Close()
}

// setNumber checks a number of a set: from 1 to 4294967295, or "*" for the
// largest in use.
func (p *parser) setNumber(f *field.Field) {
	if f.Value == "*" {
		f.Note = "argument/star"
		return
	}
	if n, err := strconv.ParseUint(f.Value, 10, 32); err != nil || n == 0 {
		mistake := "mistake/bad-response"
		if p.client {
			mistake = "mistake/bad-sequence-set"
		}
		p.flag(f, mistake, "expected a number from 1 to 4294967295", true)
	}
}

// largestOf gives the largest number of a set; 0 where there is none.
func largestOf(set string) (largest uint32) {
	for word := range strings.FieldsFuncSeq(set, func(r rune) bool { return r == ',' || r == ':' }) {
		if n, err := strconv.ParseUint(word, 10, 32); err == nil {
			largest = max(largest, uint32(n))
		}
	}
	return largest
}

// sizeOf gives how many numbers a set holds, at most as many as a number can
// say; a range that ends with "*" counts as its first number.
func sizeOf(set string) (size uint64) {
	for item := range strings.SplitSeq(set, ",") {
		first, last, _ := strings.Cut(item, ":")
		from, err := strconv.ParseUint(first, 10, 32)
		if err != nil {
			continue
		}
		to, err := strconv.ParseUint(last, 10, 32)
		if err != nil {
			to = from
		}
		size += max(from, to) - min(from, to) + 1
	}
	return size
}
