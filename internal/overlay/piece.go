package overlay

// place is relative to the sheet's origin.
type place struct{ x, y float64 }

// piece is a stretch of an edge of one region, from p to q as the ring runs. It
// toggles whether what lies east of it on its rows is in the region.
type piece struct {
	p, q   place
	region int32
}

// box is a part of the sheet.
type box struct{ west, south, east, north float64 }

// halves cuts b in two, first across its longer side, then across the other.
func (b box) halves() [2][2]box {
	byColumn, byRow := [2]box{b, b}, [2]box{b, b}
	byColumn[0].east = (b.west + b.east) / 2
	byColumn[1].west = byColumn[0].east
	byRow[0].north = (b.south + b.north) / 2
	byRow[1].south = byRow[0].north
	if b.east-b.west > b.north-b.south {
		return [2][2]box{byColumn, byRow}
	}
	return [2][2]box{byRow, byColumn}
}

// clip appends to dst what of the pieces matters in b. What is east, north or
// south of b does not. What is west of it only toggles rows, so it is moved to
// b's west side, where a stretch of boundary that wanders about becomes one
// piece: toggling the rows between y and y', then those between y' and y", is
// toggling those between y and y".
func clip(pieces []piece, b box, dst []piece) []piece {
	first := len(dst)
	for _, e := range pieces {
		if !e.rows(b.south, b.north) || e.p.x >= b.east && e.q.x >= b.east {
			continue
		}
		switch {
		case e.p.x <= b.west && e.q.x <= b.west:
			dst = appendWest(dst, first, e.p.y, e.q.y, b.west, e.region)
		case e.p.x < b.west:
			y := e.rowAt(b.west)
			dst = appendWest(dst, first, e.p.y, y, b.west, e.region)
			dst = appendInside(dst, piece{place{b.west, y}, e.q, e.region}, b.east)
		case e.q.x < b.west:
			y := e.rowAt(b.west)
			dst = appendInside(dst, piece{e.p, place{b.west, y}, e.region}, b.east)
			dst = appendWest(dst, first, y, e.q.y, b.west, e.region)
		default:
			dst = appendInside(dst, e, b.east)
		}
	}
	return dst
}

// appendWest appends the piece that toggles the rows between y and y2, or
// lengthens the last one when that ends at y.
func appendWest(dst []piece, first int, y, y2, west float64, region int32) []piece {
	if n := len(dst) - 1; n >= first && dst[n].region == region && dst[n].q == (place{west, y}) && dst[n].p.x == west {
		if dst[n].q.y = y2; dst[n].p.y == y2 {
			dst = dst[:n]
		}
		return dst
	}
	if y == y2 {
		return dst
	}
	return append(dst, piece{place{west, y}, place{west, y2}, region})
}

// appendInside appends a piece without what lies east of the side.
func appendInside(dst []piece, e piece, east float64) []piece {
	if e.p.x > east {
		e.p = place{east, e.rowAt(east)}
	} else if e.q.x > east {
		e.q = place{east, e.rowAt(east)}
	}
	if e.p.y == e.q.y {
		return dst
	}
	return append(dst, e)
}

// rows cuts e down to the rows from south to north and reports whether any are left.
func (e *piece) rows(south, north float64) bool {
	lo, hi := &e.p, &e.q
	if lo.y > hi.y {
		lo, hi = hi, lo
	}
	if lo.y >= north || hi.y <= south {
		return false
	}
	from, to := place{e.at(south), south}, place{e.at(north), north}
	if lo.y < south {
		*lo = from
	}
	if hi.y > north {
		*hi = to
	}
	return true
}

// at is where e meets row y, never outside e's columns when y is one of its rows.
func (e piece) at(y float64) float64 {
	return within(e.p.x+float64((e.q.x-e.p.x)*((y-e.p.y)/(e.q.y-e.p.y))), e.p.x, e.q.x)
}

// rowAt is the row on which e meets column x, never outside e's rows.
func (e piece) rowAt(x float64) float64 {
	return within(e.p.y+float64((e.q.y-e.p.y)*((x-e.p.x)/(e.q.x-e.p.x))), e.p.y, e.q.y)
}

func within(v, a, b float64) float64 { return max(min(a, b), min(v, max(a, b))) }
