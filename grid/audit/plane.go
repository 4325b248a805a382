package audit

import (
	"cmp"
	"math"
	"slices"
)

// Limits of one arrangement. Of Boston and Metro Manila, where no two levels
// agree, 3 pairs are compared and 0.3 places cut for each edge.
const (
	pairsPerEdge = 256     // pairs of edges compared, for each edge
	cutsPerEdge  = 8       // places at which edges are cut, for each edge
	pairsMin     = 1 << 22 // and as many whatever the number of edges
	cutsMin      = 1 << 18 // the same of places
	coversMax    = 1 << 22 // units that faces lie in, of all faces together
)

// stroke is an edge that a plane is drawn with. Going over it from the right to
// the left of lo→hi adds weight and enters or leaves the unit.
type stroke struct {
	lo, hi point // lo.before(hi)
	weight int32
	unit   int32 // -1 is none
}

func strokeOf(a, b point, weight, unit int32) stroke {
	if b.before(a) {
		return stroke{b, a, -weight, unit}
	}
	return stroke{a, b, weight, unit}
}

func compareStrokes(s, t stroke) int {
	return cmp.Or(comparePoints(s.lo, t.lo), comparePoints(s.hi, t.hi), cmp.Compare(s.unit, t.unit), cmp.Compare(s.weight, t.weight))
}

// carrier is a different edge among the strokes, with the strokes that lie on it
// from end to end.
type carrier struct {
	lo, hi   point
	from, to int32 // of the strokes
}

// piece is a part of a carrier between two neighbouring places at which edges
// end, touch or cross. Two pieces share at most ends.
type piece struct {
	lo, hi  int32 // vertices, in their order of places
	carrier int32 // one of those it lies on
	weight  int32
	units   []int32 // entered or left, ascending
}

// plane is an exact arrangement of strokes: nothing in it is rounded.
type plane struct {
	strokes  []stroke
	carriers []carrier
	cuts     []cut
	vertices []spot
	pieces   []piece
	faces
}

// cut is a place inside a carrier at which it is cut.
type cut struct {
	carrier int32
	at      spot
}

// draw makes the plane of strokes, which it reorders, or answers false when they
// cross, or units lie on each other, too often to be examined. O((n+k) log n) for k crossings of strokes that
// are short or spread out; never more than pairsPerEdge comparisons a stroke.
func draw(strokes []stroke) (*plane, bool) {
	p := &plane{strokes: strokes}
	slices.SortFunc(strokes, compareStrokes)
	for i, s := range strokes {
		if i == 0 || s.lo != strokes[i-1].lo || s.hi != strokes[i-1].hi {
			p.carriers = append(p.carriers, carrier{lo: s.lo, hi: s.hi, from: int32(i)})
		}
		p.carriers[len(p.carriers)-1].to = int32(i + 1)
	}
	if !p.cutAll() {
		return nil, false
	}
	p.split()
	p.trace()
	return p, p.covered <= coversMax
}

// span is what a carrier covers of a strip's columns, or more.
type span struct {
	low, high float64
	id        int32
}

// cutAll finds the cuts of all carriers.
func (p *plane) cutAll() bool {
	n := len(p.carriers)
	strips := newRows(n, func(i int) (int64, int64) {
		c := &p.carriers[i]
		return int64(min(c.lo.y, c.hi.y)), int64(max(c.lo.y, c.hi.y))
	})
	budget, cutsMax := pairsMin+pairsPerEdge*n, cutsMin+cutsPerEdge*n
	var spans []span
	for s := range strips.strips() {
		ids, first, next := strips.in(s)
		spans = spans[:0]
		for _, id := range ids {
			low, high := p.columns(&p.carriers[id], float64(first), float64(next))
			spans = append(spans, span{low, high, id})
		}
		slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(a.id, b.id)) })
		for i, a := range spans {
			for _, b := range spans[i+1:] {
				if b.low > a.high {
					break
				}
				if budget--; budget < 0 {
					return false
				}
				p.meet(min(a.id, b.id), max(a.id, b.id))
			}
			if len(p.cuts) > cutsMax {
				return false
			}
		}
	}
	return true
}

// columns is what c covers of the columns between two rows, both included, and
// up to 2 units more, which is far more than the error of the division.
func (p *plane) columns(c *carrier, first, next float64) (low, high float64) {
	low, high = float64(c.lo.x), float64(c.hi.x)
	dy := float64(c.hi.y) - float64(c.lo.y)
	bottom, top := min(float64(c.lo.y), float64(c.hi.y)), max(float64(c.lo.y), float64(c.hi.y))
	if dy == 0 || bottom >= first && top <= next {
		return low, high
	}
	slope := (high - low) / dy
	at := func(row float64) float64 {
		row = min(max(row, bottom), top)
		return float64(c.lo.x) + float64(slope*(row-float64(c.lo.y)))
	}
	l, h := at(first), at(next)
	return max(low, math.Floor(min(l, h))-2), min(high, math.Ceil(max(l, h))+2)
}

