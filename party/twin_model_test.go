package party_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
)

// directory is every query that a Directory answers.
type directory interface {
	Party(party.Code) (party.Party, bool)
	Post(party.Code) (party.Post, bool)
	Person(party.Code) (party.Person, bool)
	Call(party.Code) (string, bool)
	Group(party.Code) (party.Group, bool)
	Parties() iter.Seq[party.Party]
	Posts() iter.Seq[party.Post]
	People() iter.Seq[party.Person]
	Chain(party.Code) iter.Seq[party.Party]
	Top(party.Code) party.Code
	Active(party.Code, time.Time) bool
	Classes() []string
	Entities(string, party.Code, time.Time) iter.Seq[party.Party]
	Appointments(party.Code) iter.Seq[party.Appointment]
	Serving(party.Code) iter.Seq[party.Appointment]
	Holder(party.Code, time.Time) (party.Code, bool)
	Acts(person, post party.Code, at time.Time) bool
	Serves(person, party party.Code, at time.Time) bool
	PostsFor(party.Code) iter.Seq[party.Post]
	Captain(party.Place, time.Time) (party.Code, bool)
	Team(party.Code, time.Time) iter.Seq[party.Member]
	Headcount(time.Time) map[party.AppointmentKind]int
	HeadcountIn(party.Code, time.Time) map[party.AppointmentKind]int
	Registrations(party.Code, party.RegistrationKind, time.Time) iter.Seq[party.Registration]
	Registered(party.Code, party.RegistrationKind, time.Time) int
	May(person, post party.Code, kind party.RightKind, scope party.Code, at time.Time) party.Verdict
	Allows(person, post party.Code, right string, scope party.Code, at time.Time) bool
	Grants(person, post party.Code, kind party.RightKind, scope party.Code, at time.Time) bool
	Groups(time.Time) iter.Seq[party.Group]
	InGroup(person, group party.Code, at time.Time) bool
	Facilities(party.Code, time.Time) iter.Seq[party.Facility]
	Master(party.Code, time.Time) (party.Code, bool)
	MayCollect(field, by party.Code, at time.Time) party.Verdict
	Superiors(party.Code, time.Time) iter.Seq[party.Superior]
	Skilled(party party.Code, at time.Time, skills ...string) iter.Seq[party.Person]
}

// lookups are the answers that no instant changes.
func lookups(d directory, p *party.Plan) []string {
	var out []string
	say := func(args ...any) { out = append(out, fmt.Sprintf("%+v", args)) }
	say("all", slices.Collect(d.Parties()), slices.Collect(d.Posts()), slices.Collect(d.People()), d.Classes())
	for _, c := range codesOf(p) {
		one, isParty := d.Party(c)
		post, isPost := d.Post(c)
		say(c, one, isParty, post, isPost, d.Top(c), slices.Collect(d.Chain(c)), slices.Collect(d.Appointments(c)), slices.Collect(d.PostsFor(c)))
		person, isPerson := d.Person(c)
		number, hasNumber := d.Call(c)
		group, isGroup := d.Group(c)
		say(c, person, isPerson, number, hasNumber, group, isGroup, slices.Collect(d.Serving(c)))
	}
	return out
}

// answers are those of everything that depends on the instant, but for May.
func answers(d directory, p *party.Plan, at time.Time) []string {
	var out []string
	say := func(args ...any) { out = append(out, fmt.Sprintf("%+v", args)) }
	say("counts", d.Headcount(at), slices.Collect(d.Groups(at)), slices.Collect(d.Skilled("", at, "law")))
	for _, c := range codesOf(p) {
		holder, held := d.Holder(c, at)
		master, owned := d.Master(c, at)
		say(c, holder, held, d.Active(c, at), d.HeadcountIn(c, at), master, owned, slices.Collect(d.Facilities(c, at)),
			slices.Collect(d.Superiors(c, at)), slices.Collect(d.Skilled(c, at, "electrician")), slices.Collect(d.Skilled(c, at)))
		for _, h := range append(p.People, party.Person{Code: "nobody"}) {
			say(h.Code, c, d.Acts(h.Code, c, at), d.Serves(h.Code, c, at), d.InGroup(h.Code, c, at))
		}
	}
	for _, area := range append(smallAreas, "elsewhere") {
		say(area, slices.Collect(d.Team(area, at)), slices.Collect(d.Entities("gas", area, at)), slices.Collect(d.Entities("", area, at)))
		for _, kind := range []party.RegistrationKind{"", party.ReportIn, party.Membership} {
			say(area, kind, slices.Collect(d.Registrations(area, kind, at)), d.Registered(area, kind, at))
		}
	}
	for _, place := range smallPlace {
		captain, found := d.Captain(place, at)
		say(place, captain, found)
	}
	for _, x := range append(p.Fields, party.Field{Code: "d9"}) {
		for _, by := range append(p.Parties, party.Party{Code: "nobody"}) {
			say(x.Code, by.Code, d.MayCollect(x.Code, by.Code, at))
		}
	}
	return out
}

// rights asks one person on one post, or either alone, about every target.
func rights(d directory, p *party.Plan, person, post party.Code, at time.Time) []string {
	var out []string
	for _, kind := range []party.RightKind{party.RightCommand, party.RightAssess, party.RightApprove} {
		for _, target := range codesOf(p) {
			out = append(out, fmt.Sprint(person, post, kind, target, d.May(person, post, kind, target, at),
				d.Allows(person, post, string(kind), target, at), d.Grants(person, post, kind, target, at)))
		}
	}
	return out
}

