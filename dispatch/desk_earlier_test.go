package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestTotalNeverEarlierBySplit: what a suspension added to the promise is not lost when
// a case that was merged in leaves again.
func TestTotalNeverEarlierBySplit(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	for _, id := range []dispatch.Code{"E1", "E2"} {
		deskDo(t, d, at, dispatch.File{Event: fullEvent(id, "waste"), Straight: true})
	}
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	deskDo(t, d, at, dispatch.Start{Case: "E1"})
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
	deskDo(t, d, at, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(12, 9, 0)})
	deskDo(t, d, fullDay(9, 9, 0), dispatch.Resume{Case: "E1"})
	before := deskCase(t, d, "E1").DueAt
	deskDo(t, d, fullDay(9, 9, 0), dispatch.Part{Case: "E2"})
	require.Equal(t, before, deskCase(t, d, "E1").DueAt)
}

// TestSplitOfAnEarlierCycle: a case that was merged in before a reopening has no part in
// the promise that was made at the reopening.
func TestSplitOfAnEarlierCycle(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	for _, id := range []dispatch.Code{"E1", "E2"} {
		deskDo(t, d, at, dispatch.File{Event: fullEvent(id, "waste"), Straight: true})
	}
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
	deskDo(t, d, at, dispatch.Reply{Case: "E2"})
	for _, do := range fullWay(dispatch.StateClosed)[2:] {
		deskDo(t, d, at, do)
	}
	deskDo(t, d, fullDay(6, 9, 0), dispatch.Reopen{Case: "E1", Reason: "back"})
	deskDo(t, d, fullDay(6, 9, 0), dispatch.Part{Case: "E2"})
	require.Zero(t, deskCase(t, d, "E1").DueAt, "nothing is promised before the dispatch")
	deskDo(t, d, fullDay(6, 9, 0), dispatch.Dispatch{Case: "E1"})
	require.True(t, deskCase(t, d, "E1").DueAt.After(fullDay(9, 0, 0)), "%s", deskCase(t, d, "E1").DueAt)
}

// TestTotalNeverEarlierByAPause: a due at rest that came from a case counted by the clock
// on the wall stands when the lead's time counts working hours.
func TestTotalNeverEarlierByAPause(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(6, 9, 0) // a Friday
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	deskDo(t, d, at, dispatch.Start{Case: "E1"})
	imposed := fullEvent("E2", "waste")
	imposed.Due = fullDay(8, 12, 0) // a Sunday
	deskDo(t, d, at, dispatch.File{Event: imposed, Straight: true})
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
	require.True(t, imposed.Due.Equal(deskCase(t, d, "E1").DueAt))
	deskDo(t, d, fullDay(7, 9, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(12, 9, 0)})
	deskDo(t, d, fullDay(7, 10, 0), dispatch.Resume{Case: "E1"})
	require.False(t, deskCase(t, d, "E1").DueAt.Before(imposed.Due), "%s", deskCase(t, d, "E1").DueAt)
}

// TestAppealWhenTheHigherBodyIsGone: the body above stood when the ruling was made and is
// closed before the appeal. The duty desk rules on it, finally, as where a ladder ends.
func TestAppealWhenTheHigherBodyIsGone(t *testing.T) {
	setup := fullStreet(t)
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true, Party: "property"})
	deskDo(t, d, at, dispatch.Judge{Case: "E1", Party: "property", Basis: "law"})
	deskDo(t, d, at, dispatch.Install{Setup: deskStreet(t).setup}) // knows neither the bureau nor the commission
	deskDo(t, d, at, dispatch.Appeal{Case: "E1", Basis: "law"})
	k := deskCase(t, d, "E1").Contention
	require.Equal(t, dispatch.Code("desk"), k.Body)
	require.Equal(t, 2, k.Level)
	deskAs(t, d, at, dispatch.Actor{Person: "wang"}, dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"})
	require.True(t, deskCase(t, d, "E1").Contention.Final)
}

// TestAccountOfTheEndAndOfAnImport: what happens to a case after its end is nobody's time,
// and the time before an import is on the account.
func TestAccountOfTheEndAndOfAnImport(t *testing.T) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	step := func(at time.Time, do dispatch.Do) { all = append(all, deskDo(t, d, at, do)...) }
	at := fullDay(2, 9, 0)
	step(at, dispatch.Install{Setup: fullStreet(t)})
	step(at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	for i, do := range fullWay(dispatch.StateClosed)[2:] {
		step(at.Add(time.Duration(i+1)*time.Minute), do)
	}
	ended := deskCase(t, d, "E1").ClosedAt
	step(fullDay(5, 9, 0), dispatch.Install{Setup: deskStreet(t).strict})
	do := dispatch.Import{
		Event: fullEvent("E2", "waste"), Case: "E2", From: "old", State: dispatch.StateFiled, FiledAt: at.Add(-100 * time.Hour),
	}
	step(fullDay(6, 9, 0), do)
	sum := func(id dispatch.Code) (sum time.Duration) {
		a, err := dispatch.Accountability(id, slices.Values(all), fullDay(20, 9, 0))
		require.NoError(t, err)
		for _, s := range slices.Concat(a.Spans, a.Idle) {
			sum += s.Length()
		}
		return sum
	}
	require.Equal(t, ended.Sub(at), sum("E1"))
	require.Equal(t, fullDay(20, 9, 0).Sub(do.FiledAt), sum("E2"))
	step(fullDay(6, 9, 0), dispatch.Reopen{Case: "E1", Reason: "back"})
	require.Equal(t, fullDay(20, 9, 0).Sub(at), sum("E1"))
}
