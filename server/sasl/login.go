package sasl

// login is the LOGIN mechanism, which no RFC describes: it asks for the name,
// then for the password.
type login struct {
	checks *Checks
	named  bool
	user   string
}

// Next takes a response.
func (l *login) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case !l.named: // the name may have come with the command itself
		l.named, l.user = true, string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.checks.Password(l.user, string(response))
}
