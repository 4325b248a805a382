package assess

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
)

// Score counts the facts of the scheme's period, indicator by indicator and
// group by group. The order of facts, groups and marks does not matter. Time is
// proportional to facts × (groups + marks + indicators).
//
// All faults are reported at once as *Faults, in the order of the facts, also of
// facts outside the period. ErrNoScheme and too many facts stand alone; of one
// fact: ErrCode or ErrTwice of its id, ErrNoInstant, ErrTooMany (then no more),
// ErrNoMark, ErrCode of a group where it first appears.
func Score(scheme *Scheme, facts []Fact) (*ScoreBoard, error) {
	faults := new(Faults)
	switch {
	case scheme == nil:
		faults.add(ErrNoScheme, "Scheme", -1, "")
	case len(facts) > FactsMax:
		faults.add(ErrTooMany, "Facts", -1, fmt.Sprintf("%d > %d", len(facts), FactsMax))
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	c := newCounter(scheme, facts)
	unique := newUnique(facts)
	for i := range facts {
		c.take(faults, unique, i, &facts[i])
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return c.board(), nil
}

// class is what one fact is to one indicator, in two bits.
type class uint64

const (
	absent   class = iota // does not bear the mark Of, or lies outside the period
	excluded              // bears it and a mark in Except
	missed                // in the denominator only
	counted               // in the numerator too
)

// perWord is the number of classes in a word.
const perWord = 32

// counter gathers the facts of the period. Facts with the same known marks have
// the same classes, and there are few such patterns, so classes are found once a
// pattern.
type counter struct {
	scheme   *Scheme
	stride   int               // words of classes a pattern
	ids      []Code            // of the facts that entered
	patterns []int32           // the pattern of each
	classes  []uint64          // stride words per pattern
	pattern  map[markSet]int32 // the index of a pattern, or -1 when absent from all
	groups   []Group           // in order of appearance
	number   map[Group]int32   // the index of a group, or -1 when at fault
	last     []int32           // per group: 1 + the fact that it was last seen in
	sizes    []int32           // per group: its facts
	pairs    []int32           // groups of each fact, one after another
	ends     []int             // per fact: the end of its groups in pairs
}

// newCounter has room for all facts, so that nothing grows on the way.
func newCounter(scheme *Scheme, facts []Fact) *counter {
	count, groups := len(facts), 0
	for i := range facts {
		groups += min(len(facts[i].Groups), GroupsPerFactMax)
	}
	return &counter{
		scheme: scheme, stride: (len(scheme.rules) + perWord - 1) / perWord,
		pattern: map[markSet]int32{}, number: map[Group]int32{},
		ids: make([]Code, 0, count), patterns: make([]int32, 0, count),
		ends: make([]int, 0, count), pairs: make([]int32, 0, groups),
	}
}

// take checks fact i and counts it in.
func (c *counter) take(faults *Faults, unique *unique, i int, fact *Fact) {
	switch {
	case code.Check(fact.ID) != nil:
		faults.add(ErrCode, "Facts", i, string(fact.ID))
	case !unique.first(fact.ID):
		faults.add(ErrTwice, "Facts", i, string(fact.ID))
	}
	if fact.At.IsZero() {
		faults.add(ErrNoInstant, "Facts", i, string(fact.ID))
	}
	if len(fact.Groups) > GroupsPerFactMax || len(fact.Marks) > MarksPerFactMax {
		faults.add(ErrTooMany, "Facts", i, fmt.Sprintf("%d groups, %d marks", len(fact.Groups), len(fact.Marks)))
		return
	}
	var marks markSet
	for _, mark := range fact.Marks {
		if n, known := c.scheme.marks[mark]; known {
			marks.add(n)
		} else if mark == "" {
			faults.add(ErrNoMark, "Facts", i, string(fact.ID))
		}
	}
	pattern := int32(-1)
	if c.scheme.period.Holds(fact.At) {
		pattern = c.classify(&marks)
	}
	for _, g := range fact.Groups {
		n := c.intern(faults, i, g)
		if pattern >= 0 && n >= 0 && c.last[n] != int32(i)+1 {
			c.last[n] = int32(i) + 1
			c.sizes[n]++
			c.pairs = append(c.pairs, n)
		}
	}
	if pattern >= 0 {
		c.ids = append(c.ids, fact.ID)
		c.patterns = append(c.patterns, pattern)
		c.ends = append(c.ends, len(c.pairs))
	}
}

// classify is the pattern of a fact with these marks; -1 when it is absent from
// every indicator.
func (c *counter) classify(marks *markSet) int32 {
	n, known := c.pattern[*marks]
	if known {
		return n
	}
	words := make([]uint64, c.stride)
	n = -1
	for i := range c.scheme.rules {
		r := &c.scheme.rules[i]
		if !marks.has(r.of) {
			continue
		}
		is := missed
		switch {
		case marks.meets(&r.except):
			is = excluded
		case marks.has(r.counts):
			is = counted
		}
		words[i/perWord] |= uint64(is) << (2 * (i % perWord))
		n = int32(len(c.classes) / c.stride)
	}
	if n >= 0 {
		c.classes = append(c.classes, words...)
	}
	c.pattern[*marks] = n
	return n
}

// intern is the number of a group, or -1 when it is at fault. Each group is
// checked once; a faulty one is reported where it first appears.
func (c *counter) intern(faults *Faults, i int, g Group) int32 {
	n, known := c.number[g]
	if known {
		return n
	}
	n = int32(len(c.groups))
	if code.Check(Code(g.By)) != nil || code.Check(g.Code) != nil {
		faults.add(ErrCode, "Facts", i, g.By+" "+string(g.Code))
		n = -1
	} else {
		c.groups, c.last, c.sizes = append(c.groups, g), append(c.last, 0), append(c.sizes, 0)
	}
	c.number[g] = n
	return n
}

// board sorts the groups, gathers the facts of each and adds them up.
func (c *counter) board() *ScoreBoard {
	order := make([]int32, len(c.groups))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := c.groups[i], c.groups[j]
		return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Code, b.Code))
	})
	b := &ScoreBoard{scheme: c.scheme, stride: c.stride, ids: c.ids, patterns: c.patterns, classes: c.classes}
	b.groups = make([]Group, len(order))
	b.starts = make([]int, len(order)+1)
	rank := make([]int32, len(order))
	for r, n := range order {
		b.groups[r] = c.groups[n]
		b.starts[r+1] = b.starts[r] + int(c.sizes[n])
		rank[n] = int32(r)
	}
	next := slices.Clone(b.starts)
	b.members = make([]int32, len(c.pairs))
	pair := 0
	for fact, end := range c.ends {
		for ; pair < end; pair++ {
			r := rank[c.pairs[pair]]
			b.members[next[r]] = int32(fact)
			next[r]++
		}
	}
	b.tally()
	return b
}

// unique tells whether an id came before. Facts in ascending order of id, as a
// journal gives them, need no table.
type unique struct {
	ascending bool
	seen      map[Code]struct{}
}

func newUnique(facts []Fact) *unique {
	ascending := slices.IsSortedFunc(facts, func(a, b Fact) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; ascending && i < len(facts); i++ {
		ascending = facts[i-1].ID != facts[i].ID
	}
	if ascending {
		return &unique{ascending: true}
	}
	return &unique{seen: make(map[Code]struct{}, len(facts))}
}

func (u *unique) first(id Code) bool {
	if u.ascending {
		return true
	}
	before := len(u.seen)
	u.seen[id] = struct{}{}
	return len(u.seen) > before
}

// classOf is what a fact with these classes is to the indicator.
func classOf(words []uint64, indicator int) class {
	return class(words[indicator/perWord]>>(2*(indicator%perWord))) & 3
}

// each calls do for every indicator from which the pattern is not absent.
func each(words []uint64, do func(indicator int, is class)) {
	for w, word := range words {
		for word != 0 {
			shift := bits.TrailingZeros64(word) &^ 1
			do(w*perWord+shift/2, class(word>>shift)&3)
			word &^= 3 << shift
		}
	}
}
