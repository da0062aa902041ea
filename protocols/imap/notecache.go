package imap

import "surel/protocols/note"

// noteCache finds the most particular note for a status response, and
// remembers what it has found: conversations repeat themselves.
type noteCache struct{ found map[statusKey]string }

// statusKey is what the choice of a note depends on.
type statusKey struct {
	status status
	tagged bool
	code   string
	verb   string // of the command that is completed
}

// maxNotes bounds what noteCache remembers.
const maxNotes = 256

func (c *noteCache) status(k statusKey) string {
	if _, known := codes[k.code]; !known {
		k.code = "" // what strangers make up is not remembered
	}
	if key, ok := c.found[k]; ok {
		return key
	}
	key := statusNote(k)
	if c.found == nil {
		c.found = map[statusKey]string{}
	}
	if len(c.found) < maxNotes {
		c.found[k] = key
	}
	return key
}

// statusNote tries the keys from the most particular on. A refusal, and what a
// server says untagged, is best explained by its code; a completion by its
// command.
func statusNote(k statusKey) string {
	prefix := "response/"
	if k.tagged {
		prefix = "tagged/"
	}
	general := prefix + k.status.String()
	var keys []string
	if k.code != "" && (!k.tagged || k.status != statusOK) {
		keys = append(keys, "code/"+k.code)
	}
	if k.verb != "" {
		keys = append(keys, general+"/"+k.verb)
	}
	for _, key := range keys {
		if hasNote(key) {
			return key
		}
	}
	return general
}

func hasNote(key string) bool {
	n, ok := Notes.Lookup(key, note.EN)
	return ok && n.Key == key
}
