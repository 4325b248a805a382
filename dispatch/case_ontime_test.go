package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// TestOnTime: a case is late only when it counts: open past its due, or closed after it.
func TestOnTime(t *testing.T) { rapid.Check(t, onTime) }

func FuzzOnTime(f *testing.F) { f.Fuzz(rapid.MakeFuzz(onTime)) }

func onTime(t *rapid.T) {
	hour := func(label string) time.Time {
		return time.Date(2021, 10, 8, rapid.IntRange(0, 3).Draw(t, label), 0, 0, 0, time.UTC)
	}
	c := dispatch.Case{State: rapid.SampledFrom(dispatch.States()).Draw(t, "state")}
	if rapid.Bool().Draw(t, "due") {
		c.DueAt = hour("due at")
	}
	now := hour("now")
	want := map[dispatch.State]string{dispatch.StateMerged: "", dispatch.StateRejected: "", dispatch.StateCancelled: ""}
	end := now
	if c.State == dispatch.StateClosed {
		c.ClosedAt = hour("closed")
		end = c.ClosedAt
	}
	verdict := "true"
	switch {
	case end.After(c.DueAt):
		verdict = "false"
	case c.State.Open():
		verdict = "open"
	}
	if ended, ok := want[c.State]; ok {
		verdict = ended
	}
	if c.DueAt.IsZero() {
		verdict = ""
	}
	require.Equal(t, verdict, c.OnTime(now))
}
