package cellindex

import "slices"

// Replace answers an Index of the leaves as src has them now, given that nothing
// changed outside the boxes since x was built: no edge there, and no Before
// between two leaves that hold a place there. near yields every leaf whose box
// meets a box, in any order, without repeating one. x stays as it is and shares
// the rows that did not change.
//
// It answers false when a box reaches beyond the raster: then only Build helps.
func (x *Index) Replace(src Source, boxes []Box, near func(b Box) []uint32) (*Index, bool) {
	type part struct{ from, to uint32 } // columns
	touched := map[int][]part{}
	for _, b := range boxes {
		if !x.covers(b) {
			return nil, false
		}
		r0, r1 := uint32(b.MinY-x.minY)>>x.shift, uint32(b.MaxY-x.minY)>>x.shift
		c0, c1 := uint32(b.MinX-x.minX)>>x.shift, uint32(b.MaxX-x.minX)>>x.shift
		for r := r0; r <= r1; r++ {
			touched[int(r)] = append(touched[int(r)], part{c0, c1 + 1})
		}
	}
	next := &Index{minX: x.minX, minY: x.minY, shift: x.shift, cols: x.cols, rows: slices.Clone(x.rows)}
	w := newWorker(next, src)
	rows := make([]int, 0, len(touched))
	for r := range touched {
		rows = append(rows, r)
	}
	slices.Sort(rows)
	for _, r := range rows {
		parts := touched[r]
		slices.SortFunc(parts, func(a, b part) int { return cmp64(int64(a.from), int64(b.from)) })
		for i := 0; i < len(parts); {
			from, to := parts[i].from, parts[i].to
			for i++; i < len(parts) && parts[i].from <= to; i++ {
				to = max(to, parts[i].to)
			}
			w.load(near(x.cellBox(r, from, to)), r, r+1)
			next.rows[r] = slices.Clone(w.row(r, from, to, next.rows[r]))
		}
	}
	return next, true
}

// covers reports whether b lies in the raster.
func (x *Index) covers(b Box) bool {
	inX := func(v int32) bool { return uint32(v-x.minX)>>x.shift < x.cols }
	inY := func(v int32) bool { return uint32(v-x.minY)>>x.shift < uint32(len(x.rows)) }
	return len(x.rows) > 0 && inX(b.MinX) && inX(b.MaxX) && inY(b.MinY) && inY(b.MaxY)
}

// cellBox is the box of some columns of a row, cut where places end.
func (x *Index) cellBox(r int, from, to uint32) Box {
	low := func(min int32, n int64) int32 { return int32(int64(min) + n<<x.shift) }
	high := func(min int32, n int64) int32 { return int32(cutAt(int64(min) + n<<x.shift - 1)) }
	return Box{low(x.minX, int64(from)), low(x.minY, int64(r)), high(x.minX, int64(to)), high(x.minY, int64(r)+1)}
}

func cutAt(v int64) int64 { return min(v, 1<<31-1) }

// keep copies what column c of an old row has to the end of the new one and
// answers its word.
func (w *worker) keep(old []uint32, c uint32) uint32 {
	word := old[c]
	if !points(word) {
		return word
	}
	from, end := word>>kindBits, uint32(len(old))
	for _, next := range old[c+1 : w.x.cols] {
		if points(next) {
			end = next >> kindBits
			break
		}
	}
	at := uint32(len(w.out))
	w.out = append(w.out, old[from:end]...)
	return at<<kindBits | word&kindMask
}

// points reports whether a root word leads to something in its row.
func points(word uint32) bool {
	return word&kindMask != owned
}
