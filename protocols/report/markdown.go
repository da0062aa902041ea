package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"surel/protocols/visible"
)

// Markdown prints a report as CommonMark. What came from the wire stands in
// code, or is escaped, so that it is never markup.
func Markdown(w io.Writer, r Report) error {
	l, err := readLabels(r.Lang)
	if err != nil {
		return err
	}
	m := &markdown{labels: l}
	if r.Scenario != "" {
		m.print("# %s\n\n", escapeMarkdown(fmt.Sprintf(l["scenario"], r.Scenario)))
	}
	for i := range r.Connections {
		m.connection(&r, &r.Connections[i])
	}
	if len(r.Connections) == 0 {
		m.print("%s\n", l["none"])
	}
	if _, err := m.out.WriteTo(w); err != nil {
		return fmt.Errorf("write Markdown report: %w", err)
	}
	return nil
}

type markdown struct {
	labels labels
	out    bytes.Buffer
	told   map[string]bool
}

func (m *markdown) print(format string, args ...any) { fmt.Fprintf(&m.out, format, args...) }

func (m *markdown) connection(r *Report, c *Connection) {
	m.told = map[string]bool{}
	if endpoint(c.Server) != "" { // a transcript has no addresses
		m.print("## %s\n\n", escapeMarkdown(fmt.Sprintf(m.labels["connection"], c.ID, ends(c.Conn))))
	}
	n := 0
	for e := range r.entries(c) {
		n++
		m.print("### %d. %s: %s\n\n", n, m.labels.arrow(e.Dir), code(e.summary))
		m.body(e)
	}
	switch {
	case c.Lost > 0:
		m.print("%s\n\n", fmt.Sprintf(m.labels["lost"], c.Lost))
	case n == 0:
		m.print("%s\n\n", m.labels["empty"])
	}
}

func (m *markdown) body(e *entry) {
	m.print("**%s.** %s\n\n", escapeMarkdown(strings.TrimSuffix(e.Title, ".")), e.Note)
	if e.mistake.Text != "" {
		m.print("**%s: %s.** %s\n\n", m.labels["mistake"], e.mistake.Title, e.mistake.Text)
	}
	if e.state != "" {
		m.print("%s: %s\n\n", m.labels["state"], e.state)
	}
	if lines := outline(e, m.told); len(lines) > 0 {
		m.print("%s:\n\n", m.labels["contents"])
		for _, l := range lines {
			m.field(l)
		}
		m.print("\n")
	}
	if len(e.Refs) > 0 {
		m.print("%s: %s\n\n", m.labels["refs"], strings.Join(e.Refs, ", "))
	}
	for i := range e.Inner {
		m.print("#### %s: %s\n\n", m.labels["carries"], code(e.Inner[i].summary))
		m.body(&e.Inner[i])
	}
}

// field prints a field as an item of a nested list.
func (m *markdown) field(l line) {
	m.print("%s- %s", strings.Repeat(indent, l.depth), escapeMarkdown(l.part.Name))
	block := strings.Contains(l.value, "\n")
	if l.value != "" && !block {
		m.print(": %s", code(l.value))
	}
	if l.part.Error != "" {
		m.print(" **%s: %s**", m.labels["error"], escapeMarkdown(l.part.Error))
	}
	if l.hint != "" {
		m.print(" %s", l.hint)
	}
	m.print("\n")
	if block {
		m.block(strings.Repeat(indent, l.depth+1), l.value)
	}
}

// block prints text of several lines as fenced code inside a list's item.
func (m *markdown) block(in, value string) {
	fence := fenceFor(value, "```")
	m.print("\n%s%s\n", in, fence)
	for line := range strings.SplitSeq(visible.Lines(value), "\n") {
		m.print("%s\n", strings.TrimRight(in+line, " "))
	}
	m.print("%s%s\n\n", in, fence)
}

// fenceFor gives backticks, at least as many as least, that s does not have in
// a row.
func fenceFor(s, least string) string {
	for strings.Contains(s, least) {
		least += "`"
	}
	return least
}

// code gives text from the wire as a code span, fenced by more backticks than
// it has in a row.
func code(s string) string {
	s = visible.String(strings.TrimSuffix(s, "\r\n"))
	if strings.TrimSpace(s) == "" {
		return ""
	}
	fence := fenceFor(s, "`")
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// escapeMarkdown makes text stand for itself.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range visible.String(s) {
		if strings.ContainsRune("\\`*_{}[]<>()#+!|~&$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
