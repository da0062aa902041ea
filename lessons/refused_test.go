package lessons_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"surel/lessons"
)

// A lesson's file may not be endless.
func TestLessonFileIsBounded(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{"lesson.txt": {Data: bytes.Repeat([]byte("#\n"), 1<<20)}}
	if _, err := lessons.ReadLesson(folder, "long"); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a lesson.txt of 2 MiB: %v", err)
	}
}

// What could never come true, or could not be answered, is refused when it is read, with
// what is wrong.
func TestWhatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	task, err := os.ReadFile("content/lessons/smtp/tasks/first-letter.task")
	if err != nil {
		t.Fatal(err)
	}
	for check, why := range map[string]string{
		`unsaid smpt "AUTH*"`:                  "smpt",
		`said smpt "EHLO*" answered "250*"`:    "smpt",
		"resolver lacks MXX sekolah.test":      "MXX",
		"mailbox guru@sekolah.test holds -1":   "-1",
		"mailbox guru@sekolah.test gains some": "write one of",
	} {
		text := strings.Replace(string(task), "check: mailbox guru@sekolah.test gains 1", "check: "+check, 1)
		if _, err := lessons.ParseTask("a.task", []byte(text)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", check, err)
		}
	}
	quiz, err := os.ReadFile("content/lessons/smtp/quiz.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"right: the option a": strings.Replace(string(quiz), "right: a, d", "right: a, a", 1),
		"stands there twice":  string(quiz) + "\n" + string(quiz),
	} {
		if _, err := lessons.ParseQuiz("quiz.txt", []byte(text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
