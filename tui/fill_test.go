package tui

import "context"

// Fill has no mailbox to fill.
func (s still) Fill(context.Context, string, map[string][][]byte) error { return nil }
