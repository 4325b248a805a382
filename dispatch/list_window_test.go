package dispatch_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// leads compiles two rules for everything, the first one narrower in time, and
// answers who leads.
func leads(t *testing.T, narrow dispatch.Rule, opts dispatch.Options) func(at time.Time) dispatch.Code {
	t.Helper()
	narrow.ID, narrow.Role, narrow.Matter, narrow.Party = "N", dispatch.Lead, "*", "narrow"
	wide := dispatch.Rule{ID: "W", Role: dispatch.Lead, Matter: "*", Party: "wide"}
	l, err := dispatch.Compile(nil, []dispatch.Rule{wide, narrow}, listMap(t, 1, 1), nil, opts)
	require.NoError(t, err)
	return func(at time.Time) dispatch.Code {
		return l.Match(dispatch.Query{Matter: "x", Area: 1, At: at}).Lead.Party
	}
}

func TestListIntervalsAreHalfOpen(t *testing.T) {
	from, until := instant("2026-01-01T00:00:00+08:00"), instant("2026-02-01T00:00:00+08:00")
	who := leads(t, dispatch.Rule{During: dispatch.Interval{From: from, Until: until}}, dispatch.Options{})
	require.Equal(t, dispatch.Code("wide"), who(from.Add(-time.Millisecond)))
	require.Equal(t, dispatch.Code("wide"), who(from.Add(-time.Nanosecond)))
	require.Equal(t, dispatch.Code("narrow"), who(from))
	require.Equal(t, dispatch.Code("narrow"), who(until.Add(-time.Millisecond)))
	require.Equal(t, dispatch.Code("wide"), who(until))
	require.Equal(t, dispatch.Code("wide"), who(time.Time{}))
	require.Equal(t, dispatch.Code("wide"), who(time.Unix(math.MaxInt64, 0)))
}

func TestListOvernightWindow(t *testing.T) {
	who := leads(t, dispatch.Rule{Window: "18:00-08:00"}, dispatch.Options{Zone: shanghai})
	for text, want := range map[string]dispatch.Code{
		"2026-03-04T17:59:59.999+08:00": "wide", "2026-03-04T18:00:00+08:00": "narrow", "2026-03-04T23:59:59.999+08:00": "narrow",
		"2026-03-05T00:00:00+08:00": "narrow", "2026-03-05T07:59:59.999+08:00": "narrow", "2026-03-05T08:00:00+08:00": "wide",
	} {
		require.Equal(t, want, who(instant(text)), text)
	}
}

// TestListWindowAcrossClockChange: New York skips 02:00-03:00 on 8 March 2026
// and repeats 01:00-02:00 on 1 November.
func TestListWindowAcrossClockChange(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	who := leads(t, dispatch.Rule{Window: "01:30-02:30"}, dispatch.Options{Zone: zone})
	for text, want := range map[string]dispatch.Code{
		"2026-03-08T06:29:59.999Z": "wide", "2026-03-08T06:30:00Z": "narrow", "2026-03-08T06:59:59.999Z": "narrow", "2026-03-08T07:00:00Z": "wide",
		"2026-11-01T05:30:00Z": "narrow", "2026-11-01T06:00:00Z": "wide", "2026-11-01T06:30:00Z": "narrow", "2026-11-01T07:30:00Z": "wide",
	} {
		require.Equal(t, want, who(instant(text)), text)
	}
}

// TestListWorkWindow: 14 February 2026 is a Saturday that is worked in exchange
// for the Spring Festival (调休), 16 February a Monday that is not.
func TestListWorkWindow(t *testing.T) {
	opts := dispatch.Options{Calendar: listCalendar(t)}
	work, rest := leads(t, dispatch.Rule{Window: "work"}, opts), leads(t, dispatch.Rule{Window: "rest"}, opts)
	for text, worked := range map[string]bool{
		"2026-02-14T08:00:00+08:00": true, "2026-02-14T07:59:59.999+08:00": false, "2026-02-14T12:00:00+08:00": false,
		"2026-02-16T10:00:00+08:00": false, "2026-03-07T10:00:00+08:00": false, "2026-03-04T17:59:59.999+08:00": true,
	} {
		want, other := dispatch.Code("wide"), dispatch.Code("narrow")
		if worked {
			want, other = other, want
		}
		require.Equal(t, want, work(instant(text)), text)
		require.Equal(t, other, rest(instant(text)), text)
	}
}

