package explorer

import (
	"fmt"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/widget/secret"
)

// coming is the next action of the script as it is shown. It is made once for
// each action, because its secrets are found by decoding it.
type coming struct {
	line, action int
	text         string
	hidden       string // with the secrets masked
}

// comingText gives the next action in one line.
func (m *Model) comingText(a *lessons.Action) string {
	if a.Kind != lessons.Send || len(a.Lines) == 0 {
		return m.ctx.Text.Get("explorer.action." + a.Kind.String())
	}
	if m.coming.line != a.Line || m.coming.action != m.run.action {
		text := a.Lines[0].Text
		secrets := m.secretsOf(a)
		m.coming = coming{
			line: a.Line, action: m.run.action,
			text: visible.String(text), hidden: visible.String(secrets.Hide(text, m.ctx.Theme.Signs.Mask)),
		}
	}
	text := m.coming.hidden
	if m.revealed {
		text = m.coming.text
	}
	if n := len(a.Lines) - 1; n > 0 {
		text += fmt.Sprintf(" (+%d)", n)
	}
	return text
}

// secretsOf finds the secrets in what the action will send. What a line means
// depends on what was said before, so that all of it is decoded.
func (m *Model) secretsOf(a *lessons.Action) secret.Secrets {
	p := m.protocolOf(a.Client)
	if p == nil {
		return secret.Secrets{}
	}
	talk := protocols.NewConversationOf(p)
	if c, ok := m.run.runner.PlainConn(a.Client); ok {
		if c.InTLS {
			talk.Protect(c.AfterUpgrade)
		}
		for _, s := range m.run.runner.Plain().Segments(c.ID, 0) {
			talk.Feed(s)
		}
	}
	said := len(talk.Messages())
	talk.Feed(wire.Segment{Dir: wire.ClientToServer, Bytes: a.Bytes()})
	var all secret.Secrets
	for i := range talk.Messages()[said:] {
		msg := &talk.Messages()[said+i]
		all.Add(secret.Of(msg.Fields(), msg.Raw))
		for _, inner := range msg.Inner() {
			all.Add(secret.Of(inner.Fields(), inner.Raw))
		}
	}
	return all
}
