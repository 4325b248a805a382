package track

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// Nearest answers the Want.K nearest people who are on duty, fresh, exact, skilled,
// fit, free and within reach at Want.At, by the distance of their latest fix, ties
// by code, and everybody passed over on the way, with the first reason.
//
// The way goes through everybody with a fix later than Options.Retention before
// Want.At, by distance and code, up to the one with whom Want.K fit people are met,
// those Beyond Want.Within among them. So when the Answer is short, people who are
// Beyond tell how far Within would have to be, and the counts tell what the rest
// lacks. It looks at latest fixes only and so answers for now, not for the past.
// Nobody is chosen when Want.Point is no place or Want.Within or Want.MaxAccuracy
// is negative or not a number.
//
// The search takes from a quadtree what is nearest, by lower bounds, and measures
// only those whose turn it is: about O(log n + K + passed) for people who are fit
// often enough; when fewer than K are, everybody is looked at.
func (t *Tracker) Nearest(w Want) Answer {
	a := Answer{Short: max(0, w.K)}
	p, ok := placeOf(w.Point)
	if !ok || !(w.Within >= 0) || !(w.MaxAccuracy >= 0) || len(t.cells.all) == 0 {
		return a
	}
	at := clamped(w.At)
	var room [192]step
	s := search{t: t, from: p.degrees(), steps: room[:0]}
	s.floor, s.steps = geodesy.FloorFrom(s.from), append(s.steps, step{})
	for met := 0; met < w.K && len(s.steps) > 0; {
		n, found := s.pop()
		if !found {
			continue
		}
		r := &t.people[n.id].track
		if r.last <= at-t.retention {
			continue // to be forgotten
		}
		c := Candidate{
			Person: t.people[n.id].code, Away: grid.Meters(float64(n.key>>2) / 1000),
			Age: millis(at - r.last), Accuracy: grid.Meters(float64(r.record(r.n-1).accuracy) / 1000),
		}
		reason, what := t.judge(&t.people[n.id], c, &w, at)
		if reason == 0 || reason == Beyond {
			met++
		}
		a.add(c, reason, what)
	}
	return a
}

func (a *Answer) add(c Candidate, r Reason, what Code) {
	if r == 0 {
		a.Chosen = append(a.Chosen, c)
		a.Short--
		return
	}
	a.counts[r]++
	if r != NotOnDuty && len(a.Passed) < PassedMax {
		a.Passed = append(a.Passed, Passed{c, r, what})
	}
}

// judge is why somebody is not chosen, 0 when they are.
func (t *Tracker) judge(p *person, c Candidate, w *Want, at int64) (Reason, Code) {
	age := at - p.track.last
	switch {
	case !t.onDuty(p, at):
		return NotOnDuty, ""
	case age > t.stale || age < -t.ahead:
		return Stale, ""
	case w.MaxAccuracy > 0 && c.Accuracy > w.MaxAccuracy:
		return TooInexact, ""
	}
	when := timeOf(at)
	for _, skill := range w.Skills {
		if w.Skilled == nil || !w.Skilled(c.Person, skill, when) {
			return Unskilled, skill
		}
	}
	in := len(w.Groups) == 0
	for i := 0; !in && i < len(w.Groups) && w.InGroup != nil; i++ {
		in = w.InGroup(c.Person, w.Groups[i], when)
	}
	if !in {
		return NotInGroup, ""
	}
	if w.Fit != nil {
		if lacks, ok := w.Fit(c.Person); !ok {
			return Unfit, lacks
		}
	}
	if w.Busy != nil {
		if with, busy := w.Busy(c.Person); busy {
			return Occupied, with
		}
	}
	if w.Within > 0 && c.Away > w.Within {
		return Beyond, ""
	}
	return 0, ""
}

// search is the cells and people on the way out from a place, a heap by key. The
// key is a distance in millimetres, or a bound of it, then the kind: what is only
// bounded comes before what is measured, which it may turn out to equal.
type search struct {
	t     *Tracker
	from  orb.Point
	floor geodesy.Floor
	steps []step
}

type step struct {
	key uint64
	id  uint32
}

// The kinds.
const (
	isCell = iota
	isBounded
	isMeasured
)

func keyOf(metres float64, kind uint64) uint64 { return uint64(math.Round(metres*1000))<<2 | kind }

// pop takes the first step and replaces it by what it stands for, or answers it
// when it is somebody measured.
func (s *search) pop() (step, bool) {
	n := s.take()
	switch n.key & 3 {
	case isMeasured:
		return n, true
	case isBounded:
		r := &s.t.people[n.id].track
		s.push(step{keyOf(geodesy.Distance(s.from, r.record(r.n-1).degrees()), isMeasured), n.id})
	default:
		s.open(&s.t.cells.all[n.id])
	}
	return n, false
}

// open puts in what a cell holds.
func (s *search) open(c *cell) {
	for _, p := range c.people {
		q := p.degrees()
		s.push(step{keyOf(s.floor.Quick(q, q), isBounded), p.id})
	}
	for _, q := range c.quarters {
		if q != none {
			low, high := s.t.cells.all[q].box()
			s.push(step{keyOf(s.floor.Quick(low, high), isCell), uint32(q)})
		}
	}
}

// before is the order of the heap; only measured people of one distance need one
// by code.
func (s *search) before(a, b step) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	return a.key&3 == isMeasured && cmp.Less(s.t.people[a.id].code, s.t.people[b.id].code)
}

func (s *search) push(n step) {
	s.steps = append(s.steps, n)
	i := len(s.steps) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !s.before(n, s.steps[up]) {
			break
		}
		s.steps[i], i = s.steps[up], up
	}
	s.steps[i] = n
}

func (s *search) take() step {
	first := s.steps[0]
	last := len(s.steps) - 1
	n := s.steps[last]
	s.steps = s.steps[:last]
	if last == 0 {
		return first
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && s.before(s.steps[down+1], s.steps[down]) {
			down++
		}
		if !s.before(s.steps[down], n) {
			break
		}
		s.steps[i], i = s.steps[down], down
	}
	s.steps[i] = n
	return first
}
