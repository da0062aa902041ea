package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
	"unicode/utf8"

	gosmtp "github.com/emersion/go-smtp"

	"surel/protocols/wire"
	"surel/server/mailbox"
	"surel/server/tap"
)

// session is what a server knows of one client. go-smtp makes one at the
// first EHLO or HELO, and a new one after STARTTLS.
type session struct {
	srv    *Server
	conn   *gosmtp.Conn
	tap    *tap.Conn // nil where the connection is not tapped
	client wire.Endpoint
	secure bool

	// With BDAT, go-smtp stores the letter in a goroutine of its own while
	// Reset and Logout may come from another.
	mu   sync.Mutex
	user string
	env  envelope
}

// envelope is who a letter is from and for (RFC 5321 §2.3.1).
type envelope struct {
	open  bool
	from  string // empty: the null reverse-path
	opt   gosmtp.MailOptions
	to    []recipient
	hello string // what the client called itself
	login bool   // the client has logged in
}

type recipient struct {
	address string
	opt     gosmtp.RcptOptions
	box     *mailbox.Mailbox // nil: to be handed on
}

var (
	_ gosmtp.Session     = (*session)(nil)
	_ gosmtp.AuthSession = (*session)(nil)
)

func (s *Server) newSession(c *gosmtp.Conn) (gosmtp.Session, error) {
	n := &session{srv: s, conn: c}
	n.tap, n.secure = tapped(c.Conn())
	if n.tap != nil {
		n.client = n.tap.Client()
	}
	return n, nil
}

// tapped finds the tap below TLS.
func tapped(c net.Conn) (t *tap.Conn, secure bool) {
	if over, ok := c.(*tls.Conn); ok {
		c, secure = over.NetConn(), true
	}
	t, _ = c.(*tap.Conn)
	return t, secure
}

// Reset forgets the envelope.
func (s *session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.env = envelope{}
}

// Logout ends the session.
func (s *session) Logout() error {
	s.Reset()
	return nil
}

// Mail opens an envelope (RFC 5321 §4.1.1.2).
func (s *session) Mail(from string, opt *gosmtp.MailOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.srv.cfg.Submission && !s.secure: // RFC 3207 §4
		return errStartTLSFirst()
	case s.srv.cfg.Submission && s.user == "": // RFC 4954 §6
		return errLoginFirst()
	case s.env.open: // RFC 5321 §4.1.4; go-smtp would go on with the old recipients
		return errNestedMail()
	case opt.RequireTLS && !s.secure: // RFC 8689 §4.2.1
		return errStartTLSFirst()
	case from != "" && !cleanPath(from):
		return errBadSender()
	case !opt.UTF8 && !isASCII(from): // RFC 6531 §3.5
		return errNeedsUTF8()
	}
	s.env = envelope{open: true, from: from, opt: *opt, hello: s.conn.Hostname(), login: s.user != ""}
	return nil
}

// Rcpt adds a recipient to the envelope (RFC 5321 §4.1.1.3).
func (s *session) Rcpt(to string, opt *gosmtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !cleanPath(to):
		return errBadRecipient()
	case !s.env.opt.UTF8 && !isASCII(to):
		return errNeedsUTF8()
	}
	r := recipient{address: to, opt: *opt}
	var err error
	switch domain := domainOf(to); {
	case s.srv.cfg.Local(domain):
		r.box, err = s.local(to, opt)
	case s.srv.cfg.Submission:
		err = s.srv.cfg.Queue.Reaches(context.Background(), domain)
	default:
		err = errRelayDenied(to)
	}
	if err != nil {
		return err
	}
	s.env.to = append(s.env.to, r)
	return nil
}

// local finds the mailbox of a recipient that the server keeps letters for.
func (s *session) local(to string, opt *gosmtp.RcptOptions) (*mailbox.Mailbox, error) {
	box, err := s.srv.cfg.Store.Mailbox(to)
	switch {
	case errors.Is(err, mailbox.ErrUnknown):
		return nil, errUnknownMailbox(to)
	case err != nil:
		return nil, errNotStored()
	case opt.RequireRecipientValidSince.Before(box.Account().Since) && !opt.RequireRecipientValidSince.IsZero():
		return nil, errOwnerChanged(to) // RFC 7293 §3.1
	case box.Room() != nil:
		return nil, errMailboxFull(to)
	case !s.srv.cfg.Greylist.Pass(s.client.Addr.Addr(), s.env.from, box.Account().Address):
		return nil, errGreylisted(to)
	}
	return box, nil
}

// cleanPath refuses addresses that could forge lines of a header: go-smtp
// lets control bytes through (RFC 5321 §4.1.2 does not).
func cleanPath(address string) bool {
	return utf8.ValidString(address) && !strings.ContainsFunc(address, func(r rune) bool {
		return r < ' ' || r >= 0x7f && r < 0xa0
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}
