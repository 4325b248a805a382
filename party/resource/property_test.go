package resource_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/resource"
)

// TestFitsEqualTheRules compares who fits, in which order, and why not, with the
// rules read off the plan for every pair.
func TestFitsEqualTheRules(t *testing.T) {
	m := streetMap(t)
	rapid.Check(t, func(t *rapid.T) { fitsEqualTheRules(t, m) })
}

func FuzzFits(f *testing.F) {
	m := streetMap(f)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { fitsEqualTheRules(t, m) }))
}

func fitsEqualTheRules(t *rapid.T, m *grid.Map) {
	v := naive{plan: drawPlan(t, 8), opts: drawOptions(t), noMap: rapid.IntRange(0, 4).Draw(t, "map") == 0}
	if v.noMap {
		m = nil
	}
	v.opts.Candidates = rapid.IntRange(0, 3).Draw(t, "candidates")
	r := match(t, m, v.plan, v.opts)
	for k, n := range v.plan.Needs {
		x := r.Needs[k]
		var fits []resource.Offer
		taken := map[resource.Code]bool{}
		for _, got := range x.Taken {
			taken[got.Offer] = true
		}
		var passed []resource.Passed
		var nearest resource.Why
		var near resource.Code
		for _, o := range v.plan.Offers {
			why := v.why(n, o)
			if v.kind(n, o) >= 0 && (near == "" || slices.Index(resource.Whys(), why) > slices.Index(resource.Whys(), nearest)) {
				nearest, near = why, o.Code
			}
			switch {
			case why == "":
				fits = append(fits, o)
				if v.free(r, n, o) == 0 {
					why = resource.WhySpent
				} else if why = resource.WhyBeyond; x.Short == 0 {
					why = resource.WhyNotNeeded
				}
			}
			if !taken[o.Code] {
				passed = append(passed, resource.Passed{Offer: o.Code, Why: why})
			}
		}
		require.Empty(t, gocmp.Diff(passed, r.Passed(n.Code), cmpopts.EquateEmpty()))
		slices.SortStableFunc(fits, func(a, b resource.Offer) int { return v.compare(n, a, b) })
		ranked := r.Ranked(n.Code)
		require.Len(t, ranked, len(fits))
		for i, o := range fits {
			require.Equal(t, o.Code, ranked[i].Offer)
			require.Equal(t, v.whole(n, o), ranked[i].Whole)
			require.Equal(t, v.steps(n, o), ranked[i].Steps)
			require.Equal(t, []resource.KindFit{resource.SameKind, resource.SpecialKind, resource.GeneralKind}[v.kind(n, o)], ranked[i].Kind)
			require.Equal(t, max(1, o.Quantity) >= max(1, n.Quantity), ranked[i].Enough)
			require.Equal(t, v.ofNeed(n) != "" && v.ofNeed(n) == v.ofOffer(o), ranked[i].Own)
		}
		for _, got := range x.Taken {
			i := slices.IndexFunc(ranked, func(f resource.Fit) bool { return f.Offer == got.Offer })
			require.True(t, v.opts.Candidates == 0 || i < v.opts.Candidates, "only the best are looked at")
			require.Equal(t, ranked[i], got.Fit)
		}
		switch {
		case x.Full():
			require.Empty(t, x.Why)
		case len(fits) > 0:
			require.Equal(t, []string{string(resource.WhySpent), string(fits[0].Code)}, []string{string(x.Why), string(x.Near)})
		case near == "":
			require.Equal(t, []string{string(resource.WhyKind), ""}, []string{string(x.Why), string(x.Near)})
		default:
			require.Equal(t, []string{string(nearest), string(near)}, []string{string(x.Why), string(x.Near)})
		}
	}
}

