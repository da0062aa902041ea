package pop3_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/pop3"
	"surel/protocols/wire"
)

// said decodes what both sides say in turn, beginning with the server, and
// gives the messages and how many bytes no message has taken yet, by side.
func said(t *testing.T, d *pop3.Decoder, turns ...string) (messages []message.Message, rest [2]int) {
	t.Helper()
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
	return messages, [2]int{len(pending[0]), len(pending[1])}
}

func names(messages []message.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Name)
	}
	return strings.Join(all, " ")
}

func mistakes(messages []message.Message) string {
	var all []string
	for _, m := range messages {
		if m.Mistake != "" {
			all = append(all, m.Mistake)
		}
	}
	return strings.Join(all, " ")
}

const login = "USER guru\r\nPASS rahasia\r\n"

func TestLongLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 150<<10)
	for name, test := range map[string]struct {
		turns []string
		names string
	}{
		"a command":        {[]string{"+OK\r\n", "NOOP " + long + "\r\nRSET\r\n"}, "+OK unread unread unread RSET"},
		"an answer":        {[]string{"+OK\r\n", "NOOP\r\n", "+OK " + long + "\r\n+OK\r\n"}, "+OK NOOP unread unread unread +OK"},
		"a login":          {[]string{"+OK\r\n", "AUTH LOGIN\r\n", "+ \r\n", long + "\r\nRSET\r\n", "-ERR\r\n"}, "+OK AUTH + unread unread unread -ERR RSET"},
		"a listing's line": {[]string{"+OK\r\n", "UIDL\r\n", "+OK\r\n1 " + long + "\r\n.\r\n"}, "+OK UIDL +OK listing"},
		"no end in sight":  {[]string{"+OK\r\n", long}, "+OK unread unread"},
		"bytes of a robot": {[]string{strings.Repeat("\x00", 70<<10) + "\n+OK\r\n"}, "unread unread +OK"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			messages, rest := said(t, pop3.NewDecoder(), test.turns...)
			if got := names(messages); got != test.names {
				t.Errorf("the messages are %s, not %s", got, test.names)
			}
			if rest[0]+rest[1] >= 64<<10 {
				t.Errorf("%d bytes wait", rest)
			}
			decodertest.Messages(t, messages, name)
		})
	}
}

// TestNoAnswer holds the bound of what waits for the answer to AUTH and STLS.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	for command, mistake := range map[string]string{"AUTH CRAM-MD5": "mistake/bad-base64", "STLS": "mistake/injected"} {
		messages, rest := said(t, pop3.NewDecoder(), "+OK\r\n", command+"\r\n"+strings.Repeat("bukan perintah\r\n", 80<<10))
		if rest[0] >= 1<<20 || len(messages) < 3 || messages[2].Mistake != mistake {
			t.Errorf("%s: %d messages, %d bytes wait", command, len(messages), rest[0])
		}
	}
}

// TestLongLetter cuts a letter of 40 MiB into parts at the ends of lines.
func TestLongLetter(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("y", 98) + "\r\n"
	letter := "Subject: panjang\r\n\r\n" + strings.Repeat(line, 40<<20/len(line)) + "..\r\n.\r\n"
	messages, rest := said(t, pop3.NewDecoder(), "+OK\r\n", login+"RETR 1\r\n", "+OK\r\n+OK\r\n+OK\r\n"+letter, "QUIT\r\n")
	if got, want := names(messages), "+OK USER PASS RETR +OK +OK +OK content content content QUIT"; got != want || rest[1] > 0 {
		t.Fatalf("the messages are %s, not %s", got, want)
	}
	var all []byte
	parts := messages[7:10]
	for i, part := range parts {
		all = append(all, part.Raw...)
		if inner := len(part.Inner()); (inner == 1) != (i == 0) {
			t.Errorf("part %d carries %d letters", i+1, inner)
		}
		if part.Answers != 4 || part.Malformed {
			t.Errorf("part %d answers %d", i+1, part.Answers)
		}
		if err := field.Check(part.Fields(), len(part.Raw)); err != nil {
			t.Error(err)
		}
	}
	if string(all) != letter {
		t.Error("the parts are not the letter")
	}
}

// TestLongListing lists 30,000 letters, more than become fields of their own.
func TestLongListing(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := 1; i <= 30_000; i++ {
		text.WriteString(strconv.Itoa(i) + " 320\r\n")
	}
	messages, _ := said(t, pop3.NewDecoder(), "+OK\r\n", login+"LIST\r\n", "+OK\r\n+OK\r\n+OK\r\n"+text.String()+".\r\n", "RETR 30000\r\nRETR 30001\r\n")
	decodertest.Messages(t, messages, "a long listing")
	if got := mistakes(messages); got != "mistake/auth-in-clear mistake/no-such-message" {
		t.Errorf("the mistakes are %s", got)
	}
}

