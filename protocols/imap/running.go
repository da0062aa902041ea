package imap

// pending is a command that the server has not completed.
type pending struct {
	tag    string
	verb   *verb
	number int32 // of the last of its messages, from 1
	// tagless tells that it has no tag. A server answers it untagged, or takes
	// its first word for the tag.
	tagless bool
}

// maxRunning bounds how many commands are remembered that the server has not
// completed.
const maxRunning = 1024

// running holds the commands that the server has not completed, in the order
// in which they were sent. Where more than maxRunning run, the oldest are only
// counted.
type running struct {
	items     []pending
	head      int
	forgotten int
}

func (r *running) push(p pending) {
	if r.len() == maxRunning {
		r.head++
		r.forgotten++
	}
	if r.head > maxRunning {
		r.items = append(r.items[:0], r.items[r.head:]...)
		r.head = 0
	}
	r.items = append(r.items, p)
}

// take removes the command with the tag; it is false where none is known.
func (r *running) take(tag []byte) (pending, bool) {
	p := r.find(tag)
	if p == nil {
		r.forgotten = max(r.forgotten-1, 0)
		return pending{}, false
	}
	taken := *p
	if i := r.index(tag); i == r.head {
		r.head++
	} else {
		r.items = append(r.items[:i], r.items[i+1:]...)
	}
	if r.head == len(r.items) {
		r.items, r.head = r.items[:0], 0
	}
	return taken, true
}

// takeTagless removes the first command that has no tag; it is false where
// there is none.
func (r *running) takeTagless() (pending, bool) {
	for _, p := range r.all() {
		if p.tagless {
			return r.take([]byte(p.tag))
		}
	}
	return pending{}, false
}

// find gives the command with the tag; nil where none is known.
func (r *running) find(tag []byte) *pending {
	if i := r.index(tag); i >= 0 {
		return &r.items[i]
	}
	return nil
}

func (r *running) index(tag []byte) int {
	for i := r.head; i < len(r.items); i++ {
		if r.items[i].tag == string(tag) {
			return i
		}
	}
	return -1
}

// first gives the first command of which names has the name; nil where there
// is none.
func (r *running) first(names []string) *pending {
	for i := r.head; i < len(r.items); i++ {
		if r.items[i].verb.is(names...) {
			return &r.items[i]
		}
	}
	return nil
}

// owner gives the command whose data an untagged response is: the only one
// that runs, or the first of the named. It is nil where the server spoke
// unasked, or where nobody can tell.
func (r *running) owner(names []string) *pending {
	if r.len() == 1 && r.forgotten == 0 {
		return &r.items[r.head]
	}
	return r.first(names)
}

func (r *running) len() int       { return len(r.items) - r.head }
func (r *running) all() []pending { return r.items[r.head:] }
func (r *running) empty() bool    { return r.len() == 0 && r.forgotten == 0 }
