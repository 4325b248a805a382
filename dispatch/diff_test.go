package dispatch_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

func whoLeads(l *dispatch.List, q dispatch.Query) dispatch.Holder {
	d := l.Match(q)
	return dispatch.Holder{Party: d.Lead.Party, Post: d.Lead.Post, Status: d.Status}
}

func TestDiff(t *testing.T) {
	m := listMap(t, 2, 2)
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "works"}, {ID: "B", Role: dispatch.Lead, Matter: "road.lamp", Area: "s-c1-g1", Party: "lights"},
		{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "desk"}, {ID: "N", Role: dispatch.Notify, Matter: "*", Party: "desk"},
	}
	table := []dispatch.Matter{{Code: "road.hole"}, {Code: "road.lamp"}, {Code: "noise"}}
	compile := func(rules ...dispatch.Rule) *dispatch.List {
		l, err := dispatch.Compile(table, rules, m, nil, dispatch.Options{})
		require.NoError(t, err)
		return l
	}
	old := compile(rules...)
	same, err := dispatch.Diff(old, compile(rules...), dispatch.DiffOptions{})
	require.NoError(t, err)
	require.Equal(t, &dispatch.Impact{From: dispatch.Sum(old.Hash()), To: dispatch.Sum(old.Hash()), Cells: 12}, same)

	// The community takes the roads of its area; the lamp of one grid stays.
	changed := append(slices.Clone(rules), dispatch.Rule{ID: "C", Role: dispatch.Lead, Matter: "road", Area: "s-c1", Party: "c1"})
	changed[3].Party = "other" // who is told is not compared
	now := compile(changed...)
	works, c1 := dispatch.Holder{Party: "works", Status: dispatch.Decided}, dispatch.Holder{Party: "c1", Status: dispatch.Decided}
	grid1, grid2, far := listRef(t, m, "s-c1-g1"), listRef(t, m, "s-c1-g2"), listRef(t, m, "s-c2-g1")
	at := instant("2025-06-01T00:00:00Z")
	x, err := dispatch.Diff(old, now, dispatch.DiffOptions{
		Open: []dispatch.OpenCase{
			{Case: "K2", Query: dispatch.Query{Matter: "road.hole", Area: grid2}}, {Case: "K1", Query: dispatch.Query{Matter: "road.hole", Area: grid1}},
			{Case: "K5", Query: dispatch.Query{Matter: "road.hole", Area: grid1}, Bound: true},
			{Case: "K6", Query: dispatch.Query{Matter: "road.hole", Area: grid1}, Lead: dispatch.Holder{Party: "squad", Status: dispatch.Decided}},
			{Case: "K7", Query: dispatch.Query{Matter: "road.hole", Area: grid1}, Lead: dispatch.Holder{Party: "c1", Status: dispatch.Decided}},
			{Case: "K8", Query: dispatch.Query{Matter: "road.hole", Area: far}, Lead: dispatch.Holder{Party: "squad", Status: dispatch.Decided}},
			{Case: "K3", Query: dispatch.Query{Matter: "road.lamp", Area: grid1}}, {Case: "K4", Query: dispatch.Query{Matter: "road.hole", Area: far}},
		},
		History: []dispatch.Handled{
			{ID: "H1", Matter: "road.hole", Area: grid1, At: at, Party: "c1"}, {ID: "H2", Matter: "road.hole", Area: grid2, At: at, Party: "c1"},
			{ID: "H3", Matter: "road.lamp", Area: grid2, At: at, Party: "works"}, {ID: "H4", Matter: "noise", Area: far, At: at, Party: "desk"},
		},
	})
	require.NoError(t, err)
	require.Equal(t, 12, x.Cells)
	require.Equal(t, 3, x.Changed)
	require.Len(t, x.Changes, 2)
	for _, c := range x.Changes {
		require.Equal(t, works, c.From)
		require.Equal(t, c1, c.To)
		require.Equal(t, c.From, whoLeads(old, c.Witness))
		require.Equal(t, c.To, whoLeads(now, c.Witness))
	}
	place := func(i int) []any { return []any{x.Changes[i].Matter, x.Changes[i].Area, x.Changes[i].Cells} }
	require.Equal(t, []any{dispatch.Code("road.hole"), dispatch.Code("s-c1"), 2}, place(0))
	require.Equal(t, []any{dispatch.Code("road.lamp"), dispatch.Code("s-c1-g2"), 1}, place(1))
	require.Equal(t, []dispatch.CaseChange{
		{Case: "K1", From: works, To: c1}, {Case: "K2", From: works, To: c1}, {Case: "K6", From: dispatch.Holder{Party: "squad", Status: dispatch.Decided}, To: c1},
	}, x.Open)
	require.Equal(t, dispatch.Agreement{Right: 2, Of: 4}, x.Backtest.Before.Party)
	require.Equal(t, dispatch.Agreement{Right: 3, Of: 4}, x.Backtest.After.Party)
	require.Equal(t, 2, x.Backtest.Better)
	require.Equal(t, 1, x.Backtest.Worse)

	// Nobody any more, everywhere.
	x, err = dispatch.Diff(old, compile(rules[0], rules[1]), dispatch.DiffOptions{})
	require.NoError(t, err)
	require.Len(t, x.Changes, 1)
	require.Equal(t, dispatch.Change{
		Matter: "noise", Area: dispatch.Any, From: dispatch.Holder{Party: "desk", Status: dispatch.Decided}, To: dispatch.Holder{Status: dispatch.NoRule},
		Cells: 4, Witness: x.Changes[0].Witness, Place: x.Changes[0].Place,
	}, x.Changes[0])
	require.Contains(t, x.Changes[0].Text("en"), "noise in all areas: from desk to nobody, 4 cells")
	require.Contains(t, x.Changes[0].Text("zh"), "由 desk 改为 无人")
}

