package council

import (
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Decide answers what c would do at that instant and changes nothing: a dry run
// is free. First come the firings that are due before `at` for what it touches,
// then its own entries. The host journals Outcome.Entries and then gives them to
// Apply.
//
// A malformed command is an error and never recorded, in this order:
// ErrNotMillis, ErrTimeRange, ErrKey, ErrVerb, then the fields of the verb as
// declared. A key that was used before answers the first outcome, or ErrReused
// when the actor or the body differ; at is then not looked at, so a late retry is
// safe. A new command before the last entry is ErrTimeBack; one that would bring
// along more than FiringsMax firings is ErrBehind.
//
// What is well formed but not possible is an Outcome with a Refusal; see the
// constants for the codes and their precedence. The refusal of a keyed command is
// recorded by an entry of its own; an unkeyed one has no entries at all.
//
// O(seats) for the verbs that count heads, O(topics log topics) for Amend,
// Dissolve and Publish, O(log n) otherwise.
func (m *Minutes) Decide(at time.Time, c Command) (Outcome, error) {
	ms, err := millis(at)
	if err != nil {
		return Outcome{}, err
	}
	if err := c.clean(); err != nil {
		return Outcome{}, err
	}
	verb := c.Do.verb()
	var key, sum Sum
	if c.Key != "" {
		key = keyed.Of([]byte(c.Key))
		if sum, err = keyed.OfCommand(verb, c.Actor, c.Do); err != nil {
			return Outcome{}, &Error{What: verb, Err: err}
		}
		slot, seen, err := m.keys.Find(key, sum)
		if err != nil {
			return Outcome{}, &Error{What: verb, Field: "key", Text: c.Key, Err: err}
		}
		if seen {
			return m.replay(slot), nil
		}
	}
	if m.seq > 0 && ms < m.last {
		return Outcome{}, &Error{What: verb, Field: "at", Text: at.UTC().Format(stamp), Err: ErrTimeBack}
	}
	a := attempt{sheet: sheet{m: m}, now: ms, cmd: &c}
	if !a.catchUp() {
		return Outcome{}, &Error{What: verb, Err: ErrBehind}
	}
	facts, refusal := a.judge()
	if refusal != nil {
		if c.Key == "" {
			return Outcome{Refusal: refusal}, nil
		}
		facts = []Fact{Refused{verb, refusal.own()}}
	}
	return a.outcome(facts, refusal, key, sum), nil
}

// outcome writes the entries of a command behind the firings.
func (a *attempt) outcome(facts []Fact, refusal *Refusal, key, sum Sum) Outcome {
	out := Outcome{Seq: a.m.seq + uint64(len(a.entries)) + 1, Refusal: refusal}
	for _, f := range facts {
		a.entries = append(a.entries, Entry{
			Seq: a.m.seq + uint64(len(a.entries)) + 1, At: date(a.now), Key: key, Sum: sum, Actor: a.cmd.Actor, Fact: f,
		})
		key, sum = Sum{}, Sum{}
	}
	out.Entries = a.entries
	return out
}

func (m *Minutes) replay(slot keyed.Slot) Outcome {
	o := Outcome{Seq: slot.Seq, Replayed: true}
	if r, ok := m.refused[slot.Seq]; ok {
		o.Refusal = new(r.own())
	}
	return o
}

// attempt is one command being decided.
type attempt struct {
	sheet
	now int64
	cmd *Command
}

// catchUp emits what is due for what the command touches, and reports whether it
// could. What ends or turns a way of rising touches every topic, and so does a
// bulletin, in which topics from below may have come up.
func (a *attempt) catchUp() bool {
	switch do := a.cmd.Do.(type) {
	case Amend, Dissolve, Publish:
		return !a.fire(a.m.queue.due(a.now), a.now, FiringsMax)
	case Convene:
		return a.catchUpChains(do.Agenda...)
	case Vote:
		return a.catchUpChains(do.Topic)
	case Tally:
		return a.catchUpChains(do.Topic)
	case Resolve:
		return a.catchUpChains(do.Topic)
	case Done:
		return a.catchUpChains(do.Topic)
	case Withdraw:
		return a.catchUpChains(do.Topic)
	case Rise:
		return a.catchUpChains(do.Topic)
	}
	return true
}

// catchUpChains fires the topics of the chains of some ids: what is asked for may
// be what a topic becomes by rising now.
func (a *attempt) catchUpChains(ids ...Code) bool {
	var due []*topic
	for _, id := range ids {
		t := a.m.topics[rootOf(id)]
		for t != nil && t.above != "" {
			t = a.m.topics[t.above]
		}
		if t != nil && t.armed != none && t.armed+fireAfter <= a.now {
			due = append(due, t)
		}
	}
	return !a.fire(due, a.now, FiringsMax)
}

// judge answers the facts of a well-formed command, or why it is refused.
func (a *attempt) judge() ([]Fact, *Refusal) {
	switch do := a.cmd.Do.(type) {
	case Found:
		return one(a.found(do))
	case Amend:
		return one(a.amend(do))
	case Dissolve:
		return one(a.dissolve(do))
	case Seat:
		return one(a.seat(do))
	case Unseat:
		return one(a.unseat(do))
	case Convene:
		return one(a.convene(do))
	case Open:
		return one(a.open(do))
	case Attend:
		return one(a.attend(do))
	case Close:
		return a.close(do)
	case Raise:
		return one(a.raise(do))
	case Vote:
		return one(a.vote(do))
	case Tally:
		return one(a.tally(do))
	case Resolve:
		return one(a.resolve(do))
	case Done:
		return one(a.done(do))
	case Withdraw:
		return one(a.withdraw(do))
	case Rise:
		return one(a.rise(do))
	case Publish:
		return one(a.publish(do))
	}
	return nil, nil
}

func one(f Fact, r *Refusal) ([]Fact, *Refusal) { return []Fact{f}, r }
