//go:build clients

package server_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"surel/server"
)

// program is somebody else's mail client.
type program struct {
	name string
	// command sends the letter in a file to one of the lab's ports. Lines of
	// the file end in CR LF, with lf in LF alone.
	command func(p port, file string) []string
	lf      bool
	// unended: the program itself ends the last line, so its file does not.
	unended bool
}

// port is what such a client has to be told.
type port struct {
	service, host, number, caFile, msmtprc string
}

// starttls and implicit tell how a port comes to TLS.
func (p port) starttls() bool { return p.service == "submission" }
func (p port) implicit() bool { return p.service == "submissions" }

var programs = []program{
	{name: "curl", command: func(p port, file string) []string {
		scheme := "smtp"
		if p.implicit() {
			scheme = "smtps"
		}
		args := []string{
			"curl", "-sS", fmt.Sprintf("%s://127.0.0.1:%s/laptop.kampus.test", scheme, p.number),
			"--mail-from", server.Student, "--mail-rcpt", server.Teacher, "-T", file,
		}
		if p.starttls() || p.implicit() {
			args = append(args, "--ssl-reqd", "--cacert", p.caFile, "--user", server.Student+":rahasia")
		}
		return args
	}},
	{name: "swaks", lf: true, unended: true, command: func(p port, file string) []string {
		args := []string{"swaks", "--server", "127.0.0.1:" + p.number, "-f", server.Student, "-t", server.Teacher, "--data", "@" + file}
		switch {
		case p.starttls():
			args = append(args, "-tls")
		case p.implicit():
			args = append(args, "-tlsc")
		default:
			return args
		}
		return append(args, "-a", "CRAM-MD5", "-au", server.Student, "-ap", "rahasia")
	}},
	{name: "msmtp", lf: true, command: func(p port, file string) []string {
		return []string{"sh", "-c", `msmtp -C "$1" "$2" <"$3"`, "sh", p.msmtprc, server.Teacher, file}
	}},
}

// writeConfig writes the file that msmtp reads.
func (p port) writeConfig(t *testing.T) {
	t.Helper()
	text := "account lab\nhost 127.0.0.1\nport " + p.number + "\nfrom " + server.Student + "\n"
	if p.starttls() || p.implicit() {
		starttls := map[bool]string{true: "on", false: "off"}[p.starttls()]
		text += "tls on\ntls_starttls " + starttls + "\ntls_trust_file " + p.caFile +
			"\nauth plain\nuser " + server.Student + "\npassword rahasia\n"
	}
	if err := os.WriteFile(p.msmtprc, []byte(text+"account default : lab\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestClients sends one letter with each program through each kind of port;
// the Maildir must hold it byte for byte.
func TestClients(t *testing.T) {
	t.Parallel()
	for _, prog := range programs {
		for _, at := range []struct{ service, host string }{
			{"smtp", server.MX1}, {"submission", server.Kampus}, {"submissions", server.Kampus},
		} {
			t.Run(prog.name+" "+at.service, func(t *testing.T) {
				t.Parallel()
				lab := startLab(t, server.Config{})
				dir := t.TempDir()
				p := port{
					service: at.service, host: at.host, caFile: lab.CAFile(), msmtprc: filepath.Join(dir, "msmtprc"),
					number: strconv.Itoa(int(service(t, lab, at.host, at.service).Real.Port())),
				}
				p.writeConfig(t)
				const letter = "Message-ID: <1@kampus.test>\r\nDate: Tue, 24 Nov 2026 08:00:00 +0700\r\nFrom: <siswa@kampus.test>\r\nTo: <guru@sekolah.test>\r\nSubject: =?utf-8?q?S=C3=A9mangat?=\r\n" +
					"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
					"Apa kabar, Bu?\r\n.\r\n..titik di depan\r\nCaf\u00e9 di kampus\r\n\r\nSalam\r\n"
				file := filepath.Join(dir, "letter")
				text := letter
				if prog.lf {
					text = strings.ReplaceAll(letter, "\r\n", "\n")
				}
				if prog.unended {
					text = strings.TrimSuffix(text, "\n")
				}
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				args := prog.command(p, file)
				if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
					t.Fatalf("%q: %v\n%s", args, err, out)
				}
				waitForLetter(t, lab, server.Teacher)
				if got := body(t, letters(t, lab, server.Teacher)[0]); got != letter {
					t.Errorf("the Maildir holds\n%q, want\n%q", got, letter)
				}
			})
		}
	}
}
