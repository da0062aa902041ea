package explorer

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/message"
	"surel/protocols/note"
	"surel/protocols/smtp"
	"surel/tui/ui"
)

var small = options{width: 80, height: 22, lang: note.EN}

// play runs a test of the screen in a bubble, where time moves only when the
// test lets it.
func play(t *testing.T, test func(h *hand)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(inBubble(t, small)) })
}

func TestForwardWalksAndPlays(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.sees("Nobody has spoken yet", "Watch who speaks first.")
		h.press("right")
		h.sees("220 mx1.sekolah.test siap", "The client introduces itself.", "1/1")
		h.press("space")
		h.sees("EHLO laptop.kampus.test", "2/3")
		h.press("l")
		h.sees("3/3")
		h.press("left", "left", "left")
		h.sees("1/3")
		h.press("G")
		h.sees("3/3")
		h.press("g")
		h.sees("1/3")
	})
}

func TestMismatchSaysWhatToDo(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("right", "G", "right", "G", "right", "G", "right", "G", "right")
		h.sees(`expects "S: 250"`, "500 5.5.2 Tidak kenal", "→ goes on")
		h.press("G", "right")
		h.sees("221 2.0.0 Bye")
		h.press("G", "right")
		h.sees("The script is over")
		h.press("R")
		h.sees("Nobody has spoken yet")
		h.press("right")
		h.sees("1/1")
	})
}

func TestMeaningIsTheNote(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("mistakes")
		sees := func(key string) {
			t.Helper()
			n, ok := smtp.Notes.Lookup(key, note.EN)
			if !ok {
				t.Fatalf("there is no note %s", key)
			}
			h.sees(strings.Fields(n.Title)[0])
		}
		message := func(i int) *message.Message { return h.m.reader.Message(h.m.reader.Entries()[i]) }
		sees(message(0).Note)
		h.press("right")
		sees(message(1).Note)
		sees(message(1).Mistake)
		h.press("right") // what the server says to the mistake
		sees(message(2).Note)
		sees(message(1).Mistake)
		h.press("enter")
		_, f := h.m.tree.Chosen()
		sees(f.Note)
	})
}

func TestTypedLineIsSentAsItIs(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("i")
		h.sees("220 mx1.sekolah.test siap", "allowed now: EHLO")
		h.write("rcpt to:<guru@sekolah.test>")
		h.sees("not its turn here")
		h.press("enter")
		h.sees("rcpt to:<guru@sekolah.test>", "503 5.5.1 Urutannya salah")
		log := h.m.lab.Log()
		segments := log.Segments(log.Conns()[0].ID, 0)
		if got := string(segments[1].Bytes); got != "rcpt to:<guru@sekolah.test>\r\n" {
			t.Errorf("the server got %q", got)
		}
		h.press("up")
		h.sees("› rcpt to:<guru")
		h.press("down")
		h.write("eh")
		h.press("tab")
		h.sees("› EHLO", "syntax: EHLO")
		h.press("tab")
		h.sees("› EHLO laptop.kampus.test")
		h.press("enter", "esc")
		h.sees("250-mx1.sekolah.test (+1)")
		if h.m.Typing() {
			t.Error("esc does not leave the prompt")
		}
	})
}

// The first message may come while the pane of fields has the focus.
func TestFirstMessageInTheFields(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("tab", "tab", "space")
		h.sees("220 mx1.sekolah.test siap", "reply code")
	})
}

func TestLetterIsTypedAsText(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("i")
		for _, line := range []string{"EHLO a", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA"} {
			h.write(line)
			h.press("enter")
		}
		h.seesNot("allowed now")
		h.sees("a dot alone ends it")
		for _, line := range []string{"Subject: x", "", "one", "two"} {
			h.write(line)
			h.press("enter")
		}
		h.sees("┄┄┄ one ┄", "┄┄┄ two ┄")
		h.seesNot("Subject: x")
		h.write(".")
		h.press("enter")
		h.sees("250 2.0.0 Diterima")
		h.seesNot("┄")
	})
}

