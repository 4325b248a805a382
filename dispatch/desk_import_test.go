package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// importedAlike ignores what an import does not bring: how many entries and reviews
// there were, which clocks ran out long ago, and evidence kept elsewhere.
var importedAlike = cmp.Options{
	cmpopts.IgnoreFields(dispatch.Case{}, "Version", "Late", "Evidence", "Setup", "Hashes", "Provisional"), cmpopts.EquateEmpty(),
}

// importProperty takes two cases in whatever state random commands brought them to over
// to another desk, open or ended, apart or one merged into the other, with dues or with
// what is left of them, and lets both desks live on under the same commands: every due,
// owner, refusal and state is the same, and whatever has left memory.
func importProperty(t *rapid.T) {
	d, other, replay := dispatch.NewDesk(), dispatch.NewDesk(), dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	setup, working := importSetup(t)
	apply := func(entries []dispatch.Entry) {
		deskApply(t, other, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
	}
	deskDo(t, d, now, dispatch.Install{Setup: setup})
	apply(deskDecide(t, other, now, dispatch.Install{Setup: setup}).Entries)
	for _, id := range importIDs {
		event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "waste", "lamp", "wish", "noise"}).Draw(t, "matter"))
		event.Reporter = rapid.SampledFrom([]dispatch.Code{event.Reporter, ""}).Draw(t, "reporter")
		deskDo(t, d, now, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
	}
	steps := rapid.SampledFrom([]int{3, 15, 40}).Draw(t, "length")
	for range rapid.IntRange(0, steps).Draw(t, "steps before") {
		do := importStep(t, d, &now)
		deskApply(t, d, deskDecide(t, d, now, do).Entries)
	}
	deskTick(t, d, now)
	for _, do := range importsOf(t, d, now, working) {
		out := deskDecide(t, other, now, do)
		require.Nil(t, out.Refusal, "%v", out.Refusal)
		require.Equal(t, "case_imported", deskFacts(out.Entries)[0])
		apply(out.Entries)
	}
	same := func() {
		for _, id := range importIDs {
			want, there := d.Case(id)
			got, brought := other.Case(id)
			require.Equal(t, there, brought, "%s is in memory", id)
			require.Empty(t, cmp.Diff(want, got, importedAlike))
		}
		require.Equal(t, other.Hash(), replay.Hash())
		fullInvariants(t, other)
	}
	same()
	for range rapid.IntRange(0, 15).Draw(t, "steps after") {
		do := importStep(t, d, &now)
		want, got := deskDecide(t, d, now, do), deskDecide(t, other, now, do)
		if r := want.Refusal; r != nil && r.Code == "archived" {
			r.Code = "unknown_case" // what left memory there was never here
		}
		if r := got.Refusal; r != nil && r.Code == "archived" {
			r.Code = "unknown_case"
		}
		require.Equal(t, want.Refusal, got.Refusal, "%s", verbOfDo(do))
		deskApply(t, d, want.Entries)
		apply(got.Entries)
		deskTick(t, d, now)
		apply(deskTickOnly(t, other, now))
		same()
	}
}

var importIDs = []dispatch.Code{"E1", "E2"}

// importSetup is a world with or without working hours, an overdue ladder and archiving.
func importSetup(t *rapid.T) (setup dispatch.Setup, working bool) {
	ladder := rapid.Bool().Draw(t, "ladder")
	setup = twinSetup(t)
	setup = twinRules(t, setup, append(slices.Collect(setup.List.Rules()),
		dispatch.Rule{ID: "R8", Role: dispatch.Lead, Matter: "noise", Party: "urban", Budget: deskBudget("15h")},
		dispatch.Rule{ID: "R9", Role: dispatch.Lead, Matter: "noise", Party: "property", Budget: deskBudget("17h")},
	))
	if working = rapid.Bool().Draw(t, "working hours"); working {
		setup = fullStreet(t)
		setup.Policy.Ladders = setup.Policy.Ladders[:1]
	}
	if ladder {
		setup.Policy.Ladders = append(setup.Policy.Ladders, fullLadders()[1])
	}
	if archive := rapid.SampledFrom([]string{"", "", "1m", "90h"}).Draw(t, "archive"); archive != "" {
		setup.Policy.Archive = deskBudget(archive)
	}
	return setup, working
}

