package resource_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/resource"
)

func smallPlan() resource.Plan {
	return resource.Plan{
		Offers:   []resource.Offer{{Code: "o1", Party: "school", Kind: "venue.hall", Area: "c1"}, {Code: "o2", Kind: "people"}},
		Needs:    []resource.Need{{Code: "n1", Kind: "venue", Area: "g11"}, {Code: "n2", Kind: "people"}},
		Projects: []resource.Project{{Code: "p1", Kind: "works", Needs: []resource.Code{"n1"}, Offers: []resource.Code{"o1"}}, {Code: "p2", Kind: "works"}},
	}
}

func TestEveryFaultIsNamed(t *testing.T) {
	m := streetMap(t)
	d, err := party.NewDirectory(m, party.Plan{Parties: []party.Party{{Code: "school"}}})
	require.NoError(t, err)
	_, err = resource.NewLists(m, d, smallPlan())
	require.NoError(t, err)
	for name, c := range map[string]struct {
		spoil func(*resource.Plan)
		list  string
		index int
		field string
		want  error
	}{
		"code":         {func(p *resource.Plan) { p.Offers[1].Code = "a b" }, "offers", 1, "code", party.ErrCode},
		"twice":        {func(p *resource.Plan) { p.Needs[1].Code = "n1" }, "needs", 1, "code", party.ErrDuplicate},
		"project":      {func(p *resource.Plan) { p.Projects[1].Code = "p1" }, "projects", 1, "code", party.ErrDuplicate},
		"party":        {func(p *resource.Plan) { p.Needs[0].Party = "x" }, "needs", 0, "party", party.ErrUnknownParty},
		"area":         {func(p *resource.Plan) { p.Offers[0].Area = "x" }, "offers", 0, "area", party.ErrUnknownArea},
		"no kind":      {func(p *resource.Plan) { p.Offers[0].Kind = "" }, "offers", 0, "kind", resource.ErrKind},
		"empty part":   {func(p *resource.Plan) { p.Needs[0].Kind = "venue..hall" }, "needs", 0, "kind", resource.ErrKind},
		"last part":    {func(p *resource.Plan) { p.Needs[0].Kind = "venue." }, "needs", 0, "kind", resource.ErrKind},
		"interval":     {func(p *resource.Plan) { p.Needs[0].During = days(2, 2) }, "needs", 0, "until", party.ErrInterval},
		"from":         {func(p *resource.Plan) { p.Needs[0].During.From = day(2).Add(time.Microsecond) }, "needs", 0, "from", party.ErrNotMillis},
		"until":        {func(p *resource.Plan) { p.Needs[0].During.Until = day(2).Add(time.Microsecond) }, "needs", 0, "until", party.ErrNotMillis},
		"negative":     {func(p *resource.Plan) { p.Needs[0].Quantity = -1 }, "needs", 0, "quantity", resource.ErrQuantity},
		"too large":    {func(p *resource.Plan) { p.Offers[0].Quantity = resource.QuantityMax + 1 }, "offers", 0, "quantity", resource.ErrQuantity},
		"unknown need": {func(p *resource.Plan) { p.Projects[1].Needs = []resource.Code{"x"} }, "projects", 1, "needs", resource.ErrUnknownItem},
		"two projects": {func(p *resource.Plan) { p.Projects[1].Offers = []resource.Code{"o1"} }, "projects", 1, "offers", resource.ErrTwoProjects},
	} {
		t.Run(name, func(t *testing.T) {
			p := smallPlan()
			c.spoil(&p)
			l, err := resource.NewLists(m, d, p)
			require.Nil(t, l)
			require.ErrorIs(t, err, c.want)
			var build *party.BuildError
			require.ErrorAs(t, err, &build)
			require.NotEmpty(t, build.Faults)
			f := build.Faults[0]
			require.Equal(t, []any{c.list, c.index, c.field}, []any{f.List, f.Index, f.Field})
		})
	}
	_, err = resource.NewLists(nil, nil, resource.Plan{Needs: make([]resource.Need, 200)})
	var build *party.BuildError
	require.ErrorAs(t, err, &build)
	require.Len(t, build.Faults, party.FaultsMax)
	require.Equal(t, 2*200-party.FaultsMax, build.Left, "the code and the kind of each")
}

func TestEmptyListsAndStrangers(t *testing.T) {
	r := resource.Match(nil, resource.Options{})
	require.Empty(t, r.Needs)
	require.True(t, r.Maximal)
	require.Nil(t, r.Passed("x"))
	var zero resource.Result
	require.Nil(t, zero.Ranked("x"))
	require.Nil(t, zero.Passed("x"))
}

func TestTheListsAreTheCallersNoMore(t *testing.T) {
	p := smallPlan()
	p.Needs[0].Skills = []string{"first-aid"}
	l, err := resource.NewLists(nil, nil, p)
	require.NoError(t, err)
	p.Needs[0].Skills[0], p.Projects[0].Needs[0] = "none", "n2"
	r := resource.Match(l, resource.Options{})
	require.Equal(t, resource.WhySkills, r.Needs[0].Why)
	require.Equal(t, []resource.Code{"n1"}, r.Projects[0].Unmet)
}

