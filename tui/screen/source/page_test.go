package source

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/text"
	"surel/tui/theme"
	"surel/tui/ui"
)

func pageOf(width int) page {
	words := text.For(note.EN)
	ctx := ui.Context{Theme: theme.New(theme.Options{}), Text: words, Keys: ui.NewKeyMap(words)}
	return layOut(ctx, lessons.Source(), width)
}

// The text stands on the screen word for word, at any width.
func TestTextIsWordForWord(t *testing.T) {
	t.Parallel()
	var want []string
	for _, a := range lessons.Source().Articles {
		want = append(want, a.Title)
		for _, s := range a.Sections {
			want = append(append(want, s.Heading), s.Paragraphs...)
		}
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, width := range []int{20, 56, 76} {
		var theirs, ours []string
		for _, line := range pageOf(width).lines {
			if line, isOurs := strings.CutPrefix(ansi.Strip(line), "│"); isOurs {
				ours = append(ours, line)
			} else {
				theirs = append(theirs, strings.Trim(line, "─"))
			}
		}
		for _, line := range want {
			if e := lessons.Source().English(line); line != "" && (e == "" || !strings.Contains(squeeze(strings.Join(ours, " ")), squeeze(e))) {
				t.Errorf("width %d: the rendering of %q is missing", width, line)
			}
		}
		shown := squeeze(strings.Join(theirs, " "))
		if !strings.HasPrefix(shown, squeeze(strings.Join(want, " "))) {
			t.Errorf("width %d: the text on the screen differs from the source", width)
		}
		if !strings.HasSuffix(shown, squeeze(lessons.Source().Credit)) {
			t.Errorf("width %d: the credit does not end the text", width)
		}
	}
}

func TestPlaceHoldsAtEveryWidth(t *testing.T) {
	t.Parallel()
	wide := pageOf(76)
	for _, width := range []int{30, 56, 75} {
		other := pageOf(width)
		for line := range wide.lines {
			at := wide.place(line)
			if got := other.place(other.lineOf(at)).part; got != at.part {
				t.Fatalf("line %d is in part %d; at width %d it is in part %d", line, at.part, width, got)
			}
			if got := wide.lineOf(at); got != line {
				t.Fatalf("line %d comes back as line %d", line, got)
			}
		}
	}
}

func TestSectionsFollowOneAnother(t *testing.T) {
	t.Parallel()
	p := pageOf(76)
	line := 0
	for i, s := range p.sections {
		if s.line != line || p.section(line) != i {
			t.Fatalf("section %d begins at %d; the way there leads to %d", i, s.line, line)
		}
		line = p.after(line)
	}
	for i := len(p.sections) - 2; i >= 0; i-- {
		if line = p.before(line); line != p.sections[i].line {
			t.Fatalf("back from section %d leads to line %d; want %d", i+1, line, p.sections[i].line)
		}
	}
}
