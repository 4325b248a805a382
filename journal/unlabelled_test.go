package journal_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// A machine may know a key that no label told the store. A retry is then answered
// as a replay without entries, not as something that was not done.
func TestRetryWithoutLabel(t *testing.T) {
	cfg := config(journal.NewMemory())
	cfg.Codec.Label = nil
	h := open(t, cfg)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	first, err := h.Do(t.Context(), at, move{Key: "k", Add: 5})
	require.NoError(t, err)
	require.False(t, first.Replayed)
	again, err := h.Do(t.Context(), at, move{Key: "k", Add: 5})
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Empty(t, again.Entries)
	require.Equal(t, first.Seq, again.Seq)
	require.Equal(t, int64(5), total(t, h))
}
