package apportion

import "math/bits"

// wide is an unsigned number of 128 bits.
type wide struct{ hi, lo uint64 }

// times is a·b, which always fits.
func times(a, b uint64) wide {
	hi, lo := bits.Mul64(a, b)
	return wide{hi, lo}
}

// plus is u + v. A slice holds fewer than 2^63 weights, so a sum of weights
// stays below 2^126.
func (u wide) plus(v uint64) wide {
	lo, carry := bits.Add64(u.lo, v, 0)
	return wide{u.hi + carry, lo}
}

func (u wide) minus(v wide) wide {
	lo, borrow := bits.Sub64(u.lo, v.lo, 0)
	hi, _ := bits.Sub64(u.hi, v.hi, borrow)
	return wide{hi, lo}
}

func (u wide) less(v wide) bool { return u.hi < v.hi || u.hi == v.hi && u.lo < v.lo }

// quoRem is u/v and u mod v for a quotient below 2^64, which total·weight over
// Σweights always is, since no weight is above the sum.
func (u wide) quoRem(v wide) (uint64, wide) {
	if v.hi == 0 {
		quo, rem := bits.Div64(u.hi, u.lo, v.lo)
		return quo, wide{0, rem}
	}
	// Divide by the top 64 bits of v: the estimate is the quotient or one more
	// (Hacker's Delight, 9-5), so take one off and put it back if it was right.
	n := uint(bits.LeadingZeros64(v.hi))
	top := v.hi<<n | v.lo>>(64-n)
	quo, _ := bits.Div64(u.hi>>1, u.lo>>1|u.hi<<63, top)
	quo >>= 63 - n
	if quo > 0 {
		quo--
	}
	part := times(quo, v.lo)
	part.hi += quo * v.hi
	rem := u.minus(part)
	if !rem.less(v) {
		quo++
		rem = rem.minus(v)
	}
	return quo, rem
}
