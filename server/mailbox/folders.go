package mailbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// special are the folders that every mailbox has, by the use that RFC 6154 §2
// names. They are made when first used.
func special() map[string]string {
	return map[string]string{
		"Archive": `\Archive`, "Drafts": `\Drafts`, "Junk": `\Junk`, "Sent": `\Sent`, "Trash": `\Trash`,
	}
}

// ErrSpecial tells that a folder always stays where it is.
var ErrSpecial = errors.New("folder belongs to every mailbox")

// Info is what a list of folders says of one.
type Info struct {
	Name string
	// Use is its special use, `\Sent` for instance; empty where it has none.
	Use        string
	Subscribed bool
}

// Folders gives the mailbox's folders, INBOX first, the others by their names.
func (m *Mailbox) Folders() ([]Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	dirs, err := m.dirs()
	var subscribed map[string]bool
	if err == nil {
		subscribed, err = m.subscriptions()
	}
	if err != nil {
		return nil, fmt.Errorf("list the folders of %s: %w", m.account.Address, err)
	}
	uses := special()
	for _, dir := range dirs {
		name, _ := folderName(dir)
		if use, err := os.ReadFile(filepath.Join(m.dir, dir, useFile)); err == nil {
			uses[name] = strings.TrimSpace(string(use))
		} else if _, ok := uses[name]; !ok {
			uses[name] = ""
		}
	}
	list := []Info{{Name: Inbox, Subscribed: subscribed[Inbox]}}
	for name, use := range uses {
		list = append(list, Info{Name: name, Use: use, Subscribed: subscribed[name]})
	}
	slices.SortFunc(list[1:], func(a, b Info) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// useFile holds the special use that a folder was made for.
const useFile = "surel.use"

// dirs gives the directories of all folders but INBOX.
func (m *Mailbox) dirs() ([]string, error) {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, e := range entries {
		if _, ok := folderName(e.Name()); ok && e.IsDir() && strings.HasPrefix(e.Name(), Separator) {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs, nil
}

// Folder gives a folder, and fails with ErrNoFolder where there is none.
func (m *Mailbox) Folder(name string) (*Folder, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.folder(name)
}

func (m *Mailbox) folder(name string) (*Folder, error) {
	name = canonical(name)
	if f := m.folders[name]; f != nil {
		return f, nil
	}
	dir, err := dirName(name)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(m.dir, dir)
	if _, always := special()[name]; !always {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("folder %s of %s: %w", name, m.account.Address, ErrNoFolder)
		}
	}
	return m.remember(name, path)
}

// remember opens the folder in a directory, which it makes if need be.
func (m *Mailbox) remember(name, path string) (*Folder, error) {
	f := newFolder(m, name, path)
	if err := f.openDirs(); err != nil {
		return nil, f.errorf("open", err)
	}
	m.folders[name] = f
	return f, nil
}

// Create makes a folder. A use such as `\Sent` makes it one for that purpose
// (RFC 6154 §3).
func (m *Mailbox) Create(name, use string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = canonical(name)
	if _, err := m.folder(name); err == nil {
		return fmt.Errorf("create folder %s: %w", name, ErrFolderExists)
	} else if !errors.Is(err, ErrNoFolder) {
		return err
	}
	dir, err := dirName(name)
	if err != nil {
		return err
	}
	f, err := m.remember(name, filepath.Join(m.dir, dir))
	if err == nil && use != "" {
		err = replaceFile(filepath.Join(f.dir, useFile), []byte(use+"\n"), !m.opt.NoFsync)
	}
	if err == nil {
		err = f.load() // the UIDVALIDITY is settled now
	}
	if err == nil {
		err = m.syncRoot()
	}
	if err != nil {
		return fmt.Errorf("create folder %s: %w", name, err)
	}
	m.watchers.tell()
	return nil
}

// Delete removes a folder with its letters; folders below it stay.
func (m *Mailbox) Delete(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, err := m.ownFolder(name)
	if err != nil {
		return fmt.Errorf("delete folder: %w", err)
	}
	if err := f.load(); err != nil {
		return f.errorf("delete", err)
	}
	// One rename takes it away; a crash after it leaves only rubbish in tmp.
	rubbish := filepath.Join(m.dir, "tmp", uniqueName())
	f.unload()
	if err := os.Rename(f.dir, rubbish); err != nil {
		return f.errorf("delete", err)
	}
	for i := range f.letters {
		m.used.Add(-f.letters[i].Size)
	}
	f.gone = true
	delete(m.folders, f.Name())
	err = errors.Join(m.syncRoot(), os.RemoveAll(rubbish))
	m.watchers.tell()
	if err != nil {
		return f.errorf("delete", err)
	}
	return nil
}

// ownFolder gives a folder that may be deleted and renamed.
func (m *Mailbox) ownFolder(name string) (*Folder, error) {
	name = canonical(name)
	_, always := special()[name]
	if always || name == Inbox {
		return nil, fmt.Errorf("folder %s: %w", name, ErrSpecial)
	}
	return m.folder(name)
}

// Rename gives a folder, and those below it, another name; what they hold stays
// as it is. From INBOX the letters go to the new folder (RFC 9051 §6.3.6).
func (m *Mailbox) Rename(from, to string) error {
	from, to = canonical(from), canonical(to)
	if from == Inbox {
		return m.emptyInbox(to)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f, err := m.ownFolder(from)
	if err != nil {
		return fmt.Errorf("rename folder: %w", err)
	}
	if _, err := m.folder(to); err == nil || !errors.Is(err, ErrNoFolder) {
		if err == nil {
			err = ErrFolderExists
		}
		return fmt.Errorf("rename folder %s to %s: %w", from, to, err)
	}
	dirs, err := m.dirs()
	if err != nil {
		return f.errorf("rename", err)
	}
	for _, dir := range dirs {
		name, _ := folderName(dir)
		if below, ok := strings.CutPrefix(name, from); ok && (below == "" || strings.HasPrefix(below, Separator)) {
			if err := m.renameOne(name, to+below); err != nil {
				return fmt.Errorf("rename folder %s to %s: %w", from, to, err)
			}
		}
	}
	m.watchers.tell()
	if err := m.syncRoot(); err != nil {
		return fmt.Errorf("rename folder %s to %s: %w", from, to, err)
	}
	return nil
}

func (m *Mailbox) renameOne(from, to string) error {
	f, err := m.folder(from)
	if err != nil {
		return err
	}
	dir, err := dirName(to)
	if err != nil {
		return err
	}
	path := filepath.Join(m.dir, dir)
	// Names that were changed a moment ago, and not yet forced to the disk, are
	// so now, because whoever does it will find these folders closed.
	if err := f.syncDirs(f.fresh, f.cur); err != nil {
		return err
	}
	f.unload()
	if err := os.Rename(f.dir, path); err != nil {
		return err
	}
	delete(m.folders, f.Name())
	f.name.Store(&to)
	f.dir = path
	f.changed()
	m.folders[to] = f
	return nil
}

func (m *Mailbox) emptyInbox(to string) error {
	if err := m.Create(to, ""); err != nil {
		return err
	}
	dest, err := m.Folder(to)
	if err != nil {
		return err
	}
	s, err := m.inbox.Snapshot()
	if err != nil {
		return err
	}
	var uids []uint32
	for _, l := range s.Letters {
		uids = append(uids, l.UID)
	}
	_, err = m.inbox.Move(uids, dest)
	return err
}

// syncRoot forces the names of the folders to the disk.
func (m *Mailbox) syncRoot() error {
	if m.opt.NoFsync {
		return nil
	}
	return SyncDir(m.dir)
}

// subscriptionsFile names the subscribed folders, one a line.
const subscriptionsFile = "surel.subscriptions"

// subscriptions gives the subscribed folders: those of every mailbox until
// somebody has chosen.
func (m *Mailbox) subscriptions() (map[string]bool, error) {
	text, err := os.ReadFile(filepath.Join(m.dir, subscriptionsFile))
	set := map[string]bool{}
	if errors.Is(err, fs.ErrNotExist) {
		set[Inbox] = true
		for name := range special() {
			set[name] = true
		}
		return set, nil
	}
	for name := range strings.SplitSeq(string(text), "\n") {
		set[name] = name != ""
	}
	return set, err
}

// Subscribe adds a folder's name to the subscribed ones or takes it away. The
// folder need not be there (RFC 9051 §6.3.7).
func (m *Mailbox) Subscribe(name string, on bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = canonical(name)
	if _, err := dirName(name); err != nil {
		return err
	}
	set, err := m.subscriptions()
	if err == nil {
		set[name] = on
		var names []string
		for name, on := range set {
			if on {
				names = append(names, name+"\n")
			}
		}
		slices.Sort(names)
		text := []byte(strings.Join(names, ""))
		err = replaceFile(filepath.Join(m.dir, subscriptionsFile), text, !m.opt.NoFsync)
	}
	if err != nil {
		return fmt.Errorf("subscribe to %s: %w", name, err)
	}
	return nil
}
