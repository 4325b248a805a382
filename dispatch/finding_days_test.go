package dispatch_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// daysAreLike draws a list with windows, a calendar and a zone: the instants that the
// proof looks at are those that a walk through every day finds, in the same order.
func daysAreLike(tb testing.TB) func(*rapid.T) {
	m := listMap(tb, 1, 1)
	var zones []*time.Location
	for _, name := range []string{"Asia/Shanghai", "UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "America/Scoresbysund", "Antarctica/Troll"} {
		z, err := time.LoadLocation(name)
		require.NoError(tb, err)
		zones = append(zones, z)
	}
	zones = append(zones, shanghai)
	return func(t *rapid.T) {
		pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
		config := worktime.China(zones[pick("calendar", len(zones))])
		switch pick("kind", 4) {
		case 0: // every day is worked
			config.Days, config.Week = nil, worktime.Week{true, true, true, true, true, true, true}
		case 1:
			config.Days, config.Week = nil, worktime.Week{false, true}
		}
		config.Provisional = pick("provisional", 2) == 0
		config.Windows = [][]worktime.Window{
			{{Start: 8 * 60, End: 12 * 60}, {Start: 14 * 60, End: 18 * 60}}, {{Start: 0, End: 15}, {Start: 1 * 60, End: 150}, {Start: 23*60 + 45, End: 24 * 60}}, {{Start: 0, End: 24 * 60}},
		}[pick("windows", 3)]
		cal, err := worktime.New(config)
		require.NoError(t, err)
		zone := config.Zone
		if pick("other zone", 8) == 0 {
			zone = zones[pick("zone", len(zones))]
		}
		var rules []dispatch.Rule
		windows := []string{"", "work", "rest", "18:00-08:00", "00:30-02:30", "23:30-00:30", "01:45-02:15"}
		for i := range 1 + pick("n", 5) {
			r := dispatch.Rule{ID: dispatch.Code(fmt.Sprint("R", i)), Role: dispatch.Lead, Matter: "*", Party: "p", Window: windows[pick("window", len(windows))]}
			from := time.Date(1990+pick("year", 120), time.Month(1+pick("month", 12)), 1+pick("day", 30), pick("hour", 24), 0, 0, 0, time.UTC)
			if pick("from", 2) == 0 {
				r.During.From = from
			}
			if pick("until", 2) == 0 {
				r.During.Until = from.Add(time.Duration(1+pick("hours", []int{60, 800, 200_000}[pick("long", 3)])) * time.Hour)
			}
			rules = append(rules, r)
		}
		l, err := dispatch.Compile(nil, rules, m, nil, dispatch.Options{Calendar: cal, Zone: zone})
		require.NoError(t, err)
		every, brief := dispatch.Combos(l)
		require.Equal(t, every, brief)
	}
}

func TestProveLeavesOutNothing(t *testing.T) { rapid.Check(t, daysAreLike(t)) }

func FuzzProveDays(f *testing.F) { f.Fuzz(rapid.MakeFuzz(daysAreLike(f))) }

// TestProveAfterALeapYear: past the table of a zone the standard library ends a leap year a
// day early; the days after it are looked at by their own clocks all the same.
func TestProveAfterALeapYear(t *testing.T) {
	zone, err := time.LoadLocation("Antarctica/Troll")
	require.NoError(t, err)
	config := worktime.China(zone)
	config.Days, config.Week, config.Provisional = nil, worktime.Week{true, true, true, true, true, true, true}, true
	config.Windows = []worktime.Window{{Start: 0, End: 15}, {Start: 60, End: 150}}
	cal, err := worktime.New(config)
	require.NoError(t, err)
	from := time.Date(2076, 12, 1, 0, 0, 0, 0, time.UTC)
	rules := []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "*", Party: "p", Window: "work", During: dispatch.Interval{From: from}},
		{ID: "R2", Role: dispatch.Lead, Matter: "*", Party: "q", Window: "01:45-02:15", During: dispatch.Interval{From: from}},
	}
	l, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{Calendar: cal, Zone: zone})
	require.NoError(t, err)
	every, brief := dispatch.Combos(l)
	require.Equal(t, every, brief)
	// When the clocks go back two hours, 01:45 comes again and is no working time.
	require.Contains(t, every, fmt.Sprint(time.Date(2077, 10, 31, 1, 45, 0, 0, time.UTC).UnixMilli()))
	seen := map[time.Month]bool{}
	for at := range dispatch.Looked(l, time.Date(2077, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2077, 6, 3, 0, 0, 0, 0, time.UTC)) {
		local := at.In(zone)
		seen[local.Month()] = true
		require.Contains(t, []int{0, 15, 60, 105, 135, 150}, local.Hour()*60+local.Minute(), "%s", local)
	}
	require.True(t, seen[time.June])
}
