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

// write appends the record to the worker's row. It answers the kind of the word
// that leads to it, owned when the owner is r.base throughout and nothing was
// written, or false when there are too many entries.
func (r *record) write(shift uint32) (kind uint32, ok bool) {
	if len(r.lines) > linesMax {
		return 0, false
	}
	at := len(r.w.out)
	r.w.out = append(r.w.out, 0)
	n := -1
	kind = narrow
	if !r.crossed && shift <= narrowShift {
		n = r.writeNarrow()
	}
	if n < 0 {
		r.w.out = r.w.out[:at+1]
		kind, n = wide, r.writeWide()
	}
	switch {
	case n > countMax:
		r.w.out = r.w.out[:at]
		return 0, false
	case n == 0:
		r.w.out = r.w.out[:at]
		return owned, true
	}
	r.w.out[at] = uint32(n)<<labelBits | r.base
	return kind, true
}

// chooseBase takes the owner that the left side has on most of the rows for
// which count answers true.
func (r *record) chooseBase(count func(i int) bool) {
	r.base = r.w.sets.label(r.left[0].s)
	if len(r.left) == 1 {
		return
	}
	best := int64(-1)
	at := 0
	type tally struct {
		owner uint32
		rows  int64
	}
	var few [8]tally
	tallies := few[:0]
	for i, low := range r.rows {
		owner := r.w.sets.label(r.leftOf(low, &at))
		if !count(i) {
			continue
		}
		k := slices.IndexFunc(tallies, func(t tally) bool { return t.owner == owner })
		if k < 0 {
			k = len(tallies)
			tallies = append(tallies, tally{owner: owner})
		}
		tallies[k].rows += r.end(i) - low
		if tallies[k].rows > best {
			best, r.base = tallies[k].rows, owner
		}
	}
}

// writeNarrow writes the lines that are needed, each good for all its rows, and
// before them a vertical entry for each stretch of the left side whose owner is
// not the base. It answers how many, or -1 when narrow entries cannot say it.
//
// On rows where a line has already left the cell to the left, its entry applies
// to the whole row. That is right if the owner right of the line is the owner at
// the cell's left side, which is so unless another line lies between.
func (r *record) writeNarrow() int {
	out := &r.w.out
	strays := false // some needed line has rows on which it is left of the cell
	for i := range r.lines {
		l := &r.lines[i]
		if !l.needed {
			continue
		}
		if l.mixed || !l.fits(r.x0, r.y0) {
			return -1
		}
		strays = strays || l.low < l.from && l.at(l.low) < r.x0 || l.end < l.high && l.at(l.high-1) < r.x0
	}
	implied := func(low int64) *line { // the entry that decides at the left side
		if !strays {
			return nil
		}
		var last *line
		for _, i := range r.order {
			l := &r.lines[i]
			if l.needed && l.low <= low && low < l.high && (low < l.from || low >= l.end) && l.at(low) < r.x0 {
				last = l
			}
		}
		return last
	}
	r.chooseBase(func(i int) bool { return implied(r.rows[i]) == nil })
	n, at := 0, 0
	for i := 0; i < len(r.rows) && (strays || len(r.left) > 1); {
		owner := r.w.sets.label(r.leftOf(r.rows[i], &at))
		if l := implied(r.rows[i]); l != nil {
			if l.owner != owner {
				return -1
			}
			i++
			continue
		}
		from := i
		for i++; i < len(r.rows) && r.w.sets.label(r.leftOf(r.rows[i], &at)) == owner && implied(r.rows[i]) == nil; i++ {
		}
		if owner == r.base {
			continue
		}
		*out = append(*out, pack(-1, r.rows[from]-r.y0), pack(0, r.end(i-1)-r.rows[from]), owner)
		n++
	}
	for _, i := range r.order {
		if l := &r.lines[i]; l.needed {
			*out = append(*out, pack(int64(l.x1)-r.x0, int64(l.y1)-r.y0), pack(int64(l.x2)-int64(l.x1), int64(l.y2)-int64(l.y1)), l.owner)
			n++
		}
	}
	if n%2 == 1 {
		*out = append(*out, 0, 0, 0)
		n++
	}
	return n
}

func (l *line) fits(x0, y0 int64) bool {
	for _, v := range [...]int64{int64(l.x1) - x0, int64(l.y1) - y0, int64(l.x2) - int64(l.x1), int64(l.y2) - int64(l.y1)} {
		if v != int64(int16(v)) {
			return false
		}
	}
	return true
}

func pack(x, y int64) uint32 { return uint32(uint16(x)) | uint32(uint16(y))<<16 }

// writeWide writes, for each slab, the owner at the left side unless it is the
// base and the lines from left to right, and answers how many entries it wrote.
// Slabs that follow each other share entries as long as nothing between them
// would have to stand in another order.
func (r *record) writeWide() int {
	out := &r.w.out
	r.chooseBase(func(int) bool { return true })
	n, at := 0, 0
	entry := func(x1, y1, x2, y2 int32, from, end int64, owner uint32) {
		*out = append(*out, uint32(x1), uint32(y1), uint32(x2), uint32(y2), uint32(from-r.y0), uint32(end-r.y0), owner)
		n++
	}
	for i := 0; i < len(r.rows); {
		owner, from := r.w.sets.label(r.leftOf(r.rows[i], &at)), i
		for i++; i < len(r.rows) && r.w.sets.label(r.leftOf(r.rows[i], &at)) == owner; i++ {
		}
		if owner != r.base { // an edge left of every place
			entry(minPlace, 0, minPlace, 1, r.rows[from], r.end(i-1), owner)
		}
	}
	at = 0
	if !r.crossed {
		r.wideInOrder(entry)
		return n
	}
	for i, low := range r.rows {
		s := r.leftOf(low, &at)
		r.slab(low, r.end(i), func(l *line) {
			if s = r.w.sets.toggle2(s, l.leaf, l.other); n <= countMax {
				entry(l.x1, l.y1, l.x2, l.y2, low, r.end(i), r.w.sets.label(s))
			}
		})
	}
	return n
}

// wideInOrder writes each line once, or once for each stretch of it with another
// owner right of it.
func (r *record) wideInOrder(entry func(x1, y1, x2, y2 int32, from, end int64, owner uint32)) {
	for _, k := range r.order {
		l := &r.lines[k]
		if !l.needed {
			continue
		}
		if !l.mixed {
			entry(l.x1, l.y1, l.x2, l.y2, l.from, l.end, l.owner)
			continue
		}
		at, from, owner, open := 0, l.from, uint32(0), false
		for i, low := range r.rows {
			if low < l.from || low >= l.end {
				continue
			}
			s := r.leftOf(low, &at)
			passed := false
			r.slab(low, r.end(i), func(m *line) {
				if !passed {
					s = r.w.sets.toggle2(s, m.leaf, m.other)
				}
				passed = passed || m == l
			})
			if now := r.w.sets.label(s); !open || now != owner {
				if open {
					entry(l.x1, l.y1, l.x2, l.y2, from, low, owner)
				}
				from, owner, open = low, now, true
			}
		}
		entry(l.x1, l.y1, l.x2, l.y2, from, l.end, owner)
	}
}
