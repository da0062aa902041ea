package pop3

import (
	"bytes"

	"surel/protocols/line"
)

// outcomeNames are the names of status lines.
var outcomeNames = [...]string{isNone: "", isOK: "+OK", isErr: "-ERR", isMore: "+"}

// maxStatus is the longest status line in bytes, with its end (RFC 2449 §4).
const maxStatus = 512

// refusable are those whose refusal has a note of its own.
var refusable = []verb{
	verbUSER, verbPASS, verbAPOP, verbAUTH, verbSTLS, verbCAPA, verbUTF8, verbLANG, verbLIST, verbRETR, verbTOP,
	verbUIDL, verbDELE, verbQUIT, answersExchange, answersConnection,
}

// okNotes and errNotes are the keys of the notes on status lines, by what they
// answer.
var okNotes, errNotes = func() (ok, err [len(verbNames)]string) {
	for v, name := range verbNames {
		ok[v], err[v] = "reply/ok/"+name, "reply/err"
	}
	ok[verbUnknown] = "reply/ok"
	for _, v := range refusable {
		err[v] = "reply/err/" + v.String()
	}
	return ok, err
}()

// replyNote gives the key of the note on a status line: a refusal is best
// explained by its code, an acceptance by what was accepted.
func replyNote(said pending, how outcome, raw []byte) string {
	switch {
	case how == isOK && said.verb == verbAUTH && !said.argument:
		return okNotes[verbUnknown] // nobody has logged in: it lists mechanisms
	case how == isOK:
		return okNotes[said.verb]
	}
	if code := responseCode(string(line.Cut(raw))); code != "" {
		if note, ok := responseCodeNotes[code]; ok {
			return note
		}
	}
	return errNotes[said.verb]
}

// statusMistake finds what is wrong with the form of a status line.
func statusMistake(said pending, how outcome, raw []byte) string {
	text := line.Cut(raw)
	name := outcomeNames[how]
	rest := text[len(name):]
	switch {
	case line.Ending(raw) != 2:
		return "mistake/bare-lf"
	case bytes.IndexByte(text, '\r') >= 0:
		return "mistake/bare-cr"
	case string(text[:len(name)]) != name || len(rest) > 0 && rest[0] != ' ':
		return "mistake/bad-reply" // RFC 1939 §3
	case how == isOK && !wellAnswered(said, bytes.Fields(rest)):
		return "mistake/bad-reply"
	case len(raw) > maxStatus && how != isMore:
		return "mistake/line-too-long"
	}
	return ""
}

// wellAnswered tells whether an acceptance says what its command asks for
// (RFC 1939 §5, RFC 1939 §7).
func wellAnswered(said pending, words [][]byte) bool {
	first := said.verb == verbSTAT || (said.verb == verbLIST || said.verb == verbUIDL) && said.argument
	if !first {
		return true
	}
	if len(words) < 2 {
		return false
	}
	_, isNumber := number(words[0])
	_, isSize := number(words[1])
	return isNumber && (isSize || said.verb == verbUIDL)
}
