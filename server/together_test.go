package server_test

import (
	"flag"
	"fmt"
	"math"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"surel/server"
)

// togetherFor is how long the clients of TestTogether go on; zero stands for a
// number of letters.
var togetherFor = flag.Duration("together", 0, "how long many clients share a mailbox")

// maxUnread is how far senders run ahead of the readers.
const maxUnread = 300

// ledger is what all clients of a mailbox together know of its letters.
type ledger struct {
	mu       sync.Mutex
	sent     map[string]bool
	read     map[string]string // by "UIDVALIDITY.UID": what the letter was
	removed  map[string]bool
	senders  atomic.Int32 // how many still send
	t        *testing.T
	subjects *regexp.Regexp
	known    sync.Cond // tells that another letter was read
	names    map[string]bool
}

// mayI waits until the readers have caught up with the senders.
func (l *ledger) mayI() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.sent)-len(l.names) > maxUnread {
		l.known.Wait()
	}
}

// saw notes a letter under its UID, which must always be the same letter, and
// gives its name.
func (l *ledger) saw(uid, text string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.subjects.FindStringSubmatch(text)
	if found == nil {
		l.t.Errorf("a letter that is half seen: %q", text)
		return ""
	}
	if was := l.read[uid]; was != "" && was != found[1] {
		l.t.Errorf("UID %s was %s and is %s", uid, was, found[1])
	}
	l.read[uid] = found[1]
	l.names[found[1]] = true
	l.known.Broadcast()
	return found[1]
}

func (l *ledger) remove(names ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range names {
		l.removed[n] = true
	}
}

// TestTogether lets SMTP deliver, IMAP flag and remove, and POP3 read and
// remove, all at once: no letter may be lost, doubled or half seen.
func TestTogether(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{NoFsync: true})
	book := &ledger{
		sent: map[string]bool{}, read: map[string]string{}, removed: map[string]bool{}, t: t,
		subjects: regexp.MustCompile(`Subject: (\S+)\r\n\r\nhalo\r\n$`), names: map[string]bool{},
	}
	book.known.L = &book.mu
	const senders, readers, collectors = 8, 8, 4 // 20 connections
	each, until := 25, time.Time{}
	if *togetherFor > 0 {
		each, until = math.MaxInt, time.Now().Add(*togetherFor)
	}
	book.senders.Store(senders)
	var all sync.WaitGroup // not parallel subtests: of those few run at once
	for i := range senders {
		all.Go(func() {
			defer book.senders.Add(-1)
			sendMany(t, lab, book, i, each, until)
		})
	}
	for range readers {
		all.Go(func() { removeByIMAP(t, lab, book) })
	}
	for range collectors {
		all.Go(func() {
			for book.senders.Load() > 0 {
				removeByPOP3(t, lab, book)
			}
		})
	}
	all.Wait()
	c := reader(t, lab, "143")
	left := map[string]bool{}
	for _, found := range regexp.MustCompile(`Subject: (\S+)`).FindAllStringSubmatch(c.ok("FETCH 1:* BODY.PEEK[]"), -1) {
		if left[found[1]] {
			t.Errorf("letter %s is there twice", found[1])
		}
		left[found[1]] = true
	}
	for name := range book.sent {
		if !left[name] && !book.removed[name] {
			t.Errorf("letter %s is lost", name)
		}
	}
	if *togetherFor == 0 && len(book.sent) != senders*each {
		t.Errorf("%d letters were sent", len(book.sent))
	}
	t.Logf("%d letters sent, %d removed, %d left", len(book.sent), len(book.removed), len(left))
}

// sendMany sends so many letters, or until the time has come.
func sendMany(t *testing.T, lab *server.Lab, book *ledger, sender, each int, until time.Time) {
	c := dial(t, lab, server.MX1+":25")
	c.raw("EHLO uji\r\n")
	c.expect("250")
	for i := range each {
		if !until.IsZero() && time.Now().After(until) {
			return
		}
		book.mayI()
		name := fmt.Sprintf("%d.%d", sender, i)
		for _, s := range [][2]string{
			{"MAIL FROM:<siswa@kampus.test>", "250"},
			{"RCPT TO:<guru@sekolah.test>", "250"},
			{"DATA", "354"},
			{"Subject: " + name + "\r\n\r\nhalo\r\n.", "250"},
		} {
			c.raw(s[0] + "\r\n")
			c.expect(s[1])
		}
		book.mu.Lock()
		book.sent[name] = true
		book.mu.Unlock()
	}
}

// removeByIMAP reads every letter that comes and removes every third.
func removeByIMAP(t *testing.T, lab *server.Lab, book *ledger) {
	c := reader(t, lab, "143")
	validity := regexp.MustCompile(`UIDVALIDITY (\d+)`).FindStringSubmatch(c.ok("SELECT INBOX"))[1]
	uids := regexp.MustCompile(`\d+`)
	for last := false; !last; {
		last = book.senders.Load() == 0
		answer := c.ok("UID SEARCH UNKEYWORD Dibaca")
		line, _, _ := strings.Cut(answer[strings.Index(answer, "* SEARCH")+len("* SEARCH"):], "\r\n")
		for _, uid := range uids.FindAllString(line, -1) {
			text, tagged := c.do("UID FETCH " + uid + " BODY.PEEK[]")
			at := strings.Index(text, "}\r\n")
			if !strings.HasPrefix(tagged, "OK") || at < 0 {
				continue // another client was faster
			}
			var size int
			if _, err := fmt.Sscanf(text[strings.LastIndex(text[:at], "{"):], "{%d}", &size); err != nil {
				t.Fatalf("%v in %q", err, text)
			}
			name := book.saw(validity+"."+uid, text[at+3:at+3+size])
			c.ok("UID STORE " + uid + " +FLAGS.SILENT (Dibaca \\Seen)")
			if len(uid)%2 == 1 {
				c.ok("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)")
				c.ok("UID EXPUNGE " + uid)
				book.remove(name)
			}
		}
	}
}

// removeByPOP3 is one session: it reads three letters and removes them.
func removeByPOP3(t *testing.T, lab *server.Lab, book *ledger) {
	c := maildrop(t, lab, server.MX1, "110")
	defer func() { _ = c.conn.Close() }()
	c.ask("USER guru@sekolah.test", "+OK")
	c.raw("PASS rahasia2\r\n")
	if line, err := c.r.ReadString('\n'); err != nil || !strings.HasPrefix(line, "+OK") {
		if !strings.HasPrefix(line, "-ERR [IN-USE]") {
			t.Fatalf("PASS: %q, %v", line, err)
		}
		return
	}
	c.ask("UIDL", "+OK")
	var names []string
	for line := range strings.SplitSeq(strings.TrimSuffix(c.lines(), "\r\n"), "\r\n") {
		number, uid, ok := strings.Cut(line, " ")
		if !ok || len(names) == 3 {
			break
		}
		c.raw("RETR " + number + "\r\n")
		if reply, err := c.r.ReadString('\n'); err != nil || !strings.HasPrefix(reply, "+OK") {
			continue // another client was faster
		}
		names = append(names, book.saw(uid, c.lines()))
		c.ask("DELE "+number, "+OK")
	}
	c.ask("QUIT", "+OK")
	book.remove(names...)
}
