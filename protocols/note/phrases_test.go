package note_test

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"surel/protocols"
	"surel/protocols/field"
	"surel/protocols/note"
)

func TestPhrase(t *testing.T) {
	t.Parallel()
	c := note.Load(fstest.MapFS{"phrases.txt": {Data: []byte(`
# comment
{} ({n} bytes) = {} ({n} bita)
the size = ukuran
{phrase} is missing = {phrase} tidak ada
`)}})
	for english, want := range map[string]string{
		"the size":                   "ukuran",
		"the size is missing":        "ukuran tidak ada",
		"FROM: is missing":           "FROM: tidak ada",
		"a (b) (1,234 bytes)":        "a (b) (1.234 bita)",
		"\xff\n (7 bytes) (8 bytes)": "\xff\n (7 bytes) (8 bita)",
		"a (no bytes)":               "a (no bytes)",
		"":                           "",
	} {
		if got := c.Phrase(english, note.ID); got != want {
			t.Errorf("Phrase(%q) = %q, want %q", english, got, want)
		}
		if got := c.Phrase(english, note.EN); got != english {
			t.Errorf("in English %q became %q", english, got)
		}
	}
}

func TestPhrasesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"no equals sign", "a {} = b", "a {} {n} = b {n} {}", "a {x} = b {x}", "a = b\na = c", "a = "} {
		folder := fstest.MapFS{"id.md": {}, "en.md": {}, "refs.txt": {}, "phrases.txt": {Data: []byte(bad)}}
		if err := note.Load(folder).Check(); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}

// TestEverySentenceHasAPhrase reads the source of the decoders: what they say
// in English must be said in Indonesian by the phrases beside them, or by
// those that all share.
func TestEverySentenceHasAPhrase(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob("../*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, folder := range folders {
		if slices.Contains(silent, filepath.Base(folder)) {
			continue
		}
		c := note.Load(os.DirFS(filepath.Join(folder, "notes")), field.Notes())
		if filepath.Base(folder) == "field" {
			c = note.Load(field.Notes())
		}
		for _, s := range sentencesOf(t, folder) {
			found++
			if !inIndonesian(c, s) && !inIndonesian(c, "expected "+s) { // an argument's name
				t.Errorf("%s: %q has no phrase in notes/phrases.txt", folder, s)
			}
		}
	}
	if found < 150 {
		t.Errorf("found %d sentences; there are more", found)
	}
}

// silent are the folders that say nothing to a reader in their source.
var silent = []string{"note", "report", "wire", "visible", "transcript", "machine", "capture", "testdata"}

// TestErrorsInGoldensHavePhrases looks at what was really said.
func TestErrorsInGoldensHavePhrases(t *testing.T) {
	t.Parallel()
	for _, p := range protocols.All {
		for _, folder := range []string{p.ID, "letter"} {
			files, err := filepath.Glob(filepath.Join("..", folder, "testdata", "*.golden"))
			if err != nil {
				t.Fatal(err)
			}
			if folder == "letter" && p.Notes.Phrase("{} (1 bytes)", note.ID) == "{} (1 bytes)" {
				continue // the protocol carries no letters
			}
			for _, file := range files {
				for _, said := range errorsIn(t, file) {
					if !slices.ContainsFunc(protocols.All, func(p protocols.Protocol) bool { return inIndonesian(p.Notes, said) }) {
						t.Errorf("%s: %q has no phrase", file, said)
					}
				}
			}
		}
	}
}

// english finds words that stand in English sentences only.
var english = regexp.MustCompile(`(^| )(a|an|the|of|or|and|is|are|with|such|has|must|expected)( |$)`)

// inIndonesian tells whether all of a sentence is said in Indonesian.
func inIndonesian(c *note.Catalogue, sentence string) bool {
	said := c.Phrase(sentence, note.ID)
	return said != sentence && !english.MatchString(said)
}

var keyOnly = regexp.MustCompile(`^mistake/\S+$`)

func errorsIn(t *testing.T, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var all []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if _, said, ok := strings.Cut(lines.Text(), "  !! "); ok && !keyOnly.MatchString(said) {
			all = append(all, said)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// namers are the functions whose first argument is the name of a field, which
// is a term and stays English; and those that make errors for programmers.
var namers = []string{"Add", "Open", "mark", "Errorf", "New", "panic"}

// sentencesOf gives what the source in a folder says in English, with samples
// where something varies.
func sentencesOf(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool { return visit(n, &all) })
	}
	return all
}

func visit(n ast.Node, all *[]string) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.CallExpr:
		if _, isText := sample(n); !isText {
			visitAll(n.Args, len(n.Args) > 0 && slices.Contains(namers, nameOf(n.Fun)), all)
			ast.Inspect(n.Fun, func(n ast.Node) bool { return visit(n, all) })
			return false
		}
	case *ast.CompositeLit:
		visitAll(n.Elts, false, all)
		return false
	case *ast.AssignStmt:
		if s, ok := n.Lhs[0].(*ast.SelectorExpr); ok && s.Sel.Name == "Name" {
			return false
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Name" {
			return false
		}
	case ast.Expr:
	default:
		return true
	}
	if e, ok := n.(ast.Expr); ok {
		if s, ok := sample(e); ok {
			if isSentence(s) {
				*all = append(*all, s)
			}
			return false
		}
	}
	return true
}

// visitAll looks at arguments or elements, but not at the names of fields: at
// the first where it is one, and at those before the key of a note.
func visitAll(list []ast.Expr, firstIsName bool, all *[]string) {
	for i, e := range list {
		if firstIsName && i == 0 || i+1 < len(list) && isKey(list[i+1]) {
			continue
		}
		ast.Inspect(e, func(n ast.Node) bool { return visit(n, all) })
	}
}

func isKey(e ast.Expr) bool {
	s, ok := sample(e)
	return ok && strings.Contains(s, "/") && !strings.Contains(s, " ")
}

// sample gives the text that an expression makes, with samples for what
// varies; false where it makes none.
func sample(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, isLeft := sample(e.X)
		right, isRight := sample(e.Y)
		if e.Op != token.ADD || !isLeft && !isRight {
			return "", false
		}
		return orOther(left, isLeft, e.X) + orOther(right, isRight, e.Y), true
	case *ast.CallExpr:
		if nameOf(e.Fun) != "Sprintf" {
			return "", false
		}
		format, ok := sample(e.Args[0])
		return strings.NewReplacer("%s", "X", "%04x", "12", "%d", "12").Replace(format), ok
	}
	return "", false
}

func orOther(s string, ok bool, e ast.Expr) string {
	call, isCall := e.(*ast.CallExpr)
	switch {
	case ok:
		return s
	case isCall && slices.Contains([]string{"count", "Itoa"}, nameOf(call.Fun)):
		return "12"
	}
	return "X"
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// words finds text of at least two words of our language. What is the name of
// a namespace in IMAP only looks so.
var words = regexp.MustCompile(`^\S*[a-z]\S* .*[a-z]{2}|^(?:expected|unknown) `)

func isSentence(s string) bool { return words.MatchString(s) && s != "other users'" }
