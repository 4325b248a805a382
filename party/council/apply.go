package council

import (
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Apply folds the next entry. It never fails on what Decide or Tick answered for
// this state. It checks what must hold of any entry, whoever wrote it: the
// sequence (ErrGap), the instant (ErrNotMillis, ErrTimeRange, ErrTimeBack), the
// kind (ErrFact), and that the fact fits the state (ErrImpossible): ids are new or
// known, heads and votes are as many as there are, a firing comes at its instant,
// a tracked topic has one owner, case or project and a next due. On an error the
// minutes are unchanged. It looks at no rule: quorums, thresholds and rights were
// judged when the entry was written. O(seats) for what counts heads, O(log n)
// otherwise.
func (m *Minutes) Apply(e Entry) error {
	if e.Seq != m.seq+1 {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("after %d", m.seq), Err: ErrGap}
	}
	at, err := millis(e.At)
	if err != nil {
		return &Error{Seq: e.Seq, Field: "at", Err: instant(e.At)}
	}
	name := FactName(e.Fact)
	switch {
	case name == "":
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("%T", e.Fact), Err: ErrFact}
	case m.seq > 0 && at < m.last && !fires(e.Fact):
		return &Error{Seq: e.Seq, What: name, Field: "at", Err: ErrTimeBack}
	}
	field := m.applyKey(&e)
	if field == "" {
		field = m.applyFact(e, at)
	}
	if field != "" {
		return &Error{Seq: e.Seq, What: name, Field: field, Err: ErrImpossible}
	}
	m.last = max(m.last, at)
	if m.seq == 0 {
		m.last = at
	}
	m.seq = e.Seq
	if e.Key != (Sum{}) {
		if r, ok := e.Fact.(Refused); ok {
			put(&m.refused, e.Seq, r.Refusal.own())
		}
		m.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	return nil
}

// fires reports whether a fact is what a topic does by itself when its due has
// passed, at an instant of its own.
func fires(f Fact) bool {
	switch f := f.(type) {
	case Overdue, ReviewDue:
		return true
	case Risen:
		return f.Why == WhyOverdue
	}
	return false
}

// applyKey answers the field that is impossible about an entry's envelope, ""
// when none is. It changes nothing.
func (m *Minutes) applyKey(e *Entry) string {
	if optional("", e.Actor.Person) != nil || optional("", e.Actor.Post) != nil {
		return "actor"
	}
	if e.Key != (Sum{}) && fires(e.Fact) {
		return "key"
	}
	_, refused := e.Fact.(Refused)
	return m.keys.Misfit(e.Key, e.Sum, refused)
}

// applyFact folds a fact and answers "", or answers the field that is
// impossible and changes nothing.
func (m *Minutes) applyFact(e Entry, at int64) string {
	switch f := e.Fact.(type) {
	case Founded:
		return m.applyFounded(f, at)
	case Amended:
		return m.applyAmended(f)
	case Dissolved:
		return m.applyDissolved(f, at)
	case Seated:
		return m.applySeated(f)
	case Unseated:
		return m.applyUnseated(f, at)
	case SeatLapsed:
		return m.applySeatLapsed(f, at)
	case Convened:
		return m.applyConvened(f)
	case Opened:
		return m.applyOpened(f, at)
	case Attended:
		return m.applyAttended(f, at)
	case Closed:
		return m.applyClosed(f, at)
	case Raised:
		return m.applyRaised(f, at)
	case Voted:
		return m.applyVoted(f, at)
	case Tallied:
		return m.applyTallied(f, at)
	case Resolved:
		return m.applyResolved(f, at)
	case Completed:
		return m.applyCompleted(f, at)
	case Withdrawn:
		return m.applyWithdrawn(f, at)
	case Risen:
		return m.applyRisen(f, at)
	case Overdue:
		return m.applyOverdue(f, at)
	case ReviewDue:
		return m.applyReviewDue(f, at)
	case Published:
		return m.applyPublished(f, at, e.Seq)
	case Refused:
		if !f.possible() || !slices.ContainsFunc(Verbs(), func(v Verb) bool { return v.Name == f.Verb }) {
			return "code"
		}
		return ""
	}
	return "fact"
}

// ascending reports whether codes are in order, each once, and possible.
func ascending(codes []Code) bool {
	for i, c := range codes {
		if optional("", c) != nil || c == "" || i > 0 && codes[i-1] >= c {
			return false
		}
	}
	return true
}

// later reports whether an instant of a fact is there and comes after another.
func later(t time.Time, than int64) bool {
	return !t.IsZero() && instant(t) == nil && t.UnixMilli() > than
}
