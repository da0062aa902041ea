package lessons

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
)

// Mailbox is a folder and what it holds when a run begins.
type Mailbox struct {
	Address string
	// Folder is its name in IMAP, such as "INBOX".
	Folder string
	// Letters names them, oldest first; content/letters holds them.
	Letters []string
}

// inbox is the folder to which letters are delivered (RFC 9051 §5.1).
const inbox = "INBOX"

// String gives the line as it stands in a scenario.
func (m *Mailbox) String() string {
	head := "mailbox " + m.Address
	if m.Folder != inbox {
		head += " " + m.Folder
	}
	return strings.TrimRight(head+": "+strings.Join(m.Letters, " "), " ")
}

// letter gives a letter by its name, with the ends of line that mail has.
func letter(name string) ([]byte, error) {
	text, err := content.ReadFile(path.Join("content/letters", name+".eml"))
	if err != nil {
		return nil, fmt.Errorf("no letter is called %q; write the name of a file in content/letters, without .eml", name)
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")), nil
}

// fill puts the letters into the mailboxes with which the scenario begins.
func (s *Scenario) fill(ctx context.Context, lab Lab) error {
	boxes := map[string]map[string][][]byte{}
	for i := range s.Mailboxes {
		m := &s.Mailboxes[i]
		if boxes[m.Address] == nil {
			boxes[m.Address] = map[string][][]byte{}
		}
		letters := [][]byte{}
		for _, name := range m.Letters {
			text, err := letter(name)
			if err != nil {
				return err
			}
			letters = append(letters, text)
		}
		boxes[m.Address][m.Folder] = letters
	}
	for address, folders := range boxes {
		if err := lab.Fill(ctx, address, folders); err != nil {
			return fmt.Errorf("prepare %s: %w", s.name(), err)
		}
	}
	return nil
}
