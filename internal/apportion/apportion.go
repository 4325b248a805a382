// Package apportion shares a whole number out by weights so that nothing is
// lost: the parts add up to the total exactly and each lies within one unit of
// its exact share, for any int64 total and any int64 weights.
//
// The method is the largest remainder (Hamilton's): every part gets the whole
// units of its exact share total·weight/Σweights, and the units left over go
// one each to the parts with the largest remainders. Equal remainders are
// served by position, the first one first. Products and sums of weights are
// held in 128 bits, so nothing can overflow.
package apportion

import (
	"cmp"
	"errors"
	"slices"
)

// The reasons why a total cannot be shared out, in the order in which they are
// found.
var (
	ErrNegative = errors.New("total or weight is negative")
	ErrNoWeight = errors.New("no weight is above zero")
)

// inline is the number of weights up to which the work space lies on the
// stack. Co-funded projects have a handful of payers.
const inline = 64

// claim is one part's right to a left-over unit.
type claim struct {
	rest wide
	at   int
}

// Append appends the parts of total by weights to dst and returns the extended
// slice; dst is unchanged on error. A weight of zero gets zero. It fails with
// ErrNegative when total or a weight is below zero, and with ErrNoWeight when
// weights is empty or holds only zeros. The spare room of dst must not overlap
// weights. O(n log n); no allocation when dst has room for len(weights) more
// and there are at most 64 weights, one of 24 bytes a weight beyond.
func Append[T, W ~int64](dst []T, total T, weights []W) ([]T, error) {
	sum, err := sumOf(total, weights)
	if err != nil {
		return dst, err
	}
	var space [inline]claim
	claims := space[:0]
	if len(weights) > inline {
		claims = make([]claim, 0, len(weights))
	}
	first, left := len(dst), total
	for i, w := range weights {
		part, rest := times(uint64(total), uint64(w)).quoRem(sum)
		dst = append(dst, T(part))
		left -= T(part)
		if rest != (wide{}) {
			claims = append(claims, claim{rest, i})
		}
	}
	// The remainders add up to left·Σweights and each is below Σweights, so
	// more than left of them are above zero whenever left is.
	if left > 0 {
		slices.SortFunc(claims, byRest)
	}
	for _, c := range claims[:left] {
		dst[first+c.at]++
	}
	return dst, nil
}

// byRest orders claims by remainder, largest first, then by position.
func byRest(a, b claim) int {
	return cmp.Or(cmp.Compare(b.rest.hi, a.rest.hi), cmp.Compare(b.rest.lo, a.rest.lo), cmp.Compare(a.at, b.at))
}

func sumOf[T, W ~int64](total T, weights []W) (wide, error) {
	negative := total < 0
	var sum wide
	for _, w := range weights {
		negative = negative || w < 0
		sum = sum.plus(uint64(w))
	}
	switch {
	case negative:
		return wide{}, ErrNegative
	case sum == wide{}:
		return wide{}, ErrNoWeight
	}
	return sum, nil
}
