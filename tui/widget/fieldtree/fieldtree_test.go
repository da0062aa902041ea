package fieldtree

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/tui/theme"
)

// body is a message whose tree is given.
type body struct {
	fields []field.Field
	inner  []message.Message
}

var _ message.Carrier = body{}

func (b body) Summary([]byte) string          { return "summary" }
func (b body) Fields([]byte) []field.Field    { return b.fields }
func (b body) Inner([]byte) []message.Message { return b.inner }

// sample carries "MAIL x:q" with a letter "S: \x1b" inside.
func sample() *message.Message {
	letter := message.Message{
		Raw: []byte("S: \x1b"), Name: "letter", Note: "letter",
		Body: body{fields: []field.Field{
			{Name: "Subject", Span: field.Bytes(0, 2), Value: "S:", Note: "letter/subject"},
			{Name: "text", Span: field.Bytes(2, 4), Value: " \x1b"},
		}},
	}
	return &message.Message{
		Raw: []byte("MAIL x:q"), Name: "MAIL", Note: "command/MAIL",
		Body: body{
			fields: []field.Field{
				{Name: "command", Span: field.Bytes(0, 4), Value: "MAIL", Note: "field/command"},
				{Name: "SP", Span: field.Bytes(4, 5), Value: " ", Kind: field.Punctuation},
				{Name: "path", Span: field.Bytes(5, 8), Value: "x:q", Note: "field/path", Fields: []field.Field{
					{Name: "local", Span: field.Bytes(5, 6), Value: "x"},
					{Name: "colon", Span: field.Bytes(6, 7), Value: ":", Kind: field.Punctuation},
					{Name: "domain", Span: field.Bytes(7, 8), Value: "q", Kind: field.Secret},
				}},
			},
			inner: []message.Message{letter},
		},
	}
}

func newTree() Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(30, 9)
	m.SetMessage(sample())
	return m
}

func (m *Model) shown() []string {
	var lines []string
	for _, l := range strings.Split(ansi.Strip(m.View()), "\n") {
		if l = strings.TrimRight(l, " "); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

func (m *Model) want(t *testing.T, lines ...string) {
	t.Helper()
	if diff := cmp.Diff(lines, m.shown()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFieldsOpenAndClose(t *testing.T) {
	t.Parallel()
	m := newTree()
	m.want(t, "   command  MAIL", " ▸ path     x:••••••", " ▸ letter   summary")
	m.Move(1)
	m.Open()
	m.want(t, "   command   MAIL", " ▾ path      x:••••••", "     local   x", "     domain  ••••••", " ▸ letter    summary")
	m.Open()
	if _, f := m.Chosen(); f.Name != "local" || m.Note() != "field/path" {
		t.Errorf("chosen is %s with the note %s", f.Name, m.Note())
	}
	m.Close()
	m.Close()
	m.want(t, "   command  MAIL", " ▸ path     x:••••••", " ▸ letter   summary")
	m.SetPunctuation(true)
	m.want(t, "   command  MAIL", "   SP", " ▸ path     x:••••••", " ▸ letter   summary")
	if _, f := m.Chosen(); f.Name != "path" {
		t.Errorf("the cursor has moved to %s", f.Name)
	}
}

func TestCarriedMessagesHaveTheirOwnBytes(t *testing.T) {
	t.Parallel()
	m := newTree()
	m.Move(2)
	in, f := m.Chosen()
	if f != nil || in.Name != "letter" || m.Note() != "letter" {
		t.Fatalf("chosen is %v in %s", f, in.Name)
	}
	m.Open()
	m.want(t, "   command    MAIL", " ▸ path       x:••••••", " ▾ letter     summary", "     Subject  S:", "     text      ␛")
	if !m.ChooseByte(in, 3) {
		t.Error("byte 3 of the letter is in no field")
	}
	if in, f = m.Chosen(); in.Name != "letter" || f.Name != "text" {
		t.Errorf("chosen is %s in %s", f.Name, in.Name)
	}
}

func TestByteChoosesItsField(t *testing.T) {
	t.Parallel()
	m := newTree()
	root, _ := m.Chosen()
	for at, want := range []string{"command", "command", "command", "command", "", "local", "path", "domain"} {
		found := m.ChooseByte(root, at)
		_, f := m.Chosen()
		if found != (want != "") || found && f.Name != want {
			t.Errorf("byte %d chooses %s (%v), want %q", at, f.Name, found, want)
		}
	}
}

func TestSecretIsMaskedUntilRevealed(t *testing.T) {
	t.Parallel()
	m := newTree()
	if masked := m.Masked(); masked(6) || !masked(7) {
		t.Error("the secret's byte is not masked, or another is")
	}
	m.SetRevealed(true)
	if m.Masked()(7) || m.Hide("q") != "q" {
		t.Error("the secret is still masked")
	}
}

func TestNothingIsChosenWithoutAMessage(t *testing.T) {
	t.Parallel()
	m := New(theme.New(theme.Options{}))
	m.SetSize(20, 3)
	m.SetMessage(nil)
	m.Move(1)
	m.Open()
	m.Close()
	m.Toggle()
	m.ChooseRow(1)
	if in, f := m.Chosen(); in != nil || f != nil || m.ChooseByte(nil, 0) || len(m.shown()) != 0 {
		t.Errorf("chosen is %v, %v", in, f)
	}
}
