// Package explorer is the screen on which a conversation is walked through:
// the ladder of its messages, the meaning of the chosen one, its fields and
// its bytes. It plays a scenario against the lab action by action, or what a
// person types. Start with New; Update shares the keys out by what is going
// on, and show.go tells every pane what is chosen.
package explorer

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/message"
	"surel/protocols/wire"
	"surel/tui/theme"
	"surel/tui/ui"
	"surel/tui/widget/board"
	"surel/tui/widget/fieldtree"
	"surel/tui/widget/hexview"
	"surel/tui/widget/ladder"
	"surel/tui/widget/meaning"
	"surel/tui/widget/panes"
	"surel/tui/widget/prompt"
	"surel/tui/widget/stateline"
)

// Model is the screen.
type Model struct {
	ctx      ui.Context
	inks     theme.Inks
	lab      ui.Lab
	scenario lessons.Scenario
	run      *run
	watched  *wire.Conn // the connection of somebody else; nil for a scenario
	reader   *protocols.Reader

	ladder  ladder.Model
	meaning meaning.Model
	// assignment is the task, where there is room for it beside everything.
	assignment meaning.Model
	beside     beside
	tree       fieldtree.Model
	hex        hexview.Model
	states     stateline.Model
	prompt     prompt.Model
	box        box
	names      names

	layout   layout
	frame    panes.Frame
	focus    pane
	lanes    lanes
	lines    map[protocols.Entry]lineOf // of the ladder
	shown    protocols.Entry            // what the panes show
	showing  bool                       // and whether they show anything
	inHex    *message.Message           // whose bytes are shown
	revealed bool
	typing   bool // the prompt is open
	ask      ask
	filter   filter
	auto     autoplay
	hold     prediction
	proof    proof
	try      *try   // the task that is done here; nil for none
	free     bool   // anything may be tried, beside a task
	left     func() // is called when the screen is left; nil for nothing
	trouble  error  // of the last action
	coming   coming
	spoken   *protocols.Reader  // what was said in the clear, for the prompt
	life     context.Context    //nolint:containedctx // the screen's life, which has no caller
	end      context.CancelFunc // ends it
	follower *wire.Follower

	eavesdropping bool // what is encrypted stays closed
	width         int
	height        int
}

var _ ui.Text = (*Model)(nil)

// New makes the screen for a scenario that is played against the lab, before
// its first action. Close ends what it holds.
func New(lab ui.Lab, s lessons.Scenario) *Model {
	m := &Model{lab: lab, scenario: s}
	m.life, m.end = context.WithCancel(context.Background())
	m.follower = lab.Log().Follow()
	m.begin()
	return m
}

// begin starts the scenario from its beginning, on connections of its own.
func (m *Model) begin() {
	last := m.run
	m.run = newRun(m.life, m.lab, m.scenario)
	if last != nil {
		m.run.before = last.runner
	}
	m.run.hidden = m.free || m.try.hides()
	m.reader = m.newReader()
	m.ladder.SetUnread(nil)
	m.spoken, m.lines = nil, map[protocols.Entry]lineOf{}
	m.showing, m.trouble, m.lanes = false, nil, lanes{}
	m.filter, m.auto, m.proof = filter{}, m.auto.stopped(), proof{}
	m.hold = prediction{on: m.hold.on, right: m.hold.right, made: m.hold.made}
}

// Init starts to follow the log. Nothing is played before the person asks;
// what somebody else has said is shown at once.
func (m *Model) Init() tea.Cmd {
	if m.watched != nil {
		return tea.Batch(m.read(), m.followLog())
	}
	return tea.Batch(m.followLog(), m.prove(), m.beginTask())
}

// SetSize says how much room there is.
func (m *Model) SetSize(width, height int) {
	m.width, m.height = width, height
	m.arrange()
}

// SetContext gives theme, words and keys anew.
func (m *Model) SetContext(ctx ui.Context) {
	first := m.ctx.Text == nil
	m.ctx, m.inks = ctx, ctx.Theme.Inks()
	clear(m.lines) // they may be in another language
	if first {
		m.ladder, m.meaning, m.assignment = ladder.New(ctx.Theme), meaning.New(ctx.Theme), meaning.New(ctx.Theme)
		m.tree, m.hex = fieldtree.New(ctx.Theme), hexview.New(ctx.Theme)
		m.names.board = board.New(ctx.Theme)
		m.states, m.prompt = stateline.New(ctx.Theme), prompt.New(ctx.Theme, ctx.Text)
		m.ask = newAsk(ctx.Theme)
		m.ladder.SetSource(source{m})
	}
	m.ladder.SetTheme(ctx.Theme)
	m.meaning.SetTheme(ctx.Theme)
	m.assignment.SetTheme(ctx.Theme)
	m.tree.SetTheme(ctx.Theme)
	m.hex.SetTheme(ctx.Theme)
	m.states.SetTheme(ctx.Theme)
	m.prompt.SetTheme(ctx.Theme, ctx.Text)
	m.box.pane.SetTheme(ctx.Theme, ctx.Text)
	m.names.board.SetTheme(ctx.Theme)
	m.ask.input.SetTheme(ctx.Theme)
	m.setKeys()
	m.arrange()
}

// Title gives the protocol and the scenario.
func (m *Model) Title() string {
	name := m.scenario.Subject()
	title := m.scenario.Title.In(m.ctx.Lang())
	if m.watched != nil {
		title = m.watchTitle()
	}
	if m.free {
		title = m.ctx.Text.Get("try.free.title") + " " + title // a long title is cut at its end
	}
	if m.eavesdropping {
		title = m.ctx.Text.Get("tls.eavesdropping") + " " + title
	}
	if at := m.lab.Outside(); at != "" && m.aboutNames() {
		title += " " + m.ctx.Text.Get("outside.title", at)
	}
	return name + " " + m.ctx.Theme.Signs.Cursor + " " + title
}

// Reading gives the words in the panes of the task and of meanings.
func (m *Model) Reading() string {
	if m.layout.task.hidden() {
		return m.meaning.Text()
	}
	return m.assignment.Text() + m.meaning.Text()
}

// Typing tells that letters are text; also while esc means to cancel.
func (m *Model) Typing() bool { return m.typing || m.ask.open || m.run.slow }

// Cursor gives the place of the text cursor.
func (m *Model) Cursor() *tea.Cursor {
	var c *tea.Cursor
	switch {
	case m.ask.open:
		c = m.ask.input.Cursor()
	case m.typing:
		c = m.prompt.Cursor()
	default:
		return nil
	}
	c.Y += m.layout.below.y
	return c
}

// Close ends the run and stops following the log.
func (m *Model) Close() {
	m.end()
	m.box.close()
	m.follower.Stop()
	m.run.close()
	if m.left != nil {
		m.left()
		m.left = nil
	}
}
