package server_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"surel/protocols/wire"
	"surel/server"
)

// TestRelay follows a letter from the laptop over both servers.
func TestRelay(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := submissions(t, lab).login()
	c.send(server.Student, server.Teacher, hello)
	c.say("QUIT", "221 ")
	waitFor(t, lab, func() bool { return len(letters(t, lab, server.Teacher)) == 1 })

	got := letters(t, lab, server.Teacher)[0]
	if body(t, got) != hello {
		t.Errorf("got %q, want %q", body(t, got), hello)
	}
	for _, want := range []string{
		"from mail.kampus.test (mail.kampus.test [192.0.2.25])\r\n\tby mx1.sekolah.test with ESMTP id",
		"from laptop.kampus.test (laptop.kampus.test [192.0.2.10])\r\n\tby mail.kampus.test with ESMTPSA id",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no trace line %q in %q", want, got)
		}
	}
	if strings.Count(got, "Return-Path:") != 1 {
		t.Errorf("more than one Return-Path in %q", got)
	}
	conns := mailConns(lab)
	if len(conns) != 2 || conns[0].Service != "submissions" || conns[1].Service != "smtp" ||
		conns[1].Client.Host != server.Kampus || conns[1].Server.Host != server.MX1 {
		t.Fatalf("got connections %+v, want laptop → mail.kampus.test → mx1.sekolah.test", conns)
	}
	if text := said(lab.Log(), conns[1].ID, wire.ClientToServer); !strings.Contains(text, "MAIL FROM:<siswa@kampus.test>") {
		t.Errorf("the relay said %q", text)
	}
}

// TestRelayTriesAgain relays to a greylisting mailbox.
func TestRelayTriesAgain(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{GreylistDelay: 20 * time.Millisecond})
	c := submissions(t, lab).login()
	c.say("MAIL FROM:<"+server.Student+">", "250 ")
	c.say("RCPT TO:<"+server.Greylists+">", "250 ")
	c.say("RCPT TO:<"+server.Teacher+">", "250 ")
	c.say("DATA", "354 ")
	c.raw(hello + ".\r\n")
	c.expect("250 ")
	waitFor(t, lab, func() bool { return len(letters(t, lab, server.Greylists)) == 1 })
	if got := letters(t, lab, server.Teacher); len(got) != 1 {
		t.Errorf("the other recipient got %d letters, want 1", len(got))
	}
}

// TestRelayReportsFailure tells the sender of a letter whom it did not reach.
func TestRelayReportsFailure(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := submissions(t, lab).login()
	c.say("MAIL FROM:<"+server.Student+"> ENVID=A1", "250 ")
	c.say("RCPT TO:<dosen@sekolah.test>", "250 ")
	c.say("RCPT TO:<nihil@sekolah.test> NOTIFY=NEVER", "250 ")
	c.say("DATA", "354 ")
	c.raw(hello + ".\r\n")
	c.expect("250 ")
	c.say("QUIT", "221 ")
	waitForLetter(t, lab, server.Student)
	got := letters(t, lab, server.Student)[0]
	for _, want := range []string{
		"Return-Path: <>\r\n", "report-type=delivery-status", "Original-Envelope-Id: A1\r\n",
		"Final-Recipient: rfc822; dosen@sekolah.test\r\nAction: failed\r\nStatus: 5.1.1\r\n" +
			"Diagnostic-Code: smtp; 550 5.1.1 <dosen@sekolah.test> no such mailbox here", "Apa kabar, Bu?",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the report %q", want, got)
		}
	}
	if strings.Contains(got, "nihil@") {
		t.Errorf("the report names a recipient with NOTIFY=NEVER: %q", got)
	}
}

// mailConns gives the connections that are none of the name system.
func mailConns(lab *server.Lab) []wire.Conn {
	return slices.DeleteFunc(lab.Log().Conns(), func(c wire.Conn) bool { return c.Service == "domain" })
}

