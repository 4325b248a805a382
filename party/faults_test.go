package party_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// One fault to plant: it appends one entry, for which the fault is to be found.
// The entries of sound are there for it to refer to.
type planted struct {
	list, field string
	want        error
	plant       func(*party.Plan)
}

var (
	good     = party.Interval{From: instant(5), Until: instant(9)}
	backward = party.Interval{From: instant(9), Until: instant(9)}
	crooked  = party.Interval{From: instant(5).Add(time.Microsecond)}
	late     = party.Interval{Until: instant(5).Add(time.Microsecond)}
)

// sound adds what the planted entries refer to.
func sound(p *party.Plan) {
	p.Parties = append(p.Parties, party.Party{Code: "one"}, party.Party{Code: "two", Parent: "one"})
	p.People = append(p.People, party.Person{Code: "liu"})
	p.Posts = append(p.Posts, party.Post{Code: "chief", Party: "one"})
	p.Groups = append(p.Groups, party.Group{Code: "flood", During: good})
	p.Facilities = append(p.Facilities, party.Facility{Code: "hall", Party: "one"})
	p.Fields = append(p.Fields, party.Field{Code: "tenants", Owner: "one", During: party.Interval{From: instant(1)}})
}

func plantedFaults() []planted {
	org := func(field string, want error, x party.Party) planted {
		return planted{"parties", field, want, func(p *party.Plan) { p.Parties = append(p.Parties, x) }}
	}
	who := func(field string, want error, x party.Person) planted {
		return planted{"people", field, want, func(p *party.Plan) { p.People = append(p.People, x) }}
	}
	post := func(field string, want error, x party.Post) planted {
		return planted{"posts", field, want, func(p *party.Plan) { p.Posts = append(p.Posts, x) }}
	}
	put := func(field string, want error, x party.Appointment) planted {
		return planted{"appointments", field, want, func(p *party.Plan) { p.Appointments = append(p.Appointments, x) }}
	}
	reg := func(field string, want error, x party.Registration) planted {
		return planted{"registrations", field, want, func(p *party.Plan) { p.Registrations = append(p.Registrations, x) }}
	}
	right := func(field string, want error, x party.Right) planted {
		return planted{"rights", field, want, func(p *party.Plan) { p.Rights = append(p.Rights, x) }}
	}
	group := func(field string, want error, x party.Group) planted {
		return planted{"groups", field, want, func(p *party.Plan) { p.Groups = append(p.Groups, x) }}
	}
	hall := func(field string, want error, x party.Facility) planted {
		return planted{"facilities", field, want, func(p *party.Plan) { p.Facilities = append(p.Facilities, x) }}
	}
	data := func(field string, want error, x party.Field) planted {
		return planted{"fields", field, want, func(p *party.Plan) { p.Fields = append(p.Fields, x) }}
	}
	return []planted{
		org("code", party.ErrCode, party.Party{}), org("code", party.ErrCode, party.Party{Code: "a b"}),
		org("code", party.ErrDuplicate, party.Party{Code: "one"}), org("parent", party.ErrUnknownParty, party.Party{Code: "x", Parent: "none"}),
		org("parent", party.ErrCycle, party.Party{Code: "x", Parent: "x"}), org("area", party.ErrUnknownArea, party.Party{Code: "x", Area: "Z"}),
		org("until", party.ErrInterval, party.Party{Code: "x", During: backward}),
		org("from", party.ErrNotMillis, party.Party{Code: "x", During: crooked}), org("until", party.ErrNotMillis, party.Party{Code: "x", During: late}),
		who("code", party.ErrCode, party.Person{Code: "=x"}), who("code", party.ErrDuplicate, party.Person{Code: "liu"}),
		who("home", party.ErrUnknownParty, party.Person{Code: "x", Home: "none"}),
		post("code", party.ErrCode, party.Post{Code: "4.40309E+14", Party: "one"}), post("code", party.ErrDuplicate, party.Post{Code: "chief", Party: "one"}),
		post("code", party.ErrDuplicate, party.Post{Code: "two", Party: "one"}), post("party", party.ErrUnknownParty, party.Post{Code: "x"}),
		post("area", party.ErrUnknownArea, party.Post{Code: "x", Party: "one", Area: "Z"}),
		post("area", party.ErrUnknownPlace, party.Post{Code: "x", Party: "one", Place: party.Place{Layer: "building", Feature: "9"}}),
		post("quota", party.ErrQuota, party.Post{Code: "x", Party: "one", Quota: -1}), post("limit", party.ErrLimit, party.Post{Code: "x", Party: "one", Limit: -1}),
		post("deputy", party.ErrUnknownPost, party.Post{Code: "x", Party: "one", Deputy: "none"}),
		post("deputy", party.ErrCycle, party.Post{Code: "x", Party: "one", Deputy: "x"}),
		put("person", party.ErrUnknownPerson, party.Appointment{Person: "none", Post: "chief", During: good}),
		put("post", party.ErrUnknownPost, party.Appointment{Person: "liu", Post: "none", During: good}),
		put("kind", party.ErrKind, party.Appointment{Person: "liu", Post: "chief", Kind: "x", During: good}),
		put("from", party.ErrNoFrom, party.Appointment{Person: "liu", Post: "chief"}),
		put("until", party.ErrInterval, party.Appointment{Person: "liu", Post: "chief", During: backward}),
		put("from", party.ErrNotMillis, party.Appointment{Person: "liu", Post: "chief", During: crooked}),
		reg("person", party.ErrUnknownPerson, party.Registration{Person: "none", Area: "A", Kind: party.ReportIn}),
		reg("area", party.ErrUnknownArea, party.Registration{Person: "liu", Kind: party.ReportIn}),
		reg("area", party.ErrUnknownArea, party.Registration{Person: "liu", Area: "Z", Kind: party.ReportIn}),
		reg("kind", party.ErrKind, party.Registration{Person: "liu", Area: "A"}),
		reg("until", party.ErrInterval, party.Registration{Person: "liu", Area: "A", Kind: party.ReportIn, During: backward}),
		reg("until", party.ErrNotMillis, party.Registration{Person: "liu", Area: "A", Kind: party.ReportIn, During: late}),
		right("holder", party.ErrUnknownHolder, party.Right{Holder: "liu", Kind: party.RightCommand, Scope: "A"}),
		right("right", party.ErrRight, party.Right{Holder: "one", Kind: "x", Scope: "A"}),
		right("scope", party.ErrUnknownScope, party.Right{Holder: "one", Kind: party.RightCommand, Scope: "chief"}),
		right("scope", party.ErrUnknownScope, party.Right{Holder: "one", Kind: party.RightCommand}),
		right("until", party.ErrInterval, party.Right{Holder: "one", Kind: party.RightCommand, Scope: "A", During: backward}),
		right("from", party.ErrNotMillis, party.Right{Holder: "one", Kind: party.RightCommand, Scope: "A", During: crooked}),
		group("code", party.ErrCode, party.Group{During: good}), group("code", party.ErrDuplicate, party.Group{Code: "flood", During: good}),
		group("members", party.ErrUnknownPerson, party.Group{Code: "x", Members: []party.Code{"none", "liu"}, During: good}),
		group("lead", party.ErrUnknownPerson, party.Group{Code: "x", Lead: "liu", During: good}),
		group("until", party.ErrNoUntil, party.Group{Code: "x"}), group("until", party.ErrInterval, party.Group{Code: "x", During: backward}),
		group("until", party.ErrNotMillis, party.Group{Code: "x", During: late}),
		hall("code", party.ErrCode, party.Facility{Code: "a/b", Party: "one"}), hall("code", party.ErrDuplicate, party.Facility{Code: "hall", Party: "one"}),
		hall("party", party.ErrUnknownParty, party.Facility{Code: "x"}), hall("area", party.ErrArea, party.Facility{Code: "x", Party: "one", SquareMeters: -1}),
		hall("area", party.ErrArea, party.Facility{Code: "x", Party: "one", SquareMeters: math.NaN()}),
		hall("area", party.ErrArea, party.Facility{Code: "x", Party: "one", SquareMeters: math.Inf(1)}),
		hall("until", party.ErrInterval, party.Facility{Code: "x", Party: "one", During: backward}),
		hall("from", party.ErrNotMillis, party.Facility{Code: "x", Party: "one", During: crooked}),
		data("code", party.ErrCode, party.Field{Owner: "one"}), data("owner", party.ErrUnknownParty, party.Field{Code: "x"}),
		data("owner", party.ErrTwoOwners, party.Field{Code: "tenants", Owner: "two", During: good}),
		data("until", party.ErrInterval, party.Field{Code: "x", Owner: "one", During: backward}),
		data("from", party.ErrNotMillis, party.Field{Code: "x", Owner: "one", During: crooked}),
	}
}