func TestClosedConnectionOpensAgain(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("i")
		h.write("QUIT")
		h.press("enter")
		h.pass(time.Second)
		h.sees("221 2.0.0 Bye", "The connection has ended.")
		h.write("EHLO x")
		h.press("enter")
		h.sees("› EHLO x")
		h.press("enter")
		h.sees("250-mx1.sekolah.test")
		if n := len(h.m.lab.Log().Conns()); n != 2 {
			t.Errorf("there are %d connections, want 2", n)
		}
	})
}

func TestWaitingCanBeCancelled(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("i")
		h.write("SILENCE")
		h.press("enter")
		h.seesNot("Waiting")
		h.pass(time.Second)
		h.sees("Waiting for the server", "esc cancels")
		h.press("esc")
		h.sees("Cancelled before the server answered", "esc, then R, begins again")
		h.press("esc", "R", "right")
		h.sees("220 mx1.sekolah.test siap")
	})
}

func TestAutoplayGoesOnUntilItIsStopped(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("a")
		h.sees("autoplay, every 3 s", "1/1")
		h.pass(3 * time.Second)
		h.sees("2/3")
		h.press("+")
		h.sees("every 2 s")
		h.pass(2 * time.Second)
		h.sees("3/3")
		h.press("left")
		h.seesNot("autoplay, every")
		h.pass(time.Minute)
		h.sees("2/3")
	})
}

func TestGuessIsHeldAgainstTheReply(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("t")
		h.sees("Guess the reply", "Watch who speaks first.")
		h.press("9", "2")
		h.sees("whole code: 2_")
		h.press("enter")
		h.sees("220 mx1.sekolah.test siap", "1 right out of 1")
		h.press("5", "5", "0", "enter")
		h.sees("250: not what you guessed", "1 right out of 2")
		h.press("t")
		h.seesNot("out of 2")
	})
}

func TestFilterAndJump(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("pipelined")
		h.press("/")
		h.write("rcpt")
		h.sees("2 of 15 messages match")
		h.seesNot("QUIT")
		h.press("enter", "G")
		h.sees(`filter "rcpt": 2`, "6/15")
		h.press("/", "esc")
		h.sees("QUIT")
		h.press(":")
		h.write("14")
		h.press("enter")
		h.sees("14/15")
		h.press(":")
		h.write("99")
		h.press("enter")
		h.sees("14/15")
		h.press("/")
		h.write("nowhere")
		h.sees(`No message holds "nowhere"`)
	})
}

func TestSecretsAreMaskedUntilAskedFor(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("auth")
		h.press("right", "right", "right", "enter", "G", "right", "G", "up")
		const encoded, decoded = "AHNpc3dhAHJhaGFzaWE", "rahasia"
		for _, s := range []string{encoded, decoded} {
			h.seesNot(s)
		}
		h.press("shift+tab", "y")
		for _, msg := range h.left {
			if strings.Contains(strings.ToLower(textOf(msg)), "ahnpc3") {
				t.Errorf("the secret is copied: %v", msg)
			}
		}
		h.press("*", "tab", "G")
		h.sees(decoded)
	})
}

func TestComingSecretIsMasked(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("right", "right", "G", "right", "G")
		h.sees("› AUTH PLAIN ••••••", "The password must not be seen.")
		h.seesNot("AHNpc3dh")
		h.press("*")
		h.sees("› AUTH PLAIN AHNpc3dh")
	})
}

// textOf gives a message as text, whatever it is.
func textOf(msg tea.Msg) string {
	if s, ok := msg.(interface{ String() string }); ok {
		return s.String()
	}
	return ""
}

