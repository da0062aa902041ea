package server_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"surel/server"
)

// imapClient speaks IMAP: it numbers its commands.
type imapClient struct {
	*client
	last int
}

// imap connects from the reader's phone to an IMAP server.
func imap(tb testing.TB, lab *server.Lab, port string) *imapClient {
	tb.Helper()
	conn, err := lab.Dial(tb.Context(), server.HP, server.MX1+":"+port)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	if port == "993" {
		conn = tls.Client(conn, lab.ClientTLS(server.MX1))
	}
	return imapGreeting(tb, conn)
}

func imapGreeting(tb testing.TB, conn net.Conn) *imapClient {
	tb.Helper()
	c := &imapClient{client: over(tb, conn)}
	c.line("* OK [CAPABILITY IMAP4rev2 IMAP4rev1 ")
	return c
}

// reader is a client that has logged in and selected INBOX.
func reader(tb testing.TB, lab *server.Lab, port string) *imapClient {
	tb.Helper()
	c := imap(tb, lab, port)
	c.ok("LOGIN guru@sekolah.test rahasia2")
	c.ok("SELECT INBOX")
	return c
}

// do says a command and gives the answer up to the tagged line, which it
// returns apart.
func (c *imapClient) do(command string) (answer, tagged string) {
	c.tb.Helper()
	c.last++
	tag := fmt.Sprintf("t%d ", c.last)
	c.raw(tag + command + "\r\n")
	return c.until(tag)
}

// until reads to a line that begins with prefix.
func (c *imapClient) until(prefix string) (before, line string) {
	c.tb.Helper()
	var all strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.tb.Fatalf("read up to %q: %v after %q", prefix, err, all.String())
		}
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			return all.String(), rest
		}
		all.WriteString(line)
	}
}

// ok says a command that must succeed and gives the answer.
func (c *imapClient) ok(command string) string {
	c.tb.Helper()
	answer, tagged := c.do(command)
	if !strings.HasPrefix(tagged, "OK") {
		c.tb.Fatalf("%s: %s%s", command, answer, tagged)
	}
	return answer + tagged
}

// no says a command that must fail so.
func (c *imapClient) no(command, want string) {
	c.tb.Helper()
	if answer, tagged := c.do(command); !strings.HasPrefix(tagged, want) {
		c.tb.Errorf("%s: %s%s, want %s", command, answer, tagged, want)
	}
}

// holds says a command whose answer must contain some texts.
func (c *imapClient) holds(command string, want ...string) {
	c.tb.Helper()
	answer := c.ok(command)
	for _, w := range want {
		if !strings.Contains(answer, w) {
			c.tb.Errorf("%s: got %s, want %q in it", command, answer, w)
		}
	}
}

// put appends a letter.
func (c *imapClient) put(folder, letter string) {
	c.tb.Helper()
	c.last++
	tag := fmt.Sprintf("t%d ", c.last)
	c.raw(fmt.Sprintf("%sAPPEND %s (\\Flagged) {%d}\r\n", tag, folder, len(letter)))
	c.line("+ ")
	c.raw(letter + "\r\n")
	if before, tagged := c.until(tag); !strings.HasPrefix(tagged, "OK [APPENDUID ") {
		c.tb.Fatalf("append: %s%s", before, tagged)
	}
}

const imapLetter = "From: =?utf-8?q?Si=C3=ABn?= <siswa@kampus.test>\r\nTo: guru@sekolah.test\r\n" +
	"subject:  Tugas\r\n akhir\r\nDate: Mon, 17 Aug 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=b\r\n\r\nbasa-basi\r\n--b\r\n\r\nSelamat pagi\r\n--b\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nUGVrZXJqYWFu\r\n--b--\r\n"

