package dispatch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// ownerStreet is the test world with rules that name owner(layer).
func ownerStreet(t require.TestingT) dispatch.Setup {
	setup := fullStreet(t)
	rules := []dispatch.Rule{
		{ID: "O1", Role: dispatch.Lead, Matter: "waste", Party: "owner(roads)", Budget: deskBudget("2wd")},
		{ID: "O2", Role: dispatch.Regulator, Matter: "waste", Party: "urban"},
		{ID: "O3", Role: dispatch.Rectifier, Matter: "waste", Party: "owner(pipes)"},
		{ID: "O4", Role: dispatch.Assist, Matter: "waste", Party: "owner(parks)"},
		{ID: "O5", Role: dispatch.Lead, Matter: "snow", Party: "owner(roads)", Mode: dispatch.Self, Budget: deskBudget("4wh")},
		{ID: "O6", Role: dispatch.Lead, Matter: "wish", Party: "owner(roads)", Mode: dispatch.Claim, Budget: deskBudget("3wd")},
	}
	list, err := dispatch.Compile(fullMatters(), rules, setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	setup.List, setup.Policy.Ladders = list, nil
	return setup
}

// ownerAt is the owner of a layer, by hand: the first that is named.
func ownerAt(owners []dispatch.LayerOwner, layer string) dispatch.Code {
	for _, o := range owners {
		if o.Layer == layer && o.Owner != "" {
			return o.Owner
		}
	}
	return ""
}

// ownerWant is who leads a case of waste, regulates and mends it, by hand.
func ownerWant(owners []dispatch.LayerOwner) (lead dispatch.Code, reason dispatch.DutyReason, rectifier, assist dispatch.Code, alone string) {
	lead, rectifier, assist = ownerAt(owners, "roads"), ownerAt(owners, "pipes"), ownerAt(owners, "parks")
	if lead == "" {
		lead, reason = "urban", dispatch.ReasonNoOwner
	}
	if rectifier == "" {
		alone = "no owner"
	}
	return lead, reason, rectifier, assist, alone
}

func ownersDrawn(t *rapid.T, label string, least int) []dispatch.LayerOwner {
	one := rapid.Custom(func(t *rapid.T) dispatch.LayerOwner {
		return dispatch.LayerOwner{
			Layer: rapid.SampledFrom([]string{"roads", "pipes", "parks", "lamps"}).Draw(t, "layer"),
			Owner: rapid.SampledFrom([]dispatch.Code{"", "squad", "property", "sanitation", "gasworks"}).Draw(t, "owner"),
		}
	})
	return rapid.SliceOfN(one, least, 5).Draw(t, label)
}

// ownerProperty files, dispatches, redirects and re-matches cases whose place has
// random owners, and compares with the owners looked up by hand. Whoever comes of
// it, the case has an owner and a next due, and a replay has the same.
func ownerProperty(t *rapid.T) {
	d, replay := dispatch.NewDesk(), dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	do := func(v dispatch.Do) dispatch.Outcome {
		out := deskDecide(t, d, at, v)
		deskApply(t, d, out.Entries)
		deskApply(t, replay, deskThroughJSON(t, out.Entries))
		return out
	}
	do(dispatch.Install{Setup: ownerStreet(t)})
	event := fullEvent("E1", "waste")
	event.Owners = ownersDrawn(t, "owners", 0)
	straight := rapid.Bool().Draw(t, "straight")
	do(dispatch.File{Event: event, Straight: straight})
	owners := event.Owners
	if !straight {
		do(dispatch.Register{Case: "E1"})
		now := ownersDrawn(t, "owners at dispatch", 0)
		if len(now) > 0 {
			owners = now
		}
		do(dispatch.Dispatch{Case: "E1", Owners: now})
	}
	check := func() {
		c := deskCase(t, d, "E1")
		lead, reason, rectifier, assist, alone := ownerWant(owners)
		got := []any{c.Lead.Party, c.Lead.Reason, c.Rectifier.Party, c.Alone, c.Answers.Party, c.NextDue.IsZero(), c.HandleDue.IsZero()}
		require.Empty(t, cmp.Diff([]any{lead, reason, rectifier, alone, lead, false, false}, got))
		require.Equal(t, dispatch.Code("urban"), c.Regulator.Party)
		require.Equal(t, assist != "", len(c.Assist) == 1)
		require.Equal(t, len(owners), len(c.Event.Owners))
		require.Equal(t, d.Hash(), replay.Hash())
	}
	check()
	again := ownersDrawn(t, "owners at redirect", 0)
	was, _, _, _, _ := ownerWant(owners)
	next := owners
	if len(again) > 0 {
		next = again
	}
	lead, _, _, _, _ := ownerWant(next)
	out := do(dispatch.Redirect{Case: "E1", Reason: "slip", Owners: again})
	if lead == was {
		require.Equal(t, "same_party", out.Refusal.Code)
	} else {
		require.Nil(t, out.Refusal)
		owners = next
	}
	check()
}

func TestOwnersOfThePlaceProperty(t *testing.T) { rapid.Check(t, ownerProperty) }

func FuzzDeskOwners(f *testing.F) { f.Fuzz(rapid.MakeFuzz(ownerProperty)) }

// TestOwnersOfThePlaceDecide: claims and self-handling ask for the owner too, and
// without one and without a regulator the desk says so and answers.
func TestOwnersOfThePlaceDecide(t *testing.T) {
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: ownerStreet(t)})
	li := dispatch.Actor{Person: "li", Post: "foreman"}
	snow := fullEvent("E1", "snow")
	self := dispatch.Command{Actor: li, Do: dispatch.FileSelf{Event: snow}}
	require.Equal(t, "no_lead", deskRefusal(t, d, at, self))
	refusal := dispatch.Refusal{Code: "no_lead", Args: []string{"E1", string(dispatch.Unowned)}}
	require.Equal(t, "案件E1无法确定主办单位：无权属主体", refusal.Text("zh"))
	snow.Owners = []dispatch.LayerOwner{{Layer: "roads", Owner: "property"}}
	self.Do = dispatch.FileSelf{Event: snow}
	require.Equal(t, "not_entitled", deskRefusal(t, d, at, self))
	snow.Owners[0].Owner = "squad"
	deskAs(t, d, at, li, dispatch.FileSelf{Event: snow})
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E1").Answers.Party)

	deskDo(t, d, at, dispatch.File{Event: fullEvent("E2", "snow"), Straight: true})
	c := deskCase(t, d, "E2")
	require.Equal(t, []any{dispatch.StateRegistered, dispatch.Unowned, true}, []any{c.State, c.Status, c.Answers.Interim})
	deskDo(t, d, at, dispatch.Dispatch{Case: "E2", Owners: snow.Owners})
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E2").Answers.Party)

	deskDo(t, d, at, dispatch.File{Event: fullEvent("E3", "wish")})
	deskDo(t, d, at, dispatch.Register{Case: "E3"})
	deskDo(t, d, at, dispatch.Dispatch{Case: "E3", Owners: snow.Owners})
	require.Equal(t, []any{dispatch.StateOffered, snow.Owners}, []any{deskCase(t, d, "E3").State, deskCase(t, d, "E3").Event.Owners})

	for name, owners := range map[string][]dispatch.LayerOwner{
		"no layer": {{Owner: "squad"}}, "bad owner": {{Layer: "roads", Owner: "*"}}, "too many": make([]dispatch.LayerOwner, dispatch.OwnersMax+1),
	} {
		event := fullEvent("E9", "waste")
		event.Owners = owners
		for _, do := range []dispatch.Do{dispatch.File{Event: event}, dispatch.Dispatch{Case: "E3", Owners: owners}, dispatch.Redirect{Case: "E3", Reason: "slip", Owners: owners}} {
			_, err := d.Decide(at, dispatch.Command{Do: do})
			require.ErrorIs(t, err, dispatch.ErrCommand, name)
		}
	}
	owners := []dispatch.LayerOwner{{Layer: "roads", Owner: "squad"}}
	event := fullEvent("E10", "waste")
	event.Owners = owners
	deskDo(t, d, at, dispatch.File{Event: event})
	owners[0].Owner = "property"
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E10").Event.Owners[0].Owner, "the desk keeps no memory of the caller's")
}
