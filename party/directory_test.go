package party_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }

func plan() party.Plan {
	return party.Plan{
		Parties: []party.Party{
			{Code: "street", Name: "街道办"},
			{Code: "niuhu", Parent: "street", Name: "牛湖社区"},
			{Code: "squad", Parent: "niuhu", Name: "网格队", During: party.Interval{From: day(5)}},
		},
		People: []party.Person{{Code: "p1"}, {Code: "p2"}, {Code: "p3"}},
		Posts: []party.Post{
			{Code: "head", Party: "niuhu", Deputy: "vice"},
			{Code: "vice", Party: "niuhu"},
			{Code: "grid27", Party: "squad"},
		},
		Appointments: []party.Appointment{
			{Person: "p1", Post: "head", During: party.Interval{From: day(1), Until: day(10)}},
			{Person: "p2", Post: "vice", During: party.Interval{From: day(1)}},
			{Person: "p3", Post: "grid27", Kind: party.Mobile, During: party.Interval{From: day(1)}},
		},
	}
}

func TestHolderIsHalfOpenAndFallsToTheDeputy(t *testing.T) {
	d, err := party.NewDirectory(nil, plan())
	require.NoError(t, err)
	for _, c := range []struct {
		at   time.Time
		want party.Code
	}{
		{day(1).Add(-time.Millisecond), ""}, {day(1), "p1"},
		{day(10).Add(-time.Millisecond), "p1"}, {day(10), "p2"},
	} {
		got, ok := d.Holder("head", c.at)
		require.Equal(t, c.want, got, c.at)
		require.Equal(t, c.want != "", ok)
	}
	_, ok := d.Holder("nobody", day(2))
	require.False(t, ok)
}

func TestServesReachesUpwardsOnly(t *testing.T) {
	d, err := party.NewDirectory(nil, plan())
	require.NoError(t, err)
	require.True(t, d.Serves("p3", "squad", day(2)))
	require.True(t, d.Serves("p3", "street", day(2)), "staff of a squad serve the street above it")
	require.False(t, d.Serves("p2", "squad", day(2)), "staff above do not serve the squad below")
	require.False(t, d.Serves("p1", "niuhu", day(10)), "the appointment has ended")
	require.Equal(t, party.Code("street"), d.Top("squad"))
	require.Equal(t, party.Code("elsewhere"), d.Top("elsewhere"))
	require.Equal(t, map[party.AppointmentKind]int{party.Resident: 1, party.Mobile: 1}, d.Headcount(day(10)))
}

func TestActiveAsksTheWholeChain(t *testing.T) {
	d, err := party.NewDirectory(nil, plan())
	require.NoError(t, err)
	require.False(t, d.Active("squad", day(4)))
	require.True(t, d.Active("squad", day(5)))
	require.True(t, d.Active("grid27", day(5)), "a post is active with its party")
	require.False(t, d.Active("nowhere", day(5)))
}

func TestEveryFaultIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*party.Plan)
		want  error
		field string
	}{
		"code":        {func(p *party.Plan) { p.Parties[0].Code = "a b" }, party.ErrCode, "code"},
		"twice":       {func(p *party.Plan) { p.People = append(p.People, party.Person{Code: "p1"}) }, party.ErrDuplicate, "code"},
		"both kinds":  {func(p *party.Plan) { p.Posts[1].Code, p.Posts[0].Deputy = "niuhu", "" }, party.ErrDuplicate, "code"},
		"parent":      {func(p *party.Plan) { p.Parties[1].Parent = "x" }, party.ErrUnknownParty, "parent"},
		"loop":        {func(p *party.Plan) { p.Parties[0].Parent = "squad" }, party.ErrCycle, "parent"},
		"home":        {func(p *party.Plan) { p.People[0].Home = "x" }, party.ErrUnknownParty, "home"},
		"post party":  {func(p *party.Plan) { p.Posts[2].Party = "x" }, party.ErrUnknownParty, "party"},
		"deputy":      {func(p *party.Plan) { p.Posts[0].Deputy = "x" }, party.ErrUnknownPost, "deputy"},
		"deputy loop": {func(p *party.Plan) { p.Posts[1].Deputy = "head" }, party.ErrCycle, "deputy"},
		"quota":       {func(p *party.Plan) { p.Posts[1].Quota = -1 }, party.ErrQuota, "quota"},
		"person":      {func(p *party.Plan) { p.Appointments[0].Person = "x" }, party.ErrUnknownPerson, "person"},
		"post":        {func(p *party.Plan) { p.Appointments[0].Post = "x" }, party.ErrUnknownPost, "post"},
		"kind":        {func(p *party.Plan) { p.Appointments[0].Kind = "x" }, party.ErrKind, "kind"},
		"no from":     {func(p *party.Plan) { p.Appointments[1].During.From = time.Time{} }, party.ErrNoFrom, "from"},
		"interval":    {func(p *party.Plan) { p.Appointments[0].During.Until = day(1) }, party.ErrInterval, "until"},
	} {
		t.Run(name, func(t *testing.T) {
			p := plan()
			c.spoil(&p)
			d, err := party.NewDirectory(nil, p)
			require.ErrorIs(t, err, c.want)
			require.Nil(t, d)
			var build *party.BuildError
			require.ErrorAs(t, err, &build)
			require.True(t, slices.ContainsFunc(build.Faults, func(e *party.Error) bool { return e.Field == c.field }), err)
		})
	}
}

