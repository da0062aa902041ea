package main

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"charm.land/fang/v2"

	"surel/protocols/visible"
)

// What goes wrong may name anything; none of it reaches the terminal as it is.
func TestComplaintsAreVisible(t *testing.T) {
	t.Parallel()
	const hostile = "a\x1b[2Jb\u202ec"
	dir := t.TempDir()
	e := environment{args: []string{"--lang", "en"}, getenv: func(name string) string {
		if name == "HOME" || name == "XDG_CONFIG_HOME" {
			return dir
		}
		return ""
	}}
	for _, err := range []error{
		errors.New(hostile),
		&fs.PathError{Op: "open", Path: hostile, Err: fs.ErrPermission},
		errors.Join(errors.New(hostile), errors.New("and more")),
	} {
		var out strings.Builder
		e.complain(&out, fang.Styles{}, err)
		got := strings.TrimSuffix(out.String(), "\n")
		if got != visible.Lines(got) || !strings.Contains(got, visible.String(hostile)) {
			t.Errorf("%q is shown as %q", err, got)
		}
	}
}
