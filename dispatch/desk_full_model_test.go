package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// twinSetup is the world of the twin: everything in hours of 24x7.
func twinSetup(t require.TestingT) dispatch.Setup {
	setup := fullStreet(t)
	rules := []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "waste", Party: "squad", Budget: deskBudget("48h")},
		{ID: "R2", Role: dispatch.Lead, Matter: "lamp", Party: "property", Budget: deskBudget("20h")},
		{ID: "R3", Role: dispatch.Lead, Matter: "wish", Party: "community", Mode: dispatch.Claim, Budget: deskBudget("30h")},
	}
	return twinRules(t, setup, rules)
}

// careSetup is the world of the twin with a matter that needs an admission, which nobody has.
func careSetup(t require.TestingT) dispatch.Setup {
	setup := twinSetup(t)
	care := dispatch.Rule{ID: "R4", Role: dispatch.Lead, Matter: "care", Party: "community", Budget: deskBudget("25h")}
	return twinRules(t, setup, append(slices.Collect(setup.List.Rules()), care))
}

// twinRules is the world of the twin by a list.
func twinRules(t require.TestingT, setup dispatch.Setup, rules []dispatch.Rule) dispatch.Setup {
	list, err := dispatch.Compile(fullMatters(), rules, setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	setup.List = list
	setup.Policy = dispatch.Policy{
		Register: deskBudget("1h"), Dispatch: deskBudget("1h"), Ack: deskBudget("2h"), Verify: deskBudget("24h"), Close: deskBudget("24h"),
		Review: deskBudget("24h"), Answer: deskBudget("10h"), Return: deskBudget("5h"), Dispute: deskBudget("20h"), Floor: deskBudget("3h"),
		Reopen: deskBudget("50h"),
		Ladders: []dispatch.Ladder{{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{
			{Level: 1, Party: "industry", Appeal: deskBudget("10h")}, {Level: 2, Party: "bureau", Appeal: deskBudget("10h")},
			{Level: 3, Party: "commission", Final: true},
		}}},
	}
	return setup
}

// fullVerbProperty compares the machine with the twin over random commands at random
// instants, ticked at random, and replays every entry through JSON.
func fullVerbProperty(t *rapid.T) {
	d, other, replay := dispatch.NewDesk(), dispatch.NewDesk(), dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	apply := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
	}
	out, err := d.Decide(now, dispatch.Command{Do: dispatch.Install{Setup: careSetup(t)}})
	require.NoError(t, err)
	apply(out.Entries)
	deskApply(t, other, out.Entries)
	twins, matters := map[dispatch.Code]*fullTwin{}, map[dispatch.Code]dispatch.Code{}
	for _, id := range []dispatch.Code{"E1", "E2"} {
		matters[id] = rapid.SampledFrom([]dispatch.Code{"waste", "waste", "lamp", "wish", "tree", "care", "care"}).Draw(t, "matter")
		do, twin := twinBegins(t, id, matters[id], now)
		apply(deskDecide(t, d, now, do).Entries)
		deskApply(t, other, deskDecide(t, other, now, do).Entries)
		twins[id] = twin
	}
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, 0, time.Millisecond, time.Minute, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
		if next, ok := d.NextDue(); ok && rapid.IntRange(0, 5).Draw(t, "to the due") == 0 && next.After(now) {
			now = next.Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "on time")) * time.Millisecond)
		}
		if rapid.IntRange(0, 3).Draw(t, "tick") == 0 {
			out, err := d.Tick(now)
			require.NoError(t, err)
			apply(out.Entries)
		}
		id := rapid.SampledFrom([]dispatch.Code{"E1", "E2"}).Draw(t, "case")
		twin := twins[id]
		verb := rapid.SampledFrom(twinLikely(twin.state)).Draw(t, "verb")
		if more := map[string]string{"dispatched": "return_never", "returned": "accept_to"}[twin.state]; more != "" && rapid.IntRange(0, 5).Draw(t, "admission") == 0 {
			verb = more
		}
		party := rapid.SampledFrom([]string{"property", "squad", "urban"}).Draw(t, "party")
		twin.catchUp(matters[id], now)
		want, _ := twin.do(verb, matters[id], party, now)
		do := twinCommand(verb, id, dispatch.Code(party), now)
		got := deskDecide(t, d, now, do)
		code := ""
		if got.Refusal != nil {
			code = got.Refusal.Code
		}
		require.Equal(t, want, code, "%s %s of %s", verb, id, twin.state)
		apply(got.Entries)
		deskApply(t, other, deskDecide(t, other, now, do).Entries)
		if code == "" {
			sameAsTwin(t, deskCase(t, d, id), twin)
		}
		require.Equal(t, d.Hash(), replay.Hash(), "a replay differs")
		fullInvariants(t, d)
	}
	apply(deskTickOnly(t, d, now))
	deskTick(t, other, now)
	require.Equal(t, d.Hash(), other.Hash(), "the cadence of ticks shows")
	for id, twin := range twins {
		twin.catchUp(matters[id], now)
		sameAsTwin(t, deskCase(t, d, id), twin)
	}
}

