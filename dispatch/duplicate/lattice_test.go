package duplicate_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/duplicate"
)

// mostCells bounds the cells of a search. Within five radii of a pole it goes all
// the way round three rows, of which the last alone can have more than one column:
// its edge towards the pole is no more than five radii and one row off, so that it
// has 2π/1.01 times as many columns as that is radii. A row is 1.01 radii high and
// up to two units of 1.12 cm, which is what counts for a radius of a millimetre.
func mostCells(radius float64) int {
	return 3 + int(2*math.Pi*(5+1.01+0.0224/radius))
}

// A search looks once into the cell of every place within its radius, and into few
// cells.
func latticeHoldsAll(t *rapid.T) {
	metres := math.Pow(10, rapid.Float64Range(-3, 3.69).Draw(t, "radius"))
	radius := int64(math.Ceil(metres * 1000))
	lattice := min(5_000_000, radius*rapid.Int64Range(1, 20).Draw(t, "wider"))
	p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	if rapid.Bool().Draw(t, "edge") {
		p[0] = 180 - metres/1e6*rapid.Float64Range(0, 3).Draw(t, "before")
	}
	if rapid.Bool().Draw(t, "polar") { // up to some radii of the pole
		p[1] = 90 - float64(lattice)/1000/111_000*rapid.Float64Range(0, 12).Draw(t, "radii")
	}
	if rapid.Bool().Draw(t, "south") {
		p[1] = -p[1]
	}
	// Any place so many metres off in a plane, or across the pole.
	turn, off := rapid.Float64Range(0, 2*math.Pi).Draw(t, "turn"), metres*rapid.Float64Range(0, 1.1).Draw(t, "off")/111_000
	q := orb.Point{p[0], p[1] + off*math.Sin(turn)}
	if out := math.Cos(p[1] * math.Pi / 180); out*180 > off {
		q[0] += off * math.Cos(turn) / out
	} else {
		q[0] = rapid.Float64Range(-180, 180).Draw(t, "across")
	}
	q[0] = math.Mod(q[0]+540, 360) - 180
	if math.Abs(q[1]) > 90 {
		return
	}
	times, cells := duplicate.Visits(lattice, radius, p, q)
	require.LessOrEqual(t, times, 1)
	require.LessOrEqual(t, cells, mostCells(metres))
	if math.Abs(p[1]) < 60 {
		// Three rows; a column is at least two units wide and at most one narrower
		// than the side that is searched on either hand.
		require.LessOrEqual(t, cells, 12)
	}
	if millimetres(p, q) <= radius {
		require.Equal(t, 1, times, "%v %v", p, q)
	}
}

// A millimetre beside the pole has looked into 70 cells.
func TestLatticeMillimetreAtPole(t *testing.T) {
	for _, wider := range []int64{1, 2, 20} {
		for lat := int64(0); lat <= 40; lat++ {
			p := orb.Point{1, 90 - float64(lat)/1e7}
			times, cells := duplicate.Visits(wider, 1, p, p)
			require.Equal(t, 1, times)
			require.LessOrEqual(t, cells, mostCells(0.001))
		}
	}
}

func TestLatticeHoldsAll(t *testing.T) { rapid.Check(t, latticeHoldsAll) }
func FuzzLattice(f *testing.F)         { f.Fuzz(rapid.MakeFuzz(latticeHoldsAll)) }

// A search near a pole goes all the way round rows of several columns, and one that
// goes almost round a row of two looks into both.
func TestLatticeNearPole(t *testing.T) {
	for lat := 89.0; lat < 90; lat += 0.003 {
		for _, far := range []float64{0, 45, 90, 179.9, 180} {
			for _, north := range []float64{-0.04, -0.01, 0, 0.01} {
				p, q := orb.Point{10, lat}, orb.Point{math.Mod(190+far, 360) - 180, min(90, lat+north)}
				times, _ := duplicate.Visits(5_000_000, 5_000_000, p, q)
				if millimetres(p, q) <= 5_000_000 {
					require.Equal(t, 1, times, "%v %v", p, q)
				}
				require.LessOrEqual(t, times, 1)
			}
		}
	}
}
