package tap

import "time"

// deadline is the time limit of one direction. To set it anew for every
// segment costs more than to record the segment, so one that still has nearly
// all its time is left alone.
type deadline struct {
	at time.Time
}

// renew moves the deadline so that it lies limit, or up to a sixteenth of it
// less, after now. A limit of zero stands for none.
func (d *deadline) renew(set func(time.Time) error, now time.Time, limit time.Duration) error {
	if limit == 0 {
		return nil
	}
	at := now.Add(limit)
	if late := at.Sub(d.at); late >= 0 && late < limit/16 {
		return nil
	}
	d.at = at
	return set(at)
}
