package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// octoberWithout is the official calendar in which days of October 2025 are worked or off
// otherwise than announced.
func octoberWithout(days map[int]worktime.Kind) worktime.Config {
	config := worktime.China(handZone)
	for n, kind := range days {
		date := worktime.Date{Year: 2025, Month: 10, Day: n}
		config.Days = slices.DeleteFunc(config.Days, func(day worktime.Day) bool { return day.Date == date })
		config.Days = append(config.Days, worktime.Day{Date: date, Kind: kind})
	}
	return config
}

// New calendars come while a case stands still from Friday 10 October at 9 to 17 o'clock
// with the 16 hours of Friday and Monday left. They are counted from Friday evening on
// each calendar that was in force, and the latest due stands.
func TestOctoberCalendarsWhileItStandsStill(t *testing.T) {
	off, work := worktime.Off, worktime.Work
	saturday := map[int]worktime.Kind{11: work}
	free := map[int]worktime.Kind{11: off}
	for name, c := range map[string]struct {
		first map[int]worktime.Kind
		later []map[int]worktime.Kind
		want  time.Time
	}{
		"none":                      {free, nil, october(14, 17, 0)},                                                   // Monday and Tuesday
		"Saturday is worked":        {free, []map[int]worktime.Kind{saturday}, october(14, 17, 0)},                     // would be Monday
		"two days off more":         {free, []map[int]worktime.Kind{saturday, {13: off, 14: off}}, october(15, 17, 0)}, // Saturday and Wednesday
		"one in the middle":         {free, []map[int]worktime.Kind{{11: off, 13: off}, saturday}, october(15, 17, 0)}, // Tuesday and Wednesday
		"back to the first":         {free, []map[int]worktime.Kind{saturday, free}, october(14, 17, 0)},
		"one that cannot count it":  {free, []map[int]worktime.Kind{{}, saturday}, october(14, 17, 0)},
		"the first was the longest": {map[int]worktime.Kind{11: off, 13: off, 14: off}, []map[int]worktime.Kind{free}, october(16, 17, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			d := octoberCase(t, octoberWithout(c.first), october(9, 10, 0), "waste")
			deskDo(t, d, october(10, 9, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: october(17, 9, 0)})
			for i, days := range c.later {
				config := octoberWithout(days)
				if len(days) == 0 {
					config = worktime.Config{Zone: handZone, FirstYear: 2024, LastYear: 2024}
				}
				deskDo(t, d, october(10, 12+i, 0), dispatch.Install{Setup: octoberRules(t, config)})
			}
			deskDo(t, d, october(10, 17, 0), dispatch.Resume{Case: "E1"})
			octoberDues(t, d, c.want, c.want)
		})
	}
}

// An older journal, and another system, do not say since when a clock stands still: an
// older one goes on by the calendar in force, an imported one stands still since its
// import. A calendar that is not at hand is passed over.
func TestOctoberPausedWithoutItsSetup(t *testing.T) {
	first, second := octoberWithout(map[int]worktime.Kind{11: worktime.Off}), worktime.China(handZone)
	suspended := octoberCase(t, first, october(9, 10, 0), "waste")
	do := dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: october(17, 9, 0)}
	out := deskDecide(t, suspended, october(10, 9, 0), do)
	require.Equal(t, []uint64{1, 1}, []uint64{out.Entries[len(out.Entries)-1].Clocks.Paused[0].Setup, out.Entries[len(out.Entries)-1].Clocks.Paused[1].Setup})
	resumed := func(d *dispatch.Desk) {
		deskDo(t, d, october(10, 12, 0), dispatch.Install{Setup: octoberRules(t, second)})
		deskDo(t, d, october(10, 17, 0), dispatch.Resume{Case: "E1"})
	}
	for i := range out.Entries[len(out.Entries)-1].Clocks.Paused {
		out.Entries[len(out.Entries)-1].Clocks.Paused[i].Setup = 0
	}
	deskApply(t, suspended, out.Entries)
	v := dispatch.ImportOf(suspended, "E1")
	resumed(suspended)
	octoberDues(t, suspended, october(13, 17, 0), october(13, 17, 0))

	brought := dispatch.NewDesk()
	deskDo(t, brought, october(10, 9, 0), dispatch.Install{Setup: octoberRules(t, first)})
	v.Clocks.Paused[0].Setup = 7 // another system's number means nothing here
	deskDo(t, brought, october(10, 9, 0), v)
	require.Equal(t, uint64(1), deskCase(t, brought, "E1").Paused[0].Setup)
	resumed(brought)
	octoberDues(t, brought, october(14, 17, 0), october(14, 17, 0))

	forged := dispatch.NewDesk()
	deskDo(t, forged, october(10, 9, 0), dispatch.Install{Setup: octoberRules(t, second)})
	out = deskDecide(t, forged, october(10, 9, 0), v)
	for i := range out.Entries[0].Clocks.Paused {
		out.Entries[0].Clocks.Paused[i].Setup = 1 << 63 // of no setup
	}
	deskApply(t, forged, out.Entries)
	deskDo(t, forged, october(10, 17, 0), dispatch.Resume{Case: "E1"})
	octoberDues(t, forged, october(13, 17, 0), october(13, 17, 0))
}

// A due that a new calendar moves past the published years is provisional, of a case that
// runs and of one that stands still; within them it is not.
func TestRevisedPastThePublishedYears(t *testing.T) {
	at := time.Date(2026, 12, 29, 9, 0, 0, 0, handZone) // a Tuesday; two working days end on Thursday at 17
	config := func(off ...int) worktime.Config {
		c := worktime.Config{Zone: handZone, FirstYear: 2026, LastYear: 2026, Provisional: true}
		for _, n := range off {
			c.Days = append(c.Days, worktime.Day{Date: worktime.Date{Year: 2026, Month: 12, Day: n}, Kind: worktime.Off})
		}
		return c
	}
	suspend := dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: at.Add(100 * time.Hour)}
	for _, paused := range []bool{false, true} {
		for _, off := range [][]int{nil, {30}} {
			d := octoberCase(t, config(), at, "waste")
			require.False(t, deskCase(t, d, "E1").Provisional)
			if paused {
				deskDo(t, d, at, suspend)
			}
			deskDo(t, d, at, dispatch.Install{Setup: octoberRules(t, config(off...))})
			if paused {
				deskDo(t, d, at, dispatch.Resume{Case: "E1"})
			}
			want := time.Date(2026, 12, 31, 17, 0, 0, 0, handZone)
			if off != nil {
				want = time.Date(2027, 1, 1, 17, 0, 0, 0, handZone)
			}
			octoberDues(t, d, want, want)
			require.Equal(t, off != nil, deskCase(t, d, "E1").Provisional)
		}
	}
}
