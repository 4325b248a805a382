package dispatch_test

import (
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
	cmpopts.IgnoreFields(dispatch.Case{}, "Version", "Reviews", "Late", "Evidence", "Setup", "Hashes", "Provisional"), cmpopts.EquateEmpty(),
}

// importProperty takes a case in whatever state random commands brought it to over to
// another desk, with dues or with what is left of them, and lets both live on under
// the same commands: every due, owner, refusal and state is the same.
func importProperty(t *rapid.T) {
	d, other, replay := dispatch.NewDesk(), dispatch.NewDesk(), dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	ladder := rapid.Bool().Draw(t, "ladder")
	setup := twinSetup(t)
	working := rapid.Bool().Draw(t, "working hours")
	if working {
		setup = fullStreet(t)
		setup.Policy.Ladders = setup.Policy.Ladders[:1]
	}
	if ladder {
		setup.Policy.Ladders = append(setup.Policy.Ladders, fullLadders()[1])
	}
	apply := func(entries []dispatch.Entry) {
		deskApply(t, other, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
	}
	deskDo(t, d, now, dispatch.Install{Setup: setup})
	apply(deskDecide(t, other, now, dispatch.Install{Setup: setup}).Entries)
	event := fullEvent("E1", rapid.SampledFrom([]dispatch.Code{"waste", "waste", "lamp", "wish"}).Draw(t, "matter"))
	deskDo(t, d, now, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
	step := func() dispatch.Do {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
		state := string(deskCase(t, d, "E1").State)
		verb := rapid.SampledFrom(twinLikely(state)).Draw(t, "verb")
		return twinCommand(verb, "E1", rapid.SampledFrom([]dispatch.Code{"property", "squad", "urban"}).Draw(t, "party"), now)
	}
	for range rapid.IntRange(0, 15).Draw(t, "steps before") {
		deskApply(t, d, deskDecide(t, d, now, step()).Entries)
	}
	deskTick(t, d, now)
	c := deskCase(t, d, "E1")
	if !c.State.Open() {
		t.Skip("nothing to bring over")
	}
	do := dispatch.ImportOf(d, "E1")
	if due := do.Clocks.Handle; !due.IsZero() && due.After(now) && rapid.Bool().Draw(t, "what is left of H") {
		do.Left = []dispatch.Paused{{Clock: dispatch.HandleClock, Left: due.Sub(now).Milliseconds()}}
		if working && event.Matter != "lamp" {
			do.Left[0].Left, do.Left[0].Working = workingTime(now, due).Milliseconds(), true
		}
		do.Clocks.Handle = time.Time{}
	}
	out := deskDecide(t, other, now, do)
	require.Nil(t, out.Refusal, "%v", out.Refusal)
	require.Equal(t, []string{"case_imported"}, deskFacts(out.Entries))
	apply(out.Entries)
	same := func() {
		got, _ := other.Case("E1")
		require.Empty(t, cmp.Diff(deskCase(t, d, "E1"), got, importedAlike))
		require.Equal(t, other.Hash(), replay.Hash())
		fullInvariants(t, other)
	}
	same()
	for range rapid.IntRange(0, 15).Draw(t, "steps after") {
		do := step()
		want, got := deskDecide(t, d, now, do), deskDecide(t, other, now, do)
		require.Equal(t, want.Refusal, got.Refusal)
		deskApply(t, d, want.Entries)
		apply(got.Entries)
		deskTick(t, d, now)
		apply(deskTickOnly(t, other, now))
		same()
	}
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
		"state":           func(v *dispatch.Import) { v.State = dispatch.StateClosed },
		"filed_at":        func(v *dispatch.Import) { v.FiledAt = time.Time{} },
		"registered_at":   func(v *dispatch.Import) { v.RegisteredAt = time.Time{} },
		"dispatched_at":   func(v *dispatch.Import) { v.DispatchedAt = at.Add(-10 * time.Hour) },
		"started_at":      func(v *dispatch.Import) { v.StartedAt = time.Time{} },
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
		"contention":      func(v *dispatch.Import) { v.State = dispatch.StateDisputed },
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
	do.State = dispatch.StateMerged
	require.Equal(t, []string{"E1", "state"}, deskDecide(t, d, at, do).Refusal.Args, "links of merged cases are not brought")
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
