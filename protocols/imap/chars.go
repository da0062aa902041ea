package imap

import "surel/protocols/line"

// isAtom accepts ATOM-CHAR: what is no space, control character or special
// character (RFC 9051 §9).
func isAtom(b byte) bool {
	switch b {
	case '(', ')', '{', ' ', '%', '*', '"', '\\', ']':
		return false
	}
	return b > ' ' && b < 0x7f
}

// isAstring accepts ASTRING-CHAR: an atom's characters and "]".
func isAstring(b byte) bool { return isAtom(b) || b == ']' }

// isListMailbox accepts the characters of a pattern of mailbox names.
func isListMailbox(b byte) bool { return isAstring(b) || b == '*' || b == '%' }

// isTag accepts the characters of a tag: those of an astring without "+".
func isTag(b byte) bool { return isAstring(b) && b != '+' }

// isItem accepts the letters, digits, dots and dashes of the names of data
// items.
func isItem(b byte) bool {
	return line.IsLetterOrDigit(b) || b == '.' || b == '-' || b == '_' || b == '='
}

// isSet accepts the characters of a sequence set.
func isSet(b byte) bool {
	return line.IsDigit(b) || b == ':' || b == '*' || b == ','
}

// isLine accepts everything but CR and LF.
func isLine(b byte) bool { return b != '\r' && b != '\n' }

// isFlag accepts the characters of a flag's name behind its backslash.
func isFlag(b byte) bool { return isAtom(b) || b == ']' }
