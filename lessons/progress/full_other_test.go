//go:build !unix

package progress_test

// fillDisk is not asked for where disks cannot be limited.
func fillDisk() {}
