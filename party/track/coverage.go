package track

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// The limits of a Coverage.
const (
	// WithinMax is a kilometre: who is farther off does not see the route.
	WithinMax grid.Meters = 1000
	// RouteMax is 200 km: nobody patrols more in a turn.
	RouteMax grid.Meters = 200_000
	// RoutePointsMax is a point for every two metres of that.
	RoutePointsMax = 100_000
	// RouteLatitudeMax keeps to where a degree of longitude has a length.
	RouteLatitudeMax = 85.0
)

// The faults of a Coverage, in order of precedence.
var (
	ErrNotRoute    = errors.New("not a route")
	ErrNotInterval = errors.New("not an interval")
)

// Coverage is how much of a route a patrol has been along (巡逻覆盖).
type Coverage struct {
	Total     grid.Meters // the length of the route, in whole millimetres
	Covered   grid.Meters // Total less the Uncovered, to the millimetre
	Uncovered []Stretch   // in order, apart from one another
}

// Stretch is a part of a route, from its beginning in whole millimetres.
type Stretch struct{ From, Until grid.Meters }

// Coverage answers what part of a planned route lies within so many metres of a
// person's track in [from, until). The track is its fixes and, between two that are
// no more than Options.MaxGap apart and within reach at Options.Speed, the edge
// straight in longitude and latitude. So are the edges of the route; they run on
// across ±180 degrees when their longitudes do.
//
// A place that is answered as covered is within the distance and a millimetre, one
// that is not is beyond the distance less a millimetre, for routes up to 70 degrees
// north and south; see plane for that bound. An *Error names the argument: within
// (ErrRange), route (ErrNotRoute: fewer than 2 points or more than RoutePointsMax,
// longer than RouteMax, a point that is no place or beyond RouteLatitudeMax), until
// (ErrNotInterval). O(route × track / 100 m).
func (t *Tracker) Coverage(route orb.LineString, c Code, from, until time.Time, within grid.Meters) (Coverage, error) {
	if !(within >= 0 && within <= WithinMax) {
		return Coverage{}, &Error{"within", ErrRange}
	}
	pieces, err := piecesOf(route)
	if err != nil {
		return Coverage{}, err
	}
	low, high := interval(from, until)
	if low >= high {
		return Coverage{}, &Error{"until", ErrNotInterval}
	}
	var edges []edge
	if id, ok := t.ids[c]; ok {
		edges = t.edges(&t.people[id].track, low, high)
	}
	return covered(pieces, edges, float64(within)), nil
}

// edges are the track as pieces short enough for a plane.
func (t *Tracker) edges(r *ring, low, high int64) []edge {
	var edges []edge
	first, end := r.stretch(low, high)
	for i := first; i < end; i++ {
		a := r.record(i)
		edges = append(edges, edge{a.degrees(), a.degrees()})
		if i+1 == end {
			break
		}
		b, apart := r.record(i+1), r.at(i+1)-r.at(i)
		if apart > t.gap || !t.plausible(a, b, apart) {
			continue
		}
		to := b.degrees()
		to[0] += float64(360 * math.Round((a.degrees()[0]-to[0])/360))
		edges = edge{a.degrees(), to}.cut(edges)
	}
	return edges
}

// piece is a piece of a route, so many metres from its beginning.
type piece struct {
	edge
	from, length float64
}

// piecesOf cuts a route into pieces short enough for a plane.
func piecesOf(route orb.LineString) ([]piece, error) {
	bad := func(i int) error { return &Error{fmt.Sprintf("route[%d]", i), ErrNotRoute} }
	if len(route) < 2 || len(route) > RoutePointsMax {
		return nil, &Error{"route", ErrNotRoute}
	}
	for i, p := range route {
		if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= RouteLatitudeMax) {
			return nil, bad(i)
		}
	}
	var pieces []piece
	var cuts []edge
	total := 0.0
	for i := range len(route) - 1 {
		whole := edge{route[i], route[i+1]}
		if total+geodesy.Length(whole.a, whole.b) > float64(RouteMax) {
			return nil, bad(i + 1)
		}
		cuts = whole.cut(cuts[:0])
		for _, e := range cuts {
			length := geodesy.Length(e.a, e.b)
			pieces = append(pieces, piece{e, total, length})
			total += length
		}
	}
	return pieces, nil
}

// covered answers the coverage of the pieces of a route by edges.
func covered(pieces []piece, edges []edge, within float64) Coverage {
	var all Coverage
	var spans []shares
	for _, p := range pieces {
		spans = p.near(edges, within, spans[:0])
		slices.SortFunc(spans, func(a, b shares) int { return cmp.Compare(a.from, b.from) })
		done := 0.0
		for _, s := range spans {
			all.miss(p.along(done), p.along(s.from))
			done = max(done, s.until)
		}
		all.miss(p.along(done), p.along(1))
	}
	last := pieces[len(pieces)-1]
	all.Total = metres(last.along(1))
	missed := int64(0)
	for i, s := range all.Uncovered {
		missed += int64(s.Until - s.From)
		all.Uncovered[i] = Stretch{metres(int64(s.From)), metres(int64(s.Until))}
	}
	all.Covered = metres(last.along(1) - missed)
	return all
}

// miss adds a stretch, in millimetres, to the end.
func (c *Coverage) miss(from, until int64) {
	n := len(c.Uncovered)
	switch {
	case from >= until:
	case n > 0 && int64(c.Uncovered[n-1].Until) == from:
		c.Uncovered[n-1].Until = grid.Meters(until)
	default:
		c.Uncovered = append(c.Uncovered, Stretch{grid.Meters(from), grid.Meters(until)})
	}
}

// along is how far a share of the piece is from the route's beginning, in mm.
func (p piece) along(share float64) int64 {
	return int64(math.Round((p.from + float64(p.length*share)) * 1000))
}

func metres(mm int64) grid.Meters { return grid.Meters(float64(mm) / 1000) }
