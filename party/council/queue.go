package council

import (
	"cmp"
	"container/heap"
	"slices"
)

// queue is the tracked topics as a heap by (next due, id). Each knows
// its place, so a change costs O(log n) and nothing stale stays behind.
type queue []*topic

func sooner(a, b *topic) bool { return compareDue(a, b) < 0 }

func compareDue(a, b *topic) int {
	return cmp.Or(cmp.Compare(a.armed, b.armed), cmp.Compare(a.id, b.id))
}

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return sooner(q[i], q[j]) }
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i+1, j+1
}

// Push is for container/heap.
func (q *queue) Push(x any) {
	t := x.(*topic)
	*q = append(*q, t)
	t.place = len(*q)
}

// Pop is for container/heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	t.place = 0
	return t
}

// settle puts a topic where its due now belongs, in or out. O(log n).
func (q *queue) settle(t *topic) {
	switch {
	case t.armed != none && t.place > 0:
		heap.Fix(q, t.place-1)
	case t.armed != none:
		heap.Push(q, t)
	case t.place > 0:
		heap.Remove(q, t.place-1)
	}
}

// due lists what fires at or before an instant, in no order. A heap is pruned at
// the first that does not: O(k) for k topics.
func (q queue) due(now int64) []*topic {
	var list []*topic
	for stack := []int{0}; len(stack) > 0; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if i < len(q) && q[i].armed+fireAfter <= now {
			list = append(list, q[i])
			stack = append(stack, 2*i+1, 2*i+2)
		}
	}
	return list
}

// sorted is the queue in order. O(n log n).
func (q queue) sorted() []*topic { return slices.SortedFunc(slices.Values(q), compareDue) }
