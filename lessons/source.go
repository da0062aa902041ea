package lessons

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// SourceText is the text on which the course builds: two articles, word for
// word. It is never corrected; what practice says otherwise stands beside it.
type SourceText struct {
	Articles []Article
	// Credit names the author.
	Credit string
	// english are our renderings, by line of the text.
	english map[string]string
}

// English gives our rendering of a title, a heading or a paragraph of the text.
func (s *SourceText) English(line string) string { return s.english[line] }

// Article is one of the two articles.
type Article struct {
	Title    string
	Sections []Section
}

// Section is a part of an article that a lesson can quote.
type Section struct {
	// Key names it, such as "rules/smtp".
	Key string
	// Heading is empty for the opening of an article and for a section that
	// the article does not head.
	Heading string
	// Level is 1 for a heading of the article and 2 for one below it.
	Level int
	// Paragraphs are its lines, in order; none where only sections of the next
	// level follow.
	Paragraphs []string
}

// Source gives the two articles. The result must not be changed.
func Source() *SourceText { return source() }

var source = sync.OnceValue(func() *SourceText {
	s, err := readSource(content)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return s
})

// Section finds a section by its key.
func (s *SourceText) Section(key string) (Section, bool) {
	for _, a := range s.Articles {
		for _, section := range a.Sections {
			if section.Key == key {
				return section, true
			}
		}
	}
	return Section{}, false
}

const sourceFolder = "content/source/"

func readSource(files fs.FS) (*SourceText, error) {
	text, err := fs.ReadFile(files, sourceFolder+"protokol-mailserver.id.txt")
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	credit, err := fs.ReadFile(files, sourceFolder+"credit.txt")
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	marks, err := readMarks(files)
	if err != nil {
		return nil, err
	}
	lines := filled(string(text))
	s := &SourceText{Credit: strings.TrimSpace(string(credit))}
	if s.english, err = readEnglish(files, lines); err != nil {
		return nil, err
	}
	for _, line := range lines {
		if len(marks) > 0 && marks[0].begins(line) {
			s.begin(marks[0], line)
			marks = marks[1:]
			continue
		}
		if err := s.add(line); err != nil {
			return nil, err
		}
	}
	if len(marks) > 0 {
		return nil, fmt.Errorf("read source: section %s does not begin where sections.txt says: no line %q", marks[0].key, marks[0].line)
	}
	return s, nil
}

// readEnglish reads our rendering, which has a line for each line of the text.
func readEnglish(files fs.FS, lines []string) (map[string]string, error) {
	text, err := fs.ReadFile(files, sourceFolder+"english.txt")
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	ours := filled(string(text))
	if len(ours) != len(lines) {
		return nil, fmt.Errorf("read source: english.txt has %d lines for the %d of the text; write one for each", len(ours), len(lines))
	}
	english := make(map[string]string, len(lines))
	for i, line := range lines {
		english[line] = ours[i]
	}
	return english, nil
}

// filled gives the lines of a text that are not empty.
func filled(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// begin starts the section that the mark announces with the line.
func (s *SourceText) begin(m mark, line string) {
	if m.level == "title" {
		s.Articles = append(s.Articles, Article{Title: line, Sections: []Section{{Key: m.key, Level: 1}}})
		return
	}
	section := Section{Key: m.key, Heading: line, Level: 1}
	switch m.level {
	case "question":
		section.Level = 2
	case "text":
		section.Heading, section.Paragraphs = "", []string{line}
	}
	a := &s.Articles[len(s.Articles)-1]
	a.Sections = append(a.Sections, section)
}

// add appends a paragraph to the section that is open.
func (s *SourceText) add(line string) error {
	if len(s.Articles) == 0 {
		return fmt.Errorf("read source: %q stands before the first title", line)
	}
	a := &s.Articles[len(s.Articles)-1]
	section := &a.Sections[len(a.Sections)-1]
	section.Paragraphs = append(section.Paragraphs, line)
	return nil
}

// mark is one line of sections.txt.
type mark struct{ level, key, line string }

func (m mark) begins(line string) bool {
	if m.level == "text" {
		return strings.HasPrefix(line, m.line)
	}
	return line == m.line
}

func readMarks(files fs.FS) ([]mark, error) {
	const name = sourceFolder + "sections.txt"
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	var marks []mark
	for n, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, begin, _ := strings.Cut(line, "|")
		words := strings.Fields(head)
		if len(words) != 2 || begin == "" {
			return nil, fmt.Errorf("%s:%d: write a level, a key, a bar and the line with which the section begins", name, n+1)
		}
		if len(marks) == 0 && words[0] != "title" {
			return nil, fmt.Errorf("%s:%d: the first line must be a title", name, n+1)
		}
		marks = append(marks, mark{level: words[0], key: words[1], line: strings.TrimSpace(begin)})
	}
	return marks, nil
}