// importStep is a likely command on one of the cases, some time later.
func importStep(t *rapid.T, d *dispatch.Desk, now *time.Time) dispatch.Do {
	*now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
	i := rapid.IntRange(0, 1).Draw(t, "case")
	id := importIDs[i]
	c, _ := d.Case(id)
	verb := rapid.SampledFrom(append(twinLikely(string(c.State)), "merge", "split", "split", "call_back", "archive", "attach")).Draw(t, "verb")
	switch verb {
	case "merge":
		return dispatch.Merge{Case: id, Into: importIDs[1-i]}
	case "split":
		return dispatch.Part{Case: id}
	case "call_back":
		event := rapid.SampledFrom(append([]dispatch.Report{{}}, c.Reports...)).Draw(t, "event").Event
		return dispatch.CallBack{Case: id, Event: event, Answer: rapid.SampledFrom([]dispatch.CallAnswer{"satisfied", "unsatisfied", "no_answer"}).Draw(t, "said")}
	case "attach":
		return dispatch.Attach{Case: id, Event: fullEvent(dispatch.Code(fmt.Sprintf("%s+%d", id, len(c.Reports))), "waste")}
	}
	return twinCommand(verb, id, rapid.SampledFrom([]dispatch.Code{"property", "squad", "urban"}).Draw(t, "party"), *now)
}

// importsOf is the cases in memory as imports, merged ones last. Where one can still be
// merged into the other now, that is sometimes done between the reading of the two, so
// that the target does not name it.
func importsOf(t *rapid.T, d *dispatch.Desk, now time.Time, working bool) []dispatch.Import {
	var list []dispatch.Import
	bring := func(id dispatch.Code) {
		c, there := d.Case(id)
		if !there {
			return
		}
		do := dispatch.ImportOf(d, id)
		if due := do.Clocks.Handle; c.State.Open() && !due.IsZero() && due.After(now) && rapid.Bool().Draw(t, "what is left of H") {
			do.Left = []dispatch.Paused{{Clock: dispatch.HandleClock, Left: due.Sub(now).Milliseconds()}}
			if working && c.Event.Matter != "lamp" {
				do.Left[0].Left, do.Left[0].Working = workingTime(now, due).Milliseconds(), true
			}
			do.Clocks.Handle = time.Time{}
		}
		list = append(list, do)
	}
	first, second := importIDs[0], importIDs[1]
	if c, _ := d.Case(first); c.State == dispatch.StateMerged {
		first, second = second, first
	}
	bring(first)
	if rapid.Bool().Draw(t, "merged unnamed") {
		deskApply(t, d, deskDecide(t, d, now, dispatch.Merge{Case: second, Into: first}).Entries)
	}
	bring(second)
	return list
}

func TestImportProperty(t *testing.T) { rapid.Check(t, importProperty) }

func FuzzDeskImport(f *testing.F) { f.Fuzz(rapid.MakeFuzz(importProperty)) }

