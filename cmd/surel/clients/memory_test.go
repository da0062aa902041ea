//go:build clients && unix

package clients

import (
	"os"
	"syscall"
)

// maxMemory gives the most memory that a process held, in kilobytes.
func maxMemory(s *os.ProcessState) int64 {
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss
	}
	return 0
}
