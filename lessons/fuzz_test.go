package lessons_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"surel/lessons"
)

// template reads the files of the lesson with which teachers begin.
func template(f *testing.F) map[string]string {
	f.Helper()
	files, err := readAll(os.DirFS("content/template"))
	if err != nil {
		f.Fatal(err)
	}
	return files
}

func readAll(folder fs.FS) (map[string]string, error) {
	files := map[string]string{}
	err := fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, path)
		files[path] = string(text)
		return err
	})
	return files, err
}

// FuzzParseTask and FuzzParseQuiz read what teachers write; what is read can be used.
func FuzzParseTask(f *testing.F) {
	f.Add(template(f)["tasks/first-letter.task"])
	f.Add("check: no flag a \\Seen \"x\"\naim id: a\nwrong:\n")
	f.Fuzz(func(t *testing.T, text string) {
		task, err := lessons.ParseTask("f.task", []byte(text))
		if err == nil && (len(task.Checks) == 0 || len(task.Way.Actions) == 0 || task.Hints[2].EN == "") {
			t.Errorf("read as %+v", task)
		}
	})
}

func FuzzParseQuiz(f *testing.F) {
	f.Add(template(f)["quiz.txt"])
	f.Fuzz(func(t *testing.T, text string) {
		quiz, err := lessons.ParseQuiz("quiz.txt", []byte(text))
		if err != nil {
			return
		}
		for _, q := range quiz {
			if q.Kind == 0 || q.Kind != lessons.FindByte && (len(q.Options) < 2 || len(q.Right) == 0) {
				t.Errorf("read as %+v", q)
			}
		}
	})
}

// FuzzReadLesson reads the folder of a lesson.
func FuzzReadLesson(f *testing.F) {
	files := template(f)
	f.Add(files["lesson.txt"], files["intro.id.md"])
	f.Fuzz(func(t *testing.T, lesson, intro string) {
		folder := fstest.MapFS{}
		for name, text := range files {
			folder[name] = &fstest.MapFile{Data: []byte(text)}
		}
		folder["lesson.txt"] = &fstest.MapFile{Data: []byte(lesson)}
		folder["intro.id.md"] = &fstest.MapFile{Data: []byte(intro)}
		if l, err := lessons.ReadLesson(folder, "mine"); err == nil && (len(l.Intro) == 0 || l.Title.ID == "") {
			t.Errorf("read as %+v", l)
		}
	})
}
