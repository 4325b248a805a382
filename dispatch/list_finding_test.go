package dispatch_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// reproduces checks that a finding's witness shows what it says.
func reproduces(t require.TestingT, l *dispatch.List, f dispatch.Finding) {
	if !f.HasWitness {
		return
	}
	d := l.Match(f.Witness)
	switch f.Code {
	case dispatch.FindingUnowned:
		require.Equal(t, dispatch.Unowned, d.Status, f.Text("en"))
	case dispatch.FindingGap, dispatch.FindingHandover:
		require.Contains(t, []dispatch.Status{dispatch.NoRule, dispatch.NoList}, d.Status, f.Text("en"))
		require.True(t, dispatch.Covers(f.Matter, f.Witness.Matter), f.Text("en"))
	case dispatch.FindingTie, dispatch.FindingCrossing:
		tied := d.Status == dispatch.Tied
		switch f.Role {
		case dispatch.Regulator:
			tied = d.Regulator == dispatch.Duty{}
		case dispatch.Rectifier:
			tied = d.Rectifier == dispatch.Duty{}
		}
		require.True(t, tied, f.Text("en"))
	case dispatch.FindingDead:
		for _, duty := range []dispatch.Duty{d.Lead, d.Regulator, d.Rectifier} {
			require.NotEqual(t, f.Rules[0], duty.Rule, f.Text("en"))
		}
	}
}

// findingsAreExact draws a list: every witness shows its finding, and no query
// shows a gap, a tie or a live rule that the findings miss.
func findingsAreExact(tb testing.TB) func(*rapid.T) {
	m := listMap(tb, 2, 2)
	cal := listCalendar(tb)
	return func(t *rapid.T) {
		var rules []dispatch.Rule
		simple := rapid.Bool().Draw(t, "simple")
		for i := range rapid.IntRange(0, 14).Draw(t, "n") {
			rules = append(rules, drawRule(t, i, simple))
		}
		if rapid.Bool().Draw(t, "fallback") {
			rules = append(rules, dispatch.Rule{ID: "Z", Role: "lead", Matter: "*", Party: "desk", Precedence: -5})
		}
		var matters []dispatch.Matter
		if rapid.Bool().Draw(t, "table") {
			for _, c := range listMatters {
				matters = append(matters, dispatch.Matter{Code: c})
			}
		}
		versions, _ := drawVersions(t)
		l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{Calendar: cal, Versions: versions})
		require.NoError(t, err)
		findings := l.Findings()
		cert := l.Prove()
		certifies(t, cert, findings)
		unowned, ties, dead := map[dispatch.Code]bool{}, map[dispatch.Code]bool{}, map[dispatch.Code]bool{}
		for _, f := range findings {
			reproduces(t, l, f)
			switch f.Code {
			case dispatch.FindingGap, dispatch.FindingHandover:
			case dispatch.FindingUnowned:
				unowned[f.Rules[0]] = true
			case dispatch.FindingDead:
				dead[f.Rules[0]] = true
			default:
				for _, id := range f.Rules {
					ties[id] = true
				}
			}
		}
		for range 12 {
			q := drawQuery(t, m)
			if !m.Info(q.Area).Leaf {
				continue
			}
			d := l.Match(q)
			require.True(t, !cert.OK() || d.Status == dispatch.Decided || d.Status == dispatch.UnknownMatter, "%+v", q)
			switch d.Status {
			case dispatch.Unowned:
				require.True(t, slices.ContainsFunc(l.Explain(q).Candidates, func(c dispatch.Candidate) bool {
					return c.Verdict == dispatch.VerdictUnowned && unowned[c.Rule]
				}), "%+v\n%+v", q, findings)
			case dispatch.NoRule, dispatch.NoList:
				require.True(t, gapCovers(m, l, findings, q), "%+v\n%+v", q, findings)
			case dispatch.Tied:
				require.GreaterOrEqual(t, len(d.Tie), 2)
				for _, id := range d.Tie {
					require.True(t, ties[id], "%s of %v not in %+v", id, d.Tie, findings)
				}
			}
			for _, duty := range []dispatch.Duty{d.Lead, d.Regulator, d.Rectifier} {
				require.False(t, dead[duty.Rule], "%s lives at %+v", duty.Rule, q)
			}
		}
	}
}

// certifies checks a certificate against the findings.
func certifies(t require.TestingT, cert *dispatch.Certificate, findings []dispatch.Finding) {
	worst := slices.ContainsFunc(findings, func(f dispatch.Finding) bool { return f.Severity == dispatch.SeverityError })
	require.Equal(t, !worst, cert.OK())
	counts := map[dispatch.FindingCode]int{}
	for _, f := range findings {
		counts[f.Code]++
	}
	for code, n := range counts {
		require.Equal(t, n, cert.Count(code), code)
	}
	n := 0
	for _, c := range cert.Counts {
		n += c.Count
	}
	require.Len(t, cert.Findings, n)
}

// gapCovers reports whether some gap speaks of the query's matter and area.
func gapCovers(m *grid.Map, l *dispatch.List, findings []dispatch.Finding, q dispatch.Query) bool {
	named := false // by a rule, in any role
	for r := range l.Rules() {
		named = named || r.Matter != dispatch.Any && dispatch.Covers(r.Matter, q.Matter)
	}
	return slices.ContainsFunc(findings, func(f dispatch.Finding) bool {
		if f.Code != dispatch.FindingGap && f.Code != dispatch.FindingHandover {
			return false
		}
		area, _ := m.Lookup(f.Area)
		matter := dispatch.Covers(f.Matter, q.Matter) || f.Matter == "other" && !named
		return matter && (f.Area == dispatch.Any || m.Contains(area, q.Area))
	})
}

func TestListFindingsAreExact(t *testing.T) { rapid.Check(t, findingsAreExact(t)) }

func FuzzFindings(f *testing.F) { f.Fuzz(rapid.MakeFuzz(findingsAreExact(f))) }
