package dispatch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// deskAt is a desk with one case E1 brought to a state, all at one instant.
func deskAt(t require.TestingT, w deskWorld, at time.Time, state dispatch.State, event dispatch.Event) *dispatch.Desk {
	d := deskNew(t, w)
	deskDo(t, d, at, dispatch.File{Event: event})
	way := []dispatch.Do{
		dispatch.Register{Case: "E1"}, dispatch.Dispatch{Case: "E1"}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"},
		dispatch.Finish{Case: "E1", Override: "alone"}, dispatch.Verify{Case: "E1"}, dispatch.Close{Case: "E1"},
	}
	for _, do := range way {
		if deskCase(t, d, "E1").State == state {
			break
		}
		deskDo(t, d, at, do)
	}
	require.Equal(t, state, deskCase(t, d, "E1").State)
	return d
}

func deskVerb(verb string, id dispatch.Code) dispatch.Do {
	return map[string]dispatch.Do{
		"register": dispatch.Register{Case: id}, "dispatch": dispatch.Dispatch{Case: id}, "ack": dispatch.Ack{Case: id},
		"start": dispatch.Start{Case: id}, "finish": dispatch.Finish{Case: id, Override: "alone"}, "verify": dispatch.Verify{Case: id},
		"close": dispatch.Close{Case: id},
	}[verb]
}

// rowFor is the row of the published table for a trigger, found by reading it.
func rowFor(state dispatch.State, verb string, clock dispatch.Clock, low bool) (dispatch.Transition, bool) {
	for _, row := range dispatch.Transitions() {
		if slices.Contains(row.From, state) && row.Verb == verb && row.Clock == clock &&
			(row.When == "" || low && strings.HasPrefix(row.When, "low-risk")) {
			return row, true
		}
	}
	return dispatch.Transition{}, false
}

func TestDeskCommandsFollowTheTable(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	taken := map[string]bool{}
	for _, state := range dispatch.States()[:8] { // the straight way
		for _, verb := range dispatch.Verbs() {
			do := deskVerb(verb.Name, "E1")
			if do == nil {
				continue
			}
			d := deskAt(t, w, at, state, deskEvent("E1", "cover", deskWest))
			before := deskCase(t, d, "E1")
			out, err := d.Decide(at, dispatch.Command{Do: do})
			require.NoError(t, err)
			row, ok := rowFor(state, verb.Name, "", false)
			if !ok {
				require.Equal(t, &dispatch.Refusal{
					Code: "wrong_state", Args: []string{"E1", string(state), verb.Name},
				}, out.Refusal)
				continue
			}
			require.Nil(t, out.Refusal)
			taken[row.Row] = true
			deskSameRow(t, d, row, before, out.Entries)
		}
	}
	require.Equal(t, map[string]bool{"3": true, "7": true, "9": true, "22": true, "28": true, "29": true, "32": true}, taken)
}

// deskSameRow applies entries and compares what changed with the row.
func deskSameRow(t require.TestingT, d *dispatch.Desk, row dispatch.Transition, before dispatch.Case, entries []dispatch.Entry) {
	require.Equal(t, row.Facts, deskFacts(entries), "row %s", row.Row)
	deskApply(t, d, entries)
	after := deskCase(t, d, before.ID)
	want := row.To
	if want == "" {
		want = before.State
	}
	require.Equal(t, want, after.State, "row %s", row.Row)
	dues := func(c dispatch.Case) map[dispatch.Clock]time.Time {
		m := map[dispatch.Clock]time.Time{dispatch.TotalClock: c.DueAt, dispatch.HandleClock: c.HandleDue}
		for _, clock := range []dispatch.Clock{"register", "dispatch", "ack", "verify", "close"} {
			if r, ok := rowFor(c.State, "", clock, c.Risk == dispatch.LowRisk); ok {
				m[r.Clock] = c.StageDue
			}
		}
		return m
	}
	was, is := dues(before), dues(after)
	for _, clock := range row.Start {
		require.False(t, is[clock].IsZero(), "row %s starts %s", row.Row, clock)
	}
	for _, clock := range row.Stop {
		running := slices.Contains([]dispatch.Clock{"register", "dispatch", "ack", "verify", "close"}, clock) && !is[clock].IsZero()
		require.False(t, running, "row %s stops %s", row.Row, clock)
		require.False(t, was[clock].IsZero(), "row %s stops %s, which did not run", row.Row, clock)
	}
	for clock, due := range is {
		if !was[clock].Equal(due) {
			require.True(t, slices.Contains(row.Start, clock), "row %s starts %s without saying so", row.Row, clock)
		}
	}
}

