package structure_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }

func square(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
}

// levels are those of the presets.
var levels = []string{"community", "block", "grid"}

// lattice is communities side by side, each of blocks above each other, each of
// grids side by side: C1, C1B1, C1B1G1 …
func lattice(communities, blocks, grids int) []grid.Unit {
	const step = 0.001
	var units []grid.Unit
	for c := range communities {
		west, width := float64(c)*step*float64(grids), step*float64(grids)
		code := grid.Code(fmt.Sprint("C", c+1))
		units = append(units, grid.Unit{Code: code, Boundary: square(west, 0, west+width, step*float64(blocks))})
		for b := range blocks {
			south := float64(b) * step
			block := code + grid.Code(fmt.Sprint("B", b+1))
			units = append(units, grid.Unit{Code: block, Parent: code, Level: 1, Boundary: square(west, south, west+width, south+step)})
			for g := range grids {
				x := west + float64(g)*step
				units = append(units, grid.Unit{
					Code: block + grid.Code(fmt.Sprint("G", g+1)), Parent: block, Level: 2, Boundary: square(x, south, x+step, south+step),
				})
			}
		}
	}
	return units
}

func build(t require.TestingT, units []grid.Unit) *grid.Map {
	m, err := grid.Build(units, grid.Options{Levels: levels})
	require.NoError(t, err)
	return m
}

func drawInterval(t *rapid.T, open bool) party.Interval {
	from := rapid.IntRange(0, 8).Draw(t, "from")
	days := rapid.IntRange(0, 5).Draw(t, "days")
	i := party.Interval{From: day(from)}
	if from == 0 && open {
		i.From = time.Time{}
	}
	if days > 0 {
		i.Until = day(from + days)
	}
	return i
}

func one[T any](t *rapid.T, label string, of ...T) T { return rapid.SampledFrom(of).Draw(t, label) }

func some[T cmp.Ordered](t *rapid.T, label string, least int, of ...T) []T {
	l := rapid.SliceOfNDistinct(rapid.SampledFrom(of), least, 2, rapid.ID[T]).Draw(t, label)
	if len(l) == 0 {
		return nil
	}
	return l
}

// drawPlan is a small world full of clashes.
func drawPlan(t *rapid.T) party.Plan {
	var p party.Plan
	areas := []party.Code{"", "C1", "C2", "C1B1", "C1B2", "C1B1G1", "C1B1G2", "C2B1G1"}
	persons := []party.Code{"p1", "p2", "p3"}
	for _, c := range persons {
		p.People = append(p.People, party.Person{Code: c, Kinds: some(t, "kinds", 0, "member", "elected")})
	}
	var parties, posts []party.Code
	backwards := rapid.Bool().Draw(t, "backwards") // parents come after their children
	for i := range rapid.IntRange(1, 5).Draw(t, "parties") {
		c := party.Code(fmt.Sprint("o", i))
		if backwards {
			c = party.Code(fmt.Sprint("o", 9-i))
		}
		x := party.Party{Code: c, Kind: one(t, "kind", "k", "l"), Area: one(t, "area", areas...), During: drawInterval(t, true)}
		if rapid.Bool().Draw(t, "lasting") {
			x.During = party.Interval{}
		}
		if i > 0 {
			x.Parent = one(t, "parent", append(parties, "")...)
		}
		parties, p.Parties = append(parties, c), append(p.Parties, x)
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "posts") {
		c := party.Code(fmt.Sprint("s", i))
		p.Posts = append(p.Posts, party.Post{
			Code: c, Party: one(t, "party", parties...), Role: one(t, "role", "a", "b", "c"), Area: one(t, "area", areas...),
			Place: one(t, "place", party.Place{}, party.Place{Layer: "x", Feature: "1"}, party.Place{Layer: "y", Feature: "1"}),
			Quota: rapid.IntRange(0, 2).Draw(t, "quota"),
		})
		posts = append(posts, c)
	}
	for range rapid.IntRange(0, 12).Draw(t, "appointments") {
		p.Appointments = append(p.Appointments, party.Appointment{
			Person: one(t, "person", persons...), Post: one(t, "post", posts...),
			Kind: one(t, "kind", "", party.Resident, party.Mobile, party.PartTime, party.Volunteer), During: drawInterval(t, false),
		})
	}
	for range rapid.IntRange(0, 4).Draw(t, "registrations") {
		p.Registrations = append(p.Registrations, party.Registration{
			Person: one(t, "person", persons...), Area: one(t, "area", areas[1:]...),
			Kind: one(t, "kind", party.Membership, party.ReportIn), During: drawInterval(t, true),
		})
	}
	for range rapid.IntRange(0, 4).Draw(t, "rights") {
		p.Rights = append(p.Rights, party.Right{
			Holder: one(t, "holder", append(parties, posts...)...), Kind: one(t, "kind", party.RightCommand, party.RightAssess),
			Scope: one(t, "scope", append(areas[1:], parties...)...), During: drawInterval(t, true),
		})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "facilities") {
		p.Facilities = append(p.Facilities, party.Facility{
			Code: party.Code(fmt.Sprint("f", i)), Party: one(t, "party", parties...), Kind: one(t, "kind", "office", "hall"),
			SquareMeters: one(t, "area", 0, 249.9, 250, 300), During: drawInterval(t, true),
		})
	}
	return p
}

