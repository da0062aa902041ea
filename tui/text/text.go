// Package text holds the words of the screens that are not notes or lessons:
// titles, hints, key descriptions, errors. They stand in id.txt and en.txt,
// one "key = words" a line. Start with For.
package text

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"surel/protocols/note"
)

//go:embed id.txt en.txt
var files embed.FS

// Labels are the words in one language.
type Labels struct {
	lang  note.Lang
	words map[string]string
}

// For gives the labels in a language; Indonesian where it does not know it.
func For(lang note.Lang) *Labels {
	if lang == note.EN {
		return english()
	}
	return indonesian()
}

var (
	indonesian = sync.OnceValue(func() *Labels { return mustRead(note.ID) })
	english    = sync.OnceValue(func() *Labels { return mustRead(note.EN) })
)

// Lang gives the language of the labels.
func (l *Labels) Lang() note.Lang { return l.lang }

// Get gives the words for a key, with args put in as fmt does. A key without
// words gives itself between marks, and a test keeps that from happening.
func (l *Labels) Get(key string, args ...any) string {
	words, ok := l.words[key]
	switch {
	case !ok:
		return "⟨" + key + "⟩"
	case len(args) == 0:
		return words
	default:
		return fmt.Sprintf(words, args...)
	}
}

// Has tells whether the key has words.
func (l *Labels) Has(key string) bool { _, ok := l.words[key]; return ok }

func mustRead(lang note.Lang) *Labels {
	l, err := read(files, lang)
	if err != nil {
		panic(err) // the files are compiled in and held by a test
	}
	return l
}

func read(files fs.FS, lang note.Lang) (*Labels, error) {
	name := string(lang) + ".txt"
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	l := &Labels{lang: lang, words: map[string]string{}}
	n := 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, words, ok := strings.Cut(line, " = ")
		if _, twice := l.words[key]; !ok || twice {
			return nil, fmt.Errorf("read labels %s:%d: want one \"key = words\" for a key", name, n)
		}
		l.words[key] = words
	}
	return l, nil
}
