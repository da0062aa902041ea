package journey

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"surel/tui/theme"
)

func TestFitsEveryWidth(t *testing.T) {
	t.Parallel()
	for _, o := range []theme.Options{{}, {ASCII: true}} {
		for width := 59; width < 200; width++ {
			lines := strings.Split(View(theme.New(o), "smtp", width), "\n")
			if len(lines) != Height {
				t.Fatalf("width %d: %d lines; want %d", width, len(lines), Height)
			}
			for _, line := range lines {
				if w := ansi.StringWidth(line); w > width {
					t.Errorf("width %d: a line is %d cells wide: %s", width, w, ansi.Strip(line))
				}
			}
		}
	}
}

func TestChosenLegsStandOutWithoutColour(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.Options{})
	for id, heavy := range map[string]string{
		"smtp": "━SMTP━", "dns": "━DNS━", "pop3": "━POP3/IMAP━", "imap": "━POP3/IMAP━", "tls": "━TLS━", "source": "",
	} {
		view := ansi.Strip(View(th, id, 100))
		if got := strings.Contains(view, "━"); got != (heavy != "") || !strings.Contains(view, heavy) {
			t.Errorf("%s: want %q heavy in\n%s", id, heavy, view)
		}
	}
}