// drawRule is any rule that compiles.
func drawRule(t *rapid.T, id int) structure.Rule {
	r := structure.Rule{ID: structure.Code(fmt.Sprint("r", id)), Kind: one(t, "rule", structure.Kinds()...)}
	if rapid.Bool().Draw(t, "dated") {
		r.During = drawInterval(t, true)
	}
	role := func(least int) []string { return some(t, "role", least, "a", "b", "c") }
	kinds := func(least int) []string { return some(t, "in", least, "k", "l") }
	appointed := func(least int) []party.AppointmentKind {
		return some(t, "as", least, party.Resident, party.Mobile, party.PartTime)
	}
	level := one(t, "level", "community", "block", "grid", "village")
	pers := []structure.Per{structure.Street(), structure.EachArea(level), structure.EachParty(one(t, "of", "k", "l", "m"))}
	count := func() *structure.Count {
		low := rapid.IntRange(0, 2).Draw(t, "low")
		return one(t, "count", structure.Exactly(low), structure.AtLeast(low), structure.AtMost(low), structure.Between(low, low+1))
	}
	switch r.Kind {
	case structure.People:
		r.Role, r.In = role(1), kinds(0)
		r.Per = one(t, "per", append(pers, structure.EachBuilding(one(t, "layer", "", "x")))...)
		r.Source, r.As, r.SameAs = some(t, "source", 0, "member", "elected"), appointed(0), some(t, "same", 0, "a", "b", "c")
		if len(r.SameAs) > 0 {
			r.SameIn = kinds(0)
		}
		if rapid.Bool().Draw(t, "counted") || len(r.Source)+len(r.As)+len(r.SameAs) == 0 {
			r.Count = count()
		}
	case structure.Parties:
		r.Parties, r.Per, r.Count = kinds(1), one(t, "per", pers...), count()
	case structure.Posts, structure.Quotas:
		r.Role, r.In, r.Count = role(1), kinds(0), count()
		r.Per = one(t, "per", append(pers, structure.EachBuilding(one(t, "layer", "", "x")))...)
	case structure.Filled:
		r.Role, r.In = role(0), kinds(0)
	case structure.Areas:
		r.Role, r.In, r.Per, r.Count, r.Through = role(1), kinds(0), structure.EachArea(level), count(), role(0)
	case structure.Postings:
		r.Role, r.In, r.As, r.Count, r.Who = role(0), kinds(0), appointed(0), count(), some(t, "who", 0, "member", "elected")
	case structure.Registrations:
		r.Registration, r.Count = one(t, "kind", "", party.Membership, party.ReportIn), count()
		r.Who = some(t, "who", 0, "member", "elected")
	case structure.Allowed:
		r.Role, r.As, r.In = role(1), appointed(1), kinds(0)
	case structure.Facilities:
		r.Parties, r.Facilities, r.Dated = kinds(1), some(t, "facilities", 1, "office", "hall"), rapid.Bool().Draw(t, "proof")
		r.SquareMeters = one(t, "least", 0, 250)
	case structure.Rights:
		r.Parties, r.Rights = kinds(1), some(t, "rights", 1, party.RightCommand, party.RightAssess)
	}
	return r
}

// instants is every change of a fact or a rule, in order.
func instants(p *party.Plan, rules []structure.Rule) (l []time.Time) {
	add := func(i party.Interval) { l = append(l, i.From, i.Until) }
	for _, x := range p.Parties {
		add(x.During)
	}
	for _, x := range p.Appointments {
		add(x.During)
	}
	for _, x := range p.Registrations {
		add(x.During)
	}
	for _, x := range p.Rights {
		add(x.During)
	}
	for _, x := range p.Facilities {
		add(x.During)
	}
	for _, r := range rules {
		add(r.During)
	}
	l = slices.DeleteFunc(l, time.Time.IsZero)
	slices.SortFunc(l, time.Time.Compare)
	return slices.CompactFunc(l, time.Time.Equal)
}

