package council

import (
	"iter"
	"slices"
	"time"
)

// Counts is councils in numbers. Raised = Open + Deferred + Tracking + Done +
// Failed + Withdrawn + Risen. Of those raised, FromBelow came up from another
// council, where they are counted as risen, so Raised − FromBelow is how many
// matters there were.
type Counts struct {
	Meetings  int `json:"meetings"` // held: opened
	Raised    int `json:"raised"`
	FromBelow int `json:"from_below"`
	Open      int `json:"open"` // raised and not decided
	Deferred  int `json:"deferred"`
	Tracking  int `json:"tracking"`
	Done      int `json:"done"`
	Failed    int `json:"failed"`
	Withdrawn int `json:"withdrawn"`
	Risen     int `json:"risen"`
}

// Count counts the meetings opened and the topics raised in an interval, in some
// councils, as things stood at an instant: what happened on the instant counts,
// what came after does not. A topic is counted once, by its state then. Councils
// that are named twice count once, those that are not there not at all. What is
// due is counted when it is recorded, so Tick first. O(meetings + topics of the
// councils).
func (m *Minutes) Count(councils []Code, during Interval, asOf time.Time) Counts {
	at := asOf.UnixMilli()
	var n Counts
	for _, id := range slices.Compact(slices.Sorted(slices.Values(councils))) {
		if c := m.councils[id]; c != nil {
			n.meetings(c.meetings, during, at)
			n.topics(c.topics, during, at)
		}
	}
	return n
}

func (n *Counts) meetings(list []*meeting, during Interval, at int64) {
	for _, g := range list {
		if g.openedAt != none && g.openedAt <= at && during.Holds(date(g.openedAt)) {
			n.Meetings++
		}
	}
}

func (n *Counts) topics(list []*topic, during Interval, at int64) {
	for _, t := range list {
		state := t.asOf(at)
		if state == "" || !during.Holds(date(t.history[0].at)) {
			continue
		}
		n.Raised++
		if t.below != "" {
			n.FromBelow++
		}
		*n.of(state)++
	}
}

// of is the number of a state.
func (n *Counts) of(s State) *int {
	switch s {
	case StateDeferred:
		return &n.Deferred
	case StateTracking:
		return &n.Tracking
	case StateDone:
		return &n.Done
	case StateFailed:
		return &n.Failed
	case StateWithdrawn:
		return &n.Withdrawn
	case StateRisen:
		return &n.Risen
	}
	return &n.Open
}

// Below lists a council and every council that rises to it, directly or through
// others, as things stand, dissolved ones too, by code; none when there is no
// such council. O(councils × levels).
func (m *Minutes) Below(council Code) []Code {
	top := m.councils[council]
	if top == nil {
		return nil
	}
	var list []Code
	for id, c := range m.councils {
		if c.reaches(top, m) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// Within lists the councils of some areas, by code. The caller knows the map: for
// an area and all below it, all of their codes are given. O(councils).
func (m *Minutes) Within(areas iter.Seq[Code]) []Code {
	in := map[Code]bool{}
	for area := range areas {
		in[area] = true
	}
	var list []Code
	for id, c := range m.councils {
		if in[c.Area] {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}
