package dispatch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// rowStory drives one row: a matter, the state to begin in, what to do first, and
// the command (or the clock that is let run out).
type rowStory struct {
	row    string
	matter dispatch.Code
	state  dispatch.State
	first  []dispatch.Do
	later  time.Duration // before the command
	do     dispatch.Do
	clock  dispatch.Clock
}

func rowStories() []rowStory {
	verbs := fullVerbs("E1", fullDay(2, 9, 0))
	failed := []dispatch.Do{verbs["verify_fail"], verbs["finish"], verbs["verify_fail"], verbs["finish"]}
	ruled := []dispatch.Do{verbs["dispute"], verbs["rule"]}
	relieved := []dispatch.Do{verbs["dispute"], verbs["rule"], verbs["appeal"], verbs["rule"], verbs["appeal"], verbs["rule"], verbs["ack"], verbs["start"]}
	relieved = slices.Concat(relieved, []dispatch.Do{verbs["finish"]}, failed, []dispatch.Do{verbs["verify_fail"]})
	pushed := []dispatch.Do{verbs["mend"], verbs["accept"], verbs["finish"]}
	return []rowStory{
		{row: "3", matter: "waste", state: "filed", do: verbs["register"]},
		{row: "4", matter: "waste", state: "filed", do: verbs["ask_more"]},
		{row: "4a", matter: "waste", state: "filed", first: []dispatch.Do{verbs["ask_more"]}, do: verbs["answer"]},
		{row: "4t", matter: "waste", state: "filed", first: []dispatch.Do{verbs["ask_more"]}, clock: dispatch.AnswerClock},
		{row: "5", matter: "waste", state: "filed", do: verbs["reject"]},
		{row: "6", matter: "waste", state: "in_progress", do: verbs["withdraw"]},
		{row: "A1", matter: "waste", state: "verified", do: verbs["attach"]},
		{row: "A2", matter: "waste", state: "verified", do: verbs["reply"]},
		{row: "A3", matter: "waste", state: "merged", do: verbs["reply"]},
		{row: "7", matter: "waste", state: "registered", do: verbs["dispatch"]},
		{row: "7c", matter: "wish", state: "registered", do: verbs["dispatch"]},
		{row: "7f", matter: "waste", state: "dispatched", first: relieved, do: verbs["dispatch"]},
		{row: "8d", matter: "waste", state: "done", first: append(slices.Clone(failed), verbs["verify_fail"]), do: verbs["dispute"]},
		{row: "8u", matter: "noise", state: "registered", do: verbs["dispute"]},
		{row: "28u", matter: "noise", state: "registered", do: verbs["finish"]},
		{row: "9", matter: "waste", state: "dispatched", do: verbs["ack"]},
		{row: "10", matter: "waste", state: "dispatched", clock: dispatch.AckClock},
		{row: "11", matter: "waste", state: "dispatched", do: verbs["return"]},
		{row: "12", matter: "waste", state: "acknowledged", do: verbs["dispute"]},
		{row: "13", matter: "waste", state: "dispatched", do: verbs["redirect"]},
		{row: "14", matter: "waste", state: "dispatched", first: ruled, do: verbs["appeal"]},
		{row: "14", matter: "waste", state: "in_progress", first: append(slices.Clone(ruled), verbs["ack"], verbs["start"]), do: verbs["appeal"]},
		{row: "32m", matter: "waste", state: "merged", do: verbs["call_back"]},
		{row: "15", matter: "waste", state: "returned", do: verbs["accept_return"]},
		{row: "16", matter: "waste", state: "returned", do: verbs["refuse_return"]},
		{row: "17", matter: "waste", state: "returned", clock: dispatch.ReturnClock},
		{row: "18", matter: "waste", state: "disputed", do: verbs["agree"]},
		{row: "19", matter: "waste", state: "disputed", do: verbs["rule"]},
		{row: "20", matter: "waste", state: "disputed", clock: dispatch.DisputeClock},
		{row: "21", matter: "waste", state: "disputed", do: verbs["rule_none"]},
		{row: "22", matter: "waste", state: "acknowledged", do: verbs["start"]},
		{row: "23", matter: "waste", state: "acknowledged", do: verbs["assign"]},
		{row: "25", matter: "waste", state: "in_progress", do: verbs["extend"]},
		{row: "26", matter: "waste", state: "in_progress", do: verbs["suspend"]},
		{row: "26c", matter: "waste", state: "acknowledged", do: fullWay("suspended")[4]},
		{row: "27", matter: "waste", state: "suspended", later: time.Hour, do: verbs["resume"]},
		{row: "27t", matter: "waste", state: "suspended", clock: dispatch.SuspendClock},
		{row: "28", matter: "waste", state: "in_progress", do: verbs["finish"]},
		{row: "29", matter: "waste", state: "done", do: verbs["verify"]},
		{row: "30", matter: "waste", state: "done", later: time.Hour, do: verbs["verify_fail"]},
		{row: "30p", matter: "gas", state: "in_progress", first: pushed, later: time.Hour, do: verbs["verify_fail"]},
		{row: "33p", matter: "gas", state: "in_progress", first: append(slices.Clone(pushed), verbs["verify"]), later: time.Hour, do: verbs["rework"]},
		{row: "30x", matter: "waste", state: "done", first: failed, do: verbs["verify_fail"]},
		{row: "33x", matter: "waste", state: "done", first: append(failed, verbs["verify"]), do: verbs["rework"]},
		{row: "31", matter: "lamp", state: "done", clock: dispatch.VerifyClock},
		{row: "C1", matter: "wish", state: "offered", do: verbs["claim"]},
		{row: "C2", matter: "wish", state: "offered", first: []dispatch.Do{verbs["claim"]}, do: verbs["unclaim"]},
		{row: "D1", matter: "gas", state: "dispatched", do: verbs["note"]},
		{row: "D2", matter: "gas", state: "dispatched", do: verbs["contest"]},
		{row: "D3", matter: "gas", state: "dispatched", do: verbs["mend"]},
		{row: "D4", matter: "gas", state: "dispatched", first: []dispatch.Do{verbs["mend"]}, do: verbs["accept"]},
		{row: "D5", matter: "gas", state: "dispatched", first: []dispatch.Do{verbs["mend"]}, do: verbs["decline"]},
		{row: "D6", matter: "gas", state: "dispatched", clock: dispatch.RectifyClock},
		{row: "D7", matter: "gas", state: "acknowledged", clock: dispatch.NoteClock},
		{row: "D8", matter: "lift", state: "in_progress", do: verbs["assist_done"]},
		{row: "32", matter: "waste", state: "verified", first: []dispatch.Do{verbs["reply"]}, do: verbs["close"]},
		{row: "32c", matter: "waste", state: "verified", do: verbs["call_back"]},
		{row: "33", matter: "waste", state: "verified", later: time.Hour, do: verbs["rework"]},
		{row: "34", matter: "waste", state: "closed", do: verbs["reopen"]},
		{row: "35", matter: "waste", state: "dispatched", first: []dispatch.Do{dispatch.File{Event: fullEvent("E0", "waste")}}, do: verbs["merge"]},
		{row: "36", matter: "waste", state: "merged", do: verbs["split"]},
		{row: "37", matter: "waste", state: "cancelled", later: 60 * 24 * time.Hour, do: verbs["archive"]},
		{row: "G1", matter: "waste", state: "filed", clock: dispatch.RegisterClock},
		{row: "G2", matter: "waste", state: "registered", clock: dispatch.DispatchClock},
		{row: "G3", matter: "lift", state: "in_progress", clock: dispatch.HandleClock},
		{row: "G4", matter: "waste", state: "done", clock: dispatch.VerifyClock},
		{row: "G5", matter: "waste", state: "verified", clock: dispatch.CloseClock},
		{row: "G6", matter: "waste", state: "verified", clock: dispatch.TotalClock},
		{row: "L1", matter: "waste", state: "in_progress", clock: dispatch.LadderClock},
		{row: "G7", matter: "wish", state: "offered", clock: dispatch.ReviewClock},
	}
}

