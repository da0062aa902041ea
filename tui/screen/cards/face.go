package cards

import (
	"strings"

	"charm.land/lipgloss/v2"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/ui"
	"surel/tui/widget/block"
)

// face draws a card with lines of at most width cells: what the article says,
// what is so, who says it, and how the lab shows it.
func face(ctx ui.Context, c lessons.Card, width int) string {
	t, words, lang := ctx.Theme, ctx.Text, ctx.Lang()
	said := []string{quotation(ctx, "“"+c.Quote+"”", width)}
	if lang != note.ID {
		said = append(said, quotation(ctx, words.Get("cards.rendering", c.English), width))
	}
	if section, ok := lessons.Source().Section(c.Section); ok {
		said = append(said, t.Faint.Render(block.Wrap(words.Get("cards.section", place(section)), width)))
	}
	is := []string{paragraph(t.Text, c.Practice.In(lang), width)}
	if len(c.Standards) > 0 {
		is = append(is, paragraph(t.Reference, strings.Join(c.Standards, ", "), width))
	}
	shows := []string{paragraph(t.Text, c.Watch.In(lang), width)}
	if s, ok := lessons.Find(c.Scenario); ok {
		shows = append(shows, t.Faint.Render(block.Wrap(words.Get("cards.scenario", s.Subject(), s.Title.In(lang)), width)))
	}
	parts := []string{
		t.Title.Underline(true).Render(block.Wrap(c.Title.In(lang), width)),
		t.Strong.Render(words.Get("cards.article")) + "\n" + strings.Join(said, "\n"),
		t.Strong.Render(words.Get("cards.practice")) + "\n" + strings.Join(is, "\n"),
		t.Strong.Render(words.Get("cards.experiment")) + "\n" + strings.Join(shows, "\n"),
	}
	return strings.Join(parts, "\n\n")
}

// place names a section, or the opening of the article in which it has no
// heading.
func place(s lessons.Section) string {
	if s.Heading != "" {
		return s.Heading
	}
	for _, a := range lessons.Source().Articles {
		for _, other := range a.Sections {
			if other.Key == s.Key {
				return a.Title
			}
		}
	}
	return s.Key
}

func paragraph(style lipgloss.Style, text string, width int) string {
	return style.Render(block.Wrap(text, width))
}

// quotation draws words of others behind a line of their own.
func quotation(ctx ui.Context, text string, width int) string {
	lines := strings.Split(block.Wrap(text, width-2), "\n")
	for i, line := range lines {
		lines[i] = ctx.Theme.Border.Render(ctx.Theme.Lines.Left) + " " + ctx.Theme.Text.Italic(true).Render(line)
	}
	return strings.Join(lines, "\n")
}