func TestIMAPCommands(t *testing.T) {
	t.Parallel()
	for _, port := range []string{"143", "993"} {
		t.Run(port, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t, server.Config{})
			c := imap(t, lab, port)
			c.no("SELECT INBOX", "BAD")
			c.no("LOGIN guru@sekolah.test salah", "NO [AUTHENTICATIONFAILED]")
			c.holds("AUTHENTICATE PLAIN AGd1cnVAc2Vrb2xhaC50ZXN0AHJhaGFzaWEy", "UIDPLUS", "APPENDLIMIT=2097152", "BINARY")
			c.holds("NAMESPACE", `* NAMESPACE (("" ".")) NIL NIL`)
			c.holds(`LIST "" *`, `* LIST (\HasNoChildren) "." INBOX`, `(\HasNoChildren \Trash) "." "Trash"`)
			c.holds(`LIST "" ""`, `* LIST (\Noselect) "." ""`)
			c.ok("CREATE Tugas.Akhir")
			c.no("CREATE Tugas.Akhir", "NO [ALREADYEXISTS]")
			c.no("CREATE a/b", "NO [CANNOT]")
			c.no("DELETE Trash", "NO [CANNOT]")
			c.no("SELECT Tiada", "NO [NONEXISTENT]")
			c.no("DELETE Tiada", "NO [NONEXISTENT]")
			c.holds("STATUS Tugas.Akhir (MESSAGES UIDNEXT UNSEEN SIZE)", "MESSAGES 0", "UIDNEXT 1", "SIZE 0")
			c.put("INBOX", imapLetter)
			c.holds("SELECT INBOX", "* 1 EXISTS", "[UIDNEXT 2]", "[UIDVALIDITY ", `[PERMANENTFLAGS (`, "[READ-WRITE]")

			c.holds("FETCH 1 BODY.PEEK[]", fmt.Sprintf("BODY[] {%d}\r\n%s)", len(imapLetter), imapLetter))
			c.holds("FETCH 1 BODY.PEEK[]<5.10>", "BODY[]<5> {10}\r\n"+imapLetter[5:15]+")")
			c.holds("FETCH 1 BODY.PEEK[]<9223372036854775807.9223372036854775807>", "{0}")
			c.holds("FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT X)]", "{27}\r\nsubject:  Tugas\r\n akhir\r\n\r\n)")
			c.holds("FETCH 1 BODY.PEEK[1]", "{12}\r\nSelamat pagi)")
			c.holds("FETCH 1 BINARY.PEEK[2]", "~{9}\r\nPekerjaan)")
			c.holds("FETCH 1 BINARY.SIZE[2]", "BINARY.SIZE[2] 9")
			c.holds("FETCH 1 (ENVELOPE BODYSTRUCTURE)", `"Tugas akhir"`, `"mixed"`, `"base64"`)
			c.holds("FETCH 1 (FLAGS RFC822.SIZE)", fmt.Sprintf(`FLAGS (\Flagged) RFC822.SIZE %d`, len(imapLetter)))
			c.holds("FETCH 1 BODY[TEXT]", `FLAGS (\Flagged \Seen)`)
			c.ok("FETCH 7 FLAGS")

			c.holds("SEARCH SUBJECT akhir", "* SEARCH 1\r\n")
			c.holds("SEARCH FROM siën NOT DELETED", "* SEARCH 1\r\n")
			c.holds("UID SEARCH BODY pekerjaan", "* SEARCH 1\r\n")
			c.holds("SEARCH TEXT tiada", "* SEARCH\r\n")
			c.holds("SEARCH OR KEYWORD Tiada SENTON 17-Aug-2026", "* SEARCH 1\r\n")
			c.holds("SEARCH RETURN (COUNT SAVE) LARGER 10", "COUNT 1")
			c.holds("FETCH $ UID", "UID 1")

			c.holds("STORE 1 +FLAGS (Penting \\Deleted)", `* 1 FETCH (FLAGS (\Flagged \Deleted \Seen Penting))`)
			c.no(`STORE 1 +FLAGS (\Recent)`, "NO [CANNOT]")
			c.holds("UID COPY 1 Tugas.Akhir", "OK [COPYUID ", " 1 1]")
			c.no("COPY 1 Tiada", "NO [TRYCREATE]")
			c.holds("EXAMINE Tugas.Akhir", `FLAGS (\Answered`, " Penting)", "[READ-ONLY]", "* 1 EXISTS")
			c.no("STORE 1 FLAGS ()", "NO")
			c.no("EXPUNGE", "NO")
			c.no("MOVE 1 INBOX", "NO")
			c.ok("CLOSE")
			c.holds("STATUS Tugas.Akhir (MESSAGES DELETED)", "MESSAGES 1 DELETED 1")
			c.ok("SELECT Tugas.Akhir")
			c.holds("MOVE 1 INBOX", "* OK [COPYUID ", " 1 2]", "* 1 EXPUNGE")
			c.ok("SELECT INBOX")
			c.holds("UID EXPUNGE 1", "* 1 EXPUNGE")
			c.ok("CLOSE")
			c.holds("STATUS INBOX (MESSAGES)", "MESSAGES 0")
			c.ok("RENAME Tugas.Akhir Selesai")
			c.ok("ENABLE IMAP4rev2")
			c.holds("SELECT Selesai", `* LIST () "." "Selesai"`)
			c.ok("UNSELECT")
			c.ok("DELETE Selesai")
			c.ok("LOGOUT")
		})
	}
}

