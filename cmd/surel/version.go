package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"surel/tui/text"
)

// version is set when a release is built, by the linker.
var version = ""

func newVersion(env environment, words *text.Labels) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: words.Get("cmd.version.short"),
		Args:  arguments(words, 0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(env.stdout, "surel %s (%s, %s/%s)\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return unexpected(err)
		},
	}
}

// buildVersion names the release, or else the commit that was built.
func buildVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
