package explorer

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"surel/lessons"
	"surel/protocols/visible"
	"surel/tui/ui"
	"surel/tui/widget/meaning"
)

// try is a task that a person does on the screen.
type try struct {
	task     lessons.Task
	tell     func(shown bool) error
	attempt  *lessons.Attempt // nil until it has begun
	findings []lessons.Finding
	looking  bool // it is being looked at what is true
	again    bool // and something has happened since
	hints    int  // that are shown
	noWay    bool // the way is not shown before it is done
	noPraise bool
	done     bool
	shown    bool // the intended way was shown before it was done
}

// begun tells that a task has begun, or why it could not.
type begun struct {
	owner   *Model
	attempt *lessons.Attempt
	err     error
}

// looked tells what is true of a task.
type looked struct {
	owner    *Model
	attempt  *lessons.Attempt
	findings []lessons.Finding
	err      error
}

// Trial says how a task is done on the screen.
type Trial struct {
	// NoWay keeps the intended way from being shown before the task is done.
	NoWay bool
	// NoPraise leaves it at the tick when the task is done.
	NoPraise bool
	// Hints are how many hints are shown at the beginning.
	Hints int
	// Keep keeps that the task is done, and whether the way was shown before.
	Keep func(shown bool) error
}

// Try makes the screen for a task: the person types, and the intended way is not
// shown before it is done or asked for. Close ends what it holds.
func Try(lab ui.Lab, t lessons.Task, how Trial) *Model {
	m := New(lab, t.Way)
	m.try = &try{task: t, tell: how.Keep, noWay: how.NoWay, noPraise: how.NoPraise, hints: how.Hints}
	m.begin()
	return m
}

// hides tells whether what comes next must not be seen.
func (t *try) hides() bool { return t != nil && !t.done && !t.shown }

// beginTask begins the task anew; nil where there is none or it is done.
func (m *Model) beginTask() tea.Cmd {
	if m.try == nil || m.try.done {
		return nil
	}
	m.try.attempt, m.try.findings = nil, nil
	task, lab, life, before := m.try.task, m.lab, m.life, m.run.before
	return func() tea.Msg {
		if before != nil {
			before.Settle(life)
		}
		a, err := task.Begin(life, lab)
		return begun{m, a, err}
	}
}

// begun takes up the task.
func (m *Model) begun(msg begun) tea.Cmd {
	if msg.owner != m {
		return nil
	}
	if msg.err != nil {
		return ui.Complain(msg.err.Error())
	}
	m.try.attempt = msg.attempt
	m.run.close()
	m.scenario = msg.attempt.Task.Way
	m.begin()
	m.show()
	if m.try.shown {
		return tea.Batch(m.look(), m.toggleAuto())
	}
	return tea.Batch(m.look(), m.openPrompt())
}

// look looks at what is true by now, one look at a time.
func (m *Model) look() tea.Cmd {
	if m.try == nil || m.try.attempt == nil || m.try.done {
		return nil
	}
	if m.try.looking {
		m.try.again = true
		return nil
	}
	m.try.looking, m.try.again = true, false
	attempt := m.try.attempt
	return func() tea.Msg {
		findings, err := attempt.Look()
		return looked{m, attempt, findings, err}
	}
}

// looked takes in what is true; the task may be done by it.
func (m *Model) looked(msg looked) tea.Cmd {
	if msg.owner != m {
		return nil
	}
	m.try.looking = false
	switch {
	case msg.attempt != m.try.attempt:
		return m.look()
	case msg.err != nil:
		return ui.Complain(msg.err.Error())
	}
	m.try.findings = msg.findings
	if lessons.Done(msg.findings) {
		m.try.done = true
		m.run.hidden = false
		m.arrange()
		return m.tellDone()
	}
	m.explain()
	if m.try.again {
		return m.look()
	}
	return nil
}

// tellDone tells that the task is done, and says so once that is kept.
func (m *Model) tellDone() tea.Cmd {
	tell, shown, words := m.try.tell, m.try.shown, m.ctx.Text
	title, quiet := m.try.task.Way.Title.In(m.ctx.Lang()), m.try.noPraise
	return func() tea.Msg {
		if err := tell(shown); err != nil {
			return ui.Notice{Text: words.Get("lesson.unkept", err), Bad: true}
		}
		if quiet {
			return nil
		}
		return ui.Notice{Text: words.Get("try.done", title)}
	}
}

