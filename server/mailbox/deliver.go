package mailbox

import (
	"fmt"
	"os"
	"path/filepath"
)

// Delivery is a letter that lies whole on the disk and that no reader sees
// yet. Commit or Abort ends it.
type Delivery struct {
	box  *Mailbox
	name string
	size int64
}

// Deliver puts a letter into the mailbox.
func (m *Mailbox) Deliver(letter []byte) error {
	d, err := m.Stage(letter)
	if err != nil {
		return err
	}
	return d.Commit()
}

// Stage writes a letter to tmp, so that a letter to several mailboxes can be
// promised to all of them or to none. It fails with ErrFull where the quota
// does not allow the letter.
func (m *Mailbox) Stage(letter []byte) (*Delivery, error) {
	size := int64(len(letter))
	if err := m.fits(m.used.Add(size)); err != nil {
		m.used.Add(-size)
		return nil, err
	}
	d := &Delivery{box: m, name: uniqueName(), size: size}
	if err := d.write(letter); err != nil {
		d.Abort()
		return nil, fmt.Errorf("write letter for %s: %w", m.account.Address, err)
	}
	return d, nil
}

func (d *Delivery) write(letter []byte) error {
	f, err := createIn(d.box.tmp, d.name)
	if err != nil {
		return err
	}
	_, err = f.Write(letter)
	if err == nil && !d.box.opt.NoFsync {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// Commit shows the letter to readers.
func (d *Delivery) Commit() error {
	if err := move(d.box.tmp, d.box.fresh, d.name); err != nil {
		d.Abort()
		return fmt.Errorf("deliver letter for %s: %w", d.box.account.Address, err)
	}
	if d.box.opt.NoFsync {
		return nil
	}
	// The name must be as lasting as the bytes.
	if err := syncDir(d.box.fresh); err != nil {
		return fmt.Errorf("deliver letter for %s: %w", d.box.account.Address, err)
	}
	return nil
}

// Abort takes the letter back.
func (d *Delivery) Abort() {
	_ = os.Remove(filepath.Join(d.box.tmp.Name(), d.name))
	d.box.used.Add(-d.size)
}

// SyncDir forces the names of a folder to the disk.
func SyncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = syncDir(dir)
	if cerr := dir.Close(); err == nil {
		err = cerr
	}
	return err
}
