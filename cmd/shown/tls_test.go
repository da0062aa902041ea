package shown_test

import (
	"slices"
	"strings"
	"testing"

	"surel/protocols/note"
	"surel/tui/picture"
)

// TestTLSOnScreen plays the first scenario of TLS, turns the pages of its board and
// looks as an eavesdropper.
func TestTLSOnScreen(t *testing.T) {
	t.Parallel()
	type words struct{ empty, trips, chain, keys, eavesdropper, closed string }
	for lang, w := range map[note.Lang]words{
		note.ID: {
			"Belum ada yang bicara", "Putaran dan ukuran", "Sertifikat server", "Dari mana kuncinya", "(sebagai penyadap)", "Rekaman tersandi",
		},
		note.EN: {
			"Nobody has spoken", "Round trips and sizes", "The server's certificates", "How the keys come to be", "(as an eavesdropper)", "encrypted record",
		},
	} {
		for _, size := range [][2]int{{80, 24}, {140, 40}} {
			t.Run(string(lang), func(t *testing.T) {
				t.Parallel()
				handshake := []picture.Step{
					{Until: "SMTP"},
					{Key: "6", Until: w.empty},
					{Key: "right", Until: "{ }"},
					{Key: "right", Until: "{Finished}"},
					{Until: "› A1 LOGIN"},
					{Until: "[* OK"},
					{Key: "end", Until: "▸ │◀── [* OK"},
				}
				board := slices.Concat(handshake, []picture.Step{
					{Key: "b", Until: w.trips},
					{Until: "ServerHello, "},
					{Key: "B", Until: w.chain},
					{Until: "CN=mail.kampus.test"},
					{Key: "B", Until: w.keys},
				})
				if got := film(t, lang, size[0], size[1], board...); !strings.Contains(got, "shared secret") {
					t.Errorf("the keys' page lacks something:\n%s", got)
				}
				spy := slices.Concat(handshake, []picture.Step{{Key: "E", Until: w.eavesdropper}, {Until: w.closed}})
				if got := film(t, lang, size[0], size[1], spy...); strings.Contains(got, "Finished") || strings.Contains(got, "* OK") {
					t.Errorf("the eavesdropper sees too much:\n%s", got)
				}
			})
		}
	}
}