func TestDiffMattersAndErrors(t *testing.T) {
	m := listMap(t, 1, 1)
	rule := dispatch.Rule{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "p"}
	timed := rule
	timed.Window = "work"
	a, err := dispatch.Compile([]dispatch.Matter{{Code: "x"}, {Code: "y"}}, []dispatch.Rule{rule}, m, nil, dispatch.Options{})
	require.NoError(t, err)
	b, err := dispatch.Compile([]dispatch.Matter{{Code: "y"}, {Code: "z"}}, []dispatch.Rule{rule}, m, nil, dispatch.Options{})
	require.NoError(t, err)
	x, err := dispatch.Diff(a, b, dispatch.DiffOptions{})
	require.NoError(t, err)
	require.Equal(t, []dispatch.Code{"z"}, x.Added)
	require.Equal(t, []dispatch.Code{"x"}, x.Removed)
	require.Equal(t, 1, x.Cells)
	require.Empty(t, x.Changes)

	_, err = dispatch.Diff(nil, b, dispatch.DiffOptions{})
	require.ErrorIs(t, err, dispatch.ErrNoList)
	other, err := dispatch.Compile(nil, []dispatch.Rule{rule}, listMap(t, 1, 2), nil, dispatch.Options{})
	require.NoError(t, err)
	_, err = dispatch.Diff(a, other, dispatch.DiffOptions{})
	require.ErrorIs(t, err, dispatch.ErrOtherMap)
	withWork, err := dispatch.Compile(nil, []dispatch.Rule{timed}, m, nil, dispatch.Options{Calendar: listCalendar(t)})
	require.NoError(t, err)
	clock := rule
	clock.Window = "18:00-08:00"
	elsewhere, err := dispatch.Compile(nil, []dispatch.Rule{clock}, m, nil, dispatch.Options{Zone: instant("2026-01-01T00:00:00Z").Location()})
	require.NoError(t, err)
	_, err = dispatch.Diff(withWork, elsewhere, dispatch.DiffOptions{})
	require.ErrorIs(t, err, dispatch.ErrOtherClock)
	_, err = dispatch.Diff(a, a, dispatch.DiffOptions{History: []dispatch.Handled{{}}})
	require.Error(t, err)
}

