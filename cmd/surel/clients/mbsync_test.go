//go:build clients

package clients

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

// mirror is a mailbox of the lab that mbsync keeps the same as a Maildir.
type mirror struct {
	t      *testing.T
	config string
	near   string // the Maildir on this side
}

// newMirror writes the configuration of mbsync.
func newMirror(t *testing.T, lab *server.Lab, s wire.Service, security string) mirror {
	t.Helper()
	near := t.TempDir()
	ssl := map[string]string{"clear": "None", "starttls": "STARTTLS", "tls": "IMAPS"}[security]
	config := fmt.Sprintf(`IMAPAccount lab
Host localhost
Port %d
User %s
Pass %s
SSLType %s
CertificateFile %s
AuthMechs LOGIN

IMAPStore far
Account lab

MaildirStore near
Path %[6]s/
Inbox %[6]s/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns * !Junk
Create Both
Remove Both
Expunge Both
SyncState *
`, s.Real.Port(), reader, readerPassword, ssl, lab.CAFile(), near)
	return mirror{t, file(t, []byte(config)), near}
}

// sync lets mbsync make both sides the same.
func (m mirror) sync() {
	m.t.Helper()
	command(m.t, nil, "mbsync", "-c", m.config, "-a")
}

// inbox gives the files of the INBOX on this side.
func (m mirror) inbox() []string {
	m.t.Helper()
	var all []string
	for _, sub := range []string{"cur", "new"} {
		found, err := filepath.Glob(filepath.Join(m.near, "INBOX", sub, "*"))
		if err != nil {
			m.t.Fatal(err)
		}
		all = append(all, found...)
	}
	slices.Sort(all)
	return all
}

// add puts a letter into a folder on this side.
func (m mirror) add(folder, name string, letter []byte) {
	m.t.Helper()
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(m.near, folder, sub), 0o700); err != nil {
			m.t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(m.near, folder, "cur", name), letter, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

// withoutMark takes the line away by which mbsync finds a letter again.
func withoutMark(letter []byte) []byte {
	var kept []byte
	for l := range bytes.Lines(letter) {
		if !bytes.HasPrefix(l, []byte("X-TUID: ")) {
			kept = append(kept, l...)
		}
	}
	return kept
}

// TestMbsync keeps a Maildir the same as the mailbox, in both directions:
// letters, flags, folders, and what is deleted.
func TestMbsync(t *testing.T) {
	t.Parallel()
	byIMAP(t, func(t *testing.T, lab *server.Lab, s wire.Service, security string) {
		m := newMirror(t, lab, s, security)
		stored := await(t, lab, reader, 1)[0]
		m.sync()
		near := m.inbox()
		if len(near) != 1 {
			t.Fatalf("this side has %q", near)
		}
		got, err := os.ReadFile(near[0])
		if err != nil {
			t.Fatal(err)
		}
		// mbsync keeps lines on this side without their CR.
		if want := bytes.ReplaceAll(stored, []byte("\r\n"), []byte("\n")); !bytes.Equal(withoutMark(got), want) {
			t.Errorf("this side has\n%q\nthe other\n%q", got, want)
		}

		m.add("Tugas", "1.a.b:2,F", []byte("Subject: Dari sini\n\nIsi.\n"))
		seen, _, _ := strings.Cut(filepath.Base(near[0]), ":2,")
		if err := os.Rename(near[0], filepath.Join(m.near, "INBOX", "cur", seen+":2,S")); err != nil {
			t.Fatal(err)
		}
		m.sync()
		files, err := lab.Files(reader)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(files, func(f string) bool { return strings.HasPrefix(f, ".Tugas/") && strings.HasSuffix(f, ":2,F") }) ||
			!slices.ContainsFunc(files, func(f string) bool { return strings.HasPrefix(f, "cur/") && strings.HasSuffix(f, ":2,S") }) {
			t.Errorf("the other side has %q", files)
		}
		there := fetchAll(t, lab, s, security, "Tugas")
		if !bytes.Contains(withoutMark(there), []byte("Subject: Dari sini\r\n\r\nIsi.\r\n")) {
			t.Errorf("the other side has %q", there)
		}

		put(t, lab, []byte("Subject: Baru\r\n\r\nDatang kemudian.\r\n"))
		await(t, lab, reader, 2)
		if err := os.Remove(m.inbox()[0]); err != nil {
			t.Fatal(err)
		}
		m.sync()
		if left := await(t, lab, reader, 0); len(left) != 1 || !bytes.Contains(left[0], []byte("Subject: Baru")) {
			t.Errorf("the other side has %q", left)
		}
		if near := m.inbox(); len(near) != 1 {
			t.Errorf("this side has %q", near)
		}
		m.sync() // nothing is left to do
	})
}

// fetchAll gives the first letter of a folder as curl fetches it.
func fetchAll(t *testing.T, lab *server.Lab, s wire.Service, security, folder string) []byte {
	t.Helper()
	args := []string{
		"--silent", "--show-error", "--max-time", "20", "--user", reader + ":" + readerPassword,
		"--resolve", fmt.Sprintf("%s:%d:127.0.0.1", pop3Host, s.Real.Port()),
	}
	if security != "clear" {
		args = append(args, "--ssl-reqd", "--cacert", lab.CAFile())
	}
	return output(t, "curl", append(args, fmt.Sprintf("%s://%s:%d/%s;UID=1", s.Name, pop3Host, s.Real.Port(), folder))...)
}

// TestMbsyncTakesALargeMailbox copies a thousand letters.
func TestMbsyncTakesALargeMailbox(t *testing.T) {
	t.Parallel()
	const many = 1000
	lab := startLab(t)
	letters := make([][]byte, many)
	for i := range letters {
		letters[i] = fmt.Appendf(nil, "Message-ID: <%d@kampus.test>\r\nSubject: Surat %d\r\n\r\nIsi %d.\r\n", i, i, i)
	}
	if err := lab.Fill(context.Background(), reader, map[string][][]byte{"INBOX": letters}); err != nil {
		t.Fatal(err)
	}
	m := newMirror(t, lab, service(t, lab, pop3Host, "imap"), "clear")
	m.sync()
	if near := m.inbox(); len(near) != many {
		t.Errorf("this side has %d letters", len(near))
	}
	decodes(t, lab)
}
