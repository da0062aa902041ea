package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"surel/server/mailbox"
)

// Fill makes the mailbox of an address hold these letters, by folder and in
// this order, and nothing else. The letters of INBOX are new, as if they had
// just been delivered. Every other folder is removed and made anew, so that its
// UIDs begin with 1. Where a POP3 session has the mailbox, Fill waits a while
// for its end. In a lab whose folder is kept, letters that Fill did not put
// there go to the Maildir kept/DOMAIN/NAME of that folder.
func (l *Lab) Fill(ctx context.Context, address string, folders map[string][][]byte) error {
	box, err := l.store.Mailbox(address)
	if err != nil {
		return err
	}
	release, err := claim(ctx, box)
	if err != nil {
		return fmt.Errorf("fill the mailbox of %s: %w", address, err)
	}
	defer release()
	if err := l.filled.keep(box, l.kept, folders); err != nil {
		return fmt.Errorf("keep what is in the mailbox of %s: %w", address, err)
	}
	if err := empty(box); err != nil {
		return fmt.Errorf("empty the mailbox of %s: %w", address, err)
	}
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		if err := put(box, name, folders[name]); err != nil {
			return fmt.Errorf("fill the mailbox of %s: %w", address, err)
		}
	}
	return nil
}

// Claiming a mailbox: how often to try, and how long.
const (
	claimAgain    = 10 * time.Millisecond
	claimPatience = 3 * time.Second
)

// claim takes POP3's lock. A session whose client has just gone may still hold
// it.
func claim(ctx context.Context, box *mailbox.Mailbox) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, claimPatience)
	defer cancel()
	again := time.NewTicker(claimAgain)
	defer again.Stop()
	for {
		release, err = box.Claim()
		if !errors.Is(err, mailbox.ErrInUse) {
			return release, err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("%w; end the POP3 session that has it", err)
		}
	}
}

// empty removes all letters, and the folders that not every mailbox has.
func empty(box *mailbox.Mailbox) error {
	folders, err := box.Folders()
	if err != nil {
		return err
	}
	for _, info := range folders {
		err := box.Delete(info.Name)
		if errors.Is(err, mailbox.ErrSpecial) {
			err = emptyFolder(box, info.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func emptyFolder(box *mailbox.Mailbox, name string) error {
	folder, err := box.Folder(name)
	if err != nil {
		return err
	}
	now, err := folder.Snapshot()
	if err != nil {
		return err
	}
	uids := make([]uint32, len(now.Letters))
	for i, letter := range now.Letters {
		uids[i] = letter.UID
	}
	return folder.Expunge(uids)
}

// put puts letters into a folder, which it makes if need be.
func put(box *mailbox.Mailbox, name string, letters [][]byte) error {
	if name == mailbox.Inbox {
		for _, letter := range letters {
			if err := box.Deliver(letter); err != nil {
				return err
			}
		}
		return nil
	}
	if err := box.Create(name, ""); err != nil && !errors.Is(err, mailbox.ErrFolderExists) {
		return err
	}
	folder, err := box.Folder(name)
	if err != nil {
		return err
	}
	for _, letter := range letters {
		if _, err := folder.Append(letter, 0, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}
