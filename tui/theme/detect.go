package theme

import "strings"

// Detect gives the options that suit the terminal which the environment
// describes. Borders and signs are ASCII where the locale names an encoding
// other than UTF-8, and on terminals whose fonts lack the signs. An
// environment that names no locale at all is taken for UTF-8: containers are
// like that, and the terminals around them draw it. Colours are not decided
// here: Bubble Tea reads NO_COLOR and the terminal's abilities itself.
func Detect(env func(string) string) Options {
	return Options{ASCII: poor(env("TERM")) || !utf8Locale(env)}
}

// poor tells that a terminal's font cannot be trusted with more than ASCII.
func poor(term string) bool {
	switch term {
	case "dumb", "linux", "vt52", "vt100", "vt102", "vt220", "ansi", "cons25":
		return true
	}
	return false
}

// utf8Locale reads the variables in the order in which setlocale does.
func utf8Locale(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := env(name); locale != "" {
			locale = strings.ToLower(strings.ReplaceAll(locale, "-", ""))
			return strings.Contains(locale, "utf8")
		}
	}
	return true
}
