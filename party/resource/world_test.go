package resource_test

import (
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/resource"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }

func days(from, until int) resource.Interval {
	return resource.Interval{From: day(from), Until: day(until)}
}

// parents is a street of two communities with two grids each, and another street.
var parents = map[resource.Code]resource.Code{
	"street": "", "c1": "street", "c2": "street", "g11": "c1", "g12": "c1", "g21": "c2", "g22": "c2", "other": "",
}

func streetMap(t require.TestingT) *grid.Map {
	var units []grid.Unit
	for i, c := range []grid.Code{"street", "other", "c1", "c2", "g11", "g12", "g21", "g22"} {
		x := 114 + float64(i)/50
		ring := orb.Ring{{x, 22}, {x + 0.01, 22}, {x + 0.01, 22.01}, {x, 22.01}, {x, 22}}
		units = append(units, grid.Unit{Code: c, Parent: parents[c], Level: (len(chain(c)) - 1), Boundary: orb.MultiPolygon{{ring}}})
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"street", "community", "grid"}})
	require.NoError(t, err)
	return m
}

// chain is the area and what it lies in, innermost first.
func chain(c resource.Code) []resource.Code {
	var up []resource.Code
	for ; c != ""; c = parents[c] {
		up = append(up, c)
	}
	return up
}

var (
	areas = []resource.Code{"", "street", "c1", "c2", "g11", "g12", "g21", "g22", "other"}
	kinds = []string{"venue", "venue.hall", "venue.hall.big", "venue-x", "people", "people.doctor", "ve"}
)

func drawInterval(t *rapid.T) resource.Interval {
	var i resource.Interval
	if from := rapid.IntRange(0, 5).Draw(t, "from"); from > 0 {
		i.From = day(from)
	}
	if until := rapid.IntRange(0, 4).Draw(t, "until"); until > 0 {
		i.Until = day(5 + until)
		if rapid.Bool().Draw(t, "short") && !i.From.IsZero() {
			i.Until = i.From.AddDate(0, 0, until)
		}
	}
	return i
}

