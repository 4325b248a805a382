package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// splitStreet is the full test world on the map where G1 is split into G1A and G1B.
func splitStreet(t require.TestingT) dispatch.Setup {
	setup := fullStreet(t)
	setup.Map = deskStreet(t).split.Map
	var err error
	setup.Directory, err = party.NewDirectory(setup.Map, fullPlan())
	require.NoError(t, err)
	setup.List, err = dispatch.Compile(fullMatters(), fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	return setup
}

// relievedDesk is a desk whose case E1, in the north of G1, failed until no rework was left.
func relievedDesk(t require.TestingT) *dispatch.Desk {
	d, at := fullDesk(t), fullDay(2, 9, 0)
	event := fullEvent("E1", "waste")
	event.Area, event.Point = "", &deskNorth
	for _, do := range []dispatch.Do{dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}} {
		deskDo(t, d, at, do)
	}
	for range 3 {
		deskDo(t, d, at, dispatch.Finish{Case: "E1"})
		deskDo(t, d, at, dispatch.Fail{Case: "E1", Reason: "dirty"})
	}
	require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, deskCase(t, d, "E1").Answers)
	return d
}

// TestNewMapGivesNoCaseBackToARelievedLead: a lead that may not try again, or whose case
// is disputed since, does not answer again because a new map redraws the grid.
func TestNewMapGivesNoCaseBackToARelievedLead(t *testing.T) {
	at, interim := fullDay(2, 9, 0), dispatch.Answering{Party: "desk", Interim: true}
	d := relievedDesk(t)
	deskDo(t, d, at, dispatch.Install{Setup: splitStreet(t)})
	require.Equal(t, dispatch.Code("G1B"), deskCase(t, d, "E1").Area)
	require.Equal(t, interim, deskCase(t, d, "E1").Answers)
	require.Equal(t, dispatch.StateDone, deskAfter(t, d, dispatch.Finish{Case: "E1"}).State)

	d = relievedDesk(t)
	deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "three times"})
	deskDo(t, d, at, dispatch.Install{Setup: splitStreet(t)})
	require.Equal(t, interim, deskCase(t, d, "E1").Answers)
	require.Equal(t, dispatch.Answering{Party: "property"}, deskAfter(t, d, dispatch.Judge{Case: "E1", Party: "property", Basis: "law"}).Answers)
}

// deskAfter is case E1 after a command at nine on the 2nd.
func deskAfter(t require.TestingT, d *dispatch.Desk, do dispatch.Do) dispatch.Case {
	deskDo(t, d, fullDay(2, 9, 0), do)
	return deskCase(t, d, "E1")
}

// TestWorkOfTheDeskComesBackToTheDesk: what the duty desk did in a lead's place and is not
// found done is the desk's to do again, not that of the lead of a cycle before or of one
// that is relieved.
func TestWorkOfTheDeskComesBackToTheDesk(t *testing.T) {
	interim := dispatch.Answering{Party: "desk", Interim: true}
	unled := fullStreet(t)
	var err error
	unled.List, err = dispatch.Compile(fullMatters(), fullRules()[1:], unled.Map, unled.Directory, dispatch.Options{})
	require.NoError(t, err)
	off := deskStreet(t).split // has no G1

	reopened := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateClosed)
	deskAfter(t, reopened, dispatch.Reopen{Case: "E1", Reason: "back"})
	deskAfter(t, reopened, dispatch.Install{Setup: unled})
	working := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateInProgress)
	deskAfter(t, working, dispatch.Install{Setup: off})
	for name, d := range map[string]*dispatch.Desk{
		"reopened, and the list names nobody": reopened, "off the map": working, "never led": fullAt(t, fullDay(2, 9, 0), "noise", dispatch.StateRegistered),
	} {
		for _, back := range []dispatch.Do{dispatch.Fail{Case: "E1", Reason: "dirty"}, dispatch.Rework{Case: "E1", Reason: "dirty"}} {
			deskAfter(t, d, dispatch.Finish{Case: "E1"})
			if _, verified := back.(dispatch.Rework); verified {
				deskAfter(t, d, dispatch.Verify{Case: "E1"})
			}
			c := deskAfter(t, d, back)
			require.Equal(t, dispatch.StateInProgress, c.State, name)
			require.Equal(t, interim, c.Answers, name)
			require.Equal(t, "not_entitled", refusedAs(t, d, fullDay(2, 9, 0), "li", dispatch.Finish{Case: "E1"}), name)
		}
	}

	led := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateDone)
	require.Equal(t, dispatch.Answering{Party: "squad"}, deskAfter(t, led, dispatch.Fail{Case: "E1", Reason: "dirty"}).Answers)
}

// TestUnprovenIsOfWorkThatStands: work that is to be done again says nothing more of what
// it did not show.
func TestUnprovenIsOfWorkThatStands(t *testing.T) {
	d, at := termsDesk(t, pipeStandard), fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "pipe"), Straight: true})
	for _, do := range []dispatch.Do{dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}, dispatch.Finish{Case: "E1", Waiver: "dark"}} {
		deskDo(t, d, at, do)
	}
	require.True(t, deskCase(t, d, "E1").Unproven)
	require.False(t, deskAfter(t, d, dispatch.Fail{Case: "E1", Reason: "dirty"}).Unproven)
	for _, do := range []dispatch.Do{
		dispatch.Finish{Case: "E1", Waiver: "dark"}, dispatch.Verify{Case: "E1"}, dispatch.Reply{Case: "E1"}, dispatch.Close{Case: "E1", Outcome: "repaired"},
	} {
		deskDo(t, d, at, do)
	}
	require.True(t, deskCase(t, d, "E1").Unproven, "the end keeps it")
	require.False(t, deskAfter(t, d, dispatch.Reopen{Case: "E1", Reason: "back"}).Unproven)
}
