package rounds

import (
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Apply folds the next entry into the log. It never fails on what Decide and
// Tick answered for this state. It checks what must hold of any entry, whoever
// wrote it: the sequence (ErrGap), the instant (ErrNotMillis, ErrTimeRange,
// ErrTimeBack), the kind (ErrFact), and that the fact fits the state
// (ErrImpossible): ids are new or known, a period is filled at most once and
// never after it has ended, what is due fires first and in order, every
// household missed is named once, tasks add up. On an error the log is
// unchanged. It looks at no rule and no zone: local dates, first periods and
// instants were decided when the entry was written.
func (l *Log) Apply(e Entry) error {
	if e.Seq != l.seq+1 {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("after %d", l.seq), Err: ErrGap}
	}
	ms, err := millis(e.At)
	if err == nil && l.seq > 0 && ms < l.at {
		err = ErrTimeBack
	}
	if err != nil {
		return &Error{Seq: e.Seq, Field: "at", Err: err}
	}
	name := FactName(e.Fact)
	if name == "" {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("%T", e.Fact), Err: ErrFact}
	}
	field := l.applyKey(&e)
	if field == "" {
		field = l.applyDue(e.Fact, ms)
	}
	if field == "" {
		field = l.applyFact(e.Fact, ms)
	}
	if field != "" {
		return &Error{Seq: e.Seq, What: name, Field: field, Err: ErrImpossible}
	}
	l.seq, l.at = e.Seq, ms
	if e.Key != (keyed.Sum{}) {
		if r, ok := e.Fact.(Refused); ok {
			put(&l.refused, e.Seq, Refusal{r.Code, slices.Clone(r.Args)})
		}
		l.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	return nil
}

// applyKey answers the field that is impossible about an entry's envelope, ""
// when none is. It changes nothing.
func (l *Log) applyKey(e *Entry) string {
	if optional("", e.Actor.Person) != nil || optional("", e.Actor.Post) != nil {
		return "actor"
	}
	if e.Key != (keyed.Sum{}) && fires(e.Fact) {
		return "key"
	}
	_, refused := e.Fact.(Refused)
	return l.keys.Misfit(e.Key, e.Sum, refused)
}

// fires reports whether a fact is one of time alone.
func fires(f Fact) bool {
	switch f.(type) {
	case Missed, Closed, NotDebriefed:
		return true
	}
	return false
}

// applyDue answers "at" when something else was to fire first, or a firing is
// not at its instant. It changes nothing.
func (l *Log) applyDue(f Fact, at int64) string {
	if !fires(f) {
		if len(l.queue) > 0 && l.queue[0].at <= at {
			return "at"
		}
		return ""
	}
	if len(l.queue) == 0 || l.queue[0].at != at {
		return "at"
	}
	return ""
}

// applyFact folds a fact and answers "", or answers the field that is
// impossible and changes nothing.
func (l *Log) applyFact(f Fact, at int64) string {
	switch f := f.(type) {
	case Enrolled:
		return l.applyEnrolled(f, at)
	case Reclassed:
		return l.applyReclassed(f, at)
	case Left:
		return l.applyLeft(f, at)
	case Planned:
		return l.applyPlanned(f, at)
	case Amended:
		return l.applyAmended(f, at)
	case Ended:
		return l.applyEnded(f)
	case Formed:
		return l.applyFormed(f)
	case Dissolved:
		return l.applyDissolved(f)
	case Joined:
		return l.applyJoined(f, at)
	case Parted:
		return l.applyParted(f, at)
	case Visited:
		return l.applyVisited(f, at)
	case Missed:
		return l.applyMissed(f)
	case Closed:
		return l.applyClosed(f, at)
	case Briefed:
		return l.applyBriefed(f, at)
	case Reported:
		return l.applyReported(f)
	case Debriefed:
		return l.applyDebriefed(f, at)
	case NotDebriefed:
		return l.applyNotDebriefed(f)
	case Attended:
		return l.applyAttended(f)
	case Refused:
		if !f.possible() || !slices.ContainsFunc(Verbs(), func(v Verb) bool { return v.Name == f.Verb }) {
			return "code"
		}
		return ""
	}
	return "fact"
}
