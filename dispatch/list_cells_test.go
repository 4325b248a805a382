package dispatch_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// multiplied is 200 rules of the whole list that never always apply and stand
// behind each of 2,400 others, which cells cannot hold for every class.
func multiplied() []dispatch.Rule {
	var rules []dispatch.Rule
	for i := range 200 {
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("Z%04d", i)), Role: dispatch.Lead, Matter: "*", Condition: fmt.Sprint(i), Party: dispatch.Code(fmt.Sprintf("p%d", i)),
		})
	}
	for i := range 2400 {
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("R%04d", i)), Role: dispatch.Lead, Matter: dispatch.Code(fmt.Sprintf("k%d", i%10)),
			Area: dispatch.Code(fmt.Sprintf("s-c%d-g%d", 1+i/10%17, 1+i/170)), Condition: fmt.Sprint(i % 7), Party: dispatch.Code(fmt.Sprintf("q%d", i%9)),
		})
	}
	return rules
}

// TestListTooLargeForCells: what Match answers does not depend on which classes
// have cells.
func TestListTooLargeForCells(t *testing.T) {
	m, rules := listMap(t, 17, 15), multiplied()
	twin := naive{rules: rules, m: m, zone: shanghai}
	l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	decided := 0
	for i := range 300 {
		q := dispatch.Query{
			Matter: dispatch.Code(fmt.Sprintf("k%d.x", i%11)), Condition: fmt.Sprint(i % 13),
			Area: listRef(t, m, dispatch.Code(fmt.Sprintf("s-c%d-g%d", 1+i%17, 1+i%15))),
		}
		if i%3 == 0 {
			q.Condition = fmt.Sprint(100 + i)
		}
		want := twin.match(q)
		require.Empty(t, cmp.Diff(want, l.Match(q), emptyEqual), "%+v", q)
		require.Empty(t, cmp.Diff(want, l.Explain(q).Decision, emptyEqual), "%+v", q)
		if want.Lead.Rule != "" && want.Lead.Rule[0] == 'R' {
			decided++
		}
	}
	require.Greater(t, decided, 10)
}

// TestListMatterTable: every matter of a large table is found, whatever its
// length, and none beside them.
func TestListMatterTable(t *testing.T) {
	m := listMap(t, 1, 1)
	var matters []dispatch.Matter
	for i := range 5000 {
		n := fmt.Sprint(i)
		for _, c := range []string{n, "x" + n, "waste." + n, "waste.missed." + n, "waste.missed.again." + n, n + ".waste.missed.again.and.again"} {
			matters = append(matters, dispatch.Matter{Code: dispatch.Code(c)})
		}
	}
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "waste", Party: "waste"}, {ID: "B", Role: dispatch.Lead, Matter: "*", Party: "all"},
		{ID: "C", Role: dispatch.Lead, Matter: "waste.missed.again", Party: "again"}, {ID: "D", Role: dispatch.Lead, Matter: "1", Party: "one"},
	}
	l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	twin := naive{rules: rules, m: m, zone: shanghai}
	for i, matter := range matters {
		q := dispatch.Query{Matter: matter.Code, Area: 1}
		got := l.Match(q)
		require.Equal(t, dispatch.Decided, got.Status, matter.Code)
		if i%29 == 0 {
			require.Empty(t, cmp.Diff(twin.match(q), got, emptyEqual), matter.Code)
		}
		for _, other := range []dispatch.Code{matter.Code + "!", "?" + matter.Code, "5000"} {
			require.Equal(t, dispatch.UnknownMatter, l.Match(dispatch.Query{Matter: other, Area: 1}).Status, other)
		}
	}
}

// TestListTieBehindOneParty: equal first rules tie though the first two name one
// party.
func TestListTieBehindOneParty(t *testing.T) {
	m := listMap(t, 1, 1)
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "works"}, {ID: "B", Role: dispatch.Lead, Matter: "road", Party: "works"},
		{ID: "C", Role: dispatch.Lead, Matter: "road", Party: "urban"}, {ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "desk"},
	}
	l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	d := l.Match(dispatch.Query{Matter: "road", Area: 1})
	require.Equal(t, dispatch.Decision{Status: dispatch.Tied, Tie: []dispatch.Code{"A", "B", "C"}}, d)
}

// TestDiffTooLargeForCells: nor does what Diff counts.
func TestDiffTooLargeForCells(t *testing.T) {
	m, rules := listMap(t, 17, 15), multiplied()
	old, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	for i := range rules {
		if i >= 200 && i%211 == 0 {
			rules[i].Party += "x"
		}
	}
	now, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	impact, err := dispatch.Diff(old, now, dispatch.DiffOptions{})
	require.NoError(t, err)
	cells, changed := 0, 0
	for _, matter := range []dispatch.Code{"*x", "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"} {
		for leaf := range m.Leaves(0) {
			cells++
			for i := range 200 {
				q := dispatch.Query{Matter: matter, Area: leaf, Condition: fmt.Sprint(i)}
				if whoLeads(old, q) != whoLeads(now, q) {
					changed++
					break
				}
			}
		}
	}
	require.Equal(t, cells, impact.Cells)
	require.NotZero(t, changed)
	require.Equal(t, changed, impact.Changed)
	for _, c := range impact.Changes {
		require.NotEqual(t, whoLeads(old, c.Witness), whoLeads(now, c.Witness))
	}
}
