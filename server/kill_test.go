package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"surel/server"
)

// killDir tells the test binary that it is the lab that will be killed.
const killDir = "SUREL_TEST_KILL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		fmt.Fprintln(os.Stderr, serveUntilKilled(dir))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

// serveUntilKilled runs a lab and says where its servers are.
func serveUntilKilled(dir string) error {
	lab, err := server.Start(context.Background(), server.Config{Dir: dir})
	if err != nil {
		return err
	}
	for _, s := range lab.Services() {
		fmt.Println(s.Host, s.Addr.Port(), s.Real)
	}
	fmt.Println("ready")
	_, err = io.Copy(io.Discard, os.Stdin) // ends with the test at the latest
	return errors.Join(err, lab.Close())
}

// fate is what is known of a letter.
type fate struct {
	uid              string // empty: never seen
	stored, flagged  bool   // the server has confirmed it
	leaving, removed bool   // a client has asked for it, the server has confirmed it
}

// fates are the letters of all rounds, by their subjects.
type fates struct {
	mu  sync.Mutex
	of  map[string]*fate
	uid map[string]string // the letter of each UID
	did int
	max int // kill after so many confirmed changes
	end func()
}

// note changes what is known of a letter, and kills the lab when enough is.
func (f *fates) note(name string, change func(*fate)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of[name] == nil {
		f.of[name] = &fate{}
	}
	change(f.of[name])
	if f.did++; f.did == f.max {
		f.end()
	}
}

// caller speaks to a lab that may be killed at any moment; the first error
// ends it.
type caller struct {
	conn net.Conn
	r    *bufio.Reader
	tags int
}

func call(addr string) (*caller, error) {
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(context.Background(), "tcp", addr)
	if err != nil {
		return nil, err
	}
	c := &caller{conn: conn, r: bufio.NewReader(conn)}
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return c, err
	}
	_, err = c.r.ReadString('\n')
	return c, err
}

// ask sends a line and reads up to the line that begins with one of the ends.
func (c *caller) ask(line string, ends ...string) (string, error) {
	if _, err := io.WriteString(c.conn, line+"\r\n"); err != nil {
		return "", err
	}
	var all strings.Builder
	for {
		l, err := c.r.ReadString('\n')
		if err != nil {
			return "", err
		}
		all.WriteString(l)
		for _, end := range ends {
			if strings.HasPrefix(l, end) {
				return all.String(), nil
			}
		}
	}
}

// tagged sends a command of IMAP and reads up to its end.
func (c *caller) tagged(command string) (string, error) {
	c.tags++
	tag := fmt.Sprintf("k%d ", c.tags)
	return c.ask(tag+command, tag)
}

// sendUntilKilled delivers letters.
func (f *fates) sendUntilKilled(addr, round string) error {
	c, err := call(addr)
	if err != nil {
		return err
	}
	defer func() { _ = c.conn.Close() }()
	if _, err := c.ask("EHLO laptop.kampus.test", "250 "); err != nil {
		return err
	}
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s.%d", round, i)
		for _, line := range []string{"MAIL FROM:<siswa@kampus.test>", "RCPT TO:<guru@sekolah.test>", "DATA"} {
			if _, err := c.ask(line, "250 ", "354 "); err != nil {
				return err
			}
		}
		f.note(name, func(*fate) {})
		if _, err := c.ask("Subject: "+name+"\r\n\r\nhalo\r\n.", "250 "); err != nil {
			return err
		}
		f.note(name, func(l *fate) { l.stored = true })
	}
}

var (
	subject = regexp.MustCompile(`Subject: (\S+)\r\n`)
	number  = regexp.MustCompile(`\d+`)
)

// flagUntilKilled flags every letter by IMAP, and removes every third.
func (f *fates) flagUntilKilled(addr string) error {
	c, err := call(addr)
	if err != nil {
		return err
	}
	defer func() { _ = c.conn.Close() }()
	for _, command := range []string{"LOGIN guru@sekolah.test rahasia2", "SELECT INBOX"} {
		if _, err := c.tagged(command); err != nil {
			return err
		}
	}
	for {
		found, err := c.tagged("UID SEARCH UNFLAGGED")
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(found, "\r\n")
		for _, uid := range number.FindAllString(strings.TrimPrefix(line, "* SEARCH"), -1) {
			if err := f.flag(c, uid); err != nil {
				return err
			}
		}
	}
}

func (f *fates) flag(c *caller, uid string) error {
	text, err := c.tagged("UID FETCH " + uid + " BODY.PEEK[]")
	if err != nil {
		return err
	}
	name := subject.FindStringSubmatch(text)
	if name == nil {
		return nil // POP3 was faster
	}
	done, err := c.tagged("UID STORE " + uid + ` +FLAGS.SILENT (\Flagged)`)
	if err != nil {
		return err
	}
	if strings.Contains(done, " OK ") {
		f.note(name[1], func(l *fate) { l.uid, l.flagged = uid, true })
	}
	if len(name[1])%3 > 0 {
		return nil
	}
	f.note(name[1], func(l *fate) { l.leaving = true })
	if _, err = c.tagged("UID STORE " + uid + ` +FLAGS.SILENT (\Deleted)`); err != nil {
		return err
	}
	if _, err = c.tagged("UID EXPUNGE " + uid); err != nil {
		return err
	}
	f.note(name[1], func(l *fate) { l.removed = true })
	return nil
}

// collectUntilKilled removes letters by POP3, two in a session.
func (f *fates) collectUntilKilled(addr string) error {
	for {
		if err := f.collect(addr); err != nil {
			return err
		}
	}
}

