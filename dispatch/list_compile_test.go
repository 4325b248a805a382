package dispatch_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

func listDirectory(t testing.TB, m *grid.Map) *party.Directory {
	t.Helper()
	until := instant("2026-06-01T00:00:00+08:00")
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{
			{Code: "works", Name: "住建办"},
			{Code: "old", Name: "旧机构", During: party.Interval{Until: until}},
			{Code: "old-squad", Name: "旧中队", Parent: "old"},
			{Code: "young", Name: "新机构", During: party.Interval{From: until}},
		},
		Posts: []party.Post{{Code: "works-1", Party: "works", Name: "道路岗", Role: "officer"}},
	})
	require.NoError(t, err)
	return d
}

// TestCompileFaults: every fault has its sentinel and its column.
func TestCompileFaults(t *testing.T) {
	m := listMap(t, 2, 2)
	good := dispatch.Rule{ID: "R1", Role: dispatch.Lead, Matter: "road", Party: "works"}
	from := instant("2026-01-01T00:00:00Z")
	for _, tc := range []struct {
		field string
		err   error
		spoil func(*dispatch.Rule)
	}{
		{"id", dispatch.ErrCode, func(r *dispatch.Rule) { r.ID = "4.40309E+14" }},
		{"role", dispatch.ErrRole, func(r *dispatch.Rule) { r.Role = "boss" }},
		{"matter", dispatch.ErrCode, func(r *dispatch.Rule) { r.Matter = "" }},
		{"matter", dispatch.ErrUnknownMatter, func(r *dispatch.Rule) { r.Matter = "roa" }},
		{"party", dispatch.ErrCode, func(r *dispatch.Rule) { r.Party = "" }},
		{"party", dispatch.ErrCode, func(r *dispatch.Rule) { r.Party = "*" }},
		{"party", dispatch.ErrOwner, func(r *dispatch.Rule) { r.Party = "owner()" }},
		{"party", dispatch.ErrOwner, func(r *dispatch.Rule) { r.Role, r.Party = dispatch.Regulator, "owner(road)" }},
		{"party", dispatch.ErrUnknownParty, func(r *dispatch.Rule) { r.Party = "nobody" }},
		{"area", dispatch.ErrUnknownArea, func(r *dispatch.Rule) { r.Area = "elsewhere" }},
		{"class", dispatch.ErrClass, func(r *dispatch.Rule) { r.Class = "main" }},
		{"class", dispatch.ErrClass, func(r *dispatch.Rule) { r.Class = "=main" }},
		{"condition", dispatch.ErrText, func(r *dispatch.Rule) { r.Condition = strings.Repeat("x", dispatch.TextMax+1) }},
		{"channel", dispatch.ErrText, func(r *dispatch.Rule) { r.Channel = "\xff" }},
		{"window", dispatch.ErrWindow, func(r *dispatch.Rule) { r.Window = "night" }},
		{"window", dispatch.ErrWindow, func(r *dispatch.Rule) { r.Window = "08:00-08:00" }},
		{"window", dispatch.ErrWindow, func(r *dispatch.Rule) { r.Window = "24:00-08:00" }},
		{"window", dispatch.ErrWindow, func(r *dispatch.Rule) { r.Window = "08:60-09:00" }},
		{"window", dispatch.ErrNoCalendar, func(r *dispatch.Rule) { r.Window = "rest" }},
		{"window", dispatch.ErrNoZone, func(r *dispatch.Rule) { r.Window = "18:00-08:00" }},
		{"mode", dispatch.ErrMode, func(r *dispatch.Rule) { r.Mode = "lazy" }},
		{"budget", dispatch.ErrBudget, func(r *dispatch.Rule) { r.Budget = worktime.Budget{N: -1, Unit: worktime.Hours} }},
		{"min_cost", dispatch.ErrCost, func(r *dispatch.Rule) { r.MinCost = -1 }},
		{"max_cost", dispatch.ErrCost, func(r *dispatch.Rule) { r.MaxCost = -1 }},
		{"max_cost", dispatch.ErrCost, func(r *dispatch.Rule) { r.MinCost, r.MaxCost = 5, 5 }},
		{"until", dispatch.ErrInterval, func(r *dispatch.Rule) { r.During = dispatch.Interval{From: from, Until: from} }},
		{"from", dispatch.ErrNotMillis, func(r *dispatch.Rule) { r.During.From = from.Add(time.Microsecond) }},
		{"version", dispatch.ErrCode, func(r *dispatch.Rule) { r.Version = "a b" }},
	} {
		t.Run(tc.field+" "+tc.err.Error(), func(t *testing.T) {
			bad := good
			tc.spoil(&bad)
			_, err := dispatch.Compile([]dispatch.Matter{{Code: "road.hole"}}, []dispatch.Rule{bad}, m, listDirectory(t, m), dispatch.Options{})
			require.ErrorIs(t, err, tc.err)
			fault, ok := errors.AsType[*dispatch.Error](err)
			require.True(t, ok)
			require.Equal(t, tc.field, fault.Field)
			require.Equal(t, bad.ID, fault.Rule)
		})
	}
	_, err := dispatch.Compile(nil, nil, nil, nil, dispatch.Options{})
	require.ErrorIs(t, err, dispatch.ErrNoMap)
	_, err = dispatch.Compile(nil, make([]dispatch.Rule, dispatch.RulesMax+1), m, nil, dispatch.Options{})
	require.ErrorIs(t, err, dispatch.ErrTooMany)
}