func TestFaultsAreCappedAndCounted(t *testing.T) {
	var p party.Plan
	for range party.FaultsMax + 7 {
		p.Parties = append(p.Parties, party.Party{Code: "has space"})
	}
	_, err := party.NewDirectory(nil, p)
	var build *party.BuildError
	require.ErrorAs(t, err, &build)
	require.Len(t, build.Faults, party.FaultsMax)
	require.Equal(t, 7, build.Left)
	require.Contains(t, err.Error(), "\nparty: 7 more faults")
}

func TestNilDirectoryIsEmpty(t *testing.T) {
	var d *party.Directory
	_, ok := d.Holder("x", day(1))
	require.False(t, ok)
	require.False(t, d.Serves("x", "y", day(1)))
	require.Equal(t, party.Code("x"), d.Top("x"))
	require.Empty(t, d.Headcount(day(1)))
	require.Empty(t, slices.Collect(d.Parties()))
}

// No kind ranks as resident does; the hash must not depend on which came first.
func TestHashOfKindsThatRankAlike(t *testing.T) {
	hash := func(kinds ...party.AppointmentKind) [32]byte {
		p := plan()
		p.Appointments = nil
		for _, kind := range kinds {
			p.Appointments = append(p.Appointments, party.Appointment{
				Person: "p1", Post: "vice", Kind: kind, During: party.Interval{From: day(2), Until: day(7)},
			})
		}
		d, err := party.NewDirectory(nil, p)
		require.NoError(t, err)
		return d.Hash()
	}
	require.Equal(t, hash("", party.Resident), hash(party.Resident, ""))
}

// TestHolderEqualsAWalk compares Holder, Serves and Headcount with loops over
// the Plan itself, and proves that the order of the Plan does not matter.
func TestHolderEqualsAWalk(t *testing.T) { rapid.Check(t, holderEqualsAWalk) }

func FuzzHolder(f *testing.F) { f.Fuzz(rapid.MakeFuzz(holderEqualsAWalk)) }

func holderEqualsAWalk(t *rapid.T) {
	p := plan()
	p.Appointments = nil
	kinds := []party.AppointmentKind{"", party.Resident, party.Mobile, party.PartTime, party.Volunteer}
	for range rapid.IntRange(0, 8).Draw(t, "appointments") {
		from := rapid.IntRange(1, 9).Draw(t, "from")
		p.Appointments = append(p.Appointments, party.Appointment{
			Person: rapid.SampledFrom([]party.Code{"p1", "p2", "p3"}).Draw(t, "person"),
			Post:   rapid.SampledFrom([]party.Code{"head", "vice", "grid27"}).Draw(t, "post"),
			Kind:   rapid.SampledFrom(kinds).Draw(t, "kind"),
			During: party.Interval{From: day(from), Until: day(from + rapid.IntRange(1, 5).Draw(t, "days"))},
		})
	}
	d, err := party.NewDirectory(nil, p)
	require.NoError(t, err)
	shuffled := p
	shuffled.Appointments = rapid.Permutation(p.Appointments).Draw(t, "order")
	other, err := party.NewDirectory(nil, shuffled)
	require.NoError(t, err)
	require.Equal(t, d.Hash(), other.Hash())

	at := day(rapid.IntRange(1, 14).Draw(t, "at"))
	for _, post := range []party.Code{"head", "vice", "grid27"} {
		want, ok := walkHolder(p, post, at)
		got, found := d.Holder(post, at)
		require.Equal(t, fmt.Sprint(want, ok), fmt.Sprint(got, found))
	}
	want := map[party.AppointmentKind]int{}
	for _, person := range p.People {
		for kind := range kinds[1:] {
			if slices.ContainsFunc(p.Appointments, func(a party.Appointment) bool {
				return a.Person == person.Code && a.During.Holds(at) &&
					(a.Kind == kinds[kind+1] || a.Kind == "" && kinds[kind+1] == party.Resident)
			}) {
				want[kinds[kind+1]]++
			}
		}
	}
	require.Empty(t, cmp.Diff(want, d.Headcount(at)))
}

// walkHolder is Holder read off the rule: best kind, then earliest beginning,
// then smallest person; nobody means the deputy's post.
func walkHolder(p party.Plan, post party.Code, at time.Time) (party.Code, bool) {
	for _, group := range [][]party.AppointmentKind{{"", party.Resident}, {party.Mobile}, {party.PartTime}, {party.Volunteer}} {
		var best *party.Appointment
		for _, a := range p.Appointments {
			if a.Post != post || !slices.Contains(group, a.Kind) || at.Before(a.During.From) || !at.Before(a.During.Until) {
				continue
			}
			if best == nil || a.During.From.Before(best.During.From) ||
				a.During.From.Equal(best.During.From) && a.Person < best.Person {
				best = &a
			}
		}
		if best != nil {
			return best.Person, true
		}
	}
	if post == "head" {
		return walkHolder(p, "vice", at)
	}
	return "", false
}
