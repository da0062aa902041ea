//go:build clients

package clients

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"surel/protocols"
	"surel/protocols/wire"
	"surel/server"
)

// The accounts of the lab that the clients use.
const (
	sender   = "siswa@kampus.test"
	password = "rahasia"
	reader   = "guru@sekolah.test"
)

// startLab starts a lab of the test's own.
func startLab(t testing.TB) *server.Lab {
	t.Helper()
	lab, err := server.Start(t.Context(), server.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lab.Close(); err != nil {
			t.Error(err)
		}
	})
	return lab
}

// service finds a server of the lab by its logical host and service name.
func service(t *testing.T, lab *server.Lab, host, name string) wire.Service {
	t.Helper()
	for _, s := range lab.Services() {
		if s.Host == host && s.Name == name {
			return s
		}
	}
	t.Fatalf("the lab has no %s on %s", name, host)
	return wire.Service{}
}

// command runs a program with the letter, if any, on its standard input.
func command(t testing.TB, stdin []byte, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// await waits until a mailbox holds n letters: a relayed letter arrives after
// its sender is done.
func await(t *testing.T, lab *server.Lab, address string, n int) [][]byte {
	t.Helper()
	grown := lab.Log().Follow()
	defer grown.Stop()
	for {
		letters, err := lab.Letters(address)
		if err != nil {
			t.Fatal(err)
		}
		if len(letters) >= n {
			return letters
		}
		select {
		case <-grown.C:
		case <-t.Context().Done():
			t.Fatalf("%s holds %d letters, want %d", address, len(letters), n)
		}
	}
}

// holds checks that the mailbox's only letter ends with the bytes that the
// client was given; before them stand the lines that servers on the way add.
func holds(t *testing.T, lab *server.Lab, address string, letter []byte) {
	t.Helper()
	letters := await(t, lab, address, 1)
	if len(letters) != 1 {
		t.Fatalf("%s holds %d letters, want 1", address, len(letters))
	}
	if !bytes.HasSuffix(letters[0], letter) {
		t.Errorf("the letter in %s is not what was sent:\n got %q\nwant %q", address, letters[0], letter)
	}
}

// decodes checks that the log holds conversations and that each of them
// decodes without one malformed message.
func decodes(t *testing.T, lab *server.Lab) {
	t.Helper()
	r := protocols.NewReader(lab.Log(), nil)
	if r.Read() == 0 {
		t.Error("the log holds no message")
	}
	for _, e := range r.Entries() {
		if m := r.Message(e); m.Malformed {
			t.Errorf("connection %d, message %d is malformed: %q", e.Conn, e.Index, m.Raw)
		}
	}
}
