package responder

// first turns the optimal plan into the first one of all that are optimal, and
// answers it. A plan is optimal exactly if all its pairs have no reduced cost and all
// columns with a price are full. Two such plans differ by exchanges that go round: a
// row takes a column, a row that had it takes another, and so on, until somebody
// fills the column that the first row left. Outside takes part as a column does: it
// is where those who are unassigned are, and it evens out a column that gains one,
// having room, with one that loses one, having no price. Row by row the first column
// is taken to which an exchange leads that leaves the earlier rows alone.
// O(rows · pairs without reduced cost).
func (a *augmenter) first() []int {
	x := exchange{augmenter: a, outside: a.columns, holders: a.holders(), steps: make([]step, a.columns+1)}
	for i := range a.goes {
		searched := false
		for j, cost := range a.row(i) {
			if j == a.goes[i] {
				break
			}
			if cost != a.worth[i]+a.prices[j] { // which is below unfit
				continue
			}
			if !searched {
				x.search(i)
				searched = true
			}
			if x.steps[j].open {
				x.take(i, j)
				break
			}
		}
	}
	return a.goes
}

// holders is by column the rows that may have it, those without reduced cost.
func (a *augmenter) holders() [][]int32 {
	counts := make([]int, a.columns)
	for i, worth := range a.worth {
		for j, cost := range a.row(i) {
			if cost == worth+a.prices[j] {
				counts[j]++
			}
		}
	}
	all, lists := make([]int32, sum(counts)), make([][]int32, a.columns)
	for j, n := range counts {
		lists[j], all = all[:0:n], all[n:]
	}
	for i, worth := range a.worth {
		for j, cost := range a.row(i) {
			if cost == worth+a.prices[j] {
				lists[j] = append(lists[j], int32(i))
			}
		}
	}
	return lists
}

func sum(list []int) (total int) {
	for _, n := range list {
		total += n
	}
	return total
}

// exchange is what a row could take.
type exchange struct {
	*augmenter
	outside int       // its number, after the columns
	holders [][]int32 // by column, the rows that may have it
	steps   []step    // by column and outside
	queue   []int
}

// step is how an exchange goes on.
type step struct {
	open  bool // it can go on
	mover int  // the row that goes on, nobody when only numbers change
	onto  int  // where to
}

// search finds from where an exchange for the row goes round, backwards from what the
// row leaves, the shortest first, until it does from everywhere. The rows before it
// stay where they are.
func (x *exchange) search(row int) {
	clear(x.steps)
	x.queue = x.queue[:0]
	x.reach(x.where(row), step{mover: nobody})
	for k := 0; k < len(x.queue) && len(x.queue) < len(x.steps); k++ {
		to := x.queue[k]
		if to == x.outside {
			for j, rows := range x.taken {
				if len(rows) < x.free[j] {
					x.reach(j, step{mover: nobody, onto: to})
				}
			}
			for i := row + 1; i < len(x.goes); i++ {
				if x.penalties[i] == x.worth[i] {
					x.reach(x.where(i), step{mover: i, onto: to})
				}
			}
			continue
		}
		if x.prices[to] == 0 {
			x.reach(x.outside, step{mover: nobody, onto: to})
		}
		for _, holder := range x.holders[to] {
			if i := int(holder); i > row {
				x.reach(x.where(i), step{mover: i, onto: to})
			}
		}
	}
}

// where is what a row has.
func (x *exchange) where(row int) int {
	if x.goes[row] < 0 {
		return x.outside
	}
	return x.goes[row]
}

// reach opens a column, or outside, unless it is open.
func (x *exchange) reach(j int, s step) {
	if !x.steps[j].open {
		s.open = true
		x.steps[j] = s
		x.queue = append(x.queue, j)
	}
}

// take makes the exchange that begins with the row taking the column.
func (x *exchange) take(row, to int) {
	left := x.where(row)
	x.move(row, to)
	for to != left {
		s := x.steps[to]
		to = s.onto
		switch {
		case s.mover == nobody:
		case to == x.outside:
			x.move(s.mover, unassigned)
		default:
			x.move(s.mover, to)
		}
	}
}
