package lessons

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// String gives the scenario as a file of it is written. Parse reads it to the
// same scenario; comments are not kept.
func (s *Scenario) String() string {
	var b strings.Builder
	prose(&b, "title id", s.Title.ID)
	prose(&b, "title en", s.Title.EN)
	prose(&b, "intro id", s.Intro.ID)
	prose(&b, "intro en", s.Intro.EN)
	for _, c := range s.Clients {
		fmt.Fprintf(&b, "client %s: %s -> %s %s\n", c.Name, c.Host, c.Server, c.Protocol)
	}
	for i := range s.Mailboxes {
		fmt.Fprintln(&b, &s.Mailboxes[i])
	}
	for _, host := range s.Down {
		fmt.Fprintln(&b, "down", host)
	}
	as := s.Clients[0].Name
	for i := range s.Actions {
		a := &s.Actions[i]
		b.WriteByte('\n')
		if a.Client != as {
			as = a.Client
			fmt.Fprintf(&b, "as %s\n", as)
		}
		a.write(&b)
	}
	return b.String()
}

func (a *Action) write(b *strings.Builder) {
	prose(b, "id", a.Caption.ID)
	prose(b, "en", a.Caption.EN)
	switch a.Kind {
	case Send: // its lines say so
	case Wait:
		fmt.Fprintln(b, a.Kind, a.Pause)
	case TLS:
		fmt.Fprintf(b, "%s%s\n", a.Kind, a.Handshake)
	default:
		fmt.Fprintln(b, a.Kind)
	}
	for _, l := range a.Lines {
		fmt.Fprintln(b, l)
	}
	for i := range a.Expects {
		fmt.Fprintln(b, &a.Expects[i])
	}
}

// String gives the line as it stands in a scenario.
func (l Line) String() string {
	switch {
	case l.Raw:
		return fmt.Sprintf("C raw: %q", l.Text)
	case l.Times > 0:
		return fmt.Sprintf("C fill: %d %q", l.Times, l.Text)
	case l.Text == "":
		return "C:"
	}
	return "C: " + l.Text
}

// String gives the expectation as it stands in a scenario.
func (e *Expectation) String() string {
	switch e.Kind {
	case Closed:
		return "closed"
	case Gains:
		return fmt.Sprintf("mailbox %s gains %d", e.Address, e.Count)
	case Counts:
		return fmt.Sprintf("mailbox %s holds %d", e.Address, e.Count)
	case Asks:
		return fmt.Sprintf("asks %d", e.Count)
	case Fails:
		return fmt.Sprintf("fails %q", e.Text)
	case Holds:
		return fmt.Sprintf("letter %s %q", e.Address, e.Text)
	default:
		return "S: " + e.Text
	}
}

// width is where a text is wrapped, in characters.
const width = 100

// prose writes a text, wrapped.
func prose(b *strings.Builder, label, text string) {
	column, _ := b.WriteString(label + ":")
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word) + 1
		if column+n > width {
			b.WriteString("\n ")
			column = 1
		}
		b.WriteString(" " + word)
		column += n
	}
	b.WriteByte('\n')
}
