package lessons

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"surel/protocols/note"
)

// Term is an entry of the glossary.
type Term struct {
	// Key names it in the files, such as "reverse-path".
	Key string
	// Name is the term itself.
	Name Text
	// Also are other forms of it that texts use, by language.
	Also Forms
	// Text says what it means.
	Text Text
	// See are the keys of terms that are near.
	See []string
	// Refs are the standards' sections, such as "RFC 5321 §2.3.1".
	Refs []string
}

// Forms are forms of a term in every language of the program.
type Forms struct{ ID, EN []string }

// In gives the forms in a language.
func (f Forms) In(lang note.Lang) []string {
	if lang == note.EN {
		return f.EN
	}
	return f.ID
}

// Glossary gives all terms in the order of their keys. The result must not be
// changed.
func Glossary() []Term { return glossary() }

// FindTerm gives the term with the key.
func FindTerm(key string) (Term, bool) {
	i, ok := slices.BinarySearchFunc(Glossary(), key, func(t Term, key string) int { return strings.Compare(t.Key, key) })
	if !ok {
		return Term{}, false
	}
	return Glossary()[i], true
}

var glossary = sync.OnceValue(func() []Term {
	all, err := readGlossary(content)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return all
})

// readGlossary reads all files of terms.
func readGlossary(files fs.FS) ([]Term, error) {
	names, err := fs.Glob(files, "content/glossary/*.terms")
	if err != nil {
		return nil, fmt.Errorf("read glossary: %w", err)
	}
	var all []Term
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read glossary: %w", err)
		}
		terms, err := ParseTerms(path.Base(name), text)
		if err != nil {
			return nil, err
		}
		all = append(all, terms...)
	}
	slices.SortFunc(all, func(a, b Term) int { return strings.Compare(a.Key, b.Key) })
	return all, nil
}

// ParseTerms reads a file of terms. Its errors begin with the file and the line,
// and say what to write instead.
func ParseTerms(file string, text []byte) ([]Term, error) {
	p := termParser{}
	lines := form{texts: p.texts}
	if err := readLines(file, text, lines.read); err != nil {
		return nil, err
	}
	all := make([]Term, len(p.entries))
	for i, e := range p.entries {
		t, err := e.term()
		if err != nil {
			return nil, fmt.Errorf("%s: term %s: %w", file, e.t.Key, err)
		}
		all[i] = t
	}
	return all, nil
}

// termParser reads the entries of a file.
type termParser struct{ entries []*entry }

// entry is a term while it is read.
type entry struct {
	t                               Term
	begin, alsoID, alsoEN, see, ref string
}

// texts says where the text of a line "HEAD: TEXT" goes; nil for no line of a
// term. A line "term KEY:" begins the next term.
func (p *termParser) texts(head string) *string {
	if key, ok := strings.CutPrefix(head, "term "); ok {
		p.entries = append(p.entries, &entry{t: Term{Key: key}})
		return &p.entries[len(p.entries)-1].begin
	}
	if len(p.entries) == 0 {
		return nil
	}
	e := p.entries[len(p.entries)-1]
	return map[string]*string{
		"name id": &e.t.Name.ID, "name en": &e.t.Name.EN,
		"also id": &e.alsoID, "also en": &e.alsoEN,
		"text id": &e.t.Text.ID, "text en": &e.t.Text.EN,
		"see": &e.see, "ref": &e.ref,
	}[head]
}

// term gives the term once all its lines are read.
func (e *entry) term() (Term, error) {
	t := e.t
	if e.begin != "" {
		return Term{}, fmt.Errorf("nothing stands behind the colon of its first line; remove %q", e.begin)
	}
	for head, text := range map[string]string{
		"name id": t.Name.ID, "name en": t.Name.EN, "text id": t.Text.ID, "text en": t.Text.EN,
	} {
		if text == "" {
			return Term{}, fmt.Errorf("a line %q is missing", head+":")
		}
	}
	t.Also = Forms{ID: list(e.alsoID), EN: list(e.alsoEN)}
	t.See, t.Refs = list(e.see), list(e.ref)
	return t, nil
}
