package civil_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/civil"
)

// TestEveryDate compares the calendar with package time's, day by day.
func TestEveryDate(t *testing.T) {
	day := time.Date(1969, 12, 1, 0, 0, 0, 0, time.UTC)
	for n := civil.DayMin - 31; n < civil.DayMax+31; n++ {
		d := civil.DateOf(day, nil)
		require.Equal(t, d, civil.Numbered(n))
		if d.Number() != n || d.Weekday() != day.Weekday() || d.Valid() != (n >= civil.DayMin && n < civil.DayMax) {
			t.Fatalf("%s: number %d, %s", d, d.Number(), d.Weekday())
		}
		if d.Valid() {
			back, err := civil.ParseDate(d.String())
			require.NoError(t, err)
			require.Equal(t, d, back)
		}
		tomorrow := day.AddDate(0, 0, 1)
		require.Equal(t, -1, d.Compare(civil.DateOf(tomorrow, nil)))
		require.Equal(t, tomorrow.Day() == 1, d.Day == civil.DaysIn(d.Year, d.Month))
		day = tomorrow
	}
}

func TestDateFaults(t *testing.T) {
	for _, text := range []string{"", "2026-02-29", "2026-6-1", "1969-12-31", "2101-01-01", "2026-13-01", "2026-06-01T00:00"} {
		_, err := civil.ParseDate(text)
		require.ErrorIs(t, err, civil.ErrDate, "%q", text)
		var d civil.Date
		require.Equal(t, text == "", d.UnmarshalText([]byte(text)) == nil)
	}
	text, err := civil.Date{}.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	for _, d := range []civil.Date{{}, {Year: 2026, Month: 2, Day: 29}, {Year: 2026, Month: 13, Day: 1}, {Year: 2026, Month: 1, Day: 32}, {Year: -5, Month: 1, Day: 1}} {
		require.False(t, d.Valid(), "%v", d)
	}
	_, err = civil.NewClock(nil)
	require.ErrorIs(t, err, civil.ErrZone)
	_, err = civil.NewClock(time.FixedZone("far", 27*60*60))
	require.ErrorIs(t, err, civil.ErrZone)
}

var zones = []string{
	"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago",
	"Asia/Tehran", "Pacific/Apia", "America/St_Johns", "Pacific/Kwajalein", "Africa/Casablanca", "Africa/Monrovia", "UTC",
}

// clocks are the Clocks of the zones, made once.
var clocks = map[string]*civil.Clock{}

func clockOf(name string) (*civil.Clock, *time.Location) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	if clocks[name] == nil {
		if clocks[name], err = civil.NewClock(loc); err != nil {
			panic(err)
		}
	}
	return clocks[name], loc
}

// shown is what the local clock shows at an instant, both in ms.
func shown(at int64, loc *time.Location) int64 {
	_, seconds := time.UnixMilli(at).In(loc).Zone()
	return at + int64(seconds)*1000
}

// TestClockLaw compares a Clock with a walk over the seconds of two hours, most of
// the time around a change.
func TestClockLaw(t *testing.T) { rapid.Check(t, clockLaw) }

func FuzzClockLaw(f *testing.F) { f.Fuzz(rapid.MakeFuzz(clockLaw)) }

func clockLaw(t *rapid.T) {
	clock, loc := clockOf(rapid.SampledFrom(zones).Draw(t, "zone"))
	at := time.Unix(rapid.Int64Range(86400, 4102444800).Draw(t, "at"), 0).In(loc)
	if _, end := at.ZoneBounds(); !end.IsZero() && end.Year() < 2100 && rapid.IntRange(0, 3).Draw(t, "near a change") > 0 {
		at = end.Add(time.Duration(rapid.IntRange(-90*60, 30*60).Draw(t, "seconds")) * time.Second)
	}
	// Every known change of these zones is at a whole half minute, so both ends of
	// each half minute before it show the latest there was.
	const half = 30_000
	latest, low := int64(-1<<62), (at.UnixMilli()-25*60*60*1000)/half*half
	for ms := low; ms < at.UnixMilli(); ms += half {
		latest = max(latest, shown(ms, loc), shown(min(ms+half, at.UnixMilli())-1, loc))
	}
	for ms := at.UnixMilli(); ms < at.UnixMilli()+2*60*60*1000; ms += 1000 {
		before := latest
		latest = max(latest, shown(ms, loc))
		wall := clock.Wall(ms)
		if wall < latest || wall > max(before+999, latest) {
			t.Fatalf("%s: latest shown %d, Wall says %d", time.UnixMilli(ms).In(loc), latest, wall)
		}
		require.LessOrEqual(t, clock.Instant(wall), ms)
		require.Greater(t, clock.Instant(wall+1), ms)
	}
}

// TestFirstDay: the first date that begins at or after an instant.
func TestFirstDay(t *testing.T) { rapid.Check(t, firstDay) }

func FuzzFirstDay(f *testing.F) { f.Fuzz(rapid.MakeFuzz(firstDay)) }

func firstDay(t *rapid.T) {
	clock, _ := clockOf(rapid.SampledFrom(zones).Draw(t, "zone"))
	n := rapid.Int64Range(civil.DayMin+1, civil.DayMax-1).Draw(t, "day")
	at := clock.Instant(n*civil.Day) + rapid.SampledFrom([]int64{0, 0, 1, -1, 3_600_000}).Draw(t, "off")
	day := clock.FirstDay(at)
	require.GreaterOrEqual(t, clock.Instant(day*civil.Day), at)
	require.Less(t, clock.Instant((day-1)*civil.Day), at)
}

func TestSkipped(t *testing.T) {
	for name, want := range map[string][]civil.Date{
		"Pacific/Apia":      {{Year: 2011, Month: 12, Day: 30}},
		"Pacific/Kwajalein": {{Year: 1993, Month: 8, Day: 21}},
		"Asia/Shanghai":     nil,
	} {
		clock, _ := clockOf(name)
		var got []civil.Date
		for _, n := range clock.Skipped() {
			got = append(got, civil.Numbered(n))
			require.Equal(t, clock.Instant(n*civil.Day), clock.Instant((n+1)*civil.Day))
		}
		require.Equal(t, want, got, name)
	}
}

func TestMillis(t *testing.T) {
	require.Equal(t, int64(1), civil.Millis(time.Unix(0, 1_999_999)))
	require.Equal(t, int64(-1), civil.Millis(time.Unix(0, -1)))
	require.Less(t, civil.Millis(time.Time{}), civil.DayMin*civil.Day)
	require.Less(t, civil.Millis(time.Unix(-1<<62, 0)), civil.DayMin*civil.Day)
	require.Greater(t, civil.Millis(time.Unix(1<<62, 0)), civil.DayMax*civil.Day)
	require.Equal(t, int64(-2), civil.Floor(-7, 6))
	require.Equal(t, int64(-1), civil.Floor(-6, 6))
}
