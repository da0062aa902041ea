//go:build clients

package server_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"surel/server"
)

// dovecotConfig lets Dovecot 2.3 serve one Maildir to one user, whatever the
// password, on two ports of the loopback interface. It drops to a user of the
// system, because it reads no mail as root.
const dovecotConfig = `
base_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap pop3
ssl = no
disable_plaintext_auth = no
mail_location = maildir:%[1]s/mail
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=mail gid=mail home=%[1]s
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = %[2]d
  }
}
service pop3-login {
  inet_listener pop3 {
    address = 127.0.0.1
    port = %[3]d
  }
}
`

// startDovecot serves many letters and gives the addresses of IMAP and POP3.
func startDovecot(b *testing.B) (imap, pop3 string) {
	b.Helper()
	dir, err := os.MkdirTemp("", "surel-dovecot-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	fillMaildir(b, filepath.Join(dir, "mail"))
	ports := [2]int{freePort(b), freePort(b)}
	config := filepath.Join(dir, "dovecot.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, dovecotConfig, dir, ports[0], ports[1]), 0o600); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.CommandContext(b.Context(), "chown", "-R", "mail:mail", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	daemon := exec.Command("dovecot", "-F", "-c", config)
	if err := daemon.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = daemon.Process.Signal(os.Interrupt)
		_ = daemon.Wait()
	})
	imap, pop3 = fmt.Sprint("127.0.0.1:", ports[0]), fmt.Sprint("127.0.0.1:", ports[1])
	until := time.Now().Add(10 * time.Second)
	for {
		conn, err := net.Dial("tcp", imap)
		if err == nil {
			_ = conn.Close()
			return imap, pop3
		}
		if time.Now().After(until) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			b.Fatalf("dovecot does not answer: %v\n%s", err, log)
		}
	}
}

func freePort(b *testing.B) int {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// BenchmarkBesideDovecot lets the lab and Dovecot do the same work on the same
// letters, in turns, and tells how many times the lab does it while Dovecot
// does it once.
func BenchmarkBesideDovecot(b *testing.B) {
	lab := fullLab(b)
	theirIMAP, theirPOP3 := startDovecot(b)
	ours, theirs := imapAt(b, service(b, lab, server.MX1, "imap").Real.String()), imapAt(b, theirIMAP)
	compare := func(name string, our, their func()) {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			var ourTime, theirTime time.Duration
			for b.Loop() {
				begin := time.Now()
				our()
				middle := time.Now()
				their()
				ourTime += middle.Sub(begin)
				theirTime += time.Since(middle)
			}
			b.ReportMetric(float64(ourTime.Microseconds())/float64(b.N)/1000, "our-ms")
			b.ReportMetric(float64(theirTime.Microseconds())/float64(b.N)/1000, "their-ms")
			b.ReportMetric(theirTime.Seconds()/ourTime.Seconds(), "lab/dovecot")
			b.ReportMetric(0, "ns/op")
		})
	}
	begin := time.Now()
	ours.ok("SELECT INBOX")
	middle := time.Now()
	theirs.ok("SELECT INBOX")
	b.Logf("cold SELECT: ours %v, theirs %v", middle.Sub(begin), time.Since(middle))
	for _, command := range imapWork() {
		compare(command, func() { ours.ok(command) }, func() { theirs.ok(command) })
	}
	ourPOP3 := service(b, lab, server.MX1, "pop3").Real.String()
	session := func(address string) func() {
		return func() {
			t := talkPOP3(b, address, server.Teacher, "rahasia2")
			t.say("STAT\r\n", false)
			t.say("UIDL\r\n", true)
			t.quit()
		}
	}
	compare("POP3 STAT UIDL", session(ourPOP3), session(theirPOP3))
}
