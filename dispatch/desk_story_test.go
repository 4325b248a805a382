package dispatch_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

func TestDeskOneReportLivesItsDay(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	host := dispatch.Actor{}
	li, wang := dispatch.Actor{Person: "li", Post: "foreman"}, dispatch.Actor{Person: "wang"}

	filed := deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: deskEvent("E1", "waste.missed", deskWest), Straight: true})
	require.Equal(t, []string{"case_filed", "case_registered", "dispatched"}, deskFacts(filed))
	c := deskCase(t, d, "E1")
	require.Equal(t, dispatch.StateDispatched, c.State)
	require.Equal(t, dispatch.Answering{Party: "squad"}, c.Answers)
	require.Equal(t, dispatch.Code("G1"), c.Area)
	require.Equal(t, dispatch.Code("R1"), c.Rule())
	require.Equal(t, dispatch.Code("li"), c.LeadPerson)
	require.Equal(t, w.day(4, 17, 0).UTC(), c.DueAt)
	require.Equal(t, w.day(4, 17, 0).UTC(), c.HandleDue)
	require.Equal(t, w.day(2, 9, 30).UTC(), c.NextDue)
	require.Equal(t, host, filed[2].Actor)

	deskAs(t, d, w.day(2, 9, 30), li, dispatch.Ack{Case: "E1"})
	deskAs(t, d, w.day(2, 10, 0), li, dispatch.Start{Case: "E1"})
	deskAs(t, d, w.day(2, 11, 0), li, dispatch.Finish{Case: "E1", Override: "alone", Evidence: []dispatch.Evidence{{Kind: "after"}}})
	c = deskCase(t, d, "E1")
	require.Equal(t, dispatch.Answering{Party: "desk"}, c.Answers)
	require.Equal(t, li, c.Doer)
	deskAs(t, d, w.day(2, 14, 0), wang, dispatch.Verify{Case: "E1"})
	deskAs(t, d, w.day(2, 15, 0), wang, dispatch.Close{Case: "E1", Outcome: "solved", Satisfied: dispatch.SatisfiedYes})

	c = deskCase(t, d, "E1")
	require.Equal(t, dispatch.StateClosed, c.State)
	require.Equal(t, "true", c.OnTime(w.day(30, 0, 0)))
	require.Empty(t, c.Late)
	require.Equal(t, dispatch.Answering{}, c.Answers)
	require.True(t, c.NextDue.IsZero())
	require.Zero(t, d.OpenLen())
	_, ok := d.NextDue()
	require.False(t, ok)
}

func TestDeskNobodyActsAndTheDeskStillLooks(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: deskEvent("E1", "cover", deskEast), Straight: true})
	var got []string
	for _, e := range deskTick(t, d, w.day(5, 0, 0)) {
		got = append(got, e.At.In(w.beijing).Format("02 15:04:05.000 ")+dispatch.FactName(e.Fact))
	}
	want := []string{
		"02 09:30:00.001 ack_deemed", "02 11:00:00.001 stage_overdue", "02 11:00:00.001 total_overdue",
		"03 17:00:00.001 review_due", "04 17:00:00.001 review_due",
	}
	require.Empty(t, cmp.Diff(want, got))
	c := deskCase(t, d, "E1")
	require.Equal(t, []dispatch.Clock{dispatch.AckClock, dispatch.HandleClock, dispatch.TotalClock}, c.Late)
	require.Equal(t, dispatch.Answering{Party: "sanitation"}, c.Answers)
	require.Equal(t, "false", c.OnTime(w.day(5, 0, 0)))
	require.Equal(t, w.day(5, 17, 0).UTC(), c.NextDue)
}

func TestDeskOwnerUnclear(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	for status, event := range map[dispatch.Status]dispatch.Event{
		dispatch.Outside:       deskEvent("outside", "cover", deskSea),
		dispatch.UnknownMatter: deskEvent("unknown", "alien", deskWest),
		dispatch.NoRule:        deskEvent("norule", "tree", deskWest),
		dispatch.NoPoint:       {ID: "nopoint", Matter: "cover"},
		dispatch.Tied:          deskEvent("tie", "noise", deskWest),
	} {
		entries := deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: event, Straight: true})
		require.Equal(t, []string{"case_filed", "case_registered", "owner_unclear"}, deskFacts(entries))
		c := deskCase(t, d, event.ID)
		require.Equal(t, status, c.Status)
		require.Equal(t, dispatch.StateRegistered, c.State)
		require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, c.Answers)
		require.Equal(t, "no_lead", deskRefusal(t, d, w.day(2, 9, 1), dispatch.Command{Do: dispatch.Dispatch{Case: event.ID}}))
	}
	require.Equal(t, []dispatch.Code{"R7", "R8"}, deskCase(t, d, "tie").Tie)
	deskTick(t, d, w.day(6, 0, 0))
	for c := range d.Open() {
		require.Equal(t, []dispatch.Clock{dispatch.DispatchClock}, c.Late)
		require.Equal(t, int64(3), c.Reviews)
	}
}

