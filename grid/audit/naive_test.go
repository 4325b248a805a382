package audit_test

import (
	"math/big"
	"slices"
	"sort"
	"strings"

	"github.com/gridgov/gridgov/grid"
)

// The naive twin. It cuts the plane into slabs at every row where an edge ends or
// two edges cross, in rational numbers; in a slab the edges do not cross, so
// between two neighbours lies a trapezoid that is in the units with an odd number
// of edges to its left. It knows nothing of chains, arrangements and directions.

type spot struct{ x, y int64 }

type segment struct {
	a, b spot // a.y < b.y
	unit grid.Code
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// column is where e meets a row.
func (e segment) column(row *big.Rat) *big.Rat {
	x := new(big.Rat).Sub(row, rat(e.a.y))
	x.Mul(x, big.NewRat(e.b.x-e.a.x, e.b.y-e.a.y))
	return x.Add(x, rat(e.a.x))
}

// segments are the edges of units that are not level.
func segments(m *grid.Map, refs []grid.Ref) []segment {
	whole := func(v float64) int64 {
		if v < 0 {
			return int64(v*1e7 - 0.5)
		}
		return int64(v*1e7 + 0.5)
	}
	var out []segment
	for _, r := range refs {
		for _, polygon := range m.Boundary(r) {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					a := spot{whole(ring[i-1][0]), whole(ring[i-1][1])}
					b := spot{whole(ring[i][0]), whole(ring[i][1])}
					if a.y > b.y {
						a, b = b, a
					}
					if a.y < b.y {
						out = append(out, segment{a, b, m.Info(r).Code})
					}
				}
			}
		}
	}
	return out
}

// rowsOf are the rows where something happens, ascending.
func rowsOf(edges []segment) []*big.Rat {
	var rows []*big.Rat
	for i, e := range edges {
		rows = append(rows, rat(e.a.y), rat(e.b.y))
		for _, f := range edges[:i] {
			ex, ey, fx, fy := e.b.x-e.a.x, e.b.y-e.a.y, f.b.x-f.a.x, f.b.y-f.a.y
			turn := new(big.Rat).Sub(new(big.Rat).Mul(rat(ex), rat(fy)), new(big.Rat).Mul(rat(ey), rat(fx)))
			if turn.Sign() == 0 {
				continue
			}
			ox, oy := f.a.x-e.a.x, f.a.y-e.a.y
			t := new(big.Rat).Sub(new(big.Rat).Mul(rat(ox), rat(fy)), new(big.Rat).Mul(rat(oy), rat(fx)))
			row := t.Quo(t, turn)
			row.Mul(row, rat(ey)).Add(row, rat(e.a.y))
			if row.Cmp(rat(max(e.a.y, f.a.y))) > 0 && row.Cmp(rat(min(e.b.y, f.b.y))) < 0 {
				rows = append(rows, row)
			}
		}
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].Cmp(rows[j]) < 0 })
	return slices.CompactFunc(rows, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
}

// naiveCover is the area in square units of what lies in exactly the units whose
// codes, sorted and separated by blanks, are the key.
func naiveCover(m *grid.Map, refs []grid.Ref) map[string]*big.Rat {
	edges := segments(m, refs)
	rows := rowsOf(edges)
	areas := map[string]*big.Rat{}
	half := big.NewRat(1, 2)
	for i := 1; i < len(rows); i++ {
		low, high := rows[i-1], rows[i]
		middle := new(big.Rat).Mul(half, new(big.Rat).Add(low, high))
		type entry struct {
			at   *big.Rat
			unit grid.Code
		}
		var line []entry
		for _, e := range edges {
			if rat(e.a.y).Cmp(low) <= 0 && rat(e.b.y).Cmp(high) >= 0 {
				line = append(line, entry{e.column(middle), e.unit})
			}
		}
		sort.SliceStable(line, func(i, j int) bool { return line[i].at.Cmp(line[j].at) < 0 })
		in := map[grid.Code]bool{}
		for k := 0; k+1 < len(line); k++ {
			in[line[k].unit] = !in[line[k].unit]
			// The mean width is that on the middle row.
			area := new(big.Rat).Sub(line[k+1].at, line[k].at)
			area.Mul(area, new(big.Rat).Sub(high, low))
			if area.Sign() == 0 {
				continue
			}
			key := keyOf(in)
			if areas[key] == nil {
				areas[key] = new(big.Rat)
			}
			areas[key].Add(areas[key], area)
		}
	}
	delete(areas, "")
	return areas
}

func keyOf(in map[grid.Code]bool) string {
	var codes []string
	for c, yes := range in {
		if yes {
			codes = append(codes, string(c))
		}
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

// naiveBounded reports whether a boundary holds any place.
func naiveBounded(m *grid.Map, r grid.Ref) bool { return len(naiveCover(m, []grid.Ref{r})) > 0 }

// naiveFamily is the units that are compared within a unit: those next below it
// that have a boundary or no units below them.
func naiveFamily(m *grid.Map, parent grid.Ref) []grid.Ref {
	var out []grid.Ref
	for r := range m.Children(parent) {
		if m.Info(r).Leaf || naiveBounded(m, r) {
			out = append(out, r)
		} else {
			out = append(out, naiveFamily(m, r)...)
		}
	}
	return out
}

// naive is what is wrong, in square units: by kind, parent and units, gaps and
// uncovered areas together as "missing".
func naive(m *grid.Map) map[string]float64 {
	wrong := map[string]float64{}
	family := func(parent grid.Ref, bounded bool) {
		members := naiveFamily(m, parent)
		own := string(m.Info(parent).Code)
		all := members
		if bounded {
			all = append(slices.Clip(members), parent)
		}
		for key, area := range naiveCover(m, all) {
			in := strings.Fields(key)
			at := slices.Index(in, own)
			if at >= 0 && bounded {
				in = slices.Delete(in, at, at+1)
			}
			size, _ := area.Float64()
			if len(in) > 1 {
				wrong["overlap "+own+": "+strings.Join(in, " ")] += size
			}
			if bounded && len(in) == 0 {
				wrong["missing "+own] += size
			}
			if bounded && at < 0 {
				for _, c := range in {
					wrong["outside "+own+": "+c] += size
				}
			}
		}
	}
	family(0, false)
	for r := range m.All() {
		if !m.Info(r).Leaf && naiveBounded(m, r) {
			family(r, true)
		}
	}
	return wrong
}

// naiveAcross is the overlaps of leaves with different families, by leaves.
func naiveAcross(m *grid.Map) map[string]float64 {
	wrong := map[string]float64{}
	family := func(r grid.Ref) grid.Ref {
		up := m.Parent(r)
		for up != 0 && !naiveBounded(m, up) {
			up = m.Parent(up)
		}
		return up
	}
	for key, area := range naiveCover(m, slices.Collect(m.Leaves(0))) {
		families := map[grid.Ref]bool{}
		for _, c := range strings.Fields(key) {
			r, _ := m.Lookup(grid.Code(c))
			families[family(r)] = true
		}
		if len(families) > 1 {
			wrong[key], _ = area.Float64()
		}
	}
	return wrong
}
