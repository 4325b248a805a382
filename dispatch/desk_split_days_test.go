package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// On Monday 2 March E1 has five working days, until 9 March, and E2 two, until 4 March.
// E2 is merged into E1, and the 3rd and the 5th become days off: two working days end on
// the 6th (4, 6), five on the 11th (4, 6, 9, 10, 11), merged or not.
func TestSplitAfterNewDays(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullDesk(t)
	journal := []dispatch.Entry{}
	do := func(each dispatch.Do) []dispatch.Entry {
		entries := deskDo(t, d, at, each)
		journal = append(journal, entries...)
		return entries
	}
	do(dispatch.File{Event: fullEvent("E1", "quarrel"), Straight: true})
	do(dispatch.File{Event: fullEvent("E2", "waste"), Straight: true})
	do(dispatch.File{Event: fullEvent("E3", "lamp"), Straight: true}) // 8 hours of any time
	do(dispatch.Merge{Case: "E2", Into: "E1"})
	dues := func(one, two int) {
		require.Equal(t, fullDay(one, 17, 0).UTC(), deskCase(t, d, "E1").DueAt, "E1")
		require.Equal(t, fullDay(two, 17, 0).UTC(), deskCase(t, d, "E2").DueAt, "E2")
	}
	dues(4, 4)
	days := handCalendar{"2026-03-03": false, "2026-03-05": false}
	entries := do(dispatch.Install{Setup: days.setup(t, fullStreet(t))})
	require.Equal(t, []string{"setup_installed", "due_revised", "due_revised"}, deskFacts(entries))
	require.Equal(t, []dispatch.Code{"", "E1", "E2"}, []dispatch.Code{entries[0].Case, entries[1].Case, entries[2].Case})
	both := []dispatch.Clock{dispatch.HandleClock, dispatch.TotalClock}
	require.Equal(t, dispatch.DueRevised{Clocks: both, Own: true}, entries[1].Fact)
	require.Equal(t, fullDay(11, 17, 0).UTC(), entries[1].Clocks.Own)
	require.Equal(t, dispatch.DueRevised{Clocks: []dispatch.Clock{dispatch.TotalClock}}, entries[2].Fact)
	var told []dispatch.Code
	for _, n := range d.Notices(at, entries[0].Seq) {
		told = append(told, n.Case)
	}
	require.Equal(t, []dispatch.Code{"E1"}, told, "nobody waits for a due of E2")
	dues(6, 6)
	refuseForgedRevisions(t, journal, entries)

	// The days are worked again: the later dues stand, and nothing is said.
	require.Len(t, do(dispatch.Install{Setup: handCalendar{}.setup(t, fullStreet(t))}), 1)
	do(dispatch.Part{Case: "E2"})
	dues(11, 6)
	replayed := fullDesk(t)
	deskApply(t, replayed, deskThroughJSON(t, journal))
	require.Equal(t, d.Hash(), replayed.Hash())

	// T that ran out for the case merged in does not keep its target's own from moving.
	d = fullDesk(t)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "quarrel"), Straight: true})
	early := fullEvent("E2", "waste")
	early.Due = at.Add(time.Hour)
	deskDo(t, d, at, dispatch.File{Event: early})
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
	deskTick(t, d, at.Add(2*time.Hour))
	require.True(t, deskCase(t, d, "E1").Overdue)
	deskDo(t, d, at.Add(2*time.Hour), dispatch.Install{Setup: days.setup(t, fullStreet(t))})
	deskDo(t, d, at.Add(2*time.Hour), dispatch.Part{Case: "E2"})
	require.Equal(t, fullDay(11, 17, 0).UTC(), deskCase(t, d, "E1").DueAt)
	require.False(t, deskCase(t, d, "E1").Overdue)
	require.Equal(t, early.Due.UTC(), deskCase(t, d, "E2").DueAt, "an imposed due stays")
}

