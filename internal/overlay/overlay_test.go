package overlay_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/overlay"
)

type region = [][]overlay.Point

func box(west, south, east, north int32) []overlay.Point {
	return []overlay.Point{{west, south}, {east, south}, {east, north}, {west, north}}
}

// ground is where regions lie and how far apart their points may be: next to
// each other, so that everything shares borders; Shenzhen; the whole globe.
type ground struct {
	origin overlay.Point
	step   int32
}

var grounds = []ground{
	{overlay.Point{}, 1},
	{overlay.Point{X: 1_140_000_000, Y: 227_000_000}, 1},
	{overlay.Point{X: 1_140_000_000, Y: 227_000_000}, 12_345},
	{overlay.Point{X: -1_800_000_000, Y: -900_000_000}, 7},
	{overlay.Point{X: -1_800_000_000, Y: -900_000_000}, 199_999_999},
	{overlay.Point{X: 1_799_999_990, Y: 899_999_990}, 1},
}

// drawRegion draws rings of a few points on a lattice of 10 × 10: they cross
// themselves and each other, fold, touch, and repeat points.
func drawRegion(t *rapid.T, g ground, label string) region {
	var out region
	for range rapid.IntRange(0, 3).Draw(t, label+" rings") {
		var ring []overlay.Point
		for range rapid.IntRange(1, 7).Draw(t, label+" points") {
			// Longitudes go to ±180 only when the step is small enough.
			ring = append(ring, overlay.Point{
				X: g.origin.X + g.step*rapid.Int32Range(0, 9).Draw(t, "x"),
				Y: g.origin.Y + g.step*rapid.Int32Range(0, 9).Draw(t, "y"),
			})
		}
		if rapid.Bool().Draw(t, label+" closed") {
			ring = append(ring, ring[0])
		}
		out = append(out, ring)
	}
	return out
}

func drawRegions(t *rapid.T, g ground, label string) []region {
	var out []region
	for range rapid.IntRange(0, 3).Draw(t, label) {
		out = append(out, drawRegion(t, g, label))
	}
	return out
}

func measure(s *overlay.Sheet, subject region, masks, claims []region) ([]float64, float64) {
	s.Begin(subject)
	for _, m := range masks {
		s.Mask(m)
	}
	for _, c := range claims {
		s.Claim(c)
	}
	return s.Parts(nil)
}

func squareUnits(r *big.Rat) float64 { v, _ := r.Float64(); return v * 1e-14 }

func TestPartsAreExact(t *testing.T) { rapid.Check(t, partsAreExact) }

func FuzzParts(f *testing.F) { f.Fuzz(rapid.MakeFuzz(partsAreExact)) }

func partsAreExact(t *rapid.T) {
	g := rapid.SampledFrom(grounds).Draw(t, "ground")
	s := overlay.NewSheet(overlay.Flat)
	for range 2 { // the sheet is used again
		subject := drawRegion(t, g, "subject")
		masks, claims := drawRegions(t, g, "masks"), drawRegions(t, g, "claims")
		parts, rest := measure(s, subject, masks, claims)
		want, left := naiveParts(subject, masks, claims)
		side := float64(g.step) * 9
		near := side*side*1e-14*1e-12 + side*50*1e-6*1e-14
		require.Len(t, parts, len(want))
		for i := range want {
			require.InDelta(t, squareUnits(want[i]), parts[i], near, "claim %d", i)
		}
		require.InDelta(t, squareUnits(left), rest, near)
	}
}

// A tiling shares out all of a subject, whatever lies across its borders; the
// subject has enough points for boxes to be halved.
func TestTilesAddUp(t *testing.T) { rapid.Check(t, tilesAddUp) }

func FuzzTiles(f *testing.F) { f.Fuzz(rapid.MakeFuzz(tilesAddUp)) }

func tilesAddUp(t *rapid.T) {
	n := rapid.IntRange(3, 900).Draw(t, "points")
	wobble := rapid.Float64Range(0, 0.6).Draw(t, "wobble")
	turn := rapid.Float64Range(0, 40).Draw(t, "turn")
	size := rapid.SampledFrom([]float64{50, 3e4, 3e7}).Draw(t, "size")
	var ring []overlay.Point
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r := size * (1 - wobble*(0.5+0.5*math.Sin(float64(i)*turn)))
		ring = append(ring, overlay.Point{X: 1_140_000_000 + int32(r*cos), Y: 227_000_000 + int32(r*sin)})
	}
	s := overlay.NewSheet(overlay.Flat)
	k := int32(rapid.IntRange(1, 9).Draw(t, "tiles"))
	edge := func(i int32) int32 { return -int32(size) + int32(float64(i)*2*size/float64(k)) }
	s.Begin(region{ring})
	for i := range k {
		for j := range k {
			tile := box(edge(i), edge(j), edge(i+1), edge(j+1))
			for c := range tile {
				tile[c].X, tile[c].Y = tile[c].X+1_140_000_000, tile[c].Y+227_000_000
			}
			s.Claim(region{tile})
		}
	}
	parts, rest := s.Parts(nil)
	sum := 0.
	for _, p := range parts {
		require.GreaterOrEqual(t, p, 0.)
		sum += p
	}
	s.Begin(region{ring})
	_, whole := s.Parts(nil)
	require.InEpsilon(t, whole+1, sum+rest+1, 1e-12)
	near := 1e-12*whole + 1e-6*1e-14*size*float64(n)
	require.InDelta(t, whole, sum+rest, near)
	require.InDelta(t, 0, rest, near+2e-14*size, "nothing lies outside the tiles")
	if turnsOneWay(ring) { // then no edge crosses another, and the shoelace formula holds
		require.InDelta(t, math.Abs(shoelace(ring)), whole, near)
	}
}

