package smtp

import (
	"fmt"

	"surel/protocols/note"
)

// replyNotes finds the most particular note for a reply, and remembers what
// it has found: conversations repeat themselves.
type replyNotes struct {
	found map[replyKey]named
}

// replyKey is what the choice of a note depends on.
type replyKey struct {
	enhanced enhanced
	code     uint16
	verb     verb
}

type named struct{ name, note string }

// maxReplyNotes bounds what replyNotes remembers.
const maxReplyNotes = 256

// lookup gives the name of the reply and the key of its note.
func (r *replyNotes) lookup(k replyKey) (name, key string) {
	if n, ok := r.found[k]; ok {
		return n.name, n.note
	}
	n := named{name: fmt.Sprintf("%03d", k.code)}
	n.note = replyNote(n.name, k)
	if r.found == nil {
		r.found = map[replyKey]named{}
	}
	if len(r.found) < maxReplyNotes {
		r.found[k] = n
	}
	return n.name, n.note
}

// replyNote tries the keys from the most particular on. Where servers answer
// a command otherwise than the RFC advises, the note under the command says so,
// which the one for the enhanced code cannot.
func replyNote(code string, k replyKey) string {
	byCode := "reply/" + code
	refused := k.enhanced != 0 && k.code >= 400
	var keys []string
	if refused {
		keys = append(keys, byCode+"/"+k.enhanced.String())
	}
	if k.verb != verbUnknown || k.code >= 500 {
		keys = append(keys, byCode+"/"+k.verb.String())
	}
	if refused {
		keys = append(keys, "enhanced/X."+k.enhanced.tail())
	}
	return noteOr(byCode, keys...)
}

// noteOr gives the first of the particular keys that has a note of its own, or
// else the key of the note for the general one.
func noteOr(general string, particular ...string) string {
	for _, key := range particular {
		if n, ok := Notes.Lookup(key, note.EN); ok && n.Key == key {
			return n.Key
		}
	}
	if n, ok := Notes.Lookup(general, note.EN); ok {
		return n.Key
	}
	return general
}
