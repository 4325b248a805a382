package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// A case goes to whoever is on shift on the lead's post at that instant, on leave
// to the one who stands in.
func TestLeadPersonIsOnDuty(t *testing.T) {
	w := deskStreet(t)
	start, err := roster.ParseDate("2026-03-02")
	require.NoError(t, err)
	for _, c := range []struct {
		exceptions []roster.Exception
		day        int
		want       party.Code
	}{
		{nil, 2, "li"}, {nil, 3, "chen"}, {nil, 4, "li"},
		{[]roster.Exception{{Date: start, Kind: roster.Leave, Person: "li"}}, 2, "wang"},
	} {
		rota, err := roster.New(w.beijing, roster.Plan{
			Rotations:  []roster.Rotation{{Post: "foreman", Start: start, Members: []roster.Member{{Person: "li"}, {Person: "chen"}}}},
			Exceptions: c.exceptions,
		})
		require.NoError(t, err)
		plan := deskPlan()
		plan.Roster, plan.Desk = rota, "desk-officer"
		setup := w.setup
		setup.Directory, err = party.NewDirectory(w.setup.Map, plan)
		require.NoError(t, err)
		d := dispatch.NewDesk()
		deskDo(t, d, w.day(1, 0, 0), dispatch.Install{Setup: setup})
		deskDo(t, d, w.day(c.day, 9, 0), dispatch.File{Straight: true, Event: dispatch.Event{ID: "E1", Matter: "waste.missed", Area: "G1"}})
		require.Equal(t, c.want, deskCase(t, d, "E1").LeadPerson, "%v", c)
	}
}
