package smtp

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	gosmtp "github.com/emersion/go-smtp"
)

// failure is a recipient whom a letter did not reach, and why.
type failure struct {
	queued
	err error
}

// status is what a report says of one recipient (RFC 3464 §2.3).
type status struct {
	to                      queued
	action, code, diagnosis string
}

// reportFailure tells a letter's sender whom it did not reach. A letter with
// the null reverse-path is itself a report, and nobody is told
// (RFC 5321 §4.5.5).
func (q *Queue) reportFailure(e entry, failed []failure, letter []byte) {
	var about []status
	for _, f := range failed {
		if slices.Contains(f.Opt.Notify, gosmtp.DSNNotifyNever) ||
			len(f.Opt.Notify) > 0 && !slices.Contains(f.Opt.Notify, gosmtp.DSNNotifyFailure) {
			continue
		}
		s := status{to: f.queued, action: "failed", code: "5.4.7"} // expired
		var said *gosmtp.SMTPError
		if errors.As(f.err, &said) {
			s.diagnosis = fmt.Sprintf("smtp; %d %d.%d.%d %s", said.Code,
				said.EnhancedCode[0], said.EnhancedCode[1], said.EnhancedCode[2], oneLine(said.Message))
			if !said.Temporary() {
				s.code = fmt.Sprintf("%d.%d.%d", said.EnhancedCode[0], said.EnhancedCode[1], said.EnhancedCode[2])
			}
		}
		about = append(about, s)
	}
	q.report(e, about, letter, e.Return != gosmtp.DSNReturnHeaders)
}

// reportSuccess tells a letter's sender that it lies in the mailboxes of those
// recipients for whom that was asked (RFC 3461 §5.2.3).
func (s *session) reportSuccess(env envelope, letter []byte) {
	var about []status
	var asked []recipient
	for _, to := range env.to {
		if to.box != nil && slices.Contains(to.opt.Notify, gosmtp.DSNNotifySuccess) {
			asked = append(asked, to)
			about = append(about, status{to: queued{to.address, to.opt}, action: "delivered", code: "2.0.0"})
		}
	}
	if len(about) > 0 {
		s.srv.cfg.Queue.report(newEntry(env, asked), about, letter, false)
	}
}

// report sends a delivery status notification to a letter's sender. One that
// cannot be sent is given up, as there is nobody left to tell.
func (q *Queue) report(e entry, about []status, letter []byte, full bool) {
	if len(about) == 0 || e.From == "" {
		return
	}
	text := q.notification(e, about, letter, full, time.Now())
	if q.cfg.Local(domainOf(e.From)) {
		if box, err := q.cfg.Store.Mailbox(e.From); err == nil {
			_ = box.Deliver(append(appendReturnPath(nil, ""), text...))
		}
		return
	}
	env := envelope{opt: gosmtp.MailOptions{UTF8: e.UTF8}}
	if d, err := q.stage(newEntry(env, []recipient{{address: e.From}}), text); err == nil {
		_ = d.Commit()
	}
}

// notification writes the letter (RFC 3464).
func (q *Queue) notification(e entry, about []status, letter []byte, full bool, now time.Time) []byte {
	var b bytes.Buffer
	boundary := rand.Text()
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("Date: %s", now.Format(dateTime))
	line("From: Mail delivery <postmaster@%s>", q.cfg.Host)
	line("To: <%s>", e.From)
	line("Subject: Delivery report: %s", about[0].action)
	line("Message-ID: <%s@%s>", rand.Text(), q.cfg.Host)
	line("Auto-Submitted: auto-replied")
	line("MIME-Version: 1.0")
	line(`Content-Type: multipart/report; report-type=delivery-status; boundary="%s"`, boundary)
	line("\r\n--%s", boundary)
	line("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")
	for _, s := range about {
		line("%s: %s", s.to.Address, s.action)
		if s.diagnosis != "" {
			line("    %s", s.diagnosis)
		}
	}
	line("\r\n--%s", boundary)
	line("Content-Type: message/delivery-status\r\n")
	if e.EnvelopeID != "" {
		line("Original-Envelope-Id: %s", e.EnvelopeID)
	}
	line("Reporting-MTA: dns; %s", q.cfg.Host)
	line("Arrival-Date: %s", e.Accepted.Format(dateTime))
	for _, s := range about {
		line("")
		if s.to.Opt.OriginalRecipient != "" {
			line("Original-Recipient: %s; %s", s.to.Opt.OriginalRecipientType, oneLine(s.to.Opt.OriginalRecipient))
		}
		line("Final-Recipient: rfc822; %s", s.to.Address)
		line("Action: %s", s.action)
		line("Status: %s", s.code)
		if s.diagnosis != "" {
			line("Diagnostic-Code: %s", s.diagnosis)
		}
	}
	line("\r\n--%s", boundary)
	if full {
		line("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n")
		b.Write(letter)
	} else {
		head, _, _ := bytes.Cut(letter, []byte("\r\n\r\n"))
		line("Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 8bit\r\n")
		b.Write(head)
	}
	line("\r\n--%s--", boundary)
	return b.Bytes()
}

// oneLine keeps what strangers have said from making lines of its own.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
}
