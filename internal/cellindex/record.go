package cellindex

import (
	"slices"
)

// record puts the edges of one cell in order and finds the owner right of each.
// It is reused from cell to cell.
type record struct {
	w       *worker
	x0, y0  int64
	side    int64
	left    []span
	lines   []line
	order   []int32 // lines from left to right
	rows    []int64 // where slabs begin: rows between which nothing starts or ends
	right   []span
	base    uint32   // the owner where no entry applies
	ahead   []uint64 // by line: the lines left of it
	crossed bool

	slabLines []int32
}

// line is an edge of the cell, once, with the one or two leaves that have it.
type line struct {
	edge
	other     uint32 // leaf + 1, 0 is none
	from, end int64  // rows in which its first place is in the cell
	low, high int64  // rows of the cell that it has at all: low ≤ from, end ≤ high
	owner     uint32
	known     bool // owner is the owner right of it
	mixed     bool // there are several
	needed    bool
}

// prepare takes in a cell and finds the leaves at its right side, the order of
// its lines and their owners.
func (r *record) prepare(w *worker, clips []clipped, left []span, x0, y0, side int64) {
	r.w, r.x0, r.y0, r.side, r.left = w, x0, y0, side, left
	r.gather(clips)
	r.sort()
	r.cut()
	r.sweep()
}

// gather makes lines of clips: the same edge of two leaves is one line.
func (r *record) gather(clips []clipped) {
	r.lines = r.lines[:0]
next:
	for i := range clips {
		e := &clips[i]
		for k := range r.lines {
			l := &r.lines[k]
			if l.x1 == e.x1 && l.y1 == e.y1 && l.x2 == e.x2 && l.y2 == e.y2 && l.other == 0 {
				l.other = e.leaf
				continue next
			}
		}
		r.lines = append(r.lines, line{
			edge: e.edge, from: e.from, end: e.end,
			low: max(int64(e.y1), r.y0), high: min(int64(e.y2), r.y0+r.side),
		})
	}
}

// sort orders the lines so that on every row they come from left to right.
// crossed says that there is no such order, or too many lines to look for it.
func (r *record) sort() {
	n := len(r.lines)
	r.order, r.crossed = r.order[:0], n > linesMax
	if r.crossed {
		return
	}
	r.ahead = append(r.ahead[:0], make([]uint64, n)...)
	for i := range n {
		for k := range i {
			switch r.compare(&r.lines[i], &r.lines[k]) {
			case -1:
				r.ahead[k] |= 1 << i
			case 1:
				r.ahead[i] |= 1 << k
			case 2:
				r.crossed = true
				return
			}
		}
	}
	done := uint64(0)
	for len(r.order) < n {
		found := false
		for i := range n {
			if done>>i&1 == 0 && r.ahead[i]&^done == 0 {
				r.order = append(r.order, int32(i))
				done |= 1 << i
				found = true
			}
		}
		if !found { // a ring of lines, each left of the next
			r.crossed = true
			return
		}
	}
}

// compare orders two lines by the rows that both have: -1 when a is left of b
// somewhere and right of it nowhere, 1 the other way round, 2 when they cross, 0
// when they are the same there or have no row in common.
func (r *record) compare(a, b *line) int {
	low, high := max(a.low, b.low), min(a.high, b.high)-1
	if low > high {
		return 0
	}
	if max(a.x1, a.x2) < min(b.x1, b.x2) {
		return -1
	}
	if max(b.x1, b.x2) < min(a.x1, a.x2) {
		return 1
	}
	first := a.edge.compare(&b.edge, low)
	last := first
	if high > low {
		last = a.edge.compare(&b.edge, high)
	}
	switch {
	case first*last < 0:
		return 2
	case first == 0:
		return last
	}
	return first
}

