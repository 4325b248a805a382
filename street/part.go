package street

import (
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// part is one machine of the street. Parts share no state, so what one decides
// never depends on what another one of the same command decided.
type part interface {
	// decide answers the entries that the part's own half of c leads to, or its
	// refusal; neither when c names nothing for it.
	decide(at time.Time, c Command) ([]Entry, *Refusal, error)
	tick(at time.Time) ([]Entry, error)
	nextDue() (time.Time, bool)
	// apply folds the entry when it is the part's own.
	apply(e Entry) (own bool, err error)
	hash() keyed.Sum
}

type deskPart struct{ *dispatch.Desk }

func (p deskPart) decide(at time.Time, c Command) ([]Entry, *Refusal, error) {
	if c.Desk == nil {
		return nil, nil, nil
	}
	out, err := p.Decide(at, dispatch.Command{Actor: dispatch.Actor(c.Actor), Expect: c.expect(DeskMachine), Do: c.Desk})
	if err != nil {
		return nil, nil, err
	}
	if r := out.Refusal; r != nil {
		return nil, &Refusal{By: DeskMachine, Code: r.Code, Args: r.Args}, nil
	}
	return deskEntries(out.Entries), nil, nil
}

func (p deskPart) tick(at time.Time) ([]Entry, error) {
	out, err := p.Tick(at)
	return deskEntries(out.Entries), err
}

func deskEntries(list []dispatch.Entry) []Entry {
	entries := make([]Entry, len(list))
	for i := range list {
		entries[i].Desk = &list[i]
	}
	return entries
}

func (p deskPart) nextDue() (time.Time, bool) { return p.NextDue() }

func (p deskPart) apply(e Entry) (bool, error) {
	if e.Desk == nil {
		return false, nil
	}
	return true, p.Apply(*e.Desk)
}

func (p deskPart) hash() keyed.Sum { return keyed.Sum(p.Hash()) }

type bookPart struct{ *finance.Book }

func (p bookPart) decide(at time.Time, c Command) ([]Entry, *Refusal, error) {
	if c.Book == nil {
		return nil, nil, nil
	}
	out, err := p.Decide(at, finance.Command{Actor: finance.Actor(c.Actor), Expect: c.expect(BookMachine), Do: c.Book})
	if err != nil {
		return nil, nil, err
	}
	if r := out.Refusal; r != nil {
		return nil, &Refusal{By: BookMachine, Code: r.Code, Args: r.Args}, nil
	}
	entries := make([]Entry, len(out.Entries))
	for i := range out.Entries {
		entries[i].Book = &out.Entries[i]
	}
	return entries, nil, nil
}

func (bookPart) tick(time.Time) ([]Entry, error) { return nil, nil }

func (bookPart) nextDue() (time.Time, bool) { return time.Time{}, false }

func (p bookPart) apply(e Entry) (bool, error) {
	if e.Book == nil {
		return false, nil
	}
	return true, p.Apply(*e.Book)
}

func (p bookPart) hash() keyed.Sum { return p.Hash() }

type councilPart struct{ *council.Minutes }

func (p councilPart) decide(at time.Time, c Command) ([]Entry, *Refusal, error) {
	if c.Council == nil {
		return nil, nil, nil
	}
	out, err := p.Decide(at, council.Command{Actor: council.Actor(c.Actor), Expect: c.expect(CouncilMachine), Do: c.Council})
	if err != nil {
		return nil, nil, err
	}
	if r := out.Refusal; r != nil {
		return nil, &Refusal{By: CouncilMachine, Code: r.Code, Args: r.Args}, nil
	}
	return councilEntries(out.Entries), nil, nil
}

func (p councilPart) tick(at time.Time) ([]Entry, error) {
	out, err := p.Tick(at)
	return councilEntries(out.Entries), err
}

func councilEntries(list []council.Entry) []Entry {
	entries := make([]Entry, len(list))
	for i := range list {
		entries[i].Council = &list[i]
	}
	return entries
}

func (p councilPart) nextDue() (time.Time, bool) { return p.NextDue() }

func (p councilPart) apply(e Entry) (bool, error) {
	if e.Council == nil {
		return false, nil
	}
	return true, p.Apply(*e.Council)
}

func (p councilPart) hash() keyed.Sum { return p.Hash() }

type roundsPart struct{ *rounds.Log }

func (p roundsPart) decide(at time.Time, c Command) ([]Entry, *Refusal, error) {
	if c.Rounds == nil {
		return nil, nil, nil
	}
	out, err := p.Decide(at, rounds.Command{Actor: rounds.Actor(c.Actor), Expect: c.expect(RoundsMachine), Do: c.Rounds})
	if err != nil {
		return nil, nil, err
	}
	if r := out.Refusal; r != nil {
		return nil, &Refusal{By: RoundsMachine, Code: r.Code, Args: r.Args}, nil
	}
	return roundsEntries(out.Entries), nil, nil
}

func (p roundsPart) tick(at time.Time) ([]Entry, error) {
	out, err := p.Tick(at)
	return roundsEntries(out.Entries), err
}

func roundsEntries(list []rounds.Entry) []Entry {
	entries := make([]Entry, len(list))
	for i := range list {
		entries[i].Rounds = &list[i]
	}
	return entries
}

func (p roundsPart) nextDue() (time.Time, bool) { return p.NextDue() }

func (p roundsPart) apply(e Entry) (bool, error) {
	if e.Rounds == nil {
		return false, nil
	}
	return true, p.Apply(*e.Rounds)
}

func (p roundsPart) hash() keyed.Sum { return p.Hash() }
