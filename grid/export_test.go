package grid

import "github.com/paulmach/orb"

// Tangle is what examine, and its two ways scan and sweep, find, made visible.
type Tangle struct {
	Crossings, Snapped, Touches, Folds []orb.Point
	Tangled, Swept                     bool
}

// ExamineBoth examines the edges of closed paths of whole units by scan and by
// sweep. Swept is false when sweep met a crossing.
func ExamineBoth(paths [][][2]int32) (scanned, swept Tangle) {
	s := newShapes()
	for _, path := range paths {
		var open []point
		for _, p := range path {
			open = append(open, point{p[0], p[1]})
		}
		s.ring(open)
	}
	edges := s.edges(0, uint32(len(paths)), nil)
	all := examine(edges) // sorts
	byScan := scan(edges)
	byScan.touches = onePerPlace(append(byScan.touches, repeats(edges)...))
	byScan.folds = onePerPlace(byScan.folds)
	bySweep, clean := sweep(edges)
	bySweep.touches = onePerPlace(append(bySweep.touches, repeats(edges)...))
	bySweep.folds = onePerPlace(bySweep.folds)
	scanned, swept = visible(byScan), visible(bySweep)
	swept.Swept = clean
	scanned.Swept = len(all.crossings)+len(all.snapped) == 0
	return scanned, swept
}

func visible(t tangle) Tangle {
	at := func(marks []mark) []orb.Point {
		out := []orb.Point{}
		for _, m := range marks {
			out = append(out, orb.Point{float64(m.at.x), float64(m.at.y)}, orb.Point{float64(m.vertex)})
		}
		return out
	}
	return Tangle{Crossings: at(t.crossings), Snapped: at(t.snapped), Touches: at(t.touches), Folds: at(t.folds), Tangled: t.tangled}
}

// OwnerByTree is Locate by way of the R-tree.
func OwnerByTree(m *Map, p orb.Point) Ref {
	q, ok := snap(p)
	if !ok {
		return 0
	}
	return m.ownerByTree(q)
}
