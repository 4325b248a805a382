package track

import (
	"slices"
	"time"
)

// Tracker knows where the people on duty are and have been (巡逻轨迹). It has a single
// writer: Add, AddBatch, Expire, Forget and Install must not run beside any other
// call; the other methods may run side by side. It is made by New.
type Tracker struct {
	limits
	duties Duties
	ids    map[Code]uint32
	people []person // by id
	free   []uint32 // ids of nobody
	fixes  int
	cells  cells
	next   int64 // before this instant Expire has nothing to do
}

// person is one who has a track. The answers of the Duties hold in [from, until).
type person struct {
	code        Code
	track       ring
	from, until int64
	on          bool
	doubted     bool   // a jump waits to be confirmed
	doubt       record // that jump
	doubtAt     int64
	leaf        int32 // of the latest fix in cells
}

// New answers an empty Tracker. All faults of the options are reported at once as
// an *OptionsError, with ErrNoDuties for no duties and ErrRange or ErrNotMillis
// for a limit; then there is no Tracker.
func New(duties Duties, o Options) (*Tracker, error) {
	o = o.withDefaults()
	faults := o.check()
	if duties == nil {
		faults = slices.Insert(faults, 0, &Error{"duties", ErrNoDuties})
	}
	if len(faults) > 0 {
		return nil, &OptionsError{faults}
	}
	return &Tracker{limits: o.limits(), duties: duties, ids: map[Code]uint32{}, next: never}, nil
}

// People is how many people have a track.
func (t *Tracker) People() int { return len(t.ids) }

// Fixes is how many fixes are kept of all people.
func (t *Tracker) Fixes() int { return t.fixes }

// Install lets other duties say who is on duty from now on, also of the time
// before; what has been accepted stays. None leaves everybody off duty. O(people).
func (t *Tracker) Install(duties Duties) {
	t.duties, t.next = duties, never
	for i := range t.people {
		t.people[i].from, t.people[i].until = 0, 0
	}
}

// Forget overwrites all that is kept of a person and reports whether there was
// anything. A fix that comes later starts anew.
func (t *Tracker) Forget(c Code) bool {
	id, ok := t.ids[c]
	if ok {
		t.remove(id)
	}
	return ok
}

// Expire overwrites the fixes that are Options.Retention old or older at now, and
// forgets the people who have none left. It answers how many fixes went. It also
// asks the Duties again about those whose answer has run out, so that Nearest need
// not. O(1) when nothing is due, else O(people + fixes that go).
func (t *Tracker) Expire(now time.Time) int {
	at := clamped(now)
	if at < t.next {
		return 0
	}
	before := t.fixes
	t.next = always
	for id := range t.people {
		p := &t.people[id]
		if p.track.n == 0 {
			continue
		}
		if t.prune(p, at-t.retention); p.track.n == 0 {
			t.remove(uint32(id))
			continue
		}
		t.renew(p, at)
		t.next = min(t.next, p.track.first+t.retention)
	}
	return before - t.fixes
}

// prune drops what is not later than an instant.
func (t *Tracker) prune(p *person, cutoff int64) {
	if gone := p.track.from(cutoff + 1); gone > 0 {
		p.track.drop(gone)
		t.fixes -= gone
	}
}

// add answers the id of a new person, without a fix yet.
func (t *Tracker) add(c Code) uint32 {
	id := uint32(len(t.people))
	if last := len(t.free) - 1; last >= 0 {
		id, t.free = t.free[last], t.free[:last]
	} else {
		t.people = append(t.people, person{})
	}
	t.people[id] = person{code: c, leaf: none}
	t.ids[c] = id
	return id
}

func (t *Tracker) remove(id uint32) {
	p := &t.people[id]
	t.fixes -= p.track.n
	clear(p.track.fixes)
	if p.leaf != none {
		t.cells.remove(t.people, id)
	}
	delete(t.ids, p.code)
	*p = person{leaf: none}
	t.free = append(t.free, id)
}
