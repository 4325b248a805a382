package dispatch

import (
	"fmt"
	"iter"
	"slices"
	"time"
)

// Span is how long one party held a case in one state (倒查): [From, Until). Clocks
// are those that ran, Paused those that stood still.
type Span struct {
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	Party  Code      `json:"party"`
	State  State     `json:"state"`
	Clocks []Clock   `json:"clocks,omitempty"`
	Paused []Clock   `json:"paused,omitempty"`
	Late   bool      `json:"late,omitzero"`    // something expected then had run out
	People []Code    `json:"people,omitempty"` // whom the party had sent
}

// Length is the time on a wall clock.
func (s Span) Length() time.Duration { return s.Until.Sub(s.From) }

// Account is the accountability of one case: who held it for how long.
type Account struct {
	Case  Code
	Spans []Span // without gap or overlap but for Idle, from filing to the end or to now; neighbours differ in more than their time
	Idle  []Span // held by nobody here: between an end and a reopening or a splitting, and before an import or an imported end
}

// Held is the time that each party held the case, on a wall clock. The sum over the
// parties and Idle is the time from filing to the end, or to now.
func (a Account) Held() map[Code]time.Duration {
	held := map[Code]time.Duration{}
	for _, s := range a.Spans {
		held[s.Party] += s.Length()
	}
	return held
}

// Had is the time that each person was sent to the case, on a wall clock, without that
// in which the duty desk verified, closed or dispatched. Of several each has all of it.
func (a Account) Had() map[Code]time.Duration {
	had := map[Code]time.Duration{}
	for _, s := range a.Spans {
		for _, p := range s.People {
			had[p] += s.Length()
		}
	}
	return had
}

// Step is one fact of a case and how the case stood after it.
type Step struct {
	Entry   Entry
	State   State
	Answers Answering
}

// Trace yields the facts of one case among entries in order, which must begin at
// the first entry of the desk: only then is it known who the duty desk was. It
// stops with ErrEntry at a fact that cannot be. O(entries).
func Trace(id Code, entries iter.Seq[Entry]) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		for t, err := range retrace(id, entries) {
			if err != nil {
				yield(Step{}, err)
				return
			}
			step := Step{Entry: *t.entry, State: t.c.state}
			if t.c.state.Open() {
				step.Answers = Answering{Party: t.c.answerable(t.desk), Interim: t.c.interim}
			}
			if t.own && !yield(step, nil) {
				return
			}
		}
	}
}

// retraced is a case after one entry; own tells that the entry is its own, and not
// one that changed the duty desk.
type retraced struct {
	c     *caseState
	desk  Code
	entry *Entry
	own   bool
}

// retrace folds the entries of one case. It yields after each that touches it, or
// that may change who answers for it.
func retrace(id Code, entries iter.Seq[Entry]) iter.Seq2[retraced, error] {
	return func(yield func(retraced, error) bool) {
		var c caseState
		desk := Code("")
		for e := range entries {
			if f, ok := e.Fact.(SetupInstalled); ok {
				desk = f.Desk
				if c.state != "" && !yield(retraced{&c, desk, &e, false}, nil) {
					return
				}
				continue
			}
			if e.Case != id || id == "" {
				continue
			}
			if _, filing := opens(e.Fact); filing == (c.state != "") {
				yield(retraced{}, &DeskError{Verb: FactName(e.Fact), Case: id, Seq: e.Seq, Err: ErrEntry})
				return
			}
			if _, refused := e.Fact.(Refused); refused {
				continue
			}
			if err := c.fold(&e, nil); err != nil {
				yield(retraced{}, &DeskError{Verb: FactName(e.Fact), Case: id, Seq: e.Seq, Err: err})
				return
			}
			if !yield(retraced{&c, desk, &e, true}, nil) {
				return
			}
		}
	}
}

// Accountability tells who held a case for how long, from entries as Trace wants
// them, until the end of the case or `now`. A case that was not filed is an
// *DeskError with ErrEntry. O(entries).
func Accountability(id Code, entries iter.Seq[Entry], now time.Time) (Account, error) {
	a := Account{Case: id}
	var open *Span
	for t, err := range retrace(id, entries) {
		if err != nil {
			return Account{}, err
		}
		at := t.entry.At.UTC()
		if at.After(now) {
			break
		}
		next := t.span(at)
		switch {
		case open == nil && t.c.filedAt.time().Before(at):
			if t.c.closedAt != 0 {
				at = t.c.closedAt.time() // it was brought after its end
				next.From = at
			}
			a.Idle = append(a.Idle, Span{From: t.c.filedAt.time(), Until: at}) // with another system
		case open != nil && !open.State.Open() && !next.State.Open():
			continue // the end was before
		}
		a.cut(open, at)
		open = &next
	}
	if open == nil {
		return Account{}, &DeskError{Verb: "accountability", Case: id, Err: fmt.Errorf("%w: the case was not filed", ErrEntry)}
	}
	if open.State.Open() {
		a.cut(open, now.UTC())
	}
	return a, nil
}

// cut ends a span at an instant and keeps it when it lasted, as part of the one
// before when nothing else changed.
func (a *Account) cut(open *Span, at time.Time) {
	if open == nil || !at.After(open.From) {
		return
	}
	open.Until = at
	if !open.State.Open() {
		a.Idle = append(a.Idle, *open)
		return
	}
	if n := len(a.Spans); n > 0 && a.Spans[n-1].goesOn(open) {
		a.Spans[n-1].Until = at
		return
	}
	a.Spans = append(a.Spans, *open)
}

// goesOn reports whether the next span begins where this one ends and differs in
// nothing but its time.
func (s *Span) goesOn(next *Span) bool {
	return s.Until.Equal(next.From) && s.Party == next.Party && s.State == next.State && s.Late == next.Late &&
		slices.Equal(s.Clocks, next.Clocks) && slices.Equal(s.Paused, next.Paused) && slices.Equal(s.People, next.People)
}

// span is what the case is from an instant on.
func (t retraced) span(at time.Time) Span {
	s := Span{From: at, State: t.c.state, Late: t.c.overdue()}
	if !t.c.state.Open() {
		return s
	}
	s.Party = t.c.answerable(t.desk)
	for _, clock := range t.c.clocks() {
		if t.c.due(clock) != 0 {
			s.Clocks = append(s.Clocks, clock)
		}
	}
	for _, p := range t.c.also().sent {
		if t.c.state.withLead() { // the desk that looks at the work did not send them
			s.People = append(s.People, p.Person)
		}
	}
	for _, p := range t.c.held {
		s.Paused = append(s.Paused, p.Clock)
	}
	return s
}
