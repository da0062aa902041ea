package pop3

import (
	"fmt"
	"strconv"
)

// Response codes of RFC 2449 §8, RFC 3206 and RFC 6856 §6.
const (
	codeInUse   = "IN-USE"
	codeAuth    = "AUTH"
	codeSysTemp = "SYS/TEMP"
	codeUTF8    = "UTF8"
)

// ok says that a command was carried out. An error of writing shows at the
// next read.
func (s *session) ok(format string, args ...any) {
	_, _ = fmt.Fprintf(s.w, "+OK "+format+"\r\n", args...)
}

// fail says that a command was not carried out, with a response code or none.
func (s *session) fail(code, text string) {
	if code != "" {
		text = "[" + code + "] " + text
	}
	_, _ = s.w.WriteString("-ERR " + text + "\r\n")
}

// mistake answers a line that is no command.
func (s *session) mistake(text string) {
	s.mistakes++
	s.fail("", text)
}

// end closes a reply of many lines.
func (s *session) end() { _, _ = s.w.WriteString(".\r\n") }

// numbered writes a line of a listing: the number of a letter, and what there
// is to say of it.
func (s *session) numbered(place int, what []byte) {
	line := strconv.AppendInt(s.w.AvailableBuffer(), int64(place+1), 10)
	line = append(line, ' ')
	line = append(line, what...)
	_, _ = s.w.Write(append(line, "\r\n"...))
}
