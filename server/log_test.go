package server_test

import (
	"net"
	"strings"
	"testing"

	"surel/protocols/wire"
	"surel/server"
)

func service(tb testing.TB, lab *server.Lab, host, name string) wire.Service {
	tb.Helper()
	for _, s := range lab.Services() {
		if s.Host == host && s.Name == name {
			return s
		}
	}
	tb.Fatalf("no service %s at %s among %v", name, host, lab.Services())
	return wire.Service{}
}

func TestServices(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{FixedPorts: true})
	want := []string{
		"smtp mail.kampus.test:25 192.0.2.25:25",
		"submission mail.kampus.test:587 192.0.2.25:587",
		"submissions mail.kampus.test:465 192.0.2.25:465",
		"smtp mx1.sekolah.test:25 198.51.100.25:25",
		"smtp mx2.sekolah.test:25 198.51.100.26:25",
		"submission wifi.kampus.test:587 192.0.2.66:587",
		"pop3 mail.kampus.test:110 192.0.2.25:110",
		"pop3s mail.kampus.test:995 192.0.2.25:995",
		"pop3 mx1.sekolah.test:110 198.51.100.25:110",
		"pop3s mx1.sekolah.test:995 198.51.100.25:995",
		"imap mail.kampus.test:143 192.0.2.25:143",
		"imaps mail.kampus.test:993 192.0.2.25:993",
		"imap mx1.sekolah.test:143 198.51.100.25:143",
		"imaps mx1.sekolah.test:993 198.51.100.25:993",
		"domain a.root-servers.test:53 203.0.113.1:53",
		"domain ns.nic.test:53 203.0.113.2:53",
		"domain ns1.kampus.test:53 203.0.113.3:53",
		"domain ns1.sekolah.test:53 203.0.113.4:53",
		"domain ns2.sekolah.test:53 203.0.113.5:53",
		"domain ns.hosting.test:53 203.0.113.6:53",
		"domain resolver.kampus.test:53 203.0.113.53:53",
	}
	for i, s := range lab.Services() {
		if got := s.Name + " " + s.String() + " " + s.Addr.String(); got != want[i] {
			t.Errorf("service %d is %q, want %q", i, got, want[i])
		}
		if !s.Real.Addr().IsLoopback() || s.Real.Port() == 0 {
			t.Errorf("%s listens on %v, want a port of the loopback interface", s, s.Real)
		}
	}
	// A second lab beside it finds the documented ports taken.
	other := startLab(t, server.Config{FixedPorts: true})
	greeted(t, other, server.Kampus+":25")
}

