package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// Whoever commands an area may do there what the desk does, whoever assesses may
// verify, whoever decides may admit; a right over another area is none, and a right
// that nobody was given makes nobody a desk.
func TestRightsBesideTheDesk(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	zhao := dispatch.Actor{Person: "zhao", Post: "manager"}
	event := dispatch.Event{ID: "E1", Matter: "cover", Area: "G1"}
	mandate := dispatch.Admit{Mandate: dispatch.Mandate{ID: "m1", Matter: "cover", Applicant: "urban", Community: "community", Approver: "street"}}
	for _, c := range []struct {
		right party.Right
		state dispatch.State
		verb  string
		want  string
	}{
		{party.Right{}, dispatch.StateFiled, "register", "not_entitled"},
		{party.Right{Kind: party.RightCommand, Scope: "G1"}, dispatch.StateFiled, "register", ""},
		{party.Right{Kind: party.RightCommand, Scope: "S"}, dispatch.StateRegistered, "dispatch", ""},
		{party.Right{Kind: party.RightCommand, Scope: "G2"}, dispatch.StateRegistered, "dispatch", "not_entitled"},
		{party.Right{Kind: party.RightAssess, Scope: "G1"}, dispatch.StateRegistered, "dispatch", "not_entitled"},
		{party.Right{Kind: party.RightAssess, Scope: "G1"}, dispatch.StateDone, "verify", ""},
		{party.Right{Kind: party.RightCommand, Scope: "G1"}, dispatch.StateDone, "verify", "not_entitled"},
		{party.Right{Kind: party.RightCommand, Scope: "G1"}, dispatch.StateVerified, "close", ""},
		{party.Right{Kind: party.RightCommand, Scope: "G1"}, dispatch.StateDispatched, "ack", "not_entitled"},
		{party.Right{Kind: party.RightDecide, Scope: "community"}, "", "admit", ""},
		{party.Right{Kind: party.RightDecide, Scope: "urban"}, "", "admit", "not_entitled"},
	} {
		plan := deskPlan()
		if c.right.Kind != "" {
			c.right.Holder = "manager"
			plan.Rights = []party.Right{c.right}
		}
		setup := w.setup
		var err error
		setup.Directory, err = party.NewDirectory(w.setup.Map, plan)
		require.NoError(t, err)
		d, do := dispatch.NewDesk(), dispatch.Do(mandate)
		deskDo(t, d, at, dispatch.Install{Setup: setup})
		if c.verb != "admit" {
			world := w
			world.setup = setup
			d, do = deskAt(t, world, at, c.state, event), deskVerb(c.verb, "E1")
		}
		out, err := d.Decide(at, dispatch.Command{Actor: zhao, Do: do})
		require.NoError(t, err)
		got := ""
		if out.Refusal != nil {
			got = out.Refusal.Code
		}
		require.Equal(t, c.want, got, "%v %s", c.right, c.verb)
	}
}