// mayShow tells whether the way can be asked for.
func (t *try) mayShow() bool { return t.hides() && !t.noWay }

// hint shows the next hint.
func (m *Model) hint() {
	m.try.hints = min(m.try.hints+1, len(m.try.task.Hints))
	m.explain()
	m.assignment.Scroll(maxText) // to its end, where the hint stands
}

// showWay does the task for the person: it plays the intended way from its beginning,
// step by step, with what each step does.
func (m *Model) showWay() tea.Cmd {
	m.try.shown, m.typing = true, false
	m.restart()
	return m.beginTask()
}

// words say what is to be done, and what is true of it by now.
func (t *try) words(m *Model) []meaning.Paragraph {
	if t == nil {
		return nil
	}
	lang, signs := m.ctx.Lang(), m.ctx.Theme.Signs
	apart := !m.layout.task.hidden()
	var content []meaning.Paragraph
	if !apart {
		content = append(content, meaning.Paragraph{Kind: meaning.Title, Text: t.task.Way.Title.In(lang)})
	}
	if t.done {
		return append(content, meaning.Paragraph{Text: m.ctx.Text.Get("try.after")})
	}
	var found []meaning.Paragraph
	for _, f := range t.findings {
		sign := signs.Ahead
		if f.Done {
			sign = signs.Check
		}
		found = append(found, meaning.Paragraph{Kind: meaning.Item, Text: sign + " " + m.finding(f)})
	}
	intro := []meaning.Paragraph{{Text: t.task.Way.Intro.In(lang)}}
	switch {
	case m.showing && !apart:
		content = append(content, found...)
	case apart && m.width < wide: // what is found must be in sight
		content = slices.Concat(content, found, intro)
	default:
		content = slices.Concat(content, intro, found)
	}
	for i := range t.hints {
		content = append(content, meaning.Paragraph{
			Kind: meaning.Aside, Text: m.ctx.Text.Get("try.hint", i+1, len(t.task.Hints), t.task.Hints[i].In(lang)),
		})
	}
	if !m.showing || apart {
		content = append(content, meaning.Paragraph{Kind: meaning.Aside, Text: t.helps(m)})
	}
	return content
}

// helps names the keys that help; while a line is being typed they are letters, and esc
// comes first.
func (t *try) helps(m *Model) string {
	words := m.ctx.Text
	var keys []string
	if t.hints < len(t.task.Hints) {
		keys = append(keys, words.Get("try.keys.hint"))
	}
	if t.mayShow() {
		keys = append(keys, words.Get("try.keys.way"))
	}
	all := strings.Join(append(keys, words.Get("try.keys.free")), ", ")
	if m.typing {
		return words.Get("try.keys.typing", all)
	}
	return all
}

// finding says what was found of a check.
func (m *Model) finding(f lessons.Finding) string {
	words, c := m.ctx.Text, f.Check
	says := c.Aim.In(m.ctx.Lang())
	has := visible.String(strings.TrimSpace(c.Has))
	switch {
	case says != "":
	case c.Kind == lessons.CheckGains:
		says = words.Get("try.gains", f.Count, c.Count, c.Address)
	case c.Kind == lessons.CheckHolds:
		says = words.Get("try.holds", f.Count, c.Folder, c.Address, c.Count)
	case c.Kind == lessons.CheckFlag:
		says = words.Get("try.flag", has, c.Flag)
	case c.Kind == lessons.CheckNoFlag:
		says = words.Get("try.no-flag", has, c.Flag)
	case c.Kind == lessons.CheckCached:
		says = words.Get("try.cached", c.Type, c.Name)
	case c.Kind == lessons.CheckUncached:
		says = words.Get("try.uncached", c.Type, c.Name)
	default:
		says = words.Get("try.has", has, c.Address)
	}
	switch {
	case (c.Kind == lessons.CheckUnsaid || c.Kind == lessons.CheckUncached) && !f.Done:
		return words.Get("try.blurted", says)
	case f.Got != "" && !f.Done:
		line, _, _ := strings.Cut(f.Got, "\n")
		return words.Get("try.refused", says, visible.String(strings.TrimSpace(line)))
	}
	return says
}
