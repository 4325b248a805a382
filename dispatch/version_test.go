package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

func TestListVersions(t *testing.T) {
	m := listMap(t, 1, 2)
	first, second := instant("2026-01-01T00:00:00+08:00"), instant("2026-07-01T00:00:00+08:00")
	versions := []dispatch.Version{{Code: "v2", From: second, Reason: "机构改革", Notice: "2026-12", ApprovedBy: "office"}, {Code: "v1", From: first}}
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "old", Version: "v1"}, {ID: "B", Role: dispatch.Lead, Matter: "*", Area: "s-c1-g1", Party: "new", Version: "v2"},
		{ID: "C", Role: dispatch.Lead, Matter: "rest", Party: "always"},
	}
	compile := func(versions []dispatch.Version, rules []dispatch.Rule) *dispatch.List {
		l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{Versions: versions})
		require.NoError(t, err)
		return l
	}
	l := compile(versions, rules)
	lead := func(matter dispatch.Code, at time.Time) dispatch.Code {
		return l.Match(dispatch.Query{Matter: matter, Area: listRef(t, m, "s-c1-g1"), At: at}).Lead.Party
	}
	require.Equal(t, dispatch.Code(""), lead("x", first.Add(-time.Millisecond)))
	require.Equal(t, dispatch.Code("old"), lead("x", first))
	require.Equal(t, dispatch.Code("old"), lead("x", second.Add(-time.Millisecond)))
	require.Equal(t, dispatch.Code("new"), lead("x", second))
	require.Equal(t, dispatch.Code("always"), lead("rest", first.Add(-time.Hour)))
	v, ok := l.Version(second)
	require.True(t, ok)
	require.Equal(t, "2026-12", v.Notice)
	_, ok = l.Version(first.Add(-time.Millisecond))
	require.False(t, ok)
	require.NotEqual(t, l.Hash(), compile(nil, rules).Hash())

	// Before the first version nobody leads; after the second the other grid has
	// lost its lead, which the version before had.
	byCode := map[dispatch.FindingCode][]dispatch.Finding{}
	rules[0].During.From = first
	versions[1].From = time.Time{}
	rules = append(rules, dispatch.Rule{ID: "D", Role: dispatch.Lead, Matter: "*", Party: "past", During: dispatch.Interval{Until: first}})
	l = compile(versions, rules)
	for _, f := range l.Findings() {
		byCode[f.Code] = append(byCode[f.Code], f)
		reproduces(t, l, f)
	}
	require.Len(t, byCode, 1)
	require.Len(t, byCode[dispatch.FindingHandover], 1)
	f := byCode[dispatch.FindingHandover][0]
	require.Equal(t, dispatch.Code("s-c1-g2"), f.Area)
	require.Equal(t, dispatch.Code("other"), f.Witness.Matter)
	require.Equal(t, second.UTC(), f.Witness.At)

	// A version that ends before the next begins leaves a hole in time.
	rules[1].Area = ""
	require.Empty(t, compile(versions, rules).Findings())
	versions[1].Until = second.Add(-time.Hour)
	l = compile(versions, rules)
	findings := l.Findings()
	require.Len(t, findings, 1)
	require.Equal(t, dispatch.FindingHandover, findings[0].Code)
	require.Equal(t, second.Add(-time.Hour).UTC(), findings[0].Witness.At)
	reproduces(t, l, findings[0])
	_, ok = l.Version(second.Add(-time.Minute))
	require.False(t, ok)
}

func TestVersionFaults(t *testing.T) {
	m := listMap(t, 1, 1)
	at := instant("2026-01-01T00:00:00Z")
	for _, tc := range []struct {
		field    string
		err      error
		versions []dispatch.Version
	}{
		{"code", dispatch.ErrCode, []dispatch.Version{{Code: "a b", From: at}}},
		{"code", dispatch.ErrDuplicate, []dispatch.Version{{Code: "v", From: at}, {Code: "v", From: at.Add(time.Hour)}}},
		{"from", dispatch.ErrDuplicate, []dispatch.Version{{Code: "v", From: at}, {Code: "w", From: at}}},
		{"from", dispatch.ErrNotMillis, []dispatch.Version{{Code: "v", From: at.Add(1)}}},
		{"until", dispatch.ErrInterval, []dispatch.Version{{Code: "v", From: at, Until: at}}},
		{"until", dispatch.ErrOverlap, []dispatch.Version{{Code: "v", From: at, Until: at.Add(2 * time.Hour)}, {Code: "w", From: at.Add(time.Hour)}}},
		{"approved_by", dispatch.ErrCode, []dispatch.Version{{Code: "v", From: at, ApprovedBy: "a b"}}},
		{"reason", dispatch.ErrText, []dispatch.Version{{Code: "v", From: at, Reason: "\xff"}}},
		{"versions", dispatch.ErrTooMany, make([]dispatch.Version, dispatch.VersionsMax+1)},
	} {
		_, err := dispatch.Compile(nil, nil, m, nil, dispatch.Options{Versions: tc.versions})
		require.ErrorIs(t, err, tc.err, tc.field)
		require.Equal(t, tc.field, err.(*dispatch.BuildError).Faults[0].Field)
		require.Contains(t, err.(*dispatch.BuildError).Faults[0].Text("zh"), "版本")
	}
	rule := dispatch.Rule{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "p", Version: "v9"}
	_, err := dispatch.Compile(nil, []dispatch.Rule{rule}, m, nil, dispatch.Options{Versions: []dispatch.Version{{Code: "v", From: at}}})
	require.ErrorIs(t, err, dispatch.ErrVersion)
}

