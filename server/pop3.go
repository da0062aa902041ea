package server

import (
	"strings"

	"surel/server/pop3"
)

func (l *Lab) pop3Config(host, domain string) pop3.Config {
	return pop3.Config{
		Host: host, TLS: l.serverTLS(host), Open: l.maildrop,
		Account: func(name string) (pop3.Account, bool) { return l.owner(domain, name) },
	}
}

// owner finds who may read mail at an organisation's server, by the whole
// address or by its local-part.
func (l *Lab) owner(domain, name string) (pop3.Account, bool) {
	if !strings.Contains(name, "@") {
		name += "@" + domain
	}
	a, ok := l.store.Account(name)
	if !ok || !strings.HasSuffix(a.Address, "@"+domain) {
		return pop3.Account{}, false
	}
	return pop3.Account{Name: a.Address, Password: a.Password}, true
}
