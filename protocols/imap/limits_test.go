package imap_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"surel/protocols/decodertest"
	"surel/protocols/field"
	"surel/protocols/imap"
	"surel/protocols/message"
	"surel/protocols/wire"
)

// said decodes what both sides say in turn, beginning with the server, and
// gives the messages and what no message has taken yet of each direction.
func said(t *testing.T, d *imap.Decoder, turns ...string) (messages []message.Message, rest [2][]byte) {
	t.Helper()
	for i, text := range turns {
		dir := wire.Dir(1 - i%2)
		rest[dir] = append(bytes.Clone(rest[dir]), text...)
		for moved := true; moved; {
			moved = false
			for _, dir := range []wire.Dir{dir, dir.Other()} {
				more, n := d.Decode(dir, rest[dir])
				messages, rest[dir] = append(messages, more...), rest[dir][n:]
				moved = moved || n > 0
			}
		}
	}
	return messages, rest
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
	long := strings.Repeat("x", 5<<19) // two and a half times what is allowed
	for name, test := range map[string]struct {
		turns []string
		names string
	}{
		"a command":       {[]string{loggedIn, "a NOOP " + long + "\r\nb NOOP\r\n", "a BAD no\r\n"}, "PREAUTH unread unread unread NOOP BAD"},
		"a response":      {[]string{loggedIn, "a NOOP\r\n", "* OK " + long + "\r\na OK\r\n"}, "PREAUTH NOOP unread unread unread OK"},
		"a login":         {[]string{greeted, "a AUTHENTICATE LOGIN\r\n", "+ \r\n", long + "\r\nb NOOP\r\n", "a NO\r\n"}, "OK AUTHENTICATE + unread unread unread NO NOOP"},
		"no end in sight": {[]string{loggedIn, long}, "PREAUTH unread unread"},
		"no newline":      {[]string{strings.Repeat("\x00", 3<<19) + "\n" + loggedIn}, "unread unread PREAUTH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			messages, rest := said(t, imap.NewDecoder(), test.turns...)
			if got := names(messages); got != test.names {
				t.Errorf("the messages are %s, not %s", got, test.names)
			}
			if len(rest[0])+len(rest[1]) >= 1<<20 {
				t.Errorf("%d bytes wait", len(rest[0])+len(rest[1]))
			}
			decodertest.Messages(t, messages, name)
		})
	}
}

// TestLargeLiteral cuts a response and a command of 40 MiB into parts.
func TestLargeLiteral(t *testing.T) {
	t.Parallel()
	letter := "Subject: panjang\r\n\r\n" + strings.Repeat(strings.Repeat("y", 98)+"\r\n", 40<<20/100)
	response := fmt.Sprintf("* 1 FETCH (BODY[] {%d}\r\n%s UID 7)\r\n", len(letter), letter)
	command := fmt.Sprintf("b APPEND INBOX {%d+}\r\n%s\r\n", len(letter), letter)
	messages, rest := said(t, imap.NewDecoder(), loggedIn, "a FETCH 1 BODY[]\r\n", response+"a OK\r\n", command+"c NOOP\r\n")
	const want = "PREAUTH FETCH FETCH literal literal OK APPEND APPEND (continued) APPEND (continued) NOOP"
	if got := names(messages); got != want || len(rest[0])+len(rest[1]) > 0 {
		t.Fatalf("the messages are %s, not %s", got, want)
	}
	for i, first := range []int{2, 6} {
		var all []byte
		for _, part := range messages[first : first+3] {
			all = append(all, part.Raw...)
			if err := field.Check(part.Fields(), len(part.Raw)); err != nil {
				t.Error(err)
			}
		}
		if string(all) != [...]string{response, command}[i] {
			t.Error("the parts are not the message")
		}
		if inner := messages[first].Inner(); len(inner) != 1 || !strings.HasPrefix(inner[0].Summary(), "panjang") {
			t.Error("the first part does not carry what it holds of the letter")
		}
	}
}

