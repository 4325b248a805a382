package audit

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// patch is one connected place where a group is not as it should be.
type patch struct {
	units   []int32 // members in it, ascending
	inside  bool    // it lies in the parent
	around  []int32 // members whose borders are part of its own, ascending
	edge    bool    // the parent's border is part of its own
	polygon orb.Polygon
	area    float64 // m²
	width   float64 // metres; see widthOf
	at      orb.Point
	hit     bool // at lies in it
}

// patches draws the rest of the chain with the borders and answers every face
// that is not as it should be; false when it cannot be drawn.
func (g *group) patches(rest []stroke, borders []*border, n excess) ([]patch, bool) {
	strokes := slices.Clone(rest)
	for i, b := range borders {
		if b == nil {
			continue
		}
		for _, d := range b.darts {
			strokes = append(strokes, strokeOf(d.a, d.b, 0, int32(i)))
		}
	}
	p, ok := draw(strokes)
	if !ok {
		return nil, false
	}
	var patches []patch
	for _, f := range p.bounded(func(l label) bool { return g.wrong(n(p, l)) }) {
		patches = append(patches, g.patch(p, f))
	}
	return patches, true
}

// face is a bounded face: its inner loop first, then the outer loops in it.
type face []*loop

// bounded answers the bounded faces whose label passes. A loop round a hole goes
// to the smallest face with its label that encloses it.
func (p *plane) bounded(pass func(label) bool) []face {
	var found []face
	var boxes []box
	var sizes []float64
	byLabel := map[label][]int{}
	for i := range p.loops {
		if l := &p.loops[i]; !l.outer && pass(l.label) {
			byLabel[l.label] = append(byLabel[l.label], len(found))
			found, boxes, sizes = append(found, face{l}), append(boxes, p.box(l)), append(sizes, p.size(l))
		}
	}
	for _, same := range byLabel {
		slices.SortStableFunc(same, func(a, b int) int { return cmp.Compare(sizes[a], sizes[b]) })
	}
	for i := range p.loops {
		l := &p.loops[i]
		if !l.outer {
			continue
		}
		v, _ := p.vertices[l.anchor].point()
		for _, k := range byLabel[l.label] {
			around := found[k][0]
			from, _ := p.ends(around.first)
			if boxes[k].holds(v) && p.part[from] != p.part[l.anchor] && p.encloses(around, v) {
				found[k] = append(found[k], l)
				break // else, if none does, it lies outside of everything
			}
		}
	}
	return found
}

// patch measures a face.
func (g *group) patch(p *plane, f face) patch {
	parent := int32(len(g.members))
	var out patch
	for _, u := range p.covers[f[0].cover] {
		if u == parent {
			out.inside = true
		} else {
			out.units = append(out.units, u)
		}
	}
	length := 0.0
	for _, l := range f {
		ring := p.ring(l)
		out.polygon = append(out.polygon, ring)
		out.area += geodesy.Area(ring)
		for i := 1; i < len(ring); i++ {
			length += geodesy.Distance(ring[i-1], ring[i])
		}
		p.around(l, func(c *piece) {
			for _, u := range c.units {
				if u == parent {
					out.edge = true
				} else {
					out.around = append(out.around, u)
				}
			}
		})
	}
	slices.Sort(out.around)
	out.around = slices.Compact(out.around)
	out.area = max(out.area, 0) // rounding, of a face too thin to have one
	out.width = widthOf(out.area, length)
	out.at, out.hit = p.place(f)
	return out
}

// widthOf is the shorter side of the rectangle with that area and perimeter. What
// is rounder than a square counts as one.
func widthOf(area, length float64) float64 {
	half := length / 2
	if root := half*half - 4*area; root > 0 {
		return 2 * area / (half + math.Sqrt(root)) // (half - √root)/2, but without cancelling
	}
	return math.Sqrt(max(area, 0))
}

// around visits the pieces of a loop.
func (p *plane) around(l *loop, visit func(c *piece)) {
	for half, start := l.first, true; start || half != l.first; half, start = p.next[half], false {
		visit(&p.pieces[half/2])
	}
}

// ring is the way round a loop in degrees, closed.
func (p *plane) ring(l *loop) orb.Ring {
	from, _ := p.ends(l.first)
	out := orb.Ring{p.vertices[from].degrees()}
	for half, start := l.first, true; start || half != l.first; half, start = p.next[half], false {
		_, to := p.ends(half)
		out = append(out, p.vertices[to].degrees())
	}
	return out
}

// size is the area that a loop goes round, in square units, to compare loops with.
func (p *plane) size(l *loop) float64 {
	first, _ := p.ends(l.first)
	o := p.vertices[first]
	sum := 0.0
	for half, start := l.first, true; start || half != l.first; half, start = p.next[half], false {
		from, to := p.ends(half)
		a, b := p.vertices[from], p.vertices[to]
		sum += float64(a.x.from(o.x)*b.y.from(o.y)) - float64(a.y.from(o.y)*b.x.from(o.x))
	}
	return sum / 2
}

// box is a box round a loop.
func (p *plane) box(l *loop) box {
	b := box{point{math.MaxInt32, math.MaxInt32}, point{math.MinInt32, math.MinInt32}}
	p.around(l, func(c *piece) {
		for _, v := range [...]int32{c.lo, c.hi} {
			x, y := int32(p.vertices[v].x.whole), int32(p.vertices[v].y.whole)
			b.low = point{min(b.low.x, x), min(b.low.y, y)}
			b.high = point{max(b.high.x, x+1), max(b.high.y, y+1)}
		}
	})
	return b
}
