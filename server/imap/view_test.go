package imap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	goimap "github.com/emersion/go-imap/v2"
	"go.uber.org/goleak"

	"surel/server/mailbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func viewOf(uids ...uint32) *view {
	v := &view{recent: map[uint32]bool{}}
	v.setKeywords(nil)
	for _, u := range uids {
		v.letters = append(v.letters, mailbox.Letter{UID: u})
	}
	return v
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	v := viewOf(2, 5, 9)
	v.saved = []uint32{5, 7}
	for _, test := range []struct {
		set  goimap.NumSet
		want []int
	}{
		{goimap.SeqSet{{Start: 1, Stop: 2}}, []int{0, 1}},
		{goimap.SeqSet{{Start: 2, Stop: 0}}, []int{1, 2}},
		{goimap.SeqSet{{Start: 0, Stop: 0}}, []int{2}},
		{goimap.SeqSet{{Start: 7, Stop: 0}}, []int{2}}, // RFC 9051 §9: 7:* is *:7
		{goimap.SeqSet{{Start: 4, Stop: 8}}, nil},
		{goimap.SeqSet{{Start: 1, Stop: 3}, {Start: 2, Stop: 2}}, []int{0, 1, 2}},
		{goimap.UIDSet{{Start: 3, Stop: 9}}, []int{1, 2}},
		{goimap.UIDSet{{Start: 6, Stop: 8}}, nil},
		{goimap.UIDSet{{Start: 100, Stop: 0}}, []int{2}},
		{goimap.UIDSet{{Start: 1, Stop: 1<<32 - 1}}, []int{0, 1, 2}},
		{goimap.SearchRes(), []int{1}},
	} {
		if got := v.places(test.set); !slices.Equal(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.set, got, test.want)
		}
	}
	for _, set := range []goimap.NumSet{goimap.SeqSet{{}}, goimap.UIDSet{{Start: 1}}} {
		if got := viewOf().places(set); len(got) != 0 {
			t.Errorf("%v of nothing: got %v", set, got)
		}
	}
}

// told writes down what a client is told.
type told []string

func (w *told) say(format string, a ...any) error {
	*w = append(*w, fmt.Sprintf(format, a...))
	return nil
}

func (w *told) WriteExpunge(n uint32) error             { return w.say("expunge %d", n) }
func (w *told) WriteNumMessages(n uint32) error         { return w.say("exists %d", n) }
func (w *told) WriteMailboxFlags(f []goimap.Flag) error { return w.say("flags %d", len(f)) }
func (w *told) WriteMessageFlags(n uint32, uid goimap.UID, f []goimap.Flag) error {
	return w.say("fetch %d %d %v", n, uid, f)
}

func TestMerge(t *testing.T) {
	t.Parallel()
	v := viewOf(1, 2, 3, 4)
	now := &mailbox.Snapshot{
		Version: 7,
		Letters: []mailbox.Letter{{UID: 2}, {UID: 4, Flags: mailbox.Seen}, {UID: 5}, {UID: 6}},
	}
	var w told
	if err := v.merge(&w, now, false, true); err != nil {
		t.Fatal(err)
	}
	want := []string{`fetch 4 4 [\Seen]`, "exists 6"}
	if !slices.Equal(w, want) || v.version == now.Version {
		t.Errorf("held back: told %q, want %q", w, want)
	}
	w = nil
	if err := v.merge(&w, now, true, true); err != nil {
		t.Fatal(err)
	}
	want = []string{"expunge 1", "expunge 2"}
	if !slices.Equal(w, want) || v.version != now.Version || len(v.letters) != 4 {
		t.Errorf("told %q, want %q", w, want)
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	v := viewOf(1, 2, 3, 4, 5)
	var w told
	if err := v.forget([]uint32{2, 3, 5}, w.WriteExpunge); err != nil {
		t.Fatal(err)
	}
	if want := []string{"expunge 2", "expunge 2", "expunge 3"}; !slices.Equal(w, want) {
		t.Errorf("told %q, want %q", w, want)
	}
	broken := errors.New("broken")
	if err := v.forget([]uint32{1}, func(uint32) error { return broken }); !errors.Is(err, broken) || len(v.letters) != 1 {
		t.Errorf("got %v with %d letters", err, len(v.letters))
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	head := []byte("From: =?utf-8?q?Si=C3=ABn?= <a@b>\r\nsubject :  satu\r\n dua\r\nbukan field\r\nSubject: =?x\nTo:")
	for name, want := range map[string]string{"Subject": "satu dua|=?x", "FROM": "Siën <a@b>", "to": "", "cc": ""} {
		if got := strings.Join(slices.Collect(fields(head, name)), "|"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// FuzzSections cuts any letter in all ways that a client can ask for.
func FuzzSections(f *testing.F) {
	for _, s := range []string{
		"", "\n", "a: b\r\n\r\nc", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--",
		"Content-Type: message/rfc822\r\n\r\nA: b\r\n\r\n", "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\na:b\r\n\r\n",
	} {
		f.Add([]byte(s), int64(1), int64(2))
	}
	f.Fuzz(func(t *testing.T, text []byte, offset, size int64) {
		head, body := split(text)
		if string(head)+string(body) != string(text) {
			t.Fatalf("split %q into %q and %q", text, head, body)
		}
		partial := &goimap.SectionPartial{Offset: offset, Size: size}
		for _, part := range [][]int{nil, {1}, {1, 1}, {2}} {
			for _, what := range []goimap.PartSpecifier{"", "HEADER", "MIME", "TEXT"} {
				item := &goimap.FetchItemBodySection{Part: part, Specifier: what, HeaderFields: []string{"a"}}
				if what != "HEADER" {
					item.HeaderFields = nil
				}
				if whole := section(text, item); len(cut(whole, partial)) > len(whole) {
					t.Errorf("a range of %q is longer than it", whole)
				}
			}
			binary(text, part)
		}
		envelope(text)
		multipartsAreWhole(t, structure(text))
		for range fields(head, "") {
			continue
		}
	})
}

func multipartsAreWhole(t *testing.T, b goimap.BodyStructure) {
	t.Helper()
	multi, ok := b.(*goimap.BodyStructureMultiPart)
	if !ok {
		return
	}
	if len(multi.Children) == 0 {
		t.Fatal("a multipart without a part")
	}
	for _, c := range multi.Children {
		multipartsAreWhole(t, c)
	}
}