// TestListWindowsProved: work and rest together leave no gap; a clock window
// that the working day never reaches is dead inside working time.
func TestListWindowsProved(t *testing.T) {
	m := listMap(t, 1, 1)
	opts := dispatch.Options{Calendar: listCalendar(t)}
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "day", Window: "work"},
		{ID: "B", Role: dispatch.Lead, Matter: "*", Party: "night", Window: "rest"},
	}
	l, err := dispatch.Compile(nil, rules, m, nil, opts)
	require.NoError(t, err)
	require.Empty(t, l.Findings())

	// 18:00-08:00 and 08:00-18:00 leave none either; one minute less does.
	rules[0].Window, rules[1].Window = "08:00-18:00", "18:00-08:00"
	l, err = dispatch.Compile(nil, rules, m, nil, opts)
	require.NoError(t, err)
	require.Empty(t, l.Findings())
	rules[1].Window = "18:00-07:59"
	l, err = dispatch.Compile(nil, rules, m, nil, opts)
	require.NoError(t, err)
	findings := l.Findings()
	require.Len(t, findings, 1)
	reproduces(t, l, findings[0])
	require.Equal(t, "07:59", findings[0].Witness.At.In(shanghai).Format("15:04"))

	// Worked in the lunch break of no day: the rule can never apply.
	rules[0].Window, rules[1].Window = "work", "rest"
	day := instant("2026-02-16T00:00:00+08:00") // the Spring Festival
	rules = append(rules, dispatch.Rule{
		ID: "C", Role: dispatch.Lead, Matter: "*", Party: "feast", Window: "work",
		During: dispatch.Interval{From: day, Until: day.AddDate(0, 0, 1)},
	})
	l, err = dispatch.Compile(nil, rules, m, nil, opts)
	require.NoError(t, err)
	findings = l.Findings()
	require.Len(t, findings, 1)
	require.Equal(t, dispatch.FindingDead, findings[0].Code)
	require.Equal(t, []dispatch.Code{"C"}, findings[0].Rules)
	require.False(t, findings[0].HasWitness)
}

// TestListHolidayGap: when every day is worked but holidays, a rest hour in the
// morning happens on holidays alone; the proof still finds it.
func TestListHolidayGap(t *testing.T) {
	config := worktime.China(shanghai)
	config.Windows = []worktime.Window{{Start: 8 * 60, End: 18 * 60}}
	config.Week = worktime.Week{true, true, true, true, true, true, true}
	calendar, err := worktime.New(config)
	require.NoError(t, err)
	from := dispatch.Interval{From: instant("2026-01-05T00:00:00+08:00")}
	l, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "day", Window: "work", During: from},
		{ID: "B", Role: dispatch.Lead, Matter: "*", Party: "night", Window: "18:00-08:00", During: from},
		{ID: "C", Role: dispatch.Lead, Matter: "*", Party: "desk", During: dispatch.Interval{Until: from.From}},
		{ID: "D", Role: dispatch.Notify, Matter: "*", Party: "desk", During: dispatch.Interval{Until: from.From.AddDate(0, 0, 7)}},
	}, listMap(t, 1, 1), nil, dispatch.Options{Calendar: calendar})
	require.NoError(t, err)
	findings := l.Findings()
	require.Len(t, findings, 1)
	reproduces(t, l, findings[0])
	worked, err := calendar.IsWorkday(findings[0].Witness.At)
	require.NoError(t, err)
	require.False(t, worked)
}

// TestListProofAcrossClockChange: in New York on 8 March 2026 the clock goes
// from 01:59 to 03:00, so 03:10 comes 40 minutes after 01:30.
func TestListProofAcrossClockChange(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	from, until := instant("2026-03-08T06:30:00Z"), instant("2026-03-08T07:30:00Z")
	l, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "p", During: dispatch.Interval{Until: from}},
		{ID: "B", Role: dispatch.Lead, Matter: "*", Party: "p", During: dispatch.Interval{From: until}},
		{ID: "C", Role: dispatch.Lead, Matter: "*", Party: "p", Window: "01:30-03:10", During: dispatch.Interval{From: from, Until: until}},
	}, listMap(t, 1, 1), nil, dispatch.Options{Zone: zone})
	require.NoError(t, err)
	findings := l.Findings()
	require.Len(t, findings, 1)
	require.Equal(t, instant("2026-03-08T07:10:00Z"), findings[0].Witness.At)
	reproduces(t, l, findings[0])
}

// TestListHostileQueries: no query panics.
func TestListHostileQueries(t *testing.T) {
	l, err := dispatch.Compile(nil, []dispatch.Rule{{ID: "A", Role: dispatch.Lead, Matter: "*", Party: "p", Window: "08:00-18:00", MinCost: 0, MaxCost: 10}},
		listMap(t, 1, 1), nil, dispatch.Options{Zone: shanghai})
	require.NoError(t, err)
	long := make([]byte, 1<<20)
	for i := range long {
		long[i] = '7'
	}
	for _, q := range []dispatch.Query{
		{}, {Matter: dispatch.Code(long), Area: 1}, {Matter: "*", Area: 1}, {Matter: "a", Area: grid.Ref(math.MaxUint32)},
		{Matter: "a", Area: 1, At: time.Unix(math.MinInt64, 0), Cost: math.MinInt64}, {Matter: "a", Area: 1, At: time.Unix(math.MaxInt64, 999), Cost: math.MaxInt64},
		{Matter: "...", Area: 1, Classes: make([]string, 10000)},
	} {
		require.Equal(t, l.Match(q), l.Explain(q).Decision)
		_ = l.Explain(q).Text("zh")
	}
	asked := dispatch.Query{Matter: "a", Area: 1, Classes: []string{"a=b"}}
	x := l.Explain(asked)
	asked.Classes[0] = "changed"
	require.Equal(t, []string{"a=b"}, x.Query.Classes)
	require.Equal(t, dispatch.UnknownMatter, l.Match(dispatch.Query{Matter: dispatch.Code(long), Area: 1}).Status)
	require.Equal(t, dispatch.Outside, l.Match(dispatch.Query{Matter: "a"}).Status)
}
