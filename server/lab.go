// Package server is the lab: real mail servers of two made-up organisations,
// on a virtual network whose every byte is recorded. Start with Start; Dial
// connects to a server as one of the lab's hosts, Log holds what was said.
//
// To let the lab speak another protocol, write its servers in a folder of
// their own beside smtp/ and open their ports in ports.go.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"surel/protocols/wire"
	"surel/server/ca"
	"surel/server/dns"
	"surel/server/mailbox"
	"surel/server/vnet"
)

// Config is how a lab is set up. The zero value is good for a lesson.
type Config struct {
	// Dir is the lab's folder; empty stands for a temporary one that Close
	// removes.
	Dir string
	// FixedPorts opens the servers that people's own mail programs talk to on
	// their documented ports (2525, 2587, 2465, 2110, 2995, 2143, 2993,
	// 2053), or on
	// a free one where that is taken. Without it all ports are free ones.
	FixedPorts bool
	// Log records the lab; nil stands for a new one with default limits.
	Log *wire.Log
	// NoFsync leaves it to the system when letters reach the disk.
	NoFsync bool
	// Idle is how long a connection may stay silent; zero stands for the time
	// that its protocol demands at least: five minutes for SMTP, ten for POP3.
	Idle time.Duration
	// MaxConns is how many connections each port takes at once; zero stands
	// for 500.
	MaxConns int
	// GreylistDelay is how long a greylisted sender has to wait before the
	// second attempt; zero stands for one second.
	GreylistDelay time.Duration
	// RelayRetry is the pause before a letter that was put off is tried again;
	// zero stands for a little more than GreylistDelay. Every further pause is
	// twice as long.
	RelayRetry time.Duration
	// RelayLifetime is how long a letter is tried before its sender is told
	// that it failed; zero stands for ten minutes.
	RelayLifetime time.Duration
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = wire.NewLog(wire.Limits{})
	}
	if c.MaxConns == 0 {
		c.MaxConns = 500
	}
	if c.GreylistDelay == 0 {
		c.GreylistDelay = time.Second
	}
	if c.RelayRetry == 0 {
		c.RelayRetry = c.GreylistDelay + c.GreylistDelay/10
	}
	if c.RelayLifetime == 0 {
		c.RelayLifetime = 10 * time.Minute
	}
	return c
}

// Lab is a running lab. It is safe for concurrent use.
type Lab struct {
	cfg       Config
	temporary bool
	net       *vnet.Net
	ca        *ca.CA
	store     *mailbox.Store
	kept      *mailbox.Store // what Fill takes out of mailboxes; nil where the folder is temporary
	filled    fillings
	names     *dns.System
	services  []wire.Service

	virtual sync.Once
	served  map[string]*tls.Config           // by the other names of mail.kampus.test
	client  func() (*tls.Certificate, error) // the certificate that clients of the lab have
	servers []mailServer

	cancel context.CancelFunc
	queues sync.WaitGroup

	closing sync.Once
	closed  error
}

// Start starts a lab that runs until Close; the context is for the start
// alone.
func Start(ctx context.Context, c Config) (*Lab, error) {
	l := &Lab{cfg: c.withDefaults(), net: vnet.New(append(hosts(), dns.Hosts()...)...)}
	if err := l.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start the lab: %w", err), l.Close())
	}
	return l, nil
}

func (l *Lab) start(ctx context.Context) error {
	if err := l.makeDir(); err != nil {
		return err
	}
	var err error
	if l.ca, err = ca.Open(l.cfg.Dir, time.Now()); err != nil {
		return err
	}
	l.client = sync.OnceValues(l.issueClient)
	l.store = mailbox.Open(filepath.Join(l.cfg.Dir, "mail"), accounts(), mailbox.Options{NoFsync: l.cfg.NoFsync})
	if !l.temporary {
		l.kept = mailbox.Open(filepath.Join(l.cfg.Dir, "kept"), keeping(), mailbox.Options{NoFsync: l.cfg.NoFsync})
	}
	return l.openPorts(ctx)
}

func (l *Lab) makeDir() error {
	if l.cfg.Dir == "" {
		dir, err := os.MkdirTemp("", "surel-")
		if err != nil {
			return err
		}
		l.cfg.Dir, l.temporary = dir, true
		return nil
	}
	return os.MkdirAll(l.cfg.Dir, 0o700)
}

// Close stops every server, and removes the folder where it is temporary.
// Letters that servers have accepted stay in a folder that is kept.
func (l *Lab) Close() error {
	l.closing.Do(func() {
		if l.cancel != nil {
			l.cancel()
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		var errs []error
		for _, s := range l.servers {
			errs = append(errs, s.Close(ctx))
		}
		l.queues.Wait()
		if l.names != nil {
			errs = append(errs, l.names.Close(ctx))
		}
		if l.store != nil {
			l.store.Close()
		}
		if l.kept != nil {
			l.kept.Close()
		}
		if l.temporary {
			errs = append(errs, os.RemoveAll(l.cfg.Dir))
		}
		l.closed = errors.Join(errs...)
	})
	return l.closed
}

// Log gives the record of everything that the lab's servers have said and
// heard.
func (l *Lab) Log() *wire.Log { return l.cfg.Log }

// Dir gives the lab's folder: Maildirs in mail/DOMAIN/LOCAL-PART, letters that
// wait to be handed on in queue/HOST.
func (l *Lab) Dir() string { return l.cfg.Dir }

// Services gives every port on which a server listens.
func (l *Lab) Services() []wire.Service { return append([]wire.Service(nil), l.services...) }

// Dial connects the host from with to, "mx1.sekolah.test:25" for instance.
func (l *Lab) Dial(ctx context.Context, from, to string) (net.Conn, error) {
	return l.net.Dial(ctx, from, to)
}

// ClientTLS gives a configuration with which a client trusts the lab's
// servers. To one that asks for a certificate it shows the student's.
func (l *Lab) ClientTLS(serverName string) *tls.Config {
	return &tls.Config{RootCAs: l.ca.Pool(), ServerName: serverName, GetClientCertificate: l.clientCertificate}
}

// CAFile gives the path of the certificate, in PEM, that other mail programs
// have to trust.
func (l *Lab) CAFile() string { return ca.File(l.cfg.Dir) }
