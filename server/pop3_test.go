package server_test

import (
	"crypto/tls"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"surel/server"
)

// maildrop connects from the reader's phone to a POP3 server.
func maildrop(tb testing.TB, lab *server.Lab, host, port string) *client {
	tb.Helper()
	conn, err := lab.Dial(tb.Context(), server.HP, host+":"+port)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	if port == "995" {
		conn = tls.Client(conn, lab.ClientTLS(host))
	}
	c := over(tb, conn)
	c.line("+OK " + host + " POP3")
	return c
}

// line reads one line that begins with prefix. POP3's replies have no sign of
// lines to follow.
func (c *client) line(prefix string) {
	c.tb.Helper()
	got, err := c.r.ReadString('\n')
	if err != nil || !strings.HasPrefix(got, prefix) {
		c.tb.Fatalf("got line %q (%v), want %q…", got, err, prefix)
	}
}

// ask says a line and reads the first line of the reply.
func (c *client) ask(line, prefix string) {
	c.tb.Helper()
	c.raw(line + "\r\n")
	c.line(prefix)
}

// lines reads the lines of a reply up to its dot.
func (c *client) lines() string {
	c.tb.Helper()
	var all strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			c.tb.Fatal(err)
		}
		if line == ".\r\n" {
			return all.String()
		}
		all.WriteString(line)
	}
}

func (c *client) pop3Login(user, password string) *client {
	c.tb.Helper()
	c.ask("USER "+user, "+OK")
	c.ask("PASS "+password, "+OK")
	return c
}

// TestPOP3 fetches through every port what SMTP has delivered.
func TestPOP3(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	greeted(t, lab, server.MX1+":25").send(server.Student, server.Teacher, hello)
	want := letters(t, lab, server.Teacher)[0]
	uid := ""
	for _, user := range []string{server.Teacher, "guru"} {
		for _, port := range []string{"110", "995"} {
			c := maildrop(t, lab, server.MX1, port).pop3Login(user, "rahasia2")
			c.ask("STAT", "+OK 1 "+strconv.Itoa(len(want)))
			c.ask("RETR 1", "+OK")
			if got := c.lines(); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			c.ask("UIDL", "+OK")
			if again := c.lines(); uid != "" && again != uid {
				t.Errorf("the unique-id was %q and is %q", uid, again)
			} else {
				uid = again
			}
			c.ask("QUIT", "+OK")
			c.ended()
		}
	}
}

// TestPOP3Logins lets people in at the server of their own organisation.
func TestPOP3Logins(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	maildrop(t, lab, server.Kampus, "110").pop3Login("siswa", "rahasia").ask("STAT", "+OK 0 0")
	for _, foreign := range []string{server.Teacher, "guru", "postmaster@" + "kampus.test"} {
		c := maildrop(t, lab, server.Kampus, "995")
		c.ask("USER "+foreign, "+OK")
		c.ask("PASS rahasia2", "-ERR [AUTH]")
	}
}

// TestPOP3LostConnection deletes nothing of what was only marked, and frees
// the mailbox.
func TestPOP3LostConnection(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	greeted(t, lab, server.MX1+":25").send(server.Student, server.Teacher, hello)
	lost := maildrop(t, lab, server.MX1, "110").pop3Login("guru", "rahasia2")
	lost.ask("DELE 1", "+OK")

	c := maildrop(t, lab, server.MX1, "110")
	c.ask("USER guru", "+OK")
	c.ask("PASS rahasia2", "-ERR [IN-USE]")
	if err := lost.conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	lost.ended()

	c.pop3Login("guru", "rahasia2")
	c.ask("DELE 1", "+OK")
	c.ask("QUIT", "+OK 1 messages deleted")
	c.ended()
	if got := letters(t, lab, server.Teacher); len(got) != 0 {
		t.Errorf("QUIT left %q", got)
	}
}

