package audit

import (
	"cmp"
	"slices"
)

// edge is an undirected edge, lo.before(hi).
type edge struct{ lo, hi point }

// chain is the sum of the borders of some units, less that of the unit they lie
// in: of each stretch, how many of them have it on their left less how many on
// their right.
//
// The sum of the units' regions, counted with multiplicity, less their parent's
// is a function that is 0 far away, and the chain is where and by how much it
// jumps. So it is 0 everywhere, which is to say that the units share the parent
// out without overlap, gap or overhang, exactly when the chain is empty. With the
// half-open border rule, which gives a border place to whom a place a little to
// its east and far less to its north belongs, that holds for border places too.
type chain struct {
	rest []stroke // what is left
	tees []tee    // ascending, each once
}

// tee is a vertex of one unit inside an edge of another.
type tee struct {
	at           point
	vertex, edge int32 // the units
}

func compareTees(a, b tee) int {
	return cmp.Or(cmp.Compare(a.vertex, b.vertex), cmp.Compare(a.edge, b.edge), comparePoints(a.at, b.at))
}

// sum adds up borders; outer, unless nil, is taken away and has the number -1.
// Borders with the same edges on both sides cancel by hashing, which for clean
// data is all of them, O(n). Only what that leaves is compared line by line.
func sum(borders []*border, outer *border) chain {
	total := 0
	for _, b := range borders {
		total += len(b.darts)
	}
	net := make(map[edge]int32, total/2+1)
	each := func(visit func(s stroke)) {
		for i, b := range borders {
			for _, d := range b.darts {
				visit(strokeOf(d.a, d.b, 1, int32(i)))
			}
		}
		if outer != nil {
			for _, d := range outer.darts {
				visit(strokeOf(d.b, d.a, 1, -1))
			}
		}
	}
	left := 0 // edges that do not cancel
	each(func(s stroke) {
		e := edge{s.lo, s.hi}
		before := net[e]
		net[e] = before + s.weight
		switch {
		case before == 0:
			left++
		case before+s.weight == 0:
			left--
		}
	})
	if left == 0 {
		return chain{}
	}
	rest := make([]stroke, 0, left)
	each(func(s stroke) {
		if net[edge{s.lo, s.hi}] != 0 {
			rest = append(rest, s)
		}
	})
	return byLine(rest)
}

// line is a straight line: its direction in lowest terms and which of the
// parallels it is.
type line struct{ dx, dy, at int64 }

// lineOf is the line of s. |dx·y| ≤ 3.6e9 · 9e8 and |dy·x| ≤ 1.8e9 · 1.8e9, so the
// difference fits.
func lineOf(s stroke) line {
	dx, dy := int64(s.hi.x)-int64(s.lo.x), int64(s.hi.y)-int64(s.lo.y)
	g := int64(gcd(uint64(dx), uint64(max(dy, -dy))))
	dx, dy = dx/g, dy/g
	return line{dx, dy, dx*int64(s.lo.y) - dy*int64(s.lo.x)}
}

func compareLines(a, b line) int {
	return cmp.Or(cmp.Compare(a.dx, b.dx), cmp.Compare(a.dy, b.dy), cmp.Compare(a.at, b.at))
}

// byLine adds up strokes that lie on one line and share a stretch of it without
// sharing both ends.
func byLine(strokes []stroke) chain {
	type onLine struct {
		line
		stroke
	}
	all := make([]onLine, len(strokes))
	for i, s := range strokes {
		all[i] = onLine{lineOf(s), s}
	}
	slices.SortFunc(all, func(a, b onLine) int { return cmp.Or(compareLines(a.line, b.line), compareStrokes(a.stroke, b.stroke)) })
	var c chain
	var same []stroke
	for i := 0; i < len(all); {
		same = same[:0]
		for l := all[i].line; i < len(all) && all[i].line == l; i++ {
			same = append(same, all[i].stroke)
		}
		c.level(same)
		c.junctions(same)
	}
	slices.SortFunc(c.tees, compareTees)
	c.tees = slices.Compact(c.tees)
	return c
}

// level appends the stretches of one line on which strokes do not cancel.
func (c *chain) level(same []stroke) {
	type step struct {
		at point
		by int32
	}
	steps := make([]step, 0, 2*len(same))
	for _, s := range same {
		steps = append(steps, step{s.lo, s.weight}, step{s.hi, -s.weight})
	}
	slices.SortFunc(steps, func(a, b step) int { return comparePoints(a.at, b.at) })
	var now int32
	for i := 0; i < len(steps); {
		at := steps[i].at
		for ; i < len(steps) && steps[i].at == at; i++ {
			now += steps[i].by
		}
		if now != 0 { // then there is another step further on
			c.rest = append(c.rest, stroke{at, steps[i].at, now, -1})
		}
	}
}

// deepMax bounds how many edges over one place are compared for junctions. In a
// tiling there are 2, and its parent's.
const deepMax = 16

// junctions notes vertices of one unit inside an edge of another. same is sorted
// by lo.
func (c *chain) junctions(same []stroke) {
	var open []stroke // that reach beyond the last lo
	note := func(at point, vertex, in stroke) {
		if vertex.unit != in.unit && in.lo.before(at) && at.before(in.hi) {
			c.tees = append(c.tees, tee{at, vertex.unit, in.unit})
		}
	}
	for _, s := range same {
		open = slices.DeleteFunc(open, func(o stroke) bool { return !s.lo.before(o.hi) })
		for _, o := range open {
			note(s.lo, s, o)
			note(s.hi, s, o)
			note(o.hi, o, s)
		}
		if len(open) < deepMax {
			open = append(open, s)
		}
	}
}
