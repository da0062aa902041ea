package smtp

import (
	"strconv"
	"strings"

	"surel/protocols/line"
)

// valueForms read a parameter's value and give what it says, or what is wrong
// with it.
var valueForms = map[string]func(text string) (said, fault string){
	"digits":   digitsValue,
	"body":     oneOf("7BIT", "8BITMIME", "BINARYMIME"),
	"ret":      oneOf("FULL", "HDRS"),
	"notify":   notifyValue,
	"xtext":    xtext,
	"orcpt":    orcptValue,
	"by":       byValue,
	"priority": priorityValue,
	"date":     dateValue,
}

func digitsValue(text string) (said, fault string) {
	if text == "" || len(text) > 20 || line.Prefix(text, line.IsDigit) != len(text) { // RFC 1870 §3
		return text, "expected 1 to 20 digits"
	}
	return text, ""
}

func oneOf(words ...string) func(string) (said, fault string) {
	return func(text string) (string, string) {
		for _, word := range words {
			if strings.EqualFold(word, text) {
				return word, ""
			}
		}
		return text, "expected one of " + strings.Join(words, ", ")
	}
}

// notifyValue reads NEVER alone or a list of occasions (RFC 3461 §4.1).
func notifyValue(text string) (said, fault string) {
	occasion := oneOf("SUCCESS", "FAILURE", "DELAY")
	if strings.EqualFold(text, "NEVER") {
		return "NEVER", ""
	}
	for word := range strings.SplitSeq(text, ",") {
		if _, fault := occasion(word); fault != "" {
			return text, "expected NEVER, or a list of SUCCESS, FAILURE, DELAY"
		}
	}
	return strings.ToUpper(text), ""
}

// orcptValue reads addr-type ";" xtext (RFC 3461 §4.2).
func orcptValue(text string) (said, fault string) {
	kind, address, ok := strings.Cut(text, ";")
	if !ok || kind == "" {
		return text, "expected a type of address, a semicolon and the address"
	}
	said, fault = xtext(address)
	return kind + ";" + said, fault
}

// byValue reads by-time ";" by-mode [by-trace] (RFC 2852 §4).
func byValue(text string) (said, fault string) {
	seconds, mode, ok := strings.Cut(text, ";")
	_, err := strconv.ParseInt(seconds, 10, 64)
	mode = strings.ToUpper(mode)
	if !ok || err != nil || len(mode) > 2 || strings.Trim(mode, "RNT") != "" || mode == "" {
		return text, "expected seconds, a semicolon and R or N, with T for a trace"
	}
	return text, ""
}

// priorityValue reads a number from -9 to 9 (RFC 6710 §3).
func priorityValue(text string) (said, fault string) {
	if n, err := strconv.Atoi(text); err != nil || n < -9 || n > 9 {
		return text, "expected a number from -9 to 9"
	}
	return text, ""
}

// dateValue reads a date and time (RFC 3339 §5.6), which RRVS may follow with
// ";C" or ";R" (RFC 7293 §3.1). It looks at the form only.
func dateValue(text string) (said, fault string) {
	date, _, _ := strings.Cut(text, ";")
	if len(date) < len("2006-01-02T15:04:05Z") || date[4] != '-' || date[7] != '-' || date[10] != 'T' {
		return text, "expected a date such as 2026-08-17T10:00:00Z"
	}
	return text, ""
}

// xtext decodes text in which + and two hexadecimal digits stand for a byte
// (RFC 3461 §4).
func xtext(text string) (said, fault string) {
	if strings.IndexByte(text, '+') < 0 {
		return text, ""
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '+' {
			out = append(out, text[i])
			continue
		}
		if i+2 >= len(text) {
			return text, "after + must stand two hexadecimal digits"
		}
		b, err := strconv.ParseUint(text[i+1:i+3], 16, 8)
		if err != nil {
			return text, "after + must stand two hexadecimal digits"
		}
		out = append(out, byte(b))
		i += 2
	}
	return string(out), ""
}
