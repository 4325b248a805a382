package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// findingsOf compiles and answers the findings as short lines.
func findingsOf(t testing.TB, matters []dispatch.Code, rules []dispatch.Rule, m *grid.Map) []string {
	t.Helper()
	var table []dispatch.Matter
	for _, c := range matters {
		table = append(table, dispatch.Matter{Code: c})
	}
	l, err := dispatch.Compile(table, rules, m, listDirectory(t, m), dispatch.Options{Calendar: listCalendar(t)})
	require.NoError(t, err)
	var lines []string
	for _, f := range l.Findings() {
		reproduces(t, l, f)
		lines = append(lines, fmt.Sprintf("%s %s %s %s %v", f.Severity, f.Code, f.Matter, f.Area, f.Rules))
	}
	return lines
}

// TestFindingsCollapse: gaps are named by whole matters and whole areas.
func TestFindingsCollapse(t *testing.T) {
	m := listMap(t, 3, 2)
	lead := func(id, matter, area dispatch.Code) dispatch.Rule {
		return dispatch.Rule{ID: id, Role: dispatch.Lead, Matter: matter, Area: area, Party: "works"}
	}
	table := []dispatch.Code{"road.hole", "road.lamp", "noise", "waste.missed"}
	for _, tc := range []struct {
		rules []dispatch.Rule
		want  []string
	}{
		{nil, []string{"error gap * * []"}},
		{[]dispatch.Rule{lead("A", "road", "")}, []string{"error gap noise * []", "error gap waste.missed * []"}},
		{[]dispatch.Rule{lead("A", "*", "s-c2")}, []string{"error gap * s-c1 []", "error gap * s-c3 []"}},
		{[]dispatch.Rule{lead("A", "*", "s-c1"), lead("B", "*", "s-c2"), lead("C", "*", "s-c3-g2")}, []string{"error gap * s-c3-g1 []"}},
		{[]dispatch.Rule{lead("A", "noise", ""), lead("B", "waste", ""), lead("C", "road.lamp", "s-c1-g1")},
			[]string{"error gap road.hole * []", "error gap road.lamp s-c1-g2 []", "error gap road.lamp s-c2 []", "error gap road.lamp s-c3 []"}},
		{[]dispatch.Rule{lead("A", "*", ""), lead("B", "road", "s-c1")}, nil},
	} {
		require.Empty(t, cmp.Diff(tc.want, findingsOf(t, table, tc.rules, m)), "%v", tc.rules)
	}
	require.Equal(t, []string{"error gap road.lamp * []", "error gap road.sign * []"},
		findingsOf(t, []dispatch.Code{"road.hole", "road.lamp", "road.sign"}, []dispatch.Rule{lead("A", "road.hole", "")}, m))
	require.Equal(t, []string{"error gap road * []"},
		findingsOf(t, []dispatch.Code{"road.hole", "road.lamp", "noise"}, []dispatch.Rule{lead("A", "noise", "")}, m))
	// Without a table: what rules name, and all else.
	require.Equal(t, []string{"error gap other * []"}, findingsOf(t, nil, []dispatch.Rule{lead("A", "road", ""), lead("B", "noise", "")}, m))
	require.Equal(t, []string{"error gap other-2 * []"}, findingsOf(t, nil, []dispatch.Rule{lead("A", "other", "")}, m))
}

// TestFindingsClasses: main street to one party, lane to another; a place that
// is neither needs somebody, and a place that is both only warns.
func TestFindingsClasses(t *testing.T) {
	m := listMap(t, 1, 2)
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Class: "road=main", Party: "works"},
		{ID: "B", Role: dispatch.Lead, Matter: "*", Class: "road=lane", Party: "works-1"},
	}
	require.Equal(t, []string{"error gap * * []", "warning crossing * * [A B]"}, findingsOf(t, []dispatch.Code{"road"}, rules, m))
	rules = append(rules, dispatch.Rule{ID: "C", Role: dispatch.Lead, Matter: "*", Class: "park=city", Party: "young", Channel: "12345", During: dispatch.Interval{From: instant("2026-06-01T00:00:00+08:00")}},
		dispatch.Rule{ID: "D", Role: dispatch.Lead, Matter: "*", Party: "works"}, dispatch.Rule{ID: "E", Role: dispatch.Lead, Matter: "*", Party: "works"})
	require.Equal(t, []string{"error tie * * [A B C]", "warning crossing * * [A B]", "warning dead * * [E]"}, findingsOf(t, []dispatch.Code{"road"}, rules, m))
}

// TestFindingsDead: a rule is dead behind a better one, behind better ones that
// together cover it, and behind an equal one of the same party; not when one of
// them leaves a moment free.
func TestFindingsDead(t *testing.T) {
	m := listMap(t, 1, 2)
	lead := func(id dispatch.Code, class, window string) dispatch.Rule {
		return dispatch.Rule{ID: id, Role: dispatch.Lead, Matter: "*", Party: "works", Class: class, Window: window}
	}
	table := []dispatch.Code{"road"}
	z := lead("Z", "", "")
	require.Equal(t, []string{"warning dead * * [B]"}, findingsOf(t, table, []dispatch.Rule{lead("A", "road=main", ""), lead("B", "road=main", ""), z}, m))
	require.Equal(t, []string{"warning dead * * [Z]"}, findingsOf(t, table, []dispatch.Rule{lead("A", "", "work"), lead("B", "", "rest"), z}, m))
	require.Empty(t, findingsOf(t, table, []dispatch.Rule{lead("A", "", "work"), lead("B", "road=main", "rest"), z}, m))
	narrow := z
	narrow.ID, narrow.Area, narrow.Party = "N", "s-c1", "young"
	require.Equal(t, []string{"warning dead * * [Z]"}, findingsOf(t, table, []dispatch.Rule{narrow, z}, m))
	l, err := dispatch.Compile(nil, []dispatch.Rule{lead("A", "road=main", ""), lead("B", "road=main", ""), z}, m, nil, dispatch.Options{})
	require.NoError(t, err)
	require.Equal(t, dispatch.Code("A"), l.Findings()[0].By)
	require.Equal(t, "lead rule B is never first; A goes before it", l.Findings()[0].Text("en"))
}

