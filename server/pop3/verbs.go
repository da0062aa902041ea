package pop3

// arity is whether a command takes arguments.
type arity uint8

const (
	none arity = iota
	some
	maybe
)

// verb is a command: where it may be used, and what it does.
type verb struct {
	in        state
	args      arity
	keepsUser bool // the name that USER gave is still known
	run       func(s *session, argument string)
}

// find gives the command of a keyword, or one that has no run.
func find(keyword string) verb {
	switch keyword {
	case "USER":
		return verb{in: authorization, args: some, run: (*session).userName}
	case "PASS":
		return verb{in: authorization, args: some, keepsUser: true, run: (*session).pass}
	case "APOP":
		return verb{in: authorization, args: some, run: (*session).apop}
	case "AUTH":
		return verb{in: authorization, args: some, run: (*session).auth}
	case "STLS":
		return verb{in: authorization, run: (*session).stls}
	case "UTF8":
		return verb{in: authorization, run: (*session).utf8Mode}
	case "CAPA":
		return verb{in: authorization | transaction, keepsUser: true, run: (*session).capa}
	case "QUIT":
		return verb{in: authorization | transaction, run: (*session).quit}
	case "STAT":
		return verb{in: transaction, run: (*session).stat}
	case "LIST":
		return verb{in: transaction, args: maybe, run: (*session).list}
	case "UIDL":
		return verb{in: transaction, args: maybe, run: (*session).uidl}
	case "RETR":
		return verb{in: transaction, args: some, run: (*session).retr}
	case "TOP":
		return verb{in: transaction, args: some, run: (*session).top}
	case "DELE":
		return verb{in: transaction, args: some, run: (*session).dele}
	case "RSET":
		return verb{in: transaction, run: (*session).rset}
	case "NOOP":
		return verb{in: transaction, run: (*session).noop}
	}
	return verb{}
}
