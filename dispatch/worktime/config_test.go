package worktime_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

func TestFaultsAllAtOnce(t *testing.T) {
	day := func(text string, kind worktime.Kind) worktime.Day {
		date, err := worktime.ParseDate(text)
		require.NoError(t, err)
		return worktime.Day{Date: date, Kind: kind}
	}
	_, err := worktime.New(worktime.Config{
		Windows: []worktime.Window{{Start: 600, End: 720}, {Start: 700, End: 800}, {Start: 22 * 60, End: 6 * 60}, {Start: 0, End: 1441}, {Start: 540, End: 540}},
		Days: []worktime.Day{
			day("2026-05-01", worktime.Off), {Date: worktime.Date{Year: 2026, Month: 2, Day: 29}, Kind: worktime.Off},
			day("2026-05-01", worktime.Work), day("2026-05-02", "holiday"), day("1989-12-31", worktime.Off),
		},
		FirstYear: 2027, LastYear: 2026,
	})
	faults := new(worktime.Faults)
	require.ErrorAs(t, err, &faults)
	type place struct {
		Err   error
		Field string
		Index int
	}
	var got []place
	for _, f := range faults.All {
		got = append(got, place{f.Err, f.Field, f.Index})
	}
	want := []place{
		{worktime.ErrZone, "Zone", -1},
		{worktime.ErrOverlap, "Windows", 1}, {worktime.ErrWindow, "Windows", 2}, {worktime.ErrWindow, "Windows", 3}, {worktime.ErrWindow, "Windows", 4},
		{worktime.ErrDate, "Days", 1}, {worktime.ErrTwice, "Days", 2}, {worktime.ErrKind, "Days", 3}, {worktime.ErrDate, "Days", 4},
		{worktime.ErrYears, "Years", -1},
	}
	require.Empty(t, cmp.Diff(want, got, cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) })))
	for _, p := range want {
		require.ErrorIs(t, err, p.Err)
	}
}

func TestFaultLimits(t *testing.T) {
	_, err := worktime.New(worktime.Config{Zone: time.UTC, Days: make([]worktime.Day, 250)})
	faults := new(worktime.Faults)
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.All, worktime.FaultsMax)
	require.Equal(t, 250-worktime.FaultsMax, faults.More)
	require.Contains(t, err.Error(), "150 more faults")

	_, err = worktime.New(worktime.Config{Zone: time.UTC, Days: make([]worktime.Day, worktime.DaysMax+1), Windows: make([]worktime.Window, worktime.WindowsMax+1)})
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.All, 2)
	require.ErrorIs(t, err, worktime.ErrTooMany)

	_, err = worktime.New(worktime.Config{Zone: time.FixedZone("far", 27*3600)})
	require.ErrorIs(t, err, worktime.ErrZone)
}

// TestTexts proves that every fault has an English and a Chinese text.
func TestTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, err := range []error{
		worktime.ErrZone, worktime.ErrWindow, worktime.ErrOverlap, worktime.ErrWeek, worktime.ErrDate, worktime.ErrKind, worktime.ErrTwice,
		worktime.ErrYears, worktime.ErrTooMany, worktime.ErrNotMillis, worktime.ErrNegative, worktime.ErrCalendarHorizon, worktime.ErrBudget,
	} {
		fault := &worktime.Error{Err: err, Field: "F", Index: 2, Value: "V", Year: 2030}
		for _, lang := range []string{"en", "zh"} {
			text := fault.Text(lang)
			require.False(t, seen[text], text)
			seen[text] = true
			require.Contains(t, text, "F[2]")
			require.NotContains(t, text, "{")
			require.NotContains(t, text, "unknown")
		}
	}
	require.Equal(t, "unknown F V 0", (&worktime.Error{Err: errors.New("x"), Field: "F", Index: -1, Value: "V"}).Text("zh"))
}

