package mailbox

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// deliveries numbers what this process delivers; with the time and the process
// it makes a name that no other delivery has.
var deliveries atomic.Uint64

// uniqueName gives a Maildir name: seconds, then what tells apart the
// deliveries of one second. Names sort as the deliveries happened.
func uniqueName() string {
	now := time.Now()
	b := make([]byte, 0, 64)
	b = strconv.AppendInt(b, now.Unix(), 10)
	b = append(b, ".M"...)
	b = appendPadded(b, uint64(now.Nanosecond()/1000), 6)
	b = append(b, 'Q')
	b = appendPadded(b, deliveries.Add(1), 9)
	b = append(b, 'P')
	b = strconv.AppendInt(b, int64(os.Getpid()), 10)
	return string(append(b, ".surel"...))
}

func appendPadded(b []byte, n uint64, width int) []byte {
	digits := strconv.FormatUint(n, 10)
	for range width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// infoSeparator stands between a letter's unique name and its flags. Windows
// allows no colon in file names.
func infoSeparator() string {
	if runtime.GOOS == "windows" {
		return ";"
	}
	return ":"
}

// baseName cuts the flags off a file name.
func baseName(file string) string {
	base, _, _ := strings.Cut(file, infoSeparator())
	return base
}
