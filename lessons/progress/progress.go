// Package progress keeps what a student has done, in one file that survives a crash
// at any moment and two programs at once. Start with Open.
package progress

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// version is that of the file's format.
const version = 1

// maxFile is how large a file of progress may be, in bytes.
const maxFile = 4 << 20

// Record is what a student has done, by IDs that do not depend on the language.
type Record struct {
	Version int `json:"version"`
	// Lesson is the ID of the lesson that was open last.
	Lesson string `json:"lesson,omitempty"`
	// Tasks are those that are done, by ID.
	Tasks map[string]Task `json:"tasks,omitempty"`
	// Answers are those to the questions of the quizzes, by ID.
	Answers map[string]Answer `json:"answers,omitempty"`
}

// Task says how a task was done.
type Task struct {
	// Done is when it was done first.
	Done time.Time `json:"done"`
	// Shown tells that the intended way was shown before.
	Shown bool `json:"shown,omitempty"`
}

// Answer says how a question was answered.
type Answer struct {
	// Tries counts the answers up to the right one.
	Tries int `json:"tries"`
	// Right is when it was answered rightly first; zero where it never was.
	Right time.Time `json:"right,omitzero"`
}

// Store keeps a record in a file. It is safe for concurrent use.
type Store struct {
	file string

	mu     sync.Mutex
	record Record
}

// Open reads the record of a file; there need be none. A file that cannot be read
// as one is set aside: aside is then its new name, and the record is empty. An error
// means that nothing can be kept there.
func Open(file string) (s *Store, aside string, err error) {
	s = &Store{file: file}
	if s.record, aside, err = readOrSetAside(file); err != nil {
		return nil, "", err
	}
	return s, aside, nil
}

// readOrSetAside reads a file. One that holds no record is set aside: aside is then its
// new name, and the record is empty.
func readOrSetAside(file string) (r Record, aside string, err error) {
	r, err = read(file)
	var damaged *damagedError
	if errors.As(err, &damaged) {
		aside = fmt.Sprintf("%s.damaged-%s", file, time.Now().UTC().Format("20060102T150405.000000000"))
		if err := os.Rename(file, aside); err != nil {
			return Record{}, "", fmt.Errorf("set the damaged progress aside: %w", err)
		}
		return empty(), aside, nil
	}
	if err != nil {
		return Record{}, "", fmt.Errorf("read the progress: %w", err)
	}
	return r, "", nil
}

// InMemory makes a store that keeps nothing, for where nothing can be kept.
func InMemory() *Store { return &Store{record: empty()} }

// Record gives a copy of the record.
func (s *Store) Record() Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record.clone()
}

// Update changes the record and returns once the change is on the disk, together
// with what another program has written meanwhile. Where it cannot be written, the
// record stays as it was.
func (s *Store) Update(change func(*Record)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == "" {
		change(&s.record)
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.file), 0o700); err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	unlock, err := lockedfile.MutexAt(s.file + ".lock").Lock()
	if err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	defer unlock()
	other, _, err := readOrSetAside(s.file)
	if err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	next := s.record.clone()
	next.merge(other)
	change(&next)
	if err := write(s.file, next); err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	s.record = next
	return nil
}

func empty() Record {
	return Record{Version: version, Tasks: map[string]Task{}, Answers: map[string]Answer{}}
}

func (r Record) clone() Record {
	r.Tasks, r.Answers = maps.Clone(r.Tasks), maps.Clone(r.Answers)
	return r
}

// Do notes that a task was done. Where it was before, the earlier time counts, and who
// has done it once without being shown its way has done so for good.
func (r *Record) Do(id string, t Task) {
	if before, ok := r.Tasks[id]; ok {
		t.Shown = t.Shown && before.Shown
		if before.Done.Before(t.Done) {
			t.Done = before.Done
		}
	}
	r.Tasks[id] = t
}

// merge takes in what the other record has: of each task and each answer the one
// that is further.
func (r *Record) merge(other Record) {
	for id, t := range other.Tasks {
		r.Do(id, t)
	}
	for id, a := range other.Answers {
		mine := r.Answers[id]
		if mine.Right.IsZero() && (!a.Right.IsZero() || a.Tries > mine.Tries) {
			r.Answers[id] = a
		}
	}
	if r.Lesson == "" {
		r.Lesson = other.Lesson
	}
}

// damagedError says that a file holds no record.
type damagedError struct{ why error }

func (e *damagedError) Error() string { return e.why.Error() }

// read reads a file; an empty record where there is none.
func read(file string) (Record, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return empty(), nil
	case err != nil:
		return Record{}, err
	case info.Size() > maxFile:
		return Record{}, &damagedError{fmt.Errorf("%s has %d bytes, which no progress has", file, info.Size())}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return Record{}, err
	}
	r := empty()
	if err := json.Unmarshal(text, &r); err != nil {
		return Record{}, &damagedError{err}
	}
	if r.Version != version {
		return Record{}, fmt.Errorf("%s has version %d; this program reads version %d", file, r.Version, version)
	}
	if r.Tasks == nil {
		r.Tasks = map[string]Task{}
	}
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	return r, nil
}

// write replaces the file at once: at any moment it holds the old record or the new
// one, whole.
func write(file string, r Record) (err error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(append(text, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

// syncDir has the new name of a file on the disk, where folders can be synced.
func syncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(name)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if closing := dir.Close(); err == nil {
		err = closing
	}
	return err
}
