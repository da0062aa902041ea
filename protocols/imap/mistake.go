package imap

import (
	"slices"
	"strings"
	"sync"

	"surel/protocols/line"
	"surel/protocols/sasl"
)

// mistake finds what is wrong with a command: its key, and whether the
// grammar is broken. Where several things are wrong, what the state forbids
// comes before what the command says.
func (d *Decoder) mistake(h head, raw []byte, whole bool) (key string, malformed bool) {
	early := d.tooEarly()
	p := d.session.parse(string(raw), whole)
	switch {
	case whole && line.Ending(raw) != 2:
		return "mistake/bare-lf", true
	case h.verb == unknown || len(h.tag) == 0:
		return p.mistake, p.malformed
	case early != "":
		return early, p.malformed
	case d.running.find(h.tag) != nil:
		return "mistake/tag-in-use", p.malformed // RFC 9051 §2.2.1
	}
	if key := d.sequence(h.verb); key != "" {
		return key, p.malformed
	}
	if p.mistake != "" {
		return p.mistake, p.malformed
	}
	return d.unwise(h, raw, p.largest), false
}

// tooEarly finds that the client speaks before the greeting or after goodbye.
func (d *Decoder) tooEarly() string {
	first := !d.spoken
	d.spoken = true
	switch {
	case first && !d.greeted && !d.joined:
		return "mistake/before-greeting" // RFC 9051 §7.1
	case d.expected == stateLogout:
		return "mistake/after-logout"
	}
	return ""
}

// sequence finds that the state does not allow the command (RFC 9051 §3).
func (d *Decoder) sequence(v *verb) string {
	state := d.expected
	if state == stateConnect {
		state = stateNotAuthenticated
	}
	if d.joined || len(v.states) == 0 || slices.Contains(v.states, state) {
		return ""
	}
	return sequenceMistakes()[v.name][state]
}

// sequenceMistakes give the keys of the mistakes by command and by the state
// that forbids it: one of its own where there is a note on it, or else that of
// the state.
var sequenceMistakes = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for name := range verbs {
		all[name] = map[string]string{}
		for _, state := range []string{stateNotAuthenticated, stateAuthenticated, stateSelected, stateTLS} {
			key := "mistake/" + strings.TrimPrefix(name, "UID ") + "/" + state
			if !hasNote(key) {
				key = "mistake/state/" + state
			}
			all[name][state] = key
		}
	}
	return all
})

// unwise finds what is right by the grammar and wrong all the same.
func (d *Decoder) unwise(h head, raw []byte, largest uint32) string {
	v := h.verb
	switch {
	case len(v.offers) > 0 && !d.session.has(v.offers...):
		return "mistake/command-not-offered"
	case v.is(verbLogin) && d.session.offer != nil && d.session.offer["LOGINDISABLED"]:
		return "mistake/login-disabled" // RFC 9051 §6.2.3
	case v.is(verbLogin) && !d.secure:
		return "mistake/login-in-clear" // RFC 9051 §6.2.3
	case v.is(verbAuthenticate):
		return d.unwiseLogin(h, raw)
	case int64(largest) > d.exists && d.exists >= 0 && d.settled():
		return "mistake/beyond-exists"
	}
	return ""
}

// unwiseLogin finds what is wrong with a login by its mechanism.
func (d *Decoder) unwiseLogin(h head, raw []byte) string {
	mechanism, initial := loginArguments(raw[h.size:])
	switch {
	case sasl.First(mechanism).MechanismInClear() && !d.secure:
		return "mistake/login-in-clear"
	case initial != "" && !d.session.has("SASL-IR", "IMAP4REV2"):
		return "mistake/initial-response-not-offered" // RFC 4959 §3
	case !d.session.has("AUTH=" + strings.ToUpper(mechanism)):
		return "mistake/mechanism-not-offered"
	}
	return ""
}

// settled tells whether no command runs that selects another mailbox.
func (d *Decoder) settled() bool { return d.running.first([]string{verbSelect, verbExamine}) == nil }