func (f *fates) collect(addr string) error {
	c, err := call(addr)
	if err != nil {
		return err
	}
	defer func() { _ = c.conn.Close() }()
	if _, err := c.ask("USER guru@sekolah.test", "+OK"); err != nil {
		return err
	}
	if reply, err := c.ask("PASS rahasia2", "+OK", "-ERR"); err != nil || reply[0] == '-' {
		return err // the last session may still have the lock
	}
	var names []string
	for _, n := range []string{"1", "2"} {
		text, err := c.ask("RETR "+n, "-ERR", ".\r\n")
		if err != nil {
			return err
		}
		if name := subject.FindStringSubmatch(text); name != nil {
			names = append(names, name[1])
			if _, err := c.ask("DELE "+n, "+OK"); err != nil {
				return err
			}
		}
	}
	for _, name := range names {
		f.note(name, func(l *fate) { l.leaving = true })
	}
	if _, err := c.ask("QUIT", "+OK"); err != nil {
		return err
	}
	for _, name := range names {
		f.note(name, func(l *fate) { l.removed = true })
	}
	return nil
}

// TestKilledLab kills a lab with clients of all three protocols at random
// moments, also while POP3 removes letters at QUIT, and starts it again: every
// confirmed change must be there, and every UID must be its letter's.
func TestKilledLab(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := &fates{of: map[string]*fate{}, uid: map[string]string{}}
	validity := ""
	for round := range 5 {
		f.killedOnce(t, dir, strconv.Itoa(round))
		lab, err := server.Start(t.Context(), server.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		is := f.check(t, lab)
		if validity == "" {
			validity = is
		}
		if is != validity {
			t.Errorf("UIDVALIDITY was %s and is %s", validity, is)
		}
		if err := lab.Close(); err != nil {
			t.Error(err)
		}
	}
	var flagged, removed int
	for _, l := range f.of {
		if l.flagged {
			flagged++
		}
		if l.removed {
			removed++
		}
	}
	if len(f.of) < 50 || flagged == 0 || removed == 0 {
		t.Errorf("only %d letters were sent, %d flagged, %d removed", len(f.of), flagged, removed)
	}
	t.Logf("%d letters, %d flagged, %d removed", len(f.of), flagged, removed)
}

// killedOnce runs a lab in a process of its own until it is killed.
func (f *fates) killedOnce(t *testing.T, dir, round string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), killDir+"="+dir)
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	addrs := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
		host, rest, _ := strings.Cut(lines.Text(), " ")
		port, addr, _ := strings.Cut(rest, " ")
		addrs[host+":"+port] = addr
	}
	f.did, f.max = 0, 100+rand.IntN(300)
	f.end = func() { _ = child.Process.Kill() }
	var clients sync.WaitGroup
	for i := range 2 {
		clients.Go(func() { _ = f.sendUntilKilled(addrs[server.MX1+":25"], fmt.Sprint(round, ".", i)) })
	}
	clients.Go(func() { _ = f.flagUntilKilled(addrs[server.MX1+":143"]) })
	clients.Go(func() { _ = f.collectUntilKilled(addrs[server.MX1+":110"]) })
	clients.Wait()
	_ = child.Process.Kill() // where the clients ended for another reason
	if err := child.Wait(); child.ProcessState.Exited() {
		t.Fatalf("the lab ended by itself: %v", err)
	}
	if f.did < f.max {
		t.Fatalf("the clients gave up after %d of %d changes", f.did, f.max)
	}
}

// check holds the mailbox against what was confirmed, and gives UIDVALIDITY.
func (f *fates) check(t *testing.T, lab *server.Lab) string {
	t.Helper()
	c := imap(t, lab, "143")
	c.ok("LOGIN guru@sekolah.test rahasia2")
	validity := regexp.MustCompile(`UIDVALIDITY (\d+)`).FindStringSubmatch(c.ok("SELECT INBOX"))[1]
	there := map[string]*fate{}
	for _, one := range strings.Split(c.ok("UID FETCH 1:* (FLAGS BODY.PEEK[])"), "FETCH (")[1:] {
		uid := regexp.MustCompile(`UID (\d+)`).FindStringSubmatch(one)
		name := subject.FindStringSubmatch(one)
		if uid == nil || name == nil || !strings.Contains(one, "\r\n\r\nhalo\r\n") {
			t.Fatalf("a letter that is not whole: %q", one)
		}
		if there[name[1]] != nil {
			t.Errorf("letter %s is there twice", name[1])
		}
		if was := f.uid[uid[1]]; was != "" && was != name[1] {
			t.Errorf("UID %s was that of %s and is that of %s", uid[1], was, name[1])
		}
		f.uid[uid[1]] = name[1]
		there[name[1]] = &fate{uid: uid[1], flagged: strings.Contains(one, `\Flagged`)}
	}
	for name, was := range f.of {
		is := there[name]
		switch {
		case is == nil && was.stored && !was.leaving:
			t.Errorf("letter %s is lost: %+v", name, *was)
		case is != nil && was.removed:
			t.Errorf("letter %s has come back: %+v", name, *was)
		case is != nil && was.flagged && !is.flagged:
			t.Errorf("letter %s has lost its flag: %+v", name, *was)
		case is != nil && was.uid != "" && was.uid != is.uid:
			t.Errorf("letter %s had UID %s and has %s", name, was.uid, is.uid)
		case is != nil:
			was.stored, was.leaving, was.uid = true, false, is.uid
		default: // for good
			was.removed = true
		}
	}
	for name := range there {
		if f.of[name] == nil {
			t.Errorf("letter %s comes from nowhere", name)
		}
	}
	return validity
}