// TestCompileReportsAll: faults are sorted by code and capped, and the order of
// input does not change which are reported.
func TestCompileReportsAll(t *testing.T) {
	m := listMap(t, 1, 1)
	matters := []dispatch.Matter{{Code: "b"}, {Code: "b"}, {Code: "a", Kind: "thing", Risk: "some"}, {Code: ""}}
	rules := []dispatch.Rule{
		{ID: "R2", Role: "x", Matter: "c", Party: ""},
		{ID: "R1", Role: "lead", Matter: "a", Party: "p"},
		{ID: "R1", Role: "lead", Matter: "a", Party: "p"},
	}
	_, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{})
	built, ok := errors.AsType[*dispatch.BuildError](err)
	require.True(t, ok)
	var lines []string
	for _, f := range built.Faults {
		lines = append(lines, f.Error())
	}
	require.Empty(t, cmp.Diff([]string{
		"dispatch: matter : code: bad code: empty code",
		`dispatch: matter a: kind: unknown kind of matter: "thing"`,
		`dispatch: matter a: risk: unknown risk: "some"`,
		"dispatch: matter b: code: code is used twice",
		"dispatch: rule R1: id: code is used twice",
		`dispatch: rule R2: role: unknown role: "x"`,
		`dispatch: rule R2: matter: no known matter begins so: "c"`,
		"dispatch: rule R2: party: bad code: empty code",
	}, lines))

	many := make([]dispatch.Rule, 150)
	for i := range many {
		many[i] = dispatch.Rule{ID: dispatch.Code(fmt.Sprintf("R%03d", i)), Role: "x", Matter: "*", Party: "p"}
	}
	slices.Reverse(many)
	_, err = dispatch.Compile(nil, many, m, nil, dispatch.Options{})
	built, _ = errors.AsType[*dispatch.BuildError](err)
	require.Len(t, built.Faults, dispatch.FaultsMax)
	require.Equal(t, 50, built.Left)
	require.Equal(t, dispatch.Code("R000"), built.Faults[0].Rule)
	require.ErrorContains(t, err, "50 more faults")
}