// versionsStand draws a list in two versions and publishes a third: before that
// begins, every answer stands.
func versionsStand(tb testing.TB) func(*rapid.T) {
	m, cal := listMap(tb, 2, 2), listCalendar(tb)
	return func(t *rapid.T) {
		versions := []dispatch.Version{{Code: "v1", From: listDates[2]}, {Code: "v2", From: listDates[3]}}
		var rules []dispatch.Rule
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			rules = append(rules, drawRule(t, i, false))
		}
		third := listDates[4]
		later := append(versions[:2:2], dispatch.Version{Code: "v3", From: third})
		var before []dispatch.Rule
		for _, r := range rules {
			if r.Version != "v3" {
				before = append(before, r)
			}
		}
		old, err := dispatch.Compile(nil, before, m, nil, dispatch.Options{Calendar: cal, Versions: versions})
		require.NoError(t, err)
		now, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{Calendar: cal, Versions: later})
		require.NoError(t, err)
		for range 8 {
			q := drawQuery(t, m)
			if !q.At.Before(third) {
				q.At = third.Add(-time.Millisecond)
			}
			a, b := old.Match(q), now.Match(q)
			if b.Status == dispatch.NoRule && a.Status == dispatch.NoList {
				b.Status = a.Status // v3 brought the first lead rule
			}
			require.Empty(t, cmp.Diff(a, b))
		}
	}
}

func TestVersionsStand(t *testing.T) { rapid.Check(t, versionsStand(t)) }

func FuzzVersions(f *testing.F) { f.Fuzz(rapid.MakeFuzz(versionsStand(f))) }

// explainBound asks for rules in two versions at days on every side: the instant that a
// candidate out of force needs is where its verdict changes, whether its own interval or
// its version of the list sets the bound.
func explainBound(tb testing.TB) func(*rapid.T) {
	m, first := listMap(tb, 1, 1), instant("2026-01-01T00:00:00Z")
	return func(t *rapid.T) {
		day := func(label string) time.Time { return first.AddDate(0, 0, rapid.IntRange(1, 19).Draw(t, label)) }
		versions := []dispatch.Version{{Code: "v1", From: first}, {Code: "v2", From: day("second")}}
		var rules []dispatch.Rule
		for _, version := range []dispatch.Code{"v1", "v2", ""} {
			r := dispatch.Rule{ID: "r" + version, Role: dispatch.Assist, Matter: "*", Party: "p" + version, Version: version}
			if rapid.Bool().Draw(t, "begins") {
				r.During.From = day("from")
			}
			if rapid.Bool().Draw(t, "ends") {
				begin := first
				if !r.During.From.IsZero() {
					begin = r.During.From
				}
				r.During.Until = begin.AddDate(0, 0, rapid.IntRange(1, 9).Draw(t, "days"))
			}
			rules = append(rules, r)
		}
		l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{Versions: versions})
		require.NoError(t, err)
		ask := func(rule dispatch.Code, at time.Time) dispatch.Candidate {
			x := l.Explain(dispatch.Query{Matter: "x", Area: listRef(tb, m, "s-c1-g1"), At: at})
			i := slices.IndexFunc(x.Candidates, func(c dispatch.Candidate) bool { return c.Rule == rule })
			require.GreaterOrEqual(t, i, 0)
			return x.Candidates[i]
		}
		for _, r := range rules {
			seen := map[dispatch.Verdict][]string{} // what was needed, by verdict, on every day
			for d := -2; d < 32; d++ {
				c := ask(r.ID, first.AddDate(0, 0, d))
				seen[c.Verdict] = append(seen[c.Verdict], c.Needs)
			}
			if len(seen[dispatch.VerdictWon]) == 0 {
				continue // its interval and its version never meet
			}
			for _, out := range []dispatch.Verdict{dispatch.VerdictNotYet, dispatch.VerdictNoLonger} {
				for _, needs := range seen[out] {
					bound, err := time.Parse(time.RFC3339, needs)
					require.NoError(t, err)
					sides := []dispatch.Verdict{ask(r.ID, bound.Add(-time.Millisecond)).Verdict, ask(r.ID, bound).Verdict}
					require.ElementsMatch(t, []dispatch.Verdict{out, dispatch.VerdictWon}, sides)
				}
			}
		}
	}
}

func TestExplainBound(t *testing.T) { rapid.Check(t, explainBound(t)) }

func FuzzExplainBound(f *testing.F) { f.Fuzz(rapid.MakeFuzz(explainBound(f))) }