func drawPlan(t *rapid.T, most int) resource.Plan {
	var p resource.Plan
	code := func(prefix string, i int) resource.Code { return resource.Code(prefix + string(rune('a'+i))) }
	skills := func() []string {
		return rapid.SampledFrom([][]string{nil, nil, {"first-aid"}, {"first-aid", "electric"}}).Draw(t, "skills")
	}
	for i := range rapid.IntRange(0, most).Draw(t, "offers") {
		p.Offers = append(p.Offers, resource.Offer{
			Code: code("o", i), Party: rapid.SampledFrom([]resource.Code{"u1", "u2", ""}).Draw(t, "party"),
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Area: rapid.SampledFrom(areas).Draw(t, "area"),
			During: drawInterval(t), Quantity: rapid.Int64Range(0, 4).Draw(t, "quantity"), Skills: skills(),
		})
	}
	for i := range rapid.IntRange(0, most).Draw(t, "needs") {
		p.Needs = append(p.Needs, resource.Need{
			Code: code("n", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Area: rapid.SampledFrom(areas).Draw(t, "area"),
			During: drawInterval(t), Quantity: rapid.Int64Range(0, 4).Draw(t, "quantity"), Skills: skills(),
		})
	}
	if rapid.Bool().Draw(t, "dense") {
		drawGraph(t, &p)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "projects") {
		project := resource.Project{Code: code("p", i), Kind: "works"}
		for k, o := range p.Offers {
			if k%3 == i && rapid.Bool().Draw(t, "offer linked") {
				project.Offers = append(project.Offers, o.Code)
			}
		}
		for k, n := range p.Needs {
			if k%3 == i && rapid.Bool().Draw(t, "need linked") {
				project.Needs = append(project.Needs, n.Code)
			}
		}
		p.Projects = append(p.Projects, project)
	}
	return p
}

// drawGraph leaves it to skills alone which offer may serve which need, so that any
// graph comes up.
func drawGraph(t *rapid.T, p *resource.Plan) {
	for i := range p.Offers {
		o := &p.Offers[i]
		o.Kind, o.Area, o.Skills = "bus", "", nil
		for _, n := range p.Needs {
			if rapid.IntRange(0, 2).Draw(t, "edge") > 0 {
				o.Skills = append(o.Skills, string(n.Code))
			}
		}
	}
	for i := range p.Needs {
		n := &p.Needs[i]
		n.Kind, n.Area, n.Skills = "bus", "", []string{string(n.Code)}
	}
}

func drawOptions(t *rapid.T) resource.Options {
	return resource.Options{Steps: rapid.IntRange(-1, 5).Draw(t, "steps"), Sure: rapid.Bool().Draw(t, "sure"),
		Earlier: map[resource.Code]int{"u1": rapid.IntRange(0, 2).Draw(t, "earlier")}}
}

func match(t require.TestingT, m *grid.Map, p resource.Plan, opts resource.Options) *resource.Result {
	l, err := resource.NewLists(m, nil, p)
	require.NoError(t, err)
	return resource.Match(l, opts)
}

// naive is the rules of the package comment, read off the plan.
type naive struct {
	plan  resource.Plan
	opts  resource.Options
	noMap bool
}

func (v naive) project(c resource.Code, links func(resource.Project) []resource.Code) resource.Code {
	for _, p := range v.plan.Projects {
		if slices.Contains(links(p), c) {
			return p.Code
		}
	}
	return ""
}

func (v naive) ofOffer(o resource.Offer) resource.Code {
	return v.project(o.Code, func(p resource.Project) []resource.Code { return p.Offers })
}

func (v naive) ofNeed(n resource.Need) resource.Code {
	return v.project(n.Code, func(p resource.Project) []resource.Code { return p.Needs })
}

func (v naive) kind(n resource.Need, o resource.Offer) int {
	a, b := strings.Split(o.Kind, "."), strings.Split(n.Kind, ".")
	switch {
	case slices.Equal(a, b):
		return 0
	case len(a) > len(b) && slices.Equal(a[:len(b)], b):
		return 1
	case len(a) < len(b) && slices.Equal(b[:len(a)], a) && !v.opts.Sure:
		return 2
	}
	return -1
}

// steps counts the areas that only one of the two lies in.
func (v naive) steps(n resource.Need, o resource.Offer) int {
	in, of := chain(n.Area), chain(o.Area)
	switch {
	case o.Area == "" || o.Area == n.Area || !v.noMap && slices.Contains(in, o.Area):
		return 0
	case v.noMap:
		return 1000
	}
	apart := 0
	for _, c := range in {
		if !slices.Contains(of, c) {
			apart++
		}
	}
	for _, c := range of {
		if !slices.Contains(in, c) {
			apart++
		}
	}
	return apart
}

// instants is one instant in every stretch of time that a drawn plan tells apart.
func instants() []time.Time {
	var all []time.Time
	for n := range 14 {
		all = append(all, day(n).Add(time.Hour))
	}
	return all
}

func (v naive) why(n resource.Need, o resource.Offer) resource.Why {
	lacks := slices.ContainsFunc(n.Skills, func(s string) bool { return !slices.Contains(o.Skills, s) })
	switch p := v.ofOffer(o); {
	case v.kind(n, o) < 0:
		return resource.WhyKind
	case lacks:
		return resource.WhySkills
	case v.steps(n, o) > max(0, v.opts.Steps):
		return resource.WhyArea
	case !slices.ContainsFunc(instants(), func(at time.Time) bool { return n.During.Holds(at) && o.During.Holds(at) }):
		return resource.WhyTime
	case p != "" && p != v.ofNeed(n):
		return resource.WhyReserved
	}
	return ""
}

func (v naive) whole(n resource.Need, o resource.Offer) bool {
	return !slices.ContainsFunc(instants(), func(at time.Time) bool { return n.During.Holds(at) && !o.During.Holds(at) })
}

// free is the least of an offer that is free while it and the need last.
func (v naive) free(r *resource.Result, n resource.Need, o resource.Offer) int64 {
	least := int64(1 << 40)
	for _, at := range instants() {
		if n.During.Holds(at) && o.During.Holds(at) {
			least = min(least, max(1, o.Quantity)-used(r, o.Code, at))
		}
	}
	return least
}

// used is how many units of an offer the result gives away at an instant.
func used(r *resource.Result, o resource.Code, at time.Time) int64 {
	units := int64(0)
	for _, x := range r.Needs {
		for _, taken := range x.Taken {
			if taken.Offer == o && taken.During.Holds(at) {
				units += taken.Units
			}
		}
	}
	return units
}

func shuffled(t *rapid.T, p resource.Plan) resource.Plan {
	p.Offers = rapid.Permutation(p.Offers).Draw(t, "offers")
	p.Needs = rapid.Permutation(p.Needs).Draw(t, "needs")
	p.Projects = rapid.Permutation(p.Projects).Draw(t, "projects")
	return p
}
