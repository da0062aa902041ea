package server

import (
	"cmp"
	"context"
	"net"
	"path/filepath"
	"time"

	"surel/protocols/wire"
	"surel/server/imap"
	"surel/server/pop3"
	"surel/server/smtp"
	"surel/server/tap"
)

// mailServer is a server that may serve several ports.
type mailServer interface {
	Serve(l *tap.Listener, implicit bool)
	Close(ctx context.Context) error
}

// port is one listening service of a host. The fixed port is the documented
// one for people's own mail programs; zero where no one outside needs it.
type port struct {
	service  string
	number   uint16
	fixed    uint16
	implicit bool // TLS from the first byte
	speaks   manner
}

var (
	smtpPort        = port{service: "smtp", number: 25, speaks: smtpManner}
	submissionPort  = port{service: "submission", number: 587, speaks: smtpManner}
	submissionsPort = port{service: "submissions", number: 465, implicit: true, speaks: smtpManner}
	pop3Port        = port{service: "pop3", number: 110, speaks: pop3Manner}
	pop3sPort       = port{service: "pop3s", number: 995, implicit: true, speaks: pop3Manner}
	imapPort        = port{service: "imap", number: 143, speaks: imapManner}
	imapsPort       = port{service: "imaps", number: 993, implicit: true, speaks: imapManner}
)

// manner is what the ports of one protocol have in common: how long a client
// may stay silent, and what one connection too many is told.
type manner struct {
	idle    time.Duration
	refusal string
}

var smtpManner = manner{ // RFC 5321 §4.5.3.2.7
	idle: 5 * time.Minute, refusal: "421 4.7.0 Too many connections, please try again later\r\n",
}

var pop3Manner = manner{ // RFC 1939 §3
	idle: 10 * time.Minute, refusal: "-ERR [SYS/TEMP] Too many connections, please try again later\r\n",
}

var imapManner = manner{ // RFC 9051 §5.4
	idle: 30 * time.Minute, refusal: "* BYE [UNAVAILABLE] Too many connections, please try again later\r\n",
}

func (p port) at(fixed uint16) port {
	p.fixed = fixed
	return p
}

// openPorts starts the servers of both organisations.
func (l *Lab) openPorts(ctx context.Context) error {
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l.cancel = cancel

	if err := l.openDNS(ctx); err != nil {
		return err
	}
	kampus, err := l.queue(running, Kampus, kampusDomain)
	if err != nil {
		return err
	}
	if err := l.openSMTP(ctx, l.smtpConfig(Kampus, kampusDomain, kampus), smtpPort.at(2525)); err != nil {
		return err
	}
	submission := l.smtpConfig(Kampus, kampusDomain, kampus)
	submission.Submission = true
	if err := l.openSMTP(ctx, submission, submissionPort.at(2587), submissionsPort.at(2465)); err != nil {
		return err
	}
	greylist := smtp.NewGreylist(l.cfg.GreylistDelay, Greylists)
	for _, host := range []string{MX1, MX2} {
		queue, err := l.queue(running, host, sekolahDomain)
		if err != nil {
			return err
		}
		c := l.smtpConfig(host, sekolahDomain, queue)
		c.Greylist = greylist
		if err := l.openSMTP(ctx, c, smtpPort); err != nil {
			return err
		}
	}
	wifi := newMiddle(func(ctx context.Context) (net.Conn, error) { return l.net.Dial(ctx, Wifi, Kampus+":587") })
	if err := l.open(ctx, Wifi, wifi, submissionPort); err != nil {
		return err
	}
	if err := l.openPOP3(ctx); err != nil {
		return err
	}
	if err := l.openIMAP(ctx); err != nil {
		return err
	}
	l.services = append(l.services, l.names.Services()...)
	return nil
}

// openPOP3 starts the POP3 servers of both organisations.
func (l *Lab) openPOP3(ctx context.Context) error {
	kampus := pop3.New(l.pop3Config(Kampus, kampusDomain))
	if err := l.open(ctx, Kampus, kampus, pop3Port.at(2110), pop3sPort.at(2995)); err != nil {
		return err
	}
	return l.open(ctx, MX1, pop3.New(l.pop3Config(MX1, sekolahDomain)), pop3Port, pop3sPort)
}

// openIMAP starts the IMAP servers of both organisations.
func (l *Lab) openIMAP(ctx context.Context) error {
	kampus := imap.New(l.imapConfig(Kampus, kampusDomain))
	if err := l.open(ctx, Kampus, kampus, imapPort.at(2143), imapsPort.at(2993)); err != nil {
		return err
	}
	return l.open(ctx, MX1, imap.New(l.imapConfig(MX1, sekolahDomain)), imapPort, imapsPort)
}

func (l *Lab) smtpConfig(host, domain string, q *smtp.Queue) smtp.Config {
	return smtp.Config{Host: host, Local: keeps(domain), Store: l.store, Queue: q, TLS: l.serverTLS(host)}
}

// queue starts to hand on the letters that a host has for others.
func (l *Lab) queue(running context.Context, host, domain string) (*smtp.Queue, error) {
	q, err := smtp.NewQueue(smtp.QueueConfig{
		Host:  host,
		Dir:   filepath.Join(l.cfg.Dir, "queue", host),
		Dial:  func(ctx context.Context, to string) (net.Conn, error) { return l.net.Dial(ctx, host, to) },
		Route: l.route(host), Local: keeps(domain), Store: l.store, ClientTLS: l.ClientTLS,
		Retry: l.cfg.RelayRetry, Lifetime: l.cfg.RelayLifetime, NoFsync: l.cfg.NoFsync,
	})
	if err != nil {
		return nil, err
	}
	l.queues.Go(func() { q.Run(running) })
	return q, nil
}

// openSMTP starts one SMTP server on the ports of its host.
func (l *Lab) openSMTP(ctx context.Context, c smtp.Config, ports ...port) error {
	return l.open(ctx, c.Host, smtp.New(c), ports...)
}

// open lets a server serve ports of its host until the lab is closed.
func (l *Lab) open(ctx context.Context, host string, s mailServer, ports ...port) error {
	l.servers = append(l.servers, s)
	for _, p := range ports {
		var realPort uint16
		if l.cfg.FixedPorts {
			realPort = p.fixed
		}
		listener, err := l.net.Listen(ctx, host, p.number, realPort)
		if err != nil {
			return err
		}
		tapped := tap.NewListener(listener, l.cfg.Log, tap.Options{
			Service: p.service, Idle: cmp.Or(l.cfg.Idle, p.speaks.idle),
			MaxConns: l.cfg.MaxConns, Refusal: p.speaks.refusal,
		})
		l.services = append(l.services, wire.Service{Name: p.service, Endpoint: listener.Endpoint()})
		s.Serve(tapped, p.implicit)
	}
	return nil
}
