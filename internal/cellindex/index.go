package cellindex

// None is the answer where no leaf owns the place, Ask the answer where the
// index does not know: the edges or the leaves at that place are too many. All
// other answers are leaf + 1.
const (
	None uint32 = 0
	Ask  uint32 = labelMask
)

// LeafMax is the largest number a leaf may have.
const LeafMax = Ask - 2

// The kinds of word, in the lowest two bits; the rest is the payload.
const (
	owned  = 0 // payload: the answer
	narrow = 1 // payload: offset of a record of narrow entries, from the cell's base
	wide   = 2 // the same, wide entries
	split  = 3 // payload: offset of a block of 16 words

	kindBits  = 2
	kindMask  = 1<<kindBits - 1
	labelBits = 24
	labelMask = 1<<labelBits - 1

	blockBits = 2 // a block is 1<<blockBits cells a side
	blockSide = 1 << blockBits
	blockLen  = blockSide * blockSide

	narrowLen = 3 // words of an entry: x1 y1, x2 y2 relative to the cell; owner
	wideLen   = 7 // x1, y1, x2, y2 as they are; first and end row relative to the cell; owner
	countMax  = 1<<(32-labelBits) - 1
)

// Index is immutable and safe for concurrent use. A nil and a zero Index own
// nothing.
type Index struct {
	minX, minY int32
	shift      uint32 // a root cell is 1<<shift units a side
	cols       uint32
	// rows are the rows of root cells from south to north. A row is a word for
	// each column, then what the words point to, from the row's start.
	rows [][]uint32
}

// Find answers the owner of a place.
func (x *Index) Find(px, py int32) uint32 {
	if x == nil {
		return None
	}
	// The differences are modulo 2^32. A place outside does not come in again: on
	// a globe 3.6e9 units wide it is at least 2^32 - 3.6e9 past the last cell.
	cx, cy := uint32(px-x.minX), uint32(py-x.minY)
	r, c := cy>>x.shift, cx>>x.shift
	if r >= uint32(len(x.rows)) || c >= x.cols {
		return None
	}
	row := x.rows[r]
	w := row[c]
	if w&kindMask == owned {
		return w >> kindBits
	}
	if w&kindMask != split {
		return resolve(row, 0, w, x.shift, px, py, cx, cy)
	}
	return descend(row, w, x.shift, px, py, cx, cy)
}

// descend finds the owner below a block. Offsets inside a root cell count from
// its first block.
func descend(row []uint32, w, shift uint32, px, py int32, cx, cy uint32) uint32 {
	base := w >> kindBits
	cell := row[base:]
	off := uint32(0)
	for {
		shift -= blockBits
		w = cell[off+(cy>>shift&(blockSide-1))<<blockBits+cx>>shift&(blockSide-1)]
		switch w & kindMask {
		case owned:
			return w >> kindBits
		case split:
			off = w >> kindBits
		default:
			return resolve(row, base, w, shift, px, py, cx, cy)
		}
	}
}

// resolve reads a record. The owner is chosen with masks instead of branches,
// which the processor would guess wrong every other time.
func resolve(row []uint32, base, w, shift uint32, px, py int32, cx, cy uint32) uint32 {
	rec := row[base+w>>kindBits:]
	head := rec[0]
	n, owner := int(head>>labelBits), head&labelMask
	mask := uint32(1)<<shift - 1
	if w&kindMask == wide {
		return resolveWide(rec[1:1+n*wideLen], owner, int64(px), int64(py), int64(cy&mask))
	}
	x, y := int64(cx&mask), int64(cy&mask)
	rec = rec[1 : 1+n*narrowLen]
	for len(rec) >= narrowLen {
		lo, hi, label := rec[0], rec[1], rec[2]
		rec = rec[narrowLen:]
		x1, y1 := int64(int16(lo)), int64(int32(lo)>>16)
		x2, y2 := int64(int16(hi)), int64(int32(hi)>>16)
		up := y - y1
		// Negative when y is below y1, at or above y2, or left of the edge.
		out := up | (y2 - 1 - y) | ((x-x1)*(y2-y1) - (x2-x1)*up)
		owner ^= (owner ^ label) &^ uint32(out>>63)
	}
	return owner
}

// resolveWide reads wide entries: edges too long to count from the cell, or
// with different owners along them, or that cross.
func resolveWide(rec []uint32, owner uint32, x, y, row int64) uint32 {
	for len(rec) >= wideLen {
		from, end := int64(rec[4]), int64(rec[5])
		if from <= row && row < end {
			x1, y1 := int64(int32(rec[0])), int64(int32(rec[1]))
			x2, y2 := int64(int32(rec[2])), int64(int32(rec[3]))
			// Each product is at most 3.6e9 · 1.8e9 and fits; their difference may not.
			if (x-x1)*(y2-y1) >= (x2-x1)*(y-y1) {
				owner = rec[6]
			}
		}
		rec = rec[wideLen:]
	}
	return owner
}

// Words is the number of 4-byte words in the index.
func (x *Index) Words() int {
	if x == nil {
		return 0
	}
	n := 0
	for _, row := range x.rows {
		n += len(row)
	}
	return n
}
