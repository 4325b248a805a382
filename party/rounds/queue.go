package rounds

import (
	"cmp"
	"container/heap"
	"math"
)

// never stands for no instant; no instant that passes the door is as small.
const never = math.MinInt64

// due is something that fires at an instant: the end of a period
// of a term, or the debrief of a shift that is overdue. Exactly one of term and
// shift is set.
type due struct {
	at    int64
	pos   int // in the queue, from 1; 0 when it is not there
	term  *term
	shift *shift
}

// earlier is the order of firing: by instant, then periods by plan, then shifts.
func earlier(a, b *due) bool {
	if a.at != b.at {
		return a.at < b.at
	}
	if (a.term == nil) != (b.term == nil) {
		return a.term != nil
	}
	if a.term == nil {
		return a.shift.Shift < b.shift.Shift
	}
	return cmp.Or(cmp.Compare(a.term.plan.code, b.term.plan.code), cmp.Compare(a.term.base, b.term.base)) < 0
}

// queue is a heap of what is due. Each item knows its place, so a change costs
// O(log n) and nothing stale stays behind.
type queue []*due

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return earlier(q[i], q[j]) }
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].pos, q[j].pos = i+1, j+1
}

// Push is for container/heap.
func (q *queue) Push(x any) {
	d := x.(*due)
	*q = append(*q, d)
	d.pos = len(*q)
}

// Pop is for container/heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	d := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	d.pos = 0
	return d
}

// arm makes d fire at an instant, or never.
func (q *queue) arm(d *due, at int64) {
	d.at = at
	switch {
	case at == never && d.pos > 0:
		heap.Remove(q, d.pos-1)
	case at != never && d.pos > 0:
		heap.Fix(q, d.pos-1)
	case at != never:
		heap.Push(q, d)
	}
}

// until appends copies of what is due at or before an instant, from place i of
// the heap down. O(k).
func (q queue) until(now int64, i int, dst []*due) []*due {
	if i >= len(q) || q[i].at > now {
		return dst
	}
	d := *q[i]
	return q.until(now, 2*i+2, q.until(now, 2*i+1, append(dst, &d)))
}
