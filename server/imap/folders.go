package imap

import (
	"slices"
	"strings"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// delimiter divides the parts of a mailbox's name.
const delimiter = '.'

// Create makes a folder (RFC 9051 §6.3.4), for a special use if the client
// names one (RFC 6154 §3).
func (s *session) Create(name string, options *goimap.CreateOptions) error {
	var use string
	for i, u := range options.SpecialUse {
		known := []goimap.MailboxAttr{
			goimap.MailboxAttrArchive, goimap.MailboxAttrDrafts, goimap.MailboxAttrJunk,
			goimap.MailboxAttrSent, goimap.MailboxAttrTrash,
		}
		if i > 0 || !slices.Contains(known, u) {
			return no("USEATTR", "No mailbox is made for this use")
		}
		use = string(u)
	}
	// A delimiter at the end announces folders below (RFC 9051 §6.3.4).
	return refuse(s.box.Create(strings.TrimSuffix(name, string(delimiter)), use), goimap.ResponseCodeNonExistent)
}

// Delete removes a folder (RFC 9051 §6.3.5).
func (s *session) Delete(name string) error {
	return refuse(s.box.Delete(name), goimap.ResponseCodeNonExistent)
}

// Rename gives a folder another name (RFC 9051 §6.3.6).
func (s *session) Rename(name, newName string, _ *goimap.RenameOptions) error {
	return refuse(s.box.Rename(name, strings.TrimSuffix(newName, string(delimiter))), goimap.ResponseCodeNonExistent)
}

// Subscribe adds a name to the subscribed ones (RFC 9051 §6.3.7).
func (s *session) Subscribe(name string) error {
	return refuse(s.box.Subscribe(name, true), goimap.ResponseCodeNonExistent)
}

// Unsubscribe takes a name away from the subscribed ones (RFC 9051 §6.3.8).
func (s *session) Unsubscribe(name string) error {
	return refuse(s.box.Subscribe(name, false), goimap.ResponseCodeNonExistent)
}

// List names folders (RFC 9051 §6.3.9).
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, options *goimap.ListOptions) error {
	if len(patterns) == 0 { // asks for the delimiter alone
		return w.WriteList(&goimap.ListData{
			Attrs: []goimap.MailboxAttr{goimap.MailboxAttrNoSelect}, Delim: delimiter,
		})
	}
	folders, err := s.box.Folders()
	if err != nil {
		return err
	}
	for _, f := range folders {
		data, err := s.listed(f, folders, ref, patterns, options)
		if err == nil && data != nil {
			err = w.WriteList(data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listed gives a folder as LIST shows it; nil where it is not asked for.
func (s *session) listed(
	f mailbox.Info, all []mailbox.Info, ref string, patterns []string, options *goimap.ListOptions,
) (*goimap.ListData, error) {
	matches := slices.ContainsFunc(patterns, func(p string) bool {
		return imapserver.MatchList(f.Name, delimiter, ref, p)
	})
	data := &goimap.ListData{Mailbox: f.Name, Delim: delimiter}
	children, subscribedBelow := below(f, all)
	wanted := (!options.SelectSubscribed || f.Subscribed) && (!options.SelectSpecialUse || f.Use != "")
	if options.SelectRecursiveMatch && subscribedBelow {
		wanted = true // RFC 5258 §3.5
		data.ChildInfo = &goimap.ListDataChildInfo{Subscribed: true}
	}
	if !matches || !wanted {
		return nil, nil
	}
	attr := goimap.MailboxAttrHasNoChildren
	if children {
		attr = goimap.MailboxAttrHasChildren
	}
	data.Attrs = append(data.Attrs, attr)
	if f.Subscribed && (options.SelectSubscribed || options.ReturnSubscribed) {
		data.Attrs = append(data.Attrs, goimap.MailboxAttrSubscribed)
	}
	if f.Use != "" {
		data.Attrs = append(data.Attrs, goimap.MailboxAttr(f.Use))
	}
	if options.ReturnStatus == nil {
		return data, nil
	}
	var err error
	data.Status, err = s.Status(f.Name, options.ReturnStatus)
	return data, err
}

// below tells whether there are folders below f, and subscribed ones.
func below(f mailbox.Info, all []mailbox.Info) (some, subscribed bool) {
	for _, other := range all {
		if strings.HasPrefix(other.Name, f.Name+string(delimiter)) {
			some, subscribed = true, subscribed || other.Subscribed
		}
	}
	return some, subscribed
}

// Status counts what a folder holds (RFC 9051 §6.3.11).
func (s *session) Status(name string, _ *goimap.StatusOptions) (*goimap.StatusData, error) {
	f, err := s.box.Folder(name)
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeNonExistent)
	}
	now, err := f.Snapshot()
	if err != nil {
		return nil, refuse(err, goimap.ResponseCodeNonExistent)
	}
	var messages, recents, unseen, deleted uint32
	var size, deletedSize int64
	for _, l := range now.Letters {
		messages++
		size += l.Size
		if l.New {
			recents++
		}
		if !l.Flags.Has(mailbox.Seen) {
			unseen++
		}
		if l.Flags.Has(mailbox.Deleted) {
			deleted++
			deletedSize += l.Size
		}
	}
	limit := uint32(MaxAppendBytes)
	return &goimap.StatusData{
		Mailbox: f.Name(), NumMessages: &messages, NumRecent: &recents, NumUnseen: &unseen, NumDeleted: &deleted,
		UIDNext: goimap.UID(now.UIDNext), UIDValidity: now.UIDValidity, Size: &size,
		AppendLimit: &limit, DeletedStorage: &deletedSize,
	}, nil
}
