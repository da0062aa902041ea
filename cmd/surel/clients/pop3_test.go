//go:build clients

package clients

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// fetch is one way to read mail from the lab.
type fetch struct {
	service string
	tls     bool // by STLS where the port is not for TLS alone
	keep    bool // the letters stay on the server
}

var fetches = map[string]fetch{
	"110-keep":   {service: "pop3", keep: true},
	"110-delete": {service: "pop3"},
	"stls-keep":  {service: "pop3", tls: true, keep: true},
	"995-delete": {service: "pop3s", tls: true},
}

const (
	pop3Host       = "mx1.sekolah.test"
	readerPassword = "rahasia2"
)

// fetched runs get for every way to read on a lab that holds two letters. What
// get gives must be the letters as they are stored; then they must be gone or
// not, and the conversations must decode.
func fetched(t *testing.T, get func(t *testing.T, lab *server.Lab, f fetch, s wire.Service) [][]byte) {
	t.Helper()
	for name, f := range fetches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			put(t, lab, crlf(letter))
			put(t, lab, []byte("Subject: Dua\r\n\r\nSurat kedua.\r\n\r\n"))
			stored := await(t, lab, reader, 2)
			got := get(t, lab, f, service(t, lab, pop3Host, f.service))
			if !slices.EqualFunc(got, stored, bytes.Equal) {
				t.Errorf("got letters\n%q\nstored are\n%q", got, stored)
			}
			want := 0
			if f.keep {
				want = len(stored)
			}
			if left := await(t, lab, reader, 0); len(left) != want {
				t.Errorf("%d letters are left, want %d", len(left), want)
			}
			decodes(t, lab)
		})
	}
}

// put delivers a letter to the reader.
func put(t *testing.T, lab *server.Lab, letter []byte) {
	t.Helper()
	command(t, nil, "curl", "--silent", "--show-error", "--max-time", "20",
		fmt.Sprintf("smtp://%s/laptop.kampus.test", service(t, lab, pop3Host, "smtp").Real),
		"--mail-from", sender, "--mail-rcpt", reader, "--upload-file", file(t, letter))
}

// output runs a program and gives what it says.
func output(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, out, stderr.Bytes())
	}
	return out
}

func TestCurlPOP3(t *testing.T) {
	t.Parallel()
	fetched(t, func(t *testing.T, lab *server.Lab, f fetch, s wire.Service) [][]byte {
		url := fmt.Sprintf("%s://%s:%d/", s.Name, pop3Host, s.Real.Port())
		args := []string{
			"--silent", "--show-error", "--max-time", "20", "--user", reader + ":" + readerPassword,
			"--resolve", fmt.Sprintf("%s:%d:127.0.0.1", pop3Host, s.Real.Port()),
		}
		if f.tls {
			args = append(args, "--ssl-reqd", "--cacert", lab.CAFile())
		}
		var letters [][]byte
		for n := range bytes.Count(output(t, "curl", append(args, url)...), []byte("\n")) {
			letters = append(letters, output(t, "curl", append(args, url+strconv.Itoa(n+1))...))
		}
		for range letters {
			if !f.keep { // with each session the next letter becomes the first
				output(t, "curl", append(args, "--list-only", "--request", "DELE", url+"1")...)
			}
		}
		return letters
	})
}

//go:embed testdata/fetch.py
var fetchPy string

func TestPoplib(t *testing.T) {
	t.Parallel()
	fetched(t, func(t *testing.T, lab *server.Lab, f fetch, s wire.Service) [][]byte {
		dir := t.TempDir()
		security := "clear"
		switch {
		case f.service == "pop3s":
			security = "tls"
		case f.tls:
			security = "stls"
		}
		output(t, "python3", "-c", fetchPy, strconv.Itoa(int(s.Real.Port())), security, lab.CAFile(), pop3Host,
			reader, readerPassword, strconv.FormatBool(f.keep), dir)
		return files(t, dir)
	})
}

func TestMpop(t *testing.T) {
	t.Parallel()
	fetched(t, func(t *testing.T, lab *server.Lab, f fetch, s wire.Service) [][]byte {
		dir := t.TempDir()
		args := []string{
			"--host=127.0.0.1", "--port=" + strconv.Itoa(int(s.Real.Port())), "--timeout=20", "--quiet",
			"--user=" + reader, "--passwordeval=echo " + readerPassword, "--received-header=off",
			"--uidls-file=" + filepath.Join(t.TempDir(), "uidls"), "--keep=" + onOff(f.keep),
			"--delivery=exchange," + dir,
		}
		if f.tls {
			args = append(args, "--tls=on", "--tls-trust-file="+lab.CAFile(), "--tls-host-override="+pop3Host,
				"--tls-starttls="+onOff(f.service == "pop3"))
		} else {
			args = append(args, "--auth=apop") // mpop sends no password in clear by itself
		}
		output(t, "mpop", args...)
		return files(t, dir)
	})
}

func TestFetchmail(t *testing.T) {
	t.Parallel()
	fetched(t, func(t *testing.T, lab *server.Lab, f fetch, s wire.Service) [][]byte {
		dir := t.TempDir()
		security := "sslproto ''"
		if f.tls {
			security = fmt.Sprintf("sslproto TLS1.2+ sslcertck sslcertfile %q sslcommonname %q", lab.CAFile(), pop3Host)
		}
		if f.service == "pop3s" {
			security = "ssl " + security
		}
		disposal := "nokeep"
		if f.keep {
			disposal = "keep"
		}
		// The program that takes the letters gives each a file of its own.
		rc := fmt.Sprintf("set invisible\npoll 127.0.0.1 service %d protocol POP3 timeout 20 user %q password %q %s %s fetchall\n"+
			"  no rewrite stripcr no dropdelivered mda %q\n",
			s.Real.Port(), reader, readerPassword, disposal, security, "sh -c 'cat > "+dir+"/$(ls "+dir+" | wc -l)'")
		name := filepath.Join(t.TempDir(), "fetchmailrc")
		if err := os.WriteFile(name, []byte(rc), 0o600); err != nil {
			t.Fatal(err)
		}
		home := t.TempDir()
		output(t, "env", "FETCHMAILHOME="+home, "fetchmail", "-f", name, "--pidfile", filepath.Join(home, "pid"),
			"--idfile", filepath.Join(home, "ids"))
		got := files(t, dir)
		for i := range got {
			got[i] = crlf(got[i]) // programs that take letters get them with LF
		}
		return got
	})
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// files gives the content of the files of a folder, in the order of their
// names.
func files(t *testing.T, dir string) [][]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}
