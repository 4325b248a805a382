package responder

import (
	"github.com/gridgov/gridgov/grid"
)

// Assignment is a need and who goes.
type Assignment struct {
	Need, Person, Post Code
	Measured           bool // the distance was measured
	Away               grid.Meters
	Cost               int64
	// Before is how many fit people come before in the order of Rank: the plan needs
	// each of them elsewhere, or has given them all that they have room for.
	Before int
}

// Left is a need that nobody was given.
type Left struct {
	Need    Code
	Penalty int64 // what the plan was charged for it
	Fit     int   // how many people are fit; 0: nobody, and the counts say why
	// Dear is that even the cheapest of them costs more than the penalty.
	Dear   bool
	counts [reasonsEnd]int
}

// Count is how many people were passed over for a reason.
func (l *Left) Count(r Reason) int {
	if r >= reasonsEnd {
		return 0
	}
	return l.counts[r]
}

// Why is the code of why the need is left: "nobody" is fit, all that are fit are too
// "dear", or all that are not are "taken" by others.
func (l *Left) Why() string {
	switch {
	case l.Fit == 0:
		return "nobody"
	case l.Dear:
		return "dear"
	}
	return "taken"
}

// Text is Why in lang: "zh" is Chinese, anything else English.
func (l *Left) Text(lang string) string { return texts.Text(lang, l.Why()) }

// Plan is who goes where (派遣方案).
type Plan struct {
	Assigned []Assignment // by need
	Left     []Left       // by need
	Cost     int64        // of all assignments
	Penalty  int64        // of all needs left
	Optimal  bool         // no plan has a lower sum of Cost and Penalty
}

// AssignBatch answers the plan for needs and people, or every fault of what was given
// as *Errors. See the package for what it promises and costs.
func AssignBatch(needs []Need, people []Responder, o Options) (*Plan, error) {
	c, err := check(needs, people, o)
	if err != nil {
		return nil, err
	}
	b := c.batch()
	var goes []int
	plan := &Plan{Optimal: len(needs) <= c.options.Exact}
	if plan.Optimal {
		goes = b.exact()
	} else {
		goes = b.greedy()
	}
	b.write(plan, goes)
	return plan, nil
}

// batch is the costs of all pairs. Rows are needs by id, columns people by code.
type batch struct {
	*checked
	columns   int
	cost      []int64 // by row and column, or unfit
	penalties []int64
	free      []int // by column, what may still be given
}

// nobody is no row or column, unassigned the column of who has none.
const (
	nobody     = -1
	unassigned = -1
)

func (c *checked) batch() *batch {
	b := &batch{checked: c, columns: len(c.people)}
	b.cost = make([]int64, 0, len(c.needs)*b.columns)
	for i := range c.needs {
		for j := range c.people {
			v := c.judge(&c.needs[i], &c.people[j])
			if v.reason != 0 {
				v.cost = unfit
			}
			b.cost = append(b.cost, v.cost)
		}
	}
	b.free = make([]int, b.columns)
	for j := range c.people {
		b.free[j] = max(0, c.people[j].capacity-c.people[j].Load)
	}
	b.penalties = make([]int64, len(c.needs))
	other := c.options.Penalty
	if other == 0 {
		other = b.enough()
	}
	for i := range c.needs {
		if b.penalties[i] = c.needs[i].Penalty; b.penalties[i] == 0 {
			b.penalties[i] = other
		}
	}
	return b
}

// unfit stands for a cost, above every penalty and path.
const unfit = 1 << 60

func (b *batch) row(i int) []int64 { return b.cost[i*b.columns : (i+1)*b.columns] }

// enough is a penalty above the costs of any plan, so that one need more is always
// worth it: the sum of the dearest fit pair of each need, and one. It is no more than
// PenaltyMax, as NeedsMax·CostMax is below that.
func (b *batch) enough() int64 {
	sum := int64(1)
	for i := range b.needs {
		dearest := int64(0)
		for _, cost := range b.row(i) {
			if cost != unfit {
				dearest = max(dearest, cost)
			}
		}
		sum += dearest
	}
	return sum
}

// write puts down who goes, by row, a column or unassigned.
func (b *batch) write(plan *Plan, goes []int) {
	for i, j := range goes {
		n := &b.needs[i]
		if j != unassigned {
			p := &b.people[j]
			v := b.judge(n, p)
			plan.Assigned = append(plan.Assigned, Assignment{n.ID, p.Person, p.Post, v.measured, v.away, b.row(i)[j], b.before(i, j)})
			plan.Cost += b.row(i)[j]
			continue
		}
		l := Left{Need: n.ID, Penalty: b.penalties[i], Dear: true}
		for j, cost := range b.row(i) {
			if cost == unfit {
				l.counts[b.judge(n, &b.people[j]).reason]++
				continue
			}
			l.Fit++
			l.Dear = l.Dear && cost > l.Penalty
		}
		l.Dear = l.Dear && l.Fit > 0
		plan.Left = append(plan.Left, l)
		plan.Penalty += l.Penalty
	}
}

// before is how many columns come before one for a row, by cost, load and code.
func (b *batch) before(i, column int) (n int) {
	costs, load := b.row(i), b.people[column].Load
	for j, cost := range costs {
		if cost < costs[column] || cost == costs[column] && (b.people[j].Load < load || b.people[j].Load == load && j < column) {
			n++
		}
	}
	return n
}
