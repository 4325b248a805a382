package resource

import (
	"math"
	"slices"
)

// workMax is how many pairs the search for better places looks at where it cannot
// promise the best anyway: a part of a second.
const workMax = 20_000_000

// searchState is what one search has seen. Stamps save clearing it.
type searchState struct {
	stamp   int32
	seen    []int32 // by offer, the search that saw it
	via     []int32 // by offer, the need that looks at it
	queued  []int32 // by need, the search that queued it
	from    []int32 // by need, the offer it would leave
	queue   []int32
	work    int
	dead    []bool // by offer: no search through it can succeed any more
	bounded bool   // the problem is not simple: work is limited, and who leaves must leave room
}

// augment meets needs that have nothing by moving others: a breadth-first search
// from the need over offers and those they serve to an offer with room, along which
// everybody moves on by one. When the problem is simple, what a search saw in vain
// can never help later, since nothing in it has room or leads out of it.
func (m *matcher) augment() {
	simple := m.simple()
	offers, needs := len(m.l.offers), len(m.l.needs)
	m.search = searchState{seen: make([]int32, offers), via: make([]int32, offers), dead: make([]bool, offers),
		queued: make([]int32, needs), from: make([]int32, needs), bounded: !simple}
	for _, n := range m.order {
		if len(m.gifts[n]) > 0 || m.search.bounded && m.search.work > workMax {
			continue
		}
		if !m.place(n) && simple {
			for _, k := range m.search.queue {
				for _, c := range m.fits[k] {
					m.search.dead[c.offer()] = m.search.dead[c.offer()] || !c.part()
				}
			}
		}
	}
	m.maximal = simple && m.leftOut == 0
}

// simple reports whether every need asks for one unit and any two that the same
// offer can serve throughout share an instant. All intervals that share an instant
// two by two share one all together, so it is enough to compare the latest
// beginning with the earliest end.
func (m *matcher) simple() bool {
	all := make([]span, len(m.l.offers))
	for i := range all {
		all[i] = span{math.MinInt64, math.MaxInt64}
	}
	for i, fits := range m.fits {
		if len(fits) > 0 && m.l.needs[i].Quantity != 1 {
			return false
		}
		for _, c := range fits {
			if !c.part() {
				all[c.offer()] = all[c.offer()].and(m.l.needs[i].span)
			}
		}
	}
	return !slices.ContainsFunc(all, span.empty)
}

// place searches a way to meet need n in full and goes it.
func (m *matcher) place(n int32) bool {
	s := &m.search
	s.stamp++
	s.queue = append(s.queue[:0], n)
	s.queued[n] = s.stamp
	for i := 0; i < len(s.queue); i++ {
		k := s.queue[i]
		for _, c := range m.fits[k] {
			o := c.offer()
			s.work++
			if c.part() || s.dead[o] || s.seen[o] == s.stamp {
				continue
			}
			s.seen[o], s.via[o] = s.stamp, k
			if m.spare(o, m.l.needs[k].span) >= m.l.needs[k].Quantity {
				m.move(n, k, o)
				return true
			}
			m.enqueue(k, o)
		}
	}
	return false
}

// enqueue adds everybody on offer o whose leaving would make room for need k.
func (m *matcher) enqueue(k, o int32) {
	s, want := &m.search, &m.l.needs[k]
	for _, other := range m.occupants[o] {
		s.work++
		if s.queued[other] == s.stamp || len(m.gifts[other]) != 1 {
			continue
		}
		if !s.bounded || m.leavesRoom(other, o, want) {
			s.queued[other], s.from[other] = s.stamp, o
			s.queue = append(s.queue, other)
		}
	}
}

// leavesRoom reports whether want would fit on offer o if the other left it.
func (m *matcher) leavesRoom(other, o int32, want *need) bool {
	g := m.gifts[other][0]
	m.use[o].add(g.span, -g.units)
	defer m.use[o].add(g.span, g.units)
	m.search.work += len(m.use[o].at)
	return m.spare(o, want.span) >= want.Quantity
}

// move gives need k offer o, what k leaves to the need that looks at it, and so on
// until n has an offer.
func (m *matcher) move(n, k, o int32) {
	for {
		left := m.search.from[k]
		if k != n {
			m.release(k)
		}
		m.give(k, gift{o, m.l.needs[k].Quantity, m.l.needs[k].span})
		if k == n {
			return
		}
		k, o = m.search.via[left], left
	}
}

// release takes back the only gift of a need.
func (m *matcher) release(n int32) {
	g := m.gifts[n][0]
	m.use[g.offer].add(g.span, -g.units)
	m.occupants[g.offer] = slices.DeleteFunc(m.occupants[g.offer], func(o int32) bool { return o == n })
	m.gifts[n] = m.gifts[n][:0]
}
