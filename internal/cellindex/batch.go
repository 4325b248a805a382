package cellindex

// Place is a place to be looked up.
type Place struct{ X, Y int32 }

// batch is how many places are looked up together.
const batch = 32

// probe is how far the look-up of one place has come.
type probe struct {
	row         []uint32
	word, base  uint32
	shift       uint32
	cx, cy      uint32
	px, py      int32
	deep        bool // word is below a block
	index, head uint32
}

// FindAll answers the owner of each place in the same place of found, which is
// as long. Each step is taken for some places at once, so that the processor
// waits for many words at a time.
func (x *Index) FindAll(places []Place, found []uint32) {
	if x == nil || len(x.rows) == 0 {
		clear(found)
		return
	}
	var probes [batch]probe
	for len(places) > 0 {
		n := min(batch, len(places))
		x.findSome(places[:n], found[:n], &probes)
		places, found = places[n:], found[n:]
	}
}

func (x *Index) findSome(places []Place, found []uint32, probes *[batch]probe) {
	open := 0
	for i, p := range places {
		cx, cy := uint32(p.X-x.minX), uint32(p.Y-x.minY)
		r, c := cy>>x.shift, cx>>x.shift
		if r >= uint32(len(x.rows)) || c >= x.cols {
			found[i] = None
			continue
		}
		row := x.rows[r]
		probes[open] = probe{row: row, word: row[c], shift: x.shift, cx: cx, cy: cy, px: p.X, py: p.Y, index: uint32(i)}
		open++
	}
	for open > 0 {
		// What is settled goes, what leads to a record stays for the end.
		records, blocks := 0, 0
		for i := range open {
			p := &probes[i]
			switch p.word & kindMask {
			case owned:
				found[p.index] = p.word >> kindBits
				continue
			case split:
				blocks++
				at := p.word >> kindBits
				if p.deep {
					at += p.base
				} else {
					p.base, p.deep = at, true
				}
				p.shift -= blockBits
				p.word = p.row[at+(p.cy>>p.shift&(blockSide-1))<<blockBits+p.cx>>p.shift&(blockSide-1)]
			default:
				p.head = p.row[p.base+p.word>>kindBits]
			}
			if records != i {
				probes[records] = *p
			}
			records++
		}
		open = records
		if blocks == 0 {
			break
		}
	}
	for i := range open {
		p := &probes[i]
		at, mask := p.base+p.word>>kindBits, uint32(1)<<p.shift-1
		if p.word&kindMask == narrow {
			found[p.index] = resolve(p.row, at, int64(p.cx&mask), int64(p.cy&mask))
		} else {
			found[p.index] = resolveWide(p.row, at, int64(p.px), int64(p.py), int64(p.cy&mask))
		}
	}
}
