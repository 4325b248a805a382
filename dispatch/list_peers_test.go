package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// reversed compiles rules in the order given and in the opposite one.
func reversed(t *testing.T, matters []dispatch.Matter, rules []dispatch.Rule) [2]*dispatch.List {
	m := listMap(t, 2, 2)
	var out [2]*dispatch.List
	for i := range out {
		l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{})
		require.NoError(t, err)
		out[i] = l
		rules = slices.Clone(rules)
		slices.Reverse(rules)
	}
	return out
}

// grule keeps rules in a map: of equal salience another one won from run to run.
// Resgrid lets the newest of two equal run cards win. Here it is a tie, the same
// whatever the order, named with both rules before any event comes.
func TestPeersEqualRulesTie(t *testing.T) {
	for _, l := range reversed(t, nil, []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "fire", Party: "north", Precedence: 5}, {ID: "B", Role: dispatch.Lead, Matter: "fire", Party: "south", Precedence: 5},
		{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "desk"},
	}) {
		for range 50 {
			d := l.Match(dispatch.Query{Matter: "fire", Area: 1})
			require.Equal(t, dispatch.Decision{Status: dispatch.Tied, Tie: []dispatch.Code{"A", "B"}}, d)
		}
		cert := l.Prove()
		require.False(t, cert.OK())
		require.Equal(t, 1, cert.Count(dispatch.FindingTie))
		require.Equal(t, []dispatch.Code{"A", "B"}, cert.Findings[0].Rules)
		require.Equal(t, dispatch.Tied, l.Match(cert.Findings[0].Witness).Status)
	}
}

// A DMN table with hit policy FIRST, and the first rule of a Rego document that
// returns, answer by the order of rows. Here moving rows changes nothing, and a row
// that can never be first is named with the one before it.
func TestPeersOrderOfRowsDoesNotMatter(t *testing.T) {
	rules := []dispatch.Rule{
		{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "desk"}, {ID: "A", Role: dispatch.Lead, Matter: "road", Party: "works"},
		{ID: "B", Role: dispatch.Lead, Matter: "road.hole", Area: "s-c1", Party: "c1"}, {ID: "C", Role: dispatch.Lead, Matter: "road", Party: "works", Channel: "12345"},
	}
	lists := reversed(t, nil, rules)
	require.Equal(t, lists[0].Hash(), lists[1].Hash())
	require.Equal(t, lists[0].Prove(), lists[1].Prove())
	for _, matter := range []dispatch.Code{"road", "road.hole", "noise"} {
		for area := range lists[0].Map().Leaves(0) {
			q := dispatch.Query{Matter: matter, Area: area, Channel: "12345"}
			require.Equal(t, lists[0].Match(q), lists[1].Match(q))
		}
	}
	cert := lists[0].Prove()
	require.Equal(t, 1, cert.Count(dispatch.FindingDead), "C says what A says, and A is asked first")
}

// Camunda #62594: 3,700 rows with hit policy FIRST took 55 ms, because all rows
// are evaluated. A list of as many looks at some dozens at most.
func TestPeersManyRowsAreNotScanned(t *testing.T) {
	_, l, queries := largeList(t, 3700, true)
	for _, q := range queries {
		require.Less(t, dispatch.Looks(l, q), 3700/37, "%v", q)
	}
}

// DIGIT #1028: a whole tenant had no target times, because the configuration stood
// one level up, and nobody had proved that any was missing. Here each lead without
// a limit is a finding, and a limit one matter up covers those below.
func TestPeersTenantWithoutLimits(t *testing.T) {
	m := listMap(t, 2, 2)
	matters := []dispatch.Matter{{Code: "pgr.light"}, {Code: "pgr.waste"}, {Code: "pgr.water"}}
	var rules []dispatch.Rule
	for i, matter := range matters {
		rules = append(rules, dispatch.Rule{ID: dispatch.Code(fmt.Sprintf("R%d", i)), Role: dispatch.Lead, Matter: matter.Code, Party: "works"})
	}
	missing := func(standards ...dispatch.Standard) []dispatch.Code {
		s, err := dispatch.NewStandards(standards, time.UTC)
		require.NoError(t, err)
		l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{Standards: s})
		require.NoError(t, err)
		var out []dispatch.Code
		for _, f := range l.Prove().Findings {
			require.Equal(t, dispatch.FindingNoBudget, f.Code)
			d := l.Match(f.Witness)
			require.Equal(t, dispatch.Decided, d.Status)
			require.True(t, d.Lead.Budget.IsZero() && d.Standard == "", "the witness shows it")
			out = append(out, f.Rules...)
		}
		return out
	}
	require.Equal(t, []dispatch.Code{"R0", "R1", "R2"}, missing(dispatch.Standard{Matter: "other", Limit: budget("5wd")}))
	require.Equal(t, []dispatch.Code{"R0", "R2"}, missing(dispatch.Standard{Matter: "pgr.waste", Limit: budget("5wd")}))
	require.Empty(t, missing(dispatch.Standard{Matter: "pgr", Limit: budget("5wd")}))
}