// compare is the ranking of the package comment.
func (v naive) compare(n resource.Need, a, b resource.Offer) int {
	flag := func(x bool) int {
		if x {
			return 0
		}
		return 1
	}
	shared := func(o resource.Offer) int64 {
		from, until := n.During.From, n.During.Until
		if o.During.From.After(from) {
			from = o.During.From
		}
		if until.IsZero() || !o.During.Until.IsZero() && o.During.Until.Before(until) {
			until = o.During.Until
		}
		if from.IsZero() || until.IsZero() {
			return 1 << 62
		}
		return int64(until.Sub(from))
	}
	own := func(o resource.Offer) bool { return v.ofNeed(n) == "" || v.ofOffer(o) == v.ofNeed(n) }
	enough := func(o resource.Offer) bool { return max(1, o.Quantity) >= max(1, n.Quantity) }
	return cmp.Or(flag(own(a))-flag(own(b)), v.kind(n, a)-v.kind(n, b), v.steps(n, a)-v.steps(n, b),
		flag(v.whole(n, a))-flag(v.whole(n, b)), flag(enough(a))-flag(enough(b)),
		v.opts.Earlier[a.Party]-v.opts.Earlier[b.Party], cmp.Compare(shared(b), shared(a)), cmp.Compare(a.Code, b.Code))
}

// TestNothingIsGivenTwice sweeps every stretch of time: no offer beyond its
// quantity, no need beyond what it asks, nothing outside either's time, nothing that
// does not fit, nothing left that could still serve; and no order of the lists matters.
func TestNothingIsGivenTwice(t *testing.T) {
	m := streetMap(t)
	rapid.Check(t, func(t *rapid.T) { nothingIsGivenTwice(t, m) })
}

func FuzzNothingIsGivenTwice(f *testing.F) {
	m := streetMap(f)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { nothingIsGivenTwice(t, m) }))
}

func nothingIsGivenTwice(t *rapid.T, m *grid.Map) {
	v := naive{plan: drawPlan(t, 10), opts: drawOptions(t)}
	r := match(t, m, v.plan, v.opts)
	other := match(t, m, shuffled(t, v.plan), v.opts)
	require.Empty(t, gocmp.Diff(r, other, cmpopts.IgnoreUnexported(resource.Result{})))
	require.Len(t, r.Needs, len(v.plan.Needs))

	full := 0
	for k, n := range v.plan.Needs {
		x := r.Needs[k]
		require.Equal(t, n.Code, x.Need)
		var whole, part int64
		for _, taken := range x.Taken {
			i := slices.IndexFunc(v.plan.Offers, func(o resource.Offer) bool { return o.Code == taken.Offer })
			o := v.plan.Offers[i]
			require.Empty(t, v.why(n, o), "%s does not fit %s", o.Code, n.Code)
			require.Positive(t, taken.Units)
			for _, at := range instants() {
				require.Equal(t, n.During.Holds(at) && o.During.Holds(at), taken.During.Holds(at))
			}
			if v.whole(n, o) {
				whole += taken.Units
			} else {
				part += taken.Units
			}
		}
		require.Equal(t, []int64{whole, part, max(1, n.Quantity) - whole - part}, []int64{x.Units, x.Part, x.Short})
		require.GreaterOrEqual(t, x.Short, int64(0))
		if x.Full() {
			full++
		}
		for _, o := range v.plan.Offers {
			if x.Short > 0 && v.why(n, o) == "" {
				require.Zero(t, v.free(r, n, o), "%s could still serve %s", o.Code, n.Code)
			}
		}
	}
	for _, o := range v.plan.Offers {
		for _, at := range instants() {
			require.LessOrEqual(t, used(r, o.Code, at), max(1, o.Quantity), o.Code)
		}
	}
	require.GreaterOrEqual(t, full, v.greedy(), "moving others never loses a need")
	v.outcomes(t, r)
}

