package resource

import (
	"math"

	"github.com/gridgov/gridgov/grid"
)

// areaPath is an area and what it lies in, as numbers, outermost first.
type areaPath []int32

// numberAreas answers the number of each area, which it gives out as they come;
// everywhere is 0. Whatever holds a numbered area has a number too.
func (l *Lists) numberAreas(m *grid.Map) func(Code) int32 {
	l.flat = m == nil
	numbers := map[Code]int32{"": 0}
	l.areas = []areaPath{nil}
	add := func(c Code, above areaPath) areaPath {
		n, ok := numbers[c]
		if !ok {
			n = int32(len(l.areas))
			numbers[c] = n
			l.areas = append(l.areas, append(above[:len(above):len(above)], n))
		}
		return l.areas[n]
	}
	return func(c Code) int32 {
		if n, ok := numbers[c]; ok {
			return n
		}
		var path areaPath
		ref, known := m.Lookup(c)
		if !known { // there is no map
			add(c, nil)
		}
		for r := range m.Path(ref) {
			path = add(m.Info(r).Code, path)
		}
		return numbers[c]
	}
}

// steps is how far an offer's area is from a need's: 0 when it holds it, else the
// steps up and down the tree of areas between them, over everywhere if need be:
// 2 for two areas in the same one. Without a map there is no way.
func (l *Lists) steps(offer, need int32) int {
	o, n := l.areas[offer], l.areas[need]
	common := 0
	for common < len(o) && common < len(n) && o[common] == n[common] {
		common++
	}
	if common == len(o) {
		return 0
	}
	if l.flat {
		return math.MaxInt
	}
	return len(o) + len(n) - 2*common
}
