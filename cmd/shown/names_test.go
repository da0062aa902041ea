package shown_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"surel/cmd/shown"
	"surel/protocols/note"
	"surel/server"
	"surel/tui"
	"surel/tui/picture"
)

// film plays keys in the program on a lab of its own and gives what the screen
// shows then.
func film(t *testing.T, lang note.Lang, width, height int, steps ...picture.Step) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lab, err := server.Start(ctx, server.Config{NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lab.Close() }()
	screen, err := picture.Film(ctx, tui.New(tui.Options{Lab: shown.Lab{Lab: lab}, Lang: lang}), width, height, steps...)
	if err != nil {
		t.Fatal(err)
	}
	return screen.Text()
}

// TestNamesPane walks through the first scenario of DNS and turns the pages of
// the pane about the name system.
func TestNamesPane(t *testing.T) {
	t.Parallel()
	type words struct{ empty, zones, route, cache, header string }
	for lang, w := range map[note.Lang]words{
		note.ID: {
			"Belum ada yang bicara", "Pohon zona", "Ke mana surat harus", "Yang diingat resolver", "Bit-bit kepala",
		},
		note.EN: {
			"Nobody has spoken", "The tree of zones", "Where the letter must", "What the resolver remembers", "The header's bits",
		},
	} {
		for _, size := range [][2]int{{80, 24}, {140, 40}} {
			t.Run(string(lang), func(t *testing.T) {
				t.Parallel()
				walk := []picture.Step{
					{Until: "SMTP"},
					{Key: "5", Until: w.empty},
					{Key: "b", Until: w.zones},
					{Key: "right", Until: "/14"},
					{Until: "› A mx1"}, // the action is over
					{Key: "down", Until: "◉ ."},
				}
				for range 8 { // down to the question for ns1.sekolah.test
					walk = append(walk, picture.Step{Key: "down"})
				}
				walk = append(walk, picture.Step{Until: "◉ sekolah.test."})
				if got := film(t, lang, size[0], size[1], walk...); !strings.Contains(got, "@ns2.sekolah.test") || !strings.Contains(got, "● test.") {
					t.Errorf("the tree of zones lacks something:\n%s", got)
				}
				pages := []picture.Step{
					{Until: "SMTP"},
					{Key: "5", Until: w.empty},
					{Key: "b", Until: w.zones},
					{Key: "B", Until: w.route},
					{Key: "right", Until: "/14"},
					{Until: "› A mx1"}, // the action is over
					{Key: "end", Until: "1. MX 10 mx1.sekolah.test"},
					{Key: "right", Until: "/18"},
					{Until: "› AAAA mx1"},
					{Key: "end", Until: "3. mx1.sekolah.test"},
					{Key: "B", Until: w.cache},
					{Until: "✓ sekolah.test. MX: 10 mx1"},
					{Key: "B", Until: w.header},
				}
				if got := film(t, lang, size[0], size[1], pages...); !strings.Contains(got, "|R|OPCODE |A|C|D|A|Z|D|D| RCODE |") {
					t.Errorf("the header's picture lacks something:\n%s", got)
				}
			})
		}
	}
}