// TestFindingsExpired: a rule outlives its party, or the party above it, or
// begins before it; only where the rule is really first.
func TestFindingsExpired(t *testing.T) {
	m := listMap(t, 1, 2)
	at := instant("2026-06-01T00:00:00+08:00")
	fallback := dispatch.Rule{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "works", Precedence: -1}
	rule := dispatch.Rule{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "old-squad"}
	expired := []string{"error expired * * [A]"}
	never := []string{"warning dead * * [Z]"}

	require.Equal(t, append(expired, never...), findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))
	rule.During.Until = at
	require.Empty(t, findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))
	rule.During.Until = at.Add(time.Millisecond)
	require.Equal(t, expired, findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))

	rule.Party, rule.During = "young", dispatch.Interval{}
	require.Equal(t, never, findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))
	rule.During.From = at.Add(-time.Millisecond)
	require.Equal(t, expired, findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))

	// A better rule takes over in time, so the old party is never asked.
	rule.Party, rule.During = "old", dispatch.Interval{}
	heir := dispatch.Rule{ID: "B", Role: dispatch.Lead, Matter: "*", Party: "young", Precedence: 1, During: dispatch.Interval{From: at}}
	require.Equal(t, never, findingsOf(t, nil, []dispatch.Rule{fallback, rule, heir}, m))
	heir.During.From = at.Add(time.Millisecond)
	require.Equal(t, append(expired, never...), findingsOf(t, nil, []dispatch.Rule{fallback, rule, heir}, m))

	rule.Role = dispatch.Notify
	fallback.Precedence = 0
	require.Equal(t, expired, findingsOf(t, nil, []dispatch.Rule{fallback, rule}, m))

	l, err := dispatch.Compile(nil, []dispatch.Rule{fallback, rule}, m, listDirectory(t, m), dispatch.Options{})
	require.NoError(t, err)
	f := l.Findings()[0]
	require.Equal(t, dispatch.Code("old"), f.Party)
	require.Equal(t, at.UTC(), f.Witness.At)
	require.Equal(t, dispatch.Code("old"), l.Match(f.Witness).Notify[0].Party)
}

// TestFindingsComplete: taking the only cover of a cell from a proved list opens
// a gap there, and doubling a rule for another party a tie.
func TestFindingsComplete(t *testing.T) {
	m := listMap(t, 2, 3)
	var rules []dispatch.Rule
	var table []dispatch.Matter
	for i, matter := range listMatters {
		table = append(table, dispatch.Matter{Code: matter})
		for r := range m.Leaves(0) {
			rules = append(rules, dispatch.Rule{ID: dispatch.Code(fmt.Sprintf("R%d-%s", i, m.Info(r).Code)), Role: dispatch.Lead, Matter: matter, Area: m.Info(r).Code, Party: "p"})
		}
	}
	// Longer matters lie below shorter ones: keep the matters that stand alone.
	rules = slices.DeleteFunc(rules, func(r dispatch.Rule) bool { return r.Matter != "noise" && r.Matter != "01" && r.Matter != "road" })
	prove := func(t require.TestingT, rules []dispatch.Rule) (*dispatch.List, []dispatch.Finding) {
		l, err := dispatch.Compile(table, rules, m, nil, dispatch.Options{})
		require.NoError(t, err)
		return l, l.Findings()
	}
	_, none := prove(t, rules)
	require.Empty(t, none)
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(rules)-1).Draw(t, "rule")
		l, findings := prove(t, slices.Delete(slices.Clone(rules), i, i+1))
		require.Len(t, findings, 1)
		require.Equal(t, dispatch.FindingGap, findings[0].Code)
		require.Equal(t, rules[i].Matter, findings[0].Matter)
		require.Equal(t, rules[i].Area, findings[0].Area)
		require.Equal(t, dispatch.NoRule, l.Match(findings[0].Witness).Status)

		double := rules[i]
		double.ID, double.Party = "twin", "q"
		l, findings = prove(t, append(slices.Clone(rules), double))
		require.Len(t, findings, 1)
		require.Equal(t, dispatch.FindingTie, findings[0].Code)
		require.Equal(t, []dispatch.Code{rules[i].ID, "twin"}, findings[0].Rules)
		require.Equal(t, dispatch.Tied, l.Match(findings[0].Witness).Status)
	})
}

// TestFindingsCapped: the list is capped and the rest counted.
func TestFindingsCapped(t *testing.T) {
	var rules []dispatch.Rule
	for i := range dispatch.FindingsMax + 5 {
		rules = append(rules, dispatch.Rule{ID: dispatch.Code(fmt.Sprintf("R%04d", i)), Role: dispatch.Lead, Matter: "*", Party: "works"})
	}
	l, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{})
	require.NoError(t, err)
	findings := l.Findings()
	require.Len(t, findings, dispatch.FindingsMax+1)
	last := findings[dispatch.FindingsMax]
	require.Equal(t, dispatch.FindingMore, last.Code)
	require.Equal(t, 4, last.Count)
	require.Equal(t, "4 more findings", last.Text("en"))
	cert := l.Prove()
	require.Len(t, cert.Findings, dispatch.FindingsMax+1)
	require.Equal(t, dispatch.FindingsMax+4, cert.Count(dispatch.FindingDead))
}
