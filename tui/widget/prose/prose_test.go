package prose

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/lessons"
	"surel/protocols/note"
	"surel/tui/theme"
)

func TestMarkdownIsDrawnInTheTheme(t *testing.T) {
	t.Parallel()
	const markdown = "# Amplop\n\nSebuah *surat* punya dua alamat: `MAIL FROM:<a@b.test>` dan **kepala surat**.\n\n" +
		"- satu\n- dua yang panjang sekali sampai ke baris berikut\n\n> kata orang\n\n```\nC: QUIT\nS: 221 Bye\n```\n"
	got := Render(theme.New(theme.Options{}), markdown, 30)
	want := "Amplop\n\nSebuah surat punya dua alamat:\nMAIL FROM:<a@b.test> dan\nkepala surat.\n\n" +
		"● satu\n● dua yang panjang sekali\nsampai ke baris berikut\n\n│ kata orang\n\n C: QUIT\n S: 221 Bye"
	if diff := cmp.Diff(want, plain(got)); diff != "" {
		t.Error(diff)
	}
	for _, styled := range []string{"\x1b[36mMAIL FROM:<a@b.test>\x1b[m", "\x1b[3msurat\x1b[m", "\x1b[1mkepala surat\x1b[m"} {
		if !strings.Contains(got, styled) {
			t.Errorf("%q is not in %q", styled, got)
		}
	}
}

// What a stranger's lesson holds cannot reach the terminal as a command.
func TestControlsAreTakenOut(t *testing.T) {
	t.Parallel()
	for _, markdown := range []string{"a&#27;]0;x&#7;b", "a&#27;[2Jb", "a&#155;2Jb", "[a](https://x.test/&#27;[2J)", "<https://x.test>", "`a&#27;c`", "a&#8;b"} {
		got := Render(theme.New(theme.Options{}), markdown, 40)
		for seq := range strings.SplitSeq(got, "\x1b") {
			if rest := strings.TrimLeft(seq, "[0123456789;"); seq != got && seq != "" && strings.HasPrefix(seq, "[") && !strings.HasPrefix(rest, "m") {
				t.Errorf("%q is drawn as %q", markdown, got)
			}
		}
		if strings.ContainsFunc(ansi.Strip(got), func(c rune) bool { return c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0 }) {
			t.Errorf("%q is drawn as %q", markdown, got)
		}
	}
}

// FuzzRender holds that nothing but text and styles comes out, in lines that fit.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{"# a\n\n- b\n- c\n", "a&#27;[2Jb", "[a](b)", "| a | b |\n| - | - |\n| c | d |\n", "```\nx\n```"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		if !utf8.ValidString(markdown) || strings.ContainsFunc(markdown, func(c rune) bool { return c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0 }) {
			t.Skip() // what a lesson may not hold
		}
		got := ansi.Strip(Render(theme.New(theme.Options{}), markdown, 40))
		if strings.ContainsFunc(got, func(c rune) bool { return c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0 }) {
			t.Errorf("%q is drawn as %q", markdown, got)
		}
	})
}

// marks takes the marks of Markdown away that the introductions have.
var marks = strings.NewReplacer("`", "", "*", "")

// solid takes away all spaces and stars: lines may be broken behind hyphens.
func solid(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), ""), "*", "")
}

// plain gives the text alone, without spaces at the ends of lines.
func plain(text string) string {
	lines := strings.Split(ansi.Strip(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Every introduction is drawn with all its words, in lines that fit.
func TestIntroductionsLoseNothing(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.Lessons() {
		for _, lang := range []note.Lang{note.ID, note.EN} {
			for _, width := range []int{40, 76} {
				words := marks.Replace(l.Introduction(lang))
				got := plain(Render(theme.New(theme.Options{}), l.Introduction(lang), width))
				if diff := cmp.Diff(solid(words), solid(got)); diff != "" {
					t.Errorf("%s (%s, %d): %s", l.ID, lang, width, diff)
				}
				for line := range strings.SplitSeq(got, "\n") {
					if ansi.StringWidth(line) > width {
						t.Errorf("%s (%s): %q is wider than %d cells", l.ID, lang, line, width)
					}
				}
			}
		}
	}
}
