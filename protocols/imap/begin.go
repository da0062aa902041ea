package imap

// Join tells that the conversation has begun before the first byte.
func (d *Decoder) Join() {
	d.joined, d.state, d.expected = true, stateSelected, stateSelected
}

// Protect tells the decoder that what it reads travels inside TLS: from the
// first byte of the connection, or after STARTTLS, where the server does not
// greet again (RFC 9051 §6.2.1).
func (d *Decoder) Protect(afterUpgrade bool) {
	d.secure = true
	if afterUpgrade {
		d.greeted = true
		d.enter(stateNotAuthenticated)
	}
}

// State gives the state in which the conversation is.
func (d *Decoder) State() string { return d.state }
