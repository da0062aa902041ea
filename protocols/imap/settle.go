package imap

import (
	"surel/protocols/message"
	"surel/protocols/wire"
)

// untagged draws the consequences of an untagged response.
func (d *Decoder) untagged(m *message.Message, a *announced, first bool) {
	switch {
	case a.status != statusNone:
		d.untaggedStatus(m, a, first)
	case a.response != nil:
		m.Name, m.Note = a.response.name, a.response.note
		m.Answers = d.answersOf(a.response.verbs)
		d.data(m, a)
	default:
		m.Name, m.Note = "unread", "response/unread"
		if len(a.word) > 0 && len(a.word) <= maxVerb {
			m.Name, m.Note = string(a.word), "response/unknown"
		}
		m.Answers = d.answersOf(nil)
	}
}

// answersOf gives the number of the command whose data a response is that the
// named commands ask for; 0 where the server spoke unasked.
func (d *Decoder) answersOf(names []string) int32 {
	if p := d.running.owner(names); p != nil {
		return p.number
	}
	return 0
}

// untaggedStatus draws the consequences of an untagged status response. The
// first of a connection is the greeting.
func (d *Decoder) untaggedStatus(m *message.Message, a *announced, first bool) {
	code, arguments := a.code()
	m.Name = a.status.String()
	m.Note = d.notes.status(statusKey{status: a.status, code: code})
	greets := first && (d.running.empty() || !d.joined)
	switch {
	case greets && a.status == statusOK:
		m.Note = "response/greeting"
		d.enter(stateNotAuthenticated)
	case greets && a.status == statusPREAUTH:
		d.enter(stateAuthenticated)
	case a.status == statusBYE:
		d.enter(stateLogout)
	case code == "CLOSED": // RFC 9051 §7.1
		d.state, d.exists = stateAuthenticated, -1
	}
	if !greets {
		m.Answers = d.answersOf(statusOwners)
	}
	if a.status == statusBAD || a.status == statusNO {
		if p, ok := d.running.takeTagless(); ok {
			m.Answers = p.number
		}
	}
	if code == "CAPABILITY" {
		d.announce(arguments)
	}
}

// statusOwners are the commands for which servers send untagged status
// responses.
var statusOwners = []string{verbSelect, verbExamine, verbLogout}

// enter changes the state without a command.
func (d *Decoder) enter(state string) {
	d.state, d.joined = state, false
	d.expect()
}

// announce is told what the server can do.
func (d *Decoder) announce(capabilities string) {
	d.session, d.offered = d.session.withOffer(capabilities), d.number()+1
}

// data draws the consequences of an untagged response with data.
func (d *Decoder) data(m *message.Message, a *announced) {
	switch a.response.name {
	case "CAPABILITY":
		d.announce(string(a.rest))
	case "ENABLED":
		d.session = d.session.withEnabled(string(a.rest))
	case "EXISTS":
		d.exists = a.number
	case "EXPUNGE":
		d.exists = max(d.exists-1, -1)
		if m.Mistake == "" && d.unaskedExpunge() {
			m.Mistake = "mistake/expunge-unasked"
		}
	case "VANISHED":
		if d.exists >= 0 && len(a.rest) > 0 && a.rest[0] != '(' {
			d.exists = max(d.exists-int64(sizeOf(string(a.rest))), 0)
		}
	}
}

// unaskedExpunge tells whether message numbers must not change now: no command
// runs, or only such as use them (RFC 9051 §7.5.1).
func (d *Decoder) unaskedExpunge() bool {
	if d.joined {
		return false
	}
	for _, p := range d.running.all() {
		if !p.verb.is("FETCH", "STORE", "SEARCH") {
			return false
		}
	}
	return d.running.forgotten == 0
}

