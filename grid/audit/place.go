package audit

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// rowsTried is on how many rows of a face a place is looked for.
const rowsTried = 12

// place answers a place of a Map in the face, by the half-open border rule, as
// far from its border as the rows looked at allow, and true; or, of a face in
// which none is found because it is thinner than 1e-7 degree, the place nearest
// to its middle, and false.
func (p *plane) place(f face) (orb.Point, bool) {
	heights := p.heights(f)
	var best point
	widest, found := -1.0, false
	for _, row := range rowsOf(heights) {
		left, right := p.widest(f, float64(row))
		at := point{int32(math.Round((left + right) / 2)), row}
		if right-left > widest && right > left && p.holds(f, at) {
			best, widest, found = at, right-left, true
		}
	}
	if found {
		return best.degrees(), true
	}
	middle := (heights[0] + heights[len(heights)-1]) / 2
	left, right := p.widest(f, middle)
	at := point{int32(math.Round((left + right) / 2)), int32(math.Round(middle))}
	if left > right { // a face that rounding has flattened
		at, _ = p.vertices[p.pieces[f[0].first/2].lo].point()
	}
	return at.degrees(), false
}

// heights are the different rows of the face's vertices, ascending.
func (p *plane) heights(f face) []float64 {
	var out []float64
	for _, l := range f {
		p.around(l, func(c *piece) {
			out = append(out, p.vertices[c.lo].y.float(), p.vertices[c.hi].y.float())
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// rowsOf are the rows halfway between heights, those in the widest gaps first,
// then the whole rows among the heights' ends.
func rowsOf(heights []float64) []int32 {
	type gap struct{ middle, size float64 }
	gaps := []gap{{(heights[0] + heights[len(heights)-1]) / 2, math.Inf(1)}}
	for i := 1; i < len(heights); i++ {
		gaps = append(gaps, gap{(heights[i-1] + heights[i]) / 2, heights[i] - heights[i-1]})
	}
	slices.SortFunc(gaps, func(a, b gap) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.middle, b.middle))
	})
	var rows []int32
	for _, g := range gaps[:min(len(gaps), rowsTried)] {
		for _, row := range [...]float64{math.Round(g.middle), math.Floor(g.middle), math.Ceil(g.middle)} {
			if r := int32(row); !slices.Contains(rows, r) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// widest is the widest stretch of a row inside the face, as far as floating point
// tells; right is not above left when there is none.
func (p *plane) widest(f face, row float64) (left, right float64) {
	var columns []float64
	for _, l := range f {
		p.around(l, func(c *piece) {
			low, high := p.rise(c)
			from, to := low.y.float(), high.y.float()
			if from <= row && row < to {
				t := (row - from) / (to - from)
				columns = append(columns, low.x.float()+float64(t*(high.x.float()-low.x.float())))
			}
		})
	}
	slices.Sort(columns)
	left, right = 1, 0
	for i := 1; i < len(columns); i += 2 {
		if i == 1 || columns[i]-columns[i-1] > right-left {
			left, right = columns[i-1], columns[i]
		}
	}
	return left, right
}

// holds reports whether v lies in the face, exactly, by the half-open rule.
func (p *plane) holds(f face, v point) bool {
	in := false
	for _, l := range f {
		if p.encloses(l, v) {
			in = !in
		}
	}
	return in
}
