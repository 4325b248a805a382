package responder_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch/responder"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

var now = time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC)

// opinion is the table of the package read aloud: every reason asked by itself, and
// the first that holds.
type opinion struct {
	reason responder.Reason
	what   responder.Code
	away   int64 // millimetres; -1: not measured
	cost   int64
}

func judge(n responder.Need, p responder.Responder, o responder.Options) opinion {
	op := opinion{away: -1}
	var holds [responder.Refused + 1]bool
	holds[responder.OffDuty] = !p.OnDuty
	holds[responder.NotOfParty] = n.Party != "" && n.Party != p.Party
	holds[responder.NoPowers] = n.Enforcement && (p.Kind == responder.PartTime || p.Kind == responder.Volunteer)
	var missing responder.Code
	for i := len(n.Skills) - 1; i >= 0; i-- {
		if !slices.Contains(p.Skills, n.Skills[i]) {
			holds[responder.Unskilled], missing = true, n.Skills[i]
		}
	}
	if n.Area != "" && len(p.Areas) > 0 {
		holds[responder.NotOfArea] = true
		for _, a := range p.Areas {
			if a == n.Area || o.Covers != nil && o.Covers(a, n.Area) {
				holds[responder.NotOfArea] = false
			}
		}
	}
	holds[responder.Full] = p.Load >= capacity(p, o)
	if n.Place != nil {
		holds[responder.Unplaced] = p.Place == nil
		most := o.StaleAfter
		if most == 0 {
			most = 10 * time.Minute
		}
		holds[responder.Stale] = p.At.Before(o.At.Add(-most)) || p.At.After(o.At.Add(most))
		if p.Place != nil {
			a, _ := grid.Snap(*n.Place)
			b, _ := grid.Snap(*p.Place)
			op.away = int64(math.Round(geodesy.Distance(a, b) * 1000))
			op.cost = int64(math.Floor(float64(op.away)/1000 + 0.5))
			holds[responder.TooFar] = o.Within > 0 && float64(op.away)/1000 > float64(o.Within)
		}
	}
	if o.Cost != nil {
		cost, ok := o.Cost(&n, &p, grid.Meters(float64(max(0, op.away))/1000))
		holds[responder.Refused] = !ok || cost < 0 || cost > 1<<32
		op.cost = cost
	}
	for r := responder.OffDuty; r <= responder.Refused; r++ {
		if holds[r] {
			op.reason, op.cost = r, 0
			if r == responder.Unskilled {
				op.what = missing
			}
			if r < responder.TooFar {
				op.away = -1
			}
			return op
		}
	}
	return op
}

func capacity(p responder.Responder, o responder.Options) int {
	return cmp.Or(p.Capacity, o.Capacity, 1)
}

// solution is who goes to each need, by id: an index of people by code, or len(people)
// for nobody, so that slices compare as plans do.
type solution struct {
	total int64
	goes  []int
}

// best tries every plan of needs by id and people by code.
func best(needs []responder.Need, people []responder.Responder, o responder.Options) solution {
	needs, people = byID(needs), byCode(people)
	costs := make([][]opinion, len(needs))
	for i, n := range needs {
		for _, p := range people {
			costs[i] = append(costs[i], judge(n, p, o))
		}
	}
	penalties := penaltiesOf(needs, costs, o)
	free := make([]int, len(people))
	for j, p := range people {
		free[j] = capacity(p, o) - p.Load
	}
	found := solution{total: math.MaxInt64}
	goes := make([]int, len(needs))
	var try func(i int, total int64)
	try = func(i int, total int64) {
		if total > found.total {
			return
		}
		if i == len(needs) {
			if total < found.total {
				found = solution{total, slices.Clone(goes)} // plans come in order, so the first stays
			}
			return
		}
		for j := range people {
			if costs[i][j].reason == 0 && free[j] > 0 {
				free[j]--
				goes[i] = j
				try(i+1, total+costs[i][j].cost)
				free[j]++
			}
		}
		goes[i] = len(people)
		try(i+1, total+penalties[i])
	}
	try(0, 0)
	return found
}

