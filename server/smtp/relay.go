package smtp

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"surel/protocols/dns/mx"
)

// replyTimeout is how long another server may take for a reply. RFC 5321
// §4.5.3.2 allows minutes; the lab's servers stand on the same machine.
const replyTimeout = 30 * time.Second

// relayPort is where servers take letters for their own domains.
const relayPort = 25

// attempt hands a letter to the servers of its recipients and gives what came
// of it for each of them.
func (q *Queue) attempt(ctx context.Context, e entry, letter []byte) []error {
	outcome := make([]error, len(e.To))
	byDomain := map[string][]int{}
	for i, to := range e.To {
		d := domainOf(to.Address)
		byDomain[d] = append(byDomain[d], i)
	}
	for domain, which := range byDomain {
		q.toDomain(ctx, domain, e, letter, which, outcome)
	}
	return outcome
}

// toDomain tries the servers of a domain in order until one can be reached
// (RFC 5321 §5.1).
func (q *Queue) toDomain(ctx context.Context, domain string, e entry, letter []byte, which []int, outcome []error) {
	found := q.cfg.Route(ctx, domain)
	var err error
	if found.Outcome != mx.Deliver {
		err = errUnroutable(found)
	}
	for _, target := range found.Targets {
		var c *gosmtp.Client
		if c, err = q.connect(ctx, target, e.RequireTLS); err != nil {
			continue
		}
		stop := context.AfterFunc(ctx, func() { _ = c.Close() })
		err = send(c, e, letter, which, outcome)
		if c.Quit() != nil {
			_ = c.Close()
		}
		stop()
		break
	}
	if err != nil {
		for _, i := range which {
			outcome[i] = err
		}
	}
}

func (q *Queue) connect(ctx context.Context, server mx.Target, secure bool) (*gosmtp.Client, error) {
	conn, err := q.cfg.Dial(ctx, netip.AddrPortFrom(server.Addr, relayPort).String())
	if err != nil {
		return nil, err
	}
	var c *gosmtp.Client
	if secure {
		if c, err = gosmtp.NewClientStartTLS(conn, q.cfg.ClientTLS(server.Host)); err != nil {
			_ = conn.Close()
			return nil, fmt.Errorf("start TLS with %s: %w", server.Host, err)
		}
	} else {
		c = gosmtp.NewClient(conn)
	}
	c.CommandTimeout, c.SubmissionTimeout = replyTimeout, 2*replyTimeout
	if err := c.Hello(q.cfg.Host); err != nil {
		_ = c.Close()
		return nil, fmt.Errorf("greet %s: %w", server.Host, err)
	}
	return c, nil
}

// send carries out one mail transaction. An error concerns all recipients;
// what concerns one of them stands in outcome.
func send(c *gosmtp.Client, e entry, letter []byte, which []int, outcome []error) error {
	if err := c.Mail(e.From, &gosmtp.MailOptions{
		Size: int64(len(letter)), UTF8: e.UTF8, RequireTLS: e.RequireTLS,
		Return: e.Return, EnvelopeID: e.EnvelopeID,
	}); err != nil {
		return err
	}
	taken := 0
	for _, i := range which {
		if outcome[i] = c.Rcpt(e.To[i].Address, &e.To[i].Opt); outcome[i] == nil {
			taken++
		}
	}
	if taken == 0 {
		return nil
	}
	w, err := c.Data()
	if err == nil {
		if _, err = w.Write(letter); err == nil {
			err = w.Close()
		}
	}
	if err != nil {
		for _, i := range which {
			if outcome[i] == nil {
				outcome[i] = err
			}
		}
	}
	return nil
}

// temporary tells whether another attempt may help: a refusal says so by its
// first digit (RFC 5321 §4.2.1), and a server that did not answer may be back.
func temporary(err error) bool {
	var said *gosmtp.SMTPError
	return !errors.As(err, &said) || said.Temporary()
}
