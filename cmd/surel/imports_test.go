package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport says which of the project's packages a package may import: by
// their paths, or by those of the folders in which they lie. The longest path
// that fits a package holds for it. Nothing else may be imported.
var mayImport = map[string][]string{
	"surel/cmd":       {"surel/cmd", "surel/tui", "surel/lessons", "surel/server", "surel/protocols"},
	"surel/tui":       {"surel/tui", "surel/lessons", "surel/protocols"},
	"surel/lessons":   {"surel/lessons", "surel/protocols"},
	"surel/server":    {"surel/server", "surel/protocols/wire", "surel/protocols/dns/mx"},
	"surel/protocols": {"surel/protocols"},

	"surel/tui/screen":  {"surel/tui/widget", "surel/tui/ui", "surel/tui/theme", "surel/tui/text", "surel/lessons", "surel/protocols"},
	"surel/tui/ui":      {"surel/tui/theme", "surel/tui/text", "surel/lessons", "surel/protocols"},
	"surel/tui/widget":  {"surel/tui/widget", "surel/tui/theme", "surel/tui/text", "surel/protocols"},
	"surel/tui/theme":   {},
	"surel/tui/text":    {"surel/protocols/note"},
	"surel/tui/picture": {"surel/tui/ui", "surel/tui/theme"},
}

// closed are the packages of the standard library that protocols/ must not
// import: it opens nothing and asks no clock.
var closed = []string{"net", "net/http", "os", "os/exec", "os/signal", "syscall"}

func TestImportsPointInOneDirection(t *testing.T) {
	t.Parallel()
	packages := goList(t, "surel/...")
	if len(packages) < 20 {
		t.Fatalf("go list names %d packages; there are more", len(packages))
	}
	for path, imports := range packages {
		rule := ruleFor(path)
		for _, imported := range imports {
			if within(imported, "surel") && !slices.ContainsFunc(mayImport[rule], func(folder string) bool { return within(imported, folder) }) {
				t.Errorf("%s imports %s; what lies in %s may import %v", path, imported, rule, mayImport[rule])
			}
			if within(path, "surel/protocols") && slices.Contains(closed, imported) {
				t.Errorf("%s imports %s; protocols/ is pure", path, imported)
			}
		}
	}
}

// The lab knows no lesson and no screen, however far its imports lead.
func TestServerStandsAlone(t *testing.T) {
	t.Parallel()
	for path := range goList(t, "-deps", "surel/server") {
		for _, above := range []string{"surel/lessons", "surel/tui", "surel/cmd"} {
			if within(path, above) {
				t.Errorf("surel/server depends on %s", path)
			}
		}
	}
}

// goList gives the imports of packages that are no tests.
func goList(t *testing.T, args ...string) map[string][]string {
	t.Helper()
	args = append([]string{"list", "-f", `{{.ImportPath}} {{join .Imports " "}}`}, args...)
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	packages := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		packages[words[0]] = words[1:]
	}
	return packages
}

// ruleFor gives the longest path with a rule that fits a package.
func ruleFor(path string) string {
	longest := ""
	for folder := range mayImport {
		if within(path, folder) && len(folder) > len(longest) {
			longest = folder
		}
	}
	return longest
}

// within tells whether a package lies in a folder.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
