package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"surel/cmd/shown"
	"surel/lessons"
	"surel/server"
	"surel/tui"
	"surel/tui/text"
)

func newLesson(env environment, words *text.Labels) *cobra.Command {
	var manner manner
	cmd := &cobra.Command{
		Use:   "lesson DIR",
		Short: words.Get("cmd.lesson.short"),
		Long:  words.Get("cmd.lesson.long"),
		Args:  arguments(words, 1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := readLesson(args[0], words)
			if err != nil {
				return unexpected(err)
			}
			if !isTerminal(env.stdout) || !isTerminal(env.stdin) {
				return errors.New(words.Get("cmd.root.no-terminal"))
			}
			return unexpected(showLesson(cmd.Context(), env, manner, l))
		},
	}
	manner.flags(cmd, words)
	cmd.AddCommand(
		&cobra.Command{
			Use:   "check DIR",
			Short: words.Get("cmd.lesson.check"),
			Args:  arguments(words, 1, 1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return unexpected(checkLesson(cmd.Context(), env.stdout, words, args[0]))
			},
		},
		&cobra.Command{
			Use:   "new DIR",
			Short: words.Get("cmd.lesson.new"),
			Args:  arguments(words, 1, 1),
			RunE: func(_ *cobra.Command, args []string) error {
				if err := lessons.NewFolder(args[0]); err != nil {
					return unexpected(err)
				}
				_, err := fmt.Fprintln(env.stdout, words.Get("cmd.lesson.made", args[0], args[0]))
				return unexpected(err)
			},
		},
	)
	return cmd
}

// readLesson reads the lesson of a folder, whose name is its ID; where there is no such
// folder it may be the ID of a lesson of the course.
func readLesson(dir string, words *text.Labels) (lessons.Lesson, error) {
	if missing(dir) {
		if l, ok := lessons.FindLesson(dir); ok {
			return l, nil
		}
	}
	whole, err := filepath.Abs(dir)
	if err != nil {
		return lessons.Lesson{}, fmt.Errorf("read the lesson: %w", err)
	}
	id := filepath.Base(whole)
	if _, ok := lessons.FindLesson(id); ok {
		return lessons.Lesson{}, fmt.Errorf("%s: a lesson of the course has the name %s, under which progress is kept; give the folder another", dir, id)
	}
	folder, err := os.OpenRoot(whole) // a stranger's lesson has no way out of its folder
	if err != nil {
		return lessons.Lesson{}, unread(dir, err, words)
	}
	defer func() { _ = folder.Close() }()
	l, err := lessons.ReadLesson(folder.FS(), id)
	if err != nil {
		return l, unread(dir, err, words)
	}
	return l, nil
}

// unread says why a folder holds no lesson.
func unread(dir string, err error, words *text.Labels) error {
	switch info, failed := os.Stat(dir); {
	case missing(dir):
		return errors.New(words.Get("cmd.lesson.none", dir))
	case failed == nil && !info.IsDir():
		return errors.New(words.Get("cmd.file.no-folder", dir))
	case missing(filepath.Join(dir, "lesson.txt")):
		return errors.New(words.Get("cmd.lesson.no-file", dir))
	}
	return fmt.Errorf("%s: %w", dir, err)
}

// checkLesson reads a lesson and proves each of its tasks and questions on a lab of its
// own.
func checkLesson(ctx context.Context, out io.Writer, words *text.Labels, dir string) error {
	l, err := readLesson(dir, words)
	if err != nil {
		return err
	}
	bad := 0
	for _, t := range l.Tasks {
		if err := onLab(ctx, t.Prove); err != nil {
			bad++
			if _, err := fmt.Fprintf(out, "%s: %v\n", filepath.Join(dir, t.Way.File), err); err != nil {
				return err
			}
		}
	}
	for _, q := range l.Quiz {
		if err := onLab(ctx, q.Prove); err != nil {
			bad++
			if _, err := fmt.Fprintf(out, "%s: %v\n", filepath.Join(dir, "quiz.txt"), err); err != nil {
				return err
			}
		}
	}
	if bad > 0 {
		return errors.New(words.Get("cmd.lesson.bad", bad, len(l.Tasks)+len(l.Quiz)))
	}
	_, err = fmt.Fprintln(out, words.Get("cmd.lesson.good", l.ID, len(l.Tasks), len(l.Quiz)))
	return err
}

// onLab proves something on a new lab.
func onLab(ctx context.Context, prove func(context.Context, lessons.Lab) error) error {
	lab, err := server.Start(ctx, server.Config{NoFsync: true})
	if err != nil {
		return err
	}
	return errors.Join(prove(ctx, lab), lab.Close())
}

// showLesson shows a lesson of one's own in the place of the course.
func showLesson(ctx context.Context, env environment, how manner, l lessons.Lesson) error {
	lab, err := server.Start(ctx, server.Config{FixedPorts: true})
	if err != nil {
		return err
	}
	done, notice := openProgress(env)
	err = tui.Run(ctx, how.apply(tui.Options{
		Lab: shown.Lab{Lab: lab}, Lang: env.lang(),
		Lessons: []lessons.Lesson{l}, Progress: done, Notice: notice,
	}, env))
	return errors.Join(err, lab.Close())
}
