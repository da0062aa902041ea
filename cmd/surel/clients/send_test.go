//go:build clients

package clients

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// letter has what trips a careless client or server: lines that begin with
// dots, eight-bit text, an empty last line, a long line. Its lines end with LF
// here and with CRLF on the wire.
//
//go:embed testdata/letter.eml
var letter []byte

// crlf gives the letter as it must cross the wire.
func crlf(letter []byte) []byte { return bytes.ReplaceAll(letter, []byte("\n"), []byte("\r\n")) }

// delivery is one way to hand the letter to the lab.
type delivery struct {
	host, service string
	tls           bool // the client must speak TLS, from the start or by STARTTLS
	login         bool
}

var deliveries = map[string]delivery{
	"25":           {host: "mx1.sekolah.test", service: "smtp"},
	"25-starttls":  {host: "mx1.sekolah.test", service: "smtp", tls: true},
	"587":          {host: "mail.kampus.test", service: "submission", tls: true, login: true},
	"465-implicit": {host: "mail.kampus.test", service: "submissions", tls: true, login: true},
}

// each runs send for every delivery on a lab of its own and checks what the
// reader then has.
func each(t *testing.T, send func(t *testing.T, lab *server.Lab, d delivery, s wire.Service)) {
	t.Helper()
	for name, d := range deliveries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			send(t, lab, d, service(t, lab, d.host, d.service))
			holds(t, lab, reader, crlf(letter))
			decodes(t, lab)
		})
	}
}

// file writes the letter for a client that reads files.
func file(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "letter.eml")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCurl(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, lab *server.Lab, d delivery, s wire.Service) {
		scheme := "smtp"
		if d.service == "submissions" {
			scheme = "smtps"
		}
		args := []string{
			"--silent", "--show-error", "--max-time", "20", "--crlf",
			"--resolve", fmt.Sprintf("%s:%d:127.0.0.1", d.host, s.Real.Port()),
			fmt.Sprintf("%s://%s:%d/laptop.kampus.test", scheme, d.host, s.Real.Port()),
			"--mail-from", sender, "--mail-rcpt", reader, "--upload-file", file(t, letter),
		}
		if d.tls {
			args = append(args, "--ssl-reqd", "--cacert", lab.CAFile())
		}
		if d.login {
			args = append(args, "--user", sender+":"+password)
		}
		command(t, nil, "curl", args...)
	})
}

func TestSwaks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, lab *server.Lab, d delivery, s wire.Service) {
		args := []string{
			"--server", "127.0.0.1", "--port", strconv.Itoa(int(s.Real.Port())), "--timeout", "20",
			"--helo", "laptop.kampus.test", "--from", sender, "--to", reader,
			// swaks ends what it reads with an end of line of its own.
			"--data", "@" + file(t, bytes.TrimSuffix(letter, []byte("\n"))),
		}
		if d.tls {
			args = append(args, "--tls-ca-path", lab.CAFile(), "--tls-verify", "--tls-sni", d.host)
			if d.service == "submissions" {
				args = append(args, "--tls-on-connect")
			} else {
				args = append(args, "--tls")
			}
		}
		if d.login {
			args = append(args, "--auth", "LOGIN", "--auth-user", sender, "--auth-password", password)
		}
		command(t, nil, "swaks", args...)
	})
}

func TestMsmtp(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, lab *server.Lab, d delivery, s wire.Service) {
		args := []string{
			"--file=/dev/null", "--host=127.0.0.1", "--port=" + strconv.Itoa(int(s.Real.Port())), "--timeout=20",
			"--domain=laptop.kampus.test", "--from=" + sender,
			"--add-missing-from-header=off", "--add-missing-date-header=off", "--set-from-header=off",
		}
		if d.tls {
			args = append(args, "--tls=on", "--tls-trust-file="+lab.CAFile(), "--tls-host-override="+d.host)
			if d.service == "submissions" {
				args = append(args, "--tls-starttls=off")
			}
		}
		if d.login {
			args = append(args, "--auth=cram-md5", "--user="+sender, "--passwordeval=echo "+password)
		}
		command(t, letter, "msmtp", append(args, reader)...)
	})
}
