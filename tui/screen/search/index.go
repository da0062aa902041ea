package search

import (
	"cmp"
	"slices"
	"strings"

	"surel/tui/ui"
)

// maxFound is how many entries are found at most.
const maxFound = 200

// Entry is something that can be found.
type Entry struct {
	// Kind is the label of what it is, such as "search.note".
	Kind string
	// Title names it, Text says what it means; Refs are the standards' sections.
	Title, Text string
	Refs        []string
	// Open makes the screen that shows it; nil where its words are all there is.
	Open func() ui.Screen
}

// Index finds entries. It is made once, because many are searched at every key.
type Index struct{ entries []indexed }

// indexed is an entry with its words as they are compared.
type indexed struct {
	Entry
	title, text, refs string
}

// NewIndex makes an index of the entries.
func NewIndex(entries []Entry) *Index {
	x := &Index{entries: make([]indexed, len(entries))}
	for i, e := range entries {
		x.entries[i] = indexed{
			Entry: e, title: strings.ToLower(e.Title), text: strings.ToLower(e.Text), refs: strings.ToLower(strings.Join(e.Refs, " ")),
		}
	}
	return x
}

// Len gives the number of entries.
func (x *Index) Len() int { return len(x.entries) }

// Find gives the entries that hold every word of a text, those that have them in
// their title first; none for no word.
func (x *Index) Find(text string) []Entry {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return nil
	}
	type match struct{ rank, at int }
	var all []match
	for i := range x.entries {
		if rank, ok := x.entries[i].rank(words); ok {
			all = append(all, match{rank, i})
		}
	}
	slices.SortStableFunc(all, func(a, b match) int { return cmp.Compare(a.rank, b.rank) })
	found := make([]Entry, min(len(all), maxFound))
	for i := range found {
		found[i] = x.entries[all[i].at].Entry
	}
	return found
}

// rank tells how well an entry fits, 0 the best, and whether it has all words.
func (e *indexed) rank(words []string) (int, bool) {
	sum := 0
	for _, w := range words {
		switch {
		case e.title == w:
		case strings.HasPrefix(e.title, w):
			sum++
		case strings.Contains(e.title, w):
			sum += 2
		case strings.Contains(e.refs, w):
			sum += 3
		case strings.Contains(e.text, w):
			sum += 4
		default:
			return 0, false
		}
	}
	return sum, true
}