// walk is AuditDuring by going through every change instant: each violation, from
// the change that began it to the one that ended it.
func (w *world) walk(rules []structure.Rule, during party.Interval) []structure.Violation {
	changes := instants(&w.plan, rules)
	starts := []time.Time{{}} // of the times between changes; the first has no beginning
	var found []structure.Violation
	open := map[string]int{}
	for i := -1; i < len(changes); i++ {
		at := changes[0].Add(-time.Hour)
		if i >= 0 {
			at = changes[i]
			starts = append(starts, at)
		}
		now := map[string]bool{}
		for _, r := range rules {
			for _, v := range w.at(r, at) {
				k := key(v)
				now[k] = true
				if _, running := open[k]; !running {
					v.Since = starts[len(starts)-1]
					open[k] = len(found)
					found = append(found, v)
				}
				if from := during.From; i >= 0 && !from.IsZero() && !from.Before(at) { // as of the beginning of the audit
					f := &found[open[k]]
					f.Want, f.Got, f.People = v.Want, v.Got, v.People
				}
			}
		}
		for k, n := range open {
			if !now[k] {
				found[n].Until = at
				delete(open, k)
			}
		}
	}
	return slices.DeleteFunc(found, func(v structure.Violation) bool {
		return !during.Valid() || !during.Meets(party.Interval{From: v.Since, Until: v.Until})
	})
}

func drawWorld(t *rapid.T) (*world, []structure.Rule) {
	w := &world{plan: drawPlan(t), levels: levels, areas: small}
	var rules []structure.Rule
	for i := range rapid.IntRange(4, 10).Draw(t, "rules") {
		rules = append(rules, drawRule(t, i))
	}
	return w, rules
}

var small = lattice(2, 2, 2)

// TestAuditEqualsAWalk compares every field of every violation with a twin that
// reads the plan aloud at every change instant.
func TestAuditEqualsAWalk(t *testing.T) { rapid.Check(t, auditEqualsAWalk) }

func FuzzAudit(f *testing.F) { f.Fuzz(rapid.MakeFuzz(auditEqualsAWalk)) }

func auditEqualsAWalk(t *rapid.T) {
	w, rules := drawWorld(t)
	m := build(t, small)
	d, err := party.NewDirectory(m, w.plan)
	require.NoError(t, err)
	compiled, err := structure.Compile(rules)
	require.NoError(t, err)
	if len(instants(&w.plan, rules)) == 0 {
		t.Skip("nothing ever changes")
	}
	at := day(rapid.IntRange(0, 15).Draw(t, "at")).Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "ms")) * time.Millisecond)
	got := compiled.Audit(d, m, at)
	requireSame(t, w.walk(rules, party.Interval{From: at, Until: at.Add(time.Millisecond)}), got)

	during := drawInterval(t, true)
	requireSame(t, w.walk(rules, during), compiled.AuditDuring(d, m, during))

	// Since and Until are where it changes, by Audit itself.
	for _, v := range got {
		holds := func(at time.Time) bool {
			return slices.ContainsFunc(compiled.Audit(d, m, at), func(o structure.Violation) bool { return key(o) == key(v) })
		}
		require.True(t, v.Since.IsZero() || holds(v.Since) && !holds(v.Since.Add(-time.Millisecond)), v)
		require.True(t, v.Until.IsZero() || !holds(v.Until) && holds(v.Until.Add(-time.Millisecond)), v)
	}
}

// requireSame compares violations, whatever the order of the first, and proves that
// the second is in the order that is documented.
func requireSame(t require.TestingT, want, got []structure.Violation) {
	order := func(a, b structure.Violation) int {
		kinds := structure.ViolationKinds()
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(a.Area, b.Area), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Place.String(), b.Place.String()),
			cmp.Compare(a.Post, b.Post), cmp.Compare(a.Person, b.Person), slices.Compare(a.Args, b.Args), a.Since.Compare(b.Since))
	}
	slices.SortFunc(want, order)
	norm := func(l []structure.Violation) []structure.Violation {
		l = slices.Clone(l)
		for i := range l {
			if len(l[i].People) == 0 {
				l[i].People = nil
			}
		}
		if len(l) == 0 {
			return nil
		}
		return l
	}
	require.Empty(t, gocmp.Diff(norm(want), norm(got)))
}
