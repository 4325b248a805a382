package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// TestRefusalPrecedenceOfEveryVerb: for each row that a verb triggers, unknown_case
// comes before stale, stale before wrong_state and not_entitled, and not_entitled
// before whatever else the row refuses.
func TestRefusalPrecedenceOfEveryVerb(t *testing.T) {
	at := fullDay(2, 9, 0)
	open := map[string]bool{"attach": true} // anybody may report
	for _, s := range rowStories() {
		if s.do == nil {
			continue
		}
		verb := verbOfDo(s.do)
		fresh := func() (*dispatch.Desk, dispatch.Command) {
			d := fullAt(t, at, s.matter, s.state)
			for _, do := range s.first {
				deskDo(t, d, at, do)
			}
			return d, dispatch.Command{Do: s.do}
		}
		reasons := []reason{
			{"stale", reasonStale},
			{"not_entitled", func(_ *testing.T, _ *dispatch.Desk, cmd *dispatch.Command) {
				cmd.Actor = dispatch.Actor{Person: "assistant"}
			}},
		}
		if open[verb] {
			reasons = reasons[:1]
		}
		deskPrecedence(t, fresh, at.Add(s.later), reasons)
		nobody := reason{"unknown_case", func(t *testing.T, d *dispatch.Desk, cmd *dispatch.Command) { cmd.Do = fullVerbs("E77", at)[verb] }}
		deskPrecedence(t, fresh, at.Add(s.later), append(slices.Clone(reasons), nobody))
		if next := deskWrongState(s.row); next != "" {
			gone := reason{"wrong_state", func(t *testing.T, d *dispatch.Desk, cmd *dispatch.Command) {
				for i, do := range []dispatch.Do{dispatch.Withdraw{Case: "E1"}, dispatch.Attach{Case: "E1", Event: fullEvent("E8", "waste")}} {
					out := deskDecide(t, d, at, do)
					deskApply(t, d, out.Entries)
					require.Nil(t, out.Refusal, i)
					break
				}
			}}
			deskPrecedence(t, fresh, at.Add(s.later), append(slices.Clone(reasons), gone))
		}
	}
}

// deskWrongState tells whether a story's case can be withdrawn first.
func deskWrongState(number string) string {
	switch number {
	case "3", "4", "5", "7", "9", "11", "12", "13", "22", "25", "26", "27", "28", "35", "4a":
		return number
	}
	return ""
}

// TestRefusalPrecedenceOfGuards: two guards of one row that both apply.
func TestRefusalPrecedenceOfGuards(t *testing.T) {
	at := fullDay(2, 9, 0)
	type step struct {
		person dispatch.Code
		do     dispatch.Do
		later  time.Duration
	}
	final := []step{
		{"", dispatch.Return{Case: "E1", Basis: "law", Party: "property"}, 0}, {"", dispatch.RefuseReturn{Case: "E1", Reason: "no"}, 0},
		{"", dispatch.Dispute{Case: "E1", Basis: "law"}, 0}, {"", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}, 0},
		{"", dispatch.Appeal{Case: "E1", Basis: "law"}, 0}, {"", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}, 0},
		{"", dispatch.Appeal{Case: "E1", Basis: "law"}, 0}, {"", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}, 0},
	}
	extend, suspend := dispatch.Extend{Case: "E1"}, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: at.Add(time.Hour)}
	long := dispatch.Extend{Case: "E1", Budget: deskBudget("9wd")}
	for name, c := range map[string]struct {
		matter dispatch.Code
		state  dispatch.State
		first  []step
		do     dispatch.Do
		later  time.Duration
		want   string
	}{
		"final before right spent":          {"waste", "dispatched", final, dispatch.Return{Case: "E1", Basis: "law", Party: "property"}, 0, "final"},
		"right spent before unnamed":        {"waste", "dispatched", final[:2], dispatch.Return{Case: "E1", Basis: "law"}, 0, "right_spent"},
		"admitted before unnamed":           {"waste", "dispatched", nil, dispatch.Return{Case: "E1", Basis: dispatch.NotAdmitted}, 0, "admitted"},
		"same party before unknown party":   {"waste", "dispatched", nil, dispatch.Return{Case: "E1", Basis: "law", Party: "squad"}, 0, "same_party"},
		"final before return first":         {"waste", "dispatched", final, dispatch.Dispute{Case: "E1", Basis: "law", Party: "nobody"}, 0, "final"},
		"return first before unknown party": {"waste", "dispatched", nil, dispatch.Dispute{Case: "E1", Basis: "law", Party: "nobody"}, 0, "return_first"},
		"unknown party at last":             {"waste", "dispatched", nil, dispatch.Redirect{Case: "E1", Party: "nobody", Reason: "slip"}, 0, "unknown_party"},
		"too often before too late":         {"waste", "in_progress", []step{{"", extend, 0}, {"", extend, 0}}, extend, 240 * time.Hour, "too_often"},
		"too late before over limit":        {"waste", "in_progress", nil, long, 240 * time.Hour, "too_late"},
		"nothing due before over limit":     {"pipe", "in_progress", nil, long, 0, "nothing_due"},
		"firm before over limit":            {"lift", "in_progress", nil, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: at.AddDate(2, 0, 0)}, 0, "firm"},
		"too often before over limit": {
			"waste", "in_progress", []step{{"", suspend, 0}, {"", dispatch.Resume{Case: "E1"}, 0}},
			dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: at.AddDate(2, 0, 0)}, 0, "too_often",
		},
		"waiting before too often": {
			"waste", "filed", []step{{"", dispatch.AskMore{Case: "E1", What: "a"}, 0}, {"", dispatch.Answer{Case: "E1"}, 0}, {"", dispatch.AskMore{Case: "E1", What: "b"}, 0}},
			dispatch.AskMore{Case: "E1", What: "c"}, 0, "waiting",
		},
		"safety before not sole":    {"lift", "dispatched", []step{{"", dispatch.Attach{Case: "E1", Event: fullEvent("E2", "lift")}, 0}}, dispatch.Withdraw{Case: "E1"}, 0, "safety"},
		"outcome before unanswered": {"quarrel", "verified", nil, dispatch.Close{Case: "E1", Outcome: "solved"}, 0, "outcome"},
		"same case before merged in": {
			"waste", "dispatched", []step{{"", dispatch.File{Event: fullEvent("E2", "waste")}, 0}, {"", dispatch.Merge{Case: "E2", Into: "E1"}, 0}},
			dispatch.Merge{Case: "E1", Into: "E1"}, 0, "same_case",
		},
		"merged in before target": {
			"waste", "dispatched", []step{{"", dispatch.File{Event: fullEvent("E2", "waste")}, 0}, {"", dispatch.Merge{Case: "E2", Into: "E1"}, 0}},
			dispatch.Merge{Case: "E1", Into: "E9"}, 0, "merged_in",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := fullAt(t, at, c.matter, c.state)
			for _, s := range c.first {
				require.Equal(t, "", refusedAs(t, d, at.Add(s.later), s.person, s.do), "%T", s.do)
			}
			require.Equal(t, c.want, deskRefusal(t, d, at.Add(c.later), dispatch.Command{Do: c.do}))
		})
	}
}

