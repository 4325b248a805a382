package journal_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// hasty is a context that is done at once, and does something just before.
type hasty struct {
	context.Context
	before func()
}

func (h hasty) Done() <-chan struct{} {
	h.before()
	return h.Context.Done()
}

// A reader that gives up in the very moment it is let in is not counted.
func TestGateCountsReaders(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var g journal.Gate
	letIn := 0
	for range 200 {
		require.NoError(t, g.Lock(t.Context()))
		if g.RLock(hasty{gone, g.Unlock}) == nil {
			letIn++
			require.ErrorIs(t, g.Lock(gone), context.Canceled, "a reader is inside")
			require.NoError(t, g.RLock(gone), "a writer that gave up keeps nobody out")
			g.RUnlock()
			g.RUnlock()
		}
		require.NoError(t, g.Lock(gone), "nobody is inside")
		require.ErrorIs(t, g.RLock(gone), context.Canceled, "a writer is inside")
		g.Unlock()
	}
	require.Greater(t, letIn, 0)
	require.Less(t, letIn, 200)
}