// codesOf is every code of the plan and the map, none, and some that are neither.
func codesOf(p *party.Plan) []party.Code {
	out := append(slices.Clone(smallAreas), "nobody", "p99")
	for _, x := range p.Parties {
		out = append(out, x.Code)
	}
	for _, x := range p.People {
		out = append(out, x.Code)
	}
	for _, x := range p.Posts {
		out = append(out, x.Code)
	}
	for _, x := range p.Groups {
		out = append(out, x.Code)
	}
	for _, x := range p.Fields {
		out = append(out, x.Code)
	}
	return out
}

// ends are the instants at which something may change.
func ends(p *party.Plan) []time.Time {
	var all []party.Interval
	for _, x := range p.Parties {
		all = append(all, x.During)
	}
	for _, x := range p.Appointments {
		all = append(all, x.During)
	}
	for _, x := range p.Registrations {
		all = append(all, x.During)
	}
	for _, x := range p.Rights {
		all = append(all, x.During)
	}
	for _, x := range p.Groups {
		all = append(all, x.During)
	}
	for _, x := range p.Facilities {
		all = append(all, x.During)
	}
	for _, x := range p.Fields {
		all = append(all, x.During)
	}
	var out []time.Time
	for _, i := range all {
		for _, end := range []time.Time{i.From, i.Until} {
			if !end.IsZero() {
				out = append(out, end.Add(-time.Millisecond), end, end.Add(time.Millisecond))
			}
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(append(out, instant(0), instant(100)), time.Time.Equal)
}

// permuted is the plan with every list in another order.
func permuted(t *rapid.T, p party.Plan) party.Plan {
	p.Parties, p.People, p.Posts = shuffle(t, p.Parties), shuffle(t, p.People), shuffle(t, p.Posts)
	p.Appointments, p.Registrations, p.Rights = shuffle(t, p.Appointments), shuffle(t, p.Registrations), shuffle(t, p.Rights)
	p.Groups, p.Facilities, p.Fields = shuffle(t, p.Groups), shuffle(t, p.Facilities), shuffle(t, p.Fields)
	return p
}

func shuffle[T any](t *rapid.T, list []T) []T {
	if len(list) < 2 {
		return list
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// TestDirectoryEqualsItsTwin compares every query with loops over the Plan, at
// every end of an interval and a millisecond to either side of it; small plans at
// all of them, large ones at some.
func TestDirectoryEqualsItsTwin(t *testing.T) { rapid.Check(t, directoryEqualsItsTwin) }

func FuzzDirectoryEqualsItsTwin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(directoryEqualsItsTwin)) }

func directoryEqualsItsTwin(t *rapid.T) {
	plan := drawPlan(t)
	m := smallMap(t)
	d, err := party.NewDirectory(m, permuted(t, plan))
	require.NoError(t, err)
	other, err := party.NewDirectory(m, permuted(t, plan))
	require.NoError(t, err)
	require.Equal(t, d.Hash(), other.Hash())

	w := newTwin(plan)
	require.Empty(t, cmp.Diff(lookups(w, &plan), lookups(d, &plan)))
	instants := ends(&plan)
	if len(instants) > 12 || len(codesOf(&plan)) > 40 {
		instants = shuffle(t, instants)[:min(len(instants), 4)]
	}
	for _, at := range instants {
		require.Empty(t, cmp.Diff(answers(w, &plan, at), answers(d, &plan, at)), at)
		person := rapid.SampledFrom(append(plan.People, party.Person{}, party.Person{Code: "nobody"})).Draw(t, "person").Code
		post := rapid.SampledFrom(append(plan.Posts, party.Post{}, party.Post{Code: "p1"}, party.Post{Code: "nowhere"})).Draw(t, "post").Code
		if held, ok := d.Holder(post, at); ok && rapid.Bool().Draw(t, "on it") {
			person = held
		}
		require.Empty(t, cmp.Diff(rights(w, &plan, person, post, at), rights(d, &plan, person, post, at)), at)
	}
	eraseLeavesTheRest(t, d, plan, instants[0])
}

// eraseLeavesTheRest compares the answers after erasing somebody with those of a
// plan in which he never had a name, and those before with what they were.
func eraseLeavesTheRest(t *rapid.T, d *party.Directory, plan party.Plan, at time.Time) {
	if len(plan.People) == 0 {
		require.Same(t, d, d.Erase("nobody"))
		return
	}
	i := rapid.IntRange(0, len(plan.People)-1).Draw(t, "erased")
	before := answers(d, &plan, at)
	erased := d.Erase(plan.People[i].Code)
	require.Equal(t, d.Hash(), erased.Hash())
	require.Equal(t, before, answers(d, &plan, at), "the old Directory is as it was")
	plan.People = slices.Clone(plan.People)
	plan.People[i].Name, plan.People[i].Phone, plan.People[i].Consent = "", "", false
	w := newTwin(plan)
	require.Empty(t, cmp.Diff(lookups(w, &plan), lookups(erased, &plan)))
	require.Empty(t, cmp.Diff(answers(w, &plan, at), answers(erased, &plan, at)))
}
