package pop3

import (
	"slices"

	"surel/protocols/line"
	"surel/protocols/sasl"
)

// maxCommand is the longest command in bytes, with its end (RFC 2449 §4).
const maxCommand = 255

// mistake finds what is wrong with a command: its key, and whether the grammar
// is broken. Where several things are wrong, what the state forbids comes
// before what the command says.
func (d *Decoder) mistake(said pending, raw []byte) (key string, malformed bool) {
	early := d.outOfTime()
	forbidden := d.sequence(said.verb)
	p := parse(string(raw))
	switch {
	case line.Ending(raw) != 2:
		return "mistake/bare-lf", true
	case said.verb == verbUnknown:
		return p.mistake, p.malformed
	case early != "" && said.verb != verbQUIT:
		return early, p.malformed
	case forbidden != "":
		return forbidden, p.malformed
	case p.mistake != "":
		return p.mistake, p.malformed
	}
	for _, find := range []func(pending, []byte) string{d.notOffered, d.wrongMessage, d.inClear} {
		if key := find(said, raw); key != "" {
			return key, false
		}
	}
	switch {
	case len(raw) > maxCommand:
		return "mistake/line-too-long", false
	case d.pipelined() && !d.offer.has("PIPELINING"):
		return "mistake/pipelining-not-offered", false // RFC 2449 §6.6
	}
	return "", false
}

// outOfTime finds that the client speaks before the greeting or after goodbye.
func (d *Decoder) outOfTime() string {
	first := !d.knows.spoken
	d.knows.spoken = true
	switch {
	case d.knows.joined:
	case d.expected == stateConnect && first && !d.knows.greeted:
		return "mistake/before-greeting" // RFC 1939 §4
	case over(d.expected):
		return "mistake/after-quit"
	}
	return ""
}

// sequence finds that the state does not allow the command. The first command
// of a conversation whose beginning is not known tells its state.
func (d *Decoder) sequence(v verb) string {
	if d.knows.joined && v != verbUnknown {
		d.settleIn(v)
		return ""
	}
	if v == verbSTLS && d.knows.utf8 {
		return "mistake/stls-after-utf8" // RFC 6856 §2.1
	}
	state := d.expected
	switch state {
	case stateConnect, stateAuth, stateTLS:
		state = stateAuthorization
	}
	return sequenceMistakes[v][state]
}

// settleIn takes the state of a conversation from a command that it allows.
func (d *Decoder) settleIn(v verb) {
	d.knows.joined, d.knows.greeted = false, true
	for _, row := range Verbs {
		if row.Name != v.String() || row.Allowed(d.state) {
			continue
		}
		d.state = row.States[0]
		d.expected = d.state
	}
	if d.state == stateConnect { // the command is one that every state allows
		d.state, d.expected = stateTransaction, stateTransaction
	}
}

// sequenceMistakes are the keys of the mistakes by command and by the state
// that forbids it, from the table of commands. A name that waits for its
// password is a part of the authorization state (RFC 1939 §4).
var sequenceMistakes = func() map[verb]map[string]string {
	all := map[verb]map[string]string{}
	for _, row := range Verbs {
		v := verbsByName[row.Name]
		all[v] = map[string]string{}
		for state, named := range map[string]string{
			stateAuthorization: stateAuthorization, stateUser: stateAuthorization, stateTransaction: stateTransaction,
		} {
			if !row.Allowed(state) {
				all[v][state] = "mistake/" + row.Name + "/" + named
			}
		}
	}
	return all
}()

// notOffered finds that the server did not announce what the command needs.
func (d *Decoder) notOffered(said pending, raw []byte) string {
	switch {
	case !d.offer.takes(said.verb):
		return "mistake/command-not-offered"
	case said.verb == verbAPOP && d.knows.noAPOP:
		return "mistake/no-timestamp" // RFC 1939 §7
	case said.verb == verbAUTH && said.argument:
		if mechanism, _ := sasl.Arguments(raw); !d.offer.hasMechanism(mechanism) {
			return "mistake/mechanism-not-offered"
		}
	}
	return ""
}

// wrongMessage finds that the command names a message that is not there.
func (d *Decoder) wrongMessage(said pending, _ []byte) string {
	if said.message == 0 {
		return ""
	}
	undone := slices.ContainsFunc(d.queue.Waiting(), func(p pending) bool { return p.verb == verbRSET })
	return d.drop.mistake(said.message, undone)
}

// inClear finds that the command gives a password away to whoever listens.
func (d *Decoder) inClear(said pending, raw []byte) string {
	if d.knows.secure {
		return ""
	}
	mechanism, _ := sasl.Arguments(raw)
	if said.verb == verbPASS || said.verb == verbAUTH && sasl.First(mechanism).MechanismInClear() {
		return "mistake/auth-in-clear" // RFC 8314 §3
	}
	return ""
}
