package duplicate

import "github.com/paulmach/orb"

// Held is how much the index keeps besides room for what may come.
func (x *Index) Held() int {
	return len(x.byID) + len(x.byAsset) + len(x.byPlace) + len(x.matters.index) + len(x.channels.index) + len(x.slots) - len(x.free)
}

// Visits is how often a search from p for so many millimetres looks into q's cell,
// and how many cells it looks into, in the lattice for a radius of so many.
func Visits(lattice, radius int64, p, q orb.Point) (times, cells int) {
	l := latticeOf(lattice)
	from, _ := placeOf(p)
	to, _ := placeOf(q)
	r, c := l.at(to)
	l.around(from, radius, func(row, col int32) {
		cells++
		if row == r && col == c {
			times++
		}
	})
	return times, cells
}
