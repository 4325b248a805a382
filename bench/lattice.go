package main

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// lattice is side × side pieces with four bent sides each. Pieces next to each
// other have the same side between them, vertex for vertex, because a side is a
// function of its number alone. A lattice holds no geometry.
type lattice struct {
	side     int
	seed     uint64
	columns  warp
	rows     warp
	pieceDeg float64 // mean spacing in degrees
}

// The bends are bounded so that no two sides cross. A node moves by at most 0.15
// of the spacing each way, so two sides at a node stand at least 44° apart: each
// is turned by at most atan(0.3 / 0.7) = 23°. A side stays within 0.3 of the way
// to its nearer end, atan 0.3 = 17° from its chord, so neighbours keep apart, and
// within 0.15 of its length, 1.35 spacings at most, so opposite sides of a piece do.
const (
	nodeJitter   = 0.15
	sideBend     = 0.3
	segmentsMin  = 4  // of a side
	segmentsMax  = 15 // 9.5 on average, which makes 71 vertices for a leaf of 3 pieces
	degreesEach  = 0.001
	originLng    = 113.9
	originLat    = 22.5
	unitsPerDeg  = 1e7
	densityRange = 9 // of the spacing along each axis: 81 of the area
)

func newLattice(side int, seed uint64) *lattice {
	return &lattice{
		side: side, seed: seed, pieceDeg: degreesEach,
		columns: newWarp(side, 1.3, 0.4), rows: newWarp(side, 1.7, 2.1),
	}
}

// node is the number of the node at column i, row j, both 0 … side.
func (l *lattice) node(i, j int) int { return j*(l.side+1) + i }

// random is a source that depends on the seed, a number and nothing else.
func (l *lattice) random(kind, number int) *rand.Rand {
	return rand.New(rand.NewPCG(l.seed, uint64(number)<<1|uint64(kind)))
}

// at is where a node lies, in spacings.
func (l *lattice) at(node int) (x, y float64) {
	r := l.random(0, node)
	x = float64(node%(l.side+1)) + nodeJitter*(2*r.Float64()-1)
	return x, float64(node/(l.side+1)) + nodeJitter*(2*r.Float64()-1)
}

// appendSide appends the vertices of the side from a to b, two nodes next to each
// other: a and the bends, without b.
func (l *lattice) appendSide(ring orb.Ring, a, b int) orb.Ring {
	low, direction := min(a, b), 0
	if max(a, b)-low > 1 {
		direction = 1
	}
	r := l.random(1, 2*low+direction)
	n := segmentsMin + r.IntN(segmentsMax-segmentsMin+1)
	ax, ay := l.at(a)
	lowX, lowY := l.at(low)
	highX, highY := l.at(max(a, b))
	dx, dy := highX-lowX, highY-lowY
	ring = append(ring, l.place(ax, ay))
	from := len(ring)
	for k := 1; k < n; k++ {
		t := float64(k) / float64(n)
		d := sideBend * min(t, 1-t) * (2*r.Float64() - 1)
		ring = append(ring, l.place(lowX+t*dx-d*dy, lowY+t*dy+d*dx))
	}
	if a != low {
		for i, j := from, len(ring)-1; i < j; i, j = i+1, j-1 {
			ring[i], ring[j] = ring[j], ring[i]
		}
	}
	return ring
}

// place is a point of the lattice on the ground, a whole number of 1e-7 degree.
func (l *lattice) place(x, y float64) orb.Point {
	lng := originLng + l.pieceDeg*l.columns.at(x)
	lat := originLat + l.pieceDeg*l.rows.at(y)
	return whole(lng, lat)
}

// warp stretches an axis: it maps 0 … side to itself, steep in some places and
// flat in others, always rising.
type warp struct {
	side float64
	sums []float64 // value at each quarter of a spacing
}

const warpSteps = 4 // a spacing

func newWarp(side int, waves, phase float64) warp {
	w := warp{side: float64(side), sums: []float64{0}}
	amplitude := math.Log(densityRange) / 2
	for i := range side * warpSteps {
		u := (float64(i) + 0.5) / float64(side*warpSteps)
		w.sums = append(w.sums, w.sums[i]+math.Exp(amplitude*math.Sin(2*math.Pi*waves*u+phase)))
	}
	scale := float64(side) / w.sums[len(w.sums)-1]
	for i := range w.sums {
		w.sums[i] *= scale
	}
	return w
}

// at is the value at x, which may lie a little outside 0 … side: there the first
// or last step goes on.
func (w warp) at(x float64) float64 {
	i := int(math.Floor(x * warpSteps))
	i = min(max(i, 0), len(w.sums)-2)
	return w.sums[i] + (x*warpSteps-float64(i))*(w.sums[i+1]-w.sums[i])
}