// continued finds what a continuation answers (RFC 9051 §7.6).
func (d *Decoder) continued(m *message.Message) {
	m.Name, m.Note = "+", "continuation"
	p := d.running.find([]byte(d.awaited))
	switch {
	case d.mode != modeWait || p == nil:
		if m.Mistake == "" && !d.joined {
			m.Mistake = "mistake/unexpected-continuation"
		}
		return
	case len(d.command.waiting) > 0:
		m.Note = "continuation/literal"
	case p.verb.is(verbAuthenticate):
		m.Note, m.Body = "continuation/auth", challenge(d.step)
		m.Mistake, m.Malformed = "", false // its text is base64
	case p.verb.is(verbIdle):
		m.Note = "continuation/idle"
	default:
		m.Mistake = "mistake/unexpected-continuation"
		return
	}
	m.Answers = p.number
	d.during = during(p.verb)
}

// letGoOn lets the client's bytes be read that waited for the continuation
// that was emitted last.
func (d *Decoder) letGoOn() {
	p := d.running.find([]byte(d.awaited))
	if d.mode != modeWait || p == nil {
		return
	}
	switch {
	case len(d.command.waiting) > 0:
		d.mode = modeLiteral
	case p.verb.is(verbAuthenticate):
		d.mode = modeExchange
	case p.verb.is(verbIdle):
		d.mode = modeIdle
	default:
		return
	}
	d.leave = d.number()
	d.turn, d.held = d.held, false
}

// tagged draws the consequences of the response that completes a command.
func (d *Decoder) tagged(m *message.Message, a *announced) {
	p, ok := d.running.take(a.tag)
	code, arguments := a.code()
	if a.status == statusNone || a.status > statusBAD {
		m.Name, m.Note = "unread", "response/unread"
		if m.Mistake == "" {
			m.Mistake, m.Malformed = "mistake/bad-response", true
		}
		if ok {
			d.running.push(p) // such a line completes nothing
		}
		return
	}
	m.Name = a.status.String()
	if code == "CAPABILITY" {
		d.announce(arguments)
	}
	if !ok {
		m.Note = d.notes.status(statusKey{status: a.status, code: code, tagged: true})
		if m.Mistake == "" && !d.joined && d.running.forgotten == 0 {
			m.Mistake = "mistake/unknown-tag"
		}
		return
	}
	m.Answers = p.number
	m.Note = d.notes.status(statusKey{status: a.status, code: code, verb: p.verb.name, tagged: true})
	d.settle(p, a.status == statusOK)
}

// settle draws the consequences of a command's completion.
func (d *Decoder) settle(p pending, completed bool) {
	before := d.state
	d.state = after(before, p.verb, completed)
	if d.state != before {
		d.joined = false
	}
	if d.state != stateSelected {
		d.exists = -1
	}
	if completed && p.verb.is(verbLogin, verbAuthenticate) && d.offered < p.number {
		d.session = &session{utf8: d.session.utf8} // logged in, a server can announce more
	}
	if d.running.empty() {
		d.expected = d.state
	} else if !completed {
		d.expect()
	}
	if d.awaited == p.tag {
		d.decide(p, completed)
	}
}

// expect reckons anew which state follows when everything that runs is
// completed with OK.
func (d *Decoder) expect() {
	d.expected = d.state
	for _, p := range d.running.all() {
		d.expected = after(d.expected, p.verb, true)
	}
}

// decide says how the client's bytes are read once the command is completed
// for whose response they waited. A literal that is on its way still comes.
func (d *Decoder) decide(p pending, completed bool) {
	d.during = ""
	if d.mode == modeLiteral || d.mode == modeCommands {
		return
	}
	waited := d.mode == modeWait
	d.mode, d.command.waiting = modeCommands, nil
	s := &d.scans[wire.ClientToServer]
	s.literal, s.start = 0, 0
	if waited {
		d.turn, d.held = d.held, false
	}
	switch {
	case completed && p.verb.is(verbStartTLS):
		d.mode, d.upgraded, d.turn = modeInjected, true, true // what follows is no longer ours
	case completed && p.verb.is(verbCompress):
		d.mode, d.opaque = modeOpaque, true
	}
}
