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

// replyNote tries the keys from the most particular on. A refusal is best
// explained by its enhanced code, an acceptance by what was accepted.
func replyNote(code string, k replyKey) string {
	byCode := "reply/" + code
	var keys []string
	if k.enhanced != 0 && k.code >= 400 {
		keys = append(keys, byCode+"/"+k.enhanced.String(), "enhanced/X."+k.enhanced.tail())
	}
	if k.verb != verbUnknown {
		keys = append(keys, byCode+"/"+k.verb.String())
	}
	for _, key := range keys {
		if n, ok := Notes.Lookup(key, note.EN); ok && n.Key == key {
			return n.Key
		}
	}
	if n, ok := Notes.Lookup(byCode, note.EN); ok {
		return n.Key
	}
	return byCode
}
