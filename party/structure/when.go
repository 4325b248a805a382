package structure

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/gridgov/gridgov/party"
)

// stretch is [from, until) in milliseconds since 1970. Every fact of a Directory
// lasts for one: its instants are whole milliseconds.
type stretch struct{ from, until int64 }

// The ends of time: a fact without a beginning, one without an end.
const (
	dawn = math.MinInt64
	dusk = math.MaxInt64
)

var always = when{{dawn, dusk}}

// millisMax is where instants are cut off, some 280,000 years from now, so that
// none of them overflows.
const millisMax = 9_000_000_000_000_000

func stretchOf(i party.Interval) stretch {
	s := stretch{dawn, dusk}
	if !i.From.IsZero() {
		s.from = millis(i.From)
	}
	if !i.Until.IsZero() {
		s.until = millis(i.Until)
	}
	return s
}

func millis(t time.Time) int64 {
	switch sec := t.Unix(); {
	case sec < -millisMax/1000:
		return -millisMax
	case sec > millisMax/1000:
		return millisMax
	}
	return t.UnixMilli()
}

// instant is ms in a location; the zero time for an end of time.
func instant(ms int64, loc *time.Location) time.Time {
	if ms == dawn || ms == dusk {
		return time.Time{}
	}
	return time.UnixMilli(ms).In(loc)
}

func (s stretch) empty() bool { return s.from >= s.until }

func (s stretch) and(o stretch) stretch {
	return stretch{max(s.from, o.from), min(s.until, o.until)}
}

func (s stretch) holds(at int64) bool { return s.from <= at && at < s.until }

// when is a set of instants: stretches in order, none empty, no two of which
// touch. So a stretch of it is as long as possible.
type when []stretch

// join is every instant of any of the parts, which it sorts. O(n log n).
func join(parts []stretch) when {
	if len(parts) < 2 {
		if len(parts) == 0 || parts[0].empty() {
			return nil
		}
		return when(parts)
	}
	slices.SortFunc(parts, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var w when
	for _, s := range parts {
		w = w.add(s)
	}
	return w
}

// add appends a stretch that begins no earlier than the last of w.
func (w when) add(s stretch) when {
	switch n := len(w); {
	case s.empty():
		return w
	case n > 0 && s.from <= w[n-1].until:
		w[n-1].until = max(w[n-1].until, s.until)
		return w
	}
	return append(w, s)
}

// and is every instant of both. O(n).
func (w when) and(o when) when {
	var both when
	for i, k := 0, 0; i < len(w) && k < len(o); {
		both = both.add(w[i].and(o[k]))
		if w[i].until < o[k].until {
			i++
		} else {
			k++
		}
	}
	return both
}

// not is every other instant. O(n).
func (w when) not() when {
	var other when
	from := int64(dawn)
	for _, s := range w {
		other = other.add(stretch{from, s.from})
		from = s.until
	}
	return other.add(stretch{from, dusk})
}

// step is how many there were during a stretch.
type step struct {
	stretch
	n int
}

// part is n things that last for a stretch.
type part step

// counts counts over all time. What a method answers is good until the next call.
type counts struct {
	parts   []part
	changes []change
	steps   []step
}

// change is how many more there are from an instant on.
type change struct {
	at int64
	by int
}

// tally counts the parts over all time: its steps follow each other without a
// gap, and neighbours differ. O(n log n).
func (c *counts) tally(parts []part) []step {
	c.changes, c.steps = c.changes[:0], c.steps[:0]
	for _, p := range parts {
		if !p.empty() && p.n != 0 {
			c.changes = append(c.changes, change{p.from, p.n}, change{p.until, -p.n})
		}
	}
	slices.SortFunc(c.changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	now := step{stretch{dawn, dusk}, 0}
	for i := 0; i < len(c.changes); {
		at, n := c.changes[i].at, now.n
		for ; i < len(c.changes) && c.changes[i].at == at; i++ {
			n += c.changes[i].by
		}
		if at == dusk || n == now.n {
			continue
		}
		if at > dawn {
			c.steps = append(c.steps, step{stretch{now.from, at}, now.n})
		}
		now = step{stretch{at, dusk}, n}
	}
	c.steps = append(c.steps, now)
	return c.steps
}

// heads counts the different people among holdings that are sorted by person and
// beginning.
func (c *counts) heads(list []holding) []step {
	c.parts = c.parts[:0]
	for i, h := range list {
		n := len(c.parts) - 1
		if i > 0 && h.person == list[i-1].person && h.from <= c.parts[n].until {
			c.parts[n].until = max(c.parts[n].until, h.until)
			continue
		}
		c.parts = append(c.parts, part{h.stretch, 1})
	}
	return c.tally(c.parts)
}

// where is every instant at which the count is one that bad accepts. O(n).
func where(steps []step, bad func(n int) bool) when {
	var w when
	for _, s := range steps {
		if bad(s.n) {
			w = w.add(s.stretch)
		}
	}
	return w
}

// countAt is the count at an instant before dusk. O(log n).
func countAt(steps []step, at int64) int {
	return steps[sort.Search(len(steps)-1, func(i int) bool { return steps[i].until > at })].n
}
