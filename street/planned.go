package street

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// Planned is a command that the folder holds: a line of commands.jsonl, or what a
// line of a table such as meetings.csv records.
type Planned struct {
	File   string
	Line   int
	Column int // 0 for the whole line
	At     time.Time
	// Stated says that At is the instant of an `at` column, not one that follows from
	// a date, such as the end of a shift.
	Stated  bool
	Command Command

	meeting Code           // in which the table says it happened, if any
	claims  council.Result // what the table says a vote led to, if it does
}

// check finds what is wrong with a planned command without a street to give it
// to: an instant beyond the calendars, a key of the street's own, or fields that
// no state of the machines could accept.
func (p Planned) check() error {
	if !within(p.At) {
		return commandFault{"far-time", []string{"at", p.At.Format(time.RFC3339), fmt.Sprint(worktime.YearMin), fmt.Sprint(worktime.YearMax)}, nil}
	}
	for _, prefix := range ownKeys {
		if strings.HasPrefix(p.Command.Key, prefix) {
			return commandFault{"reserved-key", []string{p.Command.Key}, nil}
		}
	}
	return p.well()
}

// well is check without the key.
func (p Planned) well() error {
	c := p.Command
	if err := c.check(); err != nil {
		return commandFault{"bad-command", []string{"person", err.Error()}, err}
	}
	if c.Desk != nil {
		_, err := dispatch.NewDesk().Decide(p.At, dispatch.Command{Actor: dispatch.Actor(c.Actor), Do: c.Desk})
		if err != nil && !errors.Is(err, dispatch.ErrNoSetup) {
			return commandFault{"bad-command", []string{verbName(c.Desk), bare(err)}, err}
		}
	}
	if c.Book != nil {
		_, err := finance.NewBook().Decide(p.At, finance.Command{Actor: finance.Actor(c.Actor), Do: c.Book})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Book), err.Error()}, err}
		}
	}
	if c.Council != nil {
		_, err := council.NewMinutes(nil).Decide(p.At, council.Command{Actor: council.Actor(c.Actor), Do: c.Council})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Council), err.Error()}, err}
		}
	}
	if c.Rounds != nil {
		_, err := rounds.NewLog(time.UTC, nil).Decide(p.At, rounds.Command{Actor: rounds.Actor(c.Actor), Do: c.Rounds})
		if err != nil {
			return commandFault{"bad-command", []string{verbName(c.Rounds), err.Error()}, err}
		}
	}
	return nil
}
