package mailbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Delivery is a letter that lies whole on the disk and that no reader sees
// yet. Commit or Abort ends it.
type Delivery struct {
	folder   *Folder
	name     string
	size     int64
	lines    int64
	received time.Time
	flags    Flags
	read     bool // goes to cur, not to new
	uid      uint32
}

// Deliver puts a letter into the mailbox.
func (m *Mailbox) Deliver(letter []byte) error {
	d, err := m.Stage(letter)
	if err != nil {
		return err
	}
	return d.Commit()
}

// Stage writes a letter for the INBOX to tmp, so that a letter to several
// mailboxes can be promised to all of them or to none. It fails with ErrFull
// where the quota does not allow the letter.
func (m *Mailbox) Stage(letter []byte) (*Delivery, error) { return m.inbox.stage(letter, time.Time{}) }

// Append puts a letter that a mail program brings into the folder and gives
// its UID. A zero time stands for now.
func (f *Folder) Append(letter []byte, flags Flags, received time.Time) (uid uint32, err error) {
	f.box.mu.Lock()
	err = f.sync(time.Now())
	f.box.mu.Unlock()
	if err != nil {
		return 0, f.errorf("look into", err)
	}
	d, err := f.stage(letter, received)
	if err != nil {
		return 0, err
	}
	d.flags, d.read = flags, true
	if err := d.Commit(); err != nil {
		return 0, err
	}
	return d.uid, nil
}

func (f *Folder) stage(letter []byte, received time.Time) (*Delivery, error) {
	m, size := f.box, int64(len(letter))
	if err := m.fits(m.used.Add(size)); err != nil {
		m.used.Add(-size)
		return nil, err
	}
	d := &Delivery{folder: f, name: uniqueName(), size: size, lines: LineSize(letter), received: received}
	if err := d.write(letter); err != nil {
		d.Abort()
		return nil, fmt.Errorf("write letter for %s: %w", m.account.Address, err)
	}
	return d, nil
}

func (d *Delivery) write(letter []byte) error {
	file, err := createIn(d.tmp(), d.name)
	if err != nil {
		return err
	}
	_, err = file.Write(letter)
	if err == nil && !d.folder.box.opt.NoFsync {
		err = file.Sync()
	}
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if err == nil && !d.received.IsZero() {
		err = os.Chtimes(d.path(), d.received, d.received)
	}
	return err
}

// tmp is the INBOX's for all folders: it stays open as long as the mailbox.
func (d *Delivery) tmp() *os.File { return d.folder.box.inbox.tmp }

func (d *Delivery) path() string { return filepath.Join(d.tmp().Name(), d.name) }

// Commit shows the letter to readers.
func (d *Delivery) Commit() error {
	f := d.folder
	to, err := d.show()
	if err != nil {
		d.Abort()
		return fmt.Errorf("deliver letter for %s: %w", f.box.account.Address, err)
	}
	// The name must be as lasting as the bytes.
	err = f.syncDirs(to)
	f.box.watchers.tell()
	if err != nil {
		return fmt.Errorf("deliver letter for %s: %w", f.box.account.Address, err)
	}
	return nil
}

// show renames the letter's file. A folder that nobody has opened learns of it
// from the names when it is; so delivering to it costs nothing more.
func (d *Delivery) show() (to *os.File, err error) {
	f := d.folder
	f.box.mu.Lock()
	defer f.box.mu.Unlock()
	if err := f.openDirs(); err != nil {
		return nil, err
	}
	to, file := f.fresh, d.name
	if d.read {
		to, file = f.cur, fileName(d.name, d.flags, "")
	}
	if err := moveTo(d.tmp(), d.name, to, file); err != nil {
		return nil, err
	}
	if !f.loaded {
		return to, nil
	}
	if d.received.IsZero() {
		d.received = time.Now()
	}
	f.touched()
	d.uid = f.add(letter{
		Letter: Letter{
			Name: d.name, Size: d.size, Flags: d.flags, New: !d.read, received: d.received.UnixNano(), lines: d.lines,
		},
		file: file,
	}).UID
	if d.read {
		err = f.save() // the client is told the UID
	}
	return to, err
}

// Abort takes the letter back.
func (d *Delivery) Abort() {
	_ = os.Remove(d.path())
	d.folder.box.used.Add(-d.size)
}

// SyncDir forces the names of a folder to the disk.
func SyncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(syncDir(dir), dir.Close())
}
