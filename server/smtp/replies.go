package smtp

import (
	"strconv"
	"strings"

	gosmtp "github.com/emersion/go-smtp"

	"surel/protocols/dns/mx"
)

// reply is a refusal as the client reads it.
func reply(code int, enhanced gosmtp.EnhancedCode, text string) *gosmtp.SMTPError {
	return &gosmtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

// The refusals of the lab. Codes follow RFC 5321 §4.2.3, enhanced codes
// RFC 3463 and its registry. Texts are for people, so they may be fuller than
// those of servers that face strangers.
func errUnknownMailbox(address string) error {
	return reply(550, gosmtp.EnhancedCode{5, 1, 1}, "<"+address+"> no such mailbox here")
}

// errUnroutable says why a domain has no server to hand letters to, in the
// codes of RFC 3463 and RFC 7505 §4.
func errUnroutable(r mx.Result) error {
	var status gosmtp.EnhancedCode
	for i, part := range strings.Split(r.Status, ".") {
		status[i%len(status)], _ = strconv.Atoi(part)
	}
	code := 550
	switch {
	case r.Outcome == mx.Retry:
		code = 451
	case r.Status == "5.1.10":
		code = 556
	}
	return reply(code, status, r.Why.Text)
}

func errRelayDenied(address string) error {
	return reply(550, gosmtp.EnhancedCode{5, 7, 1}, "<"+address+"> relay access denied")
}

func errMailboxFull(address string) error {
	return reply(452, gosmtp.EnhancedCode{4, 2, 2}, "<"+address+"> mailbox is full")
}

func errGreylisted(address string) error {
	return reply(451, gosmtp.EnhancedCode{4, 7, 1}, "<"+address+"> greylisted, please try again later")
}

func errStartTLSFirst() error {
	return reply(530, gosmtp.EnhancedCode{5, 7, 0}, "Must issue a STARTTLS command first")
}

func errLoginFirst() error {
	return reply(530, gosmtp.EnhancedCode{5, 7, 0}, "Authentication required")
}

func errNestedMail() error {
	return reply(503, gosmtp.EnhancedCode{5, 5, 1}, "Nested MAIL command")
}

func errBadSender() error {
	return reply(501, gosmtp.EnhancedCode{5, 1, 7}, "Bad sender address syntax")
}

func errBadRecipient() error {
	return reply(501, gosmtp.EnhancedCode{5, 1, 3}, "Bad recipient address syntax")
}

func errNeedsUTF8() error {
	return reply(553, gosmtp.EnhancedCode{5, 6, 7}, "Non-ASCII address needs SMTPUTF8")
}

func errOwnerChanged(address string) error {
	return reply(550, gosmtp.EnhancedCode{5, 7, 17}, "<"+address+"> mailbox owner has changed")
}

func errLineTooLong() error {
	return reply(500, gosmtp.EnhancedCode{5, 5, 2}, "Line too long")
}

func errNotStored() error {
	return reply(451, gosmtp.EnhancedCode{4, 3, 0}, "Could not store the message, please try again later")
}

func errQueueFull() error {
	return reply(452, gosmtp.EnhancedCode{4, 3, 1}, "Too many messages wait to be handed on, please try again later")
}

func errIdle() error {
	return reply(421, gosmtp.EnhancedCode{4, 4, 2}, "Idle timeout, bye bye")
}

func errClosing() error {
	return reply(421, gosmtp.EnhancedCode{4, 3, 2}, "Server is shutting down")
}

func errCutShort() error {
	return reply(451, gosmtp.EnhancedCode{4, 4, 2}, "Message was cut short, nothing stored")
}
