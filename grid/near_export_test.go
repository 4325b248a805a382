package grid

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// EdgeBound is what a search takes for a bound of the distance from p to the edge
// from a to b, whether it takes it when only what is below limit counts, and that
// distance.
func EdgeBound(p, a, b orb.Point, limit float64) (bound float64, below bool, distance float64) {
	at, _ := snap(p)
	lo, _ := snap(a)
	hi, _ := snap(b)
	f := probeAt(at)
	return geodesy.Lowered(f.edgeBound(lo, hi, math.Inf(1))), f.edgeBound(lo, hi, limit) < limit, f.toEdge(lo, hi)
}
