package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// importedEnd is a case of another system that ended in one of the four ways, on time.
func importedEnd(id dispatch.Code, state dispatch.State, ended time.Time) dispatch.Import {
	ago := func(n int) time.Time { return ended.Add(-time.Duration(n) * time.Hour) }
	do := dispatch.Import{
		Event: fullEvent(id, "waste"), Case: id, From: "old", State: state, FiledAt: ago(9), RegisteredAt: ago(8), DispatchedAt: ago(7),
		AcknowledgedAt: ago(6), StartedAt: ago(5), Generation: 1, ClosedAt: ended, Replied: true,
		Clocks: dispatch.Clocks{Total: ended, Handle: ago(1)},
	}
	do.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("48h")}
	switch state {
	case dispatch.StateClosed:
		do.DoneAt, do.VerifiedAt, do.Outcome, do.Satisfied = ago(2), ago(1), "swept", dispatch.SatisfiedYes
		do.Doer, do.Verifier = dispatch.Actor{Person: "li"}, dispatch.Actor{Person: "wang"}
	case dispatch.StateRejected:
		do.Outcome = string(dispatch.RejectVague)
	case dispatch.StateMerged:
		do.Into = "E0"
	}
	return do
}

// endFlaws are the contradictions of a case that has ended, by state and field.
func endFlaws(ended time.Time) []endFlaw {
	late := ended.Add(time.Millisecond)
	return []endFlaw{
		{"closed", "closed_at", func(v *dispatch.Import) { v.ClosedAt = time.Time{} }},
		{"closed", "closed_at", func(v *dispatch.Import) { v.ClosedAt = v.FiledAt.Add(-1e6) }},
		{"closed", "since", func(v *dispatch.Import) { v.Since = ended.Add(-1e6) }},
		{"closed", "cycle_at", func(v *dispatch.Import) { v.Cycle, v.CycleAt = 1, late }},
		{"closed", "registered_at", func(v *dispatch.Import) { v.RegisteredAt = time.Time{} }},
		{"rejected", "registered_at", func(v *dispatch.Import) {
			v.RegisteredAt, v.DispatchedAt, v.Cycle, v.CycleAt = time.Time{}, time.Time{}, 1, ended
		}},
		{"closed", "dispatched_at", func(v *dispatch.Import) { v.DispatchedAt = late }},
		{"closed", "acknowledged_at", func(v *dispatch.Import) { v.AcknowledgedAt = late }},
		{"cancelled", "started_at", func(v *dispatch.Import) { v.StartedAt = late }},
		{"closed", "done_at", func(v *dispatch.Import) { v.DoneAt = time.Time{} }},
		{"cancelled", "done_at", func(v *dispatch.Import) { v.DoneAt = ended }},
		{"closed", "verified_at", func(v *dispatch.Import) { v.VerifiedAt = time.Time{} }},
		{"closed", "verified_at", func(v *dispatch.Import) { v.DoneAt, v.VerifiedAt = ended, ended.Add(-1e6) }},
		{"merged", "verified_at", func(v *dispatch.Import) { v.VerifiedAt = ended }},
		{"closed", "lead", func(v *dispatch.Import) { v.Lead, v.Generation = dispatch.Duty{}, 0 }},
		{"rejected", "lead", func(v *dispatch.Import) { v.RegisteredAt = time.Time{} }},
		{"closed", "generation", func(v *dispatch.Import) { v.Generation = 0 }},
		{"closed", "replied", func(v *dispatch.Import) { v.Replied = false }},
		{"rejected", "replied", func(v *dispatch.Import) { v.Replied = false }},
		{"closed", "reports", func(v *dispatch.Import) { v.Reports = []dispatch.Report{{Event: "R1", Reporter: "who"}} }},
		{"cancelled", "reports", func(v *dispatch.Import) { v.Reports = []dispatch.Report{{Event: "R1", At: late}} }},
		{"closed", "verifier", func(v *dispatch.Import) { v.Verifier = v.Doer }},
		{"cancelled", "outcome", func(v *dispatch.Import) { v.Outcome = "swept" }},
		{"rejected", "outcome", func(v *dispatch.Import) { v.Outcome = "swept" }},
		{"rejected", "outcome", func(v *dispatch.Import) { v.Outcome = "" }},
		{"closed", "satisfied", func(v *dispatch.Import) { v.Satisfied = "maybe" }},
		{"cancelled", "stood_in", func(v *dispatch.Import) { v.StoodIn = true }},
		{"closed", "on_time", func(v *dispatch.Import) { v.OnTime = "false" }},
		{"closed", "on_time", func(v *dispatch.Import) { v.Clocks.Total, v.OnTime = time.Time{}, "true" }},
		{"cancelled", "on_time", func(v *dispatch.Import) { v.OnTime = "true" }},
		{"closed", "clocks", func(v *dispatch.Import) { v.Clocks.Stage = ended }},
		{"closed", "clocks", func(v *dispatch.Import) { v.Clocks.Review = ended }},
		{"closed", "clocks", func(v *dispatch.Import) { v.Clocks.Ladder = ended }},
		{"closed", "clocks", func(v *dispatch.Import) { v.Clocks.Archive = ended }},
		{"closed", "clocks", func(v *dispatch.Import) {
			v.Clocks.Total, v.Clocks.Paused = time.Time{}, []dispatch.Paused{{Clock: dispatch.TotalClock}}
		}},
		{"closed", "clocks", func(v *dispatch.Import) {
			v.Clocks.Total, v.Left = time.Time{}, []dispatch.Paused{{Clock: dispatch.TotalClock}}
		}},
		{"closed", "asking", func(v *dispatch.Import) { v.Asking = true }},
		{"closed", "into", func(v *dispatch.Import) { v.Into = "E0" }},
		{"merged", "into", func(v *dispatch.Import) { v.Into = "" }},
		{"merged", "into", func(v *dispatch.Import) { v.Into = "nobody" }},
		{"merged", "into", func(v *dispatch.Import) { v.Into = "E1" }},
		{"merged", "merged", func(v *dispatch.Import) { v.Merged = []dispatch.Code{"E9"} }},
		{"closed", "merged", func(v *dispatch.Import) { v.Merged = []dispatch.Code{"E1"} }},
		{"closed", "merged", func(v *dispatch.Import) { v.Merged = []dispatch.Code{"E0"} }},
		{"merged", "closed_at", func(v *dispatch.Import) {
			*v = importedEnd("E1", "merged", fullDay(2, 8, 0)) // before E0 was filed
		}},
		{"in_progress", "closed_at", func(v *dispatch.Import) { v.ClosedAt = ended }},
		{"filed", "satisfied", func(v *dispatch.Import) {
			*v = dispatch.Import{Event: v.Event, Case: "E1", From: "old", State: "filed", FiledAt: v.FiledAt, Satisfied: "yes"}
		}},
	}
}

