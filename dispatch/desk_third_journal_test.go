package dispatch_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// thirdJournal is a journal that holds every kind of fact that the other two lack.
func thirdJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	at := fullDay(2, 9, 0)
	step := func(list ...dispatch.Do) {
		for _, do := range list {
			all = append(all, deskDo(t, d, at, do)...)
		}
	}
	wait := func(d2 time.Duration) {
		at = at.Add(d2)
		all = append(all, deskTick(t, d, at)...)
	}
	setup := sampleStreet(t, 1, "")
	setup.Policy.Archive = deskBudget("1m")
	step(dispatch.Install{Setup: setup})
	event := fullEvent("E1", "waste")
	event.Owners = []dispatch.LayerOwner{{Layer: "roads", Owner: "squad"}}
	step(dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: "E1"})
	step(dispatch.Assign{Case: "E1", Override: "radio", People: []dispatch.Sent{
		{Person: "li", Post: "foreman", Rank: 1, Away: 250, Seen: at.UTC(), Reason: "nearest"}, {Person: "chen"},
	}})
	wait(time.Hour)
	snow := fullEvent("E2", "snow")
	snow.Evidence = []dispatch.Evidence{{Kind: "before"}}
	all = append(all, deskAs(t, d, at, dispatch.Actor{Person: "li"}, dispatch.FileSelf{Event: snow})...)
	step(dispatch.Finish{Case: "E2", Evidence: []dispatch.Evidence{{Kind: "after"}}})
	step(dispatch.Start{Case: "E1"}, dispatch.Finish{Case: "E1"})
	for range 2 {
		step(dispatch.Fail{Case: "E1", Reason: "dirty"}, dispatch.Finish{Case: "E1"})
	}
	step(dispatch.Fail{Case: "E1", Reason: "dirty"})
	wait(time.Hour)
	step(dispatch.Reply{Case: "E2"}, dispatch.Close{Case: "E2", Outcome: "swept"})
	step(dispatch.Import{
		Event: fullEvent("E3", "gas"), From: "old hotline", State: dispatch.StateInProgress, FiledAt: at.Add(-9 * time.Hour),
		RegisteredAt: at.Add(-8 * time.Hour), DispatchedAt: at.Add(-7 * time.Hour), StartedAt: at.Add(-time.Hour), Generation: 2,
		Parties: dispatch.Parties{Lead: dispatch.Duty{Party: "sanitation", Budget: deskBudget("3wd")}}, Returned: []dispatch.Code{"squad"},
		Left:    []dispatch.Paused{{Clock: dispatch.HandleClock, Left: 7_200_000, Working: true}},
		Reports: []dispatch.Report{{Event: "E4", Reporter: "who-E4", At: at.Add(-5 * time.Hour)}},
	})
	wait(30 * 24 * time.Hour)
	return d, all
}
