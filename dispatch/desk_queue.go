package dispatch

import (
	"cmp"
	"container/heap"
)

// dueQueue is cases as a heap by (next firing, case). Each case knows
// its place, so a change costs O(log n) and nothing stale stays behind.
type dueQueue []*caseState

func earlier(a, b *caseState) bool {
	return cmp.Or(cmp.Compare(a.next, b.next), cmp.Compare(a.id, b.id)) < 0
}

func (q dueQueue) Len() int           { return len(q) }
func (q dueQueue) Less(i, j int) bool { return earlier(q[i], q[j]) }
func (q dueQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].pos, q[j].pos = int32(i), int32(j)
}

// Push is for container/heap.
func (q *dueQueue) Push(x any) {
	c := x.(*caseState)
	c.pos = int32(len(*q))
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

// walkQueues visits the cases of some queues in their common order until visit says no. It
// changes nothing and keeps only a frontier: O(k log k) for k visits.
func walkQueues(visit func(*caseState) bool, queues ...dueQueue) {
	var front frontier
	for _, q := range queues {
		if len(q) > 0 {
			heap.Push(&front, spotAt{q, 0})
		}
	}
	for len(front) > 0 {
		s := heap.Pop(&front).(spotAt)
		if !visit(s.queue[s.at]) {
			return
		}
		for child := 2*s.at + 1; child <= 2*s.at+2 && child < len(s.queue); child++ {
			heap.Push(&front, spotAt{s.queue, child})
		}
	}
}

// spotAt is a place of a queue.
type spotAt struct {
	queue dueQueue
	at    int
}

// frontier is the places that a walk reaches next, as a heap.
type frontier []spotAt

func (f frontier) Len() int           { return len(f) }
func (f frontier) Less(i, j int) bool { return earlier(f[i].queue[f[i].at], f[j].queue[f[j].at]) }
func (f frontier) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }

// Push is for container/heap.
func (f *frontier) Push(x any) { *f = append(*f, x.(spotAt)) }

// Pop is for container/heap.
func (f *frontier) Pop() any {
	last := len(*f) - 1
	s := (*f)[last]
	*f = (*f)[:last]
	return s
}
