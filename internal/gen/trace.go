package gen

import (
	"slices"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// outline is the boundary of the faces together: their edges without those that
// two of them share, joined to rings. A hole goes with the smallest outer ring
// whose box holds it. With a t, rings are closed or not, turn either way, and may
// come back to a vertex, as callers' rings do.
func outline(t *rapid.T, faces []face) orb.MultiPolygon {
	type edge struct{ a, b spot }
	seen := map[edge]bool{}
	for _, f := range faces {
		for i, a := range f {
			seen[edge{a, f[(i+1)%len(f)]}] = true
		}
	}
	next := map[spot][]spot{}
	var starts []spot
	for _, f := range faces {
		for i, a := range f {
			if b := f[(i+1)%len(f)]; !seen[edge{b, a}] {
				next[a] = append(next[a], b)
				starts = append(starts, a)
			}
		}
	}
	simple := t == nil || rapid.Bool().Draw(t, "simple rings")
	var outer, holes [][]spot
	add := func(ring []spot) {
		if doubleArea(ring) >= 0 { // 0 when a ring that comes back is part hole, part not
			outer = append(outer, ring)
		} else {
			holes = append(holes, ring)
		}
	}
	for _, start := range starts {
		var ring []spot
		for at := start; len(next[at]) > 0; {
			if k := slices.Index(ring, at); simple && k >= 0 {
				add(slices.Clone(ring[k:]))
				ring = ring[:k]
			}
			ring = append(ring, at)
			to := next[at]
			at, next[at] = to[0], to[1:]
		}
		if len(ring) > 0 {
			add(ring)
		}
	}
	slices.SortStableFunc(outer, func(a, b []spot) int { return int(doubleArea(a) - doubleArea(b)) })
	polygons := make(orb.MultiPolygon, len(outer))
	for i, ring := range outer {
		polygons[i] = orb.Polygon{written(t, ring)}
	}
	for _, hole := range holes {
		home := slices.IndexFunc(outer, func(ring []spot) bool { return boxHolds(ring, hole) })
		polygons[max(home, 0)] = append(polygons[max(home, 0)], written(t, hole))
	}
	return polygons
}

// doubleArea is twice the area, positive when the ring turns counter-clockwise.
func doubleArea(ring []spot) int64 {
	var sum int64
	for i, a := range ring {
		b, o := ring[(i+1)%len(ring)], ring[0]
		sum += (a.x-o.x)*(b.y-o.y) - (a.y-o.y)*(b.x-o.x)
	}
	return sum
}

func boxHolds(outer, inner []spot) bool {
	low, high := outer[0], outer[0]
	for _, p := range outer {
		low, high = spot{min(low.x, p.x), min(low.y, p.y)}, spot{max(high.x, p.x), max(high.y, p.y)}
	}
	for _, p := range inner {
		if p.x < low.x || p.x > high.x || p.y < low.y || p.y > high.y {
			return false
		}
	}
	return true
}

func written(t *rapid.T, ring []spot) orb.Ring {
	out := make(orb.Ring, len(ring))
	for i, p := range ring {
		out[i] = p.degrees()
	}
	if t == nil {
		return append(out, out[0])
	}
	if rapid.Bool().Draw(t, "closed") {
		out = append(out, out[0])
	}
	if rapid.Bool().Draw(t, "reversed") {
		slices.Reverse(out)
	}
	return out
}