// rowByNumber is a row of the published table.
func rowByNumber(t require.TestingT, number string) dispatch.Transition {
	rows := dispatch.Transitions()
	i := slices.IndexFunc(rows, func(row dispatch.Transition) bool { return row.Row == number })
	require.GreaterOrEqual(t, i, 0, number)
	return rows[i]
}

// TestEveryRowDoesWhatItSays drives each row of the table once and compares what
// happened with what the row publishes: facts, next state and every clock.
func TestEveryRowDoesWhatItSays(t *testing.T) {
	driven := map[string]bool{
		// By other tests: filing, the desk by itself, installing, the other side of a
		// merging, a rung without a party, the top of the dispute ladder.
		"1": true, "2": true, "7u": true, "8": true, "24": true, "28i": true, "28s": true, "37t": true, "2i": true, "35t": true, "35i": true, "36t": true,
		"Z": true, "Z2": true, "Z3": true, "L2": true, "G8": true,
		// After a final ruling, and of a lead that is gone.
		"17n": true, "17f": true, "13g": true,
	}
	for _, s := range rowStories() {
		t.Run(s.row, func(t *testing.T) {
			at := fullDay(2, 9, 0)
			d := fullAt(t, at, s.matter, s.state)
			for _, do := range s.first {
				deskDo(t, d, at, do)
			}
			at = at.Add(s.later)
			deskTick(t, d, at)
			before := deskCase(t, d, "E1")
			row := rowByNumber(t, s.row)
			require.Contains(t, row.From, before.State)
			var entries []dispatch.Entry
			if s.do != nil {
				require.Equal(t, row.Verb, verbOfDo(s.do))
				entries = deskDo(t, d, at, s.do)
			} else {
				before, entries = fullRunOut(t, d, row, s.clock)
			}
			var facts []string
			for _, e := range entries {
				if e.Case == "E1" && dispatch.FactName(e.Fact) != "rung_skipped" {
					facts = append(facts, dispatch.FactName(e.Fact))
				}
			}
			require.Equal(t, row.Facts, facts)
			if s.row != "37" {
				fullSameClocks(t, row, before, deskCase(t, d, "E1"))
			}
		})
		driven[s.row] = true
	}
	for _, row := range dispatch.Transitions() {
		require.True(t, driven[row.Row], "row %s is not driven", row.Row)
	}
}

