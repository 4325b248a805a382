package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// proveDirectory is two communities under an office, with squads and posts.
func proveDirectory(t testing.TB, m *grid.Map) *party.Directory {
	t.Helper()
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{
			{Code: "office"}, {Code: "c1", Parent: "office", Area: "s-c1"}, {Code: "c1-squad", Parent: "c1"}, {Code: "c2", Parent: "office", Area: "s-c2"},
		},
		Posts: []party.Post{{Code: "g1", Party: "c1", Area: "s-c1-g1"}, {Code: "c1-post", Party: "c1"}},
	})
	require.NoError(t, err)
	return d
}

func TestProveCertificate(t *testing.T) {
	m := listMap(t, 2, 3)
	dir := proveDirectory(t, m)
	table := []dispatch.Matter{{Code: "road.hole"}, {Code: "road.lamp"}, {Code: "noise"}}
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "office", Budget: budget("1d")}, {ID: "B", Role: dispatch.Lead, Matter: "noise", Party: "office", Budget: budget("1d")},
		{ID: "C", Role: dispatch.Lead, Matter: "noise", Area: "s-c1-g2", Party: "c1", Budget: budget("1d")},
	}
	l, err := dispatch.Compile(table, rules, m, dir, dispatch.Options{})
	require.NoError(t, err)
	cert := l.Prove()
	require.True(t, cert.OK())
	require.Empty(t, cert.Findings)
	require.Equal(t, 3, cert.Rules)
	// road: one cell; noise: before, in and after the grid.
	require.Equal(t, 4, cert.Cells)
	require.Equal(t, dispatch.Sum(l.Hash()), cert.List)
	require.Equal(t, dispatch.Sum(m.Hash()), cert.Map)
	require.Equal(t, dispatch.Sum(dir.Hash()), cert.Directory)
	require.NotZero(t, cert.Matters)
	require.Equal(t, cert, l.Prove(), "the same again")

	// Taking the sole cover away opens a gap whose witness shows it.
	for i := range rules[:2] {
		l, err = dispatch.Compile(table, slices.Delete(slices.Clone(rules), i, i+1), m, dir, dispatch.Options{})
		require.NoError(t, err)
		cert = l.Prove()
		require.False(t, cert.OK())
		require.Positive(t, cert.Count(dispatch.FindingGap))
		for _, f := range cert.Findings {
			reproduces(t, l, f)
		}
	}
	other, err := dispatch.Compile(table[:2], rules[:1], m, nil, dispatch.Options{})
	require.NoError(t, err)
	require.NotEqual(t, cert.Matters, other.Prove().Matters)
	require.Zero(t, other.Prove().Directory)

	require.False(t, (*dispatch.List)(nil).Prove().OK())
	require.False(t, (*dispatch.Certificate)(nil).OK())
	require.Zero(t, (*dispatch.Certificate)(nil).Count(dispatch.FindingGap))
}

// adviceOf lists code and rule of what Prove says besides Findings.
func adviceOf(t *testing.T, m *grid.Map, opts dispatch.Options, rules ...dispatch.Rule) []string {
	t.Helper()
	rules = append(rules, dispatch.Rule{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "office", Budget: budget("9d")})
	l, err := dispatch.Compile(nil, rules, m, proveDirectory(t, m), opts)
	require.NoError(t, err)
	var out []string
	for _, f := range l.Prove().Findings {
		switch f.Code {
		case dispatch.FindingJurisdiction, dispatch.FindingSelfWide:
			require.True(t, f.HasWitness)
			dir := proveDirectory(t, m)
			own, _ := dir.Party(f.Party)
			area := own.Area
			if post, ok := dir.Post(f.Post); ok && f.Code == dispatch.FindingSelfWide && post.Area != "" {
				area = post.Area
			}
			if area != "" {
				require.False(t, m.Contains(listRef(t, m, area), f.Witness.Area), f.Text("en"))
			}
			require.True(t, slices.ContainsFunc(l.Explain(f.Witness).Candidates, func(c dispatch.Candidate) bool { return c.Rule == f.Rules[0] }))
		case dispatch.FindingNoBudget:
			d := l.Match(f.Witness)
			require.Equal(t, f.Rules[0], d.Lead.Rule)
			require.True(t, d.Lead.Budget.IsZero())
		}
		if f.Code != dispatch.FindingDead {
			out = append(out, fmt.Sprint(f.Code, " ", f.Rules[0]))
		}
	}
	return out
}