// smallLayers has the buildings that posts of the small world look after.
func smallLayers(t require.TestingT) *grid.Layers {
	var layers []*grid.Layer
	for name, n := range map[string]int{"building": 2, "estate": 1} {
		var features []grid.Feature
		for i := range n {
			features = append(features, grid.Feature{Code: grid.Code(fmt.Sprint(i + 1)), Class: name, Geometry: square(i, 0)[0]})
		}
		l, err := grid.BuildLayer(name, features, grid.LayerOptions{})
		require.NoError(t, err)
		layers = append(layers, l)
	}
	all, err := grid.NewLayers(layers)
	require.NoError(t, err)
	return all
}

// TestOneFaultIsFoundAndNothingElse plants each fault in a random sound plan.
func TestOneFaultIsFoundAndNothingElse(t *testing.T) {
	m, layers, all := smallMap(t), smallLayers(t), plantedFaults()
	named := map[error]bool{}
	for _, f := range all {
		named[f.want] = true
	}
	require.Len(t, named, 20, "every sentinel but ErrTooMany, which has a test of its own")
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		plan.Layers = layers
		sound(&plan)
		_, err := party.NewDirectory(m, plan)
		require.NoError(t, err)
		f := rapid.SampledFrom(all).Draw(t, "fault")
		f.plant(&plan)
		d, err := party.NewDirectory(m, plan)
		require.Nil(t, d)
		build, ok := errors.AsType[*party.BuildError](err)
		require.True(t, ok)
		require.Len(t, build.Faults, 1, err)
		got := build.Faults[0]
		require.ErrorIs(t, err, f.want)
		require.Equal(t, []any{f.list, f.field, lengths(plan)[f.list] - 1, 0}, []any{got.List, got.Field, got.Index, build.Left}, err)
		require.True(t, strings.HasPrefix(err.Error(), fmt.Sprintf("party: %s[%d]", got.List, got.Index)), err)
	})
}

