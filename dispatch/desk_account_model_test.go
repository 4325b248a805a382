package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// stageOf is the stage clock of each state, and of the table of docs/cases.md.
var stageOf = map[dispatch.State]dispatch.Clock{
	"filed": "register", "registered": "dispatch", "dispatched": "ack", "returned": "return", "disputed": "dispute",
	"suspended": "suspend", "done": "verify", "verified": "close",
}

// ledStates are those in which a lead has the case.
var ledStates = []dispatch.State{"dispatched", "acknowledged", "in_progress", "returned", "disputed", "suspended"}

// runningThen are the clocks that run at an instant by the dues of the latest entry on a
// case: those of its state that are not over, and over is a clock after its due. It is
// late when the stage, T or, with a lead, H is over.
func runningThen(c dispatch.Case, dues dispatch.Clocks, at time.Time) (clocks string, late bool) {
	led := slices.Contains(ledStates, c.State)
	stage := stageOf[c.State]
	if c.Asking {
		stage = dispatch.AnswerClock
	}
	var out []dispatch.Clock
	for _, each := range []struct {
		clock dispatch.Clock
		due   time.Time
		there bool
	}{
		{stage, dues.Stage, stage != ""}, {dispatch.TotalClock, dues.Total, true}, {dispatch.HandleClock, dues.Handle, led && c.State != "suspended"},
		{dispatch.NoteClock, dues.Note, led}, {dispatch.RectifyClock, dues.Rectify, led}, {dispatch.LadderClock, dues.Ladder, true},
		{dispatch.ReviewClock, dues.Review, true},
	} {
		if each.there && !each.due.IsZero() && !at.After(each.due) {
			out = append(out, each.clock)
		}
	}
	over := func(due time.Time) bool { return !due.IsZero() && at.After(due) }
	return letters(out), over(dues.Total) || stage != "" && over(dues.Stage) || led && over(dues.Handle)
}

// heldNaively reads the journal instant by instant until `now`: the entries of an
// instant go to a desk, which is asked who has the case, and so it stays until the next
// instant. It answers the time that each line of an account has, and that of nobody.
func heldNaively(t require.TestingT, id dispatch.Code, all []dispatch.Entry, now time.Time) (map[string]time.Duration, time.Duration) {
	d := dispatch.NewDesk()
	held, idle := map[string]time.Duration{}, time.Duration(0)
	var dues dispatch.Clocks
	var c dispatch.Case
	known, ended, unregistered := false, time.Time{}, false
	for i, e := range all {
		if e.At.After(now) {
			break
		}
		deskApply(t, d, []dispatch.Entry{e})
		if e.Case == id {
			dues = e.Clocks
			switch f := e.Fact.(type) {
			case dispatch.StageOverdue:
				unregistered = unregistered || f.Stage == dispatch.RegisterClock
			case dispatch.CaseImported:
				unregistered = slices.Contains(f.Late, dispatch.RegisterClock)
			}
		}
		if i+1 < len(all) && all[i+1].At.Equal(e.At) {
			continue
		}
		until := now
		if i+1 < len(all) && all[i+1].At.Before(now) {
			until = all[i+1].At
		}
		view, there := d.Case(id)
		if there {
			begins := e.At
			if !known && !view.ClosedAt.IsZero() { // it was brought after its end
				begins, ended = view.ClosedAt, view.ClosedAt
			}
			if !known {
				idle += begins.Sub(view.FiledAt) // with another system
			}
			known, c = true, view
		}
		switch {
		case !known:
		case !there || !c.State.Open():
			if ended.IsZero() {
				ended = e.At
			}
		default:
			if !ended.IsZero() {
				idle, ended = idle+e.At.Sub(ended), time.Time{}
			}
			clocks, late := runningThen(c, dues, e.At)
			line := fmt.Sprintf("%s %s %s", c.Answers.Party, c.State, clocks)
			if len(dues.Paused) > 0 {
				var paused []dispatch.Clock
				for _, p := range dues.Paused {
					paused = append(paused, p.Clock)
				}
				line += " (" + letters(paused) + ")"
			}
			// R that ran out before the reporter was asked is still over after the answer.
			if late || unregistered && c.State == dispatch.StateFiled && !c.Asking {
				line += " late"
			}
			for _, p := range c.Assigned {
				if !slices.Contains(ledStates, c.State) {
					break
				}
				line += " +" + string(p.Person)
			}
			if length := until.Sub(e.At); length > 0 {
				held[line] += length
			}
		}
	}
	return held, idle
}