func verbOfDo(do dispatch.Do) string {
	for _, v := range dispatch.Verbs() {
		if strings.TrimPrefix(typeName(do), "dispatch.") == strings.TrimPrefix(typeName(v.Zero), "dispatch.") {
			return v.Name
		}
	}
	return ""
}

// fullRunOut ticks until the row's own fact comes, and answers the case before it.
func fullRunOut(t require.TestingT, d *dispatch.Desk, row dispatch.Transition, clock dispatch.Clock) (dispatch.Case, []dispatch.Entry) {
	require.Equal(t, clock, row.Clock)
	for range 60 {
		before := deskCase(t, d, "E1")
		next, ok := d.NextDue()
		require.True(t, ok)
		out, err := d.Tick(next)
		require.NoError(t, err)
		for i, e := range out.Entries {
			first := dispatch.FactName(e.Fact) == row.Facts[0]
			if f, overdue := e.Fact.(dispatch.StageOverdue); overdue {
				first = f.Stage == clock
			}
			if first && e.Case == "E1" && slices.Contains(row.From, before.State) {
				end := i + 1
				for end < len(out.Entries) && end-i < len(row.Facts) {
					end++
				}
				deskApply(t, d, out.Entries[i:end])
				return before, out.Entries[i:end]
			}
			deskApply(t, d, out.Entries[i:i+1])
			before = deskCase(t, d, "E1")
		}
	}
	require.Fail(t, "the clock never ran out", "%s", clock)
	return dispatch.Case{}, nil
}