// TestMalformedCommandsOfTheWholeTable are errors and change nothing.
func TestMalformedCommandsOfTheWholeTable(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateInProgress)
	hash := d.Hash()
	for _, do := range []dispatch.Do{
		dispatch.AskMore{Case: "E1"}, dispatch.Reject{Case: "E1", Reason: "because", Redress: "x"}, dispatch.Reject{Case: "E1", Reason: dispatch.RejectVague},
		dispatch.Suspend{Case: "E1", Reason: "because", Until: fullDay(3, 0, 0)}, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: time.Unix(0, 1)},
		dispatch.Return{Case: "E1"}, dispatch.Dispute{Case: "E1"}, dispatch.Judge{Case: "E1", Basis: "law"}, dispatch.Judge{Case: "E1", Party: "squad"},
		dispatch.Note{Case: "E1", Role: dispatch.Lead}, dispatch.CallBack{Case: "E1", Answer: "perhaps"}, dispatch.Extend{Case: "E1", Budget: worktime.Budget{N: -1, Unit: "x"}},
		dispatch.Merge{Case: "E1"}, dispatch.Rework{Case: "E1"}, dispatch.Fail{Case: "E1"}, dispatch.Agree{Case: "E1", Party: "squad"}, dispatch.Apply{}, dispatch.Deny{Mandate: "M1"},
		dispatch.Attach{Case: "E1"}, dispatch.FileSelf{}, dispatch.Mend{Case: "E1", Evidence: []dispatch.Evidence{{}}}, dispatch.Withdraw{}, dispatch.Take{Case: "E1"},
	} {
		_, err := d.Decide(fullDay(2, 9, 0), dispatch.Command{Do: do})
		require.ErrorIs(t, err, dispatch.ErrCommand, "%#v", do)
		require.Equal(t, hash, d.Hash())
	}
}

func TestLaddersAreCheckedAtTheDoor(t *testing.T) {
	good := fullStreet(t)
	for name, ladders := range map[string][]dispatch.Ladder{
		"kind": {{Kind: "spiral"}}, "twice": {{Kind: dispatch.DisputeLadder}, {Kind: dispatch.DisputeLadder}},
		"no party": {{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{{Level: 1}}}},
		"no level": {{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{{Party: "a"}}}},
		"down":     {{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{{Level: 2, Party: "a"}, {Level: 1, Party: "b"}}}},
		"card":     {{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{{Party: "a", Percent: 80, Card: "green"}}}},
		"both":     {{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{{Party: "a", Percent: 80, After: deskBudget("1wd")}}}},
		"neither":  {{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{{Party: "a"}}}},
		"percent":  {{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{{Party: "a", Percent: 1001}}}},
		"many":     {{Kind: dispatch.OverdueLadder, Rungs: make([]dispatch.Rung, dispatch.RungsMax+1)}},
	} {
		setup := good
		setup.Policy.Ladders = ladders
		_, err := dispatch.NewDesk().Decide(fullDay(1, 0, 0), dispatch.Command{Do: dispatch.Install{Setup: setup}})
		require.ErrorIs(t, err, dispatch.ErrCommand, name)
	}
}