// TestLyingLiteral announces 4 GiB and sends little.
func TestLyingLiteral(t *testing.T) {
	t.Parallel()
	little := strings.Repeat("0123456789abcdef", 20<<16)
	for _, turns := range [][]string{
		{loggedIn, "a APPEND INBOX {4294967296+}\r\n" + little},
		{loggedIn, "a APPEND INBOX {4294967296}\r\n", "+ go\r\n", little},
		{loggedIn, "a FETCH 1 BODY[]\r\n", "* 1 FETCH (BODY[] {4294967296}\r\n" + little},
		{loggedIn, "a APPEND INBOX {99999999999999999999}\r\nb NOOP\r\n" + strings.Repeat("c NOOP\r\n", 10)},
	} {
		messages, rest := said(t, imap.NewDecoder(), turns...)
		if len(rest[0])+len(rest[1]) >= 16<<20 {
			t.Errorf("%d bytes wait", len(rest[0])+len(rest[1]))
		}
		for i := range messages {
			if err := field.Check(messages[i].Fields(), len(messages[i].Raw)); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestDeepLists nests lists and search keys far deeper than anybody needs.
func TestDeepLists(t *testing.T) {
	t.Parallel()
	const deep = 10_000
	open, closed := strings.Repeat("(", deep), strings.Repeat(")", deep)
	messages, _ := said(t, imap.NewDecoder(), loggedIn, "a SEARCH "+open+"ALL"+closed+"\r\nb SEARCH "+strings.Repeat("NOT ", deep)+"ALL\r\n",
		"* 1 FETCH (BODY "+open+closed+")\r\n* THREAD "+open+"1"+closed+"\r\n* LIST () NIL a ("+open+"x"+closed+")\r\n")
	if len(messages) != 6 {
		t.Fatalf("%d messages", len(messages))
	}
	for _, m := range messages[1:] {
		if !m.Malformed {
			t.Errorf("%q is not malformed", m.Raw[:min(len(m.Raw), 40)])
		}
	}
	decodertest.Messages(t, messages, "deep")
}

// TestPieces sends a command in more pieces than are remembered, each of them
// after it was let.
func TestPieces(t *testing.T) {
	t.Parallel()
	d := imap.NewDecoder()
	turns := []string{loggedIn, "a APPEND INBOX {20}\r\n"}
	for range 200 {
		turns = append(turns, "+ go\r\n", "Subject: satu\r\n\r\nab\n {20}\r\n")
	}
	messages, _ := said(t, d, append(turns, "a NO cukup\r\n", "b NOOP\r\n")...)
	if len(messages) != 2+400+2 || messages[len(messages)-1].Name != "NOOP" {
		t.Fatalf("%d messages, the last of them %s", len(messages), messages[len(messages)-1].Name)
	}
	if m := messages[3]; len(m.Inner()) != 1 || m.Answers != 3 {
		t.Errorf("the first piece carries %d letters and answers %d", len(m.Inner()), m.Answers)
	}
	if last := messages[len(messages)-2]; int(last.Answers) != len(messages)-2 {
		t.Errorf("the response answers %d", last.Answers)
	}
	decodertest.Messages(t, messages, "pieces")
}

// TestUncompletedFlood has more commands run than are remembered; responses
// still find those that are.
func TestUncompletedFlood(t *testing.T) {
	t.Parallel()
	const many = 5000
	var commands, replies strings.Builder
	for i := range many {
		fmt.Fprintf(&commands, "a%d NOOP\r\n", i)
		fmt.Fprintf(&replies, "a%d OK\r\n", i)
	}
	messages, _ := said(t, imap.NewDecoder(), loggedIn, commands.String(), replies.String())
	if len(messages) != 1+2*many {
		t.Fatalf("%d messages", len(messages))
	}
	if last := messages[2*many]; last.Answers != 1+many || last.Mistake != "" {
		t.Errorf("the last response answers message %d, with the mistake %q", last.Answers, last.Mistake)
	}
}

// TestOutOfOrder completes commands in another order than they were sent.
func TestOutOfOrder(t *testing.T) {
	t.Parallel()
	messages, _ := said(t, imap.NewDecoder(), loggedIn, "a SELECT x\r\n", selected, "b FETCH 1 FLAGS\r\nc SEARCH ALL\r\n",
		"* SEARCH 1\r\n* 1 FETCH (FLAGS ())\r\nc OK\r\nb OK\r\n")
	var got []int32
	for _, m := range messages[6:] {
		got = append(got, m.Answers)
	}
	if fmt.Sprint(got) != "[6 5 6 5]" {
		t.Errorf("the responses answer %v", got)
	}
}

// TestJoin begins in the middle: nothing is a mistake because of what was not
// seen.
func TestJoin(t *testing.T) {
	t.Parallel()
	d := imap.NewDecoder()
	d.Join()
	messages, _ := said(t, d, "* 2 EXPUNGE\r\na7 OK done\r\n", "a8 FETCH 1 FLAGS\r\n", "* 1 FETCH (FLAGS ())\r\na8 OK done\r\n", "a9 STATUS x (MESSAGES)\r\n")
	for _, m := range messages {
		if m.Mistake != "" {
			t.Errorf("%q has the mistake %s", m.Raw, m.Mistake)
		}
	}
}

// TestSecretsAreMasked looks for a password in every summary and in every
// field that is not marked as secret.
func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const plain, password = "AGd1cnUAcmFoYXNpYQ==", "cmFoYXNpYQ=="
	for _, turns := range [][]string{
		{greeted, "a LOGIN guru rahasia\r\n"},
		{greeted, "a LOGIN guru \"rahasia\" lebih\r\n"},
		{greeted, "a LOGIN guru (rahasia\r\n"},
		{greeted, "LOGIN guru rahasia\r\n"},
		{greeted, "a LOGIN guru {7+}\r\nrahasia\r\n"},
		{greeted, "a LOGIN {4}\r\n", "+ \r\n", "guru {7}\r\n", "+ \r\n", "rahasia\r\n"},
		{greeted, "a LOGIN {4}\r\n", "+ \r\n", "guru rahasia lebih\r\n"},
		{greeted, "a LOGIN guru rahasia"},
		{greeted, "a LOGIN guru {7}\r\n", "+ \r\n", "rahasi"},
		{greeted, "a LOGIN guru {7}\r\nrahasia\r\n"},
		{greeted, "a AUTHENTICATE PLAIN " + plain + "\r\n"},
		{greeted, "a AUTHENTICATE PLAIN " + plain + " " + plain + "\r\n"},
		{greeted, "a AUTHENTICATE PLAIN\r\n", "+ \r\n", plain + "\r\n"},
		{greeted, "a AUTHENTICATE LOGIN\r\n", "+ \r\n", "Z3VydQ==\r\n", "+ \r\n", password + "\r\n"},
		{greeted, "a STARTTLS\r\nb LOGIN guru rahasia\r\n", "a OK Go\r\n"},
	} {
		d := imap.NewDecoder()
		messages, rest := said(t, d, turns...)
		messages = append(messages, d.Flush(wire.ClientToServer, rest[wire.ClientToServer])...)
		var look func(messages []message.Message)
		look = func(messages []message.Message) {
			for _, m := range messages {
				show := m.Summary()
				field.Walk(m.Fields(), func(f *field.Field, _ int) {
					if f.Kind != field.Secret && len(f.Fields) == 0 {
						show += "\n" + f.Value
					}
				})
				for _, secret := range []string{plain, password, "rahasi"} {
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
