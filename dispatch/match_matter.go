package dispatch

import (
	"iter"
	"math/bits"
)

// matterIndex answers the number of a matter: an open hash table of codes, made
// once. Codes are short, so it is about twice as fast as a map.
type matterIndex struct {
	slots []matterSlot // a power of two, at most half of them taken
	shift int          // of a hash, to get an index
	seed  uint64
}

type matterSlot struct {
	code Code // "" is free
	n    uint32
}

// Codes chosen to collide under one seed do not under the next.
const (
	matterRunMax  = 64 // slots that adding a code may pass
	matterSeedMax = 16
)

// newMatterIndex takes n codes, no two alike and none empty.
func newMatterIndex(n int, codes iter.Seq2[Code, uint32]) matterIndex {
	size := bits.Len(uint(2*n + 1))
	x := matterIndex{shift: 64 - size}
	for x.slots = make([]matterSlot, 1<<size); !x.fill(codes); x.seed++ {
		clear(x.slots)
	}
	return x
}

// fill answers false when a code is too far from where it belongs.
func (x *matterIndex) fill(codes iter.Seq2[Code, uint32]) bool {
	for c, number := range codes {
		at, passed := x.start(c), 0
		for ; x.slots[at].code != ""; passed++ {
			at = (at + 1) & uint64(len(x.slots)-1)
		}
		if passed > matterRunMax && x.seed < matterSeedMax {
			return false
		}
		x.slots[at] = matterSlot{c, number}
	}
	return true
}

// find is the number of a code that is not empty.
func (x *matterIndex) find(c Code) (uint32, bool) {
	for at := x.start(c); ; at = (at + 1) & uint64(len(x.slots)-1) {
		switch s := &x.slots[at]; s.code {
		case c:
			return s.n, true
		case "":
			return 0, false
		}
	}
}

// start is where to look for a code first. It mixes the bytes, eight at a time;
// the last eight may overlap those before.
func (x *matterIndex) start(c Code) uint64 {
	const mix = 0x9e3779b97f4a7c15
	h := (x.seed<<8 ^ uint64(len(c))) * mix
	if len(c) < 8 {
		for i := range len(c) {
			h = bits.RotateLeft64(h, 8) ^ uint64(c[i])
		}
	}
	for rest := c; len(rest) >= 8; {
		h = (h ^ eight(rest)) * mix
		h ^= h >> 32
		if rest = rest[8:]; 0 < len(rest) && len(rest) < 8 {
			rest = c[len(c)-8:]
		}
	}
	return (h ^ h>>29) * mix >> x.shift
}

// eight is the first eight bytes of a code that has as many.
func eight(c Code) uint64 {
	_ = c[7]
	return uint64(c[0]) | uint64(c[1])<<8 | uint64(c[2])<<16 | uint64(c[3])<<24 |
		uint64(c[4])<<32 | uint64(c[5])<<40 | uint64(c[6])<<48 | uint64(c[7])<<56
}
