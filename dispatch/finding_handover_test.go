package dispatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// gapOf says by hand what a query is: "" with a lead rule, else a hand-over when a
// lead rule in force at the last instant of the version that ended last would apply
// at the query's hour, else a gap.
func (n naive) gapOf(q dispatch.Query) dispatch.FindingCode {
	var ended time.Time
	for _, during := range n.force {
		if !during.Until.IsZero() && !during.Until.After(q.At) && during.Until.After(ended) {
			ended = during.Until
		}
	}
	code := dispatch.FindingGap
	for _, r := range n.rules {
		if r.Role != dispatch.Lead {
			continue
		}
		if n.applies(r, q) {
			return ""
		}
		if ended.IsZero() {
			continue
		}
		byDate, byHour, before := r, r, q
		byDate.Window = ""
		byHour.During, byHour.Version = dispatch.Interval{}, ""
		before.At = ended.Add(-time.Millisecond)
		if n.applies(byDate, before) && n.applies(byHour, q) {
			code = dispatch.FindingHandover
		}
	}
	return code
}

// gapsAreTold draws a list in versions: every gap and every hand-over hole is told
// as what it is, and each witness shows its own kind.
func gapsAreTold(tb testing.TB) func(*rapid.T) {
	m, cal := listMap(tb, 2, 2), listCalendar(tb)
	return func(t *rapid.T) {
		pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
		twin := naive{m: m, cal: cal, zone: shanghai}
		var versions []dispatch.Version
		for versions == nil {
			versions, twin.force = drawVersions(t)
		}
		if pick("ends", 3) == 0 { // the last version ends, too
			versions[2].Until = listDates[5]
			twin.force["v3"] = dispatch.Interval{From: versions[2].From, Until: listDates[5]}
		}
		if pick("always", 2) == 0 { // the first version has no beginning
			versions[1].From = time.Time{}
			twin.force["v1"] = dispatch.Interval{Until: twin.force["v1"].Until}
		}
		for i := range 1 + pick("n", 10) {
			r := drawRule(t, i, false)
			r.Role, r.Party = dispatch.Lead, "works"
			switch pick("plain", 3) {
			case 0: // one that only its version ends
				r.Class, r.Condition, r.Channel, r.MinCost, r.MaxCost, r.During = "", "", "", 0, 0, dispatch.Interval{}
			case 1:
				r.During = dispatch.Interval{}
			}
			twin.rules = append(twin.rules, r)
		}
		l, err := dispatch.Compile(nil, twin.rules, m, nil, dispatch.Options{Calendar: cal, Versions: versions})
		require.NoError(t, err)
		told := map[dispatch.FindingCode][]dispatch.Finding{}
		for _, f := range l.Findings() {
			if f.Code != dispatch.FindingGap && f.Code != dispatch.FindingHandover {
				continue
			}
			require.Equal(t, f.Code, twin.gapOf(f.Witness), f.Text("en"))
			require.True(t, gapCovers(m, l, []dispatch.Finding{f}, f.Witness), f.Text("en"))
			told[f.Code] = append(told[f.Code], f)
		}
		for range 20 {
			q := drawQuery(t, m)
			if v := versions[pick("version", 3)]; pick("near", 2) == 0 && twin.force[v.Code].Until.After(v.From) {
				q.At = twin.force[v.Code].Until.Add(time.Duration(pick("hours", 200)-20) * time.Hour)
			}
			if !m.Info(q.Area).Leaf {
				continue
			}
			if code := twin.gapOf(q); code != "" {
				require.True(t, gapCovers(m, l, told[code], q), "%s at %+v\n%+v", code, q, told)
			}
		}
	}
}

func TestFindingsHandoverExactly(t *testing.T) { rapid.Check(t, gapsAreTold(t)) }

func FuzzFindingsHandover(f *testing.F) { f.Fuzz(rapid.MakeFuzz(gapsAreTold(f))) }

// TestFindingsHandoverBesideGap: a hole between two versions is told beside another
// gap of the same matter and area, each with its own witness.
func TestFindingsHandoverBesideGap(t *testing.T) {
	m, cal := listMap(t, 1, 2), listCalendar(t)
	first, hole, second := instant("2026-01-01T00:00:00+08:00"), instant("2026-06-30T00:00:00+08:00"), instant("2026-07-01T00:00:00+08:00")
	third := second.AddDate(0, 1, 0)
	lead := func(id dispatch.Code, version dispatch.Code, window, class string) dispatch.Rule {
		return dispatch.Rule{ID: id, Role: dispatch.Lead, Matter: "*", Party: "works", Version: version, Window: window, Class: class}
	}
	noon := func(q dispatch.Query) bool { return cal.Working(q.At) }
	before := func(q dispatch.Query) bool { return q.At.Before(first) }
	in := func(q dispatch.Query) bool { return !q.At.Before(hole) && q.At.Before(second) }
	after := func(q dispatch.Query) bool { return !q.At.Before(second) }
	for name, tc := range map[string]struct {
		until         time.Time // of the first version
		rules         []dispatch.Rule
		gap, handover func(dispatch.Query) bool // where their witnesses are; nil: not told
	}{
		"nobody before the list, and a day between two versions": {hole, []dispatch.Rule{lead("A", "v1", "", ""), lead("B", "v2", "", ""), lead("C", "v3", "", "")}, before, in},
		"nobody at rest, and nobody at work after a version that ends at rest": {
			time.Time{}, []dispatch.Rule{lead("A", "v1", "work", ""), lead("B", "v2", "rest", ""), lead("C", "v3", "", "")},
			before, func(q dispatch.Query) bool { return after(q) && noon(q) },
		},
		"a class that the next version leaves to nobody": {
			time.Time{}, []dispatch.Rule{lead("A", "v1", "", "road=main")},
			func(q dispatch.Query) bool { return len(q.Classes) == 0 },
			func(q dispatch.Query) bool { return after(q) && slices.Equal(q.Classes, []string{"road=main"}) },
		},
		"nobody in the second version nor in the third": {
			time.Time{}, []dispatch.Rule{lead("A", "v1", "", ""), {ID: "B", Role: dispatch.Lead, Matter: "*", Party: "works", During: dispatch.Interval{Until: first}}},
			func(q dispatch.Query) bool { return !q.At.Before(third) },
			func(q dispatch.Query) bool { return after(q) && q.At.Before(third) },
		},
		"all hours handed over": {time.Time{}, []dispatch.Rule{lead("A", "v1", "work", ""), lead("B", "v1", "rest", ""), lead("C", "v2", "", ""), lead("D", "v3", "", "")}, before, nil},
	} {
		versions := []dispatch.Version{{Code: "v1", From: first, Until: tc.until}, {Code: "v2", From: second}, {Code: "v3", From: third}}
		l, err := dispatch.Compile(nil, tc.rules, m, nil, dispatch.Options{Calendar: cal, Versions: versions})
		require.NoError(t, err, name)
		for code, want := range map[dispatch.FindingCode]func(dispatch.Query) bool{dispatch.FindingGap: tc.gap, dispatch.FindingHandover: tc.handover} {
			n := 0
			for _, f := range l.Findings() {
				if f.Code != code {
					continue
				}
				n++
				require.Equal(t, "* *", fmt.Sprint(f.Matter, " ", f.Area), name)
				require.True(t, want(f.Witness), "%s: %s", name, f.Text("en"))
				reproduces(t, l, f)
			}
			require.Equal(t, want != nil, n == 1, "%s: %d of %s", name, n, code)
		}
	}
}
