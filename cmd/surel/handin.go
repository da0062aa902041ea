package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"surel/lessons"
	"surel/lessons/progress"
	"surel/protocols/visible"
	"surel/tui/text"
)

func newProgress(env environment, words *text.Labels) *cobra.Command {
	var asJSON bool
	var own []string
	cmd := &cobra.Command{
		Use:   "progress",
		Short: words.Get("cmd.progress.short"),
		Args:  arguments(words, 0, 0),
		RunE: func(*cobra.Command, []string) error {
			counted, err := summarise(env, words, own)
			if err != nil {
				return unexpected(err)
			}
			if asJSON {
				return unexpected(writeJSON(env.stdout, counted, "  "))
			}
			return unexpected(progressTable(env.stdout, words, counted))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, words.Get("cmd.flag.json"))
	cmd.Flags().StringArrayVar(&own, "lesson", nil, words.Get("cmd.flag.lesson"))
	cmd.AddCommand(newReset(env, words), newExport(env, words), newVerify(env, words))
	return cmd
}

// summarise counts what is done of the course, and of the lessons in the folders.
func summarise(env environment, words *text.Labels, folders []string) ([]progress.Lesson, error) {
	s, err := readProgress(env, words)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(lessons.Lessons())
	for _, dir := range folders {
		l, err := readLesson(dir, words)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return s.Record().Summarise(all), nil
}

// readProgress opens the progress; a damaged one is an error here, and stays where it
// was put.
func readProgress(env environment, words *text.Labels) (*progress.Store, error) {
	s, aside, err := progress.Open(progressFile(env.getenv))
	if err == nil && aside != "" {
		err = errors.New(words.Get("progress.aside", aside))
	}
	return s, err
}

func progressTable(out io.Writer, words *text.Labels, counted []progress.Lesson) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range counted {
		if _, err := fmt.Fprintln(w, words.Get("cmd.progress.line", visible.String(c.ID), c.Done, c.Tasks, c.Right, c.Questions)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// newReset puts the progress aside, so that even a reset by mistake loses nothing.
func newReset(env environment, words *text.Labels) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: words.Get("cmd.progress.reset"),
		Args:  arguments(words, 0, 0),
		RunE: func(*cobra.Command, []string) error {
			file := progressFile(env.getenv)
			aside := file + ".reset-" + time.Now().UTC().Format("20060102T150405.000000000")
			err := os.Rename(file, aside)
			if errors.Is(err, os.ErrNotExist) {
				_, err = fmt.Fprintln(env.stdout, words.Get("cmd.progress.none"))
				return unexpected(err)
			}
			if err != nil {
				return unexpected(fmt.Errorf("reset the progress: %w", err))
			}
			_, err = fmt.Fprintln(env.stdout, words.Get("cmd.progress.was", aside))
			return unexpected(err)
		},
	}
}

// keyVar names the class key, for who does not want it among the arguments.
const keyVar = "SUREL_CLASS_KEY"

// classKey gives the key of the flag, or else of the environment.
func classKey(env environment, words *text.Labels, flag string) (string, error) {
	if flag == "" {
		flag = env.getenv(keyVar)
	}
	if flag == "" {
		return "", errors.New(words.Get("cmd.progress.no-key"))
	}
	return flag, nil
}

func newExport(env environment, words *text.Labels) *cobra.Command {
	var key, name, format, output string
	var own []string
	cmd := &cobra.Command{
		Use:   "export",
		Short: words.Get("cmd.progress.export"),
		Args:  arguments(words, 0, 0),
		RunE: func(*cobra.Command, []string) error {
			key, err := classKey(env, words, key)
			if err != nil {
				return err
			}
			if name == "" || format != "markdown" && format != "json" {
				return errors.New(words.Get("cmd.progress.usage"))
			}
			counted, err := summarise(env, words, own)
			if err != nil {
				return unexpected(err)
			}
			s := progress.Summary{Student: name, Made: time.Now().UTC().Truncate(time.Second), Lessons: counted}
			return unexpected(writeReport(env.stdout, output, func(w io.Writer) error {
				if format == "markdown" {
					return markdownSummary(w, words, s, key)
				}
				signed, err := progress.Sign(s, key)
				if err != nil {
					return err
				}
				return writeJSON(w, signed, "  ")
			}))
		},
	}
	cmd.Flags().StringArrayVar(&own, "lesson", nil, words.Get("cmd.flag.lesson"))
	cmd.Flags().StringVar(&key, "key", "", words.Get("cmd.flag.key"))
	cmd.Flags().StringVar(&name, "name", "", words.Get("cmd.flag.name"))
	cmd.Flags().StringVar(&format, "format", "markdown", words.Get("cmd.flag.summary"))
	cmd.Flags().StringVarP(&output, "output", "o", "", words.Get("cmd.flag.output"))
	return cmd
}

// markdownSummary writes a summary to read, and below it the same with its proof, which
// holds for both.
func markdownSummary(w io.Writer, words *text.Labels, s progress.Summary, key string) error {
	lines := []string{"# " + words.Get("cmd.progress.heading", visible.String(s.Student)), ""}
	for _, c := range s.Lessons {
		lines = append(lines, "- "+words.Get("cmd.progress.item", c.ID, c.Done, c.Tasks, c.Shown, c.Right, c.Questions))
	}
	above := strings.Join(append(lines, "", words.Get("cmd.progress.proof"), "\n"), "\n")
	signed, err := progress.Sign(s.Under(above), key)
	if err != nil {
		return err
	}
	fenced, err := signed.Fenced()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, above+fenced)
	return err
}