func TestDeskNoBudgetMeansReviews(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	at := w.day(2, 9, 0)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "lamp", deskWest), Straight: true})
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	c := deskCase(t, d, "E1")
	require.True(t, c.DueAt.IsZero())
	require.Equal(t, w.day(3, 17, 0).UTC(), c.ReviewDue)
	deskDo(t, d, at, dispatch.Start{Case: "E1"})
	require.Equal(t, w.day(3, 17, 0).UTC(), deskCase(t, d, "E1").NextDue)
	require.Equal(t, "", deskCase(t, d, "E1").OnTime(w.day(9, 0, 0)))
	deskDo(t, d, w.day(3, 17, 0), dispatch.Finish{Case: "E1", Override: "alone"})
	require.True(t, deskCase(t, d, "E1").ReviewDue.IsZero())
	deskTick(t, d, w.day(4, 18, 0))
	c = deskCase(t, d, "E1")
	require.Equal(t, dispatch.StateVerified, c.State)
	require.True(t, c.Lapsed)
	require.Equal(t, w.day(4, 17, 0).Add(time.Millisecond).UTC(), c.VerifiedAt)
}

func TestDeskImposedDueWins(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	event := deskEvent("E1", "cover", deskWest)
	event.Due = w.day(3, 12, 0)
	deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: event, Straight: true})
	c := deskCase(t, d, "E1")
	require.Equal(t, w.day(3, 12, 0).UTC(), c.DueAt)
	require.Equal(t, w.day(3, 12, 0).UTC(), c.HandleDue)

	late := deskEvent("E2", "cover", deskWest)
	late.Due = w.day(1, 12, 0) // had passed before the report came in
	deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: late})
	next, ok := d.NextDue()
	require.True(t, ok)
	require.Equal(t, w.day(2, 9, 0).UTC(), next)
	entries := deskTick(t, d, w.day(2, 9, 1))
	require.Equal(t, []string{"total_overdue"}, deskFacts(entries))
	require.Equal(t, w.day(2, 9, 0).UTC(), entries[0].At)
}

func TestDeskRezones(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	at := w.day(2, 9, 0)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("north", "cover", deskNorth), Straight: true})
	deskDo(t, d, at, dispatch.File{Event: deskEvent("east", "cover", deskEast), Straight: true})
	deskDo(t, d, at, dispatch.File{Event: dispatch.Event{ID: "byarea", Matter: "cover", Area: "G1"}, Straight: true})
	deskDo(t, d, at, dispatch.File{Event: dispatch.Event{ID: "nowhere", Matter: "cover"}})

	entries := deskDo(t, d, at, dispatch.Install{Setup: w.split})
	require.Equal(t, []string{"setup_installed", "rezoned", "rezoned"}, deskFacts(entries))
	require.Equal(t, dispatch.Rezoned{From: "G1", Interim: true}, entries[1].Fact)
	require.Equal(t, dispatch.Code("byarea"), entries[1].Case)
	require.Equal(t, dispatch.Rezoned{From: "G1", Area: "G1B"}, entries[2].Fact)
	require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, deskCase(t, d, "byarea").Answers)
	require.Equal(t, dispatch.Answering{Party: "sanitation"}, deskCase(t, d, "north").Answers)

	entries = deskDo(t, d, at, dispatch.Install{Setup: w.west})
	require.Equal(t, []string{"setup_installed", "rezoned", "rezoned", "rezoned"}, deskFacts(entries))
	require.Equal(t, dispatch.Code(""), deskCase(t, d, "east").Area)
	require.Equal(t, dispatch.Code("G1"), deskCase(t, d, "north").Area)
	require.Equal(t, dispatch.Answering{Party: "sanitation"}, deskCase(t, d, "byarea").Answers)
	require.Empty(t, deskDo(t, d, at, dispatch.Install{Setup: w.west})[1:])
}

func TestDeskOffTheMapTheDeskDoesTheWork(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	d := deskAt(t, w, at, dispatch.StateAcknowledged, dispatch.Event{ID: "E1", Matter: "cover", Area: "G1"})
	deskDo(t, d, at, dispatch.Install{Setup: w.split})
	require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, deskCase(t, d, "E1").Answers)
	deskAs(t, d, at, dispatch.Actor{Person: "wang"}, dispatch.Start{Case: "E1"})
	require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, deskCase(t, d, "E1").Answers)
	deskDo(t, d, at, dispatch.Finish{Case: "E1", Override: "alone"})
	require.Equal(t, dispatch.Answering{Party: "desk"}, deskCase(t, d, "E1").Answers)
}

func TestDeskRezoneKeepsTheCodeWhenThePointFellOff(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	south, err := deskSetup([]grid.Unit{
		{Code: "S", Boundary: deskBox(114, 22.5, 114.02, 22.51)},
		{Code: "G1", Parent: "S", Level: 1, Boundary: deskBox(114, 22.5, 114.01, 22.504)},
	}, w.setup.Calendar)
	require.NoError(t, err)
	d := deskNew(t, w)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskNorth), Straight: true})
	entries := deskDo(t, d, at, dispatch.Install{Setup: south})
	require.Equal(t, []string{"setup_installed"}, deskFacts(entries), "the point is in no leaf, but G1 is still there")
	require.Equal(t, dispatch.Code("G1"), deskCase(t, d, "E1").Area)
}
