package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// expiredExactly draws a list over parties that come and go: a witness names an
// absent party, and no answer names one that is not reported.
func expiredExactly(tb testing.TB) func(*rapid.T) {
	m, cal := listMap(tb, 2, 2), listCalendar(tb)
	dir := listDirectory(tb, m)
	change := instant("2026-06-01T00:00:00+08:00")
	exists := func(party dispatch.Code, at time.Time) bool {
		for p := range dir.Chain(party) {
			if !p.During.Holds(at) {
				return false
			}
		}
		return true
	}
	return func(t *rapid.T) {
		pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
		byID := map[dispatch.Code]dispatch.Rule{}
		var rules []dispatch.Rule
		for i := range pick("n", 10) {
			r := drawRule(t, i, false)
			r.Party = []dispatch.Code{"works", "old", "old-squad", "young"}[pick("who", 4)]
			r.During = dispatch.Interval{From: []time.Time{{}, change.AddDate(0, -1, 0), change}[pick("begins", 3)]}
			r.During.Until = []time.Time{{}, change.AddDate(0, 1, 0), change.AddDate(0, 0, 1)}[pick("ends", 3)]
			rules, byID[r.ID] = append(rules, r), r
		}
		l, err := dispatch.Compile(nil, rules, m, dir, dispatch.Options{Calendar: cal})
		require.NoError(t, err)
		named := func(d dispatch.Decision) []dispatch.Duty {
			list := slices.Concat([]dispatch.Duty{d.Lead, d.Regulator, d.Rectifier}, d.Assist, d.Notify)
			return slices.DeleteFunc(list, func(x dispatch.Duty) bool { return x.Rule == "" })
		}
		reported := map[dispatch.Code]bool{}
		for _, f := range l.Findings() {
			if f.Code != dispatch.FindingExpired {
				continue
			}
			reported[f.Rules[0]] = true
			require.False(t, exists(f.Party, f.Witness.At), f.Text("en"))
			if role := byID[f.Rules[0]].Role; role != dispatch.Assist && role != dispatch.Notify {
				require.True(t, slices.ContainsFunc(named(l.Match(f.Witness)), func(d dispatch.Duty) bool { return d.Party == f.Party }), f.Text("en"))
			}
		}
		for range 12 {
			q := drawQuery(t, m)
			q.At = []time.Time{change, change.Add(-time.Millisecond), change.AddDate(0, 0, 2), change.AddDate(0, 0, -2), change.Add(20 * time.Hour)}[pick("at", 5)]
			if !m.Info(q.Area).Leaf {
				continue
			}
			for _, d := range named(l.Match(q)) {
				r := byID[d.Rule]
				// A rule without a beginning claims nothing about the past.
				if past := r.During.From.IsZero() && r.Party == "young"; r.Party == d.Party && !past && !exists(d.Party, q.At) {
					same := slices.ContainsFunc(rules, func(o dispatch.Rule) bool { return reported[o.ID] && o.Party == d.Party })
					require.True(t, same, "%s of rule %s at %+v", d.Party, d.Rule, q)
					if d.Rule == l.Match(q).Lead.Rule {
						require.True(t, reported[d.Rule], "%s at %+v", d.Rule, q)
					}
				}
			}
		}
	}
}

func TestFindingsExpiredExactly(t *testing.T) { rapid.Check(t, expiredExactly(t)) }

func FuzzFindingsExpired(f *testing.F) { f.Fuzz(rapid.MakeFuzz(expiredExactly(f))) }
