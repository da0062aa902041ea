package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"

	"surel/protocols/note"
)

// langVar names the file that holds the saved choice of language; it is for
// tests and for those who keep their settings elsewhere.
const langVar = "SUREL_LANG_FILE"

// chooseLang gives the first language that is named: by the flag, by the saved
// choice, by the environment. Where none is, it is Indonesian.
func chooseLang(flag, saved string, getenv func(string) string) note.Lang {
	named := []string{flag, saved}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			named = append(named, v)
			break // as POSIX has it, the first one that is set decides
		}
	}
	for _, name := range named {
		for _, lang := range note.Langs {
			if name == string(lang) || strings.HasPrefix(name, string(lang)+"_") {
				return lang
			}
		}
	}
	return note.ID
}

// langFlag finds --lang among the arguments, before cobra reads them: the help
// texts need it first.
func langFlag(args []string) string {
	for i, arg := range args {
		if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			return v
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
		if arg == "--" {
			break
		}
	}
	return ""
}

// parseLang reads the value of --lang.
func parseLang(v string) (note.Lang, error) {
	if lang := note.Lang(v); slices.Contains(note.Langs, lang) {
		return lang, nil
	}
	return "", fmt.Errorf("--lang %s: choose id or en", v)
}

// langFile is where the choice of language is kept.
func langFile(getenv func(string) string) string {
	if file := getenv(langVar); file != "" {
		return file
	}
	return filepath.Join(xdg.ConfigHome, "surel", "lang")
}

func savedLang(getenv func(string) string) string {
	saved, err := os.ReadFile(langFile(getenv))
	if err != nil {
		return "" // nothing was chosen yet
	}
	return strings.TrimSpace(string(saved))
}

// saveLang keeps the choice: written beside, flushed, then renamed, so that a
// crash leaves the old choice or the new one.
func saveLang(getenv func(string) string, lang note.Lang) error {
	file := langFile(getenv)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("save the language: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), "lang-*")
	if err != nil {
		return fmt.Errorf("save the language: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // after the rename there is nothing to remove
	_, err = tmp.WriteString(string(lang) + "\n")
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("save the language: %w", err)
	}
	return nil
}
