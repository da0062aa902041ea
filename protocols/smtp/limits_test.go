package smtp_test

import (
	"bytes"
	"strings"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/smtp"
	"surel/protocols/wire"
)

// said decodes what both sides say in turn, beginning with the server, and
// gives the messages and what no message has taken yet of the client's.
func said(t *testing.T, turns ...string) (messages []message.Message, rest []byte) {
	t.Helper()
	d := smtp.NewDecoder()
	var pending [2][]byte
	for i, text := range turns {
		pending[1-i%2] = append(bytes.Clone(pending[1-i%2]), text...)
		for moved := true; moved; {
			moved = false
			for _, dir := range []wire.Dir{wire.Dir(1 - i%2), wire.Dir(i % 2)} {
				more, n := d.Decode(dir, pending[dir])
				messages, pending[dir] = append(messages, more...), pending[dir][n:]
				moved = moved || n > 0
			}
		}
	}
	return messages, pending[wire.ClientToServer]
}

func names(messages []message.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Name)
	}
	return strings.Join(all, " ")
}

func TestLongLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 150<<10)
	for name, test := range map[string]struct {
		turns []string
		names string
	}{
		"a command":        {[]string{"220 a\r\n", "NOOP " + long + "\r\nRSET\r\n"}, "220 unread unread unread RSET"},
		"a reply":          {[]string{"220 a\r\n", "NOOP\r\n", "250 " + long + "\r\n250 Ok\r\n"}, "220 NOOP unread unread unread 250"},
		"a login":          {[]string{"220 a\r\n", "AUTH LOGIN\r\n", "334 \r\n", long + "\r\nRSET\r\n", "500 no\r\n"}, "220 AUTH 334 unread unread unread 500 RSET"},
		"a reply's lines":  {[]string{"220 a\r\n", "NOOP\r\n", strings.Repeat("250-xxxx\r\n", 10<<10) + "250 Ok\r\n"}, "220 NOOP 250 250"},
		"no end in sight":  {[]string{"220 a\r\n", long}, "220 unread unread"},
		"bytes of a robot": {[]string{strings.Repeat("\x00", 70<<10) + "\n220 a\r\n"}, "unread unread 220"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			messages, rest := said(t, test.turns...)
			if got := names(messages); got != test.names {
				t.Errorf("the messages are %s, not %s", got, test.names)
			}
			if len(rest) >= 64<<10 {
				t.Errorf("%d bytes wait", len(rest))
			}
			decodertest.Messages(t, messages, name)
		})
	}
}

// TestNoAnswer holds the bound of what waits for the reply to DATA.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	letter := strings.Repeat("baris\r\n", 200<<10)
	messages, rest := said(t, "220 a\r\n", "MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n"+letter+".\r\nQUIT\r\n")
	if got := names(messages); got != "220 MAIL RCPT DATA content QUIT" || len(rest) > 0 {
		t.Errorf("the messages are %s, and %d bytes wait", got, len(rest))
	}
}

// TestLongLetter cuts a letter of 40 MiB into parts at the ends of lines.
func TestLongLetter(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("y", 98) + "\r\n"
	letter := "Subject: panjang\r\n\r\n" + strings.Repeat(line, 40<<20/len(line)) + "..\r\n.\r\n"
	messages, _ := said(t, "220 a\r\n", "MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n",
		"250 Ok\r\n250 Ok\r\n354 Go\r\n", letter+"QUIT\r\n")
	if got, want := names(messages), "220 MAIL RCPT DATA 250 250 354 content content content QUIT"; got != want {
		t.Fatalf("the messages are %s, not %s", got, want)
	}
	var all []byte
	parts := messages[7:10]
	for i, part := range parts {
		all = append(all, part.Raw...)
		if !bytes.HasSuffix(part.Raw, []byte("\r\n")) || part.Malformed {
			t.Errorf("part %d does not end with a line, or is malformed", i+1)
		}
		if inner := len(part.Inner()); (inner == 1) != (i == 0) {
			t.Errorf("part %d carries %d letters", i+1, inner)
		}
		if err := field.Check(part.Fields(), len(part.Raw)); err != nil {
			t.Error(err)
		}
	}
	if string(all) != letter {
		t.Error("the parts are not the letter")
	}
	if f := parts[2].Fields(); f[len(f)-1].Name != "terminator" || f[len(f)-3].Name != "stuffed dot" {
		t.Errorf("the last part ends with %q", f[len(f)-1].Name)
	}
}

