package street

import (
	"errors"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

var (
	errNotATime    = errors.New("not a time")
	errNonexistent = errors.New("local time does not exist")
	errTooFine     = errors.New("time is finer than a millisecond")
)

// layouts are the local forms of a time, besides RFC 3339.
var layouts = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

// parseTime reads an instant: RFC 3339, or a local time of zone. A local time
// that occurs twice (clocks went back) is the earlier instant and ambiguous; one
// that never occurs (clocks went forward) is errNonexistent.
func parseTime(text string, zone *time.Location) (at time.Time, ambiguous bool, err error) {
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return whole(at)
	}
	for _, layout := range layouts {
		wall, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		at, ambiguous, err = localTime(wall, zone)
		if err != nil {
			return time.Time{}, false, err
		}
		at, _, err = whole(at)
		return at, ambiguous, err
	}
	return time.Time{}, false, errNotATime
}

func whole(at time.Time) (time.Time, bool, error) {
	if at.Nanosecond()%int(time.Millisecond) != 0 {
		return time.Time{}, false, errTooFine
	}
	return at.UTC(), false, nil
}

// localTime finds the instants at which zone's clocks show wall. Offsets are
// tried as they are a day before, at and a day after, which covers every clock
// change, since no zone changes twice within a day.
func localTime(wall time.Time, zone *time.Location) (at time.Time, ambiguous bool, err error) {
	found := false
	for _, near := range []time.Duration{-24 * time.Hour, 0, 24 * time.Hour} {
		_, offset := wall.Add(near).In(zone).Zone()
		candidate := wall.Add(-time.Duration(offset) * time.Second)
		if !sameWall(candidate.In(zone), wall) {
			continue
		}
		switch {
		case !found:
			at, found = candidate, true
		case !candidate.Equal(at):
			ambiguous = true
			if candidate.Before(at) {
				at = candidate
			}
		}
	}
	if !found {
		return time.Time{}, false, errNonexistent
	}
	return at, ambiguous, nil
}

func sameWall(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	ah, an, as := a.Clock()
	bh, bn, bs := b.Clock()
	return ay == by && am == bm && ad == bd && ah == bh && an == bn && as == bs && a.Nanosecond() == b.Nanosecond()
}

// startOf is the first instant at which the clocks of zone show a date or a later one.
func startOf(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.UnixMilli(civil.Start(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).UnixMilli(), zone)).In(zone)
}
