package pop3

// Join tells the decoder that it does not see the beginning of the
// conversation. The first command then tells in which state it stands.
func (d *Decoder) Join() { d.knows.joined = true }

// Protect tells the decoder that what it reads travels inside TLS: from the
// first byte of the connection, or after STLS, where the server does not greet
// again (RFC 2595 §4).
func (d *Decoder) Protect(afterUpgrade bool) {
	d.knows.secure = true
	if afterUpgrade {
		d.state, d.expected, d.knows.greeted = stateTLS, stateTLS, true
	}
}

// State gives the state in which the conversation is.
func (d *Decoder) State() string { return d.state }