func TestProveAdvice(t *testing.T) {
	m := listMap(t, 2, 2)
	day := budget("1d")
	for _, tc := range []struct {
		rule dispatch.Rule
		want []string
	}{
		{dispatch.Rule{Party: "c1", Area: "s-c1", Budget: day}, nil},
		{dispatch.Rule{Party: "c1", Area: "s-c1-g2", Budget: day}, nil},
		{dispatch.Rule{Party: "office", Budget: day}, nil},
		{dispatch.Rule{Party: "c1", Area: "s", Budget: day}, []string{"jurisdiction A"}},
		{dispatch.Rule{Party: "c1", Budget: day}, []string{"jurisdiction A"}},
		{dispatch.Rule{Party: "c1", Area: "s-c2-g1", Budget: day}, []string{"jurisdiction A"}},
		{dispatch.Rule{Party: "c1-squad", Area: "s-c2", Budget: day}, []string{"jurisdiction A"}}, // serves what the community above it serves
		{dispatch.Rule{Party: "g1", Area: "s-c1", Budget: day}, nil},
		{dispatch.Rule{Party: "g1", Area: "s-c1", Budget: day, Mode: dispatch.Self}, []string{"self wide A"}},
		{dispatch.Rule{Party: "g1", Area: "s-c1-g1", Budget: day, Mode: dispatch.Self}, nil},
		{dispatch.Rule{Party: "c1-post", Area: "s-c1", Budget: day, Mode: dispatch.Self}, nil},
		{dispatch.Rule{Party: "c1", Area: "s-c2", Budget: day, Mode: dispatch.Self}, []string{"jurisdiction A", "self wide A"}},
		{dispatch.Rule{Party: "c1", Area: "s-c1"}, []string{"no budget A"}},
	} {
		tc.rule.ID, tc.rule.Role, tc.rule.Matter = "A", dispatch.Lead, "road"
		require.Equal(t, tc.want, adviceOf(t, m, dispatch.Options{}, tc.rule), "%+v", tc.rule)
	}
	notify := dispatch.Rule{ID: "A", Role: dispatch.Notify, Matter: "road", Party: "c1"}
	require.Empty(t, adviceOf(t, m, dispatch.Options{}, notify), "anybody may be told")
}

// TestProveBudgets: a standard is enough where it covers all matters and all
// year, and not where it does not.
func TestProveBudgets(t *testing.T) {
	m := listMap(t, 2, 1)
	rules := []dispatch.Rule{{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "office"}, {ID: "B", Role: dispatch.Lead, Matter: "road.hole", Party: "office"}}
	with := func(list ...dispatch.Standard) dispatch.Options {
		s, err := dispatch.NewStandards(list, time.UTC)
		require.NoError(t, err)
		return dispatch.Options{Standards: s}
	}
	day := budget("1d")
	require.Equal(t, []string{"no budget A", "no budget B"}, adviceOf(t, m, dispatch.Options{}, rules...))
	require.Empty(t, adviceOf(t, m, with(dispatch.Standard{Matter: "road", Limit: day}), rules...))
	require.Equal(t, []string{"no budget A"}, adviceOf(t, m, with(dispatch.Standard{Matter: "road.hole", Limit: day}), rules...))
	require.Equal(t, []string{"no budget A", "no budget B"}, adviceOf(t, m, with(dispatch.Standard{Matter: "*", Condition: "broken", Limit: day}), rules...))
	spring, rest := dispatch.Standard{Matter: "*", Season: "03-01..05-31", Limit: day}, dispatch.Standard{Matter: "*", Season: "06-01..02-29", Limit: day}
	require.Equal(t, []string{"no budget A", "no budget B"}, adviceOf(t, m, with(spring), rules...))
	require.Equal(t, []string{"no budget A", "no budget B"}, adviceOf(t, m, with(rest), rules...))
	require.Empty(t, adviceOf(t, m, with(spring, rest), rules...))
	rules[0].Condition, rules[1].Condition = "broken", "broken"
	require.Empty(t, adviceOf(t, m, with(dispatch.Standard{Matter: "*", Condition: "broken", Limit: day}), rules...))
}

