package ladder

import (
	"fmt"
	"strings"

	"surel/tui/theme"
	"surel/tui/widget/line"
)

// headRows is the number of lines above the messages.
const headRows = 1

// margin is the width of what stands left of the lanes: the mark, the cursor
// and the bracket of a group.
const margin = 3

// minLane is the least width at which lanes stand side by side.
const minLane = 28

// View draws the ladder.
func (m Model) View() string {
	lines := make([]string, 0, m.height)
	lines = append(lines, m.head())
	n := m.Len()
	if n == 0 {
		for _, l := range m.empty {
			lines = append(lines, line.Fit(" "+l, m.width, m.theme.Signs.Ellipsis))
		}
	}
	for place := m.top; place < min(n, m.top+m.rows()); place++ {
		i := m.message(place)
		r := m.source.Row(i)
		lines = append(lines, m.row(r, i == m.cursor))
		if m.spaced {
			lines = append(lines, m.bare(r.Group == First || r.Group == Middle))
		}
	}
	for _, r := range m.unread {
		lines = append(lines, m.unreadRow(r))
		if m.spaced {
			lines = append(lines, m.bare(false))
		}
	}
	for len(lines) < m.height {
		lines = append(lines, m.below(n))
	}
	return strings.Join(lines[:max(m.height, 0)], "\n")
}

// below is a line below the last message.
func (m *Model) below(n int) string {
	if n == 0 {
		return line.Blank(m.width)
	}
	return m.bare(false)
}

// columns gives how many lanes stand side by side, and their width. Where
// there is no room for all, each message is drawn as if its lane were alone.
func (m *Model) columns() (n, width int) {
	n = max(len(m.lanes), 1)
	width = m.width - margin - 1
	if n > 1 && (width-n+1)/n < minLane {
		return 1, width
	}
	return n, (width - n + 1) / n // a space stands between two lanes
}

// here gives the lane of the cursor.
func (m *Model) here() int {
	if m.cursor < 0 || m.source == nil || m.cursor >= m.source.Len() {
		return 0
	}
	return m.source.Row(m.cursor).Lane
}

// head names the two ends of each lane.
func (m *Model) head() string {
	n, width := m.columns()
	lanes := m.lanes
	if n < len(lanes) {
		here := m.here()
		lanes = lanes[here : here+1]
	}
	if len(lanes) == 0 {
		return line.Blank(m.width)
	}
	before := margin - 1
	if len(lanes) == 1 { // names may be longer than the lane
		before, width = 1, m.width-2
	}
	heads := make([]string, len(lanes))
	for i, l := range lanes {
		server := line.Cut(l.Server, width/2, m.theme.Signs.Ellipsis)
		client := line.Fit(l.Client, width-line.Width(server)-1, m.theme.Signs.Ellipsis)
		heads[i] = m.inks.Client.Paint(client) + " " + m.inks.Server.Paint(server)
	}
	return line.Blank(before) + strings.Join(heads, " ") + line.Blank(m.width-before-len(lanes)*(width+1)+1)
}

// bare is a line with the lanes and no message, inside a group or not.
func (m *Model) bare(grouped bool) string {
	bracket := " "
	if grouped {
		bracket = m.inks.Border.Paint(m.theme.Signs.Middle)
	}
	return line.Blank(margin-1) + bracket + m.lanesWith(-1, "")
}

// lanesWith draws the lanes, one of them with what is given instead.
func (m *Model) lanesWith(lane int, drawn string) string {
	n, width := m.columns()
	side := m.inks.Border.Paint(m.theme.Signs.Lane)
	empty := side + line.Blank(width-2) + side
	all := make([]string, n)
	for i := range all {
		all[i] = empty
		if i == lane {
			all[i] = drawn
		}
	}
	return strings.Join(all, " ") + line.Blank(m.width-margin-n*(width+1)+1)
}

// row draws one message. Where its lane is not the one that the head names,
// its sides are broken.
func (m *Model) row(r Row, chosen bool) string {
	n, width := m.columns()
	lane, side := r.Lane, m.theme.Signs.Lane
	if n == 1 {
		lane = 0
		if len(m.lanes) > 1 && r.Lane != m.here() {
			side = m.theme.Signs.OtherLane
		}
	}
	side = m.inks.Border.Paint(side)
	var b strings.Builder
	m.writeMargin(&b, r, chosen)
	b.WriteString(m.lanesWith(lane, side+m.ink(r, chosen).Paint(arrow(m.theme.Signs, r, width-2))+side))
	return b.String()
}

// unreadRow draws what is no whole message yet.
func (m *Model) unreadRow(r Row) string {
	s := m.theme.Signs
	s.Line = s.Dots
	_, width := m.columns()
	side := m.inks.Border.Paint(s.Lane)
	lane := r.Lane
	if n, _ := m.columns(); n == 1 {
		lane = 0
	}
	return line.Blank(margin) + m.lanesWith(lane, side+m.inks.Faint.Paint(arrow(s, r, width-2))+side)
}

func (m *Model) writeMargin(b *strings.Builder, r Row, chosen bool) {
	s := m.theme.Signs
	switch r.Mark {
	case Malformed:
		b.WriteString(m.inks.Error.Paint(s.Cross))
	case Mistake:
		b.WriteString(m.inks.Error.Paint(s.Warning))
	default:
		b.WriteByte(' ')
	}
	if chosen {
		b.WriteString(m.inks.Strong.Paint(s.Cursor))
	} else {
		b.WriteByte(' ')
	}
	b.WriteString(m.inks.Border.Paint([]string{" ", s.First, s.Middle, s.Last}[r.Group]))
}

func (m *Model) ink(r Row, chosen bool) theme.Ink {
	switch {
	case chosen && m.focus:
		return m.inks.Selected
	case chosen:
		return m.inks.Chosen
	case r.FromServer:
		return m.inks.Server
	}
	return m.inks.Client
}

// arrow draws a message between the sides of its lane.
func arrow(s theme.Signs, r Row, width int) string {
	more := ""
	if r.More > 0 {
		more = fmt.Sprintf(" (+%d)", r.More)
	}
	if r.FromServer {
		text := line.Cut(r.Text, width-4-len(more), s.Ellipsis) + more
		return s.Left + line.Fill(s.Line, 2) + " " + text + rest(s.Line, width-4-line.Width(text))
	}
	text := line.Cut(r.Text, width-6-len(more), s.Ellipsis) + more
	return line.Fill(s.Line, 3) + " " + text + " " + line.Fill(s.Line, width-6-line.Width(text)) + s.Right
}

// rest draws the part of an arrow behind its text, n cells.
func rest(sign string, n int) string {
	if n < 2 {
		return line.Blank(n)
	}
	return " " + line.Fill(sign, n-1)
}
