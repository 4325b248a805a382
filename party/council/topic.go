package council

import (
	"slices"
	"strconv"
	"strings"
)

// State is where a topic stands.
type State string

// The states of a topic.
const (
	StateRaised    State = "raised"    // 已提出
	StateTracking  State = "tracking"  // 跟踪办理中: passed, being done
	StateDone      State = "done"      // 已办结
	StateFailed    State = "failed"    // 未通过
	StateWithdrawn State = "withdrawn" // 已撤回
	StateDeferred  State = "deferred"  // 暂缓
	StateRisen     State = "risen"     // 已上报
)

// open reports whether a topic waits for a decision.
func (s State) open() bool { return s == StateRaised || s == StateDeferred }

// active reports whether somebody has something to do.
func (s State) active() bool { return s.open() || s == StateTracking }

// MeetingState is where a meeting stands.
type MeetingState string

// The states of a meeting.
const (
	MeetingConvened MeetingState = "convened" // 已通知
	MeetingOpen     MeetingState = "open"     // 进行中
	MeetingClosed   MeetingState = "closed"   // 已结束
	MeetingLapsed   MeetingState = "lapsed"   // 流会: closed without having been opened
)

func (s MeetingState) pending() bool { return s == MeetingConvened || s == MeetingOpen }

// riseMark stands in the id of a topic that has risen before the number of times.
const riseMark = "^"

// topic is a topic in one council. Above and below are the ids of what it became
// and of what it was.
type topic struct {
	id, root     Code
	depth        int // times it has risen
	council      *council
	title        string
	matter, by   Code
	meeting      Code // in which it was raised, if any
	below, above Code
	state        State
	history      []change
	on           *meeting // pending, whose agenda it is on
	polledIn     Code     // meeting of the votes
	ballots      map[Code]Choice
	tally        *Count    // votes counted without names, with the heads at that instant
	decided      *Resolved // latest
	armed        int64     // next due; none unless tracking
	reviews      int
	overdue      bool
	result       string
	place        int // in the queue, from 1; 0: not in it
	version      uint64
}

// change is the state a topic came to at an instant.
type change struct {
	at    int64
	state State
}

// to brings a topic to a state.
func (t *topic) to(s State, at int64) {
	t.state = s
	t.history = append(t.history, change{at, s})
	if s != StateTracking {
		t.armed = none
	}
	if !s.open() {
		t.on = nil
	}
}

// asOf is the state at an instant, "" before the topic was raised.
func (t *topic) asOf(at int64) State {
	var s State
	for _, c := range t.history {
		if c.at > at {
			break
		}
		s = c.state
	}
	return s
}

// copy is a draft of a topic that only the firings change.
func (t *topic) copy() *topic {
	d := *t
	d.history = slices.Clip(d.history)
	return &d
}

// aboveID is the id of a topic in the council above.
func (t *topic) aboveID() Code { return t.root + riseMark + Code(strconv.Itoa(t.depth+1)) }

// rootOf is the id a topic was first raised by.
func rootOf(id Code) Code {
	root, _, _ := strings.Cut(string(id), riseMark)
	return Code(root)
}

// canRise reports whether there is a council above for a topic.
func (t *topic) canRise() bool { return t.council.RisesTo != "" && t.depth < RisesMax }

// risen is the fact that takes a topic up.
func (t *topic) risen(why Why) Risen {
	return Risen{Topic: t.id, Council: t.council.RisesTo, As: t.aboveID(), Why: why}
}

// firing is the next fact of a tracked topic whose due has passed.
func (t *topic) firing() Fact {
	days := t.decided.Follow
	switch {
	case t.decided.Owner != "" && !t.overdue:
		return Overdue{Topic: t.id, Owner: t.decided.Owner, Next: date(after(t.armed, days))}
	case t.decided.Owner != "" && t.reviews >= t.decided.Reviews && t.canRise():
		return t.risen(WhyOverdue)
	}
	return ReviewDue{Topic: t.id, Review: t.reviews + 1, Next: date(after(t.armed, days))}
}

// fold folds what a topic does by itself, or a rise. at is the instant of the
// entry.
func (t *topic) fold(f Fact, at int64) {
	switch f := f.(type) {
	case Overdue:
		t.overdue, t.armed = true, milli(f.Next)
	case ReviewDue:
		t.reviews, t.armed = f.Review, milli(f.Next)
	case Risen:
		t.above = f.As
		t.to(StateRisen, at)
	}
	t.version++
}

// rise is the topic that a risen one becomes in the council above.
func (t *topic) rise(f Risen, upper *council, at int64) *topic {
	u := &topic{id: f.As, root: t.root, depth: t.depth + 1, council: upper, title: t.title, matter: t.matter, by: t.by,
		below: t.id, armed: none, version: 1}
	u.to(StateRaised, at)
	return u
}