// staffedWorld is a rotation with nights off, a vacancy and leave, drawn.
func staffedWorld(t *rapid.T, m *grid.Map) *party.Directory {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	date := func(text string) roster.Date {
		d, err := roster.ParseDate(text)
		require.NoError(t, err)
		return d
	}
	plan := roster.Plan{}
	if pick("rotation", 2) == 0 {
		hours, err := roster.ParseHours([]string{"08:00-20:00", "08:00-12:00;14:00-18:00", "00:00-24:00", "20:00-08:00"}[pick("hours", 4)])
		require.NoError(t, err)
		plan.Rotations = []roster.Rotation{{Post: "p1", Start: date("2026-03-01"), Hours: hours, Members: []roster.Member{{Person: "an"}, {Person: "bo"}}[:1+pick("members", 2)]}}
	}
	for i := range pick("leaves", 4) {
		plan.Exceptions = append(plan.Exceptions, roster.Exception{
			Date: date(fmt.Sprintf("2026-03-%02d", 3+pick(fmt.Sprint("date", i), 9))), Kind: roster.Leave, Person: []roster.Code{"an", "bo", "chu"}[i%3],
		})
	}
	r, err := roster.New(shanghai, plan)
	require.NoError(t, err)
	from := instant("2026-03-01T00:00:00+08:00")
	appointed := party.Interval{From: from}
	if pick("ends", 2) == 0 {
		appointed.Until = from.Add(time.Duration(1+pick("hours served", 300)) * time.Hour)
	}
	posts := []party.Post{{Code: "p1", Party: "office"}, {Code: "p2", Party: "office"}, {Code: "p3", Party: "squad"}}
	if pick("deputy", 2) == 0 {
		posts[0].Deputy = "p2"
	}
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{{Code: "office"}, {Code: "squad", Parent: "office", During: party.Interval{From: from.AddDate(0, 0, pick("founded", 6))}}},
		People:  []party.Person{{Code: "an"}, {Code: "bo"}, {Code: "chu"}},
		Posts:   posts,
		Appointments: []party.Appointment{
			{Person: "an", Post: "p1", Kind: party.Resident, During: party.Interval{From: from.AddDate(-1, 0, 0)}},
			{Person: "bo", Post: "p1", Kind: party.Resident, During: party.Interval{From: from.AddDate(-1, 0, 0)}},
			{Person: "chu", Post: "p2", Kind: party.Resident, During: appointed},
			{Person: "bo", Post: "p3", Kind: party.Resident, During: appointed},
		},
		Roster: r,
	})
	require.NoError(t, err)
	return d
}