// twinBegins files a case, or brings one over that has ended in another system.
func twinBegins(t *rapid.T, id, matter dispatch.Code, now time.Time) (dispatch.Do, *fullTwin) {
	state := rapid.SampledFrom([]dispatch.State{"filed", "filed", "filed", "closed", "rejected", "cancelled"}).Draw(t, "begins")
	if state == "filed" {
		return dispatch.File{Event: fullEvent(id, matter)}, newFullTwin(string(id), now)
	}
	ended := now.Add(-hours(rapid.IntRange(0, 60).Draw(t, "ended hours ago")))
	do := importedEnd(id, state, ended)
	do.Event.Matter = matter
	do.Lead.Budget = worktime.Budget{} // the old system gave what the list gives
	if n := twinHours[matter]; n > 0 {
		do.Lead.Budget = deskBudget(fmt.Sprint(n) + "h")
	}
	do.Clocks.Total = ended.Add(hours(rapid.IntRange(-1, 1).Draw(t, "early")))
	return do, importedTwin(string(id), string(state), do.FiledAt, do.Clocks.Total, do.Clocks.Handle, ended)
}

func deskDecide(t require.TestingT, d *dispatch.Desk, at time.Time, do dispatch.Do) dispatch.Outcome {
	out, err := d.Decide(at, dispatch.Command{Do: do})
	require.NoError(t, err)
	return out
}

// twinLikely leads on, with every verb now and then.
func twinLikely(state string) []string {
	likely := map[string][]string{
		"filed": {"register", "register", "ask_more", "answer", "reject"}, "registered": {"dispatch", "dispatch", "dispatch", "dispute"},
		"dispatched":   {"ack", "return", "return", "dispute", "redirect", "appeal", "appeal"},
		"acknowledged": {"start", "dispute", "appeal", "extend", "suspend"}, "in_progress": {"finish", "finish", "extend", "suspend", "dispute", "appeal", "unclaim"},
		"returned": {"accept_return", "refuse_return"}, "disputed": {"agree", "rule", "rule", "rule_none"}, "suspended": {"resume"},
		"done": {"verify", "verify_fail"}, "verified": {"close", "rework", "reply"}, "closed": {"reopen"}, "rejected": {"reopen"}, "offered": {"claim"},
	}[state]
	all := []string{
		"register", "ask_more", "answer", "reject", "withdraw", "dispatch", "claim", "unclaim", "ack", "return", "accept_return", "refuse_return",
		"redirect", "dispute", "agree", "rule", "rule_none", "appeal", "start", "extend", "suspend", "resume", "finish", "verify", "verify_fail",
		"rework", "reply", "close", "reopen",
	}
	for len(likely) > 0 && len(likely) < 3*len(all) {
		likely = append(likely, likely...)
	}
	return append(likely, all...)
}

func twinCommand(verb string, id, party dispatch.Code, now time.Time) dispatch.Do {
	switch verb {
	case "return":
		return dispatch.Return{Case: id, Basis: "law", Party: party}
	case "return_never":
		return dispatch.Return{Case: id, Basis: dispatch.NotAdmitted}
	case "accept_to":
		return dispatch.AcceptReturn{Case: id, Party: party}
	case "redirect":
		return dispatch.Redirect{Case: id, Party: party, Reason: "slip"}
	case "dispute":
		return dispatch.Dispute{Case: id, Basis: "law"}
	case "agree":
		return dispatch.Agree{Case: id, Party: party, Consent: "letter"}
	case "rule":
		return dispatch.Judge{Case: id, Party: party, Basis: "law"}
	case "suspend":
		return dispatch.Suspend{Case: id, Reason: dispatch.SuspendReporter, Until: now.Add(40 * time.Hour)}
	}
	return fullVerbs(id, now)[verb]
}

func sameAsTwin(t require.TestingT, c dispatch.Case, w *fullTwin) {
	want := []any{
		w.state, w.owner(), w.gen, w.version, w.reviews, w.t.UTC(), w.h.UTC(), w.stage.UTC(), w.review.UTC(), w.lateT, w.cycle,
		w.asking, w.extends,
	}
	got := []any{
		string(c.State), string(c.Answers.Party), c.Generation, int(c.Version), c.Reviews, c.DueAt, c.HandleDue, c.StageDue, c.ReviewDue,
		c.Overdue, c.Cycle, c.Asking, c.Extensions,
	}
	require.Empty(t, cmp.Diff(want, got), "case %s", c.ID)
}

// fullInvariants hold at every instant: one owner and a next due for every open
// case, and none for any other.
func fullInvariants(t require.TestingT, d *dispatch.Desk) {
	for c := range d.Cases() {
		require.Equal(t, c.State.Open(), c.Answers.Party != "", "owner of %s", c.ID)
		require.Equal(t, c.State.Open(), !c.NextDue.IsZero(), "next due of %s", c.ID)
		if c.Doer.Person != "" {
			require.NotEqual(t, c.Doer.Person, c.Verifier.Person)
		}
	}
}

func TestDeskWholeTableTwin(t *testing.T) { rapid.Check(t, fullVerbProperty) }

func FuzzDeskWholeTable(f *testing.F) { f.Fuzz(rapid.MakeFuzz(fullVerbProperty)) }
