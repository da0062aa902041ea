// Package note loads the explanations that stand as data beside what they
// explain: one file of notes for each language, and one file that gives the
// sections of the standards for both. Start with Load and Catalogue.Lookup.
//
// A file of notes, such as notes/id.md, holds one note after another:
//
//	## command/MAIL | MAIL FROM: siapa pengirimnya
//	Membuka satu pengiriman …
//
// The line that begins with "## " gives the key and, after a bar, the title;
// the text follows up to the next such line. Paragraphs are separated by an
// empty line; other line breaks mean nothing. Keys are paths, from the general
// to the particular; a look-up of a key that has no note of its own finds the
// note of the longest path that leads to it.
//
// The file notes/refs.txt holds a line for each key that has references:
//
//	command/MAIL  RFC 5321 §4.1.1.2, RFC 5321 §3.3
//
// The file notes/phrases.txt, which a folder may lack, holds the sentences
// that the decoder itself says, such as a field's error, in English and then
// in Indonesian. Braces stand for what varies: {} is kept as it is, {n} is a
// number, {phrase} is itself a phrase of the file where it has it. Of several
// that fit the first counts:
//
//	the server takes {n} bytes at most = server menerima paling banyak {n} bita
package note

import (
	"bufio"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Lang is a language of the program.
type Lang string

// The languages.
const (
	ID Lang = "id"
	EN Lang = "en"
)

// Langs are all languages, the program's own first.
var Langs = []Lang{ID, EN}

// Note explains one thing in one language.
type Note struct {
	Key string
	// Title names the thing in a few words.
	Title string
	// Text is two to five sentences, the first of which stands alone.
	// Paragraphs are separated by an empty line.
	Text string
	// Refs are the sections of the standards, such as "RFC 5321 §4.1.1.2".
	Refs []string
}

// Catalogue holds the notes of one protocol, in all languages. It reads its
// files when it is first asked. It is safe for concurrent use.
type Catalogue struct {
	read    func() (map[Lang]map[string]Note, error)
	phrases func() (phrases, error)
}

// Load makes a catalogue of the files id.md, en.md, refs.txt and phrases.txt
// in each of the given folders; in a later folder, a key or a phrase of an
// earlier one is an error.
func Load(folders ...fs.FS) *Catalogue {
	return &Catalogue{
		read:    sync.OnceValues(func() (map[Lang]map[string]Note, error) { return readAll(folders) }),
		phrases: sync.OnceValues(func() (phrases, error) { return readPhrases(folders) }),
	}
}

// Lookup finds the note for a key: its own, or that of the longest path that
// leads to it ("reply/250" for "reply/250/MAIL"). It is false where there is
// none at all.
func (c *Catalogue) Lookup(key string, lang Lang) (Note, bool) {
	notes, _ := c.read()
	for key != "" {
		if n, ok := notes[lang][key]; ok {
			return n, true
		}
		i := strings.LastIndexByte(key, '/')
		if i < 0 {
			break
		}
		key = key[:i]
	}
	return Note{}, false
}

// Has tells whether the key has a note of its own in every language.
func (c *Catalogue) Has(key string) bool {
	notes, _ := c.read()
	for _, lang := range Langs {
		if _, ok := notes[lang][key]; !ok {
			return false
		}
	}
	return true
}

// Keys gives the keys that have a note of their own in the language, sorted.
func (c *Catalogue) Keys(lang Lang) []string {
	notes, _ := c.read()
	return slices.Sorted(maps.Keys(notes[lang]))
}

// Check tells whether the files can be read and say the same in every
// language: the same keys, each with a title and a text, and references to
// keys that exist. It also tells whether the phrases can be read.
func (c *Catalogue) Check() error {
	notes, err := c.read()
	if err != nil {
		return err
	}
	if _, err := c.phrases(); err != nil {
		return err
	}
	for _, lang := range Langs {
		for _, other := range Langs {
			for key, n := range notes[other] {
				switch {
				case n.Title == "" || n.Text == "":
					return fmt.Errorf("notes %s: %s: a note needs a title and a text", other, key)
				case !hasKey(notes[lang], key):
					return fmt.Errorf("notes %s: %s is missing (%s has it)", lang, key, other)
				}
			}
		}
	}
	return nil
}

func hasKey(m map[string]Note, key string) bool { _, ok := m[key]; return ok }

func readAll(folders []fs.FS) (map[Lang]map[string]Note, error) {
	all := map[Lang]map[string]Note{}
	for _, lang := range Langs {
		all[lang] = map[string]Note{}
	}
	for _, folder := range folders {
		refs, err := readRefs(folder)
		if err != nil {
			return all, err
		}
		for _, lang := range Langs {
			if err := readNotes(folder, string(lang)+".md", refs, all[lang]); err != nil {
				return all, err
			}
			for key := range refs {
				if !hasKey(all[lang], key) {
					return all, fmt.Errorf("notes refs.txt: %s has no note in %s", key, lang)
				}
			}
		}
	}
	return all, nil
}

func readNotes(folder fs.FS, name string, refs map[string][]string, into map[string]Note) error {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("read notes: %w", err)
	}
	parts := strings.Split("\n"+string(text), "\n## ")
	for _, part := range parts[1:] { // what stands before the first note is a comment
		head, body, _ := strings.Cut(part, "\n")
		key, title, ok := strings.Cut(head, "|")
		key = strings.TrimSpace(key)
		if !ok || key == "" {
			return fmt.Errorf("read notes %s: %q is not \"key | title\"", name, head)
		}
		if hasKey(into, key) {
			return fmt.Errorf("read notes %s: %s stands twice", name, key)
		}
		into[key] = Note{Key: key, Title: strings.TrimSpace(title), Text: unwrap(body), Refs: refs[key]}
	}
	return nil
}

// stressed finds a word between asterisks.
var stressed = regexp.MustCompile(`\*(\pL[^*` + "`" + `]*)\*`)

// withoutStress takes the asterisks away that mark a foreign word: a terminal
// shows it as it is. Between backticks an asterisk stands for itself.
func withoutStress(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = stressed.ReplaceAllString(parts[i], "$1")
	}
	return strings.Join(parts, "`")
}

// unwrap joins the lines of each paragraph.
func unwrap(body string) string {
	var out []string
	for para := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		if words := strings.Fields(para); len(words) > 0 {
			out = append(out, withoutStress(strings.Join(words, " ")))
		}
	}
	return strings.Join(out, "\n\n")
}

func readRefs(folder fs.FS) (map[string][]string, error) {
	f, err := folder.Open("refs.txt")
	if err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	defer func() { _ = f.Close() }()
	refs := map[string][]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		key, list, _ := strings.Cut(line, " ")
		if _, twice := refs[key]; twice {
			return nil, fmt.Errorf("read notes refs.txt: %s stands twice", key)
		}
		for ref := range strings.SplitSeq(list, ",") {
			if ref = strings.TrimSpace(ref); ref != "" {
				refs[key] = append(refs[key], ref)
			}
		}
	}
	return refs, nil
}
