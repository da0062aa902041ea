package pop3

import "surel/protocols/machine"

// The states of a conversation. They change by what the server answers, not
// by what the client says.
const (
	stateConnect       = "connect"       // before the server's greeting
	stateAuthorization = "authorization" // greeted, and nobody has logged in
	stateUser          = "user"          // inside authorization: a name is accepted, its password is due
	stateAuth          = "auth"          // inside a login with AUTH
	stateTLS           = "stls"          // the connection belongs to TLS
	stateTransaction   = "transaction"   // the mailbox is open and locked
	stateUpdate        = "update"        // QUIT was accepted: what was marked is deleted
	stateClosed        = "closed"        // the server has said goodbye and deleted nothing
)

// States are the places that a conversation passes through.
var States = []machine.State{
	{Key: stateConnect},
	{Key: stateAuthorization, Main: true},
	{Key: stateUser},
	{Key: stateAuth},
	{Key: stateTLS},
	{Key: stateTransaction, Main: true},
	{Key: stateUpdate, Main: true},
	{Key: stateClosed},
}

// outcome is how the server answers.
type outcome uint8

const (
	isNone outcome = iota // no answer at all
	isOK                  // +OK
	isErr                 // -ERR
	isMore                // +, in a login (RFC 5034 §4)
)

// after gives the state that follows when what was said is answered so
// (RFC 1939 §3).
func after(state string, said pending, how outcome) string {
	switch how {
	case isMore:
		return stateAuth
	case isErr:
		return afterRefused(state, said)
	default:
	}
	switch said.verb {
	case answersConnection:
		return stateAuthorization
	case verbUSER:
		return stateUser
	case verbPASS, verbAPOP, answersExchange:
		return stateTransaction
	case verbAUTH:
		return choose(said.argument, stateTransaction, state)
	case verbSTLS:
		return stateTLS
	case verbQUIT: // RFC 1939 §6
		return choose(state == stateTransaction, stateUpdate, stateClosed)
	default:
		return state
	}
}

func afterRefused(state string, said pending) string {
	switch said.verb {
	case answersConnection:
		return stateClosed
	case verbUSER, verbPASS, verbAPOP, verbAUTH, answersExchange:
		return choose(state == stateUser || state == stateAuth, stateAuthorization, state)
	case verbQUIT: // it closes the connection all the same (RFC 1939 §6), unless it was no QUIT
		return choose(said.argument, state, stateClosed)
	default:
		return state
	}
}

// expect gives the state that follows when everything that waits is accepted.
func expect(state string, waiting []pending) string {
	for _, said := range waiting {
		state = after(state, said, isOK)
	}
	return state
}

// over tells whether the server has said goodbye.
func over(state string) bool { return state == stateUpdate || state == stateClosed }

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