func TestFieldsAndBytesAreLinked(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("pipelined")
		h.press("right", "right", "right", "enter", "down", "down")
		h.sees("● Fields", "3a[3c 73")
		h.press("right", "down")
		h.press("tab", "right", "right")
		h.sees("● Bytes")
		_, f := h.m.tree.Chosen()
		if start, end := f.Span.ByteRange(); h.m.hex.Cursor() < start || h.m.hex.Cursor() >= end {
			t.Errorf("byte %d is not in the chosen field %s", h.m.hex.Cursor(), f.Name)
		}
		h.press("g")
		if _, f := h.m.tree.Chosen(); f.Name != "command" {
			t.Errorf("the first byte chooses %s", f.Name)
		}
	})
}

func TestPlaceIsKept(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("pipelined")
		h.press("right", "right", "right", "right", "enter", "down", "down", "right")
		before, cursor := h.m.tree.View(), h.m.ladder.Cursor()
		h.m.SetSize(140, 38)
		other := small
		other.lang = note.ID
		h.m.SetContext(other.context())
		h.sees("Percakapan")
		h.m.SetContext(small.context())
		h.m.SetSize(80, 22)
		if got := h.m.tree.View(); got != before || h.m.ladder.Cursor() != cursor {
			t.Errorf("the place is lost:\n%s\nwant\n%s", got, before)
		}
		h.press("i")
		h.write("NOO")
		h.m.SetContext(other.context())
		h.sees("NOO")
	})
}

func TestMouse(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("pipelined")
		h.m.Update(tea.MouseClickMsg{X: 10, Y: 5, Button: tea.MouseLeft})
		h.sees("4/15")
		h.m.Update(tea.MouseClickMsg{X: 50, Y: 10, Button: tea.MouseLeft})
		h.sees("● Fields")
		h.m.Update(tea.MouseWheelMsg{X: 50, Y: 3, Button: tea.MouseWheelDown})
		h.m.Update(tea.MouseClickMsg{X: 54, Y: 15, Button: tea.MouseLeft})
		h.sees("● Bytes")
	})
}

func TestScenariosAreAskedFor(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.press("x")
		for _, msg := range h.left {
			if _, ok := msg.(ui.ShowScenarios); ok {
				return
			}
		}
		t.Error("x asks for nothing")
	})
}

func TestOutcomeIsGuessedByItsFirstLetter(t *testing.T) {
	t.Parallel()
	all := []string{"OK", "NO", "BAD"}
	var h prediction
	for _, c := range []struct {
		key, want string
		taken     bool
	}{{"n", "NO", true}, {"B", "BAD", true}, {"x", "BAD", false}, {"enter", "BAD", false}, {"backspace", "", true}, {"o", "OK", true}} {
		if taken := h.choose(all, ui.Press(c.key)); taken != c.taken || h.guess != c.want {
			t.Errorf("%s: guess %q, taken %v", c.key, h.guess, taken)
		}
	}
	h.choose([]string{"+OK", "-ERR"}, ui.Press("-"))
	if h.guess != "-ERR" {
		t.Errorf("guess %q", h.guess)
	}
	for text, want := range map[string]int{"A1 NO": 3, "-ERR": 2, "250": 0, "* 3 EXISTS": 0} {
		a := lessons.Action{Expects: []lessons.Expectation{{Kind: lessons.Reply, Text: text}}}
		if got := choices(&a); len(got) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestOneConnectionAlone(t *testing.T) {
	t.Parallel()
	play(t, func(h *hand) {
		h.replay("one-letter")
		h.press("c")
		h.seesNot("only laptop") // there is but one
		h.replay("pipelined")
		all := len(h.m.reader.Entries())
		h.press("c")
		h.sees("only laptop.kampus.test")
		first := h.m.ladder.Len()
		h.press("c")
		if second := h.m.ladder.Len(); first == 0 || second == 0 || first+second != all {
			t.Errorf("the connections have %d and %d of %d messages", first, second, all)
		}
		h.press("/")
		h.write("quit")
		h.press("enter")
		if n := h.m.ladder.Len(); n != 1 {
			t.Errorf("the text is found %d times on one connection", n)
		}
		h.press("c")
		h.seesNot("only laptop")
		if n := h.m.ladder.Len(); n != 2 {
			t.Errorf("the text is found %d times on both", n)
		}
	})
}
