//go:build unix

package progress_test

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// room is how many bytes a file may have on the disk that is full, which is simulated
// by a limit of the operating system.
const room = 2000

// fillDisk lets no file of this program grow beyond its room.
func fillDisk() {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: room}); err != nil {
		panic(err)
	}
}

// On a full disk the error is told, and what was kept before is still there.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), fullVar+"="+file)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err == nil || !strings.Contains(said.String(), "keep the progress") {
		t.Fatalf("it ended with %v and said %q", err, said.String())
	}
	record, n := open(t, file).Record(), 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); n++ {
		if record.Tasks[lines.Text()].Done.IsZero() {
			t.Errorf("%s was kept, and the file does not hold it", lines.Text())
		}
	}
	if n == 0 || n != len(record.Tasks) {
		t.Errorf("%d tasks were kept, and the file holds %d", n, len(record.Tasks))
	}
	if left, err := filepath.Glob(file + ".new-*"); err != nil || len(left) > 0 {
		t.Errorf("left behind are %q, %v", left, err)
	}
}