// TestIMAPIdle tells an idling client what SMTP delivers, what another client
// does and what POP3 removes.
func TestIMAPIdle(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	idler := reader(t, lab, "143")
	idler.raw("i IDLE\r\n")
	idler.line("+ ")

	sendLetter(t, lab)
	idler.line("* 1 EXISTS")
	files, err := lab.Files(server.Teacher)
	if err != nil || len(files) != 1 || !strings.HasPrefix(files[0], "cur/") {
		t.Errorf("the client knows of the letter, and its files are %v, %v", files, err)
	}
	other := reader(t, lab, "993")
	other.ok("STORE 1 +FLAGS (\\Seen Penting)")
	idler.line(`* FLAGS (`)
	idler.line(`* 1 FETCH (UID 1 FLAGS (\Seen Penting \Recent))`)

	pop := maildrop(t, lab, server.MX1, "110")
	pop.ask("USER guru@sekolah.test", "+OK")
	pop.ask("PASS rahasia2", "+OK")
	pop.ask("DELE 1", "+OK")
	pop.ask("QUIT", "+OK")
	idler.line("* 1 EXPUNGE")
	idler.raw("DONE\r\n")
	idler.line("i OK")
	other.holds("NOOP", "* 1 EXPUNGE")
}

// sendLetter sends a letter to the teacher by SMTP.
func sendLetter(t *testing.T, lab *server.Lab) {
	t.Helper()
	c := dial(t, lab, server.MX1+":25")
	for _, s := range [][2]string{
		{"EHLO uji", "250"},
		{"MAIL FROM:<siswa@kampus.test>", "250"},
		{"RCPT TO:<guru@sekolah.test>", "250"},
		{"DATA", "354"},
		{"Subject: halo\r\n\r\nhalo\r\n.", "250"},
		{"QUIT", "221"},
	} {
		c.raw(s[0] + "\r\n")
		c.expect(s[1])
	}
}

// TestIMAPHoldsExpungeBack keeps the numbers of a client that is told nothing
// (RFC 9051 §7.5.1).
func TestIMAPHoldsExpungeBack(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	a := reader(t, lab, "143")
	for i := range 3 {
		a.put("INBOX", fmt.Sprintf("Subject: %d\r\n\r\n", i+1))
	}
	b := reader(t, lab, "143")
	a.ok("STORE 1 +FLAGS (\\Deleted)")
	a.holds("EXPUNGE", "* 1 EXPUNGE")
	b.holds("FETCH 3 BODY.PEEK[HEADER.FIELDS (SUBJECT)]", "* 3 FETCH", "Subject: 3")
	if answer, tagged := b.do("FETCH 1 BODY.PEEK[]"); !strings.HasPrefix(tagged, "NO [EXPUNGEISSUED]") {
		t.Errorf("a letter that has gone: %s%s", answer, tagged)
	}
	b.holds("UID FETCH 3 FLAGS", "* 3 FETCH", "* 1 EXPUNGE")
	b.holds("FETCH 2 BODY.PEEK[HEADER.FIELDS (SUBJECT)]", "* 2 FETCH", "Subject: 3")
}

func TestIMAPStartTLS(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := imap(t, lab, "143")
	c.ok("STARTTLS")
	conn := tls.Client(c.conn, lab.ClientTLS(server.MX1))
	c = &imapClient{client: over(t, conn)}
	c.ok("LOGIN guru@sekolah.test rahasia2")
	c.no("STARTTLS", "BAD")
	c.ok("LOGOUT")
	for _, conn := range lab.Log().Conns() {
		if conn.Service == "imap" && len(conn.Secrets) == 0 {
			t.Error("the log has no secrets of the connection")
		}
	}
}