func TestListWindowsMax(t *testing.T) {
	m := listMap(t, 1, 1)
	var rules []dispatch.Rule
	for i := range dispatch.WindowsMax + 1 {
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("R%d", i)), Role: dispatch.Lead, Matter: "*", Party: "p", Window: fmt.Sprintf("00:00-10:%02d", i%60),
		})
		if i >= 60 {
			rules[i].Window = fmt.Sprintf("00:00-11:%02d", i%60)
		}
	}
	_, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{Zone: time.UTC})
	require.ErrorIs(t, err, dispatch.ErrTooMany)
	l, err := dispatch.Compile(nil, rules[:dispatch.WindowsMax], m, nil, dispatch.Options{Zone: time.UTC})
	require.NoError(t, err)
	at := instant("2026-01-01T11:02:30Z")
	require.Equal(t, dispatch.Code("R63"), l.Match(dispatch.Query{Matter: "x", Area: 1, At: at}).Lead.Rule)
	for _, f := range l.Findings() {
		reproduces(t, l, f)
	}
}

// TestListResolvesPosts: a rule may name a post; then the party is the post's.
func TestListResolvesPosts(t *testing.T) {
	m := listMap(t, 1, 1)
	rules := []dispatch.Rule{{ID: "R1", Role: dispatch.Lead, Matter: "*", Party: "works-1", Mode: dispatch.Self, Budget: worktime.Budget{N: 4, Unit: worktime.WorkingHours}}}
	l, err := dispatch.Compile(nil, rules, m, listDirectory(t, m), dispatch.Options{})
	require.NoError(t, err)
	want := dispatch.Duty{Rule: "R1", Party: "works", Post: "works-1", Mode: dispatch.Self, Budget: rules[0].Budget}
	require.Equal(t, want, l.Match(dispatch.Query{Matter: "x", Area: 1}).Lead)
	require.Contains(t, l.Explain(dispatch.Query{Matter: "x", Area: 1}).Text("en"), "works/works-1 leads")
}

func TestListAccessors(t *testing.T) {
	m := listMap(t, 1, 1)
	rules := []dispatch.Rule{{ID: "R2", Role: dispatch.Lead, Matter: "*", Party: "p", Precedence: 3}, {ID: "R1", Role: dispatch.Lead, Matter: "a", Party: "q"}}
	matters := []dispatch.Matter{{Code: "b", Name: "乙"}, {Code: "a"}}
	l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	rules[0].Party, matters[0].Name = "changed", "changed" // the list keeps nothing of the caller's

	require.Equal(t, 2, l.Len())
	require.Equal(t, m, l.Map())
	for range 2 {
		require.Equal(t, []dispatch.Rule{rules[1], {ID: "R2", Role: dispatch.Lead, Matter: "*", Party: "p", Precedence: 3}}, slices.Collect(l.Rules()))
	}
	require.Equal(t, []dispatch.Matter{{Code: "a"}, {Code: "b", Name: "乙"}}, slices.Collect(l.Matters()))
	r, ok := l.Rule("R2")
	require.True(t, ok)
	require.Equal(t, dispatch.Code("p"), r.Party)
	_, ok = l.Rule("R3")
	require.False(t, ok)
	_, ok = l.Matter("c")
	require.False(t, ok)

	open, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	got, ok := open.Matter("c")
	require.True(t, ok)
	require.Equal(t, dispatch.Matter{Code: "c"}, got)
	_, ok = open.Matter("")
	require.False(t, ok)

	var none *dispatch.List
	require.Equal(t, dispatch.NoList, none.Match(dispatch.Query{}).Status)
	require.Equal(t, dispatch.NoList, none.Explain(dispatch.Query{}).Decision.Status)
	require.Empty(t, slices.Collect(none.Rules()))
	require.Empty(t, slices.Collect(none.Matters()))
	require.Empty(t, none.Findings())
	require.Zero(t, none.Len())
	require.Zero(t, none.Hash())
	require.Nil(t, none.Map())
}

