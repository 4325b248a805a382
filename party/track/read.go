package track

import (
	"iter"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// Position answers the latest fix of a person at or before an instant. It answers
// false when there is none that is kept, when it is then older than
// Options.StaleAfter, and when the person is not on duty at that instant. O(log n).
func (t *Tracker) Position(c Code, at time.Time) (Fix, bool) {
	id, ok := t.ids[c]
	if !ok {
		return Fix{}, false
	}
	p, when := &t.people[id], clamped(at)
	i := p.track.from(when+1) - 1
	if i < 0 || when-p.track.at(i) > t.stale || !t.onDuty(p, when) {
		return Fix{}, false
	}
	return p.fix(i), true
}

// fix is the i-th fix as it was given, rounded to what is kept.
func (p *person) fix(i int) Fix {
	x := p.track.record(i)
	return Fix{p.code, timeOf(p.track.at(i)), x.degrees(), grid.Meters(float64(x.accuracy) / 1000)}
}

// stretch is the numbers of the fixes in [from, until).
func (r *ring) stretch(from, until int64) (first, end int) {
	first = r.from(from)
	return first, max(first, r.from(until))
}

// Track yields the fixes of a person in [from, until), in order of time (轨迹回放); a
// zero end is open. The places are rounded to 1e-7 degree, accuracies up to a
// millimetre. It must be ranged over before the Tracker's next change.
func (t *Tracker) Track(c Code, from, until time.Time) iter.Seq[Fix] {
	return func(yield func(Fix) bool) {
		id, ok := t.ids[c]
		if !ok {
			return
		}
		p := &t.people[id]
		for i, end := p.track.stretch(interval(from, until)); i < end; i++ {
			if !yield(p.fix(i)) {
				return
			}
		}
	}
}

// Replay yields the fixes of everybody in [from, until), in order of time, ties by
// code; else as Track. The first fix costs O(people), each one O(log people).
func (t *Tracker) Replay(from, until time.Time) iter.Seq[Fix] {
	return func(yield func(Fix) bool) {
		low, high := interval(from, until)
		var q replay
		for id := range t.people {
			p := &t.people[id]
			if i, end := p.track.stretch(low, high); i < end {
				q = append(q, played{p, p.track.at(i), i, end})
			}
		}
		q.order()
		for len(q) > 0 {
			first := &q[0]
			if !yield(first.person.fix(first.next)) {
				return
			}
			if first.next++; first.next < first.end {
				first.at = first.person.track.at(first.next)
			} else {
				q[0] = q[len(q)-1]
				q = q[:len(q)-1]
			}
			q.sink(0)
		}
	}
}

// replay is a heap of tracks by the instant of their next fix, ties by code.
type replay []played

type played struct {
	person    *person
	at        int64
	next, end int
}

func (q replay) before(i, j int) bool {
	if q[i].at != q[j].at {
		return q[i].at < q[j].at
	}
	return q[i].person.code < q[j].person.code
}

func (q replay) order() {
	for i := len(q)/2 - 1; i >= 0; i-- {
		q.sink(i)
	}
}

func (q replay) sink(i int) {
	for {
		down := 2*i + 1
		if down >= len(q) {
			return
		}
		if down+1 < len(q) && q.before(down+1, down) {
			down++
		}
		if !q.before(down, i) {
			return
		}
		q[i], q[down] = q[down], q[i]
		i = down
	}
}
