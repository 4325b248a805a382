package finance

import (
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Apply folds the next entry into the book. It never fails on what Decide
// answered for this state. It checks what must hold of any entry, whoever wrote
// it: the sequence (ErrGap), the instant (ErrNotMillis, ErrTimeRange,
// ErrTimeBack), the kind (ErrFact), and that the fact fits the state
// (ErrImpossible): parts add up, no balance goes below zero, nothing overflows,
// ids are new or known. On an error the book is unchanged. It looks at no rule:
// purposes, years and the choice of parts were decided when the entry was
// written. O(lots).
func (b *Book) Apply(e Entry) error {
	if e.Seq != b.seq+1 {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("after %d", b.seq), Err: ErrGap}
	}
	ms, err := millis(e.At)
	if err == nil && b.seq > 0 && ms < b.at {
		err = &Error{Field: "at", Err: ErrTimeBack}
	}
	if err != nil {
		return &Error{Seq: e.Seq, Err: err}
	}
	name := FactName(e.Fact)
	if name == "" {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("%T", e.Fact), Err: ErrFact}
	}
	field := b.applyKey(&e)
	if field == "" {
		field = b.applyFact(e.Fact, ms)
	}
	if field != "" {
		return &Error{Seq: e.Seq, What: name, Field: field, Err: ErrImpossible}
	}
	b.seq, b.at = e.Seq, ms
	if e.Key != (keyed.Sum{}) {
		if r, ok := e.Fact.(Refused); ok {
			put(&b.refused, e.Seq, Refusal{r.Code, slices.Clone(r.Args)})
		}
		b.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	return nil
}

// applyKey answers the field that is impossible about an entry's envelope, ""
// when none is. It changes nothing.
func (b *Book) applyKey(e *Entry) string {
	if optional("", e.Actor.Person) != nil || optional("", e.Actor.Post) != nil {
		return "actor"
	}
	_, refused := e.Fact.(Refused)
	return b.keys.Misfit(e.Key, e.Sum, refused)
}

// applyFact folds a fact and answers "", or answers the field that is
// impossible and changes nothing.
func (b *Book) applyFact(f Fact, at int64) string {
	switch f := f.(type) {
	case Opened:
		return b.applyOpened(f)
	case Appropriated:
		return b.applyAppropriated(f)
	case Funded:
		return b.applyFunded(f, at)
	case Committed:
		return b.applyCommitted(f, at)
	case Paid:
		return b.applyPaid(f, at)
	case Released:
		return b.applyReleased(f)
	case Settled:
		return b.applySettled(f, at)
	case Asserted:
		return b.applyAsserted(f, at)
	case Refused:
		if !f.possible() || !slices.ContainsFunc(Verbs(), func(v Verb) bool { return v.Name == f.Verb }) {
			return "code"
		}
		return ""
	}
	return "fact"
}
