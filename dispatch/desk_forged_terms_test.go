package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestForgedWaivers: Apply refuses work that lacks evidence without a reason, a reason
// without a lack, and silence that verifies what was not shown.
func TestForgedWaivers(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "lamp", dispatch.StateInProgress)
	apply := func(fact dispatch.Fact) error {
		clocks := dispatch.Clocks{Stage: at.Add(time.Hour).UTC()}
		return d.Apply(dispatch.Entry{Seq: d.Seq() + 1, At: at.UTC(), Case: "E1", Clocks: clocks, Fact: fact})
	}
	for _, bad := range []dispatch.WorkDone{{Missing: []string{"after"}}, {Waiver: "dark"}} {
		require.ErrorIs(t, apply(bad), dispatch.ErrEntry)
	}
	require.Equal(t, dispatch.StateInProgress, deskCase(t, d, "E1").State)
	require.NoError(t, apply(dispatch.WorkDone{Missing: []string{"after"}, Waiver: "dark"}))
	require.ErrorIs(t, apply(dispatch.VerifyLapsed{}), dispatch.ErrEntry)
	require.NoError(t, apply(dispatch.Verified{}))
}
