package street

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/track"
)

// positions reads positions.csv.
func (l *loader) positions() {
	l.rows(positionsFile, func(r *row) {
		fix := track.Fix{Person: r.person("person"), At: r.near("at", r.time("at")), Accuracy: grid.Meters(r.positive("accuracy_m"))}
		lng, okLng := r.degrees("lng", 180)
		lat, okLat := r.degrees("lat", 90)
		for _, name := range []string{"lng", "lat"} {
			if r.cell(name) == "" {
				r.fault("empty-cell", name, nil)
			}
		}
		if !okLng || !okLat || r.bad {
			return
		}
		at, err := l.point(orb.Point{lng, lat})
		if err != nil {
			f := r.place("lng")
			f.refused(err)
			l.fault(f)
			return
		}
		fix.Point = at
		l.out.Positions = append(l.out.Positions, fix)
	})
	slices.SortStableFunc(l.out.Positions, func(a, b track.Fix) int { return a.At.Compare(b.At) })
}

// Tracker answers a Tracker that has taken in the positions of the folder up to
// now, each at its own instant, by the shifts of the folder's Directory, and how
// many of them met with each verdict: nothing is kept of people off duty.
func (f *Folder) Tracker(now time.Time, opts track.Options) (*track.Tracker, map[track.Verdict]int, error) {
	t, err := track.New(f.Directory, opts)
	if err != nil {
		return nil, nil, err
	}
	verdicts := map[track.Verdict]int{}
	for _, fix := range f.Positions {
		if fix.At.After(now) {
			break
		}
		verdicts[t.Add(fix.At, fix)]++
	}
	t.Expire(now)
	return t, verdicts, nil
}
