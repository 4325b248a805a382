package cellindex

import "slices"

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
