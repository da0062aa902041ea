package imap

import (
	"slices"

	goimap "github.com/emersion/go-imap/v2"
)

// places gives the places in the view that a set of numbers means, in order.
// Numbers of no letter mean none (RFC 9051 §6.4.8); "*" is the last letter.
func (v *view) places(set goimap.NumSet) []int {
	var ranges [][2]int // from, and to without it
	switch set := set.(type) {
	case goimap.SeqSet:
		for _, r := range set {
			from, to := v.ends(r.Start, r.Stop, uint32(len(v.letters)))
			ranges = append(ranges, [2]int{max(int(from)-1, 0), min(int(to), len(v.letters))})
		}
	case goimap.UIDSet:
		if goimap.IsSearchRes(set) {
			return v.savedPlaces()
		}
		var last uint32
		if n := len(v.letters); n > 0 {
			last = v.letters[n-1].UID
		}
		for _, r := range set {
			from, to := v.ends(uint32(r.Start), uint32(r.Stop), last)
			i, _ := v.find(from)
			j, found := v.find(to)
			if found {
				j++
			}
			ranges = append(ranges, [2]int{i, j})
		}
	}
	slices.SortFunc(ranges, func(a, b [2]int) int { return a[0] - b[0] })
	var places []int
	next := 0
	for _, r := range ranges {
		for i := max(r[0], next); i < r[1]; i++ {
			places = append(places, i)
		}
		next = max(next, r[1])
	}
	return places
}

// ends gives the lower and the higher end of a range, in which go-imap writes
// "*" as zero.
func (v *view) ends(start, stop, last uint32) (from, to uint32) {
	if start == 0 {
		start = last
	}
	if stop == 0 {
		stop = last
	}
	return min(start, stop), max(start, stop)
}

func (v *view) savedPlaces() []int {
	var places []int
	for _, uid := range v.saved {
		if i, ok := v.find(uid); ok {
			places = append(places, i)
		}
	}
	return places
}
