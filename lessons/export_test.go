package lessons

import "time"

// SetPatience lets a test wait less long for what does not come.
func (r *Runner) SetPatience(d time.Duration) { r.patience = d }

// Matches tells whether a reply is what a scenario expects.
func Matches(pattern, reply string) bool { return matches(pattern, []byte(reply)) }
