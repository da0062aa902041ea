package smtp

import (
	"slices"

	"surel/protocols/line"
	"surel/protocols/sasl"
)

// mistake finds what is wrong with a command: its key, and whether the
// grammar is broken. Where several things are wrong, what the state forbids
// comes before what the command says.
func (d *Decoder) mistake(v verb, raw []byte) (key string, malformed bool) {
	early := d.tooEarly()
	grammar := ""
	if !plain(v, raw) {
		p := parse(string(raw), d.offer)
		grammar, malformed = p.mistake, p.malformed
	}
	switch {
	case line.Ending(raw) != 2:
		return "mistake/bare-lf", true
	case v == verbUnknown:
		return grammar, malformed
	case early != "" && v != verbQUIT:
		return early, malformed
	}
	if key := d.sequence(v); key != "" {
		return key, malformed
	}
	if grammar != "" {
		return grammar, malformed
	}
	return d.unwise(v, raw), false
}

// tooEarly finds that the client speaks before the greeting or after goodbye.
func (d *Decoder) tooEarly() string {
	first := !d.spoken
	d.spoken = true
	switch {
	case d.expected == stateConnect && first && !d.greeted && !d.joined:
		return "mistake/before-greeting" // RFC 5321 §4.3.1
	case d.expected == stateQuit:
		return "mistake/after-quit"
	}
	return ""
}

// sequence finds that the state does not allow the command (RFC 5321 §4.1.4).
func (d *Decoder) sequence(v verb) string {
	state := d.expected
	switch {
	case state == stateConnect && d.joined:
		return ""
	case state == stateConnect:
		state = stateGreeting
	case state == stateTLS: // RFC 3207 §4.2: all begins anew, but for the greeting
		state = stateGreeting
	}
	if v == verbDATA && state == stateMail && d.refused > 0 {
		return "mistake/no-recipients"
	}
	if v.obsolete() {
		return "mistake/obsolete"
	}
	return sequenceMistakes[v][state]
}

// sequenceMistakes are the keys of the mistakes by command and by the state
// that forbids it, from the table of commands.
var sequenceMistakes = func() map[verb]map[string]string {
	all := map[verb]map[string]string{}
	for _, row := range Verbs {
		v, _ := verbOf([]byte(row.Name))
		if v.obsolete() {
			continue
		}
		all[v] = map[string]string{}
		for _, state := range []string{stateGreeting, stateReady, stateMail, stateRcpt, stateBdat, stateSent} {
			if !row.Allowed(state) {
				all[v][state] = "mistake/" + v.String() + "/" + state
			}
		}
	}
	return all
}()

// unwise finds what is right by the grammar and wrong all the same.
func (d *Decoder) unwise(v verb, raw []byte) string {
	keyword := commandKeyword(v)
	switch {
	case keyword != "" && !d.offer.has(keyword):
		return "mistake/command-not-offered"
	case v == verbAUTH:
		mechanism, _ := sasl.Arguments(raw)
		if sasl.First(mechanism).MechanismInClear() && !d.secure {
			return "mistake/auth-in-clear" // RFC 4954 §4
		}
	case (v == verbMAIL || v == verbRCPT) && !d.utf8 && slices.ContainsFunc(raw, func(b byte) bool { return b >= 0x80 }):
		return "mistake/8bit-without-smtputf8" // RFC 6531 §3.4
	case parameterless(v) && len(raw) > maxCommand:
		return "mistake/line-too-long"
	}
	return ""
}

// maxCommand is the longest command line in bytes, with its end, for the
// commands that no extension lengthens (RFC 5321 §4.5.3.1.4).
const maxCommand = 512

func parameterless(v verb) bool {
	return !v.opensEnvelope() && v != verbRCPT && v != verbAUTH && v != verbBURL && v != verbUnknown
}
