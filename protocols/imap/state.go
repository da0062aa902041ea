package imap

import "surel/protocols/machine"

// The states of a conversation (RFC 9051 §3). They change by what the server
// responds, not by what the client says.
const (
	stateConnect          = "connect" // before the server's greeting
	stateNotAuthenticated = "not-authenticated"
	stateAuthenticated    = "authenticated"
	stateSelected         = "selected"
	stateLogout           = "logout" // the server has said goodbye
	stateAuth             = "auth"   // inside a login
	stateAppend           = "append" // a letter is on its way to the server
	stateIdle             = "idle"   // the client waits for news
	stateTLS              = "tls"    // the connection belongs to TLS
)

// States are the places that a conversation passes through.
var States = []machine.State{
	{Key: stateConnect},
	{Key: stateNotAuthenticated, Main: true},
	{Key: stateAuthenticated, Main: true},
	{Key: stateSelected, Main: true},
	{Key: stateLogout, Main: true},
	{Key: stateAuth},
	{Key: stateAppend},
	{Key: stateIdle},
	{Key: stateTLS},
}

// after gives the state that follows when the command is completed, with OK or
// not (RFC 9051 §3).
func after(state string, v *verb, ok bool) string {
	switch {
	case v.is(verbSelect, verbExamine):
		if !ok && state == stateSelected { // RFC 9051 §6.3.2
			return stateAuthenticated
		}
		return choose(ok, stateSelected, state)
	case !ok || state == stateLogout:
		return state
	case v.is(verbLogin, verbAuthenticate, verbClose, verbUnselect):
		return stateAuthenticated
	case v.is(verbLogout):
		return stateLogout
	case v.is(verbStartTLS):
		return stateTLS
	case v.is(verbUnauth):
		return stateNotAuthenticated
	}
	return state
}

// during gives the state that holds while a command waits for more from the
// client; empty for most.
func during(v *verb) string {
	switch v.name {
	case verbAuthenticate:
		return stateAuth
	case verbAppend:
		return stateAppend
	case verbIdle:
		return stateIdle
	}
	return ""
}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
