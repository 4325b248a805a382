package audit

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// single says what is odd of units on their own.
func (a *auditor) single() []Finding {
	parentsOn := map[int]bool{} // levels with a unit that has children
	for r := range a.m.All() {
		if !a.infos[r].Leaf {
			parentsOn[a.infos[r].Level] = true
		}
	}
	var found []Finding
	say := func(r grid.Ref, kind Kind, severity Severity) *Finding {
		found = append(found, Finding{Kind: kind, Severity: severity, Units: []grid.Code{a.infos[r].Code}})
		return &found[len(found)-1]
	}
	for r := range a.m.All() {
		info, b := a.infos[r], &a.borders[r]
		if !info.Leaf {
			if b.void {
				say(r, Empty, Error)
			}
			continue
		}
		if parentsOn[info.Level] {
			say(r, Childless, Note)
		}
		switch width := widthOf(b.area, b.length); {
		case !b.known():
			say(r, Empty, Error)
		case width < a.opts.UnitMeters && !b.unmeasured:
			f := say(r, Sliver, Warning)
			f.SquareMeters, f.WidthMeters = b.area, width
			f.At, f.HasAt, f.Inside = a.placeIn(b)
		}
	}
	for _, own := range a.m.Findings() {
		severity := Warning
		if own.Kind == grid.Touch || own.Kind == grid.Hollow {
			severity = Note
		}
		found = append(found, Finding{
			Kind: Kind(own.Kind), Severity: severity, Units: []grid.Code{own.Unit},
			At: own.At, HasAt: own.HasAt, Inside: own.HasAt, Args: own.Args,
		})
	}
	return found
}

// placeIn is a place in a unit's largest part.
func (a *auditor) placeIn(b *border) (at [2]float64, has, inside bool) {
	var strokes []stroke
	for _, d := range b.darts {
		strokes = append(strokes, strokeOf(d.a, d.b, 0, 0))
	}
	p, ok := draw(strokes)
	if !ok {
		return at, false, false
	}
	g := &group{}
	var largest *patch
	for _, f := range p.bounded(func(l label) bool { return slices.Contains(p.covers[l.cover], 0) }) {
		if one := g.patch(p, f); largest == nil || one.area > largest.area {
			largest = &one
		}
	}
	if largest == nil {
		return at, false, false
	}
	return largest.at, true, largest.hit
}
