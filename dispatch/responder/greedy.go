package responder

import "slices"

// A pair is a number that orders as cost, person and row do, one after another. The
// constants below do not compile when a limit outgrows its bits.
const (
	costBits, personBits, rowBits = 33, 15, 13

	_ = uint(1<<costBits - 1 - CostMax)
	_ = uint(1<<personBits - PeopleMax)
	_ = uint(1<<rowBits - NeedsMax)
	_ = uint(64 - costBits - personBits - rowBits)
)

// greedy takes the cheapest pair first; see the package.
func (b *batch) greedy() []int {
	pairs := make([]uint64, 0, len(b.cost))
	for i := range b.needs {
		for j, cost := range b.row(i) {
			if cost <= b.penalties[i] { // which is below unfit
				pairs = append(pairs, (uint64(cost)<<personBits|uint64(j))<<rowBits|uint64(i))
			}
		}
	}
	slices.Sort(pairs)
	goes := make([]int, len(b.needs))
	for i := range goes {
		goes[i] = unassigned
	}
	free := slices.Clone(b.free)
	for _, p := range pairs {
		row, person := int(p&(1<<rowBits-1)), int(p>>rowBits&(1<<personBits-1))
		if goes[row] == unassigned && free[person] > 0 {
			goes[row] = person
			free[person]--
		}
	}
	return goes
}
