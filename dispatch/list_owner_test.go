package dispatch_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// ownerList: the owner of the road mends it under the works office, which leads;
// in parks the owner leads, with no regulator in the second grid.
func ownerList(t *testing.T) *dispatch.List {
	l, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "L1", Role: dispatch.Lead, Matter: "road", Party: "works"},
		{ID: "G1", Role: dispatch.Regulator, Matter: "road", Party: "works"},
		{ID: "M1", Role: dispatch.Rectifier, Matter: "road", Party: "owner(road)", Budget: budget("3d")},
		{ID: "L2", Role: dispatch.Lead, Matter: "park", Party: "owner(park)", Mode: dispatch.Self, Budget: budget("2d")},
		{ID: "L3", Role: dispatch.Lead, Matter: "*", Party: "desk"},
		{ID: "G2", Role: dispatch.Regulator, Matter: "park", Area: "s-c1-g1", Party: "greens", Channel: ""},
		{ID: "N1", Role: dispatch.Notify, Matter: "*", Party: "owner(park)"}, {ID: "N2", Role: dispatch.Notify, Matter: "*", Party: "estate"},
	}, listMap(t, 1, 2), nil, dispatch.Options{})
	require.NoError(t, err)
	return l
}

func TestListOwner(t *testing.T) {
	l := ownerList(t)
	one, two := listRef(t, l.Map(), "s-c1-g1"), listRef(t, l.Map(), "s-c1-g2")
	owners := []dispatch.LayerOwner{{Layer: "park", Owner: "estate"}, {Layer: "road", Owner: "county"}, {Layer: "road", Owner: "second"}}

	d := l.Match(dispatch.Query{Matter: "road", Area: one, Owners: owners})
	require.Equal(t, dispatch.Duty{Rule: "M1", Party: "county", Budget: budget("3d")}, d.Rectifier)
	require.Equal(t, []dispatch.Duty{{Rule: "N1", Party: "estate"}}, d.Notify, "the owner is named once")

	// No owner of a road: the regulator is alone, and says why.
	d = l.Match(dispatch.Query{Matter: "road", Area: one, Owners: owners[:1]})
	require.Equal(t, dispatch.Decided, d.Status)
	require.Equal(t, dispatch.Duty{Rule: "M1", Reason: dispatch.ReasonNoOwner}, d.Rectifier)
	require.Equal(t, dispatch.Code("works"), d.Regulator.Party)
	d = l.Match(dispatch.Query{Matter: "road", Area: one, Owners: []dispatch.LayerOwner{{Layer: "road"}}})
	require.Equal(t, dispatch.ReasonNoOwner, d.Rectifier.Reason, "a feature without an owner")
	require.Equal(t, []dispatch.Duty{{Rule: "N2", Party: "estate"}}, d.Notify)

	// A lead without an owner falls to the regulator, with the time of its own line.
	d = l.Match(dispatch.Query{Matter: "park", Area: one, Owners: owners})
	require.Equal(t, dispatch.Duty{Rule: "L2", Party: "estate", Mode: dispatch.Self, Budget: budget("2d")}, d.Lead)
	d = l.Match(dispatch.Query{Matter: "park", Area: one})
	require.Equal(t, dispatch.Duty{Rule: "G2", Party: "greens", Budget: budget("2d"), Reason: dispatch.ReasonNoOwner}, d.Lead)
	d = l.Match(dispatch.Query{Matter: "park", Area: two})
	require.Equal(t, dispatch.Unowned, d.Status)
	require.Equal(t, dispatch.Duty{}, d.Lead)
	require.Contains(t, l.Explain(dispatch.Query{Matter: "park", Area: two}).Text("zh"), "无权属主体")

	findings := l.Findings()
	require.Len(t, findings, 1)
	require.Equal(t, dispatch.FindingUnowned, findings[0].Code)
	require.Equal(t, "s-c1-g2", string(findings[0].Place))
	reproduces(t, l, findings[0])
	require.False(t, l.Prove().OK())
}

func ExampleList_Match_owner() {
	list, _ := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "shopfront", Party: "owner(shop)"},
		{ID: "R2", Role: dispatch.Regulator, Matter: "shopfront", Party: "enforcement"},
	}, guanlan(), nil, dispatch.Options{})
	place, _ := list.Map().Lookup("xinlan-01")
	q := dispatch.Query{Matter: "shopfront", Area: place, Owners: []dispatch.LayerOwner{{Layer: "shop", Owner: "noodle-house"}}}
	fmt.Println(list.Match(q).Lead.Party)
	q.Owners = nil
	lead := list.Match(q).Lead
	fmt.Println(lead.Party, lead.Reason)
	// Output:
	// noodle-house
	// enforcement no owner
}