// outcomes checks the projects against the needs.
func (v naive) outcomes(t *rapid.T, r *resource.Result) {
	for k, p := range v.plan.Projects {
		want := resource.Outcome{Project: p.Code}
		for i, x := range r.Needs {
			if v.ofNeed(v.plan.Needs[i]) != p.Code {
				continue
			}
			if x.Full() {
				want.Met = append(want.Met, x.Need)
			} else {
				want.Unmet = append(want.Unmet, x.Need)
			}
		}
		for _, o := range v.plan.Offers {
			busy := slices.ContainsFunc(r.Needs, func(x resource.Allotment) bool {
				return slices.ContainsFunc(x.Taken, func(y resource.Taken) bool { return y.Offer == o.Code })
			})
			if v.ofOffer(o) == p.Code && !busy {
				want.Idle = append(want.Idle, o.Code)
			}
		}
		require.Empty(t, gocmp.Diff(want, r.Projects[k]))
	}
}

// greedy is how many needs the first step alone meets in full.
func (v naive) greedy() int {
	needs := slices.Clone(v.plan.Needs)
	slices.SortStableFunc(needs, func(a, b resource.Need) int {
		return cmp.Or(a.During.From.Compare(b.During.From), cmp.Compare(a.Code, b.Code))
	})
	r := &resource.Result{}
	full := 0
	for _, n := range needs {
		var fits []resource.Offer
		for _, o := range v.plan.Offers {
			if v.why(n, o) == "" && v.whole(n, o) {
				fits = append(fits, o)
			}
		}
		slices.SortStableFunc(fits, func(a, b resource.Offer) int { return v.compare(n, a, b) })
		x, left := resource.Allotment{}, max(1, n.Quantity)
		for _, o := range fits {
			if units := min(left, v.free(r, n, o)); units > 0 {
				x.Taken = append(x.Taken, resource.Taken{Fit: resource.Fit{Offer: o.Code}, Units: units, During: n.During})
				left -= units
			}
		}
		if left == 0 {
			r.Needs = append(r.Needs, x)
			full++
		}
	}
	return full
}

// TestTheMostNeedsAreMet tries every way to give offers to needs of one unit that
// share an instant, and finds none that meets more.
func TestTheMostNeedsAreMet(t *testing.T) { rapid.Check(t, theMostNeedsAreMet) }

func FuzzTheMostNeedsAreMet(f *testing.F) { f.Fuzz(rapid.MakeFuzz(theMostNeedsAreMet)) }

func theMostNeedsAreMet(t *rapid.T) {
	v := naive{plan: drawPlan(t, 7), noMap: true}
	drawGraph(t, &v.plan)
	v.plan.Projects = nil
	for i := range v.plan.Offers {
		o := &v.plan.Offers[i]
		o.Quantity = max(1, rapid.Int64Range(-3, 2).Draw(t, "units"))
		if o.During = (resource.Interval{}); rapid.IntRange(0, 4).Draw(t, "short") == 0 {
			o.During = days(2, 9)
		}
	}
	for i := range v.plan.Needs {
		n := &v.plan.Needs[i]
		n.Quantity = 1
		if rapid.Bool().Draw(t, "dated") {
			n.During = days(rapid.IntRange(1, 5).Draw(t, "begin"), rapid.IntRange(6, 9).Draw(t, "end"))
		} else {
			n.During = resource.Interval{}
		}
	}
	r := match(t, nil, v.plan, v.opts)
	require.True(t, r.Maximal, "all needs last on day 5")
	full := 0
	for _, x := range r.Needs {
		if x.Full() {
			full++
		}
	}
	require.Equal(t, v.most(0, map[resource.Code]int64{}), full)
}

// most is the greatest number of the needs from the i-th on that can be met, by
// trying everything.
func (v naive) most(i int, given map[resource.Code]int64) int {
	if i == len(v.plan.Needs) {
		return 0
	}
	best := v.most(i+1, given)
	for _, o := range v.plan.Offers {
		if n := v.plan.Needs[i]; v.why(n, o) == "" && v.whole(n, o) && given[o.Code] < o.Quantity {
			given[o.Code]++
			best = max(best, 1+v.most(i+1, given))
			given[o.Code]--
		}
	}
	return best
}
