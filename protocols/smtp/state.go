package smtp

import "surel/protocols/machine"

// The states of a conversation. They change by what the server replies, not
// by what the client says.
const (
	stateConnect  = "connect"  // before the server's greeting
	stateGreeting = "greeting" // greeted, and the client has not said hello
	stateReady    = "ready"    // after HELO or EHLO, no envelope open
	stateMail     = "mail"     // the sender is known
	stateRcpt     = "rcpt"     // and at least one recipient
	stateBdat     = "bdat"     // the letter is on its way in chunks
	stateSent     = "sent"     // a letter was accepted; otherwise like ready
	stateAuth     = "auth"     // inside a login
	stateTLS      = "tls"      // the connection belongs to TLS
	stateQuit     = "quit"     // the server has said goodbye
)

// StateData is the state while a letter is on its way: from the 354 that answers DATA to
// the dot that ends the letter (RFC 5321 §4.1.1.4).
const StateData = "data"

// States are the places that a conversation passes through.
var States = []machine.State{
	{Key: stateConnect},
	{Key: stateGreeting, Main: true},
	{Key: stateReady, Main: true},
	{Key: stateMail, Main: true},
	{Key: stateRcpt, Main: true},
	{Key: StateData, Main: true},
	{Key: stateSent, Main: true},
	{Key: stateQuit, Main: true},
	{Key: stateBdat},
	{Key: stateAuth},
	{Key: stateTLS},
}

// after gives the state that follows when what was said is answered with the
// code (RFC 5321 §4.1.4).
func after(state string, said pending, code int) string {
	accepted := code/100 == 2
	switch {
	case code == 421: // RFC 5321 §3.8
		return stateQuit
	case said.verb == answersContent:
		return choose(accepted, stateSent, stateReady)
	case (said.verb == verbBDAT || said.verb == verbBURL) && said.last:
		return choose(accepted, stateSent, stateReady)
	case said.verb == verbAUTH || said.verb == answersExchange:
		return choose(code == 334, stateAuth, choose(state == stateAuth, stateReady, state))
	case said.verb == verbDATA:
		return choose(code == 354, StateData, state)
	case !accepted:
		return state
	}
	return afterAccepted(state, said)
}

func afterAccepted(state string, said pending) string {
	switch v := said.verb; {
	case v == answersConnection:
		return stateGreeting
	case v == verbHELO || v == verbEHLO:
		return stateReady
	case v.opensEnvelope():
		return stateMail
	case v == verbRCPT:
		return stateRcpt
	case v == verbBDAT || v == verbBURL:
		return stateBdat
	case v == verbRSET && state != stateConnect && state != stateGreeting:
		return stateReady
	case v == verbSTARTTLS:
		return stateTLS
	case v == verbQUIT:
		return stateQuit
	}
	return state
}

// hoped gives the code with which the server accepts what was said.
func hoped(v verb) int {
	switch v {
	case verbDATA:
		return 354
	case verbAUTH, answersExchange:
		return 235
	default:
		return 250
	}
}

// expect gives the state that follows when everything that waits is accepted.
func expect(state string, waiting []pending) string {
	for _, said := range waiting {
		state = after(state, said, hoped(said.verb))
	}
	return state
}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
