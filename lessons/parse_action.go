package lessons

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"surel/protocols"
)

var errNoCaption = errors.New("an action begins here: put its captions (id: … and en: …) on the lines above it")

// client reads "client NAME: HOST -> SERVER:PORT PROTOCOL".
func (p *parser) client(name, rest string) error {
	words := strings.Fields(rest)
	if len(words) != 4 || words[1] != "->" || len(strings.Fields(name)) != 1 || name != unwrap(name) {
		return errors.New("write: client NAME: HOST -> SERVER:PORT PROTOCOL")
	}
	if _, twice := p.s.Client(name); twice {
		return fmt.Errorf("there is a client %q already; give this one another name", name)
	}
	if len(p.s.Actions) > 0 {
		return errors.New("clients stand before the first action; move it up")
	}
	if _, _, err := net.SplitHostPort(words[2]); err != nil {
		return fmt.Errorf("write the server as HOST:PORT: %w", err)
	}
	if _, ok := protocols.ByID(words[3]); !ok {
		return fmt.Errorf("no protocol is called %q; write one such as smtp", words[3])
	}
	if p.as == "" {
		p.as = name
	}
	p.s.Clients = append(p.s.Clients, Client{Name: name, Host: words[0], Server: words[2], Protocol: words[3]})
	return nil
}

// mailbox reads "mailbox ADDRESS: NAME …" and "mailbox ADDRESS FOLDER: NAME …".
func (p *parser) mailbox(head, rest string) error {
	if len(p.s.Actions) > 0 {
		return errors.New("what a mailbox holds at the start stands before the first action; move it up")
	}
	words := strings.Fields(head)
	if len(words) < 1 || len(words) > 2 {
		return errors.New("write: mailbox ADDRESS: LETTER …, or: mailbox ADDRESS FOLDER: LETTER …")
	}
	m := Mailbox{Address: words[0], Folder: inbox, Letters: strings.Fields(rest)}
	if len(words) == 2 {
		m.Folder = words[1]
	}
	for _, name := range m.Letters {
		if _, err := letter(name); err != nil {
			return err
		}
	}
	p.s.Mailboxes = append(p.s.Mailboxes, m)
	return nil
}

// last gives the action that is being read; nil before the first.
func (p *parser) last() *Action {
	if len(p.s.Actions) == 0 {
		return nil
	}
	return &p.s.Actions[len(p.s.Actions)-1]
}

// caption reads a caption, with which an action begins.
func (p *parser) caption(lang string) func(string) error {
	return func(rest string) error {
		if p.as == "" {
			return errors.New("name a client before the first action: client NAME: HOST -> SERVER:PORT PROTOCOL")
		}
		a := p.last()
		if a == nil || a.Kind != 0 {
			p.s.Actions = append(p.s.Actions, Action{Line: p.line, Client: p.as})
			a = p.last()
		}
		if lang == "en" {
			return p.fill(&a.Caption.EN, rest)
		}
		return p.fill(&a.Caption.ID, rest)
	}
}

// begin gives the action that has its captions and waits to be told what it
// does.
func (p *parser) begin(k Kind) (*Action, error) {
	a := p.last()
	if a == nil || a.Kind != 0 {
		return nil, errNoCaption
	}
	a.Kind = k
	return a, nil
}

// word reads a line that is not labelled.
func (p *parser) word(line string) error {
	words := strings.Fields(line)
	if k, ok := kindOf(words[0]); ok && len(words) == 1 && k != TLS {
		_, err := p.begin(k)
		return err
	}
	switch words[0] {
	case "tls":
		return p.handshake(words[1:])
	case "fails":
		_, rest, _ := strings.Cut(line, " ")
		text, err := quoted(rest)
		if err != nil {
			return fmt.Errorf("after fails: %w", err)
		}
		return p.expect(Expectation{Kind: Fails, Text: text})
	case "wait":
		return p.wait(words)
	case "as":
		return p.lane(words)
	case "closed":
		if len(words) == 1 {
			return p.expect(Expectation{Kind: Closed})
		}
	case "mailbox":
		return p.counted(words)
	case "down":
		return p.down(words)
	case "asks":
		return p.asked(words)
	case "letter":
		_, rest, _ := strings.Cut(line, " ")
		address, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
		text, err := quoted(rest)
		if err != nil {
			return fmt.Errorf("after letter and the address: %w", err)
		}
		return p.expect(Expectation{Kind: Holds, Address: address, Text: text})
	}
	return fmt.Errorf("%q is no line of a scenario; the comment of package lessons lists them all", line)
}

// handshake reads "tls" with what is said about it.
func (p *parser) handshake(words []string) error {
	h, err := parseHandshake(words)
	if err != nil {
		return err
	}
	a, err := p.begin(TLS)
	if err == nil {
		a.Handshake = h
	}
	return err
}

// down reads "down HOST".
func (p *parser) down(words []string) error {
	if len(words) != 2 || len(p.s.Actions) > 0 {
		return errors.New("write: down HOST, above the first action")
	}
	p.s.Down = append(p.s.Down, words[1])
	return nil
}

// asked reads "asks N".
func (p *parser) asked(words []string) error {
	n, err := strconv.Atoi(words[len(words)-1])
	if err != nil || n < 0 || len(words) != 2 {
		return errors.New("write: asks NUMBER")
	}
	return p.expect(Expectation{Kind: Asks, Count: n})
}

// counted reads "mailbox ADDRESS gains N" and "mailbox ADDRESS holds N".
func (p *parser) counted(words []string) error {
	kinds := map[string]ExpectationKind{"gains": Gains, "holds": Counts}
	if n, err := strconv.Atoi(words[len(words)-1]); err == nil && n >= 0 && len(words) == 4 && kinds[words[2]] != 0 {
		return p.expect(Expectation{Kind: kinds[words[2]], Address: words[1], Count: n})
	}
	return errors.New("write: mailbox ADDRESS gains NUMBER, or: mailbox ADDRESS holds NUMBER")
}

// maxPause bounds how long an action does nothing.
const maxPause = time.Minute

// wait reads "wait DURATION".
func (p *parser) wait(words []string) error {
	pause, err := time.ParseDuration(words[len(words)-1])
	if err != nil || len(words) != 2 || pause < 0 || pause > maxPause {
		return fmt.Errorf("write: wait DURATION, such as 1.5s, up to %v", maxPause)
	}
	a, err := p.begin(Wait)
	if err != nil {
		return err
	}
	a.Pause = pause
	return nil
}

// lane reads "as NAME".
func (p *parser) lane(words []string) error {
	if len(words) != 2 {
		return errors.New("write: as NAME")
	}
	if _, ok := p.s.Client(words[1]); !ok {
		return fmt.Errorf("no client is called %q; name one that has a client line", words[1])
	}
	if a := p.last(); a != nil && a.Kind == 0 {
		return errors.New("put this line above the captions of the action")
	}
	p.as = words[1]
	return nil
}

// reply reads "S: TEXT".
func (p *parser) reply(rest string) error {
	text := unwrap(rest)
	if text == "" {
		return errors.New("write what the reply must begin with, such as S: 250")
	}
	return p.expect(Expectation{Kind: Reply, Text: text})
}

func (p *parser) expect(e Expectation) error {
	a := p.last()
	if a == nil || a.Kind == 0 {
		return errors.New("nothing has been done yet that could bring this; put it below an action")
	}
	e.Line = p.line
	a.Expects = append(a.Expects, e)
	return nil
}
