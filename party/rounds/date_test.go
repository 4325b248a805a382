package rounds

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestStartOfDay: by brute force, minute by minute, the first instant at which
// the clocks show the date or a later one, in zones where midnight is left out
// (São Paulo), a day is (Apia), and clocks go back over midnight (St John's); and at the
// end of a leap year beyond the zone's table, where the standard library ends the
// stretch a day too early.
func TestStartOfDay(t *testing.T) {
	for _, of := range [][2]string{
		{"Asia/Shanghai", "1986-05-04"}, {"America/Sao_Paulo", "2018-11-04"}, {"Pacific/Apia", "2011-12-30"}, {"America/St_Johns", "2009-11-01"},
		{"Africa/Cairo", "2024-04-26"}, {"Europe/London", "2026-03-29"}, {"Pacific/Kiritimati", "2026-01-01"},
		{"Europe/Berlin", "2077-01-01"}, {"America/St_Johns", "2076-12-31"}, {"Australia/Lord_Howe", "2041-01-01"}, {"Antarctica/Troll", "9997-01-01"},
	} {
		name, day := of[0], of[1]
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		var middle Date
		require.NoError(t, middle.UnmarshalText([]byte(day)))
		from := (middle - 3).midnight()
		latest, begins := DateOf(from.In(zone)), map[Date]int64{}
		for m := range 6 * 24 * 60 {
			at := from.Add(time.Duration(m) * time.Minute)
			for d := DateOf(at.In(zone)); latest < d; {
				latest++
				begins[latest] = at.UnixMilli()
			}
			require.Equal(t, latest, dateOf(at.UnixMilli(), zone), "%s %s", name, at)
		}
		for d := middle - 2; d <= middle+1; d++ {
			got, ok := start(d, zone)
			require.True(t, ok)
			require.Equal(t, begins[d], got, "%s %s", name, d)
		}
	}
}

func propDate(t *rapid.T) {
	d := Date(rapid.Int32Range(1, int32(dateMax)).Draw(t, "day"))
	text, err := d.MarshalText()
	require.NoError(t, err)
	var back Date
	require.NoError(t, back.UnmarshalText(text))
	require.Equal(t, d, back)
	require.Equal(t, d, DateOf(d.midnight()))
	for _, e := range []Every{"1mo", "3mo", "120mo", "7d", "2w", "1d"} {
		r, ok := e.parse()
		require.True(t, ok)
		s := max(1, d-Date(rapid.Int32Range(0, 40_000).Draw(t, "since")))
		k := r.index(s, d)
		from, until := r.bounds(s, k)
		require.True(t, from <= d && d < until, "%s from %s: %s is not in %d", e, s, d, k)
		_, end := r.bounds(s, k-1)
		require.Equal(t, from, end, "periods follow each other")
	}
}

func TestDate(t *testing.T) {
	rapid.Check(t, propDate)
	for _, bad := range []string{"2026-02-29", "0000-12-31", "2026-1-1", "20260101", "x", "2026-01-01 "} {
		require.ErrorIs(t, new(Date).UnmarshalText([]byte(bad)), ErrDate, bad)
	}
	_, err := Date(-1).MarshalText()
	require.ErrorIs(t, err, ErrDate)
	for _, bad := range []Every{"", "mo", "0d", "01d", "-1d", "121mo", "3661d", "1y", "+1d", "1.5w"} {
		_, ok := bad.parse()
		require.False(t, ok, bad)
	}
}

func FuzzDate(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propDate)) }
