package finance

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Decide answers what c would do at that instant and changes nothing: a dry run
// is free. The host journals Outcome.Entries and then gives them to Apply.
//
// A malformed command is an error and never recorded, in this order:
// ErrNotMillis, ErrTimeRange, ErrKey, ErrVerb, then the fields of the verb as
// declared (ErrCode, ErrText, ErrYear, ErrSource, ErrAmount, ErrShares,
// ErrTwice, ErrSubject). A key that was used before answers the first outcome,
// or ErrReused when the actor or the body differ; at is then not looked at, so
// a late retry is safe. A new command before the last entry is ErrTimeBack.
//
// What is well formed but not possible is an Outcome with a Refusal; see the
// constants for the codes and their precedence. The refusal of a keyed command
// is recorded by an entry of its own.
//
// O(lots log lots) for the money verbs; Settle also visits the mandate's
// commitments.
func (b *Book) Decide(at time.Time, c Command) (Outcome, error) {
	ms, err := millis(at)
	if err != nil {
		return Outcome{}, err
	}
	if err := c.well(); err != nil {
		return Outcome{}, err
	}
	var key, sum keyed.Sum
	if c.Key != "" {
		key, sum = keyed.Of([]byte(c.Key)), c.bodySum()
		slot, seen, err := b.keys.Find(key, sum)
		if err != nil {
			return Outcome{}, &Error{What: c.Do.verb(), Field: "key", Text: c.Key, Err: err}
		}
		if seen {
			return b.replay(slot), nil
		}
	}
	if b.seq > 0 && ms < b.at {
		return Outcome{}, &Error{What: c.Do.verb(), Field: "at", Text: at.UTC().Format(stamp), Err: ErrTimeBack}
	}
	facts, refusal := b.judge(at, &c)
	if refusal != nil {
		if c.Key == "" {
			return Outcome{Refusal: refusal}, nil
		}
		facts = verdict{last: Refused{c.Do.verb(), *refusal}}
	}
	return b.outcome(facts, refusal, Entry{Seq: b.seq + 1, At: time.UnixMilli(ms).UTC(), Key: key, Sum: sum, Actor: c.Actor}), nil
}

// verdict is the facts of a command carried out: releases, only when Settle
// asks for them, then the command's own.
type verdict struct {
	releases []Fact
	last     Fact
}

// outcome writes the entries of a verdict, the first one after head.
func (b *Book) outcome(v verdict, r *Refusal, head Entry) Outcome {
	entries := make([]Entry, 0, len(v.releases)+1)
	for _, f := range v.releases {
		head.Fact = f
		entries = append(entries, head)
		head.Seq++
		head.Key, head.Sum = keyed.Sum{}, keyed.Sum{}
	}
	head.Fact = v.last
	entries = append(entries, head)
	return Outcome{Seq: entries[0].Seq, Entries: entries, Refusal: r}
}

func (b *Book) replay(slot keyed.Slot) Outcome {
	o := Outcome{Seq: slot.Seq, Replayed: true}
	if r, ok := b.refused[slot.Seq]; ok {
		o.Refusal = refuse(r.Code, slices.Clone(r.Args)...)
	}
	return o
}