// TestPOP3NewLetter shows letters that arrive in a session to the next one.
func TestPOP3NewLetter(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := maildrop(t, lab, server.MX1, "110").pop3Login("guru", "rahasia2")
	greeted(t, lab, server.MX1+":25").send(server.Student, server.Teacher, hello)
	c.ask("STAT", "+OK 0 0")
	c.ask("QUIT", "+OK")
	c.ended()
	maildrop(t, lab, server.MX1, "110").pop3Login("guru", "rahasia2").ask("STAT", "+OK 1 ")
}

// TestPOP3TooManyConnections tells who comes when no place is left.
func TestPOP3TooManyConnections(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{MaxConns: 1})
	maildrop(t, lab, server.MX1, "110")
	conn, err := lab.Dial(t.Context(), server.HP, server.MX1+":110")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c := over(t, conn)
	c.line("-ERR [SYS/TEMP] Too many")
	c.ended()
}

// TestPOP3ClosedInQUIT closes the lab while a session deletes: letters that
// were not marked are all there when it starts again, with the same unique-ids.
func TestPOP3ClosedInQUIT(t *testing.T) {
	t.Parallel()
	const n = 200
	dir := t.TempDir()
	lab, err := server.Start(t.Context(), server.Config{Dir: dir, NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	sender := greeted(t, lab, server.MX1+":25")
	for i := range n {
		sender.send(server.Student, server.Teacher, "Subject: "+strconv.Itoa(i)+"\r\n\r\n")
	}
	c := maildrop(t, lab, server.MX1, "110").pop3Login("guru", "rahasia2")
	c.ask("UIDL", "+OK")
	before := strings.Split(c.lines(), "\r\n")
	for i := 1; i <= n; i += 2 {
		c.ask("DELE "+strconv.Itoa(i), "+OK")
	}
	c.raw("QUIT\r\n")
	if err := lab.Close(); err != nil {
		t.Fatal(err)
	}

	c = maildrop(t, startLab(t, server.Config{Dir: dir}), server.MX1, "110").pop3Login("guru", "rahasia2")
	c.ask("UIDL", "+OK")
	after := c.lines()
	for i := 1; i < n; i += 2 { // the second, the fourth … were not marked
		_, uid, _ := strings.Cut(before[i], " ")
		if !strings.Contains(after, " "+uid+"\r\n") {
			t.Fatalf("letter %d is lost", i+1)
		}
	}
}

// TestPOP3CountsLines holds the sizes that STAT and LIST give to what RETR
// sends, for files whose lines do not end as lines on the wire do, also after a
// restart.
func TestPOP3CountsLines(t *testing.T) {
	t.Parallel()
	files := []string{
		"Subject: a\r\n\r\nwhole\r\n", "Subject: b\n\nbare\nlines\n", "Subject: c\r\n\r\nno end", "Subject: d\n\n.dot\n..\nno end", "",
	}
	dir := t.TempDir()
	fresh := filepath.Join(dir, "mail", "sekolah.test", "guru", "new")
	if err := os.MkdirAll(fresh, 0o700); err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if err := os.WriteFile(filepath.Join(fresh, strconv.Itoa(i)+".other.host"), []byte(f), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		lab := startLab(t, server.Config{Dir: dir})
		c := maildrop(t, lab, server.MX1, "110").pop3Login(server.Teacher, "rahasia2")
		total := 0
		for i := range files {
			n := strconv.Itoa(i + 1)
			c.ask("RETR "+n, "+OK")
			sent := strings.ReplaceAll("\r\n"+c.lines(), "\r\n..", "\r\n.")[2:]
			c.ask("LIST "+n, "+OK "+n+" "+strconv.Itoa(len(sent))+"\r\n")
			total += len(sent)
		}
		c.ask("STAT", "+OK 5 "+strconv.Itoa(total)+"\r\n")
		c.ask("QUIT", "+OK")
		if err := lab.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
