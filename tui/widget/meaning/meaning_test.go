package meaning

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/tui/theme"
)

var content = []Paragraph{
	{Kind: Title, Text: "MAIL FROM"},
	{Kind: Wrong, Text: "Too early."},
	{Text: "This address is written on the envelope, not in the `From:` line."},
	{Kind: Reference, Text: "RFC 5321 §4.1.1.2"},
	{Kind: Reference, Text: "RFC 5321 §3.3"},
}

func shown(m *Model) []string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

func TestParagraphsAreWrapped(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(30, 11)
	m.SetContent(content)
	want := []string{
		" MAIL FROM", "", " ! Too early.", "",
		" This address is written on", " the envelope, not in the", " From: line.", "",
		" RFC 5321 §4.1.1.2", " RFC 5321 §3.3", "",
	}
	if diff := cmp.Diff(want, shown(&m)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestScrollingEndsWithTheText(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(30, 4)
	m.SetContent(content)
	if got := shown(&m); !strings.HasSuffix(got[3], "▼") {
		t.Errorf("nothing says that more stands below: %q", got)
	}
	m.Scroll(100)
	if got := shown(&m); got[3] != " RFC 5321 §3.3" || !strings.HasSuffix(got[0], "▲") {
		t.Errorf("at its end the pane shows %q", got)
	}
	m.SetContent(content[:4])
	if got := shown(&m); got[0] != " MAIL FROM" {
		t.Errorf("another explanation begins with %q", got)
	}
}