// staffedExactly draws a world and a list: what ProveStaffed reports is so to the
// millisecond, and what it does not report is not.
func staffedExactly(tb testing.TB) func(*rapid.T) {
	m, cal := listMap(tb, 1, 1), listCalendar(tb)
	return func(t *rapid.T) {
		dir := staffedWorld(t, m)
		from := instant("2026-03-02T07:30:00+08:00")
		until := from.AddDate(0, 0, 12)
		windows := []string{"", "work", "rest", "18:00-08:00"}
		window := windows[rapid.IntRange(0, 3).Draw(t, "window")]
		rules := []dispatch.Rule{
			{ID: "A", Role: dispatch.Lead, Matter: "a", Party: "p1", Window: window},
			{ID: "B", Role: dispatch.Lead, Matter: "b", Party: "p2", During: dispatch.Interval{From: from.AddDate(0, 0, 2), Until: from.AddDate(0, 0, 9)}},
			{ID: "C", Role: dispatch.Lead, Matter: "c", Party: "p3"}, {ID: "D", Role: dispatch.Lead, Matter: "d", Party: "squad"},
			{ID: "E", Role: dispatch.Notify, Matter: "*", Party: "p3"},
		}
		l, err := dispatch.Compile(nil, rules, m, dir, dispatch.Options{Calendar: cal})
		require.NoError(t, err)
		findings, err := dispatch.ProveStaffed(l, dir, from, until)
		require.NoError(t, err)
		there := func(r dispatch.Rule, at time.Time) bool {
			if _, ok := dir.Party(r.Party); ok {
				return dir.Active(r.Party, at)
			}
			return dir.OnDuty(r.Party, at).Person != ""
		}
		byID := map[dispatch.Code]dispatch.Rule{}
		for _, r := range rules {
			byID[r.ID] = r
		}
		twin := naive{rules: rules, m: m, cal: cal, zone: shanghai}
		for _, f := range findings {
			r := byID[f.Rules[0]]
			require.NotEqual(t, dispatch.Notify, r.Role)
			require.True(t, f.During.Holds(f.Witness.At))
			require.True(t, twin.applies(r, f.Witness), f.Text("en"))
			require.False(t, there(r, f.Witness.At))
			require.False(t, there(r, f.During.From))
			require.False(t, there(r, f.During.Until.Add(-time.Millisecond)))
			require.True(t, f.During.From.Equal(from) || there(r, f.During.From.Add(-time.Millisecond)), f.Text("en"))
			require.True(t, f.During.Until.Equal(until) || there(r, f.During.Until), f.Text("en"))
		}
		for range 30 {
			at := from.Add(time.Duration(rapid.Int64Range(0, until.Sub(from).Milliseconds()-1).Draw(t, "at")) * time.Millisecond)
			if rapid.Bool().Draw(t, "round") {
				if at = at.Truncate(time.Hour); at.Before(from) {
					at = from
				}
			}
			for _, r := range rules[:4] {
				q := dispatch.Query{Matter: r.Matter, Area: 1, At: at}
				found := slices.ContainsFunc(findings, func(f dispatch.Finding) bool { return f.During.Holds(at) && slices.Contains(f.Rules, r.ID) })
				if twin.applies(r, q) && !there(r, at) {
					require.True(t, found, "%s at %s\n%+v", r.ID, at, findings)
				}
				if there(r, at) {
					require.False(t, found, "%s at %s", r.ID, at)
				}
			}
		}
	}
}

func TestProveStaffedExactly(t *testing.T) { rapid.Check(t, staffedExactly(t)) }

func FuzzProveStaffed(f *testing.F) { f.Fuzz(rapid.MakeFuzz(staffedExactly(f))) }

func TestProveStaffedErrors(t *testing.T) {
	m := listMap(t, 1, 1)
	l, err := dispatch.Compile(nil, []dispatch.Rule{{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "p"}}, m, nil, dispatch.Options{})
	require.NoError(t, err)
	at := instant("2026-01-01T00:00:00Z")
	_, err = dispatch.ProveStaffed(nil, nil, at, at.Add(time.Hour))
	require.ErrorIs(t, err, dispatch.ErrNoList)
	_, err = dispatch.ProveStaffed(l, nil, at, at)
	require.ErrorIs(t, err, dispatch.ErrInterval)
	_, err = dispatch.ProveStaffed(l, nil, at, at.AddDate(5, 0, 0))
	require.ErrorIs(t, err, dispatch.ErrTooMany)
	findings, err := dispatch.ProveStaffed(l, nil, at, at.Add(time.Hour))
	require.NoError(t, err)
	require.Len(t, findings, 1, "an empty directory has nobody")
}

func ExampleList_Prove() {
	list, _ := dispatch.Compile(
		[]dispatch.Matter{{Code: "road.hole"}, {Code: "road.lamp"}, {Code: "noise"}},
		[]dispatch.Rule{
			{ID: "R1", Role: dispatch.Lead, Matter: "road", Party: "construction", Budget: budget("3wd")},
			{ID: "R2", Role: dispatch.Lead, Matter: "noise", Area: "xinlan-01", Party: "squad"},
		}, guanlan(), nil, dispatch.Options{})
	cert := list.Prove()
	fmt.Println(cert.OK(), cert.Rules, "rules", cert.Cells, "cells")
	for _, f := range cert.Findings {
		fmt.Println(f.Severity, f.Text("en"))
	}
	// Output:
	// false 2 rules 4 cells
	// error nobody leads noise in xinlan-02: for example noise in xinlan-02 at 2026-01-05T00:00:00.000Z
	// warning lead rule R2 sets no time limit and no standard does: noise in xinlan-01, for example noise in xinlan-01 at 2026-01-05T00:00:00.000Z
}
