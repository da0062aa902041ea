// Package glossary is the list of terms with what each means. Start with New.
package glossary

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/tui/ui"
	"surel/tui/widget/block"
	"surel/tui/widget/input"
	"surel/tui/widget/menu"
)

// sideBySide is the width from which the term stands beside the list.
const sideBySide = 100

// measure is how wide a line of text may be and still read well, in cells.
const measure = 76

// Model is the screen.
type Model struct {
	ctx    ui.Context
	terms  []lessons.Term
	here   map[string]int // place of those that the screen before has, by key
	list   []lessons.Term // those that the filter leaves, as they are shown
	menu   menu.Model
	filter input.Model
	asking bool
	width  int
	height int
}

var _ ui.Screen = (*Model)(nil)

// New makes the screen for the terms, of which there is at least one. Those of
// here, the ones that the screen before has, come first and in their order.
func New(terms, here []lessons.Term) *Model {
	m := &Model{terms: terms, here: map[string]int{}, menu: menu.New()}
	for i, t := range here {
		m.here[t.Key] = i + 1
	}
	return m
}

// Init starts nothing.
func (m *Model) Init() tea.Cmd { return nil }

// Update moves the choice, filters the list and goes to terms that are near.
func (m *Model) Update(msg tea.Msg) (ui.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if m.asking {
			m.ask(msg)
			return m, nil
		}
		if m.press(msg) {
			return m, nil
		}
	case tea.PasteMsg:
		if m.asking {
			m.filter, _ = m.filter.Update(msg)
			m.layOut()
		}
		return m, nil
	case tea.MouseClickMsg:
		at := m.plan().menu
		if i, ok := m.menu.At(msg.Y - at.y); ok && msg.X < at.width {
			m.menu.Choose(i)
		}
		return m, nil
	}
	m.menu = m.menu.Update(msg)
	return m, nil
}

// press takes the keys that do not move the choice.
func (m *Model) press(msg tea.KeyPressMsg) bool {
	k := m.ctx.Keys
	switch {
	case key.Matches(msg, k.Filter):
		m.asking = true
	case key.Matches(msg, k.Number):
		if t, ok := m.chosen(); ok && int(msg.Code-'1') < len(t.See) {
			m.show(t.See[msg.Code-'1'])
		}
	default:
		return false
	}
	return true
}

// ask takes a key while the filter is written.
func (m *Model) ask(msg tea.KeyPressMsg) {
	switch k := m.ctx.Keys; {
	case key.Matches(msg, k.Open):
		m.asking = false
	case key.Matches(msg, k.Back):
		m.asking = false
		m.filter.SetValue("")
	case msg.Code == tea.KeyUp || msg.Code == tea.KeyDown:
		m.menu = m.menu.Update(msg)
		return
	default:
		m.filter, _ = m.filter.Update(msg)
	}
	m.layOut()
}

// show goes to a term, and lets the filter go where it hides the term.
func (m *Model) show(key string) {
	is := func(t lessons.Term) bool { return t.Key == key }
	if !slices.ContainsFunc(m.list, is) {
		m.filter.SetValue("")
		m.layOut()
	}
	if i := slices.IndexFunc(m.list, is); i >= 0 {
		m.menu.Choose(i)
	}
}

// chosen gives the chosen term; none where the filter leaves none.
func (m *Model) chosen() (lessons.Term, bool) {
	if i := m.menu.Chosen(); i >= 0 && i < len(m.list) {
		return m.list[i], true
	}
	return lessons.Term{}, false
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.layOut()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	if m.ctx.Text == nil {
		m.filter = input.New(ctx.Theme, " / ")
	}
	m.ctx = ctx
	m.filter.SetTheme(ctx.Theme)
	k := ctx.Keys
	m.menu.KeyMap = menu.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown, Top: k.Top, Bottom: k.Bottom}
	m.menu.Theme = ctx.Theme
	m.layOut()
}

// layOut makes the list anew and keeps the choice where it still stands in it.
func (m *Model) layOut() {
	if m.ctx.Text == nil || m.width == 0 {
		return
	}
	was, ok := m.chosen()
	m.list = m.found()
	rows := make([]menu.Row, len(m.list))
	for i, t := range m.list {
		rows[i].Left = t.Name.In(m.ctx.Lang())
		if m.here[t.Key] > 0 {
			rows[i].Right = m.ctx.Text.Get("glossary.here")
		}
	}
	m.menu.SetRows(rows)
	at := m.plan().menu
	m.menu.SetSize(at.width, at.height)
	m.filter.SetWidth(m.width)
	i := slices.IndexFunc(m.list, func(t lessons.Term) bool { return ok && t.Key == was.Key })
	m.menu.Choose(max(i, 0))
}