// meet cuts two carriers where they meet.
func (p *plane) meet(i, j int32) {
	a, b := &p.carriers[i], &p.carriers[j]
	if min(a.lo.y, a.hi.y) > max(b.lo.y, b.hi.y) || min(b.lo.y, b.hi.y) > max(a.lo.y, a.hi.y) ||
		a.lo.x > b.hi.x || b.lo.x > a.hi.x {
		return
	}
	bl, bh := side(a.lo, a.hi, b.lo), side(a.lo, a.hi, b.hi)
	if bl*bh > 0 {
		return
	}
	al, ah := side(b.lo, b.hi, a.lo), side(b.lo, b.hi, a.hi)
	if al*ah > 0 {
		return
	}
	if bl*bh < 0 && al*ah < 0 {
		at := crossing(a.lo, a.hi, b.lo, b.hi)
		p.cuts = append(p.cuts, cut{i, at}, cut{j, at})
		return
	}
	inside := func(of int32, c *carrier, side int, end point) {
		if side == 0 && c.lo.before(end) && end.before(c.hi) {
			p.cuts = append(p.cuts, cut{of, end.spot()})
		}
	}
	inside(i, a, bl, b.lo)
	inside(i, a, bh, b.hi)
	inside(j, b, al, a.lo)
	inside(j, b, ah, a.hi)
}

// split makes the pieces. Pieces of several carriers that are one become one;
// those that change nothing are left out.
func (p *plane) split() {
	slices.SortFunc(p.cuts, func(a, b cut) int { return cmp.Or(cmp.Compare(a.carrier, b.carrier), a.at.compare(b.at)) })
	p.cuts = slices.CompactFunc(p.cuts, func(a, b cut) bool { return a == b })
	names := namer{whole: make(map[point]int32, len(p.carriers)), broken: map[spot]int32{}}
	next := 0
	all := make([]piece, 0, len(p.carriers)+len(p.cuts))
	for i := range p.carriers {
		c := &p.carriers[i]
		at := names.point(c.lo)
		for ; next < len(p.cuts) && p.cuts[next].carrier == int32(i); next++ {
			to := names.spot(p.cuts[next].at)
			all = append(all, piece{lo: at, hi: to, carrier: int32(i)})
			at = to
		}
		all = append(all, piece{lo: at, hi: names.point(c.hi), carrier: int32(i)})
	}
	p.vertices = names.spots
	slices.SortFunc(all, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(a.hi, b.hi), cmp.Compare(a.carrier, b.carrier))
	})
	var units []int32 // of all pieces
	var here []int32
	for i := 0; i < len(all); {
		sum := all[i]
		here = here[:0]
		for ; i < len(all) && all[i].lo == sum.lo && all[i].hi == sum.hi; i++ {
			c := &p.carriers[all[i].carrier]
			for _, s := range p.strokes[c.from:c.to] {
				sum.weight += s.weight
				if s.unit >= 0 {
					here = append(here, s.unit)
				}
			}
		}
		from := len(units)
		units = odd(units, here)
		sum.units = units[from:len(units):len(units)]
		if sum.weight != 0 || len(sum.units) > 0 {
			p.pieces = append(p.pieces, sum)
		}
	}
}

// odd appends to dst, ascending, what occurs an odd number of times in list.
func odd(dst, list []int32) []int32 {
	slices.Sort(list)
	for i := 0; i < len(list); {
		j := i
		for j < len(list) && list[j] == list[i] {
			j++
		}
		if (j-i)%2 == 1 {
			dst = append(dst, list[i])
		}
		i = j
	}
	return dst
}

// namer numbers places in the order in which it meets them.
type namer struct {
	whole  map[point]int32
	broken map[spot]int32
	spots  []spot
}

func (n *namer) point(p point) int32 {
	id, ok := n.whole[p]
	if !ok {
		id = int32(len(n.spots))
		n.whole[p] = id
		n.spots = append(n.spots, p.spot())
	}
	return id
}

func (n *namer) spot(s spot) int32 {
	if p, ok := s.point(); ok {
		return n.point(p)
	}
	id, ok := n.broken[s]
	if !ok {
		id = int32(len(n.spots))
		n.broken[s] = id
		n.spots = append(n.spots, s)
	}
	return id
}
