package maildir

import (
	"cmp"
	"slices"
)

// Change is what has become of a file since the last Settle.
type Change uint8

// The changes.
const (
	Same    Change = iota
	Come           // it was not there
	Renamed        // it has moved from new to cur, or its flags have changed
	Gone           // it is no longer there
)

// row is one line of the pane: a file, or the heading of a folder.
type row struct {
	File
	change Change
	was    File // before a rename
	count  int  // of a heading: how many letters the folder holds
	head   bool
}

// compare gives the rows for the files that there are now, beside those that
// there were. What is gone is still listed, where it stood.
func compare(before, now []File) []row {
	old := make(map[letter]File, len(before))
	for _, f := range before {
		old[f.letter()] = f
	}
	var rows []row
	for _, f := range now {
		was, known := old[f.letter()]
		delete(old, f.letter())
		r := row{File: f, was: was}
		switch {
		case !known:
			r.change = Come
		case was != f:
			r.change = Renamed
		}
		rows = append(rows, r)
	}
	for _, f := range old {
		rows = append(rows, row{File: f, change: Gone})
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.Folder, b.Folder), cmp.Compare(a.Unique, b.Unique))
	})
	return withHeads(rows)
}

// withHeads puts the heading of its folder before the first file of each.
func withHeads(rows []row) []row {
	var all []row
	head := -1
	for _, r := range rows {
		if head < 0 || all[head].Folder != r.Folder {
			head = len(all)
			all = append(all, row{File: File{Folder: r.Folder}, head: true})
		}
		if r.change != Gone {
			all[head].count++
		}
		all = append(all, r)
	}
	return all
}