// found gives the terms whose name or meaning holds the filter's text: those of
// the screen before, those whose name holds it, and the others, by name.
func (m *Model) found() []lessons.Term {
	lang, text := m.ctx.Lang(), strings.ToLower(m.filter.Value())
	holds := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	rank := map[string]int{}
	var list []lessons.Term
	for _, t := range m.terms {
		switch {
		case m.here[t.Key] > 0 && (holds(t.Name.In(lang)) || holds(t.Text.In(lang))):
			rank[t.Key] = m.here[t.Key] - len(m.here) - 1
		case holds(t.Name.In(lang)), slices.ContainsFunc(t.Also.In(lang), holds):
			rank[t.Key] = 0
		case holds(t.Text.In(lang)):
			rank[t.Key] = 1
		default:
			continue
		}
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b lessons.Term) int {
		return cmp.Or(
			cmp.Compare(rank[a.Key], rank[b.Key]),
			strings.Compare(strings.ToLower(a.Name.In(lang)), strings.ToLower(b.Name.In(lang))),
		)
	})
	return list
}

// area is a part of the screen, in cells.
type area struct{ x, y, width, height int }

// plan says where everything is; the last line is the filter's.
type plan struct{ menu, term area }

func (m *Model) plan() plan {
	const foot = 1
	if m.width >= sideBySide {
		left := min(m.width*2/5, 48)
		return plan{
			menu: area{y: 1, width: left, height: m.height - 1 - foot},
			term: area{x: left, y: 1, width: min(m.width-left, measure+4), height: m.height - 1 - foot},
		}
	}
	rows := m.height / 3
	return plan{
		menu: area{y: 1, width: m.width, height: rows},
		term: area{y: rows + 2, width: min(m.width, measure+4), height: m.height - rows - 2 - foot},
	}
}

// View draws the screen.
func (m *Model) View() string {
	p, t := m.plan(), m.ctx.Theme
	rule := t.Border.Render(strings.Repeat(t.Lines.Top, m.width))
	list := block.Fit(m.menu.View(), p.menu.width, p.menu.height)
	term := block.Fit(block.Indent(m.meaning(p.term.width-4), 2), m.width-p.term.x, p.term.height)
	if p.term.x > 0 {
		return strings.Join([]string{rule, block.Beside(list, term), m.foot()}, "\n")
	}
	return strings.Join([]string{rule, list, rule, term, m.foot()}, "\n")
}

// foot is the filter, or how many terms there are.
func (m *Model) foot() string {
	if m.asking || m.filter.Value() != "" {
		return block.Fit(m.filter.View(), m.width, 1)
	}
	return m.ctx.Theme.Faint.Render(block.Fit(" "+m.ctx.Text.Get("glossary.count", len(m.list)), m.width, 1))
}

// meaning draws the chosen term with lines of at most width cells.
func (m *Model) meaning(width int) string {
	t, words, lang := m.ctx.Theme, m.ctx.Text, m.ctx.Lang()
	term, ok := m.chosen()
	if !ok {
		return t.Faint.Render(block.Wrap(words.Get("glossary.none"), width))
	}
	name := t.Title.Render(term.Name.In(lang))
	if also := term.Also.In(lang); len(also) > 0 {
		name += t.Faint.Render("  " + strings.Join(also, ", "))
	}
	parts := []string{block.Wrap(name, width), t.Text.Render(block.Wrap(block.Plain(term.Text.In(lang)), width))}
	if len(term.Refs) > 0 {
		parts = append(parts, t.Reference.Render(block.Wrap(strings.Join(term.Refs, ", "), width)))
	}
	if near := m.near(term); near != "" {
		parts = append(parts, t.Faint.Render(block.Wrap(words.Get("glossary.see", near), width)))
	}
	return strings.Join(parts, "\n\n")
}

// near names the terms that a term leads to, each with its key.
func (m *Model) near(term lessons.Term) string {
	var names []string
	for i, key := range term.See {
		if t, ok := lessons.FindTerm(key); ok {
			names = append(names, string(rune('1'+i))+" "+t.Name.In(m.ctx.Lang()))
		}
	}
	return strings.Join(names, "   ")
}

// Title names the screen.
func (m *Model) Title() string { return m.ctx.Text.Get("glossary.title") }

// Help gives the keys that work now.
func (m *Model) Help() help.KeyMap {
	k := m.ctx.Keys
	near := k.Number
	t, ok := m.chosen()
	near.SetEnabled(ok && len(t.See) > 0)
	near.SetHelp(near.Help().Key, m.ctx.Text.Get("glossary.near"))
	if m.asking {
		return ui.Keys{Short: []key.Binding{k.Choose, k.Open}, Full: [][]key.Binding{{k.Choose, k.Open}}}
	}
	return ui.Keys{
		Short: []key.Binding{k.Choose, k.Filter, near},
		Full:  [][]key.Binding{{k.Filter, near}, {k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom}},
	}
}

// Typing tells that letters are text.
func (m *Model) Typing() bool { return m.asking }

// Cursor gives the place of the text cursor.
func (m *Model) Cursor() *tea.Cursor {
	if !m.asking {
		return nil
	}
	c := m.filter.Cursor()
	c.Y += m.height - 1
	return c
}

// Close ends nothing.
func (m *Model) Close() {}
