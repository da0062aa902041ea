//go:build clients

package clients

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// TestNeomutt presses keys in neomutt: it opens the letter, flags it, copies
// it to a file, saves it to a folder that it makes, and quits.
func TestNeomutt(t *testing.T) {
	t.Parallel()
	byIMAP(t, func(t *testing.T, lab *server.Lab, s wire.Service, security string) {
		copied := filepath.Join(t.TempDir(), "copy")
		scheme := "imap"
		if security == "tls" {
			scheme = "imaps"
		}
		starttls := "no"
		if security == "starttls" {
			starttls = "yes"
		}
		url := fmt.Sprintf("%s://localhost:%d/", scheme, s.Real.Port())
		config := fmt.Sprintf(`set imap_user="%s"
set imap_pass="%s"
set ssl_starttls=%s
set ssl_force_tls=no
set ssl_ca_certificates_file="%s"
set certificate_file="%s"
set folder="%s"
set spoolfile="%[6]sINBOX"
set record=""
set confirmcreate=no
set confirmappend=no
set delete=yes
set quit=yes
set wait_key=no
set copy_decode_weed=no
push "<display-message><exit><flag-message><pipe-message>cat > %[7]s<enter><save-message>=Tugas<enter><sync-mailbox><quit>"
`, reader, readerPassword, starttls, lab.CAFile(), file(t, nil), url, copied)
		stored := await(t, lab, reader, 1)[0]
		command(t, nil, "script", "--quiet", "--return", "--command",
			"TERM=xterm neomutt -n -F "+file(t, []byte(config)), filepath.Join(t.TempDir(), "typescript"))
		got, err := os.ReadFile(copied)
		if err != nil {
			t.Fatal(err)
		}
		// neomutt hands lines to a pipe without their CR.
		if want := bytes.ReplaceAll(stored, []byte("\r\n"), []byte("\n")); !bytes.Equal(got, want) {
			t.Errorf("got\n%q\nstored is\n%q", got, want)
		}
		files, err := lab.Files(reader)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != 1 || !slices.ContainsFunc(files, func(f string) bool {
			return strings.HasPrefix(f, ".Tugas/") && strings.Contains(f, ":2,F")
		}) {
			t.Errorf("the mailbox holds %q", files)
		}
	})
}
