// Command pictures draws the README's screens with the program itself: it runs
// surel's screens on a real lab, in a terminal that exists in memory only, and
// writes what that shows as SVG into the folder that it is given.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"surel/cmd/shown"
	"surel/lessons"
	"surel/protocols/note"
	"surel/server"
	"surel/tui"
	"surel/tui/picture"
)

// patience is how long one picture may take.
const patience = 30 * time.Second

// shot is one picture: how to get to the screen, and what it shows.
type shot struct {
	file, title   string
	lang          note.Lang
	width, height int
	lesson        string // to be opened at once; none where it is empty
	steps         []picture.Step
}

// shots are the pictures of the README.
var shots = []shot{
	{
		file: "home-id.svg", title: "Layar awal surel", lang: note.ID, width: 100, height: 24,
		steps: []picture.Step{{Until: "SMTP"}},
	},
	{
		file: "explorer-en.svg", title: "The explorer at MAIL FROM", lang: note.EN, width: 120, height: 32,
		steps: []picture.Step{
			{Until: "SMTP"},
			{Key: "enter", Until: "Nobody has spoken"},
			// Each step waits for the meaning of the message that it leads to.
			{Key: "right", Until: "The server speaks first"},
			{Key: "right", Until: "EHLO: introducing"},
			{Key: "right", Until: "the server's abilities"},
			{Key: "right", Until: "MAIL FROM: who"},
			{Key: "tab"},
			{Key: "tab"},
			{Key: "down"},
			{Key: "down"},
			{Key: "right", Until: "local-part"},
		},
	},
	{
		file: "task-id.svg", title: "Tugas pertama pelajaran SMTP", lang: note.ID, width: 120, height: 30, lesson: "smtp",
		steps: []picture.Step{
			{Until: "Mulai di sini"},
			{Key: "down"},
			{Key: "down"},
			{Key: "down"},
			{Key: "down"},
			{Key: "down"},
			{Key: "down"},
			{Key: "down", Until: "H petunjuk"},
			{Key: "enter", Until: "salam pembuka"},
			{Key: "EHLO laptop.kampus.test"},
			{Key: "enter", Until: "daftar kemampuan"},
			{Key: "RCPT TO:<guru@sekolah.test>"},
			{Key: "enter", Until: "RCPT"},
			{Key: "MAIL FROM:<siswa@kampus.test>", Until: "FROM:<siswa"},
		},
	},
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pictures FOLDER")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	for _, s := range shots {
		if err := s.take(ctx, os.Args[1]); err != nil {
			fmt.Fprintf(os.Stderr, "pictures: %s: %v\n", s.file, err)
			os.Exit(1) //nolint:gocritic // the signal handler needs no undoing at the end
		}
	}
}

// take draws the picture on a lab of its own.
func (s shot) take(ctx context.Context, folder string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	lab, err := server.Start(ctx, server.Config{})
	if err != nil {
		return err
	}
	o := tui.Options{Lab: shown.Lab{Lab: lab}, Lang: s.lang}
	if l, ok := lessons.FindLesson(s.lesson); ok {
		o.Lessons = []lessons.Lesson{l}
	}
	screen, err := picture.Film(ctx, tui.New(o), s.width, s.height, s.steps...)
	if err := errors.Join(err, lab.Close()); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(folder, s.file))
	if err != nil {
		return err
	}
	return errors.Join(picture.SVG(f, screen, s.title), f.Close())
}
