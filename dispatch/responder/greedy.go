package responder

import (
	"cmp"
	"slices"
)

// greedy takes the cheapest pair first; see the package.
func (b *batch) greedy() []int {
	type pair struct {
		cost        int64
		person, row int32
	}
	var pairs []pair
	for i := range b.needs {
		for j, cost := range b.row(i) {
			if cost <= b.penalties[i] { // which is below unfit
				pairs = append(pairs, pair{cost, int32(j), int32(i)})
			}
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(p.cost, q.cost), cmp.Compare(p.person, q.person), cmp.Compare(p.row, q.row))
	})
	goes := make([]int, len(b.needs))
	for i := range goes {
		goes[i] = unassigned
	}
	free := slices.Clone(b.free)
	for _, p := range pairs {
		if goes[p.row] == unassigned && free[p.person] > 0 {
			goes[p.row] = int(p.person)
			free[p.person]--
		}
	}
	return goes
}
