package council

import (
	"container/heap"
	"slices"
	"time"
)

// TickMax bounds the entries of one Tick, so that minutes that slept for long are
// woken in journal records of a decent size. FiringsMax bounds what one command
// may bring along; minutes that are ticked at all never come near it.
const (
	TickMax    = 4096
	FiringsMax = 65_536
)

// Tick answers every firing at or before an instant, in the order of (firing
// instant, topic), at most TickMax of them; More says that some are left, and
// then NextDue is still at or before `at`. It changes nothing. A due fires one
// millisecond after it, and the entry has that instant whatever `at` is, so that
// any cadence of ticks leads to the same state. ErrNotMillis, ErrTimeRange.
// O(k log k) for k firings.
func (m *Minutes) Tick(at time.Time) (Outcome, error) {
	now, err := millis(at)
	if err != nil {
		return Outcome{}, err
	}
	s := sheet{m: m}
	more := s.fire(m.queue.due(now), now, TickMax)
	if len(s.entries) == 0 {
		return Outcome{}, nil
	}
	return Outcome{Seq: m.seq + 1, Entries: s.entries, More: more}, nil
}

// sheet is entries in the making, with drafts of the topics they change.
type sheet struct {
	m       *Minutes
	drafts  map[Code]*topic
	entries []Entry
}

// topic is a topic as the entries so far leave it, nil when there is none.
func (s *sheet) topic(id Code) *topic {
	if t := s.drafts[id]; t != nil {
		return t
	}
	return s.m.topics[id]
}

// topics lists the topics of a council, by id, as the entries so far leave them.
func (s *sheet) topics(c *council) []*topic {
	list := make([]*topic, 0, len(c.topics))
	for _, t := range c.topics {
		list = append(list, s.topic(t.id))
	}
	for id, t := range s.drafts {
		if t.council == c && s.m.topics[id] == nil {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, byID)
	return list
}

// fire emits the firings of some topics that are due, in order, until none is or
// most are emitted, and reports whether some are left.
func (s *sheet) fire(due []*topic, now int64, most int) bool {
	drafts := make(queue, 0, len(due))
	for _, t := range due {
		if s.drafts[t.id] == nil {
			d := t.copy()
			put(&s.drafts, t.id, d)
			drafts.Push(d)
		}
	}
	heap.Init(&drafts)
	for len(drafts) > 0 && drafts[0].armed+fireAfter <= now {
		if len(s.entries) >= most {
			return true
		}
		t := drafts[0]
		at, f := t.armed+fireAfter, t.firing()
		s.entries = append(s.entries, Entry{Seq: s.m.seq + uint64(len(s.entries)) + 1, At: date(at), Fact: f})
		t.fold(f, at)
		if r, ok := f.(Risen); ok {
			put(&s.drafts, r.As, t.rise(r, s.m.councils[r.Council], at))
		}
		drafts.settle(t)
	}
	return false
}
