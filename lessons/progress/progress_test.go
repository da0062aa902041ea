package progress_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"surel/lessons/progress"
)

// crashVar tells the test's own program to write progress until it is killed.
const crashVar = "SUREL_TEST_WRITE_PROGRESS"

// fullVar tells it to do so on a disk that soon has no room.
const fullVar = "SUREL_TEST_FILL_DISK"

func TestMain(m *testing.M) {
	if file := os.Getenv(crashVar); file != "" {
		writeForever(file)
	}
	if file := os.Getenv(fullVar); file != "" {
		fillDisk()
		writeForever(file)
	}
	os.Exit(m.Run())
}

// writeForever does one task after another, and says each once it is kept.
func writeForever(file string) {
	s, _, err := progress.Open(file)
	for n := 0; err == nil; n++ {
		id := fmt.Sprintf("a/%d", n)
		if err = s.Update(func(r *progress.Record) { r.Tasks[id] = progress.Task{Done: time.Now()} }); err == nil {
			fmt.Println(id)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func open(t *testing.T, file string) *progress.Store {
	t.Helper()
	s, aside, err := progress.Open(file)
	if err != nil || aside != "" {
		t.Fatalf("open: set aside %q, %v", aside, err)
	}
	return s
}

func do(t *testing.T, s *progress.Store, id string) {
	t.Helper()
	if err := s.Update(func(r *progress.Record) { r.Tasks[id] = progress.Task{Done: time.Now().UTC()} }); err != nil {
		t.Fatal(err)
	}
}

func TestProgressIsKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new", "progress.json")
	s := open(t, file)
	do(t, s, "smtp/one")
	if err := s.Update(func(r *progress.Record) {
		r.Answers["smtp/q"] = progress.Answer{Tries: 2, Right: time.Now().UTC()}
		r.Lesson = "smtp"
	}); err != nil {
		t.Fatal(err)
	}
	r := open(t, file).Record()
	if len(r.Tasks) != 1 || r.Answers["smtp/q"].Tries != 2 || r.Lesson != "smtp" {
		t.Errorf("the file holds %+v", r)
	}
}

// Two programs on one file: what each has done stays.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	const each = 20
	var both sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		s := open(t, file)
		both.Go(func() {
			for n := range each {
				id := fmt.Sprintf("%s/%d", name, n)
				if err := s.Update(func(r *progress.Record) { r.Tasks[id] = progress.Task{Done: time.Now()} }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if n := len(open(t, file).Record().Tasks); n != 2*each {
		t.Errorf("the file holds %d tasks; want %d", n, 2*each)
	}
}

// What is done without being shown stays so, whichever program writes last.
func TestDoneByOneselfStays(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	first := open(t, file)
	at := time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC)
	shown := func(s *progress.Store, shown bool) {
		if err := s.Update(func(r *progress.Record) { r.Tasks["smtp/a"] = progress.Task{Done: at, Shown: shown} }); err != nil {
			t.Fatal(err)
		}
	}
	shown(first, true)
	second := open(t, file)
	shown(first, false)
	do(t, second, "smtp/b") // holds the older record
	if got := open(t, file).Record().Tasks["smtp/a"]; got.Shown || !got.Done.Equal(at) {
		t.Errorf("the task is kept as %+v", got)
	}
}

// A program that is killed while it writes has lost nothing that it said was kept.
func TestKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	for round := range 5 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), crashVar+"="+file)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines, last := bufio.NewScanner(out), ""
		for n := 0; n < 5+7*round && lines.Scan(); n++ {
			last = lines.Text()
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			last = lines.Text()
		}
		_ = cmd.Wait() // it was killed
		if r := open(t, file).Record(); r.Tasks[last].Done.IsZero() {
			t.Fatalf("round %d: %q was kept, and the file does not hold it", round, last)
		}
	}
}

// What is no progress is set aside, whole.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", "[]", `{"version":1,"tasks":3}`, "\x00\xff"} {
		file := filepath.Join(t.TempDir(), "progress.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, aside, err := progress.Open(file)
		if err != nil || aside == "" {
			t.Fatalf("%q: set aside %q, %v", text, aside, err)
		}
		if kept, err := os.ReadFile(aside); err != nil || string(kept) != text {
			t.Errorf("%q was set aside as %q, %v", text, kept, err)
		}
		do(t, s, "smtp/one")
	}
}

// A file of a newer program is left as it is.
func TestNewerVersion(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	const text = `{"version":99}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := progress.Open(file); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("a newer file gives %v", err)
	}
	if kept, _ := os.ReadFile(file); string(kept) != text {
		t.Errorf("the newer file now holds %q", kept)
	}
}

// Where nothing can be written, the error says so and nothing counts as done.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("folders have no write bit there")
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _, err := progress.Open(filepath.Join(blocked, "progress.json"))
	if err == nil {
		err = s.Update(func(r *progress.Record) { r.Tasks["a/b"] = progress.Task{Done: time.Now()} })
		if len(s.Record().Tasks) != 0 {
			t.Error("a task counts as done that was not kept")
		}
	}
	if err == nil {
		t.Error("a file below a file was written")
	}
}

// A lock that a crash has left does not keep others out.
func TestStaleLock(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	if err := os.WriteFile(file+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, open(t, file), "smtp/one")
}

// A file that another program has damaged or made newer meanwhile is not written over.
func TestDamagedMeanwhile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	s := open(t, file)
	do(t, s, "smtp/one")
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, s, "smtp/two")
	if aside, err := filepath.Glob(file + ".damaged-*"); err != nil || len(aside) != 1 {
		t.Errorf("set aside are %q, %v", aside, err)
	}
	if r := open(t, file).Record(); len(r.Tasks) != 2 {
		t.Errorf("the file holds %+v", r)
	}
	if err := os.WriteFile(file, []byte(`{"version":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	err := s.Update(func(r *progress.Record) { r.Lesson = "smtp" })
	if err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("over a newer file: %v", err)
	}
}

func TestInMemory(t *testing.T) {
	t.Parallel()
	s := progress.InMemory()
	do(t, s, "smtp/one")
	if r := s.Record(); len(r.Tasks) != 1 {
		t.Errorf("it holds %+v", r)
	}
}

func FuzzOpen(f *testing.F) {
	good, err := json.Marshal(progress.Record{Version: 1, Lesson: "smtp"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":1,"tasks":{"a/b":{"done":"2026-01-01T00:00:00Z"}},"answers":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := filepath.Join(t.TempDir(), "progress.json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, aside, err := progress.Open(file)
		if err != nil {
			return
		}
		if aside != "" {
			file = aside
		}
		if kept, err := os.ReadFile(file); err != nil || string(kept) != string(text) {
			t.Fatalf("opening changes the file: %v", err)
		}
		do(t, s, "a/c")
	})
}
