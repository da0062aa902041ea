package note

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// The slots of a phrase, by what may stand in them.
const (
	slotText   = "{}"       // anything; it is kept as it is
	slotNumber = "{n}"      // a number; each language writes its thousands in its own way
	slotPhrase = "{phrase}" // another phrase, or a term that is kept
)

// slotForms are what each kind of slot takes of an English sentence.
var slotForms = map[string]string{slotText: "(.*)", slotNumber: "([0-9][0-9,]*)", slotPhrase: "(.+)"}

// slotInPattern finds the slots of a phrase.
var slotInPattern = regexp.MustCompile(`\{[a-z]*\}`)

// phrases are the sentences of decoders in Indonesian.
type phrases struct {
	whole map[string]string // those without slots
	open  []phrase          // those with slots; the first that fits counts
}

// phrase is a sentence with slots.
type phrase struct {
	english *regexp.Regexp
	slots   []string
	words   []string // of the Indonesian: before, between and behind the slots
}

// Phrase gives a sentence that a decoder says, such as a field's error, in
// the language. Decoders speak English; where no phrase fits the sentence
// stays as it is.
func (c *Catalogue) Phrase(english string, lang Lang) string {
	if lang == EN || english == "" {
		return english
	}
	all, _ := c.phrases() // Check gives the error
	return all.say(english)
}

func (p phrases) say(english string) string {
	if said, ok := p.whole[english]; ok {
		return said
	}
	for i := range p.open {
		if parts := p.open[i].english.FindStringSubmatch(english); parts != nil {
			return p.open[i].fill(parts[1:], p)
		}
	}
	return english
}

// fill gives the Indonesian with what stood in the slots.
func (f *phrase) fill(parts []string, all phrases) string {
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(f.words[i])
		switch f.slots[i] {
		case slotNumber:
			part = strings.ReplaceAll(part, ",", ".")
		case slotPhrase:
			if said, ok := all.whole[part]; ok {
				part = said
			}
		}
		b.WriteString(part)
	}
	b.WriteString(f.words[len(parts)])
	return b.String()
}

// readPhrases reads the file phrases.txt of each folder that has one.
func readPhrases(folders []fs.FS) (phrases, error) {
	all := phrases{whole: map[string]string{}}
	seen := map[string]bool{}
	for _, folder := range folders {
		text, err := fs.ReadFile(folder, "phrases.txt")
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return all, fmt.Errorf("read phrases: %w", err)
		}
		for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
			line := strings.TrimSpace(lines.Text())
			if line == "" || line[0] == '#' {
				continue
			}
			english, said, ok := strings.Cut(line, " = ")
			english, said = strings.TrimSpace(english), strings.TrimSpace(said)
			if !ok || english == "" || said == "" {
				return all, fmt.Errorf("read phrases.txt: %q is not \"english = kalimat\"", line)
			}
			if seen[english] {
				return all, fmt.Errorf("read phrases.txt: %q stands twice", english)
			}
			seen[english] = true
			if err := all.add(english, said); err != nil {
				return all, fmt.Errorf("read phrases.txt: %q: %w", english, err)
			}
		}
	}
	return all, nil
}

func (p *phrases) add(english, said string) error {
	slots := slotInPattern.FindAllString(english, -1)
	if others := slotInPattern.FindAllString(said, -1); strings.Join(slots, " ") != strings.Join(others, " ") {
		return errors.New("both languages need the same slots in the same order")
	}
	if len(slots) == 0 {
		p.whole[english] = said
		return nil
	}
	var pattern strings.Builder
	pattern.WriteString("(?s)^")
	for i, text := range slotInPattern.Split(english, -1) {
		pattern.WriteString(regexp.QuoteMeta(text))
		if i == len(slots) {
			break
		}
		form, ok := slotForms[slots[i]]
		if !ok {
			return fmt.Errorf("%s is no slot: there are %s, %s and %s", slots[i], slotText, slotNumber, slotPhrase)
		}
		pattern.WriteString(form)
	}
	pattern.WriteString("$")
	compiled, err := regexp.Compile(pattern.String())
	if err != nil {
		return err
	}
	p.open = append(p.open, phrase{compiled, slots, slotInPattern.Split(said, -1)})
	return nil
}
