//go:build clients

package clients

import (
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// imapWays are the ways to read mail by IMAP: service and security.
var imapWays = map[string]struct{ service, security string }{
	"143":          {"imap", "clear"},
	"143-starttls": {"imap", "starttls"},
	"993":          {"imaps", "tls"},
}

// byIMAP runs use for every way on a lab of its own that holds the letter, and
// lets the conversations be decoded.
func byIMAP(t *testing.T, use func(t *testing.T, lab *server.Lab, s wire.Service, security string)) {
	t.Helper()
	for name, way := range imapWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			put(t, lab, crlf(letter))
			await(t, lab, reader, 1)
			use(t, lab, service(t, lab, pop3Host, way.service), way.security)
			decodes(t, lab)
		})
	}
}

func TestCurlIMAP(t *testing.T) {
	t.Parallel()
	byIMAP(t, func(t *testing.T, lab *server.Lab, s wire.Service, security string) {
		url := fmt.Sprintf("%s://%s:%d/", s.Name, pop3Host, s.Real.Port())
		args := []string{
			"--silent", "--show-error", "--max-time", "20", "--user", reader + ":" + readerPassword,
			"--resolve", fmt.Sprintf("%s:%d:127.0.0.1", pop3Host, s.Real.Port()),
		}
		if security != "clear" {
			args = append(args, "--ssl-reqd", "--cacert", lab.CAFile())
		}
		stored := await(t, lab, reader, 1)[0]
		if got := output(t, "curl", append(args, url+"INBOX;UID=1")...); !bytes.Equal(got, stored) {
			t.Errorf("got\n%q\nstored is\n%q", got, stored)
		}
		output(t, "curl", append(args, url+"Archive", "--upload-file", file(t, stored))...)
		if got := output(t, "curl", append(args, url+"Archive;UID=1")...); !bytes.Equal(got, stored) {
			t.Errorf("appended\n%q\ngot\n%q", stored, got)
		}
		if got := output(t, "curl", append(args, url+"INBOX?SUBJECT%20tiada")...); !bytes.HasPrefix(got, []byte("* SEARCH\r\n")) {
			t.Errorf("found %q", got)
		}
	})
}

//go:embed testdata/imap.py
var imapPy string

func TestImaplib(t *testing.T) {
	t.Parallel()
	byIMAP(t, func(t *testing.T, lab *server.Lab, s wire.Service, security string) {
		stored := await(t, lab, reader, 1)[0]
		got := output(t, "python3", "-c", imapPy, strconv.Itoa(int(s.Real.Port())), security, lab.CAFile(), pop3Host,
			reader, readerPassword)
		if !bytes.Equal(got, stored) {
			t.Errorf("got\n%q\nstored is\n%q", got, stored)
		}
		await(t, lab, reader, 0)
	})
}
