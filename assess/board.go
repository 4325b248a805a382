package assess

import (
	"cmp"
	"iter"
	"slices"
)

// ScoreBoard holds the rates of one period, what they were counted from, and the
// scores that the trees of the scheme make of them. It is immutable and safe for
// concurrent use. Score makes one; the zero ScoreBoard has no rate and no score.
type ScoreBoard struct {
	scheme   *Scheme
	stride   int      // words of classes a pattern
	ids      []Code   // of the facts that entered an indicator
	patterns []int32  // the pattern of each
	classes  []uint64 // stride words per pattern
	groups   []Group  // by kind, then code
	starts   []int    // per group: its first member; and one more
	members  []int32  // facts of each group, one after another
	rates    []cell   // by indicator, then group
	measured measured // values that the caller gave
}

// cell is one rate: group g has these counts of indicator in.
type cell struct {
	in, group int32
	counts    [counted + 1]int64 // by class
}

// tally fills the rates: per group it counts the patterns, then adds each to the
// indicators. A group without a fact that bears Of has no rate.
func (b *ScoreBoard) tally() {
	columns := make([][]cell, len(b.scheme.rules))
	sums := make([][counted + 1]int64, len(b.scheme.rules))
	hits := make([]int64, b.patternCount())
	var touched []int32
	for g := range b.groups {
		clear(sums)
		touched = touched[:0]
		for _, fact := range b.members[b.starts[g]:b.starts[g+1]] {
			p := b.patterns[fact]
			if hits[p] == 0 {
				touched = append(touched, p)
			}
			hits[p]++
		}
		for _, p := range touched {
			each(b.words(p), func(in int, is class) { sums[in][is] += hits[p] })
			hits[p] = 0
		}
		for in, sum := range sums {
			if sum != [counted + 1]int64{} {
				columns[in] = append(columns[in], cell{int32(in), int32(g), sum})
			}
		}
	}
	b.rates = slices.Concat(columns...)
}

func (b *ScoreBoard) patternCount() int {
	if b.stride == 0 {
		return 0
	}
	return len(b.classes) / b.stride
}

// words are the classes of a pattern.
func (b *ScoreBoard) words(pattern int32) []uint64 {
	return b.classes[int(pattern)*b.stride:][:b.stride]
}

// Period is the interval whose facts were counted.
func (b *ScoreBoard) Period() Interval {
	if b.scheme == nil {
		return Interval{}
	}
	return b.scheme.period
}

// Rates lists every rate by (indicator, by, code). A group whose facts of an
// indicator were all excluded is listed, without data; a group that has none is
// not. It may be ranged over any number of times.
func (b *ScoreBoard) Rates() iter.Seq[Rate] {
	return func(yield func(Rate) bool) {
		for _, c := range b.rates {
			if !yield(b.rate(c)) {
				return
			}
		}
	}
}

// Rate is the rate of one indicator for one group, and whether it is listed.
// O(log rates).
func (b *ScoreBoard) Rate(indicator Code, by string, member Code) (Rate, bool) {
	c, ok := b.find(indicator, by, member)
	if !ok {
		return Rate{}, false
	}
	return b.rate(c), true
}

// Explanation says which facts a rate was counted from, each list by id. The
// length of each list is the count of the same name in Rate.
type Explanation struct {
	Rate      Rate
	Indicator Indicator
	Counted   []Code // in the numerator and the denominator
	Missed    []Code // in the denominator only
	Excluded  []Code // left out of both
}

// Explain lists the facts behind one rate, and whether it is listed. Time is
// proportional to the facts of the group.
func (b *ScoreBoard) Explain(indicator Code, by string, member Code) (Explanation, bool) {
	c, ok := b.find(indicator, by, member)
	if !ok {
		return Explanation{}, false
	}
	var lists [counted + 1][]Code
	for _, fact := range b.members[b.starts[c.group]:b.starts[c.group+1]] {
		is := classOf(b.words(b.patterns[fact]), int(c.in))
		lists[is] = append(lists[is], b.ids[fact])
	}
	for _, list := range lists {
		slices.Sort(list)
	}
	in, _ := b.scheme.Indicator(indicator)
	return Explanation{Rate: b.rate(c), Indicator: in, Counted: lists[counted], Missed: lists[missed], Excluded: lists[excluded]}, true
}

func (b *ScoreBoard) find(indicator Code, by string, member Code) (cell, bool) {
	if b.scheme == nil {
		return cell{}, false
	}
	in, ok := b.scheme.find(indicator)
	if !ok {
		return cell{}, false
	}
	i, ok := slices.BinarySearchFunc(b.rates, Group{by, member}, func(c cell, want Group) int {
		g := b.groups[c.group]
		return cmp.Or(cmp.Compare(int(c.in), in), cmp.Compare(g.By, want.By), cmp.Compare(g.Code, want.Code))
	})
	if !ok {
		return cell{}, false
	}
	return b.rates[i], true
}

func (b *ScoreBoard) rate(c cell) Rate {
	g := b.groups[c.group]
	return Rate{
		Indicator: b.scheme.indicators[c.in].Code, By: g.By, Code: g.Code,
		Numerator: c.counts[counted], Denominator: c.counts[counted] + c.counts[missed], Excluded: c.counts[excluded],
	}
}