// accountModelProperty: for two cases under random commands, merged and split, imported,
// under other rules, maps and duty desks, and at any instant afterwards, an account says
// what a reader says who goes through the journal instant by instant.
func accountModelProperty(t *rapid.T) {
	d, first := dispatch.NewDesk(), dispatch.NewDesk()
	var all []dispatch.Entry
	apply := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		all = append(all, entries...)
	}
	now := fullDay(2, 9, 0)
	setup, working := importSetup(t)
	night := setup
	night.Policy.Desk = "night"
	setups := []dispatch.Setup{setup, night, accountMap(t, deskStreet(t).split), accountMap(t, accountEast(t))}
	deskDo(t, first, now, dispatch.Install{Setup: setup})
	apply(deskDecide(t, d, now, dispatch.Install{Setup: setup}).Entries)
	for _, id := range importIDs {
		event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "waste", "lamp", "wish"}).Draw(t, "matter"))
		event.Point = &deskNorth
		deskDo(t, first, now, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
	}
	for range rapid.IntRange(0, 12).Draw(t, "steps before") {
		do := importStep(t, first, &now)
		deskApply(t, first, deskDecide(t, first, now, do).Entries)
	}
	deskTick(t, first, now)
	for _, do := range importsOf(t, first, now, working) {
		out := deskDecide(t, d, now, do)
		require.Nil(t, out.Refusal)
		apply(out.Entries)
	}
	for range rapid.IntRange(0, 25).Draw(t, "steps") {
		do := importStep(t, d, &now)
		if rapid.IntRange(0, 5).Draw(t, "install") == 0 {
			do = dispatch.Install{Setup: rapid.SampledFrom(setups).Draw(t, "setup")}
		}
		apply(deskTickOnly(t, d, now))
		out, err := d.Decide(now, dispatch.Command{Do: do})
		require.NoError(t, err)
		apply(out.Entries)
	}
	apply(deskTickOnly(t, d, now))
	start := all[0].At
	then := start.Add(time.Duration(rapid.Int64Range(0, max(now.Sub(start).Milliseconds(), 1)).Draw(t, "then")) * time.Millisecond)
	for _, id := range importIDs {
		for _, at := range []time.Time{now, then} {
			a, err := dispatch.Accountability(id, slices.Values(all), at)
			if err != nil { // it was archived before
				require.False(t, slices.ContainsFunc(all, func(e dispatch.Entry) bool { return e.Case == id && !e.At.After(at) }), "%v", err)
				continue
			}
			want, wantIdle := heldNaively(t, id, all, at)
			got, idle := map[string]time.Duration{}, time.Duration(0)
			for i, span := range a.Spans {
				line := accountLines([]dispatch.Span{span})[0][len("02 15:04 02 15:04 "):]
				got[line] += span.Length()
				if i > 0 && a.Spans[i-1].Until.Equal(span.From) {
					require.NotEqual(t, accountLines(a.Spans[i-1 : i])[0][len("02 15:04 02 15:04 "):], line, "two spans that are one")
				}
			}
			for _, span := range a.Idle {
				idle += span.Length()
			}
			require.Equal(t, want, got, "%s until %s", id, at)
			require.Equal(t, wantIdle, idle, "%s until %s", id, at)
		}
	}
}

func TestAccountIsTheNaiveReading(t *testing.T) { rapid.Check(t, accountModelProperty) }

func FuzzAccountModel(f *testing.F) { f.Fuzz(rapid.MakeFuzz(accountModelProperty)) }
