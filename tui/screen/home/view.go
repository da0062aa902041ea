package home

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/journey"
	"surel/tui/widget/menu"
)

// sideBySide is the width from which the words about a station stand beside
// the menu and not below it.
const sideBySide = 120

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is.
type plan struct{ journey, menu, hint, about, lab area }

func (m *Model) plan() plan {
	var p plan
	p.journey = area{y: 1, width: m.width, height: journey.Height}
	p.lab = area{x: 1, y: m.height - 1, width: m.width - 1, height: 1}
	p.menu = area{y: p.journey.y + p.journey.height + 1, width: m.width, height: len(m.stations)}
	bottom := m.height - 2 // the line above the lab
	if m.ctx.Presenter {
		p.menu.height = 2*len(m.stations) - 1
	}
	p.menu.height = max(min(p.menu.height, bottom-p.menu.y-2), 1)
	p.hint = area{x: 2, y: p.menu.y + p.menu.height + 1, width: m.width - 4, height: 1}
	if m.width < 80 {
		p.hint.height = 2
	}
	if m.width >= sideBySide {
		p.menu.width = m.width / 2
		p.hint.width, p.hint.height = p.menu.width-4, 3
		p.about = area{x: p.menu.width + 3, y: p.menu.y, width: m.width - p.menu.width - 5, height: bottom - p.menu.y}
		return p
	}
	p.about = area{x: 4, y: p.hint.y + p.hint.height + 1, width: min(m.width-8, 72), height: max(bottom-p.hint.y-p.hint.height-1, 0)}
	return p
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	lines := strings.Split(block.Fit(rule, m.width, m.height), "\n")
	put := func(a area, text string) {
		if a.height <= 0 {
			return
		}
		for i, line := range strings.Split(block.Fit(text, a.width, a.height), "\n") {
			if y := a.y + i; y < len(lines) {
				lines[y] = ansi.Truncate(lines[y], a.x, "") + line + strings.Repeat(" ", max(m.width-a.x-a.width, 0))
			}
		}
	}
	way := journey.View(t, m.chosen().ID, m.width-2)
	put(p.journey, block.Indent(way, min(3, (m.width-ansi.StringWidth(strings.Split(way, "\n")[0]))/2)))
	put(p.menu, m.menu.View())
	put(p.hint, t.Faint.Render(block.Wrap(m.hint(), p.hint.width)))
	put(p.about, m.about(p.about))
	put(area{y: m.height - 2, width: m.width, height: 1}, rule)
	put(p.lab, ui.LabLine(m.ctx, m.lab))
	return strings.Join(lines, "\n")
}

// rows are the lines of the menu.
func (m *Model) rows() []menu.Row {
	var rows []menu.Row
	for i, s := range m.stations {
		row := menu.Row{Left: fmt.Sprintf("%d  %-9s %s", i+1, m.name(s), m.word("home."+s.ID))}
		if n := len(s.Scenarios); n > 0 {
			row.Right = m.ctx.Text.Get("home.scenarios", n)
		}
		if s.Done != nil {
			done, all := s.Done()
			row.Right = m.ctx.Text.Get("course.tasks", done, all)
		}
		rows = append(rows, row)
	}
	return rows
}

// about explains the chosen station and names its scenarios, as far as there
// is room. For a class it is left out: there the teacher speaks.
func (m *Model) about(a area) string {
	s, t := m.chosen(), m.ctx.Theme
	words := m.word("home." + s.ID + ".about")
	if words == "" || m.ctx.Presenter && m.width < sideBySide {
		return ""
	}
	text := strings.Split(block.Wrap(words, a.width), "\n")
	if a.height < len(text) {
		return ""
	}
	text = append([]string{t.Title.Render(m.name(s)), ""}, text...)
	if a.height < len(text)+2 {
		text = text[2:]
	}
	if room := a.height - len(text) - 3; len(s.Scenarios) > 0 && room >= min(len(s.Scenarios), 3) {
		text = append(text, "", t.Strong.Render(m.ctx.Text.Get("home.scenarios", len(s.Scenarios))))
		text = append(text, m.titles(s.Scenarios, a.width, room)...)
	}
	return strings.Join(text, "\n")
}

// Reading gives the words about the chosen station.
func (m *Model) Reading() string {
	id := m.chosen().ID
	return m.word("home."+id) + "\n" + m.word("home."+id+".about")
}

// hint says in one line what to do first.
func (m *Model) hint() string {
	if hint := m.word("home." + m.chosen().ID + ".hint"); hint != "" {
		return hint
	}
	return m.ctx.Text.Get("home.hint")
}

// titles names scenarios in at most room lines, the last of which says how
// many are left.
func (m *Model) titles(list []lessons.Scenario, width, room int) []string {
	var lines []string
	t := m.ctx.Theme
	for i, s := range list {
		if left := len(list) - i; len(lines) == room-1 && left > 1 {
			return append(lines, t.Faint.Render(t.Signs.Ellipsis+"   "+m.ctx.Text.Get("home.more", left)))
		}
		lines = append(lines, ansi.Truncate(fmt.Sprintf("%2d  %s", i+1, s.Title.In(m.ctx.Lang())), width, t.Signs.Ellipsis))
	}
	return lines
}

func (m *Model) name(s Station) string {
	if s.Name != "" {
		return s.Name
	}
	return m.ctx.Text.Get("home." + s.ID + ".name")
}

// word gives the words for a key; none where there are none, so that a new
// protocol needs no words to be shown.
func (m *Model) word(key string) string {
	if !m.ctx.Text.Has(key) {
		return ""
	}
	return m.ctx.Text.Get(key)
}