// Needs that came first move on for one that has a single choice, along a chain.
func TestMovingOthers(t *testing.T) {
	serves := func(needs ...string) []string { return needs }
	for name, c := range map[string]struct {
		interval resource.Interval
		maximal  bool
	}{"undated": {maximal: true}, "dated": {interval: days(3, 5)}} {
		p := resource.Plan{}
		for i, skills := range [][]string{serves("a", "c", "d"), serves("a", "b"), serves("b")} {
			p.Offers = append(p.Offers, resource.Offer{Code: resource.Code("o" + string(rune('1'+i))), Kind: "bus", Skills: skills})
		}
		for _, code := range []resource.Code{"a", "b", "c", "d"} {
			p.Needs = append(p.Needs, resource.Need{Code: code, Kind: "bus", Skills: []string{string(code)}})
		}
		if !c.maximal { // a need for two buses that nobody has makes the problem hard
			p.Needs = append(p.Needs, resource.Need{Code: "e", Kind: "bus", Quantity: 9, During: c.interval})
		}
		r := match(t, nil, p, resource.Options{})
		require.Equal(t, c.maximal, r.Maximal, name)
		var got []resource.Code
		for _, x := range r.Needs[:3] {
			require.True(t, x.Full(), "%s: %s", name, x.Need)
			got = append(got, x.Taken[0].Offer)
		}
		require.Equal(t, []resource.Code{"o2", "o3", "o1"}, got, name)
		require.Equal(t, []any{resource.WhySpent, resource.Code("o1")}, []any{r.Needs[3].Why, r.Needs[3].Near})
		require.Equal(t, "o1：余量不足", r.Needs[3].Reason("zh"))
	}
}

// A need that several offers serve together stays where it is.
func TestSplitNeedsStay(t *testing.T) {
	r := match(t, nil, resource.Plan{
		Offers: []resource.Offer{{Code: "o1", Kind: "bus", Quantity: 2, Skills: []string{"y"}}, {Code: "o2", Kind: "bus", Quantity: 2}, {Code: "o3", Kind: "bus", Quantity: 2}, {Code: "o4", Kind: "bus.big", Quantity: 4}},
		Needs:  []resource.Need{{Code: "x", Kind: "bus", Quantity: 4}, {Code: "y", Kind: "bus", Skills: []string{"y"}}},
	}, resource.Options{})
	require.Len(t, r.Needs[0].Taken, 2)
	require.Equal(t, []any{resource.WhySpent, resource.Code("o1")}, []any{r.Needs[1].Why, r.Needs[1].Near})
}

// One after the other they are both served; on the same day they are not.
func TestOneUnitServesOneAfterAnother(t *testing.T) {
	serve := func(a, b resource.Interval) (full int) {
		r := match(t, nil, resource.Plan{
			Offers: []resource.Offer{{Code: "hall", Kind: "venue", During: days(1, 20)}},
			Needs:  []resource.Need{{Code: "a", Kind: "venue", During: a}, {Code: "b", Kind: "venue", During: b}},
		}, resource.Options{})
		for _, x := range r.Needs {
			if x.Full() {
				full++
			}
		}
		require.Equal(t, !a.Meets(b), !r.Maximal, "only what shares an instant is simple")
		return full
	}
	require.Equal(t, 2, serve(days(1, 5), days(5, 9)))
	require.Equal(t, 1, serve(days(1, 6), days(5, 9)))
}

// What begins first is served first, whatever its code.
func TestNeedsComeInOrderOfTheirBeginning(t *testing.T) {
	r := match(t, nil, resource.Plan{
		Offers: []resource.Offer{{Code: "hall", Kind: "venue"}},
		Needs:  []resource.Need{{Code: "a", Kind: "venue", During: days(5, 9)}, {Code: "b", Kind: "venue", During: days(2, 9)}, {Code: "c", Kind: "venue", During: days(2, 9)}},
	}, resource.Options{})
	require.Equal(t, []bool{false, true, false}, []bool{r.Needs[0].Full(), r.Needs[1].Full(), r.Needs[2].Full()})
}

func TestEveryTextExists(t *testing.T) {
	for _, why := range resource.Whys() {
		p := resource.Passed{Offer: "o1", Why: why}
		require.NotEqual(t, p.Text("zh"), p.Text("en"))
		require.Contains(t, p.Text("en"), "o1: ")
	}
	require.Equal(t, "没有这类资源", resource.Allotment{Short: 1, Why: resource.WhyKind}.Reason("zh"))
	require.Empty(t, resource.Allotment{}.Reason("zh"))
	for _, kind := range []resource.KindFit{resource.SameKind, resource.SpecialKind, resource.GeneralKind} {
		require.NotContains(t, resource.Fit{Kind: kind}.Text("zh"), string(kind))
	}
	require.Equal(t, "o1: of the same project, same kind, 2 steps away, 3 days of the time, a part of the units, its party was matched 4 times before",
		resource.Fit{Offer: "o1", Own: true, Kind: resource.SameKind, Steps: 2, Days: 3, Earlier: 4}.Text("en"))
	require.Equal(t, "o1：类别更具体、服务该区域、全程、数量足够",
		resource.Fit{Offer: "o1", Kind: resource.SpecialKind, Whole: true, Days: -1, Enough: true}.Text("zh"))
}
