package explorer

import "context"

// Fill has no mailbox to fill.
func (l *lab) Fill(context.Context, string, map[string][][]byte) error { return nil }
