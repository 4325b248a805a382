package street_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/street"
)

func zoned(t tb, zone string) *street.Folder {
	t.Helper()
	folder := smallFolder()
	edit(folder, "street.json", "Asia/Shanghai", zone)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	return f
}

func TestLocalTimes(t *testing.T) {
	ny := zoned(t, "America/New_York")
	for text, want := range map[string]string{
		"2021-03-14T01:59:59":       "2021-03-14T06:59:59Z",
		"2021-03-14T03:00:00":       "2021-03-14T07:00:00Z",
		"2021-11-07 01:30":          "2021-11-07T05:30:00Z", // the first of the two
		"2021-11-07":                "2021-11-07T04:00:00Z",
		"2021-11-07T01:30:00-05:00": "2021-11-07T06:30:00Z",
		"2021-11-07T01:30:00.25Z":   "2021-11-07T01:30:00.25Z",
	} {
		at, err := ny.ParseTime(text)
		require.NoError(t, err, text)
		require.Equal(t, want, at.UTC().Format(time.RFC3339Nano), text)
	}
	for _, text := range []string{"2021-03-14T02:00:00", "2021-03-14 02:59", "2021-02-30", "9:00", "", "2021-01-01T00:00:00.0001Z"} {
		_, err := ny.ParseTime(text)
		require.Error(t, err, text)
	}
}

// TestLocalTimeIsWhatTheClockShows finds the instants of a local time by walking
// every quarter of an hour around it.
func TestLocalTimeIsWhatTheClockShows(t *testing.T) { rapid.Check(t, localTimeIsWhatTheClockShows) }

func FuzzLocalTime(f *testing.F) { f.Fuzz(rapid.MakeFuzz(localTimeIsWhatTheClockShows)) }

func localTimeIsWhatTheClockShows(t *rapid.T) {
	name := rapid.SampledFrom([]string{"America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"}).Draw(t, "zone")
	f := zoned(t, name)
	quarter := rapid.IntRange(0, 366*96).Draw(t, "quarter")
	wall := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(quarter) * 15 * time.Minute)
	if rapid.Bool().Draw(t, "near a change") {
		day := rapid.SampledFrom([]string{"2021-03-14", "2021-11-07", "2021-04-04", "2021-10-03", "2021-04-11", "2021-05-16"}).Draw(t, "day")
		wall, _ = time.Parse(time.DateOnly, day)
		wall = wall.Add(time.Duration(rapid.IntRange(0, 95).Draw(t, "quarter of the day")) * 15 * time.Minute)
	}
	text := wall.Format("2006-01-02T15:04:05")
	var first time.Time
	for at := wall.Add(-36 * time.Hour); at.Before(wall.Add(36 * time.Hour)); at = at.Add(15 * time.Minute) {
		if at.In(f.Zone).Format("2006-01-02T15:04:05") == text {
			first = at
			break
		}
	}
	got, err := f.ParseTime(text)
	if first.IsZero() {
		require.Error(t, err, "%s %s does not exist", name, text)
		return
	}
	require.NoError(t, err)
	require.True(t, got.Equal(first), "%s %s: %s, want %s", name, text, got, first)
}
