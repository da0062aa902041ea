package lessons

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"surel/protocols/note"
)

// TermsIn gives the terms whose name or another form stands in a text as whole
// words, in the order in which they first do. A form in capitals, such as "MOVE",
// is found in capitals only. Of forms that begin at the same place the longest
// counts.
func TermsIn(text string, lang note.Lang) []Term {
	words := wordsOf(text)
	index := termIndex(lang)
	var found []Term
	for i := 0; i < len(words); {
		f, ok := index.at(words[i:])
		if !ok {
			i++
			continue
		}
		if !slices.ContainsFunc(found, func(t Term) bool { return t.Key == f.term.Key }) {
			found = append(found, f.term)
		}
		i += len(f.words)
	}
	return found
}

// wordsOf gives the words of a text: runs of letters, digits and what may stand
// between them in a term, as in "null MX", "TLS 1.3", "STARTTLS" or "reply-code".
func wordsOf(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-/.", r)
	})
	for i, w := range words {
		words[i] = strings.Trim(w, "-/.")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// form of a term, word by word.
type termForm struct {
	term  Term
	words []string
}

// stands tells whether words begin with the form.
func (f termForm) stands(words []string) bool {
	if len(words) < len(f.words) {
		return false
	}
	for i, w := range f.words {
		if w != words[i] && (w == strings.ToUpper(w) || !strings.EqualFold(w, words[i])) {
			return false
		}
	}
	return true
}

// forms are those that begin with a word in lower case, the longest first.
type forms map[string][]termForm

func (all forms) at(words []string) (termForm, bool) {
	list := all[strings.ToLower(words[0])]
	i := slices.IndexFunc(list, func(f termForm) bool { return f.stands(words) })
	if i < 0 {
		return termForm{}, false
	}
	return list[i], true
}

func termIndex(lang note.Lang) forms {
	if lang == note.EN {
		return indexEN()
	}
	return indexID()
}

var (
	indexID = sync.OnceValue(func() forms { return indexOf(Glossary(), note.ID) })
	indexEN = sync.OnceValue(func() forms { return indexOf(Glossary(), note.EN) })
)

func indexOf(terms []Term, lang note.Lang) forms {
	all := forms{}
	for _, t := range terms {
		for _, name := range append([]string{t.Name.In(lang)}, t.Also.In(lang)...) {
			if words := wordsOf(name); len(words) > 0 {
				first := strings.ToLower(words[0])
				all[first] = append(all[first], termForm{t, words})
			}
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b termForm) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return all
}
