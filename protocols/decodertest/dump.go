package decodertest

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/protocols/message"
)

// Golden compares the messages of every recorded conversation with its golden
// file. Where write is given, it writes the file anew first.
func Golden(t *testing.T, testdata fs.FS, write func(name string, text []byte) error) {
	t.Helper()
	for _, name := range recordings(t, testdata) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, segments := recording(t, testdata, name)
			var b strings.Builder
			for i, m := range Decode(t, c, segments) {
				dump(&b, &m, i+1, "")
			}
			golden := strings.TrimSuffix(name, ".log") + ".golden"
			if write != nil {
				if err := write(golden, []byte(b.String())); err != nil {
					t.Fatal(err)
				}
			}
			want, err := fs.ReadFile(testdata, golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("the tree changed; look at the difference, then run with -update:\n%s", diff)
			}
		})
	}
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
