package dispatch

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// areaTree is the part of the Map that Learn needs: area 0 is everywhere, the
// others are the Map's units.
type areaTree struct {
	parent []int32
	kids   [][]int32 // those with cases, in hierarchy order
	quiet  []quiet   // those without
	cases  []int32   // cases in the area and below it; unplaced ones nowhere
	ground []float64 // share of the cases of the area around it, smoothed
	label  []Code
}

// groundPrior is how many cases each unit is credited with before any is seen,
// so that a unit without cases is quiet rather than impossible.
const groundPrior = 0.5

func areaCount(m *grid.Map) int {
	if m == nil {
		return 0
	}
	return m.Len()
}

// quiet is the units without cases inside an area. Nothing tells them apart and
// no rule can name them, so one of them stands for all.
type quiet struct{ first, count int32 }

func newAreaTree(m *grid.Map, p *past) *areaTree {
	n := areaCount(m) + 1
	t := &areaTree{make([]int32, n), make([][]int32, n), make([]quiet, n), make([]int32, n), make([]float64, n), make([]Code, n)}
	t.parent[0], t.label[0] = -1, Any
	for i := 1; i < n; i++ {
		t.parent[i], t.label[i] = int32(m.Parent(grid.Ref(i))), m.Info(grid.Ref(i)).Code
	}
	for _, e := range p.events {
		if e.area == 0 {
			continue
		}
		for a := int32(e.area); a >= 0; a = t.parent[a] {
			t.cases[a]++
		}
	}
	for i := int32(1); int(i) < n; i++ {
		up := t.parent[i]
		if t.cases[i] > 0 {
			t.kids[up] = append(t.kids[up], i)
			continue
		}
		t.quiet[up].first = i
		t.quiet[up].count++
	}
	t.ground[0] = 1
	for i := 1; i < n; i++ {
		up := t.parent[i]
		units := float64(len(t.kids[up])) + float64(t.quiet[up].count)
		t.ground[i] = (float64(t.cases[i]) + groundPrior) / (float64(t.cases[up]) + float64(groundPrior*units))
	}
	return t
}

// tally is what one party handled within one matter and area.
type tally struct {
	party  int32
	cases  int32
	weight int64
}

// cell is one matter and area, both with all below them.
type cell struct {
	cases   int32
	weight  int64
	parties []tally // by party
}

func (c *cell) of(party int32) tally {
	i, ok := slices.BinarySearchFunc(c.parties, party, func(t tally, p int32) int { return cmp.Compare(t.party, p) })
	if !ok {
		return tally{party: party}
	}
	return c.parties[i]
}

// spread puts the cases of each candidate into dst, by weight.
func (c *cell) spread(candidates []mass, dst []float64) {
	clear(dst)
	i := 0
	for _, t := range c.parties {
		i = skipTo(candidates, i, t.party)
		if i < len(candidates) && candidates[i].party == t.party {
			dst[i] = cases(t.weight)
		}
	}
}

// skipTo is the first position from i on whose party is not before the given one.
func skipTo(candidates []mass, i int, party int32) int {
	for i < len(candidates) && candidates[i].party < party {
		i++
	}
	return i
}

// cellCounts holds every cell that has a case.
type cellCounts struct {
	at    map[uint64]int32
	cells []cell
}

var noCell cell

func (c *cellCounts) of(matter, area int32) *cell {
	i, ok := c.at[cellKey(matter, area)]
	if !ok {
		return &noCell
	}
	return &c.cells[i]
}

func cellKey(matter, area int32) uint64 { return uint64(matter)<<32 | uint64(area) }

// countCells adds each case to every cell above it. O(n log n), times the depth
// of both trees.
func countCells(p *past, t *areaTree) *cellCounts {
	sums := map[[2]uint64]tally{}
	for _, e := range p.events {
		for m := e.matter; m >= 0; m = p.above[m] {
			for a := int32(e.area); a >= 0; a = t.parent[a] {
				k := [2]uint64{cellKey(m, a), uint64(e.party)}
				s := sums[k]
				sums[k] = tally{e.party, s.cases + 1, s.weight + e.weight}
			}
		}
	}
	keys := make([][2]uint64, 0, len(sums))
	for k := range sums {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]uint64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	c := &cellCounts{at: map[uint64]int32{}}
	for i, k := range keys {
		if i == 0 || keys[i-1][0] != k[0] {
			c.at[k[0]] = int32(len(c.cells))
			c.cells = append(c.cells, cell{})
		}
		last, s := &c.cells[len(c.cells)-1], sums[k]
		last.cases += s.cases
		last.weight += s.weight
		last.parties = append(last.parties, s)
	}
	return c
}
