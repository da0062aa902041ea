package lessons_test

import (
	"errors"
	"net/smtp"
	"strings"
	"testing"

	"surel/lessons"
)

// otherWays are ways to do tasks that are as right as the intended ones.
var otherWays = map[string][]string{
	"smtp/first-letter": {
		"helo laptop.kampus.test", "mail from:<siswa@kampus.test>", "rcpt to:<guru@sekolah.test>", "data", "Halo.", ".",
	},
	"pop3/undo": {
		"user guru@sekolah.test", "pass rahasia2", "dele 1", "rset", "dele 3", "stat", "quit",
	},
	"imap/find-and-flag": {
		"x LOGIN guru@sekolah.test rahasia2", "y SELECT INBOX", "z UID SEARCH FROM sari", `w STORE 5 FLAGS.SILENT (\Flagged)`,
	},
	"imap/new-folder": {
		"x LOGIN guru@sekolah.test rahasia2", "y CREATE Lomba", "z SELECT INBOX", "a COPY 3 Lomba", `b STORE 3 +FLAGS (\Deleted)`,
		"c EXPUNGE", "d EXAMINE Lomba", "e FETCH 1 (FLAGS ENVELOPE)",
	},
	"imap/one-part": {
		"x LOGIN guru@sekolah.test rahasia2", "y EXAMINE INBOX", "z FETCH 2 (UID BODYSTRUCTURE)", "w FETCH 2 (UID BODY[1])",
	},
	"together/moved": {
		"x LOGIN guru@sekolah.test rahasia2", "y SELECT INBOX", "z COPY 3 Archive", `w STORE 3 +FLAGS.SILENT (\Deleted)`, "v EXPUNGE",
		"u SELECT Archive", "t FETCH 1 ALL",
	},
	"dns/first-mx": {"mx sekolah.test +tcp +dnssec", "a mx1.sekolah.test +tcp"},
}

// A task is done in any way that is right, not by the words of one.
func TestOtherWays(t *testing.T) {
	t.Parallel()
	for id, lines := range otherWays {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			a, err := findTask(t, id).Begin(t.Context(), lab)
			if err != nil {
				t.Fatal(err)
			}
			r := lessons.NewRunner(lab, a.Task.Way)
			defer r.Close()
			for i, line := range lines {
				if findings, err := a.Look(); err != nil || lessons.Done(findings) {
					t.Fatalf("before line %d it is done, or %v", i+1, err)
				}
				if err := r.Type(t.Context(), []byte(line+"\r\n")); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
			}
			findings, err := a.Look()
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings {
				if !f.Done {
					t.Errorf("%s is not true: %d letters, %q", f.Check.Aim.EN, f.Count, f.Got)
				}
			}
		})
	}
}

// A program from outside, which is no client of the scenario, does a task as well.
func TestOwnClient(t *testing.T) {
	t.Parallel()
	lab := startLab(t)
	a, err := findTask(t, "smtp/first-letter").Begin(t.Context(), lab)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range lab.Services() {
		if s.Host != "mx1.sekolah.test" || s.Addr.Port() != 25 {
			continue
		}
		if err := sendLetter(s.Real.String()); err != nil {
			t.Fatal(err)
		}
	}
	if findings, err := a.Look(); err != nil || !lessons.Done(findings) {
		t.Errorf("the task is not done: %+v, %v", findings, err)
	}
}

// sendLetter hands in a letter as a mail program does.
func sendLetter(server string) error {
	c, err := smtp.Dial(server)
	if err != nil {
		return err
	}
	err = errors.Join(c.Mail("siswa@kampus.test"), c.Rcpt("guru@sekolah.test"))
	w, dataErr := c.Data()
	if err := errors.Join(err, dataErr); err != nil {
		return err
	}
	_, err = w.Write([]byte("Subject: Halo\r\n\r\nHalo.\r\n"))
	return errors.Join(err, w.Close(), c.Quit())
}

func findTask(t *testing.T, id string) lessons.Task {
	t.Helper()
	lesson, _, _ := strings.Cut(id, "/")
	l, _ := lessons.FindLesson(lesson)
	for _, task := range l.Tasks {
		if task.ID == id {
			return task
		}
	}
	t.Fatalf("there is no task %s", id)
	return lessons.Task{}
}
