package lessons

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// Card holds a sentence of the articles against what practice says.
type Card struct {
	// ID is the name of its file, such as "any-sender".
	ID string
	// Title names it in a few words.
	Title Text
	// Section is the key of the source's section in which the sentence stands.
	Section string
	// Quote is the sentence, word for word; English is our rendering of it.
	Quote, English string
	// Practice says what is so, and Watch what of it the experiment shows.
	Practice, Watch Text
	// Standards are the sections that say so, such as "RFC 5321 §7.1"; none
	// where no standard speaks of it.
	Standards []string
	// Scenario is the ID of the experiment.
	Scenario string
	// Evidence is what proves it there.
	Evidence Evidence
}

// Evidence is the message, and the field in it, that proves a card.
type Evidence struct {
	// Line is a part of the message's line, in English.
	Line string
	// Field is the name of the field.
	Field string
}

// Cards gives all cards in the order of the source. The result must not be
// changed.
func Cards() []Card { return cards() }

var cards = sync.OnceValue(func() []Card {
	all, err := readCards(content)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return all
})

const cardFolder = "content/cards/"

// readCards reads the cards that the index names.
func readCards(files fs.FS) ([]Card, error) {
	index, err := fs.ReadFile(files, cardFolder+"index.txt")
	if err != nil {
		return nil, fmt.Errorf("read cards: %w", err)
	}
	var all []Card
	for _, name := range strings.Fields(string(index)) {
		file := cardFolder + name + ".card"
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, fmt.Errorf("read cards: %w", err)
		}
		c, err := ParseCard(file, text)
		if err != nil {
			return nil, err
		}
		c.ID = name
		all = append(all, c)
	}
	return all, nil
}

// ParseCard reads a card. Its errors begin with the file and the line, and say
// what to write instead. The card has no ID yet; the name of its file gives it.
func ParseCard(file string, text []byte) (Card, error) {
	p := cardParser{}
	lines := form{texts: p.texts}
	if err := readLines(file, text, lines.read); err != nil {
		return Card{}, err
	}
	c, err := p.card()
	if err != nil {
		return Card{}, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// cardParser reads a card.
type cardParser struct {
	c         Card
	standards string
}

// texts says where the text of a line "HEAD: TEXT" goes; nil for no line of a
// card.
func (p *cardParser) texts(head string) *string {
	c := &p.c
	if section, ok := strings.CutPrefix(head, "source "); ok {
		c.Section = section
		return &c.Quote
	}
	if scenario, ok := strings.CutPrefix(head, "experiment "); ok {
		c.Scenario = scenario
		return &c.Evidence.Line
	}
	return map[string]*string{
		"title id": &c.Title.ID, "title en": &c.Title.EN,
		"english":     &c.English,
		"practice id": &c.Practice.ID, "practice en": &c.Practice.EN,
		"standard": &p.standards,
		"field":    &c.Evidence.Field,
		"watch id": &c.Watch.ID, "watch en": &c.Watch.EN,
	}[head]
}

// card gives the card once all lines are read.
func (p *cardParser) card() (Card, error) {
	c := p.c
	for head, text := range map[string]string{
		"title id": c.Title.ID, "title en": c.Title.EN, "source SECTION": c.Quote, "english": c.English,
		"practice id": c.Practice.ID, "practice en": c.Practice.EN, "experiment SCENARIO": c.Evidence.Line,
		"field": c.Evidence.Field, "watch id": c.Watch.ID, "watch en": c.Watch.EN,
	} {
		if text == "" {
			return Card{}, fmt.Errorf("a line %q is missing", head+":")
		}
	}
	c.Standards = list(p.standards)
	return c, nil
}

// FindCard gives the card with the ID.
func FindCard(id string) (Card, bool) {
	for _, c := range Cards() {
		if c.ID == id {
			return c, true
		}
	}
	return Card{}, false
}
