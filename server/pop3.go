package server

import (
	"strings"

	"surel/server/mailbox"
	"surel/server/pop3"
)

func (l *Lab) pop3Config(host, domain string) pop3.Config {
	return pop3.Config{
		Host: host, TLS: l.serverTLS(host), Open: l.maildrop,
		Account: func(name string) (pop3.Account, bool) { return l.owner(domain, name) },
	}
}

// owner finds who may read mail at an organisation's server.
func (l *Lab) owner(domain, name string) (pop3.Account, bool) {
	a, ok := l.account(domain, name)
	return pop3.Account{Name: a.Address, Password: a.Password}, ok
}

// account finds a person of an organisation by the whole address or by its
// local-part.
func (l *Lab) account(domain, name string) (mailbox.Account, bool) {
	if !strings.Contains(name, "@") {
		name += "@" + domain
	}
	a, ok := l.store.Account(name)
	if !ok || !strings.HasSuffix(a.Address, "@"+domain) {
		return mailbox.Account{}, false
	}
	return a, true
}