// TestUnansweredFlood has more commands wait than are remembered; answers
// still find those that are.
func TestUnansweredFlood(t *testing.T) {
	t.Parallel()
	const many = 5000
	messages, _ := said(t, pop3.NewDecoder(), "+OK\r\n", strings.Repeat("NOOP\r\n", many), strings.Repeat("+OK\r\n", many))
	if len(messages) != 1+2*many {
		t.Fatalf("%d messages", len(messages))
	}
	if last := messages[2*many]; last.Answers != 1+many {
		t.Errorf("the last answer answers message %d, not %d", last.Answers, 1+many)
	}
}

// TestMessagesThatAreNotThere follows what is known of the mailbox.
func TestMessagesThatAreNotThere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		turns []string
		want  string
	}{
		"nothing is known":          {[]string{"RETR 99\r\n", "-ERR\r\n"}, ""},
		"beyond STAT":               {[]string{"STAT\r\n", "+OK 2 9\r\n", "DELE 3\r\n"}, "mistake/no-such-message"},
		"beyond LIST":               {[]string{"LIST\r\n", "+OK\r\n1 2\r\n.\r\n", "TOP 2 0\r\n"}, "mistake/no-such-message"},
		"beyond UIDL":               {[]string{"UIDL\r\n", "+OK\r\n.\r\n", "UIDL 1\r\n"}, "mistake/no-such-message"},
		"STAT leaves out the marks": {[]string{"DELE 1\r\n", "+OK\r\n", "STAT\r\n", "+OK 1 9\r\n", "LIST 2\r\n"}, ""},
		"marked":                    {[]string{"DELE 1\r\n", "+OK\r\n", "RETR 1\r\n"}, "mistake/deleted-message"},
		"not marked":                {[]string{"DELE 1\r\n", "-ERR\r\n", "RETR 1\r\n"}, ""},
		"unmarked":                  {[]string{"DELE 1\r\n", "+OK\r\n", "RSET\r\n", "+OK\r\n", "RETR 1\r\n"}, ""},
		"about to be unmarked":      {[]string{"DELE 1\r\n", "+OK\r\n", "RSET\r\nRETR 1\r\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			turns := append([]string{"+OK\r\n", login, "+OK\r\n+OK\r\n"}, test.turns...)
			messages, _ := said(t, pop3.NewDecoder(), turns...)
			if got := mistakes(messages[5:]); got != test.want {
				t.Errorf("the mistakes are %q, not %q", got, test.want)
			}
		})
	}
}

// TestSecretsAreMasked looks for a password in every summary and in every
// field that is not marked as secret.
func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const plain, user, password, digest = "AHNpc3dhAHJhaGFzaWE=", "c2lzd2E=", "cmFoYXNpYQ==", "c4c9334bac560ecc979e58001b3e22fb"
	for _, turns := range [][]string{
		{"+OK\r\n", login},
		{"+OK\r\n", "pass   rahasia benar\r\nPASS rahasia"},
		{"+OK\r\n", "APOP guru " + digest + "\r\nAPOP guru x" + digest + " " + digest + "\r\n"},
		{"+OK\r\n", "AUTH PLAIN " + plain + "\r\n"},
		{"+OK\r\n", "AUTH PLAIN " + plain + " " + plain + "\r\n"},
		{"+OK\r\n", "AUTH PLAIN\r\n", "+ \r\n", plain + "\r\n"},
		{"+OK\r\n", "AUTH LOGIN\r\n", "+ \r\n", user + "\r\n", "+ \r\n", password + "\r\n"},
		{"+OK\r\n", "STLS\r\n" + login, "+OK\r\n"},
	} {
		d := pop3.NewDecoder()
		messages, _ := said(t, d, turns...)
		var look func(messages []message.Message)
		look = func(messages []message.Message) {
			for _, m := range messages {
				show := m.Summary()
				field.Walk(m.Fields(), func(f *field.Field, _ int) {
					if f.Kind != field.Secret {
						show += "\n" + f.Value
					}
				})
				for _, secret := range []string{plain, password, digest, "rahasia"} {
					if strings.Contains(show, secret) {
						t.Errorf("%q shows %q", m.Raw, show)
					}
				}
				look(m.Inner())
			}
		}
		look(append(messages, d.Flush(wire.ClientToServer, []byte("PASS rahasia"))...))
	}
}
