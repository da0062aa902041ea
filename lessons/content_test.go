package lessons_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.uber.org/goleak"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
	"surel/server"
)

var _ lessons.Lab = (*server.Lab)(nil)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// startLab starts a lab of the test's own.
func startLab(t *testing.T) *server.Lab {
	t.Helper()
	lab, err := server.Start(t.Context(), server.Config{NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lab.Close(); err != nil {
			t.Error(err)
		}
	})
	return lab
}

// TestScenarios plays every scenario on a lab of its own.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, s := range lessons.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			result, err := lessons.Run(t.Context(), lab, s)
			if err != nil {
				t.Fatal(err)
			}
			if result.Mismatch != nil {
				t.Fatal(result.Mismatch)
			}
			want := opens(s) + relays(s)
			if s.Protocol() == "dns" {
				want = max(len(result.Conns), 1) // what the resolver asks is its affair
			}
			if len(result.Conns) != want {
				t.Fatalf("the log holds connections %v of the run, want %d", result.Conns, want)
			}
			for _, id := range result.Conns {
				c, _ := lab.Log().Conn(id)
				if c.Closed.IsZero() || c.Lost != 0 {
					t.Errorf("connection %d: closed %v, lost %d bytes", id, c.Closed, c.Lost)
				}
				for _, m := range decode(t, lab.Log(), id) {
					if m.Malformed && s.ID != "smtp/bad-sequence" {
						t.Errorf("connection %d: %q is malformed", id, m.Raw)
					}
				}
			}
		})
	}
}

func opens(s lessons.Scenario) int {
	n := 0
	for _, a := range s.Actions {
		if a.Kind == lessons.Open {
			n++
		}
	}
	return n
}

// relays counts the connections that a scenario's servers open: one for a letter
// that the campus's hands on, one where somebody sits in between.
func relays(s lessons.Scenario) int {
	switch {
	case strings.HasPrefix(s.Clients[0].Server, "wifi."):
		return 1
	case strings.HasPrefix(s.Clients[0].Server, "mx1.sekolah.test:"), s.Protocol() == "tls":
		return 0
	}
	return 1
}

// TestScenariosAgain plays every scenario twice on one lab, as a class does.
func TestScenariosAgain(t *testing.T) {
	t.Parallel()
	lab := startLab(t)
	for range 2 {
		for _, s := range lessons.Scenarios() {
			result, err := lessons.Run(t.Context(), lab, s)
			if err != nil {
				t.Fatal(err)
			}
			if result.Mismatch != nil {
				t.Errorf("%s: %v", s.ID, result.Mismatch)
			}
		}
	}
}

// TestPlain looks at what was said inside TLS.
func TestPlain(t *testing.T) {
	t.Parallel()
	s, ok := lessons.Find("smtp/submissions")
	if !ok {
		t.Fatal("smtp/submissions is missing")
	}
	lab := startLab(t)
	r := lessons.NewRunner(lab, s)
	defer r.Close()
	for !r.Done() {
		if err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	conns := r.Plain().Conns()
	if len(conns) != 2 { // before the handshake and after it
		t.Fatalf("%d connections in the clear, want 2", len(conns))
	}
	inLab, ok := lab.Log().Conn(r.Conns()[0])
	if !ok || inLab.Client.Real != conns[1].Client.Real {
		t.Errorf("the lab's connection comes from %v, the one in the clear from %v", inLab.Client.Real, conns[1].Client.Real)
	}
	for _, m := range decode(t, r.Plain(), conns[1].ID) {
		if m.Malformed {
			t.Errorf("%s is malformed", m.Name)
		}
	}
}

func decode(t *testing.T, l *wire.Log, id wire.ConnID) []message.Message {
	t.Helper()
	c, ok := l.Conn(id)
	if !ok {
		t.Fatalf("the log does not hold connection %d", id)
	}
	conversation, err := protocols.NewConversation(c.Service)
	if err != nil {
		t.Fatal(err)
	}
	if c.InTLS {
		conversation.Protect(c.AfterUpgrade)
	}
	if c.Datagrams {
		conversation.Datagrams()
	}
	conversation.Keys(c.Secrets)
	for _, s := range l.Segments(id, 0) {
		conversation.Feed(s)
	}
	messages := slices.Clone(conversation.Messages())
	for i := range conversation.Messages() {
		if t, ok := conversation.Messages()[i].Body.(protocols.Tunnel); ok {
			messages = append(messages, t.Carried()...) // what went through TLS counts, too
		}
	}
	return messages
}

// TestPlainAfterUpgrade reads what was said after STARTTLS as the explorer
// does: the server does not greet again, and a login is no mistake.
func TestPlainAfterUpgrade(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"pop3/stls", "imap/starttls", "smtp/submission"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s, ok := lessons.Find(id)
			if !ok {
				t.Fatalf("%s is missing", id)
			}
			r := lessons.NewRunner(startLab(t), s)
			result, err := r.Play(t.Context())
			if err != nil || result.Mismatch != nil {
				t.Fatal(err, result.Mismatch)
			}
			upgraded := protocols.NewReader(r.Plain(), func(c wire.Conn) bool { return c.InTLS && c.AfterUpgrade })
			if upgraded.Read() == 0 {
				t.Fatal("nothing was said after the upgrade")
			}
			for _, e := range upgraded.Entries() {
				if m := upgraded.Message(e); m.Malformed || m.Mistake != "" {
					t.Errorf("%q has the mistake %q", m.Raw, m.Mistake)
				}
			}
		})
	}
}

// BenchmarkRun plays a scenario of five actions that looks into no mailbox, so
// that it does not slow down as the mailboxes fill.
func BenchmarkRun(b *testing.B) {
	s, ok := lessons.Find("smtp/mailbox-full")
	if !ok {
		b.Fatal("smtp/mailbox-full is missing")
	}
	lab, err := server.Start(b.Context(), server.Config{NoFsync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = lab.Close() }()
	for b.Loop() {
		result, err := lessons.Run(b.Context(), lab, s)
		if err != nil || result.Mismatch != nil {
			b.Fatal(err, result.Mismatch)
		}
	}
}

// BenchmarkParse reads all scenarios, which the home screen waits for.
func BenchmarkParse(b *testing.B) {
	var texts []string
	for _, s := range lessons.Scenarios() {
		texts = append(texts, s.String())
	}
	for b.Loop() {
		for _, text := range texts {
			if _, err := lessons.Parse("f", []byte(text)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestCaptionsFit holds that each caption fits the two lines that a screen of
// 80 columns has for it.
func TestCaptionsFit(t *testing.T) {
	t.Parallel()
	const width, lines = 76, 2
	for _, s := range lessons.Scenarios() {
		for _, a := range s.Actions {
			for _, text := range []string{a.Caption.ID, a.Caption.EN} {
				if n := wrapped(text, width); n > lines {
					t.Errorf("%s:%d: %q takes %d lines", s.File, a.Line, text, n)
				}
			}
		}
	}
}

// wrapped gives how many lines of a width a text takes.
func wrapped(text string, width int) int {
	n, column := 1, 0
	for word := range strings.FieldsSeq(text) {
		size := utf8.RuneCountInString(word)
		if column > 0 && column+1+size > width {
			n, column = n+1, 0
		}
		if column > 0 {
			column++
		}
		column += size
	}
	return n
}
