package source

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/block"
)

// page is the text broken into lines.
type page struct {
	lines []string
	// render gives the lines with our rendering of a part; nil where none is wanted.
	render func(text string) []string
	// parts gives for each paragraph and heading the line on which it begins.
	parts    []int
	sections []section
}

// section is where a section begins, and how deep it lies.
type section struct {
	name  string
	level int
	line  int
}

// place is a place in the text that does not depend on its width: a part, and
// how far into it we are, from 0 to 1.
type place struct {
	part int
	into float64
}

// layOut breaks the text into lines of at most width cells. Who does not read
// Indonesian finds our rendering below each part, behind a line of its own.
func layOut(ctx ui.Context, s *lessons.SourceText, width int) page {
	var p page
	t := ctx.Theme
	if ctx.Lang() != note.ID {
		p.render = func(text string) []string { return rendering(t, s.English(text), width) }
	}
	for i, a := range s.Articles {
		if i > 0 {
			p.lines = append(p.lines, t.Border.Render(strings.Repeat(t.Lines.Top, width)), "")
		}
		p.head(a.Title, 0)
		p.add(t.Title.Underline(true), a.Title, width)
		for _, sec := range a.Sections {
			if sec.Heading != "" {
				p.head(sec.Heading, sec.Level)
				p.add(t.Title, sec.Heading, width)
			}
			for _, para := range sec.Paragraphs {
				p.add(t.Text, para, width)
			}
		}
	}
	p.lines = append(p.lines, t.Faint.Render(ctx.Text.Get("source.credit", s.Credit)))
	return p
}

// head notes that a section begins here.
func (p *page) head(name string, level int) {
	p.sections = append(p.sections, section{name, level, len(p.lines)})
}

// add appends a part and an empty line.
func (p *page) add(style lipgloss.Style, text string, width int) {
	p.parts = append(p.parts, len(p.lines))
	for line := range strings.SplitSeq(block.Wrap(text, width), "\n") {
		p.lines = append(p.lines, style.Render(line))
	}
	if p.render != nil {
		p.lines = append(p.lines, p.render(text)...)
	}
	p.lines = append(p.lines, "")
}

// rendering draws our English behind a line of its own.
func rendering(t theme.Theme, text string, width int) []string {
	bar := t.Lines.Left + " "
	lines := strings.Split(block.Wrap(text, width-ansi.StringWidth(bar)), "\n")
	for i, line := range lines {
		lines[i] = t.Faint.Render(bar + line)
	}
	return lines
}

// place gives the place of a line.
func (p *page) place(line int) place {
	at := place{}
	for i, from := range p.parts {
		if from <= line {
			at = place{i, float64(line-from) / float64(p.end(i)-from)}
		}
	}
	return at
}

// lineOf gives the line of a place.
func (p *page) lineOf(at place) int {
	if at.part >= len(p.parts) || at == (place{}) {
		return 0
	}
	from := p.parts[at.part]
	return from + int(at.into*float64(p.end(at.part)-from)+0.5)
}

// end is the line after a part.
func (p *page) end(part int) int {
	if part+1 < len(p.parts) {
		return p.parts[part+1]
	}
	return len(p.lines)
}

// section gives the number of the section that a line belongs to.
func (p *page) section(line int) int {
	here := 0
	for i, s := range p.sections {
		if s.line <= line {
			here = i
		}
	}
	return here
}

// after gives the line of the next section.
func (p *page) after(line int) int {
	for _, s := range p.sections {
		if s.line > line {
			return s.line
		}
	}
	return line
}

// before gives the line of the section that begins above a line.
func (p *page) before(line int) int {
	at := 0
	for _, s := range p.sections {
		if s.line < line {
			at = s.line
		}
	}
	return at
}
