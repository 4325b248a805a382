package street

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// The faults of a command, in precedence. A command at fault is never recorded.
var (
	ErrNothing  = errors.New("command names nothing to do")
	ErrActor    = errors.New("actor has a bad code")
	ErrTimeBack = errors.New("instant lies before the last one")
)

// Entry is one recorded fact of one machine, or of the street itself when a
// command was refused. Exactly one of Desk, Book, Council, Rounds and Refused is set. Seq counts
// from 1 without a gap. The first entry of a keyed command carries the digests
// of its key and of its body.
type Entry struct {
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	Key     keyed.Sum       `json:"key,omitzero"`
	Sum     keyed.Sum       `json:"sum,omitzero"`
	Desk    *dispatch.Entry `json:"desk,omitempty"`
	Book    *finance.Entry  `json:"book,omitempty"`
	Council *council.Entry  `json:"council,omitempty"`
	Rounds  *rounds.Entry   `json:"rounds,omitempty"`
	Refused *Refusal        `json:"refused,omitempty"`
}

// Refusal is why a well-formed command was not carried out, by the machine that
// refused it. It is an answer, not an error; nothing of the command happened.
type Refusal struct {
	By   Machine  `json:"by"`
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Text is the refusal in words; lang is "zh" or "en".
func (r Refusal) Text(lang string) string {
	switch r.By {
	case DeskMachine:
		return dispatch.Refusal{Code: r.Code, Args: r.Args}.Text(lang)
	case BookMachine:
		return finance.Refusal{Code: r.Code, Args: r.Args}.Text(lang)
	case CouncilMachine:
		return council.Refusal{Code: r.Code, Args: r.Args}.Text(lang)
	case RoundsMachine:
		return rounds.Refusal{Code: r.Code, Args: r.Args}.Text(lang)
	}
	return catalog.Text(lang, r.Code, r.Args...)
}

// StreetMachine is By of a refusal that no single machine could see.
const StreetMachine Machine = "street"

// The refusals of the street itself, in precedence, before any machine is asked.
const (
	RefusedUnfunded   = "unfunded"   // mandate, amount: admitted work that costs money carries its funding
	RefusedUnadmitted = "unadmitted" // mandate: money only moves for an admitted matter
	RefusedMismatch   = "mismatch"   // mandate, admitted amount, funded amount
)

// machine runs the machines of a street as one (journal.Machine): a command is
// decided by every machine that it names, and only if none refuses do their
// entries become one record.
type machine struct {
	desk    *dispatch.Desk
	book    *finance.Book
	council *council.Minutes
	rounds  *rounds.Log
	parts   []part // in the order in which they decide and are hashed
	seq     uint64
	last    time.Time
	keys    keyed.Index
	repeats *repeats      // nil when no matter is compared
	gone    map[Code]past // cases that have left the Desk's memory
}

func newMachine(zone *time.Location, known ...dispatch.Setup) *machine {
	var who *party.Directory
	for _, setup := range known {
		who = setup.Directory
	}
	m := &machine{desk: dispatch.NewDesk(known...), book: finance.NewBook(), council: council.NewMinutes(who), rounds: rounds.NewLog(zone, who), gone: map[Code]past{}}
	m.book.Under(who)
	m.parts = []part{deskPart{m.desk}, bookPart{m.book}, councilPart{m.council}, roundsPart{m.rounds}}
	return m
}

// Decide answers what c would change at the instant at and changes nothing.
func (m *machine) Decide(at time.Time, c Command) (journal.Outcome[Entry], error) {
	var out journal.Outcome[Entry]
	if err := c.check(); err != nil {
		return out, err
	}
	if at.Before(m.last) {
		return out, ErrTimeBack
	}
	key, body, err := c.sums()
	if err != nil {
		return out, err
	}
	if c.Key != "" {
		slot, seen, err := m.keys.Find(key, body)
		if err != nil {
			return out, err
		}
		if seen {
			return journal.Outcome[Entry]{Seq: slot.Seq, Replayed: true}, nil
		}
	}
	entries, refusal, err := m.decide(at, c)
	if err != nil {
		return out, err
	}
	if refusal != nil {
		out.Refusal = refusal
		if c.Key == "" {
			return out, nil // nothing to remember it by
		}
		entries = []Entry{{Refused: refusal}}
	}
	out.Seq, out.Entries = m.seq+1, m.number(at, entries)
	if len(out.Entries) > 0 {
		out.Entries[0].Key, out.Entries[0].Sum = key, body
	}
	return out, nil
}

// Tick answers what is due at the instant at and changes nothing.
func (m *machine) Tick(at time.Time) (journal.Outcome[Entry], error) {
	var entries []Entry
	for _, p := range m.parts {
		list, err := p.tick(at)
		if err != nil {
			return journal.Outcome[Entry]{}, err
		}
		entries = append(entries, list...)
	}
	return journal.Outcome[Entry]{Seq: m.seq + 1, Entries: m.number(at, entries)}, nil
}

// number gives entries their places in the sequence.
func (m *machine) number(at time.Time, entries []Entry) []Entry {
	for i := range entries {
		entries[i].Seq, entries[i].At = m.seq+1+uint64(i), at.UTC()
	}
	return entries
}

// decide asks every machine that c names. The first refusal refuses the whole.
func (m *machine) decide(at time.Time, c Command) ([]Entry, *Refusal, error) {
	if refusal := judge(c); refusal != nil {
		return nil, refusal, nil
	}
	var entries []Entry
	if list, attached, err := m.attach(at, c); attached || err != nil {
		return list, nil, err
	}
	for _, p := range m.parts {
		list, refusal, err := p.decide(at, c)
		if err != nil || refusal != nil {
			return nil, refusal, err
		}
		entries = append(entries, list...)
	}
	return entries, nil, nil
}

// judge holds what binds the machines together: an admitted mandate that costs
// money is funded in the same record, for the same community, by the same
// approver, with the same amount; and money is earmarked in no other way.
func judge(c Command) *Refusal {
	admit, admits := c.Desk.(dispatch.Admit)
	fund, funds := c.Book.(finance.Fund)
	refuse := func(code string, args ...string) *Refusal { return &Refusal{StreetMachine, code, args} }
	switch {
	case admits && !funds && admit.Mandate.Amount > 0:
		return refuse(RefusedUnfunded, string(admit.Mandate.ID), finance.Fen(admit.Mandate.Amount).String())
	case admits && funds:
		total, err := sum(fund.Shares)
		m := admit.Mandate
		if err != nil || fund.Mandate != m.ID || int64(total) != m.Amount || fund.Community != m.Community || fund.Approver != m.Approver {
			return refuse(RefusedMismatch, string(admit.Mandate.ID), finance.Fen(admit.Mandate.Amount).String(), total.String())
		}
	case funds:
		return refuse(RefusedUnadmitted, string(fund.Mandate))
	}
	return nil
}

func sum(shares []finance.Share) (finance.Fen, error) {
	var total finance.Fen
	for _, s := range shares {
		var err error
		if total, err = total.Add(s.Amount); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// Apply folds one entry. It fails, and changes nothing, on an entry that does
// not come next or belongs to no machine.
func (m *machine) Apply(e Entry) error {
	if e.Seq != m.seq+1 {
		return fmt.Errorf("%w: entry %d after %d", ErrEntry, e.Seq, m.seq)
	}
	if e.kinds() != 1 {
		return fmt.Errorf("%w: entry %d", ErrEntry, e.Seq)
	}
	left, leaves := m.leave(e.Desk)
	for _, p := range m.parts {
		if own, err := p.apply(e); own && err != nil {
			return err
		}
	}
	if leaves {
		m.gone[left.id] = left
	}
	if (e.Key != keyed.Sum{}) {
		m.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	if e.Desk != nil {
		m.repeats.see(e.Desk, m.desk)
	}
	m.seq = e.Seq
	if e.At.After(m.last) {
		m.last = e.At
	}
	return nil
}

// NextDue is the first instant at which Tick acts.
func (m *machine) NextDue() (first time.Time, ok bool) {
	for _, p := range m.parts {
		if due, has := p.nextDue(); has && (!ok || due.Before(first)) {
			first, ok = due, true
		}
	}
	return first, ok
}

// Seq is the number of the last entry.
func (m *machine) Seq() uint64 { return m.seq }

// Last is the latest instant of an entry.
func (m *machine) Last() time.Time { return m.last }

// ErrEntry marks an entry that does not come next or belongs to no machine.
var ErrEntry = errors.New("entry does not belong here")

// hash is the digest of the state of every machine.
func (m *machine) hash() keyed.Sum {
	h := sha256.New()
	for _, p := range m.parts {
		sum := p.hash()
		h.Write(sum[:])
	}
	return keyed.Sum(h.Sum(nil))
}

// kinds is of how many machines, or refusals, an entry is; one, unless it is broken.
func (e Entry) kinds() int {
	n := 0
	for _, has := range []bool{e.Desk != nil, e.Book != nil, e.Council != nil, e.Rounds != nil, e.Refused != nil} {
		if has {
			n++
		}
	}
	return n
}