// TestLetterWithoutLines is one line of 17 MiB whose end falls into the second
// part.
func TestLetterWithoutLines(t *testing.T) {
	t.Parallel()
	letter := strings.Repeat("z", 17<<20) + "\r\n.\r\n"
	messages, rest := said(t, "220 a\r\n", "DATA\r\n", "354 Go\r\n", letter+"NOOP\r\n")
	if got := names(messages); got != "220 DATA 354 content content NOOP" || len(rest) > 0 {
		t.Errorf("the messages are %s, and %d bytes wait", got, len(rest))
	}
}

// TestUnansweredFlood has more commands wait than are remembered; replies
// still find those that are.
func TestUnansweredFlood(t *testing.T) {
	t.Parallel()
	const many = 5000
	messages, _ := said(t, "220 a\r\n", strings.Repeat("NOOP\r\n", many), strings.Repeat("250 Ok\r\n", many))
	if len(messages) != 1+2*many {
		t.Fatalf("%d messages", len(messages))
	}
	last := messages[2*many]
	if last.Answers != 1+many {
		t.Errorf("the last reply answers message %d, not %d", last.Answers, 1+many)
	}
}

// TestLyingChunk says that a chunk is as long as no memory.
func TestLyingChunk(t *testing.T) {
	t.Parallel()
	messages, rest := said(t, "220 a\r\n", "BDAT 999999999999\r\n"+strings.Repeat("0123456789abcdef", 20<<16))
	if got := names(messages); got != "220 BDAT chunk" {
		t.Errorf("the messages are %s", got)
	}
	if len(rest) >= 16<<20 {
		t.Errorf("%d bytes wait", len(rest))
	}
}

// TestManyMarks holds the bound on a letter's fields.
func TestManyMarks(t *testing.T) {
	t.Parallel()
	messages, _ := said(t, "220 a\r\n", "DATA\r\n", "354 Go\r\n", strings.Repeat("..\r\n", 50_000)+"a\nb\r\n.\r\n")
	content := messages[len(messages)-1]
	if n := len(content.Fields()); n > 20_001 {
		t.Errorf("the letter has %d fields", n)
	}
	decodertest.Messages(t, messages, "many marks")
}

// TestLetterAliases holds that a letter without added dots is not copied.
func TestLetterAliases(t *testing.T) {
	t.Parallel()
	messages, _ := said(t, "220 a\r\n", "DATA\r\n", "354 Go\r\n", "Subject: a\r\n\r\nisi\r\n.\r\n")
	content := messages[len(messages)-1]
	if letter := content.Inner()[0]; &letter.Raw[0] != &content.Raw[0] {
		t.Error("the letter was copied")
	}
}

// TestSecretsAreMasked looks for a password in every summary and in every
// field that is not marked as secret.
func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const plain, user, password = "AHNpc3dhAHJhaGFzaWE=", "c2lzd2E=", "cmFoYXNpYQ=="
	for _, turns := range [][]string{
		{"220 a\r\n", "AUTH PLAIN " + plain + "\r\n"},
		{"220 a\r\n", "AUTH PLAIN " + plain + " " + plain + "\r\n"},
		{"220 a\r\n", "AUTH PLAIN\r\n", "334 \r\n", plain + "\r\n"},
		{"220 a\r\n", "AUTH LOGIN\r\n", "334 \r\n", user + "\r\n", "334 \r\n", password + "\r\n"},
		{"220 a\r\n", "STARTTLS\r\nAUTH PLAIN " + plain + "\r\n", "220 Go\r\n"},
	} {
		messages, _ := said(t, turns...)
		var look func(messages []message.Message)
		look = func(messages []message.Message) {
			for _, m := range messages {
				show := m.Summary()
				field.Walk(m.Fields(), func(f *field.Field, _ int) {
					if f.Kind != field.Secret {
						show += "\n" + f.Value
					}
				})
				for _, secret := range []string{plain, password, "rahasia"} {
					if strings.Contains(show, secret) {
						t.Errorf("%q shows %q", m.Raw, show)
					}
				}
				look(m.Inner())
			}
		}
		look(messages)
	}
}
