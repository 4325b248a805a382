package dispatch_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// hashed is the look-up that the compiled one replaced: rules hashed by matter
// and area, every prefix of the matter and every unit around the place probed,
// what is found there read as the naive twin reads a list. It reaches sizes that
// the twin alone does not.
type hashed struct {
	twin  naive
	rules map[[2]dispatch.Code][]dispatch.Rule
}

func newHashed(twin naive) hashed {
	h := hashed{twin: twin, rules: map[[2]dispatch.Code][]dispatch.Rule{}}
	for _, r := range twin.rules {
		area := r.Area
		if area == "*" {
			area = ""
		}
		key := [2]dispatch.Code{r.Matter, area}
		h.rules[key] = append(h.rules[key], r)
	}
	return h
}

func (h hashed) match(q dispatch.Query) dispatch.Decision {
	few := h.twin
	few.rules = nil
	for _, m := range above(string(q.Matter)) {
		for _, area := range append(h.twin.path(q), "") {
			few.rules = append(few.rules, h.rules[[2]dispatch.Code{dispatch.Code(m), area}]...)
		}
	}
	d := few.match(q)
	if d.Status == dispatch.NoList {
		d.Status = dispatch.NoRule // the list has a lead rule, though none here
	}
	return d
}

// TestListMatchesAtScale: a list of a district's size, with several precedences
// and every role, answers what the hashed look-up answers.
func TestListMatchesAtScale(t *testing.T) {
	twin, _, queries := largeList(t, 6000, false)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range twin.rules[1:] {
		rule := &twin.rules[i+1]
		rule.Role = []dispatch.Role{"lead", "lead", "regulator", "rectifier", "assist", "notify"}[r.IntN(6)]
		rule.Precedence = []int{0, 0, 0, 7, -3}[r.IntN(5)]
		rule.Channel = []string{"", "", "12345", "patrol"}[r.IntN(4)]
		if r.IntN(20) == 0 {
			rule.Matter = "*"
		}
	}
	l, err := dispatch.Compile(nil, twin.rules, twin.m, nil, dispatch.Options{Calendar: twin.cal})
	require.NoError(t, err)
	reference := newHashed(twin)
	decided := 0
	for i, q := range queries[:400] {
		q.Channel = []string{"", "12345"}[i%2]
		got := l.Match(q)
		require.Empty(t, cmp.Diff(reference.match(q), got, emptyEqual), "%+v", q)
		require.Empty(t, cmp.Diff(got, l.Explain(q).Decision))
		if got.Status == dispatch.Decided {
			decided++
		}
	}
	require.Greater(t, decided, 40)
}

// TestListManyLabels: labels beyond those that have a bit of their own restrict
// a rule just as well, in every column.
func TestListManyLabels(t *testing.T) {
	m := listMap(t, 1, 1)
	var rules []dispatch.Rule
	for i := range 90 {
		n := dispatch.Code(fmt.Sprintf("%02d", i))
		rules = append(rules,
			dispatch.Rule{ID: "A" + n, Role: dispatch.Notify, Matter: "*", Class: "l=" + string(n), Party: "class" + n},
			dispatch.Rule{ID: "B" + n, Role: dispatch.Notify, Matter: "*", Condition: string(n), Party: "condition" + n},
			dispatch.Rule{ID: "C" + n, Role: dispatch.Notify, Matter: "*", Channel: string(n), Party: "channel" + n},
			dispatch.Rule{ID: "D" + n, Role: dispatch.Lead, Matter: "*", Channel: string(n), Class: "l=" + string(n), Condition: string(n), Party: "all" + n})
	}
	twin := naive{rules: rules, m: m, zone: shanghai}
	l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	for i := range 90 {
		n := fmt.Sprintf("%02d", i)
		for _, q := range []dispatch.Query{
			{Matter: "x", Area: 1, Classes: []string{"l=" + n}, Condition: n, Channel: n},
			{Matter: "x", Area: 1, Classes: []string{"l=" + n, "l=89", "l=88", "l=87", "l=86", "l=85", "l=84"}, Condition: n},
			{Matter: "x", Area: 1, Channel: n},
		} {
			require.Empty(t, cmp.Diff(twin.match(q), l.Match(q), emptyEqual), "%+v", q)
		}
	}
	require.Equal(t, dispatch.Code("all89"), l.Match(dispatch.Query{Matter: "x", Area: 1, Classes: []string{"l=89"}, Condition: "89", Channel: "89"}).Lead.Party)
}

// TestListManyPrecedences: every rule of a matter in a precedence of its own.
func TestListManyPrecedences(t *testing.T) {
	m := listMap(t, 1, 2)
	var rules []dispatch.Rule
	for i := range 200 {
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("R%03d", i)), Role: dispatch.Lead, Matter: []dispatch.Code{"*", "a", "a.b", "a.b.c"}[i%4],
			Area: []dispatch.Code{"", "s-c1-g1", "s"}[i%3], Party: dispatch.Code(fmt.Sprintf("p%d", i)), Precedence: (i*37)%211 - 100,
			Channel: fmt.Sprint(i % 50),
		})
	}
	twin := naive{rules: rules, m: m, zone: shanghai}
	l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{})
	require.NoError(t, err)
	for i := range 200 {
		for _, matter := range []dispatch.Code{"z", "a", "a.b", "a.b.c", "a.b.c.d"} {
			q := dispatch.Query{Matter: matter, Area: grid.Ref(1 + i%m.Len()), Channel: fmt.Sprint(i % 50)}
			require.Empty(t, cmp.Diff(twin.match(q), l.Match(q), emptyEqual), "%+v", q)
		}
	}
}

// TestListLargeDoesNotAllocate: a first hit in a large list allocates nothing.
func TestListLargeDoesNotAllocate(t *testing.T) {
	_, l, queries := largeList(t, 2000, true)
	i := 0
	require.Zero(t, testing.AllocsPerRun(len(queries), func() {
		if d := l.Match(queries[i%len(queries)]); d.Status != dispatch.Decided {
			t.Errorf("%+v: %s", queries[i%len(queries)], d.Status)
		}
		i++
	}))
}
