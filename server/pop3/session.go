package pop3

import (
	"bufio"
	"crypto/tls"
	"net"
	"strings"
)

// state is one of the states of RFC 1939 §3. UPDATE lasts no longer than QUIT
// takes.
type state uint8

const (
	authorization state = 1 << iota
	transaction
	over // the connection is to be closed
)

// session is what a server knows of one client.
type session struct {
	srv  *Server
	raw  net.Conn // under TLS
	conn net.Conn
	r    *bufio.Reader
	w    *bufio.Writer

	state    state
	secure   bool
	utf8     bool
	stamp    string // the greeting's timestamp (RFC 1939 §7)
	user     string // what USER gave; empty unless PASS may follow
	failures int
	mistakes int

	drop    Maildrop // in TRANSACTION
	letters []Letter
	marked  []bool
	left    int   // letters that are not marked
	octets  int64 // in those
}

const bufferSize = 16 << 10

func newSession(srv *Server, conn net.Conn) *session {
	s := &session{srv: srv, raw: conn, state: authorization}
	s.use(conn)
	return s
}

// use speaks over a connection from now on. What was read from the one before
// is dropped.
func (s *session) use(conn net.Conn) {
	s.conn = conn
	s.w = bufio.NewWriterSize(conn, bufferSize)
	s.r = bufio.NewReader(&asking{s.w, conn})
}

// asking sends what is still to be sent before it waits for more, so that the
// replies to a pipelined group leave together.
type asking struct {
	w    *bufio.Writer
	conn net.Conn
}

func (a *asking) Read(b []byte) (int, error) {
	if err := a.w.Flush(); err != nil {
		return 0, err
	}
	return a.conn.Read(b)
}

// startTLS goes on under TLS. The handshake runs with the next read or write.
func (s *session) startTLS() {
	s.secure = true
	s.use(tls.Server(s.raw, s.srv.cfg.TLS))
}

// serve greets and then carries out one command after the other. A connection
// that is lost or silent for too long ends without the UPDATE state and, as
// RFC 1939 §3 has it, without a word.
func (s *session) serve() {
	s.greet()
	for s.state != over {
		line, err := s.readLine(MaxLine)
		switch {
		case err == nil:
			s.command(line)
		case isMistake(err):
			s.mistake(err.Error())
		default:
			return
		}
		if s.mistakes >= MaxMistakes {
			s.fail("", "Too many mistakes, bye bye")
			return
		}
	}
}

// close lets go of everything. What is said last is still sent.
func (s *session) close() {
	s.release()
	_ = s.w.Flush()
	_ = s.conn.Close()
	_ = s.raw.Close()
}

func (s *session) release() {
	if s.drop != nil {
		s.drop.Unlock()
		s.drop = nil
	}
}

// command carries out a line.
func (s *session) command(line string) {
	keyword, argument, spaced := strings.Cut(line, " ")
	verb := find(strings.ToUpper(keyword))
	user := s.user
	s.user = "" // only PASS, at once, may follow USER (RFC 1939 §7)
	switch {
	case verb.run == nil:
		s.mistake("Unknown command")
	case verb.in&s.state == 0 && s.state == authorization:
		s.fail("", "Log in first")
	case verb.in&s.state == 0:
		s.fail("", "You are logged in already")
	case verb.args == none && spaced:
		s.mistake("This command takes no argument")
	case verb.args == some && argument == "":
		s.mistake("This command needs an argument")
	default:
		s.mistakes = 0
		if verb.keepsUser {
			s.user = user
		}
		verb.run(s, argument)
	}
}
