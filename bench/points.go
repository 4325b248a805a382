package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// The kinds of sample points.
const (
	uniform = "uniform" // anywhere in the box
	hot     = "hot"     // 90 % in 32 Gaussian spots, the rest uniform
	border  = "border"  // on an edge, between its ends
	vertex  = "vertex"  // on a vertex
)

var kinds = []string{uniform, hot, border, vertex}

const (
	hotSpots  = 32
	hotShare  = 0.9
	hotSpread = 0.005 // standard deviation of a spot, in widths of the box
)

// sampler draws points of a tiling, all whole numbers of 1e-7 degree.
type sampler struct {
	t     *tiling
	rnd   *rand.Rand
	spots [hotSpots]orb.Point
}

// sample draws n points of a kind, the same ones for the same arguments.
func sample(t *tiling, kind string, n int, seed uint64) ([]orb.Point, error) {
	at := slices.Index(kinds, kind)
	if at < 0 {
		return nil, fmt.Errorf("no points %q: there are %s", kind, strings.Join(kinds, ", "))
	}
	s := &sampler{t: t, rnd: rand.New(rand.NewPCG(seed, uint64(at)))}
	for i := range s.spots {
		s.spots[i], _ = s.edge()
	}
	draw := []func() orb.Point{s.uniform, s.hot, s.border, s.vertex}[at]
	points := make([]orb.Point, n)
	for i := range points {
		points[i] = draw()
	}
	return points, nil
}

func (s *sampler) uniform() orb.Point {
	low, high := s.t.box.Min, s.t.box.Max
	return whole(low[0]+s.rnd.Float64()*(high[0]-low[0]), low[1]+s.rnd.Float64()*(high[1]-low[1]))
}

func (s *sampler) hot() orb.Point {
	if s.rnd.Float64() >= hotShare {
		return s.uniform()
	}
	spot := s.spots[s.rnd.IntN(hotSpots)]
	low, high := s.t.box.Min, s.t.box.Max
	return whole(
		spot[0]+s.rnd.NormFloat64()*hotSpread*(high[0]-low[0]),
		spot[1]+s.rnd.NormFloat64()*hotSpread*(high[1]-low[1]),
	)
}

// border is a point that lies on an edge exactly and is none of its ends. Most
// edges pass through no whole point; others are drawn until one does.
func (s *sampler) border() orb.Point {
	for {
		p, q := s.edge()
		ax, ay := units(p)
		bx, by := units(q)
		n := gcd(bx-ax, by-ay)
		if n < 2 {
			continue
		}
		k := 1 + s.rnd.Int64N(n-1)
		return degrees(ax+(bx-ax)/n*k, ay+(by-ay)/n*k)
	}
}

func (s *sampler) vertex() orb.Point {
	p, _ := s.edge()
	return p
}

// edge draws a leaf that has a boundary, then one of its edges.
func (s *sampler) edge() (from, to orb.Point) {
	for {
		leaf := s.t.leaves[s.rnd.IntN(len(s.t.leaves))]
		if len(leaf) == 0 {
			continue
		}
		polygon := leaf[s.rnd.IntN(len(leaf))]
		ring := polygon[s.rnd.IntN(len(polygon))]
		i := s.rnd.IntN(len(ring) - 1)
		return ring[i], ring[i+1]
	}
}

// units is a place in whole units of 1e-7 degree.
func units(p orb.Point) (x, y int64) {
	return int64(math.Round(p[0] * unitsPerDeg)), int64(math.Round(p[1] * unitsPerDeg))
}

// degrees is the float64 degrees nearest to a place in whole units.
func degrees(x, y int64) orb.Point {
	return orb.Point{float64(x) / unitsPerDeg, float64(y) / unitsPerDeg}
}

func whole(lng, lat float64) orb.Point { return degrees(units(orb.Point{lng, lat})) }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