// waitForLetter waits for a letter that comes without anything in the log.
func waitForLetter(tb testing.TB, lab *server.Lab, address string) {
	tb.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	timeout := time.After(20 * time.Second)
	for len(letters(tb, lab, address)) == 0 {
		select {
		case <-tick.C:
		case <-timeout:
			tb.Fatalf("%s did not get a letter", address)
		}
	}
}

// TestRelayGivesUp reports a letter that was put off until its time was over.
func TestRelayGivesUp(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{RelayRetry: time.Millisecond, RelayLifetime: 20 * time.Millisecond})
	submissions(t, lab).login().send(server.Student, server.Greylists, hello)
	waitForLetter(t, lab, server.Student)
	if got := letters(t, lab, server.Student)[0]; !strings.Contains(got, "Status: 5.4.7\r\nDiagnostic-Code: smtp; 451 4.7.1 ") {
		t.Errorf("got report %q", got)
	}
}

// TestQueueSurvives closes a lab whose queue holds a letter, and starts
// another in the same folder.
func TestQueueSurvives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := startLab(t, server.Config{Dir: dir, GreylistDelay: time.Hour})
	submissions(t, first).login().send(server.Student, server.Greylists, hello)
	waitFor(t, first, func() bool { return len(mailConns(first)) == 2 }) // it was tried
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	queue := filepath.Join(dir, "queue", server.Kampus)
	if files, _ := filepath.Glob(filepath.Join(queue, "*[A-Z]*")); len(files) != 1 {
		t.Fatalf("the queue holds %v, want one letter", files)
	}

	second := startLab(t, server.Config{Dir: dir, GreylistDelay: time.Millisecond})
	waitFor(t, second, func() bool { return len(letters(t, second, server.Greylists)) == 1 })
	waitForEmpty(t, queue)
}

func waitForEmpty(tb testing.TB, queue string) {
	tb.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	timeout := time.After(20 * time.Second)
	for {
		files, err := filepath.Glob(filepath.Join(queue, "*[A-Z]*"))
		if err != nil {
			tb.Fatal(err)
		}
		if len(files) == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-timeout:
			tb.Fatalf("the queue still holds %v", files)
		}
	}
}

// TestRelayUnderTLS hands on a letter with REQUIRETLS under TLS alone.
func TestRelayUnderTLS(t *testing.T) {
	t.Parallel()
	lab := startLab(t, server.Config{})
	c := submissions(t, lab).login()
	c.say("MAIL FROM:<"+server.Student+"> REQUIRETLS", "250 ")
	c.say("RCPT TO:<"+server.Teacher+"> NOTIFY=SUCCESS", "250 ")
	c.say("DATA", "354 ")
	c.raw(hello + ".\r\n")
	c.expect("250 ")
	waitForLetter(t, lab, server.Teacher)
	if got := letters(t, lab, server.Teacher)[0]; !strings.Contains(got, "by mx1.sekolah.test with ESMTPS id") {
		t.Errorf("got %q", got)
	}
	// The receiving server reports back that it has delivered.
	waitForLetter(t, lab, server.Student)
	if got := letters(t, lab, server.Student)[0]; !strings.Contains(got, "Action: delivered\r\nStatus: 2.0.0") {
		t.Errorf("got report %q", got)
	}
}

// TestLettersAreKept finds the letters of an earlier lab, whose authority
// clients go on to trust.
func TestLettersAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := startLab(t, server.Config{Dir: dir})
	greeted(t, first, server.MX1+":25").send(server.Student, server.Teacher, hello)
	pem, err := os.ReadFile(first.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := startLab(t, server.Config{Dir: dir})
	if got := letters(t, second, server.Teacher); len(got) != 1 {
		t.Errorf("got %d letters, want 1", len(got))
	}
	if again, err := os.ReadFile(second.CAFile()); err != nil || string(again) != string(pem) {
		t.Errorf("the authority has changed (%v)", err)
	}
}

func TestTemporaryDir(t *testing.T) {
	t.Parallel()
	lab, err := server.Start(t.Context(), server.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(lab.Dir()); err != nil {
		t.Error(err)
	}
	if err := lab.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(lab.Dir()); !os.IsNotExist(err) {
		t.Errorf("the temporary folder is still there (%v)", err)
	}
}
