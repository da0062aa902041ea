package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Run shows the program on the terminal until the user leaves it or ctx ends.
func Run(ctx context.Context, o Options) error {
	m := New(o)
	defer m.close()
	// The first picture waits for the renderer's tick, so a quick one is a
	// quick start. Signals end ctx, which is the caller's to arrange.
	p := tea.NewProgram(m, tea.WithContext(ctx), tea.WithFPS(120), tea.WithoutSignalHandler())
	if _, err := p.Run(); err != nil && ctx.Err() == nil {
		return fmt.Errorf("show the screens: %w", err)
	}
	return nil
}
