package dispatch_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

var emptyEqual = cmpopts.EquateEmpty()

// matchesNaively draws a list and queries: the index, the explanation and the
// linear scan answer the same, whatever the order of the rules.
func matchesNaively(tb testing.TB) func(*rapid.T) {
	m := listMap(tb, 2, 2)
	cal := listCalendar(tb)
	return func(t *rapid.T) {
		var rules []dispatch.Rule
		for i := range rapid.IntRange(0, 25).Draw(t, "n") {
			rules = append(rules, drawRule(t, i, false))
		}
		var matters []dispatch.Matter
		if rapid.Bool().Draw(t, "table") {
			for _, c := range listMatters {
				matters = append(matters, dispatch.Matter{Code: c})
			}
		}
		versions, force := drawVersions(t)
		opts := dispatch.Options{Calendar: cal, Versions: versions}
		l, err := dispatch.Compile(matters, rules, m, nil, opts)
		require.NoError(t, err)
		shuffled, err := dispatch.Compile(rapid.Permutation(matters).Draw(t, "matters"), rapid.Permutation(rules).Draw(t, "rules"), m, nil, opts)
		require.NoError(t, err)
		require.Equal(t, l.Hash(), shuffled.Hash())
		twin := naive{matters: matters, rules: rules, m: m, cal: cal, zone: shanghai, force: force}
		for range 8 {
			q := drawQuery(t, m)
			want, got := twin.match(q), l.Match(q)
			require.Empty(t, cmp.Diff(want, got, emptyEqual))
			require.Empty(t, cmp.Diff(got, shuffled.Match(q)))
			x := l.Explain(q)
			require.Empty(t, cmp.Diff(got, x.Decision))
			explainsItself(t, twin, q, x)
		}
	}
}

// explainsItself checks that an explanation lists just the rules of the matter
// and area, and that its verdicts fit the decision.
func explainsItself(t *rapid.T, twin naive, q dispatch.Query, x dispatch.Explanation) {
	verdicts := map[dispatch.Code]dispatch.Verdict{}
	for _, c := range x.Candidates {
		verdicts[c.Rule] = c.Verdict
	}
	if x.Decision.Status == dispatch.UnknownMatter || x.Decision.Status == dispatch.Outside {
		require.Empty(t, verdicts)
		return
	}
	for _, r := range twin.rules {
		verdict, listed := verdicts[r.ID]
		bare := dispatch.Rule{Matter: r.Matter, Area: r.Area}
		require.Equal(t, twin.applies(bare, q), listed, r.ID)
		if listed {
			idle := verdict != dispatch.VerdictWon && verdict != dispatch.VerdictBeaten && verdict != dispatch.VerdictRepeated && verdict != dispatch.VerdictTied && verdict != dispatch.VerdictUnowned
			require.Equal(t, twin.applies(r, q), !idle, "%s %s", r.ID, verdict)
		}
	}
	if x.Decision.Status == dispatch.Decided {
		require.Equal(t, dispatch.VerdictWon, verdicts[x.Decision.Lead.Rule])
		require.Equal(t, x.Decision.Lead.Reason == dispatch.ReasonNoOwner, slices.ContainsFunc(x.Candidates, func(c dispatch.Candidate) bool {
			return c.Role == dispatch.Lead && c.Verdict == dispatch.VerdictUnowned
		}))
	}
	for _, id := range x.Decision.Tie {
		require.Equal(t, dispatch.VerdictTied, verdicts[id])
	}
}

func TestListMatchesNaively(t *testing.T) { rapid.Check(t, matchesNaively(t)) }

func FuzzMatch(f *testing.F) { f.Fuzz(rapid.MakeFuzz(matchesNaively(f))) }
