package smtp

// Join tells the decoder that it does not see the beginning of the
// conversation. Until it has seen a command answered, no state forbids
// anything.
func (d *Decoder) Join() { d.joined = true }

// Protect tells the decoder that what it reads travels inside TLS: from the
// first byte of the connection, or after STARTTLS, where the server does not
// greet again and the client says EHLO first (RFC 3207 §4.2).
func (d *Decoder) Protect(afterUpgrade bool) {
	d.secure = true
	if afterUpgrade {
		d.state, d.expected, d.greeted = stateTLS, stateTLS, true
	}
}

// State gives the state in which the conversation is.
func (d *Decoder) State() string { return d.state }
