package dispatch_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestListPrecedence: each step decides although all later steps speak for the
// other rule, in both orders of id.
func TestListPrecedence(t *testing.T) {
	m := listMap(t, 2, 2)
	at := instant("2026-03-04T09:00:00+08:00")
	day := dispatch.Interval{From: at.AddDate(0, 0, -1), Until: at.AddDate(0, 0, 1)}
	week := dispatch.Interval{From: at.AddDate(0, 0, -3), Until: at.AddDate(0, 0, 4)}
	q := dispatch.Query{Matter: "road.hole", Area: listRef(t, m, "s-c1-g1"), Classes: []string{"road=main"}, Condition: "blocked", Channel: "12345", At: at, Cost: 5}
	for _, tc := range []struct {
		step       string
		first, two dispatch.Rule
	}{
		{dispatch.ByPrecedence, dispatch.Rule{Matter: "*", Precedence: 1}, dispatch.Rule{Matter: "road.hole", Area: "s-c1-g1", Class: "road=main", Condition: "blocked", Window: "work", During: day}},
		{dispatch.ByMatter, dispatch.Rule{Matter: "road.hole"}, dispatch.Rule{Matter: "road", Area: "s-c1-g1", Class: "road=main", Condition: "blocked", Window: "work", During: day}},
		{dispatch.ByMatter, dispatch.Rule{Matter: "road"}, dispatch.Rule{Matter: "*", Area: "s-c1-g1"}},
		{dispatch.ByArea, dispatch.Rule{Matter: "road", Area: "s-c1-g1"}, dispatch.Rule{Matter: "road", Area: "s-c1", Class: "road=main", Condition: "blocked", Window: "work", During: day}},
		{dispatch.ByArea, dispatch.Rule{Matter: "road", Area: "s"}, dispatch.Rule{Matter: "road", Area: "*", Class: "road=main"}},
		{dispatch.ByClass, dispatch.Rule{Matter: "road", Class: "road=main"}, dispatch.Rule{Matter: "road", Condition: "blocked", Window: "work", During: day}},
		{dispatch.ByCondition, dispatch.Rule{Matter: "road", Condition: "blocked"}, dispatch.Rule{Matter: "road", Window: "work", During: day}},
		{dispatch.ByWindow, dispatch.Rule{Matter: "road", Window: "08:00-10:00"}, dispatch.Rule{Matter: "road", Window: "work", During: day}},
		{dispatch.ByWindow, dispatch.Rule{Matter: "road", Window: "work"}, dispatch.Rule{Matter: "road", During: day}},
		{dispatch.ByValidity, dispatch.Rule{Matter: "road", During: day}, dispatch.Rule{Matter: "road", During: week, Channel: "12345", MaxCost: 6}},
		{dispatch.ByValidity, dispatch.Rule{Matter: "road", During: week}, dispatch.Rule{Matter: "road", During: dispatch.Interval{From: at}}},
	} {
		for _, ids := range [][2]dispatch.Code{{"A", "B"}, {"B", "A"}} {
			first, two := tc.first, tc.two
			first.ID, first.Role, first.Party = ids[0], dispatch.Lead, "first"
			two.ID, two.Role, two.Party = ids[1], dispatch.Lead, "two"
			l, err := dispatch.Compile(nil, []dispatch.Rule{two, first}, m, nil, dispatch.Options{Calendar: listCalendar(t)})
			require.NoError(t, err)
			require.Equal(t, dispatch.Code("first"), l.Match(q).Lead.Party, "%s %v", tc.step, ids)
			last := l.Explain(q).Candidates[1]
			require.Equal(t, dispatch.VerdictBeaten, last.Verdict)
			require.Equal(t, tc.step, last.Over)
			require.Equal(t, ids[0], last.By)
		}
	}
}

