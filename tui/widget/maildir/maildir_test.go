package maildir

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"surel/protocols/note"
	"surel/tui/text"
	"surel/tui/theme"
)

func newModel(width, height int) Model {
	m := New(theme.New(theme.Options{}), text.For(note.EN))
	m.SetSize(width, height)
	return m
}

// drawn gives the lines of the pane without colours and blanks at their ends.
func drawn(t *testing.T, m *Model) []string {
	t.Helper()
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	if len(lines) != m.height {
		t.Errorf("%d lines in %d rows", len(lines), m.height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w != m.width {
			t.Errorf("line %d is %d cells wide, not %d: %q", i, w, m.width, l)
		}
		lines[i] = strings.TrimRight(l, " ")
	}
	return lines
}

func TestParse(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]File{
		"new/1.a":             {Place: "new", Unique: "1.a"},
		"cur/1.a:2,S":         {Place: "cur", Unique: "1.a", Flags: ":2,S"},
		".Arsip/cur/1.a:2,FS": {Folder: ".Arsip", Place: "cur", Unique: "1.a", Flags: ":2,FS"},
		".A.B/tmp/1:2,x.a:2,": {Folder: ".A.B", Place: "tmp", Unique: "1:2,x.a", Flags: ":2,"},
		"stray":               {Unique: "stray"},
	} {
		if diff := cmp.Diff(want, Parse(path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestChangesAreMarkedUntilTheySettle(t *testing.T) {
	t.Parallel()
	m := newModel(60, 8)
	m.SetFiles([]string{"new/1.a", "new/2.a", "cur/3.a:2,S"})
	want := []string{" INBOX  3", "   new/1.a", "   new/2.a", "   cur/3.a:2,S  read"}
	if diff := cmp.Diff(want, drawn(t, &m)[:4]); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	m.SetFiles([]string{"cur/1.a:2,", "cur/3.a:2,RS", ".Arsip/new/4.a"})
	m.SetFiles([]string{"cur/1.a:2,S", "cur/3.a:2,RS", ".Arsip/new/4.a"}) // one deed may change a file twice
	want = []string{
		" INBOX  2", " ~ cur/1.a:2,S  ◀ new/", " - new/2.a", " ~ cur/3.a:2,RS  answered, read",
		" .Arsip  1", " + new/4.a", "", " + new  ~ renamed  - gone",
	}
	if diff := cmp.Diff(want, drawn(t, &m)); diff != "" {
		t.Errorf("after changes (-want +got):\n%s", diff)
	}
	m.Settle()
	want = []string{
		" INBOX  2", "   cur/1.a:2,S  read", "   cur/3.a:2,RS  answered, read", " .Arsip  1", "   new/4.a", "", "", "",
	}
	if diff := cmp.Diff(want, drawn(t, &m)); diff != "" {
		t.Errorf("settled (-want +got):\n%s", diff)
	}
}

func TestNamesAreCutInTheMiddle(t *testing.T) {
	t.Parallel()
	m := newModel(36, 3)
	m.SetFiles([]string{"new/1795802448.M224830Q000000002P23588.surel", "cur/1795802448.M224831Q000000003P23588.surel:2,FS"})
	want := []string{" INBOX  2", "   new/179580244…000002P23588.surel", "   cur/179…88.surel:2,FS  starred, …"}
	got := drawn(t, &m)
	if diff := cmp.Diff(want[:2], got[:2]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(got[2], ":2,FS") || !strings.Contains(got[2], "surel") {
		t.Errorf("flags or the end of the name are missing: %q", got[2])
	}
}

func TestChangeIsScrolledTo(t *testing.T) {
	t.Parallel()
	m := newModel(40, 4)
	var files []string
	for i := range 20 {
		files = append(files, "new/"+string(rune('a'+i)))
	}
	m.SetFiles(files)
	m.SetFiles(files[:19])
	if got := strings.Join(drawn(t, &m), "\n"); !strings.Contains(got, "- new/t") {
		t.Errorf("what is gone is not in sight:\n%s", got)
	}
}

func TestNameIsMadeHarmless(t *testing.T) {
	t.Parallel()
	m := newModel(60, 3)
	m.SetFiles([]string{".A\x1b[31m/new/1\x07.a"})
	if got := m.View(); strings.ContainsAny(ansi.Strip(got), "\x1b\x07") || strings.Contains(got, "[31m/") {
		t.Errorf("%q", got)
	}
}

func TestEmptyMailboxSaysWhatBringsALetter(t *testing.T) {
	t.Parallel()
	m := newModel(40, 5)
	if got := strings.TrimSpace(strings.Join(drawn(t, &m), " ")); got != "" {
		t.Errorf("before anything is known: %q", got)
	}
	m.SetFiles(nil)
	if got := strings.Join(drawn(t, &m), " "); !strings.Contains(got, "empty") {
		t.Errorf("empty: %q", got)
	}
	m.SetTrouble("the disk is on fire")
	if got := strings.Join(drawn(t, &m), " "); !strings.Contains(got, "on fire") {
		t.Errorf("trouble: %q", got)
	}
	m.Forget()
	m.SetFiles([]string{"new/1.a"})
	if got := drawn(t, &m)[1]; got != "   new/1.a" {
		t.Errorf("the first files of another mailbox are no change: %q", got)
	}
}