// TestProveEveryFault: each fault that a list can have is planted once in a sound
// list, is the only one found, and its witness shows it.
func TestProveEveryFault(t *testing.T) {
	m := listMap(t, 2, 2)
	day := budget("1d")
	first, second := instant("2026-01-01T00:00:00+08:00"), instant("2026-07-01T00:00:00+08:00")
	dir, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{{Code: "office"}, {Code: "c1", Area: "s-c1"}, {Code: "old", During: dispatch.Interval{Until: second}}},
		Posts:   []party.Post{{Code: "g1", Party: "c1", Area: "s-c1-g1"}},
	})
	require.NoError(t, err)
	sound := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "road", Party: "office", Budget: day},
		{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "office", Budget: day},
	}
	versions := []dispatch.Version{{Code: "v1", From: first, Until: second.AddDate(0, 0, -1), ApprovedBy: "office", Reason: "first"}, {Code: "v2", From: second, ApprovedBy: "office", Reason: "next"}}
	lead := func(id, matter, area, who dispatch.Code) dispatch.Rule {
		return dispatch.Rule{ID: id, Role: dispatch.Lead, Matter: matter, Area: area, Party: who, Budget: day}
	}
	self := lead("B", "road", "s-c1", "g1")
	self.Mode = dispatch.Self
	bare := lead("B", "road", "s-c1", "c1")
	bare.Budget = budget("")
	before := lead("X", "*", "", "office")
	before.During.Until = first
	inForce := func(r dispatch.Rule, v dispatch.Code) dispatch.Rule { r.Version = v; return r }
	for _, tc := range []struct {
		code  dispatch.FindingCode
		rules []dispatch.Rule
		opts  dispatch.Options
	}{
		{"", sound, dispatch.Options{}},
		{dispatch.FindingGap, sound[:1], dispatch.Options{}},
		{dispatch.FindingTie, append(slices.Clone(sound), lead("C", "road", "s-c1", "c1"), lead("D", "road", "s-c1", "office")), dispatch.Options{}},
		{dispatch.FindingDead, append(slices.Clone(sound), dispatch.Rule{ID: "B", Role: dispatch.Lead, Matter: "road", Party: "office", Channel: "12345", Budget: day}), dispatch.Options{}},
		{dispatch.FindingUnowned, append(slices.Clone(sound), lead("B", "road", "s-c1", "owner(road)")), dispatch.Options{}},
		{dispatch.FindingExpired, append(slices.Clone(sound), lead("B", "road", "s-c1", "old")), dispatch.Options{}},
		{dispatch.FindingJurisdiction, append(slices.Clone(sound), lead("B", "road", "s-c2", "c1")), dispatch.Options{}},
		{dispatch.FindingSelfWide, append(slices.Clone(sound), self), dispatch.Options{}},
		{dispatch.FindingNoBudget, append(slices.Clone(sound), bare), dispatch.Options{}},
		{dispatch.FindingHandover, []dispatch.Rule{before, inForce(sound[1], "v1"), inForce(lead("Y", "*", "", "office"), "v2")}, dispatch.Options{Versions: versions}},
	} {
		l, err := dispatch.Compile(nil, tc.rules, m, dir, tc.opts)
		require.NoError(t, err, tc.code)
		cert := l.Prove()
		if tc.code == "" {
			require.Empty(t, cert.Findings)
			continue
		}
		require.Positive(t, cert.Count(tc.code), "%s: %+v", tc.code, cert.Counts)
		for _, f := range cert.Findings {
			require.Equal(t, tc.code, f.Code, f.Text("en"))
			require.True(t, f.HasWitness, f.Text("en"))
			reproduces(t, l, f)
			d := l.Match(f.Witness)
			switch f.Code {
			case dispatch.FindingExpired:
				require.Equal(t, dispatch.Code("old"), d.Lead.Party)
				require.False(t, f.Witness.At.Before(second))
			case dispatch.FindingHandover:
				require.True(t, f.Witness.At.Before(second) && !f.Witness.At.Before(second.AddDate(0, 0, -1)), "in the hole: %s", f.Witness.At)
			case dispatch.FindingJurisdiction, dispatch.FindingSelfWide:
				require.Equal(t, dispatch.Code("B"), d.Lead.Rule)
			case dispatch.FindingNoBudget:
				require.True(t, d.Lead.Budget.IsZero())
			}
		}
	}
	_, err = dispatch.Compile(nil, append(slices.Clone(sound), lead("B", "road", "", "nobody")), m, dir, dispatch.Options{})
	require.ErrorIs(t, err, dispatch.ErrUnknownParty)
}
