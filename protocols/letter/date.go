package letter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateValue takes a date-time (RFC 5322 §3.3).
func dateValue(l *lexer, _ *content) {
	l.cfws()
	l.dateTime()
	l.cfws()
}

const notDate = "this is no date such as Tue, 24 Nov 2026 08:00:00 +0700"

// dateTime takes day of the week, day, month, year, time of day and zone.
func (l *lexer) dateTime() {
	weekday := -1
	name := l.take(isLetter)
	if name != "" {
		weekday = slices.IndexFunc(days(), func(d string) bool { return strings.EqualFold(d, name) })
		l.dateField("day-of-week", len(name), weekday >= 0)
		l.cfws()
		l.accept(",")
		l.cfws()
	}
	day := l.number("day", 1, 31)
	l.cfws()
	name = l.take(isLetter)
	month := 1 + slices.IndexFunc(months(), func(m string) bool { return strings.EqualFold(m, name) })
	l.dateField("month", len(name), month > 0)
	l.cfws()
	year := l.number("year", 0, 9999)
	l.cfws()
	l.timeOfDay()
	l.cfws()
	zone := l.take(func(c byte) bool { return c == '+' || c == '-' || isDigit(c) || isLetter(c) })
	l.dateField("zone", len(zone), zone != "")
	if !l.failed && l.Err() == nil && weekday >= 0 && year >= 1900 {
		l.checkWeekday(time.Weekday(weekday), time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
	}
}

// checkWeekday marks what follows the date where the day of the week is not
// the date's (RFC 5322 §3.3 asks that it is).
func (l *lexer) checkWeekday(said time.Weekday, date time.Time) {
	if is := date.Weekday(); is != said {
		l.Add("day-of-week", "letter/date", 0).Err = fmt.Sprintf("this date is a %s, not a %s", is, said)
	}
}

func (l *lexer) timeOfDay() {
	if l.failed {
		return
	}
	l.Open("time-of-day", "letter/date")
	defer l.Close()
	l.number("hour", 0, 23)
	if l.accept(":") {
		l.number("minute", 0, 59)
	} else {
		l.fail(notDate)
	}
	if l.accept(":") {
		l.number("second", 0, 60)
	}
}

func (l *lexer) number(name string, least, most int) int {
	digits := l.take(isDigit)
	n, err := strconv.Atoi(digits)
	l.dateField(name, len(digits), err == nil && least <= n && n <= most)
	return n
}

func (l *lexer) dateField(name string, n int, ok bool) {
	if !ok {
		l.fail(notDate)
		return
	}
	l.Add(name, "letter/date", n)
}

// take gives what comes next as far as accept allows, and leaves it.
func (l *lexer) take(accept func(byte) bool) string {
	rest := l.Rest()
	n := 0
	for n < len(rest) && accept(rest[n]) {
		n++
	}
	return rest[:n]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func days() []string { return []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"} }

func months() []string {
	return []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
}