func lengths(p party.Plan) map[string]int {
	return map[string]int{
		"parties": len(p.Parties), "people": len(p.People), "posts": len(p.Posts), "appointments": len(p.Appointments),
		"registrations": len(p.Registrations), "rights": len(p.Rights), "groups": len(p.Groups), "facilities": len(p.Facilities), "fields": len(p.Fields),
	}
}

// TestAllFaultsAtOnce plants all of them together; a bad code or a repeated one
// hides nothing else about its entry.
func TestAllFaultsAtOnce(t *testing.T) {
	var plan party.Plan
	sound(&plan)
	plan.Layers = smallLayers(t)
	plan.Parties = append(plan.Parties, party.Party{Code: "one", Parent: "none", Area: "Z", During: backward})
	plan.People = append(plan.People, party.Person{Code: "liu", Home: "none"}, party.Person{Home: "none"})
	plan.Posts = append(plan.Posts, party.Post{Code: "chief", Party: "none", Area: "Z", Quota: -1, Limit: -1, Deputy: "none", Place: party.Place{Layer: "x"}})
	plan.Groups = append(plan.Groups, party.Group{Code: "flood", Members: []party.Code{"none"}, Lead: "liu"})
	plan.Facilities = append(plan.Facilities, party.Facility{Code: "hall", SquareMeters: -1, During: backward})
	plan.Fields = append(plan.Fields, party.Field{Owner: "none", During: party.Interval{From: instant(9).Add(1), Until: instant(9)}},
		party.Field{Code: "tenants", Owner: "two", During: good}, party.Field{Code: "tenants", Owner: "two", During: party.Interval{From: instant(20)}})
	_, err := party.NewDirectory(smallMap(t), plan)
	build, ok := errors.AsType[*party.BuildError](err)
	require.True(t, ok)
	var got []string
	for _, f := range build.Faults {
		got = append(got, fmt.Sprintf("%s[%d] %s", f.List, f.Index, f.Field))
	}
	require.Equal(t, []string{
		"parties[2] area", "parties[2] code", "parties[2] parent", "parties[2] until",
		"people[1] code", "people[1] home", "people[2] code", "people[2] home",
		"posts[1] area", "posts[1] area", "posts[1] code", "posts[1] deputy", "posts[1] limit", "posts[1] party", "posts[1] quota",
		"groups[1] code", "groups[1] lead", "groups[1] members", "groups[1] until",
		"facilities[1] area", "facilities[1] code", "facilities[1] party", "facilities[1] until",
		"fields[1] code", "fields[1] from", "fields[1] owner", "fields[1] until",
		"fields[2] owner", "fields[3] owner",
	}, got)
	require.ErrorIs(t, build.Faults[8], party.ErrUnknownArea)
	require.ErrorIs(t, build.Faults[9], party.ErrUnknownPlace)
}

