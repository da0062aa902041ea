package main

import (
	"path/filepath"

	"github.com/adrg/xdg"

	"surel/lessons/progress"
)

// progressVar names the file with the progress; it is for tests and for those who
// keep their settings elsewhere.
const progressVar = "SUREL_PROGRESS_FILE"

// progressFile is where the progress is kept.
func progressFile(getenv func(string) string) string {
	if file := getenv(progressVar); file != "" {
		return file
	}
	return filepath.Join(xdg.DataHome, "surel", "progress.json")
}

// openProgress opens the progress. Where nothing can be kept, it is kept in memory,
// and the notice says so; it also says where a damaged file was put.
func openProgress(env environment) (s *progress.Store, notice string) {
	words := env.labels()
	s, aside, err := progress.Open(progressFile(env.getenv))
	switch {
	case err != nil:
		return progress.InMemory(), words.Get("progress.unread", err)
	case aside != "":
		return s, words.Get("progress.aside", aside)
	}
	return s, ""
}