// turnsOneWay says whether every edge is passed in one sense as seen from the
// middle of the ring; rounding to whole units can turn narrow teeth back.
func turnsOneWay(ring []overlay.Point) bool {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		px, py, qx, qy := int64(p.X-1_140_000_000), int64(p.Y-227_000_000), int64(q.X-1_140_000_000), int64(q.Y-227_000_000)
		if px*qy < py*qx {
			return false
		}
	}
	return true
}

func shoelace(ring []overlay.Point) float64 {
	sum := 0.
	o := ring[0]
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += float64(p.X-o.X)*float64(q.Y-o.Y) - float64(q.X-o.X)*float64(p.Y-o.Y)
	}
	return sum / 2 * 1e-14
}

// cosine is a density whose integral is known.
func cosine(lat float64) float64 { return math.Cos(lat * math.Pi / 180) }

func TestDensityIsIntegrated(t *testing.T) {
	radians := func(units float64) float64 { return units / 1e7 * math.Pi / 180 }
	s := overlay.NewSheet(cosine)
	for _, c := range [][2]int32{{-900_000_000, 900_000_000}, {227_000_000, 227_000_001}, {890_000_000, 900_000_000}, {-3, 1_000_000}, {450_000_000, 460_000_000}} {
		r := region{box(10_000_000, c[0], 30_000_000, c[1])}
		low, high := float64(c[0]), float64(c[1]) // sin b - sin a without cancellation
		want := 2 * 180 / math.Pi * 2 * math.Cos(radians((low+high)/2)) * math.Sin(radians((high-low)/2))
		require.InEpsilon(t, want, s.Area(r, r), 2e-14, "%v", c)
	}
	// A triangle with a corner on the equator: ∫ x dA with x = y by parts.
	r := region{{{0, 0}, {600_000_000, 600_000_000}, {0, 600_000_000}}}
	rad := 60 * math.Pi / 180
	require.InEpsilon(t, (rad*math.Sin(rad)+math.Cos(rad)-1)*(180/math.Pi)*(180/math.Pi), s.Area(r, r), 1e-13)
}

func TestCases(t *testing.T) {
	s := overlay.NewSheet(overlay.Flat)
	area := func(a, b region) float64 { return math.Round(s.Area(a, b)*1e14*1e3) / 1e3 }
	square := region{box(0, 0, 10, 10)}
	for _, c := range []struct {
		name string
		a, b region
		want float64
	}{
		{"itself", square, square, 100},
		{"the other way round", square, region{{{0, 10}, {10, 10}, {10, 0}, {0, 0}}}, 100},
		{"neighbour", square, region{box(10, 0, 20, 10)}, 0},
		{"corner", square, region{box(10, 10, 20, 20)}, 0},
		{"half", square, region{box(5, -5, 50, 50)}, 50},
		{"over all", square, region{box(-5, -5, 50, 50)}, 100},
		{"hole", square, region{box(-5, -5, 50, 50), box(2, 2, 4, 4)}, 96},
		{"hole wound alike", region{box(0, 0, 10, 10), box(2, 2, 4, 4)}, square, 96},
		{"fills the hole", region{box(0, 0, 10, 10), box(2, 2, 4, 4)}, region{box(2, 2, 4, 4)}, 0},
		{"twice is not at all", square, region{box(0, 0, 10, 10), box(0, 0, 10, 10)}, 0},
		{"triangles across", region{{{0, 0}, {10, 0}, {0, 10}}}, region{{{10, 10}, {10, 0}, {0, 10}}}, 0},
		{"crossing triangles", region{{{0, 0}, {10, 0}, {0, 10}}}, region{{{0, 0}, {10, 0}, {10, 10}}}, 25},
		{"bow-tie", region{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}, square, 50},
		{"spike", region{{{0, 0}, {10, 0}, {10, 5}, {30, 5}, {10, 5}, {10, 10}, {0, 10}}}, region{box(-50, -50, 50, 50)}, 100},
		{"far away", square, region{box(1000, 1000, 1010, 1010)}, 0},
		{"nothing", square, nil, 0},
		{"of nothing", nil, square, 0},
		{"an empty ring", region{{}, box(0, 0, 10, 10)}, square, 100},
		{"a line", region{{{0, 0}, {10, 10}}}, square, 0},
		{"a level line", region{{{0, 0}, {10, 0}}}, square, 0},
		{"a point", region{{{5, 5}}}, square, 0},
	} {
		require.Equal(t, c.want, area(c.a, c.b), c.name)
		require.Equal(t, c.want, area(c.b, c.a), "%s, swapped", c.name)
	}
}
