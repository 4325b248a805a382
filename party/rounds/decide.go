package rounds

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// FiringsMax bounds the firings that one command may bring along. A Log that is
// ticked at all never comes near it.
const FiringsMax = 65_536

// Decide answers what c would do at that instant and changes nothing: a dry run
// is free. First come the firings of everything due at or before `at`, as Tick
// would give them, then the entry of the command. The host journals
// Outcome.Entries and then gives them to Apply.
//
// A malformed command is an error and never recorded, in this order:
// ErrNotMillis, ErrTimeRange, ErrKey, ErrVerb, then the fields of the verb as
// declared. A key that was used before answers the first outcome, or ErrReused
// when the actor or the body differ; at is then not looked at, so a late retry
// is safe. A new command before the last entry is ErrTimeBack. Report and
// Debrief are the only verbs that do without a zone; ErrZone for the others, and
// when the end of a period is due. ErrBehind when more than FiringsMax firings
// are due.
//
// What is well formed but not possible is an Outcome with a Refusal; see the
// constants for the codes and their precedence. The refusal of a keyed command
// is recorded by an entry of its own, an unkeyed one leads to no entries at all.
//
// O(plans of the household) for Visit and Enrol; O(records of the person) for
// Attend; O(households) when a period is closed.
func (l *Log) Decide(at time.Time, c Command) (Outcome, error) {
	ms, err := millis(at)
	if err != nil {
		return Outcome{}, &Error{Field: "at", Err: err}
	}
	if err := c.well(); err != nil {
		return Outcome{}, err
	}
	var key, sum keyed.Sum
	if c.Key != "" {
		key = keyed.Of([]byte(c.Key))
		if sum, err = keyed.OfCommand(c.Do.verb(), c.Actor, c.Do); err != nil {
			return Outcome{}, &Error{What: c.Do.verb(), Field: "do", Err: err}
		}
		slot, seen, err := l.keys.Find(key, sum)
		if err != nil {
			return Outcome{}, &Error{What: c.Do.verb(), Field: "key", Text: c.Key, Err: err}
		}
		if seen {
			return l.replay(slot), nil
		}
	}
	if err := l.ready(ms, c.Do); err != nil {
		return Outcome{}, &Error{What: c.Do.verb(), Field: "at", Text: at.UTC().Format(stamp), Err: err}
	}
	entries, more, err := l.firings(ms, FiringsMax)
	if err == nil && more {
		err = ErrBehind
	}
	if err != nil {
		return Outcome{}, &Error{What: c.Do.verb(), Err: err}
	}
	fact, refusal := l.judge(ms, &c)
	if refusal != nil {
		if c.Key == "" {
			return Outcome{Refusal: refusal}, nil
		}
		fact = Refused{c.Do.verb(), *refusal}
	}
	own := Entry{Seq: l.seq + uint64(len(entries)) + 1, At: time.UnixMilli(ms).UTC(), Key: key, Sum: sum, Actor: c.Actor, Fact: fact}
	return Outcome{Seq: own.Seq, Entries: append(entries, own), Refusal: refusal}, nil
}

// ready says why do cannot be decided at an instant at all.
func (l *Log) ready(ms int64, do Do) error {
	if l.seq > 0 && ms < l.at {
		return ErrTimeBack
	}
	switch do.(type) {
	case Report, Debrief:
		return nil
	}
	if l.zone == nil {
		return ErrZone
	}
	if !DateOf(time.UnixMilli(ms).In(l.zone)).valid() || !(dateOf(ms, l.zone) + 1).valid() {
		return ErrTimeRange // what begins tomorrow would have no date
	}
	return nil
}

func (l *Log) replay(slot keyed.Slot) Outcome {
	o := Outcome{Seq: slot.Seq, Replayed: true}
	if r, ok := l.refused[slot.Seq]; ok {
		o.Refusal = refuse(r.Code, slices.Clone(r.Args)...)
	}
	return o
}

// judge answers the fact of a well-formed command, or why it is refused. That
// the actor has no right goes before everything but what is not there or there
// already. What is due before now counts as fired, by its dates and instants.
func (l *Log) judge(now int64, c *Command) (Fact, *Refusal) {
	j := judgement{Log: l, now: now, expect: c.Expect}
	if l.zone != nil {
		j.today = dateOf(now, l.zone)
	}
	fact, refusal := j.do(c.Do)
	if refusal != nil && refusals.Order(refusal.Code) < refusals.Order(NoRight) {
		return nil, refusal
	}
	if denied := l.deny(time.UnixMilli(now).UTC(), c); denied != nil {
		return nil, denied
	}
	return fact, refusal
}

// judgement is one command being judged. It changes nothing.
type judgement struct {
	*Log
	now    int64
	today  Date
	expect uint64
}

func (j *judgement) do(do Do) (Fact, *Refusal) {
	switch do := do.(type) {
	case Enrol:
		return j.enrol(do)
	case Reclass:
		return j.reclass(do)
	case Leave:
		return j.leave(do)
	case Plan:
		return j.plan(do)
	case Amend:
		return j.amend(do)
	case End:
		return j.end(do)
	case Form:
		return j.form(do)
	case Dissolve:
		return j.dissolve(do)
	case Join:
		return j.join(do)
	case Quit:
		return j.quit(do)
	case Visit:
		return j.visit(do)
	case Brief:
		return j.brief(do)
	case Report:
		return j.report(do)
	case Debrief:
		return j.debrief(do)
	case Attend:
		return j.attend(do)
	}
	return nil, nil
}

// stale refuses a command that expects another version of what it touches.
func (j *judgement) stale(what Code, version uint64) *Refusal {
	if j.expect == 0 || j.expect == version {
		return nil
	}
	return refuse(Stale, string(what), strconv.FormatUint(version, 10), strconv.FormatUint(j.expect, 10))
}
