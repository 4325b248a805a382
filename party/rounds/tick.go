package rounds

import (
	"container/heap"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
)

// TickMax bounds the entries of one Tick, so that a log that slept for long is
// woken in journal records of a decent size.
const TickMax = 256

// Tick answers everything that fires at or before an instant, at most TickMax
// entries of it; Outcome.More says that some is left, and then NextDue is still
// at or before `at`. It changes nothing. The order is by instant, then periods
// by plan, then shifts by code, and each entry has the instant at which it
// fires, whatever `at` is, so that any cadence of ticks leads to the same state.
//
// A period ends at the first instant of the day that is its Until. A debrief
// that is due on an instant is in time on it, and fires one millisecond later.
//
// ErrNotMillis and ErrTimeRange; ErrZone when a period ends and there is no zone.
// O(k log n) for k firings, and O(households of the plan) for each period.
func (l *Log) Tick(at time.Time) (Outcome, error) {
	now, err := millis(at)
	if err != nil {
		return Outcome{}, &Error{What: "tick", Field: "at", Err: err}
	}
	entries, more, err := l.firings(now, TickMax)
	if err != nil {
		return Outcome{}, &Error{What: "tick", Err: err}
	}
	if len(entries) == 0 {
		return Outcome{}, nil
	}
	return Outcome{Seq: l.seq + 1, Entries: entries, More: more}, nil
}

// NextDue is the first instant at which Tick acts; false when there is none, also
// when a debrief due on the last instant of 9999 would be late after it. O(1).
func (l *Log) NextDue() (time.Time, bool) {
	if len(l.queue) == 0 || l.queue[0].at > envelope.LastMilli {
		return time.Time{}, false
	}
	return time.UnixMilli(l.queue[0].at).UTC(), true
}

// firings answers at most most entries of what fires at or before now, and
// whether some are left.
func (l *Log) firings(now int64, most int) (entries []Entry, more bool, err error) {
	pending := queue(l.queue.until(now, 0, nil))
	heap.Init(&pending)
	passed := map[*term]int{} // periods closed in this run
	for len(pending) > 0 {
		if len(entries) >= most {
			return entries[:most], true, nil
		}
		d := heap.Pop(&pending).(*due)
		facts := []Fact{nil}
		if d.term == nil {
			facts[0] = NotDebriefed{d.shift.Shift, d.shift.Due}
		} else if l.zone == nil {
			return nil, false, ErrZone
		} else {
			facts = l.over(d.term, d.term.closed+passed[d.term], d.at)
			passed[d.term]++
		}
		for _, f := range facts {
			entries = append(entries, Entry{Seq: l.seq + uint64(len(entries)) + 1, At: time.UnixMilli(d.at).UTC(), Fact: f})
		}
		if c, ok := facts[len(facts)-1].(Closed); ok && !c.Next.IsZero() && c.Next.UnixMilli() <= now {
			d.at = c.Next.UnixMilli()
			heap.Push(&pending, d)
		}
	}
	if len(entries) > most {
		return entries[:most], true, nil
	}
	return entries, false, nil
}

// over is the facts of the end of period k of a term: who was missed and is not
// named yet, by code, then the end itself, which is at an instant. The next end is
// not before it, whatever a journal of other hands said of this one.
func (l *Log) over(t *term, k int, at int64) []Fact {
	var facts []Fact
	owed, made, names := l.tally(t, k)
	due := Due{t.plan.code, t.base + k}
	from, until := t.bounds(k)
	if k == t.closed && t.named != "" {
		i, _ := slices.BinarySearch(names, t.named+"\x00") // what follows the last name
		names = names[i:]
	}
	for batch := range slices.Chunk(names, BatchMax) {
		facts = append(facts, Missed{due, from, until, slices.Clone(batch)})
	}
	end := Closed{Due: due, From: from, Until: until, Owed: owed, Made: made, Missed: owed - made}
	if k+1 < t.periods {
		if next := l.ends(t, k+1); next != never {
			end.Next = moment(max(next, at))
		}
	}
	return append(facts, end)
}

// tally answers how many households owe period k of a term, how many of them
// were visited, and the others by code. O(n), and O(m log m) for m of the others.
func (l *Log) tally(t *term, k int) (owed, made int, others []Code) {
	for _, i := range t.members {
		h := &l.houses[i]
		for s := range h.stays {
			if st := &h.stays[s]; st.term != t || !st.owes(k) {
				continue
			} else if owed++; st.made(k) {
				made++
			} else {
				others = append(others, h.code)
			}
		}
	}
	slices.Sort(others)
	return owed, made, others
}
