package imap

import (
	"strings"
	"time"

	"surel/protocols/line"
)

// dateTime reads a date with time and zone in quotes, such as
// "17-Aug-2026 10:00:00 +0700" (RFC 9051 §2.3.3).
func (p *parser) dateTime() {
	f := p.string("date-time", "field/date-time")
	if _, err := time.Parse("_2-Jan-2006 15:04:05 -0700", f.Value); err != nil && p.Err() == nil {
		p.flag(f, p.badDate(), `expected a date such as "17-Aug-2026 10:00:00 +0700"`, true)
	}
}

// date reads a day, in quotes or without, such as 17-Aug-2026.
func (p *parser) date() {
	isDate := func(b byte) bool { return line.IsLetterOrDigit(b) || b == '-' }
	f := p.text("date", "argument/date", isDate)
	if _, err := time.Parse("_2-Jan-2006", strings.TrimSpace(f.Value)); err != nil && p.Err() == nil {
		p.flag(f, p.badDate(), "expected a date such as 17-Aug-2026", true)
	}
}

func (p *parser) badDate() string {
	if p.client {
		return "mistake/bad-date"
	}
	return "mistake/bad-response"
}

// saveDate reads when a letter was put into its mailbox (RFC 8514).
func (p *parser) saveDate() {
	if p.isNIL() {
		p.nil("date-time", "field/date-time")
		return
	}
	p.dateTime()
}
