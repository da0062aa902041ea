package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surel/protocols/note"
)

// uses are the labels that the code asks for.
type uses struct {
	literals map[string]bool // every string in the code
	gets     map[string]bool // what Get is asked for by its whole key
	binds    map[string]bool // the names of key bindings, which stand below "key."
}

// scan reads all code of the program that is not a test.
func scan(t *testing.T, root string, folders ...string) uses {
	t.Helper()
	u := uses{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, u.take(filepath.Base(filepath.Dir(path)) == "ui"))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// take gives what notes the labels of one node of the syntax. Only the key map
// of the program, in package ui, has its descriptions among the labels.
func (u uses) take(keys bool) func(ast.Node) bool {
	return func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				u.literals[s] = true
			}
		case *ast.CallExpr:
			u.call(n, keys)
		}
		return true
	}
}

func (u uses) call(n *ast.CallExpr, keys bool) {
	if len(n.Args) == 0 {
		return
	}
	s, ok := literal(n.Args[0])
	switch f := n.Fun.(type) {
	case *ast.SelectorExpr:
		if ok && f.Sel.Name == "Get" {
			u.gets[s] = true
		}
	case *ast.Ident:
		if ok && keys && f.Name == "bind" {
			u.binds["key."+s] = true
		}
	}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// used tells whether the code asks for a key: by its name, or by a name that
// it puts together from a beginning with a full stop and more.
func (u uses) used(key string) bool {
	if strings.HasPrefix(key, "key.") {
		return u.binds[key] || u.literals[key]
	}
	if u.literals[key] {
		return true
	}
	for i := strings.IndexByte(key, '.'); i >= 0; {
		if u.literals[key[:i+1]] {
			return true
		}
		next := strings.IndexByte(key[i+1:], '.')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

func TestEveryLabelThatIsUsedExistsAndTheOtherWayRound(t *testing.T) {
	t.Parallel()
	u := scan(t, filepath.Join("..", ".."), "tui", "cmd")
	labels, err := read(files, note.ID)
	if err != nil {
		t.Fatal(err)
	}
	wanted := maps.Clone(u.binds)
	for key := range u.gets {
		wanted[key] = !strings.HasSuffix(key, ".") // what is put together is tested on the screens
	}
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		if wanted[key] && !labels.Has(key) {
			t.Errorf("%s is used and has no words", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(labels.words)) {
		if !u.used(key) {
			t.Errorf("%s has words and is not used", key)
		}
	}
}