// diffsExactly draws two lists that share most rules: every change is shown by
// its witness, and every query whose lead changes lies in a change.
func diffsExactly(tb testing.TB) func(*rapid.T) {
	m, cal := listMap(tb, 2, 2), listCalendar(tb)
	return func(t *rapid.T) {
		// One party for rules that nothing tells apart, so that none tie.
		party := func(r dispatch.Rule) dispatch.Rule {
			if r.Role = dispatch.Lead; r.Party[0] != 'o' {
				r.Party = dispatch.Code(fmt.Sprintf("p%d", (len(r.Matter)*7+len(r.Area)*3+len(r.Class)+len(r.Condition)+len(r.Window))%4))
			}
			return r
		}
		simple := rapid.Bool().Draw(t, "simple")
		var shared, before, after []dispatch.Rule
		for i := range rapid.IntRange(0, 8).Draw(t, "shared") {
			shared = append(shared, party(drawRule(t, i, simple)))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "removed") {
			before = append(before, party(drawRule(t, 100+i, simple)))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "added") {
			after = append(after, party(drawRule(t, 200+i, simple)))
		}
		var matters []dispatch.Matter
		if rapid.Bool().Draw(t, "table") {
			for _, c := range listMatters {
				matters = append(matters, dispatch.Matter{Code: c})
			}
		}
		versions, _ := drawVersions(t)
		compile := func(rules []dispatch.Rule) *dispatch.List {
			l, err := dispatch.Compile(matters, append(slices.Clone(shared), rules...), m, nil, dispatch.Options{Calendar: cal, Versions: versions})
			require.NoError(t, err)
			return l
		}
		old, now := compile(before), compile(after)
		for _, l := range []*dispatch.List{old, now} {
			if l.Prove().Count(dispatch.FindingTie)+l.Prove().Count(dispatch.FindingCrossing) > 0 {
				return
			}
		}
		x, err := dispatch.Diff(old, now, dispatch.DiffOptions{})
		require.NoError(t, err)
		cells := 0
		for _, c := range x.Changes {
			require.NotEqual(t, c.From, c.To)
			require.Equal(t, c.From, whoLeads(old, c.Witness), c.Text("en"))
			require.Equal(t, c.To, whoLeads(now, c.Witness), c.Text("en"))
			require.True(t, dispatch.Covers(c.Matter, c.Witness.Matter))
			cells += c.Cells
		}
		require.LessOrEqual(t, x.Changed, cells)
		require.LessOrEqual(t, x.Changed, x.Cells)
		require.Equal(t, x.Changed > 0, len(x.Changes) > 0)
		named := func(m dispatch.Code) bool {
			for _, l := range []*dispatch.List{old, now} {
				for r := range l.Rules() {
					if r.Matter != dispatch.Any && dispatch.Covers(r.Matter, m) {
						return true
					}
				}
			}
			return false
		}
		for range 10 {
			q := drawQuery(t, m)
			if !m.Info(q.Area).Leaf {
				continue
			}
			q.Owners = []dispatch.LayerOwner{{Layer: "park", Owner: "owner(park)"}, {Layer: "road", Owner: "owner(road)"}}
			from, to := whoLeads(old, q), whoLeads(now, q)
			if from == to || from.Party == "" && to.Party == "" {
				continue
			}
			require.True(t, slices.ContainsFunc(x.Changes, func(c dispatch.Change) bool {
				area, _ := m.Lookup(c.Area)
				matter := dispatch.Covers(c.Matter, q.Matter) || c.Matter == "other" && !named(q.Matter)
				return matter && (c.Area == dispatch.Any || m.Contains(area, q.Area)) && c.From.Party == from.Party && c.To.Party == to.Party
			}), "%+v from %+v to %+v\n%+v", q, from, to, x.Changes)
		}
		back, err := dispatch.Diff(now, old, dispatch.DiffOptions{})
		require.NoError(t, err)
		require.Equal(t, x.Changed, back.Changed)
	}
}

func TestDiffsExactly(t *testing.T) { rapid.Check(t, diffsExactly(t)) }

func FuzzDiff(f *testing.F) { f.Fuzz(rapid.MakeFuzz(diffsExactly(f))) }

func BenchmarkListDiff(b *testing.B) {
	twin, old, _ := largeList(b, 10000, true)
	for _, n := range []int{1, 100, 10000} {
		rules := slices.Clone(twin.rules)
		for i := range rules[1:n] {
			rules[i+1].Party += "x"
		}
		now, err := dispatch.Compile(nil, rules, twin.m, nil, dispatch.Options{Calendar: twin.cal})
		require.NoError(b, err)
		b.Run(fmt.Sprint(n-1), func(b *testing.B) {
			for b.Loop() {
				_, err := dispatch.Diff(old, now, dispatch.DiffOptions{})
				require.NoError(b, err)
			}
		})
	}
}

func ExampleDiff() {
	m := guanlan()
	rules := []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "road", Party: "construction"},
		{ID: "R2", Role: dispatch.Lead, Matter: "*", Party: "office"},
	}
	before, _ := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	rules = append(rules, dispatch.Rule{ID: "R3", Role: dispatch.Lead, Matter: "road", Area: "xinlan-02", Party: "xinlan-community"})
	after, _ := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	place, _ := m.Lookup("xinlan-02")
	impact, err := dispatch.Diff(before, after, dispatch.DiffOptions{
		Open: []dispatch.OpenCase{{Case: "C17", Query: dispatch.Query{Matter: "road", Area: place}}, {Case: "C18", Query: dispatch.Query{Matter: "noise", Area: place}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(impact.Changed, "of", impact.Cells, "cells")
	for _, c := range impact.Changes {
		fmt.Println(c.Text("en"))
	}
	for _, c := range impact.Open {
		fmt.Println(c.Case, c.From.Party, "->", c.To.Party)
	}
	// Output:
	// 1 of 4 cells
	// road in xinlan-02: from construction to xinlan-community, 1 cells; for example road in xinlan-02 at 2026-01-05T00:00:00.000Z
	// C17 construction -> xinlan-community
}
