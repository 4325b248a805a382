package audit

import (
	"maps"
	"math/bits"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/grid"
)

// wide is a sum of up to 2^32 int64, which always fits.
type wide struct {
	high int64
	low  uint64
}

func (w wide) plus(v wide) wide {
	low, carry := bits.Add64(w.low, v.low, 0)
	return wide{w.high + v.high + int64(carry), low}
}

func wideOf(n int64) wide { return wide{n >> 63, uint64(n)} }

// int64 is the sum, if it is one.
func (w wide) int64() (int64, bool) { return int64(w.low), w.high == int64(w.low)>>63 }

// String is the sum in decimal.
func (w wide) String() string {
	if n, ok := w.int64(); ok {
		return strconv.FormatInt(n, 10)
	}
	sign, high, low := "", uint64(w.high), w.low
	if w.high < 0 {
		var borrow uint64
		sign = "-"
		low, borrow = bits.Sub64(0, low, 0)
		high, _ = bits.Sub64(0, high, borrow)
	}
	const tail = 1e19
	head, rest := bits.Div64(high, low, tail) // high < 2^31 < tail
	digits := strconv.FormatUint(rest, 10)
	if head == 0 {
		return sign + digits
	}
	for len(digits) < 19 {
		digits = "0" + digits
	}
	return sign + strconv.FormatUint(head, 10) + digits
}

// tally is the sum of one count over a unit's children.
type tally struct {
	sum  wide
	with int64 // children that have it, themselves or below
}

// sums compares the counts of units with those of the units in them. What a unit
// has no count of is what the units in it have together; where they have none
// either, nothing is compared.
func (a *auditor) sums() []Finding {
	n := a.m.Len() + 1
	below := make([]map[string]tally, n) // of the children
	children := make([]int64, n)
	var found []Finding
	for r := grid.Ref(n - 1); r > 0; r-- { // a unit's subtree comes after it
		own := a.m.Counts(r)
		up := a.m.Parent(r)
		children[up]++
		give := func(name string, v wide) {
			if below[up] == nil {
				below[up] = map[string]tally{}
			}
			t := below[up][name]
			below[up][name] = tally{t.sum.plus(v), t.with + 1}
		}
		for _, name := range slices.Sorted(maps.Keys(own)) {
			give(name, wideOf(own[name]))
		}
		for _, name := range slices.Sorted(maps.Keys(below[r])) {
			t := below[r][name]
			count, has := own[name]
			if !has {
				give(name, t.sum)
				continue
			}
			if t.sum != wideOf(count) {
				found = append(found, a.mismatch(r, name, t, count, children[r]-t.with))
			}
		}
		below[r] = nil
	}
	return found
}

func (a *auditor) mismatch(r grid.Ref, name string, t tally, count, without int64) Finding {
	f := Finding{
		Kind: Sum, Severity: Error, Parent: a.infos[r].Code,
		Args: []string{name, t.sum.String(), strconv.FormatInt(count, 10), strconv.FormatInt(without, 10)},
	}
	if without > 0 {
		f.Severity = Warning
	}
	return f
}
