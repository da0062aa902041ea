package imap

import (
	"errors"
	"slices"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"surel/server/mailbox"
)

// Search finds letters (RFC 9051 §6.4.4).
func (s *session) Search(
	kind imapserver.NumKind, criteria *goimap.SearchCriteria, options *goimap.SearchOptions,
) (*goimap.SearchData, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view
	var found []uint32
	var seqs goimap.SeqSet
	var uids goimap.UIDSet
	data := &goimap.SearchData{}
	prepared := v.prepare(criteria)
	for i, l := range v.letters {
		ok, err := prepared.match(&candidate{view: v, place: i, letter: l})
		if errors.Is(err, mailbox.ErrGone) {
			continue // the client will be told
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		found = append(found, l.UID)
		number := uint32(i + 1)
		if kind == imapserver.NumKindUID {
			number = l.UID
			uids.AddNum(goimap.UID(number))
		} else {
			seqs.AddNum(number)
		}
		if data.Count == 0 {
			data.Min = number
		}
		data.Max = number
		data.Count++
	}
	if options.ReturnSave {
		v.saved = saved(found, options)
	}
	if data.All = seqs; kind == imapserver.NumKindUID {
		data.All = uids
	}
	return data, nil
}

// saved gives what SAVE keeps: with MIN or MAX alone only those
// (RFC 5182 §2.1).
func saved(found []uint32, o *goimap.SearchOptions) []uint32 {
	if len(found) == 0 || o.ReturnAll || o.ReturnCount || !o.ReturnMin && !o.ReturnMax {
		return found
	}
	var kept []uint32
	if o.ReturnMin {
		kept = append(kept, found[0])
	}
	if o.ReturnMax {
		kept = append(kept, found[len(found)-1])
	}
	return slices.Compact(kept)
}

// prepared are search criteria with what is the same for all letters looked up.
type prepared struct {
	goimap.SearchCriteria
	places   []map[int]bool // the sets of numbers
	set, not flagSet
	nots     []*prepared
	ors      [][2]*prepared
}

// flagSet is what a client asks of flags.
type flagSet struct {
	flags   mailbox.Flags
	recent  bool
	unknown bool // a flag that no letter has
}

func (v *view) prepare(c *goimap.SearchCriteria) *prepared {
	p := &prepared{SearchCriteria: *c, set: v.flagSet(c.Flag)}
	for _, name := range c.NotFlag {
		one := v.flagSet([]goimap.Flag{name})
		p.not.flags |= one.flags
		p.not.recent = p.not.recent || one.recent
	}
	in := func(set goimap.NumSet) {
		places := map[int]bool{}
		for _, i := range v.places(set) {
			places[i] = true
		}
		p.places = append(p.places, places)
	}
	for _, set := range c.SeqNum {
		in(set)
	}
	for _, set := range c.UID {
		in(set)
	}
	for i := range c.Not {
		p.nots = append(p.nots, v.prepare(&c.Not[i]))
	}
	for i := range c.Or {
		p.ors = append(p.ors, [2]*prepared{v.prepare(&c.Or[i][0]), v.prepare(&c.Or[i][1])})
	}
	return p
}

func (v *view) flagSet(list []goimap.Flag) (set flagSet) {
next:
	for _, name := range list {
		if strings.EqualFold(string(name), string(recent)) {
			set.recent = true
			continue
		}
		for _, s := range standard() {
			if strings.EqualFold(string(s.name), string(name)) {
				set.flags |= s.flag
				continue next
			}
		}
		i := slices.IndexFunc(v.keywords, func(k string) bool { return strings.EqualFold(k, string(name)) })
		if i < 0 {
			set.unknown = true
			continue
		}
		set.flags |= mailbox.KeywordFlag(i)
	}
	return set
}

// match tells whether a letter is meant. What costs least is asked first: most
// searches read no letter.
func (p *prepared) match(c *candidate) (bool, error) {
	if !p.matchKnown(c) {
		return false, nil
	}
	if ok, err := p.matchText(c); !ok || err != nil {
		return false, err
	}
	for _, not := range p.nots {
		if ok, err := not.match(c); ok || err != nil {
			return false, err
		}
	}
	for _, or := range p.ors {
		ok, err := or[0].match(c)
		if !ok && err == nil {
			ok, err = or[1].match(c)
		}
		if !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// matchKnown asks what the store knows without reading the letter.
func (p *prepared) matchKnown(c *candidate) bool {
	l := c.letter
	for _, places := range p.places {
		if !places[c.place] {
			return false
		}
	}
	isRecent := c.view.recent[l.UID]
	if p.set.unknown || !l.Flags.Has(p.set.flags) || p.set.recent && !isRecent ||
		l.Flags&p.not.flags != 0 || p.not.recent && isRecent {
		return false
	}
	if p.Larger != 0 && l.Size <= p.Larger || p.Smaller != 0 && l.Size >= p.Smaller {
		return false
	}
	return onDays(l.Received(), p.Since, p.Before)
}

// onDays compares days, without regard to the time and its zone
// (RFC 9051 §6.4.4).
func onDays(t, since, before time.Time) bool {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return (since.IsZero() || !day.Before(since)) && (before.IsZero() || day.Before(before))
}