// TestListNothingElseDecides: channel, cost, mode, budget and id do not, and an
// interval with one end is as wide as one with none.
func TestListNothingElseDecides(t *testing.T) {
	m := listMap(t, 1, 1)
	at := instant("2026-03-04T09:00:00+08:00")
	q := dispatch.Query{Matter: "road", Area: 1, Channel: "12345", At: at, Cost: 5}
	for _, r := range []dispatch.Rule{
		{}, {Channel: "12345"}, {MinCost: 5}, {MaxCost: 6}, {Mode: dispatch.Self}, {Version: "v2"}, {During: dispatch.Interval{From: at}}, {Area: "*"},
	} {
		a := dispatch.Rule{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "p"}
		r.ID, r.Role, r.Matter, r.Party = "B", dispatch.Lead, "road", "q"
		l, err := dispatch.Compile(nil, []dispatch.Rule{a, r}, m, nil, dispatch.Options{})
		require.NoError(t, err)
		d := l.Match(q)
		require.Equal(t, dispatch.Tied, d.Status)
		require.Equal(t, []dispatch.Code{"A", "B"}, d.Tie)
		require.Equal(t, dispatch.Duty{}, d.Lead)
		require.True(t, slices.ContainsFunc(l.Findings(), func(f dispatch.Finding) bool {
			return f.Code == dispatch.FindingTie && slices.Equal(f.Rules, d.Tie)
		}))

		r.Party = "p"
		l, err = dispatch.Compile(nil, []dispatch.Rule{r, a}, m, nil, dispatch.Options{})
		require.NoError(t, err)
		require.Equal(t, dispatch.Code("A"), l.Match(q).Lead.Rule)
	}
}

// TestListCostBounds: [min, max), unknown counts as small.
func TestListCostBounds(t *testing.T) {
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "community", MaxCost: 500_000},
		{ID: "B", Role: dispatch.Lead, Matter: "*", Party: "works", MinCost: 500_000},
	}
	l, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{})
	require.NoError(t, err)
	require.Empty(t, l.Findings())
	for cost, want := range map[int64]dispatch.Code{0: "community", 1: "community", 499_999: "community", 500_000: "works", 1 << 60: "works"} {
		require.Equal(t, want, l.Match(dispatch.Query{Matter: "x", Area: 1, Cost: cost}).Lead.Party, cost)
	}

	for code, low := range map[dispatch.FindingCode]int64{dispatch.FindingGap: 500_001, dispatch.FindingTie: 499_999} {
		rules[1].MinCost = low
		l, err = dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{})
		require.NoError(t, err)
		findings := l.Findings()
		require.Len(t, findings, 1)
		require.Equal(t, code, findings[0].Code)
		require.Equal(t, min(500_000, rules[1].MinCost), findings[0].Witness.Cost)
		reproduces(t, l, findings[0])
	}
}

// TestListCollectsOnce: collect roles name each party once, in order of
// precedence, then by id; a tie elsewhere does not empty them.
func TestListCollectsOnce(t *testing.T) {
	m := listMap(t, 1, 1)
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Assist, Matter: "*", Party: "p"}, {ID: "B", Role: dispatch.Assist, Matter: "road", Party: "q"},
		{ID: "C", Role: dispatch.Assist, Matter: "road", Area: "s", Party: "p"}, {ID: "D", Role: dispatch.Assist, Matter: "road", Party: "b"},
		{ID: "E", Role: dispatch.Assist, Matter: "lamp", Party: "x"}, {ID: "N", Role: dispatch.Notify, Matter: "*", Party: "q"},
		{ID: "R1", Role: dispatch.Regulator, Matter: "*", Party: "p"}, {ID: "R2", Role: dispatch.Regulator, Matter: "*", Party: "q"},
		{ID: "S", Role: dispatch.Rectifier, Matter: "*", Party: "owner"},
	}
	l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	d := l.Match(dispatch.Query{Matter: "road", Area: 1})
	ids := func(duties []dispatch.Duty) (out []dispatch.Code) {
		for _, x := range duties {
			out = append(out, x.Rule)
		}
		return out
	}
	require.Equal(t, dispatch.NoList, d.Status)
	require.Equal(t, []dispatch.Code{"C", "B", "D"}, ids(d.Assist))
	require.Equal(t, []dispatch.Code{"N"}, ids(d.Notify))
	require.Equal(t, dispatch.Duty{}, d.Regulator)
	require.Equal(t, dispatch.Code("S"), d.Rectifier.Rule)
	require.True(t, slices.ContainsFunc(l.Findings(), func(f dispatch.Finding) bool { return f.Code == dispatch.FindingTie && f.Role == dispatch.Regulator }))
}

func TestListMatchDoesNotAllocate(t *testing.T) {
	l := learnedList(t)
	q := dispatch.Query{Matter: "k3.t4", Area: listRef(t, l.Map(), "s-c3-g3"), Classes: []string{"road=main"}, At: instant("2026-03-04T09:00:00+08:00")}
	require.Zero(t, testing.AllocsPerRun(100, func() { _ = l.Match(q) }))
}