type endFlaw struct {
	state  dispatch.State
	field  string
	change func(*dispatch.Import)
}

// TestImportRefusesEnds: each contradiction of an end is told by its field, and an entry
// with it is not folded either.
func TestImportRefusesEnds(t *testing.T) {
	d := fullDesk(t)
	at, ended := fullDay(9, 9, 0), fullDay(5, 9, 0)
	deskDo(t, d, fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E0", "waste"), Straight: true})
	hash := d.Hash()
	for i, flaw := range endFlaws(ended) {
		do := importedEnd("E1", flaw.state, ended)
		if flaw.state.Open() {
			do.ClosedAt = time.Time{}
		}
		if !flaw.state.Open() {
			require.Nil(t, deskDecide(t, d, at, do).Refusal, "%d: as it is", i)
		}
		flaw.change(&do)
		require.Equal(t, &dispatch.Refusal{Code: "inconsistent", Args: []string{"E1", flaw.field}}, deskDecide(t, d, at, do).Refusal, "%d", i)
		if flaw.field == "clocks" || do.Clocks.Total.IsZero() && flaw.field == "on_time" {
			continue // in an entry the dues are beside the fact
		}
		fact := dispatch.CaseImported{Setup: 1, Import: do}
		fact.Clocks, fact.Left = dispatch.Clocks{}, nil
		e := dispatch.Entry{Seq: d.Seq() + 1, At: at, Case: "E1", Clocks: do.Clocks, Fact: fact}
		require.ErrorIs(t, d.Apply(e), dispatch.ErrEntry, "%d: %s", i, flaw.field)
		require.Equal(t, hash, d.Hash())
	}
	do := importedEnd("E1", dispatch.StateClosed, ended)
	do.Event.Matter = "quarrel"
	require.Equal(t, []string{"E1", "outcome"}, deskDecide(t, d, at, do).Refusal.Args, "no outcome of a mediation")
	do.Outcome, do.Lead.Party = "settled", "long gone"
	deskDo(t, d, at, do)
	require.Equal(t, "true", deskCase(t, d, "E1").OnTime(at))
}

// TestImportOfWhatWasMerged: the target names what was merged into it, and its names are
// kept for those cases; what is merged into a closed case was named, in its time, and
// its reporters were answered.
func TestImportOfWhatWasMerged(t *testing.T) {
	at, ended := fullDay(9, 9, 0), fullDay(5, 9, 0)
	d := fullDesk(t)
	target := importedEnd("E0", dispatch.StateClosed, ended.Add(time.Hour))
	target.Merged = []dispatch.Code{"E2", "E1", "E2"}
	part := importedEnd("E1", dispatch.StateMerged, ended)
	require.Equal(t, []string{"E1", "into"}, deskDecide(t, d, at, part).Refusal.Args, "nothing is there yet")
	deskDo(t, d, at, target)
	require.Equal(t, []dispatch.Code{"E1", "E2"}, deskCase(t, d, "E0").Merged)
	for name, want := range map[string]string{
		"state": "state", "into": "into", "late": "closed_at", "waits": "replied", "report waits": "reports", "unnamed": "into", "again": "merged",
	} {
		do := part
		switch name {
		case "state":
			do = importedEnd("E1", dispatch.StateCancelled, ended)
		case "into":
			do.Into = "E3"
		case "late":
			do.ClosedAt = ended.Add(2 * time.Hour)
		case "waits":
			do.Replied = false
		case "report waits":
			do.Reports = []dispatch.Report{{Event: "R1", Reporter: "who"}}
		case "unnamed":
			do = importedEnd("E4", dispatch.StateMerged, ended)
		case "again":
			do = importedEnd("E4", dispatch.StateClosed, ended)
			do.Merged = []dispatch.Code{"E2"}
		}
		require.Equal(t, []string{string(do.Case), want}, deskDecide(t, d, at, do).Refusal.Args, name)
	}
	for _, do := range []dispatch.Do{dispatch.File{Event: fullEvent("E1", "waste")}, dispatch.File{Event: fullEvent("X", "waste"), Case: "E2"}} {
		require.Equal(t, "case_exists", deskRefusal(t, d, at, dispatch.Command{Do: do}), "the name is kept")
	}
	filed := deskDecide(t, fullDesk(t), at, dispatch.File{Event: fullEvent("E1", "waste")}).Entries[0]
	filed.Seq = d.Seq() + 1
	require.ErrorIs(t, d.Apply(filed), dispatch.ErrEntry)
	require.Equal(t, []string{"case_imported"}, deskFacts(deskDo(t, d, at, part)))
	require.Equal(t, "merged_in", deskRefusal(t, d, ended.AddDate(0, 0, 40), dispatch.Command{Do: dispatch.Archive{Case: "E0"}}))
	require.Equal(t, "target", deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Part{Case: "E1"}}))
	deskDo(t, d, at, dispatch.Reopen{Case: "E0", Reason: "back"})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E7", "waste")})
	require.Equal(t, "merged_in", deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Merge{Case: "E0", Into: "E7"}}), "E2 is to come")
	deskDo(t, d, at, dispatch.Part{Case: "E1"})
	require.Equal(t, []dispatch.Code{"E2"}, deskCase(t, d, "E0").Merged)
}

