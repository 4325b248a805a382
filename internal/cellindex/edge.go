package cellindex

import "math/bits"

// edge goes up: y1 < y2. leaf is a number + 1.
type edge struct {
	x1, y1, x2, y2 int32
	leaf           uint32
}

// at is the first place that e toggles in row y, one of its rows.
func (e *edge) at(y int64) int64 {
	dx, dy := int64(e.x2)-int64(e.x1), int64(e.y2)-int64(e.y1)
	return int64(e.x1) + ceilDiv(dx*(y-int64(e.y1)), dy)
}

// floorDiv and ceilDiv are for b > 0.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

// within answers the rows from, …, end-1 of e, among those from y0 to y1-1, in
// which the first place that e toggles is one of x0, …, x1-1.
func (e *edge) within(x0, x1, y0, y1 int64) (from, end int64) {
	from, end = max(int64(e.y1), y0), min(int64(e.y2), y1)
	ax, bx := int64(e.x1), int64(e.x2)
	if from >= end || max(ax, bx) <= x0-1 || min(ax, bx) > x1-1 {
		return 0, 0
	}
	if min(ax, bx) > x0-1 && max(ax, bx) <= x1-1 {
		return from, end
	}
	dx, dy, low := bx-ax, int64(e.y2)-int64(e.y1), int64(e.y1)
	switch {
	case dx > 0: // x0-1 < ax + dx·t/dy ≤ x1-1
		from = max(from, low+floorDiv((x0-1-ax)*dy, dx)+1)
		end = min(end, low+floorDiv((x1-1-ax)*dy, dx)+1)
	case dx < 0:
		from = max(from, low+ceilDiv((ax-x1+1)*dy, -dx))
		end = min(end, low+ceilDiv((ax-x0+1)*dy, -dx))
	}
	if from >= end {
		return 0, 0
	}
	return from, end
}

// compare orders two edges by where they are on a row that both have: -1 when e
// is left of f, 0 when they are at the same place.
func (e *edge) compare(f *edge, y int64) int {
	edx, edy := int64(e.x2)-int64(e.x1), int64(e.y2)-int64(e.y1)
	fdx, fdy := int64(f.x2)-int64(f.x1), int64(f.y2)-int64(f.y1)
	// e.x1 + edx·(y-e.y1)/edy against the same of f: a/edy against b/fdy, both
	// counted from e.x1.
	a := edx * (y - int64(e.y1))
	b := fdx * (y - int64(f.y1))
	off := int64(f.x1) - int64(e.x1)
	const small = 1 << 20
	if edy < small && fdy < small && a < 1<<42 && a > -1<<42 && b < 1<<41 && b > -1<<41 && off < 1<<20 && off > -1<<20 {
		return cmp64(a*fdy, (b+off*fdy)*edy)
	}
	// |a|, |b| ≤ 3.6e9 · 1.8e9 and off·fdy as much, so whole and rest keep it in
	// range: both sides as whole places and a remainder.
	aw, bw := floorDiv(a, edy), floorDiv(b, fdy)+off
	if aw != bw {
		return cmp64(aw, bw)
	}
	ar, br := uint64(a-aw*edy), uint64(b-(bw-off)*fdy)
	ah, al := bits.Mul64(ar, uint64(fdy))
	bh, bl := bits.Mul64(br, uint64(edy))
	switch {
	case ah < bh || ah == bh && al < bl:
		return -1
	case ah == bh && al == bl:
		return 0
	}
	return 1
}

func cmp64(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
