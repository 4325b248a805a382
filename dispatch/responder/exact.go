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
// penalty. Nobody else can be in it, so its price stays 0 and it is not stored. So
// the price of a row is at most its penalty, that of a column at least -PenaltyMax,
// and no path is followed that is longer than 2·PenaltyMax.
type augmenter struct {
	*batch
	goes   []int   // by row: a column, unassigned, or pending
	taken  [][]int // by column, the rows that have it
	prices []int64 // by column
	worth  []int64 // by row

	// Of one search. Lengths are doubled, and one is added when the column is full:
	// of equally short paths, one that ends the search comes first.
	marks []int64 // by column, its price so doubled, less one when it is full
	away  []int64 // by column: the length of the shortest path found to it, or final
	from  []int   // by column: the row before it on that path
	path  []stop  // columns whose distance is final
}

// stop is a column on a path and how far off it is, not doubled.
type stop struct {
	column int
	away   int64
}

const pending = -2

// far is above every length, final below: nothing is shorter, and as an unsigned
// number nothing is longer.
const (
	far   = math.MaxInt64
	final = math.MinInt64
)

func newAugmenter(b *batch) *augmenter {
	a := &augmenter{
		batch: b, goes: make([]int, len(b.needs)), taken: make([][]int, b.columns), prices: make([]int64, b.columns),
		worth: make([]int64, len(b.needs)),
		marks: make([]int64, b.columns), away: make([]int64, b.columns), from: make([]int, b.columns),
	}
	for i := range a.goes {
		a.goes[i] = pending
	}
	one := make([]int, b.columns) // room for the one row that most columns have
	for j := range a.taken {
		a.taken[j] = one[j : j : j+1]
	}
	return a
}

// augment takes one more row into the plan along the shortest path, by reduced costs,
// that ends in a column with room or in some row being unassigned. All prices are
// then moved so that the path has no reduced cost.
func (a *augmenter) augment(start int) {
	a.path = a.path[:0]
	for j, price := range a.prices {
		a.away[j], a.marks[j] = far, 2*price
		if len(a.taken[j]) == a.free[j] {
			a.marks[j]--
		}
	}
	// The shortest way to leave a row unassigned, and which row.
	end, gone := int64(math.MaxInt64), nobody
	a.worth[start] = 0 // its price comes out of the search
	for rows, base := []int{start}, int64(0); ; {
		next := nobody
		for _, i := range rows {
			if d := base + a.penalties[i] - a.worth[i]; d < end {
				end, gone = d, i
			}
			next = a.relax(i, base-a.worth[i])
		}
		if next == nobody || end < a.away[next]>>1 {
			a.reprice(start, end)
			a.shift(gone, unassigned, start)
			return
		}
		base = a.away[next] >> 1
		if a.away[next]&1 == 0 {
			a.reprice(start, base)
			a.shift(a.from[next], next, start)
			return
		}
		a.away[next] = final
		a.path = append(a.path, stop{next, base})
		rows = a.taken[next]
	}
}

// relax shortens the paths to columns by those over a row, whose length to it is given
// less its price. It answers the nearest column that is not final, of several the
// first one, or nobody. Paths over pairs that are not fit are longer than any end.
func (a *augmenter) relax(row int, so int64) (next int) {
	costs := a.row(row)
	marks, away, from := a.marks[:len(costs)], a.away[:len(costs)], a.from[:len(costs)]
	next, least := nobody, uint64(far)
	so *= 2
	for j, cost := range costs {
		d := so + 2*cost - marks[j]
		if d < away[j] {
			away[j], from[j] = d, row
		} else {
			d = away[j]
		}
		if uint64(d) < least {
			next, least = j, uint64(d)
		}
	}
	return next
}

// reprice makes every pair on the way to a distance have no reduced cost.
func (a *augmenter) reprice(start int, end int64) {
	a.worth[start] += end
	for _, s := range a.path {
		less := end - s.away
		a.prices[s.column] -= less
		for _, i := range a.taken[s.column] {
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
