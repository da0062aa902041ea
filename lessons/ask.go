package lessons

import (
	"context"
	"fmt"
	"net"
)

// askName asks the name system for a client, from a socket of its own.
func (r *Runner) askName(ctx context.Context, name, text string) error {
	q, err := ParseQuestion(text)
	if err != nil {
		return err
	}
	b, err := q.pack()
	if err != nil {
		return fmt.Errorf("write the question %s: %w", text, err)
	}
	client, _ := r.scenario.Client(name)
	client.Server = q.address(client.Server)
	dial := r.lab.DialUDP
	if q.TCP {
		dial = r.lab.Dial
	}
	if err := r.openWith(ctx, client, dial, !q.TCP); err != nil {
		return err
	}
	return r.connection(name).send(ctx, b)
}

// dialer connects a host of the lab to a server and port.
type dialer func(ctx context.Context, from, to string) (net.Conn, error)

// answered gives the response to a question, as text. Several expectations of
// one action are about the same response.
func (c *connection) answered(ctx context.Context, _ string) (string, error) {
	if c.answer == "" {
		m, err := c.reply(ctx)
		if err != nil {
			return "", err
		}
		c.answer = answerText(m.Raw, !c.datagrams)
	}
	return c.answer, nil
}

// awaitAsked counts the questions that the server of a client has asked others
// since the action began.
func (r *Runner) awaitAsked(a *Action, e *Expectation) (string, error) {
	client, _ := r.scenario.Client(a.Client)
	host, _, err := net.SplitHostPort(client.Server)
	if err != nil {
		return "", fmt.Errorf("name of the server: %w", err)
	}
	n := 0
	for _, c := range r.lab.Log().Conns() {
		if c.ID > r.asked && c.Client.Host == host {
			n++
		}
	}
	if n != e.Count {
		return fmt.Sprintf("it has asked %d", n), nil
	}
	return "", nil
}