// T stands still while the days change, and goes on at 10 on Monday the 2nd. The 24 working
// hours that E2 had are 7 on the 2nd, 8 each on the 4th and 6th, and one on the 9th; the 48
// of its own go on with 8 each on the 9th, 10th and 11th, and one on the 12th.
func TestSplitAfterNewDaysInAPause(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullDesk(t)
	for _, do := range []dispatch.Do{
		dispatch.File{Event: fullEvent("E1", "quarrel"), Straight: true}, dispatch.File{Event: fullEvent("E2", "waste"), Straight: true},
		dispatch.Merge{Case: "E2", Into: "E1"}, dispatch.Ack{Case: "E1"},
		dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(20, 9, 0)},
	} {
		deskDo(t, d, at, do)
	}
	days := handCalendar{"2026-03-03": false, "2026-03-05": false}
	entries := deskDo(t, d, at, dispatch.Install{Setup: days.setup(t, fullStreet(t))})
	require.Equal(t, []string{"setup_installed", "due_revised"}, deskFacts(entries))
	require.Equal(t, dispatch.Code("E2"), entries[1].Case, "what stands still has no due to revise")
	at = fullDay(2, 10, 0)
	deskDo(t, d, at, dispatch.Resume{Case: "E1"})
	require.Equal(t, fullDay(9, 10, 0).UTC(), deskCase(t, d, "E1").DueAt)
	deskDo(t, d, at, dispatch.Part{Case: "E2"})
	require.Equal(t, fullDay(12, 10, 0).UTC(), deskCase(t, d, "E1").DueAt)
	require.Equal(t, fullDay(6, 17, 0).UTC(), deskCase(t, d, "E2").DueAt)
}

// refuseForgedRevisions spoils the entries of an installation: whatever they say that it
// cannot have said is refused. E1 is the target of E2, and E3 stands alone.
func refuseForgedRevisions(t *testing.T, journal, entries []dispatch.Entry) {
	target, part := entries[1], entries[2]
	forge := func(e dispatch.Entry, spoil func(*dispatch.Entry)) dispatch.Entry {
		spoil(&e)
		return e
	}
	fact := func(f dispatch.DueRevised) func(*dispatch.Entry) { return func(e *dispatch.Entry) { e.Fact = f } }
	for name, e := range map[string]dispatch.Entry{
		"own unsaid":        forge(target, fact(dispatch.DueRevised{Clocks: []dispatch.Clock{dispatch.TotalClock}})),
		"own not there":     forge(target, func(e *dispatch.Entry) { e.Clocks.Own = time.Time{} }),
		"own not later":     forge(target, func(e *dispatch.Entry) { e.Clocks.Own = fullDay(9, 17, 0).UTC() }),
		"own of no target":  forge(target, func(e *dispatch.Entry) { e.Case = "E3" }),
		"handle of a part":  forge(part, fact(dispatch.DueRevised{Clocks: []dispatch.Clock{dispatch.HandleClock}})),
		"a part is earlier": forge(part, func(e *dispatch.Entry) { e.Clocks.Total = fullDay(4, 16, 0).UTC() }),
	} {
		d := fullDesk(t)
		deskApply(t, d, journal[:len(journal)-len(entries)+1])
		hash := d.Hash()
		e.Seq = d.Seq() + 1
		require.ErrorIs(t, d.Apply(e), dispatch.ErrEntry, name)
		require.Equal(t, hash, d.Hash(), name)
	}
	d := fullDesk(t)
	deskApply(t, d, journal)
	deskDo(t, d, target.At, dispatch.Withdraw{Case: "E3"})
	ended := forge(target, fact(dispatch.DueRevised{Clocks: []dispatch.Clock{dispatch.TotalClock}}))
	ended.Case, ended.Seq, ended.Clocks.Own = "E3", d.Seq()+1, time.Time{}
	require.ErrorIs(t, d.Apply(ended), dispatch.ErrEntry, "an end")
}
