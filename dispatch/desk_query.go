package dispatch

import (
	"iter"
	"maps"
	"slices"
	"time"
)

// Case answers one case by id. O(1).
func (d *Desk) Case(id Code) (Case, bool) {
	c, ok := d.cases[id]
	if !ok {
		return Case{}, false
	}
	return d.view(c), true
}

// Cases yields every case by id. O(n log n).
func (d *Desk) Cases() iter.Seq[Case] { return d.list(func(*caseState) bool { return true }) }

// Open yields every open case by id. O(n log n).
func (d *Desk) Open() iter.Seq[Case] {
	return d.list(func(c *caseState) bool { return c.state.Open() })
}

func (d *Desk) list(keep func(*caseState) bool) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, id := range slices.Sorted(maps.Keys(d.cases)) {
			if c := d.cases[id]; keep(c) && !yield(d.view(c)) {
				return
			}
		}
	}
}

// Len is the number of cases, OpenLen of those that are open.
func (d *Desk) Len() int { return len(d.cases) }

// ArchivedLen is the number of cases that left memory.
func (d *Desk) ArchivedLen() int { return len(d.archived) }

// OpenLen is the number of open cases.
func (d *Desk) OpenLen() int { return d.open }

// Mandate answers a mandate by id, in whatever state it is.
func (d *Desk) Mandate(id Code) (Admission, bool) {
	m, ok := d.mandates[id]
	if !ok {
		return Admission{}, false
	}
	out := *m
	out.Powers = slices.Clone(m.Powers)
	return out, true
}

// Mandates yields every mandate by id. O(n log n).
func (d *Desk) Mandates() iter.Seq[Admission] {
	return func(yield func(Admission) bool) {
		for _, id := range slices.Sorted(maps.Keys(d.mandates)) {
			if m, _ := d.Mandate(id); !yield(m) {
				return
			}
		}
	}
}

// Installed is the number and the hashes of the Setup in force, false before the
// first, and whether its objects are at hand.
func (d *Desk) Installed() (number uint64, hashes Versions, atHand bool) {
	if len(d.setups) == 0 {
		return 0, Versions{}, false
	}
	last := d.setups[len(d.setups)-1]
	return last.Number, last.Hashes, d.rules != nil
}

// NextDue is the first instant at which Tick acts: one millisecond after the
// first due of any case or application, for due on the instant is on time. false
// when no case is open, none that has ended waits to leave memory and no application
// waits, or what is due is so at the end of the year 9999, after which there is no
// instant. O(1).
func (d *Desk) NextDue() (time.Time, bool) {
	next, ok := d.nextFiring()
	if !ok || next > instantMax {
		return time.Time{}, false
	}
	return next.time(), true
}
