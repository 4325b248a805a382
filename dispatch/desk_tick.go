package dispatch

import (
	"container/heap"
	"time"
)

// TickMax bounds the entries of one Tick, so that a Desk that slept for long is
// woken in journal records of a decent size.
const TickMax = 4096

// Tick answers every firing at or before an instant, in the order of (firing
// instant, case id), at most TickMax of them; More says that some are left, and
// then NextDue is still at or before `at`. It changes nothing. Due on the
// instant is on time: a due fires one millisecond later, and the entry has that
// instant whatever `at` is, so that any cadence of ticks leads to the same
// state. Errors as *DeskError: the time, ErrNoSetup when something is due but
// the rules are not at hand. O(k log n) for k firings.
func (d *Desk) Tick(at time.Time) (Outcome, error) {
	now, err := instantOf(at)
	if err != nil {
		return Outcome{}, &DeskError{Verb: "tick", Err: err}
	}
	if next, ok := d.nextFiring(); !ok || next > now {
		return Outcome{}, nil
	}
	if d.rules == nil {
		return Outcome{}, &DeskError{Verb: "tick", Err: ErrNoSetup}
	}
	var out Outcome
	var again drafts // cases that fired and fire again
	var fail error
	waiting := d.pending
	step := func(w *draft) bool {
		waiting = d.overdueBefore(&out, waiting, w.c.next)
		if _, fail = w.fire(now); fail != nil {
			fail = &DeskError{Verb: "tick", Case: w.c.id, Err: fail}
			return false
		}
		if w.c.arm(); w.c.next != 0 && w.c.next <= now {
			heap.Push(&again, w)
		}
		return true
	}
	walkQueues(func(c *caseState) bool {
		for fail == nil && len(out.Entries) < TickMax && len(again) > 0 && earlier(&again[0].c, c) {
			step(heap.Pop(&again).(*draft))
		}
		if fail != nil || c.next > now {
			return false
		}
		if len(out.Entries) >= TickMax {
			out.More = true
			return false
		}
		return step(&draft{desk: d, rules: d.rules, out: &out.Entries, c: *c})
	}, d.queue, d.ended)
	for fail == nil && len(again) > 0 && len(out.Entries) < TickMax {
		step(heap.Pop(&again).(*draft))
	}
	if fail != nil {
		return Outcome{}, fail
	}
	if !out.More && len(again) == 0 {
		waiting = d.overdueBefore(&out, waiting, now)
		if len(waiting) > 0 {
			at, _ := waiting[0].fires()
			out.More = at <= now
		}
	}
	out.Seq = d.seq + 1
	out.More = out.More || len(again) > 0
	return out, nil
}

// nextFiring is the first instant at which anything fires.
func (d *Desk) nextFiring() (instant, bool) {
	var next instant
	for _, q := range []dueQueue{d.queue, d.ended} {
		if len(q) > 0 {
			next = earliest(next, q[0].next)
		}
	}
	if len(d.pending) > 0 {
		at, _ := d.pending[0].fires()
		next = earliest(next, at)
	}
	return next, next != 0
}

// overdueBefore emits the firings of applications at or before an instant, and
// answers those left: of one instant they come before the cases.
func (d *Desk) overdueBefore(out *Outcome, waiting []*Admission, limit instant) []*Admission {
	for len(waiting) > 0 && len(out.Entries) < TickMax {
		at, _ := waiting[0].fires()
		if at > limit {
			break
		}
		out.Entries = append(out.Entries, Entry{
			Seq: d.seq + uint64(len(out.Entries)) + 1, At: at.time(), Fact: MandateOverdue{Mandate: waiting[0].ID},
		})
		waiting = waiting[1:]
	}
	return waiting
}

// arm notes the next due and when it fires, 0 when the case has ended and stays.
func (c *caseState) arm() {
	_, c.nearest = c.nextDue()
	c.next = 0
	if c.nearest != 0 {
		c.next = c.fireAt(c.nearest)
	}
}

// drafts is a heap of drafts by (next firing, case).
type drafts []*draft

func (h drafts) Len() int           { return len(h) }
func (h drafts) Less(i, j int) bool { return earlier(&h[i].c, &h[j].c) }
func (h drafts) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push is for container/heap.
func (h *drafts) Push(x any) { *h = append(*h, x.(*draft)) }

// Pop is for container/heap.
func (h *drafts) Pop() any {
	last := len(*h) - 1
	w := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return w
}
