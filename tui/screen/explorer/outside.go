package explorer

import (
	tea "charm.land/bubbletea/v2"

	"surel/protocols/visible"
	"surel/tui/ui"
)

// outsideFound brings the address of the resolver that this machine's programs
// ask.
type outsideFound struct {
	owner   *Model
	address string
	err     error
}

// toggleOutside ends that real names are asked for outside the lab, or asks
// whether they may be: the person sees where the questions would go, and can
// name another resolver.
func (m *Model) toggleOutside() tea.Cmd {
	m.halt()
	if m.lab.Outside() != "" {
		if err := m.lab.SetOutside(""); err != nil {
			return ui.Complain(visible.String(err.Error()))
		}
		m.showNames()
		return ui.Say(m.ctx.Text.Get("outside.off"))
	}
	return func() tea.Msg {
		address, err := m.lab.SystemResolver(m.life)
		return outsideFound{m, address, err}
	}
}

// outsideFound opens the question.
func (m *Model) outsideFound(msg outsideFound) {
	if msg.owner != m || m.ask.open || m.typing {
		return
	}
	m.ask.open, m.ask.about = true, askOutside
	m.ask.input.SetMark(" " + m.ctx.Text.Get("outside.ask") + ": ")
	m.ask.input.SetValue(msg.address)
}

// leaveLab lets real names be asked for at an address.
func (m *Model) leaveLab(address string) tea.Cmd {
	if address == "" {
		return nil
	}
	if err := m.lab.SetOutside(address); err != nil {
		return ui.Complain(m.ctx.Text.Get("outside.bad", address))
	}
	m.showNames()
	return ui.Say(m.ctx.Text.Get("outside.on", m.lab.Outside()))
}