// TestLogOrder finds every reply in the log that a client has received, after
// the command that caused it.
func TestLogOrder(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.send(server.Student, server.Teacher, hello)
	c.raw("NOOP\r\nRSET\r\nQUIT\r\n")
	c.ended()

	conns := lab.Log().Conns()
	if len(conns) != 1 || conns[0].Closed.IsZero() {
		t.Fatalf("got connections %+v, want one that is closed", conns)
	}
	var dialogue []string
	segments := lab.Log().Segments(conns[0].ID, 0)
	for i, s := range segments {
		if i > 0 && s.Time.Before(segments[i-1].Time) {
			t.Errorf("segment %d came before the one ahead of it", i)
		}
		first, _, _ := strings.Cut(string(s.Bytes), "\r\n")
		dialogue = append(dialogue, s.Dir.String()+": "+first)
	}
	want := []string{
		"S: 220 mx1.sekolah.test ESMTP Service Ready",
		"C: EHLO laptop.kampus.test",
		"S: 250-Hello laptop.kampus.test", // all its lines in one segment
		"C: MAIL FROM:<siswa@kampus.test>",
		"S: 250 2.0.0 Roger, accepting mail from <siswa@kampus.test>",
		"C: RCPT TO:<guru@sekolah.test>",
		"S: 250 2.0.0 I'll make sure <guru@sekolah.test> gets this",
		"C: DATA",
		"S: 354 Go ahead. End your data with <CR><LF>.<CR><LF>",
		"C: Subject: Halo",
		"S: 250 2.0.0 OK: queued",
		"C: NOOP",
		"S: 250 2.0.0 I have successfully done nothing", // the whole group
	}
	if got := strings.Join(dialogue, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("the log says\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// TestStranger sees a program from outside the lab under its real address.
func TestStranger(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", service(t, lab, server.MX1, "smtp").Real.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c := over(t, conn)
	c.expect("220 ")
	c.say("EHLO "+"[127.0.0.1]", "250")
	c.send("orang@luar.test", server.Teacher, hello)
	got := lab.Log().Conns()[0].Client
	if got.Host != "" || got.Addr != got.Real || got.Real.String() != conn.LocalAddr().String() {
		t.Errorf("the log names the client %+v, want %v alone", got, conn.LocalAddr())
	}
	if l := letters(t, lab, server.Teacher)[0]; !strings.Contains(l, "from [127.0.0.1] ([127.0.0.1])\r\n") {
		t.Errorf("got %q", l)
	}
}

// TestLogStaysBounded sends more than the log is to hold.
func TestLogStaysBounded(t *testing.T) {
	t.Parallel()
	limits := wire.Limits{PerConn: 32 << 10, Total: 128 << 10, Conns: 20}
	lab := startLab(t, server.Config{Log: wire.NewLog(limits), NoFsync: true})
	text := "Subject: banyak\r\n\r\n" + strings.Repeat("Surat yang sama lagi.\r\n", 90)
	const conns, each = 30, 20
	for range conns {
		c := greeted(t, lab, server.MX1+":25")
		for range each {
			c.send(server.Student, server.Teacher, text)
		}
		c.say("QUIT", "221 ")
		c.ended()
	}
	held := lab.Log().Conns()
	var kept, lost int64
	for _, c := range held {
		lost += c.Lost
		for _, s := range lab.Log().Segments(c.ID, 0) {
			kept += int64(len(s.Bytes))
		}
	}
	if kept > limits.Total || len(held) > limits.Conns {
		t.Errorf("the log holds %d bytes of %d connections, want at most %+v", kept, len(held), limits)
	}
	forgotten := lab.Log().Forgotten()
	if lost == 0 || forgotten.Conns+len(held) != conns {
		t.Errorf("the log tells of %d bytes lost and %+v forgotten; it held %d of %d", lost, forgotten, len(held), conns)
	}
	if got := letters(t, lab, server.Teacher); len(got) != conns*each {
		t.Errorf("got %d letters, want %d", len(got), conns*each)
	}
}

// TestPipelined sends a whole conversation at once (RFC 2920).
func TestPipelined(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := greeted(t, lab, server.MX1+":25")
	c.raw("MAIL FROM:<siswa@kampus.test>\r\nRCPT TO:<tidakada@sekolah.test>\r\nRCPT TO:<guru@sekolah.test>\r\nDATA\r\n")
	for _, want := range []string{"250 ", "550 5.1.1 ", "250 ", "354 "} {
		c.expect(want)
	}
	c.raw(hello + ".\r\nMAIL FROM:<siswa@kampus.test> BODY=BINARYMIME\r\nRCPT TO:<guru@sekolah.test>\r\n" +
		"BDAT 6\r\nA: b\r\nBDAT 6 LAST\r\n\r\n\x00\n.\nQUIT\r\n")
	for _, want := range []string{"250 ", "250 ", "250 ", "250 2.0.0 Continue", "250 2.0.0 OK: queued", "221 "} {
		c.expect(want)
	}
	got := letters(t, lab, server.Teacher)
	if len(got) != 2 || body(t, got[0]) != hello || body(t, got[1]) != "A: b\r\n\r\n\x00\n.\n" {
		t.Errorf("got letters %q", got)
	}
}
