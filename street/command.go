package street

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// Actor is who gives a command. The zero Actor is the host itself.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command names what each machine is to do. All of it happens in one record or
// none of it does: a refusal by one machine is a refusal of the command.
type Command struct {
	Key     string // makes a retry safe; empty means this command cannot be retried
	Actor   Actor
	Desk    dispatch.Do // what the Desk is to do, or nil
	Book    finance.Do  // what the Book is to do, or nil
	Council council.Do  // what the Minutes of the councils are to do, or nil
	Rounds  rounds.Do   // what the Log of visits and shifts is to do, or nil
	Expect  uint64      // version of the case, mandate or line it acts on, as seen by the caller; 0 is any
	// Repeats lets a dispatch.File whose event repeats an open case, as the folder's
	// policy has it, become one more report of that case (dispatch.Attach).
	Repeats bool
	Main    Machine // the machine that Expect is about; empty: the first in the order above that has something to do
	// Private is personal text (who reported, in what words) to keep beside the
	// record, apart from the facts. It can be erased, and replay does not read it.
	Private *journal.Private
}

// Machine names a machine in commands.jsonl.
type Machine string

// The machines that this version runs.
const (
	DeskMachine    Machine = "desk"
	BookMachine    Machine = "book"
	CouncilMachine Machine = "council"
	RoundsMachine  Machine = "rounds"
)

// laterMachines are machines of format 1 that this version does not run.
var laterMachines = []Machine{"marks"}

// peopleOf is everybody whom a command of the desk, the council or the rounds names.
func peopleOf(c Command) []Code {
	if do, ok := c.Desk.(dispatch.Assign); ok {
		var all []Code
		for _, sent := range do.People {
			all = append(all, sent.Person)
		}
		return all
	}
	switch do := c.Council.(type) {
	case council.Seat:
		return []Code{do.Person}
	case council.Unseat:
		return []Code{do.Person}
	case council.Vote:
		return []Code{do.Person}
	case council.Open:
		return append(slices.Concat(do.Present, do.Excused), do.Chair)
	case council.Attend:
		return slices.Concat(do.Arrived, do.Left)
	}
	switch do := c.Rounds.(type) {
	case rounds.Visit:
		return do.People
	case rounds.Form:
		return do.People
	case rounds.Join:
		return []Code{do.Person}
	case rounds.Quit:
		return []Code{do.Person}
	case rounds.Brief:
		return do.People
	case rounds.Attend:
		return []Code{do.Person}
	case rounds.Plan:
		var all []Code
		for _, t := range do.Teams {
			all = append(all, t.People...)
		}
		return all
	}
	return nil
}

// asked is what a command asks of one machine.
type asked struct {
	machine Machine
	do      any
}

// asks is what a command asks, in the order of the machines.
func (c Command) asks() []asked {
	var list []asked
	if c.Desk != nil {
		list = append(list, asked{DeskMachine, c.Desk})
	}
	if c.Book != nil {
		list = append(list, asked{BookMachine, c.Book})
	}
	if c.Council != nil {
		list = append(list, asked{CouncilMachine, c.Council})
	}
	if c.Rounds != nil {
		list = append(list, asked{RoundsMachine, c.Rounds})
	}
	return list
}

// expect is the version that a machine is to check: that of a command for several
// machines is the version of what the first of them acts on.
func (c Command) expect(m Machine) uint64 {
	if cmp.Or(c.Main, c.asks()[0].machine) != m {
		return 0
	}
	return c.Expect
}

// check refuses a command that names nobody a machine could serve.
func (c Command) check() error {
	if len(c.asks()) == 0 {
		return ErrNothing
	}
	for _, id := range []Code{c.Actor.Person, c.Actor.Post} {
		if id != "" {
			if err := code.Check(id); err != nil {
				return fmt.Errorf("%w: %w", ErrActor, err)
			}
		}
	}
	return nil
}

// sums is the digests of the key and of the body, zero without a key.
func (c Command) sums() (key, body keyed.Sum, err error) {
	if c.Key == "" {
		return key, body, nil
	}
	of := []any{c.Actor, c.Expect}
	if c.Main != "" {
		of = append(of, c.Main)
	}
	if c.Repeats {
		of = append(of, "repeats")
	}
	for _, a := range c.asks() {
		of = append(of, verbOf(a.machine, a.do), a.do)
	}
	body, err = keyed.OfCommand("street", of...)
	return keyed.Of([]byte(c.Key)), body, err
}

// kind is the kind of the command's record: machine and verb, joined by "+" when
// it names several.
func (c Command) kind() journal.Kind {
	var parts []string
	for _, a := range c.asks() {
		parts = append(parts, verbOf(a.machine, a.do))
	}
	return journal.Kind(strings.Join(parts, "+"))
}
