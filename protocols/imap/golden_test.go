package imap_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

// recordings gives the names of the recorded conversations.
func recordings(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.log")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	return files
}

// recording reads a recorded conversation.
func recording(t testing.TB, name string) (wire.Conn, []wire.Segment) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	c, segments, err := wire.ReadText(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return c, segments
}

// decode reads the segments of a connection to its end.
func decode(t testing.TB, c wire.Conn, segments []wire.Segment) []message.Message {
	t.Helper()
	talk, err := protocols.NewConversation(c.Service)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		talk.Feed(s)
	}
	talk.End(wire.Segment{Time: c.Closed})
	return talk.Messages()
}

// dump writes a message and what it carries for a golden file.
func dump(b *strings.Builder, m *message.Message, number int, indent string) {
	fmt.Fprintf(b, "%s%d %s %s  %q  %s  state %s", indent, number, m.Dir, m.Name, m.Summary(), m.Note, m.State)
	if m.Answers != 0 {
		fmt.Fprintf(b, "  answers %d", m.Answers)
	}
	if m.Pipelined {
		b.WriteString("  pipelined")
	}
	if m.Malformed {
		b.WriteString("  malformed")
	}
	if m.Mistake != "" {
		fmt.Fprintf(b, "  !! %s", m.Mistake)
	}
	b.WriteByte('\n')
	if m.Name == "letter" { // its tree is held by package letter's own files
		fmt.Fprintf(b, "%s    %q\n", indent, m.Raw)
		return
	}
	var tree bytes.Buffer
	field.Dump(&tree, m.Fields(), m.Raw)
	for line := range strings.Lines(tree.String()) {
		fmt.Fprintf(b, "%s    %s", indent, line)
	}
	for i, inner := range m.Inner() {
		dump(b, &inner, i+1, indent+"    | ")
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, name := range recordings(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			c, segments := recording(t, name)
			var b strings.Builder
			for i, m := range decode(t, c, segments) {
				dump(&b, &m, i+1, "")
			}
			golden := strings.TrimSuffix(name, ".log") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("the tree changed; look at the difference, then run with -update:\n%s", diff)
			}
		})
	}
}
