//go:build clients

package clients

import (
	"bufio"
	"bytes"
	_ "embed"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"surel/protocols/wire"
	"surel/server"
)

//go:embed testdata/imap.mjs
var imapMjs []byte

// imapflow is the pinned version, which runs on Debian's node.
const imapflow = "imapflow@1.7.8"

// TestImapflow uses a mailbox with the library of many Node programs, and
// wants to hear of a new letter within a second.
func TestImapflow(t *testing.T) {
	t.Parallel()
	modules := t.TempDir()
	command(t, nil, "npm", "install", "--silent", "--no-save", "--no-package-lock", "--prefix", modules, imapflow)
	script := file(t, imapMjs) + ".mjs"
	command(t, nil, "cp", script[:len(script)-len(".mjs")], script)
	byIMAP(t, func(t *testing.T, lab *server.Lab, s wire.Service, security string) {
		if security == "clear" {
			return // imapflow is told to keep the password secret
		}
		var errors bytes.Buffer
		cmd := exec.CommandContext(t.Context(), "node", script, modules, strconv.Itoa(int(s.Real.Port())), security,
			lab.CAFile(), pop3Host, reader, readerPassword)
		cmd.Stderr = &errors
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := bufio.NewScanner(out)
		if !said.Scan() || said.Text() != "idle" {
			t.Errorf("it does not get as far as IDLE, but to %q", said.Text())
		} else {
			put(t, lab, crlf(letter))
			delivered := time.Now()
			if !said.Scan() || said.Text() != "exists 1" {
				t.Errorf("the news is %q", said.Text())
			}
			if late := time.Since(delivered); late > time.Second {
				t.Errorf("the news came after %v", late)
			}
		}
		if err := cmd.Wait(); err != nil {
			t.Fatalf("node: %v\n%s", err, errors.Bytes())
		}
	})
}
