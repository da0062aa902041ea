package pop3

import "surel/protocols/line"

// verb is a command that the decoder knows, or something else that a status
// line can answer.
type verb uint8

const (
	verbUnknown verb = iota
	verbUSER
	verbPASS
	verbAPOP
	verbAUTH
	verbSTLS
	verbCAPA
	verbUTF8
	verbLANG
	verbSTAT
	verbLIST
	verbRETR
	verbTOP
	verbUIDL
	verbDELE
	verbRSET
	verbNOOP
	verbQUIT
	// What follows is not typed: a line of a login, and the connection itself,
	// which the greeting answers.
	answersExchange
	answersConnection
)

// verbNames are the names by verb, as they stand in a command and in the keys
// of notes.
var verbNames = [...]string{
	verbUnknown: "unknown",
	verbUSER:    "USER", verbPASS: "PASS", verbAPOP: "APOP", verbAUTH: "AUTH", verbSTLS: "STLS", verbCAPA: "CAPA",
	verbUTF8: "UTF8", verbLANG: "LANG", verbSTAT: "STAT", verbLIST: "LIST", verbRETR: "RETR", verbTOP: "TOP",
	verbUIDL: "UIDL", verbDELE: "DELE", verbRSET: "RSET", verbNOOP: "NOOP", verbQUIT: "QUIT",
	answersExchange: "AUTH", answersConnection: "greeting",
}

// verbNotes are the keys of the commands' notes, made once so that a hundred
// thousand messages share them.
var verbNotes = func() (keys [len(verbNames)]string) {
	for v, name := range verbNames {
		keys[v] = "command/" + name
	}
	return keys
}()

// verbsByName finds a command by its name in capitals.
var verbsByName = func() map[string]verb {
	all := map[string]verb{}
	for v := verbUSER; v < answersExchange; v++ {
		all[verbNames[v]] = v
	}
	return all
}()

func (v verb) String() string { return verbNames[v] }

// namesMessage tells whether the command's first argument is the number of a
// message.
func (v verb) namesMessage() bool {
	switch v {
	case verbLIST, verbRETR, verbTOP, verbUIDL, verbDELE:
		return true
	default:
		return false
	}
}

// verbOf finds the command that begins a line, without regard to case
// (RFC 1939 §3), and the length of its word.
func verbOf(text []byte) (v verb, length int) {
	var word [4]byte
	for length < len(text) && line.IsLetterOrDigit(text[length]) {
		if length < len(word) {
			word[length] = line.Upper(text[length])
		}
		length++
	}
	if length > len(word) {
		return verbUnknown, length
	}
	return verbsByName[string(word[:length])], length
}
