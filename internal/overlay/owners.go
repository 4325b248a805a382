package overlay

import "math/bits"

// owners is the set of claims that hold the place in hand, in words of 64. In
// most places that is one claim or none.
type owners struct {
	words []uint64
	count int
	one   int // the first of them while count > 0, or unknown
}

// unknown says that the first claim must be looked for.
const unknown = -1

func (o *owners) begin(claims int) {
	o.words = append(o.words[:0], make([]uint64, (claims+63)/64)...)
	o.count, o.one = 0, unknown
}

func (o *owners) toggle(c int) {
	bit := uint64(1) << (c % 64)
	o.words[c/64] ^= bit
	if o.words[c/64]&bit == 0 {
		o.count--
		if o.one == c {
			o.one = unknown
		}
		return
	}
	o.count++
	if o.count == 1 || o.one != unknown && c < o.one {
		o.one = c
	}
}

// first is the smallest claim, -1 for none.
func (o *owners) first() int {
	if o.count == 0 {
		return -1
	}
	for i := 0; o.one == unknown; i++ {
		if o.words[i] != 0 {
			o.one = i*64 + bits.TrailingZeros64(o.words[i])
		}
	}
	return o.one
}