// TestNamesAreKeptUntilTheTargetLeaves memory; then nothing of them is left.
func TestNamesAreKeptUntilTheTargetLeaves(t *testing.T) {
	at := fullDay(9, 9, 0)
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: archiveStreet(t, "1m")})
	target := importedEnd("E0", dispatch.StateClosed, at)
	target.Merged = []dispatch.Code{"E1"}
	deskDo(t, d, at, target)
	require.Equal(t, "case_exists", deskRefusal(t, d, at, dispatch.Command{Do: dispatch.File{Event: fullEvent("E1", "waste")}}))
	next, _ := d.NextDue()
	require.Equal(t, at.Add(50*time.Hour+time.Millisecond).UTC(), next)
	late := importedEnd("E1", dispatch.StateMerged, at)
	require.Equal(t, []string{"E1", "into"}, deskDecide(t, d, next, late).Refusal.Args, "it has left without a tick")
	require.Equal(t, []string{"archived"}, deskFacts(deskTick(t, d, next)))
	deskDo(t, d, next, dispatch.File{Event: fullEvent("E1", "waste")})
	old := importedEnd("E5", dispatch.StateRejected, at.AddDate(-1, 0, 0))
	entries := append(deskDo(t, d, next, old), deskTick(t, d, next)...)
	require.Equal(t, []string{"case_imported", "archived"}, deskFacts(entries), "older than Policy.Archive and Policy.Reopen")
	require.Equal(t, next, entries[1].At)
}