// cut finds the slabs.
func (r *record) cut() {
	r.rows = append(r.rows[:0], r.y0)
	for i := range r.left {
		r.rows = append(r.rows, r.left[i].y)
	}
	for i := range r.lines {
		l := &r.lines[i]
		r.rows = append(r.rows, l.from, l.end)
		if l.low != l.from {
			r.rows = append(r.rows, l.low)
		}
		if l.high != l.end {
			r.rows = append(r.rows, l.high)
		}
	}
	if r.crossed && len(r.lines) <= linesMax {
		for i := range r.lines {
			for k := range i {
				if a, b := &r.lines[i], &r.lines[k]; r.compare(a, b) == 2 {
					r.rows = append(r.rows, flip(a, b))
				}
			}
		}
	}
	slices.Sort(r.rows)
	r.rows = slices.Compact(r.rows)
	for r.rows[len(r.rows)-1] >= r.y0+r.side {
		r.rows = r.rows[:len(r.rows)-1]
	}
}

// flip is the first row on which the order of two lines that cross is not that
// of their lowest common row.
func flip(a, b *line) int64 {
	low, high := max(a.low, b.low), min(a.high, b.high)-1
	first := a.edge.compare(&b.edge, low)
	for high-low > 1 {
		mid := low + (high-low)/2
		if a.edge.compare(&b.edge, mid) == first {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// slab calls visit with the lines whose first place on the slab's rows is in the
// cell, from left to right. It is for slabs on which no lines cross.
func (r *record) slab(low, high int64, visit func(l *line)) {
	if !r.crossed {
		for _, i := range r.order {
			if l := &r.lines[i]; l.from <= low && low < l.end {
				visit(l)
			}
		}
		return
	}
	r.slabLines = r.slabLines[:0]
	for i := range r.lines {
		if l := &r.lines[i]; l.from <= low && low < l.end {
			r.slabLines = append(r.slabLines, int32(i))
		}
	}
	slices.SortStableFunc(r.slabLines, func(a, b int32) int {
		first := r.lines[a].edge.compare(&r.lines[b].edge, low)
		if first == 0 {
			first = r.lines[a].edge.compare(&r.lines[b].edge, high-1)
		}
		return first
	})
	for _, i := range r.slabLines {
		visit(&r.lines[i])
	}
}

// end is the row at which slab i ends.
func (r *record) end(i int) int64 {
	if i+1 < len(r.rows) {
		return r.rows[i+1]
	}
	return r.y0 + r.side
}

// leftOf is the set at the left side on row y; at is where to look first.
func (r *record) leftOf(y int64, at *int) set {
	for *at+1 < len(r.left) && r.left[*at+1].y <= y {
		*at++
	}
	return r.left[*at].s
}

// sweep finds the right side and, when no lines cross, the owner right of each
// line. A line is needed when some slab has another owner left of it, or when it
// is the last of several that run along each other there.
func (r *record) sweep() {
	r.right = r.right[:0]
	at := 0
	for i, low := range r.rows {
		s := r.leftOf(low, &at)
		before := r.w.sets.label(s)
		var last *line
		several := false // last runs along the line before it, whose entry it must overrule
		settle := func() {
			if last == nil {
				return
			}
			after := r.w.sets.label(s)
			if after != before || several {
				last.needed = true
			}
			last.mixed = last.mixed || last.known && last.owner != after
			last.owner, last.known, before = after, true, after
		}
		high := r.end(i)
		r.slab(low, high, func(l *line) {
			if along := last != nil && r.along(last, l, low, high); !along {
				settle()
				several = false
			} else {
				several = true
			}
			s = r.w.sets.toggle2(s, l.leaf, l.other)
			last = l
		})
		settle()
		r.right = addSpan(r.right, low, s)
	}
}

// along reports whether two lines are the same on a slab.
func (r *record) along(a, b *line, low, high int64) bool {
	return a.edge.compare(&b.edge, low) == 0 && (high-1 == low || a.edge.compare(&b.edge, high-1) == 0)
}