// A loop is told of those that stand on it, once each, and not of those that lead
// into it; a long one costs no more than a long chain.
func TestLoopsAreToldOfTheirMembers(t *testing.T) {
	plan := party.Plan{Parties: []party.Party{
		{Code: "a", Parent: "b"}, {Code: "b", Parent: "c"}, {Code: "c", Parent: "b"}, {Code: "d", Parent: "a"}, {Code: "b"},
	}}
	_, err := party.NewDirectory(nil, plan)
	build, _ := errors.AsType[*party.BuildError](err)
	require.Len(t, build.Faults, 3)
	for i, want := range []int{1, 2, 4} {
		require.Equal(t, want, build.Faults[i].Index)
	}
	require.ErrorIs(t, build.Faults[2], party.ErrDuplicate)

	const n = 200_000
	plan = party.Plan{}
	for i := range n {
		plan.Parties = append(plan.Parties, party.Party{Code: party.Code(fmt.Sprint("r", i)), Parent: party.Code(fmt.Sprint("r", (i+1)%n))})
	}
	_, err = party.NewDirectory(nil, plan)
	build, _ = errors.AsType[*party.BuildError](err)
	require.Equal(t, n, len(build.Faults)+build.Left)
}

func TestTooManyEntriesAreRefusedByList(t *testing.T) {
	plan := party.Plan{Rights: make([]party.Right, party.EntriesMax+1), Fields: make([]party.Field, party.EntriesMax+2)}
	_, err := party.NewDirectory(nil, plan)
	require.ErrorIs(t, err, party.ErrTooMany)
	require.EqualError(t, err, "party: rights[1000000]: plan has too many entries: \"1000001\"\nparty: fields[1000000]: plan has too many entries: \"1000002\"")
}

// TestArbitraryPlansNeverPanic builds from plans that refer to anything at all, and
// asks whatever becomes a Directory.
func TestArbitraryPlansNeverPanic(t *testing.T) { rapid.Check(t, arbitraryPlans) }

func FuzzArbitraryPlans(f *testing.F) { f.Fuzz(rapid.MakeFuzz(arbitraryPlans)) }

func arbitraryPlans(t *rapid.T) {
	plan := drawPlan(t)
	sound(&plan)
	code := rapid.SampledFrom([]party.Code{"", "p0", "p1", "q0", "h0", "one", "chief", "A", "none", " ", "\xff", "=x"})
	for range rapid.IntRange(0, 3).Draw(t, "faults") {
		rapid.SampledFrom(plantedFaults()).Draw(t, "fault").plant(&plan)
	}
	for range rapid.IntRange(0, 3).Draw(t, "crossed") { // references go astray
		c, i := code.Draw(t, "to"), rapid.IntRange(0, 40).Draw(t, "i")
		plan.Parties[i%len(plan.Parties)].Parent = c
		plan.Posts[i%len(plan.Posts)].Deputy = code.Draw(t, "deputy")
		plan.Posts[i%len(plan.Posts)].Party = c
		plan.People[i%len(plan.People)].Home = c
		plan.Groups[i%len(plan.Groups)].Lead = c
	}
	m := rapid.SampledFrom([]*grid.Map{nil, smallMap(t)}).Draw(t, "map")
	d, err := party.NewDirectory(m, plan)
	if err != nil {
		build, ok := errors.AsType[*party.BuildError](err)
		require.True(t, ok)
		require.LessOrEqual(t, len(build.Faults), party.FaultsMax)
		require.True(t, slices.IsSortedFunc(build.Faults, func(a, b *party.Error) int {
			if a.List != b.List {
				return 0
			}
			return a.Index - b.Index
		}))
		require.NotEmpty(t, err.Error())
		require.Nil(t, d)
	}
	lookups(d, &plan)
	answers(d, &plan, instant(7))
	rights(d, &plan, code.Draw(t, "person"), code.Draw(t, "post"), instant(7))
	d.Erase(code.Draw(t, "erased"))
}
