package grid

import "slices"

// tangle is what the edges of one unit do to each other.
type tangle struct {
	crossings []mark // proper, at most crossingsMax
	snapped   []mark // crossings with an end within 2 units
	touches   []mark // one a place
	folds     []mark // one a place where a fold begins
	tangled   bool   // the search was given up
}

// mark is a place on a unit's boundary.
type mark struct {
	at     point
	vertex int32 // the first vertex there; for a crossing, where its first edge starts
}

// sweepFrom is the number of edges from which the sweep goes first: below it,
// comparing box against box is quicker.
const sweepFrom = 128

// pairsPerEdge bounds the pairs that scan looks at, to 4,096 an edge. A real
// boundary of a million points needs about half of it, and only when it crosses
// itself, for else the sweep has cleared it.
const pairsPerEdge = 4096

// examine finds what the edges do to each other. edges is reordered. Boundaries
// that do not cross themselves take O(n log n); others at most 4,096 n.
func examine(edges []edge) tangle {
	slices.SortFunc(edges, func(a, b edge) int {
		switch {
		case a.lo != b.lo:
			return comparePoints(a.lo, b.lo)
		case a.hi != b.hi:
			return comparePoints(a.hi, b.hi)
		}
		return int(a.loAt - b.loAt)
	})
	t := tangle{}
	if len(edges) < sweepFrom {
		t = scan(edges)
	} else if swept, clean := sweep(edges); clean {
		t = swept
	} else {
		t = scan(edges)
	}
	t.touches = append(t.touches, repeats(edges)...)
	t.touches, t.folds = onePerPlace(t.touches), onePerPlace(t.folds)
	slices.SortFunc(t.crossings, compareMarks)
	slices.SortFunc(t.snapped, compareMarks)
	return t
}

// scan compares every two edges whose boxes meet. edges is sorted by lo.
func scan(edges []edge) tangle {
	var t tangle
	touch := func(p point, vertex int32) { t.touches = append(t.touches, mark{p, vertex}) }
	budget := pairsPerEdge * len(edges)
	for i, a := range edges {
		for _, b := range edges[i+1:] {
			if b.lo.x > a.hi.x {
				break
			}
			if budget--; budget < 0 {
				t.tangled = true
				return t
			}
			switch meet(a, b, touch) {
			case overlap:
				t.folds = append(t.folds, mark{b.lo, b.loAt}) // b.lo is not before a.lo
			case cross:
				at := mark{crossingPoint(a, b), min(a.start(), b.start())}
				if near(a, b) {
					t.snapped = append(t.snapped, at)
				} else {
					t.crossings = append(t.crossings, at)
				}
			}
			if len(t.crossings) == crossingsMax {
				return t
			}
			if len(t.snapped) > snapCrossingsMax {
				t.tangled = true
				return t
			}
		}
	}
	return t
}

// repeats marks every place where the boundary has more than one vertex.
func repeats(edges []edge) []mark {
	starts := make([]uint64, len(edges))
	for i, e := range edges {
		if starts[i] = e.lo.key(); e.start() != e.loAt {
			starts[i] = e.hi.key()
		}
	}
	if slices.Sort(starts); len(slices.Compact(starts)) == len(edges) {
		return nil // as a rule, and this is quicker to see
	}
	vertices := make([]mark, len(edges)) // each edge's start, so each vertex once
	for i, e := range edges {
		if vertices[i] = (mark{e.lo, e.loAt}); e.start() != e.loAt {
			vertices[i] = mark{e.hi, e.hiAt}
		}
	}
	slices.SortFunc(vertices, compareMarks)
	var out []mark
	for i := 1; i < len(vertices); i++ {
		if vertices[i].at == vertices[i-1].at && (len(out) == 0 || out[len(out)-1].at != vertices[i].at) {
			out = append(out, vertices[i-1])
		}
	}
	return out
}

func compareMarks(a, b mark) int {
	if a.at != b.at {
		return comparePoints(a.at, b.at)
	}
	return int(a.vertex - b.vertex)
}

// onePerPlace sorts marks by place and keeps the first vertex of each.
func onePerPlace(marks []mark) []mark {
	slices.SortFunc(marks, compareMarks)
	return slices.CompactFunc(marks, func(a, b mark) bool { return a.at == b.at })
}
