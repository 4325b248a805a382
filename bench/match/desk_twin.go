package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// twinCase is a case as a plain program would keep it.
type twinCase struct {
	id, matter, area, rule, lead, answers, state, channel string
	lng, lat                                              float64
	filed, acked, started, done, verified, closed         time.Time
	due, stage                                            time.Time
	place                                                 int // in twinDesk.open
}

// twinFact is a line of its log.
type twinFact struct {
	seq            int
	at             time.Time
	id, fact       string
	due, stage     time.Time
	state, answers string
}

// twinDesk does the same six steps with a map, a slice of open cases and a slice of
// facts: no keys, no hashes, no rights, no ladders, no dry run, nothing that a
// firing would do. The times that steps may take are the default policy's. It
// shares the calendar with ours and nothing else.
type twinDesk struct {
	calendar *worktime.Calendar
	cases    map[string]*twinCase
	open     []*twinCase
	facts    []twinFact
	asked    bool // for the next due after each step
}

func newTwinDesk(asked bool) (*twinDesk, error) {
	calendar, err := worktime.New(worktime.China(zone))
	return &twinDesk{calendar: calendar, cases: map[string]*twinCase{}, asked: asked}, err
}

var errTwin = errors.New("not in this state")

func (d *twinDesk) step(x *report, i int) (next time.Time, err error) {
	if i == 0 {
		err = d.file(x)
	} else {
		err = d.move(x, i)
	}
	if err == nil && d.asked {
		next = d.nextDue()
	}
	return next, err
}

func (d *twinDesk) file(x *report) error {
	c := &twinCase{id: string(x.id), matter: string(x.matter), lng: x.point[0], lat: x.point[1], channel: "12345", filed: x.at, state: "dispatched"}
	if d.cases[c.id] != nil {
		return errTwin
	}
	if c.lat >= 22.5 && c.lat < 22.51 {
		switch {
		case c.lng >= 114 && c.lng < 114.01:
			c.area = "G1"
		case c.lng >= 114.01 && c.lng < 114.02:
			c.area = "G2"
		}
	}
	var rule *dispatch.Rule
	for i := range deskRules {
		r := &deskRules[i]
		if under(c.matter, string(r.Matter)) && (rule == nil || rule.Matter == "*" || strings.Count(string(r.Matter), ".") > strings.Count(string(rule.Matter), ".")) {
			rule = r
		}
	}
	c.rule, c.lead, c.answers = string(rule.ID), string(rule.Party), string(rule.Party)
	var err error
	if c.due, err = d.calendar.Add(x.at, rule.Budget); err != nil {
		return err
	}
	c.stage = x.at.Add(30 * time.Minute)
	c.place = len(d.open)
	d.cases[c.id] = c
	d.open = append(d.open, c)
	for _, fact := range []string{"filed", "registered", "dispatched"} {
		d.write(c, x.at, fact)
	}
	return nil
}

// move takes one of the steps after filing.
func (d *twinDesk) move(x *report, i int) error {
	c := d.cases[string(x.id)]
	states := [...]string{"", "dispatched", "acknowledged", "in_progress", "done", "verified", "closed"}
	if c == nil || c.state != states[i] {
		return errTwin
	}
	c.state, c.stage = states[i+1], time.Time{}
	var err error
	switch c.state {
	case "acknowledged":
		c.acked = x.at
	case "in_progress":
		c.started = x.at
	case "done":
		c.done, c.answers = x.at, "desk"
		c.stage, err = d.calendar.Add(x.at, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	case "verified":
		c.verified = x.at
		c.stage, err = d.calendar.Add(x.at, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	case "closed":
		c.closed, c.answers = x.at, ""
		last := d.open[len(d.open)-1]
		d.open[c.place], last.place = last, c.place
		d.open = d.open[:len(d.open)-1]
	}
	d.write(c, x.at, c.state)
	return err
}

func (d *twinDesk) write(c *twinCase, at time.Time, fact string) {
	d.facts = append(d.facts, twinFact{len(d.facts) + 1, at, c.id, fact, c.due, c.stage, c.state, c.answers})
}

// nextDue looks at every open case for the first instant at which something is to
// be done, which is a millisecond after its due.
func (d *twinDesk) nextDue() time.Time {
	var next time.Time
	for _, c := range d.open {
		if due := c.next(); next.IsZero() || due.Before(next) {
			next = due
		}
	}
	if !next.IsZero() {
		next = next.Add(time.Millisecond)
	}
	return next
}

// next is the first of the case's dues.
func (c *twinCase) next() time.Time {
	if !c.stage.IsZero() && c.stage.Before(c.due) {
		return c.stage
	}
	return c.due
}

// desksAgree takes n cases through both desks, some of them only part of the way,
// and compares all that the twin knows after each step.
func desksAgree(n int, seed uint64) error {
	ours, err := newOurDesk(true)
	if err != nil {
		return err
	}
	twin, err := newTwinDesk(true)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 8))
	for i := range n {
		x := newReport(i, r)
		for k := range 1 + r.IntN(steps) {
			next, err := ours.step(&x, k)
			if err != nil {
				return err
			}
			also, err := twin.step(&x, k)
			if err != nil {
				return err
			}
			if err := sameCase(ours, twin, x.id); err != nil {
				return fmt.Errorf("case %d, step %d: %w", i, k, err)
			}
			if !next.Equal(also) {
				return fmt.Errorf("case %d, step %d: next due %s, twin's %s", i, k, next, also)
			}
		}
	}
	if ours.OpenLen() != len(twin.open) || int(ours.Seq()) != len(twin.facts)+1 {
		return fmt.Errorf("%d cases open after %d entries, twin has %d after %d and the setup", ours.OpenLen(), ours.Seq(), len(twin.open), len(twin.facts))
	}
	return nil
}

// sameCase compares one case.
func sameCase(ours *ourDesk, twin *twinDesk, id dispatch.Code) error {
	a, _ := ours.Case(id)
	b := twin.cases[string(id)]
	texts := [2][6]string{
		{string(a.ID), string(a.State), string(a.Area), string(a.Lead.Rule), string(a.Lead.Party), string(a.Answers.Party)},
		{b.id, b.state, b.area, b.rule, b.lead, b.answers},
	}
	if texts[0] != texts[1] {
		return fmt.Errorf("%q, twin's %q", texts[0], texts[1])
	}
	next := b.next()
	if b.state == "closed" {
		next = time.Time{}
	}
	dues := [2][8]time.Time{
		{a.DueAt, a.StageDue, a.NextDue, a.AcknowledgedAt, a.StartedAt, a.DoneAt, a.VerifiedAt, a.ClosedAt},
		{b.due, b.stage, next, b.acked, b.started, b.done, b.verified, b.closed},
	}
	for i := range dues[0] {
		if !dues[0][i].Equal(dues[1][i]) {
			return fmt.Errorf("instants %s, twin's %s", dues[0], dues[1])
		}
	}
	return nil
}
