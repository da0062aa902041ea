package server_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surel/server"
)

func TestFill(t *testing.T) {
	t.Parallel()
	lab, err := server.Start(t.Context(), server.Config{NoFsync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lab.Close() })
	one, two := []byte("Subject: 1\r\n\r\n"), []byte("Subject: 2\r\n\r\n")
	for range 2 { // the second time it finds what the first has left
		err := lab.Fill(t.Context(), server.Teacher, map[string][][]byte{"INBOX": {one, two}, "Tugas": {two}})
		if err != nil {
			t.Fatal(err)
		}
		letters, err := lab.Letters(server.Teacher)
		if err != nil || len(letters) != 2 || !bytes.Equal(letters[0], one) || !bytes.Equal(letters[1], two) {
			t.Errorf("INBOX holds %q, %v", letters, err)
		}
		files, err := lab.Files(server.Teacher)
		if err != nil || len(files) != 3 || !strings.HasPrefix(files[0], "new/") || !strings.HasPrefix(files[2], ".Tugas/cur/") {
			t.Errorf("the Maildir holds %q, %v", files, err)
		}
	}
	if err := lab.Fill(t.Context(), server.Teacher, nil); err != nil {
		t.Fatal(err)
	}
	if files, err := lab.Files(server.Teacher); err != nil || len(files) > 0 {
		t.Errorf("emptied, the Maildir holds %q, %v", files, err)
	}
	if err := lab.Fill(t.Context(), "nobody@sekolah.test", nil); err == nil {
		t.Error("filled the mailbox of nobody")
	}
}

// TestFillKeeps loses nothing of somebody who keeps the lab's folder.
func TestFillKeeps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lab := startLab(t, server.Config{Dir: dir})
	greeted(t, lab, server.MX1+":25").send(server.Student, server.Teacher, hello)
	dear := letters(t, lab, server.Teacher)[0]
	lesson := []byte("Subject: 1\r\n\r\n")
	for range 3 {
		if err := lab.Fill(t.Context(), server.Teacher, map[string][][]byte{"INBOX": {lesson}}); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := filepath.Glob(filepath.Join(dir, "kept", "sekolah.test", "guru", "new", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %q, %v", kept, err)
	}
	if got, err := os.ReadFile(kept[0]); err != nil || string(got) != dear {
		t.Errorf("kept %q, %v", got, err)
	}
}