// penaltiesOf has for "as many as can be" a number that is simply large.
func penaltiesOf(needs []responder.Need, costs [][]opinion, o responder.Options) []int64 {
	list := make([]int64, len(needs))
	for i, n := range needs {
		list[i] = cmp.Or(n.Penalty, o.Penalty)
		if list[i] == 0 {
			list[i] = 1
			for _, row := range costs {
				most := int64(0)
				for _, c := range row {
					most = max(most, c.cost)
				}
				list[i] += most
			}
		}
	}
	return list
}

func byID(list []responder.Need) []responder.Need {
	return slices.SortedFunc(slices.Values(list), func(a, b responder.Need) int { return cmp.Compare(a.ID, b.ID) })
}

func byCode(list []responder.Responder) []responder.Responder {
	return slices.SortedFunc(slices.Values(list), func(a, b responder.Responder) int { return cmp.Compare(a.Person, b.Person) })
}

// cheapestFirst is the greedy plan by asking again and again for the cheapest pair.
func cheapestFirst(needs []responder.Need, people []responder.Responder, o responder.Options) solution {
	needs, people = byID(needs), byCode(people)
	costs := make([][]opinion, len(needs))
	goes := make([]int, len(needs))
	for i, n := range needs {
		goes[i] = len(people)
		for _, p := range people {
			costs[i] = append(costs[i], judge(n, p, o))
		}
	}
	penalties := penaltiesOf(needs, costs, o)
	given := make([]int, len(people))
	for {
		row, column, least := -1, -1, int64(math.MaxInt64)
		for j, p := range people {
			for i := range needs {
				c := costs[i][j]
				if c.reason == 0 && goes[i] == len(people) && given[j] < capacity(p, o)-p.Load && c.cost <= penalties[i] && c.cost < least {
					row, column, least = i, j, c.cost
				}
			}
		}
		if row < 0 {
			break
		}
		goes[row] = column
		given[column]++
	}
	total := int64(0)
	for i, j := range goes {
		if j < len(people) {
			total += costs[i][j].cost
		} else {
			total += penalties[i]
		}
	}
	return solution{total, goes}
}

// of reads a plan as a solution, and says what is wrong with it.
func of(plan *responder.Plan, needs []responder.Need, people []responder.Responder, o responder.Options) (solution, error) {
	needs, people = byID(needs), byCode(people)
	s := solution{total: plan.Cost + plan.Penalty, goes: make([]int, len(needs))}
	for i := range s.goes {
		s.goes[i] = -1
	}
	put := func(id responder.Code, j int) error {
		i := slices.IndexFunc(needs, func(n responder.Need) bool { return n.ID == id })
		if i < 0 || s.goes[i] >= 0 {
			return fmt.Errorf("need %q is unknown or answered twice", id)
		}
		s.goes[i] = j
		return nil
	}
	given := make([]int, len(people))
	cost, penalty := int64(0), int64(0)
	for k, a := range plan.Assigned {
		j := slices.IndexFunc(people, func(p responder.Responder) bool { return p.Person == a.Person })
		if j < 0 {
			return s, fmt.Errorf("unknown person %q", a.Person)
		}
		if err := put(a.Need, j); err != nil {
			return s, err
		}
		n := needs[slices.IndexFunc(needs, func(n responder.Need) bool { return n.ID == a.Need })]
		if op := judge(n, people[j], o); op.reason != 0 || op.cost != a.Cost || a.Measured != (op.away >= 0) {
			return s, fmt.Errorf("%+v is %+v", a, op)
		}
		if given[j]++; given[j] > capacity(people[j], o)-people[j].Load {
			return s, fmt.Errorf("%q is given %d", a.Person, given[j])
		}
		if k > 0 && plan.Assigned[k-1].Need >= a.Need {
			return s, fmt.Errorf("order of needs")
		}
		cost += a.Cost
	}
	for k, l := range plan.Left {
		if err := put(l.Need, len(people)); err != nil {
			return s, err
		}
		penalty += l.Penalty
		if k > 0 && plan.Left[k-1].Need >= l.Need {
			return s, fmt.Errorf("order of needs")
		}
	}
	if cost != plan.Cost || penalty != plan.Penalty || slices.Contains(s.goes, -1) {
		return s, fmt.Errorf("sums %d, %d or a need forgotten", cost, penalty)
	}
	return s, nil
}
