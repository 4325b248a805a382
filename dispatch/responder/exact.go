package responder

import (
	"math"
	"slices"
)

// exact answers the optimal plan; see the package.
func (b *batch) exact() []int {
	a := newAugmenter(b)
	for i := range b.needs {
		a.augment(i)
	}
	return a.first()
}

// augmenter holds a plan for some of the rows and prices of the columns that prove it
// optimal for them. The price of a column is at most 0, and 0 while the column has
// room; the reduced cost of a pair is its cost less the prices of row and column;
// none is negative, and that of each pair of the plan is 0.
//
// Each row has a column of its own as well, that stands for being unassigned at the
// penalty. Nobody else can be in it, so its price stays 0 and it is not stored.
type augmenter struct {
	*batch
	goes   []int   // by row: a column, unassigned, or pending
	taken  [][]int // by column, the rows that have it
	prices []int64 // by column
	worth  []int64 // by row

	away []int64 // by column: the length of the shortest path found to it
	from []int   // by column: the row before it on that path
	done []bool
	path []int // columns whose distance is final
}

const pending = -2

func newAugmenter(b *batch) *augmenter {
	a := &augmenter{
		batch: b, goes: make([]int, len(b.needs)), taken: make([][]int, b.columns), prices: make([]int64, b.columns),
		worth: make([]int64, len(b.needs)), away: make([]int64, b.columns), from: make([]int, b.columns), done: make([]bool, b.columns),
	}
	for i := range a.goes {
		a.goes[i] = pending
	}
	return a
}

// augment takes one more row into the plan along the shortest path, by reduced costs,
// that ends in a column with room or in some row being unassigned. All prices are
// then moved so that the path has no reduced cost.
func (a *augmenter) augment(start int) {
	for j := range a.away {
		a.away[j], a.done[j] = math.MaxInt64, false
	}
	a.path = a.path[:0]
	// The shortest way to leave a row unassigned, and which row.
	end, gone := int64(math.MaxInt64), -1
	a.worth[start] = 0 // its price comes out of the search
	rows, base := []int{start}, int64(0)
	for {
		for _, i := range rows {
			if d := base + a.penalties[i] - a.worth[i]; d < end {
				end, gone = d, i
			}
			for j, cost := range a.row(i) {
				if cost == unfit || a.done[j] || a.free[j] == 0 {
					continue
				}
				if d := base + cost - a.worth[i] - a.prices[j]; d < a.away[j] {
					a.away[j], a.from[j] = d, i
				}
			}
		}
		next := -1
		for j, d := range a.away {
			if !a.done[j] && d < math.MaxInt64 && (next < 0 || d < a.away[next]) {
				next = j
			}
		}
		if next < 0 || end < a.away[next] {
			a.reprice(start, end)
			a.shift(gone, unassigned, start)
			return
		}
		base = a.away[next]
		if len(a.taken[next]) < a.free[next] {
			a.reprice(start, base)
			a.shift(a.from[next], next, start)
			return
		}
		a.done[next] = true
		a.path = append(a.path, next)
		rows = a.taken[next]
	}
}

// reprice makes every pair on the way to a distance have no reduced cost.
func (a *augmenter) reprice(start int, end int64) {
	a.worth[start] += end
	for _, j := range a.path {
		less := end - a.away[j]
		a.prices[j] -= less
		for _, i := range a.taken[j] {
			a.worth[i] += less
		}
	}
}

// shift gives a row a column, the column it had to the row before it, and so on to the
// start.
func (a *augmenter) shift(row, to, start int) {
	for {
		had := a.goes[row]
		a.move(row, to)
		if row == start {
			return
		}
		row, to = a.from[had], had
	}
}

// move takes a row from where it is to a column or to unassigned.
func (a *augmenter) move(row, to int) {
	if had := a.goes[row]; had >= 0 {
		list := a.taken[had]
		k := slices.Index(list, row)
		list[k] = list[len(list)-1]
		a.taken[had] = list[:len(list)-1]
	}
	if to >= 0 {
		a.taken[to] = append(a.taken[to], row)
	}
	a.goes[row] = to
}
