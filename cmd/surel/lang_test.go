package main

import (
	"os"
	"path/filepath"
	"testing"

	"surel/protocols/note"
)

func TestChooseLang(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flag, saved string
		env         map[string]string
		want        note.Lang
	}{
		{want: note.ID},
		{env: map[string]string{"LANG": "en_US.UTF-8"}, want: note.EN},
		{env: map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, want: note.ID},
		{env: map[string]string{"LANG": "fr_FR.UTF-8"}, want: note.ID},
		{saved: "en", env: map[string]string{"LANG": "id_ID.UTF-8"}, want: note.EN},
		{flag: "id", saved: "en", want: note.ID},
		{flag: "xx", saved: "en", want: note.EN},
		{env: map[string]string{"LANG": "english"}, want: note.ID},
	} {
		if got := chooseLang(c.flag, c.saved, func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("flag %q, saved %q, environment %v give %s, want %s", c.flag, c.saved, c.env, got, c.want)
		}
	}
}

func TestLangFlag(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"en": {"list", "--lang", "en"}, "id": {"--lang=id", "run"}, "": {"explain", "--", "--lang", "en"},
	} {
		if got := langFlag(args); got != want {
			t.Errorf("%q give %q, want %q", args, got, want)
		}
	}
	if got := langFlag([]string{"--lang"}); got != "" {
		t.Errorf("a flag without a value gives %q", got)
	}
}

func TestSavedLangIsReadAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "deep", "lang")
	getenv := func(name string) string { return map[string]string{langVar: file}[name] }
	if got := savedLang(getenv); got != "" {
		t.Errorf("before the first choice there is %q", got)
	}
	for _, lang := range []note.Lang{note.EN, note.ID} {
		if err := saveLang(getenv, lang); err != nil {
			t.Fatal(err)
		}
		if got := savedLang(getenv); got != string(lang) {
			t.Errorf("saved %s, read %q", lang, got)
		}
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}
