package dispatch

import (
	"cmp"
	"container/heap"
)

// dueQueue is the open cases as a heap by (next firing, case). Each case knows
// its place, so a change costs O(log n) and nothing stale stays behind.
type dueQueue []*caseState

func earlier(a, b *caseState) bool {
	return cmp.Or(cmp.Compare(a.next, b.next), cmp.Compare(a.id, b.id)) < 0
}

func (q dueQueue) Len() int           { return len(q) }
func (q dueQueue) Less(i, j int) bool { return earlier(q[i], q[j]) }
func (q dueQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].pos, q[j].pos = i, j
}

// Push is for container/heap.
func (q *dueQueue) Push(x any) {
	c := x.(*caseState)
	c.pos = len(*q)
	*q = append(*q, c)
}

// Pop is for container/heap.
func (q *dueQueue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return c
}

// walk visits the cases in queue order until visit says no. It changes nothing
// and keeps only a frontier: O(k log k) for k visits.
func (q dueQueue) walk(visit func(*caseState) bool) {
	if len(q) == 0 {
		return
	}
	front := frontier{queue: q, at: []int{0}}
	for len(front.at) > 0 {
		i := heap.Pop(&front).(int)
		if !visit(q[i]) {
			return
		}
		for child := 2*i + 1; child <= 2*i+2 && child < len(q); child++ {
			heap.Push(&front, child)
		}
	}
}

// frontier is the places of a queue that a walk reaches next, as a heap.
type frontier struct {
	queue dueQueue
	at    []int
}

func (f *frontier) Len() int           { return len(f.at) }
func (f *frontier) Less(i, j int) bool { return f.queue.Less(f.at[i], f.at[j]) }
func (f *frontier) Swap(i, j int)      { f.at[i], f.at[j] = f.at[j], f.at[i] }

// Push is for container/heap.
func (f *frontier) Push(x any) { f.at = append(f.at, x.(int)) }

// Pop is for container/heap.
func (f *frontier) Pop() any {
	last := len(f.at) - 1
	i := f.at[last]
	f.at = f.at[:last]
	return i
}
