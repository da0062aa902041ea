package smtp

import (
	"surel/protocols/letter"
	"surel/protocols/message"
)

// letterMessages gives what a transfer carried as the letter that it is.
func letterMessages(raw []byte) []message.Message {
	m := letter.Message(raw)
	m.State = StateData
	return []message.Message{m}
}
