package grid

import (
	"fmt"
	"maps"
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/overlay"
)

// leafNow answers the sketch of a unit that has no children now, with a fault
// when there is none.
func (d *draft) leafNow(c Code) *sketch {
	s := d.known(c)
	if s == nil {
		return nil
	}
	taken := map[Code]bool{}
	for _, t := range d.units {
		if !t.gone {
			taken[t.Parent] = true
		}
	}
	if !d.isLeaf(c, taken) {
		d.fault(c, ErrNotLeaf)
		return nil
	}
	return s
}

// outlineOf is the boundary of a unit as it is now; false when it has faults,
// which are reported at the end.
func (d *draft) outlineOf(s *sketch) (outline, bool) {
	if !s.shaped {
		return s.kept.outline, true
	}
	v := newSurvey()
	v.unit(&s.Unit)
	return v.kept()[0].outline, len(v.faults) == 0
}

// split puts parts in the place of a leaf.
func (d *draft) split(c Code, parts []Unit) {
	whole := d.leafNow(c)
	if whole == nil {
		return
	}
	if len(parts) < 2 {
		d.fault(c, ErrParts)
		return
	}
	parent, level := whole.Parent, whole.Level
	was, ok := d.outlineOf(whole)
	whole.gone = true
	outlines := make([]outline, len(parts))
	for i, u := range parts {
		u.Parent, u.Level = parent, level
		d.add(u)
		v := newSurvey()
		v.unit(&u)
		ok = ok && len(v.faults) == 0
		outlines[i] = v.kept()[0].outline
	}
	if !ok {
		return // the faults come out at the end
	}
	if at, bad := misfit(was, outlines); bad {
		e := faultOf(c, ErrParts)
		e.Edit, e.At, e.HasAt = d.edit, at, true
		d.faults.add(e)
	}
}

// misfit reports whether parts do not share out a region, and a place on the
// border of what they leave, claim twice or claim outside it. Places that
// snapping may have made so do not count: slivers less than 3 units wide.
func misfit(whole outline, parts []outline) (orb.Point, bool) {
	edges := whole.edges()
	for _, o := range parts {
		edges = append(edges, o.edges()...)
	}
	left := cancel(edges)
	length := 0.0
	for _, e := range left {
		length += math.Hypot(float64(e.hi.x)-float64(e.lo.x), float64(e.hi.y)-float64(e.lo.y))
	}
	const squareDegree = 1e14 // in square units
	sheet := overlay.NewSheet(overlay.Flat)
	sheet.Begin(whole.points())
	for _, o := range parts {
		sheet.Claim(o.points())
	}
	owned, gap := sheet.Parts(nil)
	excess, all := 0.0, gap
	for i, o := range parts {
		sheet.Begin(o.points())
		_, area := sheet.Parts(nil)
		excess += area - owned[i]
		all += area
	}
	allowed := 0.75*length + 1 + 2e-12*all*squareDegree // what the overlay may be off by
	if gap*squareDegree <= allowed && excess*squareDegree <= allowed {
		return orb.Point{}, false
	}
	if len(left) == 0 {
		for ring := range whole.rings() {
			return ring[0].degrees(), true
		}
		return orb.Point{}, true
	}
	longest := left[0]
	for _, e := range left {
		if between(e) > between(longest) {
			longest = e
		}
	}
	return point{mid(longest.lo.x, longest.hi.x), mid(longest.lo.y, longest.hi.y)}.degrees(), true
}

func between(e edge) float64 {
	return math.Hypot(float64(e.hi.x)-float64(e.lo.x), float64(e.hi.y)-float64(e.lo.y))
}

func mid(a, b int32) int32 { return int32((int64(a) + int64(b)) / 2) }

// points is the rings as the overlay reads them.
func (o outline) points() [][]overlay.Point {
	var rings [][]overlay.Point
	for ring := range o.rings() {
		points := make([]overlay.Point, len(ring))
		for i, p := range ring {
			points[i] = overlay.Point{X: p.x, Y: p.y}
		}
		rings = append(rings, points)
	}
	return rings
}

// merge puts one leaf in the place of several.
func (d *draft) merge(into Unit, codes []Code) {
	var from []*sketch
	seen := map[Code]bool{}
	for _, c := range codes {
		s := d.leafNow(c)
		if s == nil {
			return
		}
		if seen[c] || len(from) > 0 && (s.Parent != from[0].Parent || s.Level != from[0].Level) {
			d.fault(c, ErrMerge)
			return
		}
		seen[c] = true
		from = append(from, s)
	}
	if len(from) < 2 {
		d.fault(into.Code, ErrMerge)
		return
	}
	first := from[0]
	into.Parent, into.Level = first.Parent, first.Level
	if into.Name == "" {
		into.Name = first.Name
	}
	if into.Attrs == nil {
		into.Attrs = first.Attrs
	}
	if into.Counts == nil {
		into.Counts = d.sum(into.Code, from)
	}
	if into.Boundary == nil && !d.union(&into, from) {
		return
	}
	for _, s := range from {
		s.gone = true
	}
	d.add(into)
}

// sum adds the counts of some units up; nil when none has any.
func (d *draft) sum(c Code, from []*sketch) map[string]int64 {
	var total map[string]int64
	for _, s := range from {
		if total == nil {
			total = maps.Clone(s.Counts)
			continue
		}
		for name, n := range s.Counts {
			sum := total[name] + n
			if (sum > n) != (total[name] > 0) && total[name] != 0 {
				d.fault(c, fmt.Errorf("%w: %q", ErrCounts, name))
				return nil
			}
			total[name] = sum
		}
	}
	return total
}

// union gives u the union of some leaves as its boundary.
func (d *draft) union(u *Unit, from []*sketch) bool {
	outlines := make([]outline, len(from))
	for i, s := range from {
		o, ok := d.outlineOf(s)
		if !ok {
			return false // the faults come out at the end
		}
		outlines[i] = o
	}
	merged, ok := union(outlines)
	if !ok {
		d.fault(u.Code, ErrMergeOverlap)
		return false
	}
	u.Boundary = degreesOfAll(merged)
	return true
}
