package lessons_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"surel/lessons"
)

// fenced is an example in a guide, with what it is one of.
var fenced = regexp.MustCompile("(?s)```(task|quiz)\n(.*?)```")

// The guides for teachers have examples that work, and name all letters and checks.
func TestGuides(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mine")
	if err := lessons.NewFolder(dir); err != nil {
		t.Fatal(err)
	}
	letters, err := filepath.Glob("content/letters/*.eml")
	if err != nil || len(letters) == 0 {
		t.Fatal(letters, err)
	}
	for _, name := range []string{"PANDUAN.md", "GUIDE.md"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			examples := fenced.FindAllStringSubmatch(string(text), -1)
			if len(examples) != 2 {
				t.Fatalf("%d examples, want 2", len(examples))
			}
			task, err := lessons.ParseTask(name, []byte(examples[0][2]))
			if err != nil {
				t.Fatal(err)
			}
			if err := task.Prove(t.Context(), startLab(t)); err != nil {
				t.Error(err)
			}
			quiz, err := lessons.ParseQuiz(name, []byte(examples[1][2]))
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range quiz {
				if err := q.Prove(t.Context(), startLab(t)); err != nil {
					t.Error(err)
				}
			}
			for _, file := range letters {
				if letter := strings.TrimSuffix(filepath.Base(file), ".eml"); !strings.Contains(string(text), letter) {
					t.Errorf("the letter %s is not named", letter)
				}
			}
		})
	}
}

// Some editors begin a file of UTF-8 with a byte order mark.
func TestAFolderMayHaveByteOrderMarks(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mine")
	if err := lessons.NewFolder(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"lesson.txt", "quiz.txt", "intro.id.md", "intro.en.md", "tasks/first-letter.task"} {
		file := filepath.Join(dir, name)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append([]byte("\ufeff"), text...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := lessons.ReadLesson(os.DirFS(dir), "mine")
	if err != nil {
		t.Fatal(err)
	}
	if first := l.Intro[0].ID; strings.HasPrefix(first, "\ufeff") {
		t.Errorf("the introduction begins with the mark: %q", first)
	}
}
