package imap

import (
	"net"
	"time"
)

// beforeLogin is how long a client that has not logged in may stay silent.
// go-imap gives it thirty seconds, too few for somebody who types by hand.
const beforeLogin = 5 * time.Minute

// patient is a connection that gives people time. After the login go-imap's own
// limits hold: thirty seconds for the rest of a command that has begun.
type patient struct {
	net.Conn
	session *session
}

// SetReadDeadline puts off what go-imap sets before the login.
func (p *patient) SetReadDeadline(t time.Time) error {
	if !t.IsZero() && !p.session.loggedIn() {
		t = time.Now().Add(beforeLogin)
	}
	return p.Conn.SetReadDeadline(t)
}
