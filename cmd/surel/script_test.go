package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"surel": func() { os.Exit(run()) },
	})
}

// TestScripts runs the command line as a person types it: each txtar file is
// one story.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_GB.UTF-8")
			env.Setenv(langVar, env.Getenv("WORK")+"/saved-lang")
			env.Setenv(progressVar, env.Getenv("WORK")+"/progress.json")
			return nil
		},
	})
}
