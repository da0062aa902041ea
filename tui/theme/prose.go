package theme

import (
	"strconv"

	"charm.land/glamour/v2/ansi"
	"charm.land/lipgloss/v2"
	xansi "github.com/charmbracelet/x/ansi"
)

// Prose gives the styles of text in Markdown.
func (t Theme) Prose() ansi.StyleConfig {
	text, strong := primitive(t.Text), primitive(t.Strong)
	code := primitive(t.Client)
	emph := text
	emph.Italic = new(true)
	heading := strong
	heading.BlockSuffix = "\n"
	indent, bar := uint(1), t.Lines.Left+" "
	block := func(p ansi.StylePrimitive) ansi.StyleBlock { return ansi.StyleBlock{StylePrimitive: p} }
	item := text
	item.BlockPrefix = t.Signs.Bullet + " "
	return ansi.StyleConfig{
		Document:    block(text),
		Paragraph:   block(text),
		BlockQuote:  ansi.StyleBlock{StylePrimitive: emph, Indent: &indent, IndentToken: &bar},
		List:        ansi.StyleList{StyleBlock: block(text), LevelIndent: 2},
		Heading:     block(heading),
		Text:        text,
		Emph:        emph,
		Strong:      strong,
		Item:        item,
		Enumeration: ansi.StylePrimitive{BlockPrefix: ". "},
		Link:        primitive(t.Reference),
		LinkText:    primitive(t.Reference),
		Code:        block(code),
		CodeBlock:   ansi.StyleCodeBlock{StyleBlock: ansi.StyleBlock{StylePrimitive: code, Margin: &indent}},
	}
}

// primitive says of a style what Markdown can have of it.
func primitive(s lipgloss.Style) ansi.StylePrimitive {
	var p ansi.StylePrimitive
	if c, ok := s.GetForeground().(xansi.BasicColor); ok {
		p.Color = new(strconv.Itoa(int(c)))
	}
	if s.GetBold() {
		p.Bold = new(true)
	}
	return p
}
