package points

import (
	"cmp"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Decide answers what c would do at that instant and changes nothing: a dry run is
// free. The host journals Outcome.Entries and then gives them to Apply.
//
// A malformed command is an error and never recorded, in this order: ErrNotMillis,
// ErrTimeRange, ErrKey, ErrVerb, then the fields of the verb as declared. A key that
// was used before answers the first outcome, or ErrReused when the actor or the body
// differ; at is then not looked at, so a late retry is safe. A new command before
// the last entry is ErrTimeBack.
//
// What is well formed but not possible is an Outcome with a Refusal; see the
// constants for the codes and their precedence. That a cap leaves no room refuses
// nothing: the mark is recorded with nothing given. The refusal of a keyed command
// is recorded by an entry of its own; an unkeyed one has no entries at all.
//
// O(plans + log items); Reverse visits the marks of the account, Adopt the years.
func (m *Marks) Decide(at time.Time, c Command) (Outcome, error) {
	ms, err := millis(at)
	if err != nil {
		return Outcome{}, err
	}
	if err := c.clean(); err != nil {
		return Outcome{}, err
	}
	verb := c.Do.verb()
	var key, sum keyed.Sum
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
		return Outcome{}, &Error{What: verb, Field: "at", Text: at.UTC().Format(envelope.Stamp), Err: ErrTimeBack}
	}
	fact, refusal := m.judge(ms, &c)
	if refusal != nil {
		if c.Key == "" {
			return Outcome{Refusal: refusal}, nil
		}
		fact = Refused{verb, refusal.own()}
	}
	e := Entry{Seq: m.seq + 1, At: time.UnixMilli(ms).UTC(), Key: key, Sum: sum, Actor: c.Actor, Fact: fact}
	return Outcome{Seq: e.Seq, Entries: []Entry{e}, Refusal: refusal}, nil
}

func (m *Marks) replay(slot keyed.Slot) Outcome {
	o := Outcome{Seq: slot.Seq, Replayed: true}
	if r, ok := m.refused[slot.Seq]; ok {
		o.Refusal = new(r.own())
	}
	return o
}

// judge answers the fact of a well-formed command, or why it is refused.
func (m *Marks) judge(at int64, c *Command) (Fact, *Refusal) {
	switch do := c.Do.(type) {
	case Adopt:
		return m.judgeAdopt(at, c, do)
	case Award:
		return m.judgeMark(at, c, do, false)
	case Deduct:
		return m.judgeMark(at, c, Award(do), true)
	case Reverse:
		return m.judgeReverse(at, c, do)
	}
	return nil, nil
}

// deny refuses an actor without the right over a scope.
func (m *Marks) deny(at int64, who Actor, scope Code) *Refusal {
	if m.authority == nil || who == (Actor{}) || m.authority.Allows(who.Person, who.Post, RightAssess, scope, time.UnixMilli(at).UTC()) {
		return nil
	}
	return refuse(NoRight, string(cmp.Or(who.Person, who.Post)), RightAssess, string(scope))
}

func stale(what Code, version, expect uint64) *Refusal {
	if expect == 0 || expect == version {
		return nil
	}
	return refuse(Stale, string(what), strconv.FormatUint(version, 10), strconv.FormatUint(expect, 10))
}

func (m *Marks) judgeAdopt(at int64, c *Command, do Adopt) (Fact, *Refusal) {
	old := m.plan(do.Year, at)
	if old != nil {
		if denied := m.deny(at, c.Actor, old.Scope); denied != nil {
			return nil, denied
		}
	}
	if denied := m.deny(at, c.Actor, do.Plan.Scope); denied != nil {
		return nil, denied
	}
	if r := stale("plan", uint64(len(m.adoptions)), c.Expect); r != nil {
		return nil, r
	}
	plan := do.Plan.own()
	switch {
	case m.inUse(do.Year) && !(old != nil && plan.extends(old)):
		return nil, refuse(InUse, strconv.Itoa(do.Year))
	case len(m.adoptions) >= AdoptionsMax:
		return nil, refuse(TooMany, "plan", strconv.Itoa(AdoptionsMax))
	}
	return Adopted{do.Year, plan}, nil
}

func (m *Marks) judgeMark(at int64, c *Command, do Award, deducts bool) (Fact, *Refusal) {
	today := m.date(at)
	if do.On.IsZero() {
		do.On = today
	}
	year := strconv.Itoa(do.On.Year)
	plan := m.plan(do.On.Year, at)
	switch {
	case m.marks[do.Award] != nil:
		return nil, refuse(AwardExists, string(do.Award))
	case plan == nil:
		return nil, refuse(NoPlan, year)
	}
	item, ok := plan.item(do.Item)
	if !ok {
		return nil, refuse(NoItem, string(do.Item), year)
	}
	if denied := m.deny(at, c.Actor, plan.Scope); denied != nil {
		return nil, denied
	}
	account := m.accounts[accountKey{do.Subject, do.On.Year}]
	version, count := uint64(0), 0
	if account != nil {
		version, count = account.version, len(account.marks)
	}
	if r := stale(do.Subject, version, c.Expect); r != nil {
		return nil, r
	}
	switch {
	case item.Points < 0 != deducts:
		return nil, refuse(WrongSign, string(do.Item), item.Points.String(), c.Do.verb())
	case do.On.Compare(today) > 0:
		return nil, refuse(Future, do.On.String(), today.String())
	case count >= MarksMax:
		return nil, refuse(TooMany, string(do.Subject), strconv.Itoa(MarksMax))
	}
	f := Awarded{Award: do.Award, Subject: do.Subject, Item: do.Item, On: do.On, Times: max(1, do.Times), Basis: do.Basis}
	f.Asked = item.Points * Points(f.Times)
	room, cut, size := account.room(plan, item, bucket{do.Item, item.Period.first(do.On)})
	f.Given = signed(min(room, amount(f.Asked)), deducts)
	if f.Given != f.Asked {
		f.Cut, f.Cap = cut, size
	}
	if deducts {
		return Deducted(f), nil
	}
	return f, nil
}

func (m *Marks) judgeReverse(at int64, c *Command, do Reverse) (Fact, *Refusal) {
	mark := m.marks[do.Award]
	if mark == nil {
		return nil, refuse(NoAward, string(do.Award))
	}
	plan := m.plan(mark.On.Year, at)
	if denied := m.deny(at, c.Actor, plan.Scope); denied != nil {
		return nil, denied
	}
	if r := stale(mark.Subject, mark.account.version, c.Expect); r != nil {
		return nil, r
	}
	if mark.reversed {
		return nil, refuse(Gone, string(do.Award))
	}
	return Reversed{do.Award, mark.Subject, mark.On.Year, do.Reason, signed(-mark.given, mark.deducts), mark.account.refills(plan, mark)}, nil
}
