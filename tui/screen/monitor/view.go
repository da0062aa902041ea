package monitor

import (
	"fmt"
	"path/filepath"
	"strings"

	"surel/protocols/visible"
	"surel/protocols/wire"
	"surel/tui/widget/block"
	"surel/tui/widget/menu"
	"surel/tui/widget/panes"
)

// sideBySide is the width from which the connections stand beside the servers.
const sideBySide = 120

// area is a part of the screen with its border, in cells.
type area struct{ x, y, width, height int }

func (a area) holds(x, y int) bool {
	return x >= a.x && x < a.x+a.width && y >= a.y && y < a.y+a.height
}

// plan says where everything is. The panes share their borders.
type plan struct{ servers, reach, conns area }

func (m *Model) plan() plan {
	if m.recorded {
		return plan{conns: area{0, 0, m.width, m.height}}
	}
	rows := len(m.services) + 2
	if m.width >= sideBySide {
		left := m.width * 55 / 100
		top := min(rows, m.height/2)
		return plan{
			servers: area{0, 0, left, top},
			reach:   area{0, top - 1, left, m.height - top + 1},
			conns:   area{left - 1, 0, m.width - left + 1, m.height},
		}
	}
	top := min(rows, m.height*2/5)
	middle := (m.height - top) / 2
	return plan{
		servers: area{0, 0, m.width, top},
		reach:   area{0, top - 1, m.width, middle + 1},
		conns:   area{0, top + middle - 1, m.width, m.height - top - middle + 1},
	}
}

// layOut tells the lists their rows and sizes, and draws the borders.
func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	p, words := m.plan(), m.ctx.Text
	m.servers.SetRows(m.serverRows())
	m.servers.SetSize(p.servers.width-2, p.servers.height-2)
	m.list.SetRows(m.connRows())
	m.list.SetSize(p.conns.width-2, p.conns.height-2)
	all := []panes.Pane{framed(p.conns, words.Get("monitor.conns", len(m.conns)), m.focus == connsPane)}
	if !m.recorded {
		all = append([]panes.Pane{
			framed(p.servers, words.Get("monitor.servers"), m.focus == serversPane),
			framed(p.reach, words.Get("monitor.reach"), m.focus == reachPane),
		}, all...)
	}
	m.frame = panes.New(m.width, m.height, all, m.ctx.Theme)
}

func framed(a area, title string, focus bool) panes.Pane {
	return panes.Pane{Title: title, X: a.x, Y: a.y, Width: a.width, Height: a.height, Focus: focus}
}

func (m *Model) serverRows() []menu.Row {
	rows := make([]menu.Row, len(m.services))
	for i, s := range m.services {
		rows[i] = menu.Row{Left: s.Name + "  " + s.String(), Right: s.Real.String()}
	}
	return rows
}

// connRows name the connections; an open one has a full mark.
func (m *Model) connRows() []menu.Row {
	rows := make([]menu.Row, len(m.conns))
	for i, c := range m.conns {
		sign := m.ctx.Theme.Signs.Bullet
		if !c.Closed.IsZero() {
			sign = m.ctx.Theme.Signs.Ahead
		}
		rows[i] = menu.Row{
			Left:  sign + " " + m.kind(c) + visible.String(client(c)+" "+m.ctx.Theme.Signs.Right+" "+c.Server.String()),
			Right: c.Opened.Format("15:04:05"),
		}
	}
	return rows
}

// kind names the service of a connection in a recording, where ports may be others
// than usual.
func (m *Model) kind(c wire.Conn) string {
	if !m.recorded {
		return ""
	}
	return fmt.Sprintf("%-12s", visible.String(c.Service))
}

// client names the side that opened a connection.
func client(c wire.Conn) string {
	if c.Client.Host != "" {
		return c.Client.Host
	}
	return c.Client.String()
}

// View draws the screen.
func (m *Model) View() string {
	p := m.plan()
	conns := m.list.View()
	if len(m.conns) == 0 {
		conns = m.ctx.Theme.Faint.Render(block.Indent(block.Wrap(m.ctx.Text.Get(m.emptyLabel()), p.conns.width-6), 2))
	}
	if m.recorded {
		return m.frame.Join(inside(p.conns, conns))
	}
	return m.frame.Join(
		inside(p.servers, m.servers.View()), inside(p.reach, m.reach()), inside(p.conns, conns),
	)
}

func (m *Model) emptyLabel() string {
	if m.recorded {
		return "monitor.nothing"
	}
	return "monitor.empty"
}

// inside fits a text into a pane.
func inside(a area, text string) string { return block.Fit(text, a.width-2, a.height-2) }

// reach says how programs reach the chosen server, and what they must trust. What does
// not fit follows the chosen way.
func (m *Model) reach() string {
	lines, starts := m.reachLines()
	top := m.reachTop(lines, starts)
	height := m.reachHeight()
	shown := lines[top:min(top+height, len(lines))]
	if top > 0 {
		shown[0] = m.edge(shown[0], m.ctx.Theme.Signs.Up)
	}
	if top+height < len(lines) {
		shown[len(shown)-1] = m.edge(shown[len(shown)-1], m.ctx.Theme.Signs.Down)
	}
	return strings.Join(shown, "\n")
}

// edge puts a sign in the first cell of a line that begins with a space: there is more.
func (m *Model) edge(line, sign string) string {
	if rest, ok := strings.CutPrefix(line, " "); ok {
		return sign + rest
	}
	return line
}

// reachLines are all lines of the pane, and the first line of each setting.
func (m *Model) reachLines() (lines []string, starts []int) {
	t, words, width := m.ctx.Theme, m.ctx.Text, m.plan().reach.width-4
	add := func(text string) { lines = append(lines, strings.Split(block.Indent(text, 1), "\n")...) }
	for i, s := range m.settings() {
		starts = append(starts, len(lines))
		if i == m.setting && m.focus == reachPane {
			lines = append(lines, t.Signs.Cursor+t.Selected.Render(s.Program))
		} else {
			add(t.Strong.Render(s.Program))
		}
		add(block.Wrap(s.Line, width))
	}
	add(t.Faint.Render(block.Wrap(words.Get("monitor.ca", m.lab.CAFile()), width)))
	add(t.Faint.Render(block.Wrap(words.Get("monitor.mail", filepath.Join(m.lab.Dir(), "mail")), width)))
	return lines, starts
}

func (m *Model) reachHeight() int { return max(m.plan().reach.height-2, 1) }

// reachTop is the first line that is shown: where not everything fits, the chosen
// setting stands at the top, and the last ones at the end.
func (m *Model) reachTop(lines []string, starts []int) int {
	if m.setting >= len(starts) {
		return 0
	}
	return max(min(starts[m.setting]+m.below, len(lines)-m.reachHeight()), 0)
}

// scrollReach moves what is shown by a page, and leaves the choice where it is.
func (m *Model) scrollReach(pages int) {
	lines, starts := m.reachLines()
	if m.setting >= len(starts) {
		return
	}
	top := m.reachTop(lines, starts) + pages*max(m.reachHeight()-1, 1)
	m.below = max(min(top, len(lines)-m.reachHeight()), 0) - starts[m.setting]
}

// settingAt finds the setting that is drawn on a line of the pane.
func (m *Model) settingAt(y int) (found int, ok bool) {
	lines, starts := m.reachLines()
	y += m.reachTop(lines, starts)
	for i, start := range starts {
		if start <= y {
			found, ok = i, true
		}
	}
	return found, ok
}
