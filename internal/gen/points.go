package gen

import (
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// Point draws a place in or just around the area, most often where borders
// meet: on a vertex, a unit or two beside one, on the middle of an edge, on an
// edge's box, or anywhere; sometimes off the resolution of a Map.
func (a Area) Point(t *rapid.T) orb.Point {
	vertex := func(label string) orb.Point { return rapid.SampledFrom(a.Vertices).Draw(t, label) }
	var p orb.Point
	switch rapid.IntRange(0, 5).Draw(t, "where") {
	case 0:
		return vertex("vertex")
	case 1:
		p = shifted(t, vertex("beside vertex"), 2)
	case 2:
		e := rapid.SampledFrom(a.Edges).Draw(t, "edge")
		p = shifted(t, orb.Point{(e[0][0] + e[1][0]) / 2, (e[0][1] + e[1][1]) / 2}, 1)
	case 3: // the row of one vertex, the column of another
		p = orb.Point{vertex("column")[0], vertex("row")[1]}
	default:
		low, high := a.bounds()
		p = orb.Point{
			rapid.Float64Range(low[0], high[0]).Draw(t, "x"),
			rapid.Float64Range(low[1], high[1]).Draw(t, "y"),
		}
	}
	return p
}

// shifted moves p by whole units, at most n each way.
func shifted(t *rapid.T, p orb.Point, n int) orb.Point {
	d := rapid.IntRange(-n, n)
	return orb.Point{p[0] + float64(d.Draw(t, "right"))/1e7, p[1] + float64(d.Draw(t, "up"))/1e7}
}

// Points draws n places.
func (a Area) Points(t *rapid.T, n int) []orb.Point {
	out := make([]orb.Point, n)
	for i := range out {
		out[i] = a.Point(t)
	}
	return out
}

// Box draws a closed box with corners drawn as places are; it may be a point.
func (a Area) Box(t *rapid.T) orb.Bound {
	p, q := a.Point(t), a.Point(t)
	return orb.Bound{
		Min: orb.Point{min(p[0], q[0]), min(p[1], q[1])},
		Max: orb.Point{max(p[0], q[0]), max(p[1], q[1])},
	}
}

// bounds is the area's box, a few units wider on every side.
func (a Area) bounds() (low, high orb.Point) {
	low, high = a.Vertices[0], a.Vertices[0]
	for _, p := range a.Vertices {
		low = orb.Point{min(low[0], p[0]), min(low[1], p[1])}
		high = orb.Point{max(high[0], p[0]), max(high[1], p[1])}
	}
	const margin = 3e-7
	return orb.Point{low[0] - margin, low[1] - margin}, orb.Point{high[0] + margin, high[1] + margin}
}

// Overlapping draws leaves that may overlap in any way: triangles and boxes on a
// lattice of few points, so that borders often share stretches. They lie below
// two units or on the outermost level, so their codes do not follow the hierarchy.
func Overlapping(t *rapid.T) Area {
	origin := rapid.SampledFrom(origins[:3]).Draw(t, "origin")
	step := rapid.SampledFrom([]int64{1, 7, 1000}).Draw(t, "step")
	coordinate := rapid.Int64Range(0, 9)
	side := rapid.Int64Range(1, 6)
	n := rapid.IntRange(1, 12).Draw(t, "leaves")
	codes := rapid.Permutation(numbers(n)).Draw(t, "codes")
	var units []grid.Unit
	for _, root := range []grid.Code{"East", "West"} {
		units = append(units, grid.Unit{Code: root, Boundary: orb.MultiPolygon{{written(t, []spot{{0, 0}, {9, 0}, {9, 9}})}}})
	}
	for i := range n {
		x, y := coordinate.Draw(t, "x"), coordinate.Draw(t, "y")
		w, h := side.Draw(t, "w"), side.Draw(t, "h")
		ring := []spot{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
		if rapid.Bool().Draw(t, "triangle") {
			ring = []spot{{x, y}, {x + w, y}, {coordinate.Draw(t, "top"), y + h}}
		}
		for k, p := range ring {
			ring[k] = spot{origin.x + p.x*step, origin.y + p.y*step}
		}
		u := grid.Unit{Code: code(codes[i]), Name: "重叠网格", Boundary: orb.MultiPolygon{{written(t, ring)}}}
		if u.Parent = rapid.SampledFrom([]grid.Code{"", "East", "West"}).Draw(t, "parent"); u.Parent != "" {
			u.Level = 1
		}
		units = append(units, u)
	}
	a := Area{Levels: []string{"社区", "网格"}, Units: Shuffled(t, units)}
	a.collect()
	return a
}