// TestIMAPBadInput says what no client should say.
func TestIMAPBadInput(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	deep := strings.Repeat("(", 10_000)
	for _, test := range []struct{ name, say, want string }{
		{"long tag", strings.Repeat("a", 60<<10) + " NOOP\r\n", "* BYE "},
		{"long line", "a LOGIN " + strings.Repeat("a", 60<<10) + " b\r\n", "a NO "},
		{"no command", "a\r\n", "* BYE "},
		{"empty line", "\r\n", "* BYE "},
		{"unknown", "a FOO\r\n", "a BAD "},
		{"literal beyond numbers", "a LOGIN {99999999999999999999999}\r\n", "a BAD "},
		{"nested", "a SEARCH " + deep + "\r\n", "a NO "},
		{"no end of STARTTLS", "a STARTTLS\r\nb LOGIN guru@sekolah.test rahasia2\r\n", "a OK "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := imap(t, lab, "143")
			c.raw(test.say)
			c.line(test.want)
		})
	}
	for _, test := range []struct{ name, say, want string }{
		{"huge append", "a APPEND INBOX {4294967296}\r\n", "a NO [TOOBIG] "},
		{"nested", "a SEARCH " + deep + "\r\n", "a NO "},
		{"nested list", "a LIST " + deep + "\r\n", "a BAD "},
		{"not not", "a SEARCH " + strings.Repeat("NOT ", 10_000) + "ALL\r\n", "* SEARCH"},
		{"unknown", "a FOO\r\nb NOOP\r\n", "a BAD "},
		{"wrong word in IDLE", "a IDLE\r\nb NOOP\r\n", "+ "},
		{"zero", "a FETCH 0 FLAGS\r\n", "a "},
		{"part", "a FETCH 1:* BODY[4294967295.4294967295]\r\n", "a OK "},
	} {
		t.Run("logged in "+test.name, func(t *testing.T) {
			t.Parallel()
			c := reader(t, lab, "143")
			c.raw(test.say)
			c.line(test.want)
		})
	}
}

// TestIMAPSilence waits for what does not come.
func TestIMAPSilence(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{Idle: 500 * time.Millisecond})
	for _, test := range []struct{ name, say, want string }{
		{"nothing", "", "* BYE "},
		{"half a line", "a NOOP", "* BYE "},
		{"literal", "a LOGIN {4}\r\nabc", "a NO "},
		// go-imap refuses it and waits all the same.
		{"huge literal", "a LOGIN {4294967296}\r\n", "a NO "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := imap(t, lab, "143")
			c.raw(test.say)
			c.until(test.want)
		})
	}
}

// TestIMAPLiteralThatStops leaves in the middle of a letter: nothing of it is
// kept.
func TestIMAPLiteralThatStops(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := reader(t, lab, "143")
	c.raw("a APPEND INBOX {1000}\r\n")
	c.line("+ ")
	c.raw("Subject: setengah\r\n")
	follower := lab.Log().Follow()
	defer follower.Stop()
	if err := c.conn.Close(); err != nil {
		t.Fatal(err)
	}
	for closed := false; !closed; {
		for _, conn := range lab.Log().Conns() {
			closed = closed || conn.Service == "imap" && !conn.Closed.IsZero()
		}
		if !closed {
			<-follower.C
		}
	}
	if letters, err := lab.Letters(server.Teacher); err != nil || len(letters) != 0 {
		t.Errorf("%d letters, %v", len(letters), err)
	}
}

// TestIMAPStrangeLetters reads structures that go-imap itself does not survive.
func TestIMAPStrangeLetters(t *testing.T) {
	t.Parallel()
	c := reader(t, startLab(t, server.Config{}), "143")
	for i, letter := range []string{
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
		"Content-Type: multipart/mixed\r\n\r\nx\r\n",
		"Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
		"Content-Type: /\r\n\r\n", "no header at all", "\r\n", ":\r\n\r\n", "\x00\xff\r\n\r\n\x1b[2J",
		strings.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 5000),
		strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 20_000),
	} {
		c.put("INBOX", letter)
		c.holds(fmt.Sprintf("FETCH %d (BODY.PEEK[] BODY BODYSTRUCTURE ENVELOPE BODY.PEEK[1])", i+1), letter)
		c.holds("SEARCH UNDELETED TEXT tiada", "* SEARCH\r\n")
	}
}

// TestIMAPOtherOrganisation lets nobody log in at a server of strangers.
func TestIMAPOtherOrganisation(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", service(t, lab, server.Kampus, "imap").Real.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	c := imapGreeting(t, conn)
	c.no("LOGIN guru@sekolah.test rahasia2", "NO [AUTHENTICATIONFAILED]")
	c.no(`LOGIN postmaster@kampus.test ""`, "NO [AUTHENTICATIONFAILED]")
	c.ok("LOGIN siswa rahasia")
}