// TestImportRefuses what contradicts itself, by the field, and what is there already.
func TestImportRefuses(t *testing.T) {
	at := fullDay(4, 9, 0)
	good := dispatch.Import{
		Event: fullEvent("E1", "waste"), From: "old", State: dispatch.StateInProgress, FiledAt: at.Add(-9 * time.Hour), RegisteredAt: at.Add(-8 * time.Hour),
		DispatchedAt: at.Add(-7 * time.Hour), StartedAt: at.Add(-time.Hour), Generation: 1,
		Left: []dispatch.Paused{{Clock: dispatch.HandleClock, Left: 3_600_000, Working: true}},
	}
	good.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}
	for field, change := range map[string]func(*dispatch.Import){
		"":                func(*dispatch.Import) {},
		"state":           func(v *dispatch.Import) { v.State = "asleep" },
		"filed_at":        func(v *dispatch.Import) { v.FiledAt = time.Time{} },
		"registered_at":   func(v *dispatch.Import) { v.RegisteredAt = time.Time{} },
		"dispatched_at":   func(v *dispatch.Import) { v.DispatchedAt = at.Add(-10 * time.Hour) },
		"started_at":      func(v *dispatch.Import) { v.StartedAt = at.Add(time.Hour) },
		"acknowledged_at": func(v *dispatch.Import) { v.AcknowledgedAt = at.Add(time.Hour) },
		"done_at":         func(v *dispatch.Import) { v.State = dispatch.StateDone },
		"verified_at":     func(v *dispatch.Import) { v.State, v.DoneAt = dispatch.StateVerified, at },
		"lead":            func(v *dispatch.Import) { v.Lead = dispatch.Duty{} },
		"generation":      func(v *dispatch.Import) { v.Generation = 0 },
		"cycle":           func(v *dispatch.Import) { v.Cycle = 1 },
		"asks":            func(v *dispatch.Import) { v.Asks = dispatch.AsksMax + 1 },
		"extensions":      func(v *dispatch.Import) { v.Extensions = -1 },
		"suspensions":     func(v *dispatch.Import) { v.Suspensions = dispatch.SuspensionsMax + 1 },
		"reworks":         func(v *dispatch.Import) { v.Reworks = dispatch.ReworksMax + 1 },
		"rung":            func(v *dispatch.Import) { v.Rung = 65 },
		"reviews":         func(v *dispatch.Import) { v.Reviews = -1 },
		"contention":      func(v *dispatch.Import) { v.State = dispatch.StateDisputed },
		"tie":             func(v *dispatch.Import) { v.Tie = []dispatch.Code{"R1", "R2"} },
		"asking":          func(v *dispatch.Import) { v.Asking = true },
		"self":            func(v *dispatch.Import) { v.Interim, v.Lead, v.Self = true, dispatch.Duty{}, true },
		"push":            func(v *dispatch.Import) { v.Push = &dispatch.Push{} },
		"clocks":          func(v *dispatch.Import) { v.Clocks.Handle = at },
		"since":           func(v *dispatch.Import) { v.Since = at.Add(time.Millisecond) },
	} {
		d := fullDesk(t)
		do := good
		change(&do)
		out := deskDecide(t, d, at, do)
		if field == "" {
			require.Nil(t, out.Refusal)
			deskApply(t, d, out.Entries)
			c := deskCase(t, d, "E1")
			require.Equal(t, []any{dispatch.Code("squad"), at.Add(time.Hour).UTC()}, []any{c.Answers.Party, c.HandleDue})
			require.Equal(t, "case_exists", deskRefusal(t, d, at, dispatch.Command{Do: do}))
			do.Case = "C2"
			require.Equal(t, "event_exists", deskRefusal(t, d, at, dispatch.Command{Do: do}))
			continue
		}
		require.Equal(t, &dispatch.Refusal{Code: "inconsistent", Args: []string{"E1", field}}, out.Refusal)
	}
	d := fullDesk(t)
	do := good
	do.State = dispatch.StateClosed
	do.Lead.Party = "nobody"
	require.Equal(t, "stale", deskRefusal(t, d, at, dispatch.Command{Do: do, Expect: 7, Actor: dispatch.Actor{Person: "wang"}}))
	require.Equal(t, "not_entitled", deskRefusal(t, d, at, dispatch.Command{Do: do, Actor: dispatch.Actor{Person: "wang"}}))
	require.Equal(t, "inconsistent", deskRefusal(t, d, at, dispatch.Command{Do: do}))
	do.State = dispatch.StateInProgress
	require.Equal(t, "unknown_party", deskRefusal(t, d, at, dispatch.Command{Do: do}))
	for name, change := range map[string]func(*dispatch.Import){
		"no source": func(v *dispatch.Import) { v.From = "" }, "no event": func(v *dispatch.Import) { v.Event.ID = "" },
		"twice":  func(v *dispatch.Import) { v.Reports = []dispatch.Report{{Event: "E1"}} },
		"micros": func(v *dispatch.Import) { v.FiledAt = time.Unix(0, 1) },
	} {
		do := good
		change(&do)
		_, err := d.Decide(at, dispatch.Command{Do: do})
		require.ErrorIs(t, err, dispatch.ErrCommand, name)
	}
}
