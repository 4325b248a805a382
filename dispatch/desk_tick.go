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
	if len(d.queue) == 0 || d.queue[0].next > now {
		return Outcome{}, nil
	}
	if d.rules == nil {
		return Outcome{}, &DeskError{Verb: "tick", Err: ErrNoSetup}
	}
	var out Outcome
	var again drafts // cases that fired and fire again
	var fail error
	step := func(w *draft) bool {
		if _, fail = w.fire(now); fail != nil {
			fail = &DeskError{Verb: "tick", Case: w.c.id, Err: fail}
			return false
		}
		if w.c.arm(); w.c.next <= now {
			heap.Push(&again, w)
		}
		return true
	}
	d.queue.walk(func(c *caseState) bool {
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
	})
	for fail == nil && len(again) > 0 && len(out.Entries) < TickMax {
		step(heap.Pop(&again).(*draft))
	}
	if fail != nil {
		return Outcome{}, fail
	}
	out.Seq = d.seq + 1
	out.More = out.More || len(again) > 0
	return out, nil
}

// arm notes when the case fires next, 0 when it is closed.
func (c *caseState) arm() {
	c.next = 0
	if _, due := c.nextDue(); due != 0 {
		c.next = c.fireAt(due)
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
