package dispatch

import (
	"math"
	"slices"
)

// spot is an instant and a cost, with the rules whose class, condition and
// channel the query has.
type spot struct {
	at    int64
	cost  int64
	named []uint32
}

// box is the instants and costs in question, and the windows that must hold.
type box struct {
	from, until int64
	min, max    int64
	windows     uint64
}

var everything = box{from: math.MinInt64, until: math.MaxInt64, max: math.MaxInt64}

func boxOf(e *entry) box {
	return box{from: e.from, until: e.until, min: e.min, max: e.max, windows: windowBit(e)}
}

// boxIn is all costs in an interval.
func boxIn(i Interval) box {
	from, until := intervalMillis(i)
	return box{from: from, until: until, max: math.MaxInt64}
}

func windowBit(e *entry) uint64 {
	if e.window == 0 {
		return 0
	}
	return 1 << (e.window - 1)
}

// and is what two boxes share.
func (b box) and(o box) box {
	return box{max(b.from, o.from), min(b.until, o.until), max(b.min, o.min), min(b.max, o.max), b.windows | o.windows}
}

func (b box) empty() bool { return b.from >= b.until || b.min > b.max }

// free looks for a spot of the box at which none of the blockers, nor of more
// entries that are no rules of the list, applies to a query that has the classes,
// condition and channel of the named rules and no others. Naming more could only
// let more blockers in, so if there is none, there is none at all. It is exact: it
// tries one instant of every piece between the ends of blockers with every
// combination of windows, and every cost at which a blocker begins or has ended.
func (c *check) free(b box, named, blockers []uint32, more ...entry) (spot, bool) {
	if b.empty() {
		return spot{}, false
	}
	in := c.in[:0]
	for i := range len(blockers) + len(more) {
		var e *entry
		if i < len(blockers) {
			e = &c.list.entries[blockers[i]]
		} else {
			e = &more[i-len(blockers)]
		}
		if !c.admits(e, named) || boxOf(e).and(b).empty() {
			continue
		}
		if e.window == 0 && e.from <= b.from && e.until >= b.until && e.min <= b.min && e.max >= b.max {
			return spot{}, false
		}
		in = append(in, e)
	}
	c.in = in
	dates, costs := append(c.dates[:0], b.from), append(c.costs[:0], b.min)
	for _, e := range in {
		dates = addInside(dates, b.from+1, b.until-1, e.from, e.until)
		costs = addInside(costs, b.min+1, b.max, e.min, e.max+1)
	}
	c.dates, c.costs = dates, costs
	slices.Sort(dates)
	slices.Sort(costs)
	dates, costs = slices.Compact(dates), slices.Compact(costs)
	for i, from := range dates {
		until := b.until
		if i+1 < len(dates) {
			until = dates[i+1]
		}
		for combo, number := range c.time.among(from, until) {
			if combo&b.windows != b.windows {
				continue
			}
			for _, cost := range costs {
				if !blocked(in, from, combo, cost) {
					return spot{c.time.instant(from, until, number), cost, named}, true
				}
			}
		}
	}
	return spot{}, false
}

// addInside appends those of the values that lie in [low, high].
func addInside(list []int64, low, high int64, values ...int64) []int64 {
	for _, v := range values {
		if low <= v && v <= high {
			list = append(list, v)
		}
	}
	return list
}

// blocked reports whether some entry applies from the instant on, while the
// combination of windows holds, at the cost.
func blocked(in []*entry, from int64, combo uint64, cost int64) bool {
	for _, e := range in {
		if e.from <= from && from < e.until && e.min <= cost && cost <= e.max && windowBit(e)&^combo == 0 {
			return true
		}
	}
	return false
}

// admits reports whether a query with just the class, condition and channel of
// the named rules has those of the entry.
func (c *check) admits(e *entry, named []uint32) bool {
	class, condition, channel := e.class == 0, e.condition == 0, e.channel == 0
	for _, pos := range named {
		n := &c.list.entries[pos]
		class = class || e.class == n.class
		condition = condition || e.condition == n.condition
		channel = channel || e.channel == n.channel
	}
	return class && condition && channel
}

// same reports whether two rules name the same party and post.
func (c *check) same(a, b uint32) bool { return c.list.entries[a].who == c.list.entries[b].who }

// equal reports whether nothing decides between two rules.
func (c *check) equal(a, b uint32) bool { return c.list.entries[a].rank == c.list.entries[b].rank }
