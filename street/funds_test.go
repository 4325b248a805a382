package street_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// TestAHostThatDoesNotPlay opens the funds itself, twice, and files at the
// instant its own clock shows, nanoseconds and all.
func TestAHostThatDoesNotPlay(t *testing.T) {
	ctx := context.Background()
	s := open(t, journal.NewMemory())
	at := time.Date(2021, 9, 28, 9, 0, 0, 123456789, time.UTC)
	require.NoError(t, s.OpenFunds(ctx, at))
	require.NoError(t, s.OpenFunds(ctx, at.Add(time.Hour)))
	require.NoError(t, s.View(ctx, func(_ *dispatch.Desk, b *finance.Book) {
		require.Equal(t, finance.Fen(100_00), b.Totals().Appropriated)
	}))
	out, err := s.File(ctx, street.Event{ID: "E9", At: at.Add(2 * time.Hour), Matter: "waste", Area: "G1"})
	require.NoError(t, err)
	require.Nil(t, out.Refusal)
	c, ok := s.Case("E9")
	require.True(t, ok)
	require.Equal(t, at.Add(2*time.Hour).Truncate(time.Millisecond), c.FiledAt)
	require.NoError(t, s.Tick(ctx, at.Add(3*time.Hour)))
}