// fullSameClocks compares the clocks that run, stand still or stopped.
func fullSameClocks(t require.TestingT, row dispatch.Transition, before, after dispatch.Case) {
	want := row.To
	if want == "" {
		want = before.State
	}
	require.Equal(t, want, after.State)
	was, is := fullDues(before), fullDues(after)
	for _, clock := range row.Start {
		require.False(t, is[clock].IsZero(), "starts %s", clock)
	}
	for _, clock := range row.Stop {
		if clock != dispatch.TotalClock && clock != dispatch.HandleClock { // their dues stay to be seen
			require.True(t, is[clock].IsZero(), "stops %s", clock)
		}
	}
	for _, clock := range row.Pause {
		if was[clock].IsZero() {
			continue
		}
		require.True(t, is[clock].IsZero(), "pauses %s", clock)
		require.True(t, slices.ContainsFunc(after.Paused, func(p dispatch.Paused) bool { return p.Clock == clock }), "pauses %s", clock)
	}
	for _, p := range before.Paused {
		if slices.Contains(row.Resume, p.Clock) {
			require.False(t, is[p.Clock].IsZero(), "resumes %s", p.Clock)
			require.False(t, slices.ContainsFunc(after.Paused, func(q dispatch.Paused) bool { return p.Clock == q.Clock }))
		}
	}
	said := slices.Concat(row.Start, row.Resume)
	_, pushed := after.Event, row.Row == "7" || row.Row == "7f" || row.Row == "13"
	for clock, due := range is {
		if due.IsZero() || was[clock].Equal(due) || pushed && (clock == dispatch.NoteClock || clock == dispatch.RectifyClock) {
			continue
		}
		require.Contains(t, said, clock, "starts %s without saying so", clock)
	}
	require.Equal(t, after.State.Open(), !after.NextDue.IsZero())
	require.Equal(t, after.State.Open(), after.Answers.Party != "")
}

// fullDues is every due of a case but those that depend on the others.
func fullDues(c dispatch.Case) map[dispatch.Clock]time.Time {
	m := map[dispatch.Clock]time.Time{
		dispatch.TotalClock: c.DueAt, dispatch.HandleClock: c.HandleDue, dispatch.NoteClock: c.NoteDue, dispatch.RectifyClock: c.RectifyDue,
	}
	stage := map[dispatch.State]dispatch.Clock{
		"filed": "register", "registered": "dispatch", "dispatched": "ack", "returned": "return", "disputed": "dispute",
		"suspended": "suspend", "done": "verify", "verified": "close",
	}[c.State]
	if c.Asking {
		stage = dispatch.AnswerClock
	}
	if stage != "" {
		m[stage] = c.StageDue
	}
	return m
}

// TestNoRowNoChange: in every state, a verb whose rows do not name the state is
// refused as wrong_state and changes nothing.
func TestNoRowNoChange(t *testing.T) {
	at := fullDay(2, 9, 0)
	allowed := 0
	for _, state := range dispatch.States() {
		matter := dispatch.Code("waste")
		if state == dispatch.StateOffered {
			matter = "wish"
		}
		d := fullAt(t, at, matter, state)
		for verb, do := range fullVerbs("E1", at) {
			named := slices.ContainsFunc(dispatch.Transitions(), func(row dispatch.Transition) bool {
				special := strings.HasPrefix(row.When, "a") && row.Verb != "dispatch" || row.When == "the desk waits for an answer" ||
					row.When == "the duty desk is interim owner" || row.When == "the list names no single lead" ||
					row.When == "the lead exists no longer"
				return row.Verb == verb && slices.Contains(row.From, state) && !special
			})
			hash := d.Hash()
			got := deskRefusal(t, d, at, dispatch.Command{Do: do})
			require.Equal(t, hash, d.Hash())
			require.Equal(t, !named, got == "wrong_state", "%s in %s: %q", verb, state, got)
			if got == "" {
				allowed++
			}
		}
	}
	require.Greater(t, allowed, 40)
}
