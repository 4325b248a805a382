package party_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party"
)

// rightsPlan is street > committee > squad. The committee holds the command over
// community A, its head's post the assessment; the head has a deputy.
func rightsPlan() party.Plan {
	always := party.Interval{From: instant(1)}
	return party.Plan{
		Parties: []party.Party{
			{Code: "street", Area: "S"}, {Code: "committee", Parent: "street", Area: "A"},
			{Code: "squad", Parent: "committee", Area: "A1"}, {Code: "shop", Area: "A2"}, {Code: "far", Parent: "squad", Area: "B1"},
		},
		People: []party.Person{{Code: "head"}, {Code: "vice"}, {Code: "member"}, {Code: "mayor"}},
		Posts: []party.Post{
			{Code: "head-post", Party: "committee", Deputy: "vice-post"}, {Code: "vice-post", Party: "street"},
			{Code: "member-post", Party: "squad"}, {Code: "mayor-post", Party: "street"},
			{Code: "keeper", Party: "street", Area: "A3"},
		},
		Appointments: []party.Appointment{
			{Person: "head", Post: "head-post", During: party.Interval{From: instant(1), Until: instant(10)}},
			{Person: "vice", Post: "vice-post", During: always}, {Person: "member", Post: "member-post", During: always},
			{Person: "mayor", Post: "mayor-post", During: always},
		},
		Rights: []party.Right{
			{Holder: "committee", Kind: party.RightCommand, Scope: "A", During: party.Interval{From: instant(2), Until: instant(20)}},
			{Holder: "head-post", Kind: party.RightAssess, Scope: "squad"},
		},
	}
}

func TestMayInEveryCorner(t *testing.T) {
	d, err := party.NewDirectory(smallMap(t), rightsPlan())
	require.NoError(t, err)
	for _, c := range []struct {
		name         string
		person, post party.Code
		kind         party.RightKind
		scope        party.Code
		at           int
		why          string
	}{
		{"the host", "", "", party.RightApprove, "A", 5, party.WhyHost},
		{"a right nobody has", "member", "", party.RightApprove, "A", 5, party.WhyFree},
		{"a right nobody has, off post", "member", "head-post", party.RightApprove, "A", 5, party.WhyFree},
		{"the party's own post", "head", "head-post", party.RightCommand, "A", 5, party.WhyGranted},
		{"a person names no post", "head", "", party.RightCommand, "A", 5, party.WhyGranted},
		{"a post's word", "", "head-post", party.RightCommand, "A", 5, party.WhyGranted},
		{"no such post", "", "nowhere", party.RightCommand, "A", 5, party.WhyNoRight},
		{"a party is no post", "", "committee", party.RightCommand, "A", 5, party.WhyNoRight},
		{"not his post", "member", "head-post", party.RightCommand, "A", 5, party.WhyNotOnPost},
		{"nobody known", "nobody", "", party.RightCommand, "A", 5, party.WhyNoRight},
		{"a party below has it not", "member", "member-post", party.RightCommand, "A", 5, party.WhyNoRight},
		{"a party above has it not", "mayor", "mayor-post", party.RightCommand, "A", 5, party.WhyNoRight},
		{"before the right", "head", "head-post", party.RightCommand, "A", 1, party.WhyNoRight},
		{"at its beginning", "head", "head-post", party.RightCommand, "A", 2, party.WhyGranted},
		{"the appointment has ended", "head", "head-post", party.RightCommand, "A", 10, party.WhyNotOnPost},
		{"the deputy does not stand in yet", "vice", "head-post", party.RightCommand, "A", 9, party.WhyNotOnPost},
		{"the deputy stands in", "vice", "head-post", party.RightCommand, "A", 10, party.WhyGranted},
		{"he stands in for the post's own right", "vice", "head-post", party.RightAssess, "squad", 10, party.WhyGranted},
		{"standing in must be named", "vice", "", party.RightCommand, "A", 10, party.WhyNoRight},
		{"at its end", "vice", "head-post", party.RightCommand, "A", 20, party.WhyNoRight},
		{"an area below", "head", "", party.RightCommand, "A3", 5, party.WhyGranted},
		{"an area above", "head", "", party.RightCommand, "S", 5, party.WhyNoRight},
		{"another area", "head", "", party.RightCommand, "B", 5, party.WhyNoRight},
		{"no area", "head", "", party.RightCommand, "", 5, party.WhyNoRight},
		{"an unknown target", "head", "", party.RightCommand, "nowhere", 5, party.WhyNoRight},
		{"a party that serves the area", "head", "", party.RightCommand, "shop", 5, party.WhyGranted},
		{"a party below one that does", "head", "", party.RightCommand, "far", 5, party.WhyGranted},
		{"a party that serves more", "head", "", party.RightCommand, "street", 5, party.WhyNoRight},
		{"a post for the area", "head", "", party.RightCommand, "keeper", 5, party.WhyGranted},
		{"a post of a party of the area", "head", "", party.RightCommand, "member-post", 5, party.WhyGranted},
		{"a post elsewhere", "head", "", party.RightCommand, "mayor-post", 5, party.WhyNoRight},
		{"a party and those below", "head", "", party.RightAssess, "far", 5, party.WhyGranted},
		{"a post of the party", "head", "", party.RightAssess, "member-post", 5, party.WhyGranted},
		{"not the area a party serves", "head", "", party.RightAssess, "A1", 5, party.WhyNoRight},
		{"not the party above", "head", "", party.RightAssess, "committee", 5, party.WhyNoRight},
	} {
		v := d.May(c.person, c.post, c.kind, c.scope, instant(c.at))
		require.Equal(t, c.why, v.Why, c.name)
		require.Equal(t, c.why == party.WhyHost || c.why == party.WhyFree || c.why == party.WhyGranted, v.OK, c.name)
		require.NotContains(t, v.Text("en")+v.Text("zh"), "{", c.name)
		require.NotEqual(t, v.Text("en"), v.Text("zh"), c.name)
	}
}
