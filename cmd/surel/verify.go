package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"surel/lessons/progress"
	"surel/protocols/visible"
	"surel/tui/text"
)

// maxSummary is how large a file that a student hands in may be, in bytes.
const maxSummary = 1 << 20

func newVerify(env environment, words *text.Labels) *cobra.Command {
	var key string
	var asCSV bool
	cmd := &cobra.Command{
		Use:   "verify FILES…",
		Short: words.Get("cmd.progress.verify"),
		Args:  arguments(words, 1, -1),
		RunE: func(_ *cobra.Command, args []string) error {
			key, err := classKey(env, words, key)
			if err != nil {
				return err
			}
			rows, bad := verified(args, key, words)
			if err := writeVerified(env.stdout, words, rows, asCSV); err != nil {
				return unexpected(err)
			}
			if bad > 0 {
				return unexpected(errors.New(words.Get("cmd.progress.bad", bad, len(args))))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&key, "key", "", words.Get("cmd.flag.key"))
	cmd.Flags().BoolVar(&asCSV, "csv", false, words.Get("cmd.flag.csv"))
	return cmd
}

// verdict is what was found of one file.
type verdict struct {
	file, student   string
	read, genuine   bool
	problem         string
	done, shown     int
	tasks           int
	right, question int
}

// verified reads the files and counts those that are not genuine.
func verified(files []string, key string, words *text.Labels) (rows []verdict, bad int) {
	for _, file := range files {
		v := verdict{file: file}
		if s, err := readSigned(file); err != nil {
			v.problem = noSummary(err, words)
		} else if s.Proof == "" {
			v.problem = words.Get("cmd.progress.damaged")
		} else {
			v.student, v.genuine, v.read = s.Summary.Student, s.Genuine(key), true
			if !v.genuine {
				v.problem = words.Get("cmd.progress.changed")
			}
			for _, c := range s.Summary.Lessons {
				v.done, v.shown, v.tasks = v.done+c.Done, v.shown+c.Shown, v.tasks+c.Tasks
				v.right, v.question = v.right+c.Right, v.question+c.Questions
			}
		}
		if !v.genuine {
			bad++
		}
		rows = append(rows, v)
	}
	return rows, bad
}

// noSummary says why a file is no summary.
func noSummary(err error, words *text.Labels) string {
	if about := (*fs.PathError)(nil); errors.As(err, &about) {
		return said(err, words)
	}
	return words.Get("cmd.progress.damaged")
}

func readSigned(file string) (progress.Signed, error) {
	f, err := os.Open(file)
	if err != nil {
		return progress.Signed{}, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSummary))
	if err != nil {
		return progress.Signed{}, err
	}
	return progress.ParseSigned(text)
}

func writeVerified(out io.Writer, words *text.Labels, rows []verdict, asCSV bool) error {
	if asCSV {
		w := csv.NewWriter(out)
		all := [][]string{{"file", "student", "genuine", "tasks_done", "tasks_shown", "tasks", "answers_right", "questions", "problem"}}
		for _, v := range rows {
			all = append(all, []string{
				cell(v.file), cell(v.student), strconv.FormatBool(v.genuine), strconv.Itoa(v.done), strconv.Itoa(v.shown), strconv.Itoa(v.tasks),
				strconv.Itoa(v.right), strconv.Itoa(v.question), v.problem,
			})
		}
		return w.WriteAll(all)
	}
	for _, v := range rows {
		line := words.Get("cmd.progress.unread", visible.String(v.file), visible.String(v.problem))
		switch {
		case v.genuine:
			line = words.Get("cmd.progress.genuine", visible.String(v.file), visible.String(v.student), v.done, v.tasks, v.shown, v.right, v.question)
		case v.read:
			line = words.Get("cmd.progress.not-genuine", visible.String(v.file), visible.String(v.student), visible.String(v.problem))
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

// cell keeps a spreadsheet from taking what a student wrote for a formula.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