// TestErrorPrecedence asks questions that are wrong in two ways.
func TestErrorPrecedence(t *testing.T) {
	calendar := china(t)
	late := time.Date(2030, 1, 1, 0, 0, 0, 1, time.UTC)
	_, err := calendar.Add(late, worktime.Budget{N: 1, Unit: "w"})
	require.ErrorIs(t, err, worktime.ErrBudget)
	_, err = calendar.Add(late, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	require.ErrorIs(t, err, worktime.ErrNotMillis)
	_, err = calendar.Add(late, worktime.Budget{N: 1, Unit: worktime.Days})
	require.ErrorIs(t, err, worktime.ErrNotMillis)
	_, err = calendar.AddWorking(late, -1)
	require.ErrorIs(t, err, worktime.ErrNegative)
	_, err = calendar.AddWorking(late.Truncate(time.Second), 1)
	require.ErrorIs(t, err, worktime.ErrNotMillis)
	_, err = calendar.Between(late, late)
	require.ErrorIs(t, err, worktime.ErrNotMillis)
	_, err = calendar.Between(late.Truncate(time.Second), late)
	require.ErrorIs(t, err, worktime.ErrCalendarHorizon)
}

// TestDefaults: what is left out is 09:00-17:00 from Monday to Friday.
func TestDefaults(t *testing.T) {
	short, err := worktime.New(worktime.Config{Zone: time.UTC})
	require.NoError(t, err)
	long, err := worktime.New(worktime.Config{
		Zone: time.UTC, Windows: []worktime.Window{{Start: 540, End: 1020}}, Week: worktime.Week{false, true, true, true, true, true, false},
		FirstYear: worktime.YearMin, LastYear: worktime.YearMax,
	})
	require.NoError(t, err)
	require.Equal(t, long.Hash(), short.Hash())
	require.Equal(t, "Mon,Tue,Wed,Thu,Fri", short.Week().String())
	require.Equal(t, []worktime.Window{{Start: 540, End: 1020}}, short.Windows())
	require.Equal(t, time.UTC, short.Zone())
	first, last := short.Years()
	require.Equal(t, [2]int{worktime.YearMin, worktime.YearMax}, [2]int{first, last})
	listed, err := worktime.New(worktime.Config{Zone: time.UTC, Days: worktime.ChinaDays()})
	require.NoError(t, err)
	first, last = listed.Years()
	require.Equal(t, [2]int{2006, 2026}, [2]int{first, last}, "the years of the listed days")
}

// TestHash: the order of windows and days does not matter, everything else does.
func TestHash(t *testing.T) {
	base := worktime.China(zone("Asia/Shanghai"))
	base.Windows = []worktime.Window{{Start: 480, End: 720}, {Start: 840, End: 1080}}
	hash := func(config worktime.Config) [32]byte {
		calendar, err := worktime.New(config)
		require.NoError(t, err)
		return calendar.Hash()
	}
	want := hash(base)
	turned := base
	turned.Days = slices.Clone(base.Days)
	slices.Reverse(turned.Days)
	turned.Windows = []worktime.Window{base.Windows[1], base.Windows[0]}
	require.Equal(t, want, hash(turned))
	seen := map[[32]byte]bool{want: true}
	for _, change := range []func(*worktime.Config){
		func(c *worktime.Config) { c.Zone = zone("Asia/Taipei") },
		func(c *worktime.Config) { c.Windows = c.Windows[:1] },
		func(c *worktime.Config) { c.Week[6] = true },
		func(c *worktime.Config) { c.Days = c.Days[1:] },
		func(c *worktime.Config) { c.LastYear-- },
		func(c *worktime.Config) { c.FirstYear++ },
		func(c *worktime.Config) { c.Provisional = true },
		func(c *worktime.Config) { c.Days = slices.Clone(c.Days); c.Days[5].Name += "!" },
		func(c *worktime.Config) { c.Days = slices.Clone(c.Days); c.Days[5].Notice += "!" },
	} {
		other := base
		change(&other)
		require.False(t, seen[hash(other)])
		seen[hash(other)] = true
	}
}

// TestOwnCopy: the caller may do what it likes with its slices afterwards.
func TestOwnCopy(t *testing.T) {
	config := worktime.China(zone("Asia/Shanghai"))
	config.Windows = []worktime.Window{{Start: 480, End: 720}}
	calendar, err := worktime.New(config)
	require.NoError(t, err)
	before, err := calendar.Day(noon(t, "2026-01-04"))
	require.NoError(t, err)
	clear(config.Days)
	config.Windows[0] = worktime.Window{}
	calendar.Windows()[0] = worktime.Window{}
	after, err := calendar.Day(noon(t, "2026-01-04"))
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.Equal(t, []worktime.Window{{Start: 480, End: 720}}, calendar.Windows())
}

func TestParseWindow(t *testing.T) {
	for text, want := range map[string]worktime.Window{
		"08:00-12:00": {Start: 480, End: 720}, " 00:00-24:00 ": {Start: 0, End: 1440}, "23:59-24:00": {Start: 1439, End: 1440},
	} {
		got, err := worktime.ParseWindow(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "-", "8:00-12:00", "08:00", "08:00-12:0x", "12:00-08:00", "08:00-08:00", "08:60-09:00", "08:00-24:01", "18:00-08:00", "+8:00-12:00", "08:00-12:00-14:00"} {
		_, err := worktime.ParseWindow(text)
		require.ErrorIs(t, err, worktime.ErrWindow, text)
	}
}

func TestParseWeek(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Fri": "Mon,Tue,Wed,Thu,Fri", "Mon,Wed,Fri": "Mon,Wed,Fri", "sat-TUE": "Mon,Tue,Sat,Sun", "Mon-Wed, Sun": "Mon,Tue,Wed,Sun", "Thu": "Thu", "Mon-Sun": "Mon,Tue,Wed,Thu,Fri,Sat,Sun",
	} {
		got, err := worktime.ParseWeek(text)
		require.NoError(t, err)
		require.Equal(t, want, got.String())
	}
	for _, text := range []string{"", "Mon,", "Mon-", "-Fri", "Monday", "Mon-Wed-Fri", "1-5", ","} {
		_, err := worktime.ParseWeek(text)
		require.ErrorIs(t, err, worktime.ErrWeek, text)
	}
}

// texts that people write come back as they went in.
func roundTrips(t *rapid.T) {
	start := rapid.IntRange(0, worktime.MinutesPerDay-1).Draw(t, "start")
	window := worktime.Window{Start: start, End: rapid.IntRange(start+1, worktime.MinutesPerDay).Draw(t, "end")}
	readWindow, err := worktime.ParseWindow(window.String())
	require.NoError(t, err)
	require.Equal(t, window, readWindow)

	date := worktime.DateOf(time.Unix(rapid.Int64Range(631152000, 4133980799).Draw(t, "date"), 0), nil)
	require.True(t, date.Valid())
	var readDate worktime.Date
	text, err := date.MarshalText()
	require.NoError(t, err)
	require.NoError(t, readDate.UnmarshalText(text))
	require.Equal(t, date, readDate)

	week := worktime.Week{rapid.IntRange(0, 6).Draw(t, "day") == 0, rapid.Bool().Draw(t, "mon"), true}
	readWeek, err := worktime.ParseWeek(week.String())
	require.NoError(t, err)
	require.Equal(t, week, readWeek)
}

func TestRoundTrips(t *testing.T) { rapid.Check(t, roundTrips) }

func FuzzBudget(f *testing.F) {
	for _, text := range []string{"", "4wh", "15wd!", "30m", "2h", "7d", "52704000m", "0wd", "99999999999999999999d", "-1d", "4 wh", "４wh"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		budget, err := worktime.ParseBudget(text)
		if err != nil {
			require.ErrorIs(t, err, worktime.ErrBudget)
			require.Equal(t, worktime.Budget{}, budget)
			return
		}
		again, err := worktime.ParseBudget(budget.String())
		require.NoError(t, err)
		require.Equal(t, budget, again)
		require.Equal(t, text == "", budget.IsZero())
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"08:00-12:00", "Mon-Fri", "2026-01-04", "Sat-Tue,Thu"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if w, err := worktime.ParseWindow(text); err == nil {
			again, err := worktime.ParseWindow(w.String())
			require.NoError(t, err)
			require.Equal(t, w, again)
		}
		if w, err := worktime.ParseWeek(text); err == nil {
			again, err := worktime.ParseWeek(w.String())
			require.NoError(t, err)
			require.Equal(t, w, again)
		}
		if d, err := worktime.ParseDate(text); err == nil {
			require.Equal(t, text, d.String())
		}
	})
}