// TestImportedEndLivesOn: whether it was on time, how long who held it, and what happens
// when it is reopened, as with a case of the desk.
func TestImportedEndLivesOn(t *testing.T) {
	at, ended := fullDay(9, 9, 0), fullDay(5, 9, 0)
	d := fullDesk(t)
	late := importedEnd("E1", dispatch.StateClosed, ended)
	late.Clocks.Total = ended.Add(-time.Millisecond)
	var all []dispatch.Entry
	for _, do := range []dispatch.Do{dispatch.Install{Setup: fullStreet(t)}, late, importedEnd("E2", dispatch.StateClosed, ended)} {
		all = append(all, deskDo(t, d, at, do)...)
	}
	require.Equal(t, []any{"false", true, ended.UTC()}, []any{all[1].Fact.(dispatch.CaseImported).OnTime, deskCase(t, d, "E1").Overdue, deskCase(t, d, "E1").ClosedAt})
	require.Equal(t, []any{"true", false}, []any{all[2].Fact.(dispatch.CaseImported).OnTime, deskCase(t, d, "E2").Overdue})
	require.Equal(t, 0, d.OpenLen())
	require.Equal(t, []any{"swept", dispatch.SatisfiedYes}, []any{deskCase(t, d, "E1").Outcome, deskCase(t, d, "E1").Satisfied})
	for i := range all {
		all[i].Seq = uint64(i + 1)
	}
	account := func(now time.Time) (spans, idle time.Duration) {
		a, err := dispatch.Accountability("E1", slices.Values(all), now)
		require.NoError(t, err)
		for _, s := range a.Spans {
			spans += s.Length()
		}
		for _, s := range a.Idle {
			idle += s.Length()
		}
		return spans, idle
	}
	spans, idle := account(at.Add(time.Hour))
	require.Equal(t, []time.Duration{0, 9 * time.Hour}, []time.Duration{spans, idle}, "with another system, to its end")
	all = append(all, deskDo(t, d, at, dispatch.Reopen{Case: "E1", Reason: "back"})...)
	spans, idle = account(at.Add(time.Hour))
	require.Equal(t, []time.Duration{time.Hour, 9*time.Hour + at.Sub(ended)}, []time.Duration{spans, idle})
	require.Equal(t, 1, deskCase(t, d, "E1").Cycle)
	require.Equal(t, "too_late", deskRefusal(t, d, fullDay(60, 9, 0), dispatch.Command{Do: dispatch.Reopen{Case: "E2", Reason: "back"}}))
}