// TestListHashSeesEverything: changing any field of a rule changes the hash.
func TestListHashSeesEverything(t *testing.T) {
	m := listMap(t, 1, 1)
	base := dispatch.Rule{ID: "R1", Role: dispatch.Lead, Matter: "a", Party: "p"}
	at := instant("2026-01-01T00:00:00Z")
	hashes := map[[32]byte]int{}
	for i, change := range []func(*dispatch.Rule){
		func(*dispatch.Rule) {},
		func(r *dispatch.Rule) { r.ID = "R2" }, func(r *dispatch.Rule) { r.Role = dispatch.Notify },
		func(r *dispatch.Rule) { r.Matter = "*" }, func(r *dispatch.Rule) { r.Party = "q" }, func(r *dispatch.Rule) { r.Area = "s" },
		func(r *dispatch.Rule) { r.Class = "a=b" }, func(r *dispatch.Rule) { r.Condition = "x" }, func(r *dispatch.Rule) { r.Channel = "x" },
		func(r *dispatch.Rule) { r.Window = "08:00-09:00" }, func(r *dispatch.Rule) { r.MinCost = 1 }, func(r *dispatch.Rule) { r.MaxCost = 1 },
		func(r *dispatch.Rule) { r.During.From = at }, func(r *dispatch.Rule) { r.During.Until = at }, func(r *dispatch.Rule) { r.Mode = dispatch.Claim },
		func(r *dispatch.Rule) { r.Budget.N, r.Budget.Unit = 1, worktime.Days }, func(r *dispatch.Rule) { r.Precedence = 1 },
		func(r *dispatch.Rule) { r.Basis = "x" }, func(r *dispatch.Rule) { r.Version = "v1" },
	} {
		r := base
		change(&r)
		l, err := dispatch.Compile(nil, []dispatch.Rule{r}, m, nil, dispatch.Options{Zone: time.UTC})
		require.NoError(t, err)
		before, seen := hashes[l.Hash()]
		require.False(t, seen, "%d and %d", i, before)
		hashes[l.Hash()] = i
	}
	same := base
	same.During.From = at.In(shanghai)
	other := base
	other.During.From = at
	a, _ := dispatch.Compile(nil, []dispatch.Rule{same}, m, nil, dispatch.Options{})
	b, _ := dispatch.Compile(nil, []dispatch.Rule{other}, m, nil, dispatch.Options{})
	require.Equal(t, a.Hash(), b.Hash())
}

// TestMatterTree: Covers, ParentMatter and MatterDepth agree with cutting by
// hand, and Covers is transitive.
func TestMatterTree(t *testing.T) {
	require.True(t, dispatch.Covers("waste", "waste.missed"))
	require.False(t, dispatch.Covers("waste", "wasted"))
	require.False(t, dispatch.Covers("waste.mis", "waste.missed"))
	require.True(t, dispatch.Covers("01", "01001"))
	require.False(t, dispatch.Covers("a1", "a12"))
	require.False(t, dispatch.Covers("", "a"))
	require.False(t, dispatch.Covers("01001", "01"))
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.StringMatching(`[01a]{1,3}(\.[01a]{1,2}){0,2}`)
		a, b, c := dispatch.Code(draw.Draw(t, "a")), dispatch.Code(draw.Draw(t, "b")), dispatch.Code(draw.Draw(t, "c"))
		require.Equal(t, slices.Contains(above(string(b)), string(a)), dispatch.Covers(a, b))
		require.Equal(t, len(above(string(a)))-1, dispatch.MatterDepth(a))
		if dispatch.Covers(a, b) && dispatch.Covers(b, c) {
			require.True(t, dispatch.Covers(a, c))
		}
		if up := dispatch.ParentMatter(a); up != "" {
			require.True(t, dispatch.Covers(up, a))
			require.Equal(t, dispatch.MatterDepth(a)-1, dispatch.MatterDepth(up))
		} else {
			require.Equal(t, 1, dispatch.MatterDepth(a))
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := dispatch.Code(rapid.String().Draw(t, "a")), dispatch.Code(rapid.String().Draw(t, "b"))
		dispatch.Covers(a, b)
		depth := 0
		for c := a; c != "" && c != dispatch.Any; c = dispatch.ParentMatter(c) {
			depth++
		}
		require.Equal(t, depth, dispatch.MatterDepth(a))
	})
}