func TestDeskFiringsFollowTheTable(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	taken := map[string]bool{}
	for _, matter := range []dispatch.Code{"waste.missed", "lamp", "cover"} {
		for _, state := range dispatch.States()[:7] {
			event := deskEvent("E1", matter, deskWest)
			d := deskAt(t, w, at, state, event)
			for range 12 {
				before := deskCase(t, d, "E1")
				next, ok := d.NextDue()
				require.True(t, ok)
				require.False(t, next.Before(before.NextDue.Add(time.Millisecond)))
				out, err := d.Tick(next.Add(-time.Millisecond))
				require.NoError(t, err)
				require.Empty(t, out.Entries, "due on the instant is on time")
				out, err = d.Tick(next)
				require.NoError(t, err)
				require.NotEmpty(t, out.Entries)
				for i, e := range out.Entries {
					require.Equal(t, next, e.At)
					row, ok := rowFor(before.State, "", deskFired(e.Fact), before.Risk == dispatch.LowRisk)
					require.True(t, ok, "no row for %s in %s", dispatch.FactName(e.Fact), before.State)
					taken[row.Row] = true
					deskSameRow(t, d, row, before, out.Entries[i:i+1])
					before = deskCase(t, d, "E1")
				}
			}
		}
	}
	straight := map[string]bool{"10": true, "31": true, "G1": true, "G2": true, "G3": true, "G4": true, "G5": true, "G6": true, "G7": true}
	require.Equal(t, straight, taken)
}

// deskFired is the clock whose running out a fact records.
func deskFired(f dispatch.Fact) dispatch.Clock {
	switch f := f.(type) {
	case dispatch.AckDeemed:
		return dispatch.AckClock
	case dispatch.VerifyLapsed:
		return dispatch.VerifyClock
	case dispatch.StageOverdue:
		return f.Stage
	case dispatch.TotalOverdue:
		return dispatch.TotalClock
	case dispatch.ReviewDue:
		return dispatch.ReviewClock
	}
	return ""
}

func TestTransitionsAreWhole(t *testing.T) {
	names, verbs, clocks := map[string]bool{}, map[string]bool{}, map[dispatch.Clock]bool{}
	for _, f := range dispatch.Facts() {
		names[dispatch.FactName(f)] = true
	}
	for _, v := range dispatch.Verbs() {
		require.NotEmpty(t, v.Doc)
		verbs[v.Name] = true
	}
	for _, c := range dispatch.AllClocks() {
		require.Len(t, c.Letter(), 1)
		clocks[c] = true
	}
	seen := map[string]bool{}
	for _, row := range dispatch.Transitions() {
		require.False(t, seen[row.Row], "row %s twice", row.Row)
		seen[row.Row] = true
		require.True(t, row.Verb == "" || verbs[row.Verb], row.Verb)
		require.True(t, row.Clock == "" || clocks[row.Clock], row.Clock)
		require.True(t, slices.IsSortedFunc(row.Guards, func(a, b string) int {
			return slices.Index(dispatch.RefusalCodes(), a) - slices.Index(dispatch.RefusalCodes(), b)
		}), "guards of row %s are out of order", row.Row)
		for _, fact := range row.Facts {
			require.True(t, names[fact], fact)
		}
	}
}

// TestTransitionsMarkdown compares the rendered table with the committed one.
// UPDATE_GOLDEN=1 writes it.
func TestTransitionsMarkdown(t *testing.T) {
	deskGolden(t, "testdata/desk/transitions.md", dispatch.TransitionsMarkdown())
}

// The duty desk answers for a straight filing without a lead, so it may finish
// it; a registered case that waits for its dispatch it may not.
func TestDeskFinishesWhatNobodyElseAnswersFor(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	d := deskNew(t, w)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "noise", deskWest), Straight: true})
	require.True(t, deskCase(t, d, "E1").Answers.Interim)
	for _, do := range []dispatch.Do{dispatch.Finish{Case: "E1", Override: "alone"}, dispatch.Verify{Case: "E1"}, dispatch.Close{Case: "E1"}} {
		deskDo(t, d, at, do)
	}
	require.Equal(t, dispatch.StateClosed, deskCase(t, d, "E1").State)
	require.Empty(t, deskCase(t, d, "E1").Lead.Party)

	waiting := deskAt(t, w, at, dispatch.StateRegistered, deskEvent("E1", "cover", deskWest))
	require.Equal(t, "wrong_state", deskRefusal(t, waiting, at, dispatch.Command{Do: dispatch.Finish{Case: "E1", Override: "alone"}}))
}
