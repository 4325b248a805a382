package resource

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/party"
)

// matcher gives offers to needs.
type matcher struct {
	l         *Lists
	opts      Options
	order     []int32    // needs, as they come
	fits      [][]choice // by need, ranked
	leftOut   int        // fits beyond Options.Candidates
	use       []usage    // by offer
	occupants [][]int32  // by offer, needs that it serves, in the order in which they came
	gifts     [][]gift   // by need
	maximal   bool
	search    searchState
}

// choice is an offer that fits, twice its index, and 1 more when for a part of the
// time only.
type choice uint32

func (c choice) offer() int32 { return int32(c >> 1) }

func (c choice) part() bool { return c&1 != 0 }

// gift is units of an offer given to a need.
type gift struct {
	offer int32
	units int64
	span  span
}

// Match gives the offers to the needs, as the package comment says. O(n log n) in
// the offers, the needs and the pairs that fit; moving what was given looks at no
// more than workMax pairs unless the result is to be Maximal.
func Match(l *Lists, opts Options) *Result {
	if l == nil {
		l = &Lists{}
	}
	if opts.Candidates <= 0 {
		opts.Candidates = CandidatesMax
	}
	opts.Candidates = min(opts.Candidates, party.EntriesMax)
	opts.Steps = max(opts.Steps, 0)
	m := &matcher{l: l, opts: opts, fits: make([][]choice, len(l.needs)), use: make([]usage, len(l.offers)),
		occupants: make([][]int32, len(l.offers)), gifts: make([][]gift, len(l.needs))}
	m.rank()
	for _, n := range m.order {
		m.giveInFull(n)
	}
	m.augment()
	for _, n := range m.order {
		m.giveInPart(n)
	}
	return m.result()
}

// rank puts the needs in order and finds what fits each.
func (m *matcher) rank() {
	m.order = make([]int32, len(m.l.needs))
	var scratch []fit
	for i := range m.l.needs {
		m.order[i] = int32(i)
		best, all := m.l.fits(&m.l.needs[i], m.opts, m.opts.Candidates, scratch)
		scratch = best
		m.leftOut += all - len(best)
		m.fits[i] = make([]choice, len(best))
		for k, f := range best {
			m.fits[i][k] = choice(f.offer) << 1
			if f.part {
				m.fits[i][k]++
			}
		}
	}
	slices.SortStableFunc(m.order, func(a, b int32) int { return cmp.Compare(m.l.needs[a].span.from, m.l.needs[b].span.from) })
}

// spare is how many units of an offer are free throughout a span.
func (m *matcher) spare(offer int32, s span) int64 {
	return m.l.offers[offer].Quantity - m.use[offer].most(s)
}

func (m *matcher) give(need int32, g gift) {
	m.use[g.offer].add(g.span, g.units)
	m.occupants[g.offer] = append(m.occupants[g.offer], need)
	m.gifts[need] = append(m.gifts[need], g)
}

// giveInFull gives a need all it asks for, from the best offers on, or nothing.
func (m *matcher) giveInFull(n int32) {
	asked, s := m.l.needs[n].Quantity, m.l.needs[n].span
	var gifts []gift
	for _, c := range m.fits[n] {
		if c.part() {
			continue
		}
		if units := min(asked, m.spare(c.offer(), s)); units > 0 {
			gifts = append(gifts, gift{c.offer(), units, s})
			asked -= units
		}
		if asked == 0 {
			for _, g := range gifts {
				m.give(n, g)
			}
			return
		}
	}
}

// giveInPart gives a need that has nothing what is left, as long as it lasts.
func (m *matcher) giveInPart(n int32) {
	if len(m.gifts[n]) > 0 {
		return
	}
	asked := m.l.needs[n].Quantity
	for _, c := range m.fits[n] {
		s := m.l.needs[n].span.and(m.l.offers[c.offer()].span)
		if units := min(asked, m.spare(c.offer(), s)); units > 0 {
			m.give(n, gift{c.offer(), units, s})
			asked -= units
		}
		if asked == 0 {
			return
		}
	}
}
