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

// The limit is that of the posts which give the right there, the largest of them.
func TestApprovalLimit(t *testing.T) {
	plan := rightsPlan()
	limit := map[party.Code]int64{"head-post": 500, "vice-post": 300, "mayor-post": 900, "member-post": 2000}
	for i, p := range plan.Posts {
		plan.Posts[i].Limit = limit[p.Code]
	}
	for _, post := range []party.Code{"mayor-post", "member-post"} { // the second gives no right
		plan.Appointments = append(plan.Appointments, party.Appointment{Person: "vice", Post: post, During: party.Interval{From: instant(5)}})
	}
	free, err := party.NewDirectory(smallMap(t), plan)
	require.NoError(t, err)
	plan.Rights = append(plan.Rights,
		party.Right{Holder: "committee", Kind: party.RightApprove, Scope: "A"}, party.Right{Holder: "street", Kind: party.RightApprove, Scope: "S"})
	d, err := party.NewDirectory(smallMap(t), plan)
	require.NoError(t, err)
	for _, c := range []struct {
		name                string
		d                   *party.Directory
		person, post, scope party.Code
		at                  int
		fen                 int64
		limited             bool
	}{
		{"the host", d, "", "", "A", 2, 0, false},
		{"a post", d, "head", "head-post", "A", 2, 500, true},
		{"his only post", d, "head", "", "A", 2, 500, true},
		{"no right there", d, "head", "head-post", "B", 2, 0, true},
		{"not on the post", d, "member", "head-post", "A", 2, 0, true},
		{"one post", d, "vice", "", "A", 2, 300, true},
		{"the larger of two", d, "vice", "", "A", 5, 900, true},
		{"the one he names", d, "vice", "vice-post", "A", 5, 300, true},
		{"as deputy, the post's", d, "vice", "head-post", "A", 10, 500, true},
		{"a post without a limit", d, "", "keeper", "A", 2, 0, false},
		{"nobody has the right", free, "head", "head-post", "B", 2, 500, true},
		{"nobody has the right, no post", free, "nobody", "", "B", 2, 0, true},
		{"nobody has the right, another's post", free, "member", "head-post", "B", 2, 0, true},
		{"nobody has the right, no such post", free, "member", "nowhere", "B", 2, 0, true},
		{"no directory", nil, "head", "head-post", "A", 2, 0, false},
	} {
		fen, limited := c.d.ApprovalLimit(c.person, c.post, c.scope, instant(c.at))
		require.Equal(t, c.fen, fen, c.name)
		require.Equal(t, c.limited, limited, c.name)
	}
}
