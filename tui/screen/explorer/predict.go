package explorer

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/wire"
)

// prediction is hold and predict: the next line of the script waits until the
// class has guessed its reply: the code, or the outcome where replies have no
// codes.
type prediction struct {
	on       bool
	guess    string // digits, from the front, or an outcome
	released string // the guess of the action that is being played
	from     int    // the number of messages before it
	last     string // the code that came to the last guess
	lastGood bool
	right    int
	made     int
}

func (m *Model) toggleHold() {
	m.halt()
	m.hold = prediction{on: !m.hold.on, right: m.hold.right, made: m.hold.made}
}

// holds tells whether the next line waits for a guess now.
func (m *Model) holds() bool {
	a, ok := m.run.upcoming()
	return m.hold.on && ok && !m.run.busy && m.ladder.AtEnd() && (expectedCode(&a) != "" || choices(&a) != nil)
}

// guess takes a key of a guess.
func (m *Model) guess(k tea.KeyPressMsg) bool {
	if !m.holds() {
		return false
	}
	h := &m.hold
	a, _ := m.run.upcoming()
	all := choices(&a)
	switch {
	case all != nil:
		return h.choose(all, k)
	case len(k.Text) == 1 && isDigit(k.Text[0]):
		if valid(h.guess + k.Text) {
			h.guess += k.Text
		}
	case k.Code == tea.KeyBackspace && h.guess != "":
		h.guess = h.guess[:len(h.guess)-1]
	default:
		return false
	}
	return true
}

// choose takes the key of an outcome: its first letter.
func (h *prediction) choose(all []string, k tea.KeyPressMsg) bool {
	if k.Code == tea.KeyBackspace && h.guess != "" {
		h.guess = ""
		return true
	}
	for _, outcome := range all {
		if k.Text != "" && strings.EqualFold(k.Text, outcome[:1]) {
			h.guess = outcome
			return true
		}
	}
	return false
}

// choices gives the outcomes among which a person chooses; none where the
// reply has a code, or nothing is expected.
func choices(a *lessons.Action) []string {
	for i := range a.Expects {
		switch a.Expects[i].Outcome() {
		case "+OK", "-ERR":
			return []string{"+OK", "-ERR"}
		case "OK", "NO", "BAD":
			return []string{"OK", "NO", "BAD"}
		}
	}
	return nil
}

// valid tells whether the digits can begin a reply's code (RFC 5321 §4.2.1).
func valid(guess string) bool {
	return len(guess) <= 3 && guess[0] >= '2' && guess[0] <= '5' && (len(guess) < 2 || guess[1] <= '5')
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// release lets the line go, with the guess that was made.
func (h *prediction) release(r *protocols.Reader) {
	h.released, h.guess, h.last = h.guess, "", ""
	h.from = len(r.Entries())
}

// compare holds the guess against the first reply that came.
func (h *prediction) compare(r *protocols.Reader) {
	if h.released == "" {
		return
	}
	for _, e := range r.Entries()[min(h.from, len(r.Entries())):] {
		msg := r.Message(e)
		if msg.Dir != wire.ServerToClient || msg.Raw[0] == '*' { // what is untagged decides nothing
			continue
		}
		h.last, h.lastGood = msg.Name, strings.HasPrefix(msg.Name, h.released)
		h.made++
		if h.lastGood {
			h.right++
		}
		break
	}
	h.released = ""
}

// expectedCode gives the code of the first reply that the script expects;
// empty where it expects none.
func expectedCode(a *lessons.Action) string {
	for i := range a.Expects {
		if code := a.Expects[i].Code(); code != "" {
			return code
		}
	}
	return ""
}
