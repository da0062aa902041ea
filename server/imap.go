package server

import (
	"surel/server/imap"
	"surel/server/mailbox"
)

func (l *Lab) imapConfig(host, domain string) imap.Config {
	return imap.Config{
		Host:  host,
		Store: l.store, TLS: l.serverTLS(host),
		Account: func(name string) (mailbox.Account, bool) { return l.account(domain, name) },
	}
}
