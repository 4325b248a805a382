package dispatch_test

import (
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// deskTwin is the straight way once more, deliberately dumb and written from the
// transition table's text: state by state, with a list of what is due.
type deskTwin struct {
	cases map[dispatch.Code]*twinCase
	setup dispatch.Setup
	party dispatch.Code // the duty desk
}

type twinCase struct {
	state, lead                          string
	area, event                          dispatch.Code
	filed                                time.Time
	imposed                              time.Time
	low, interim, overdueT, lateH, lateS bool
	noLead                               bool // a straight filing found none
	total, handle, stage, review         time.Time
	armed                                time.Time // when anything last happened
	late                                 map[dispatch.Clock]bool
	version                              uint64
	reviews                              int64
}

func newDeskTwin() *deskTwin { return &deskTwin{cases: map[dispatch.Code]*twinCase{}} }

// after counts a budget of the policy in words of the table.
func (w *deskTwin) after(at time.Time, own worktime.Budget, standard string) time.Time {
	if own.IsZero() {
		own = deskBudget(standard)
	}
	due, err := w.setup.Calendar.Add(at, own)
	if err != nil {
		panic(err)
	}
	return due
}

// stageClock is the clock that stands for the state.
func (c *twinCase) stageClock() dispatch.Clock {
	return map[string]dispatch.Clock{
		"filed": "register", "registered": "dispatch", "dispatched": "ack", "done": "verify", "verified": "close",
	}[c.state]
}

func (c *twinCase) leadHasIt() bool {
	return c.state == "dispatched" || c.state == "acknowledged" || c.state == "in_progress"
}

// running lists what is still to come, in the order in which it would come.
func (c *twinCase) running() []twinDue {
	var list []twinDue
	if c.state == "closed" {
		return nil
	}
	if c.stageClock() != "" && !c.lateS {
		list = append(list, twinDue{c.stageClock(), c.stage})
	}
	if c.leadHasIt() && !c.handle.IsZero() && !c.lateH {
		list = append(list, twinDue{"handle", c.handle})
	}
	if !c.total.IsZero() && !c.overdueT {
		list = append(list, twinDue{"total", c.total})
	}
	if !c.review.IsZero() {
		list = append(list, twinDue{"review", c.review})
	}
	for i := range list {
		list[i].fires(c.armed)
	}
	slices.SortStableFunc(list, func(a, b twinDue) int { return a.at.Compare(b.at) })
	return list
}

type twinDue struct {
	clock dispatch.Clock
	at    time.Time // of the firing, once fires has run
}

func (d *twinDue) fires(armed time.Time) {
	d.at = d.at.Add(time.Millisecond)
	if d.at.Before(armed) {
		d.at = armed
	}
}

// happened closes every step: the review clock runs while something is late, or
// when nothing else would come.
func (w *deskTwin) happened(c *twinCase, at time.Time, reviewed bool) {
	c.version++
	c.armed = at
	late := c.overdueT || c.lateS || c.leadHasIt() && c.lateH
	others := c.review
	c.review = time.Time{}
	alone := len(c.running()) == 0
	c.review = others
	switch {
	case c.state == "closed" || !late && !alone:
		c.review = time.Time{}
	case c.review.IsZero() || reviewed:
		c.review = w.after(at, w.setup.Policy.Review, "1wd")
	}
}

// catchUp lets everything happen that was due before now.
func (w *deskTwin) catchUp(id dispatch.Code, now time.Time) {
	c := w.cases[id]
	for {
		list := c.running()
		if len(list) == 0 || list[0].at.After(now) {
			return
		}
		first := list[0]
		switch {
		case first.clock == "ack":
			c.late["ack"] = true
			c.enter("acknowledged")
		case first.clock == "verify" && c.low:
			c.late["verify"] = true
			c.enter("verified")
			c.stage = w.after(first.at, w.setup.Policy.Close, "1wd")
		case first.clock == "total":
			c.late["total"], c.overdueT = true, true
		case first.clock == "handle":
			c.late["handle"], c.lateH = true, true
		case first.clock == "review":
			c.reviews++
		default:
			c.late[first.clock], c.lateS = true, true
		}
		w.happened(c, first.at, first.clock == "review")
	}
}

func (w *deskTwin) catchUpAll(now time.Time) {
	for _, id := range slices.Sorted(maps.Keys(w.cases)) {
		w.catchUp(id, now)
	}
}

func (c *twinCase) enter(state string) {
	c.state, c.lateS, c.stage = state, false, time.Time{}
}

// answers is the party that answers, "" when the case is closed.
func (w *deskTwin) answers(c *twinCase) dispatch.Code {
	switch {
	case c.state == "closed":
		return ""
	case c.leadHasIt() && !c.interim:
		return dispatch.Code(c.lead)
	}
	return w.party
}

// leadFor is the responsibility list of the test world, by hand.
func leadFor(matter, area dispatch.Code) (lead, budget string) {
	switch {
	case area == "":
		return "", ""
	case matter == "waste.missed":
		return "squad", "2wd"
	case matter == "lamp":
		return "property", ""
	case matter == "cover":
		return "sanitation", "2h"
	case matter == "tree" && area == "G2":
		return "urban", "4wh"
	}
	return "", ""
}

// file is rows 1, 3, 7 and 7u. It answers the refusal.
func (w *deskTwin) file(now time.Time, do dispatch.File, area dispatch.Code) string {
	id := do.Case
	if id == "" {
		id = do.Event.ID
	}
	if w.cases[id] != nil {
		return "case_exists"
	}
	for _, c := range w.cases {
		if c.event == do.Event.ID {
			return "event_exists"
		}
	}
	c := &twinCase{
		state: "filed", area: area, event: do.Event.ID, filed: now, imposed: do.Event.Due, total: do.Event.Due,
		low: do.Event.Matter == "lamp", late: map[dispatch.Clock]bool{}, lead: string(do.Event.Matter),
	}
	w.cases[id] = c
	c.stage = w.after(now, w.setup.Policy.Register, "15m")
	w.happened(c, now, false)
	if !do.Straight {
		return ""
	}
	w.register(c, now)
	if w.dispatch(c, now) != "" {
		c.interim, c.noLead = true, true
		w.happened(c, now, false)
	}
	return ""
}

func (w *deskTwin) register(c *twinCase, now time.Time) {
	c.enter("registered")
	c.stage = w.after(now, w.setup.Policy.Dispatch, "15m")
	w.happened(c, now, false)
}

// dispatch is row 7. Before it, lead holds the matter.
func (w *deskTwin) dispatch(c *twinCase, now time.Time) string {
	lead, budget := leadFor(dispatch.Code(c.lead), c.area)
	if lead == "" {
		return "no_lead"
	}
	c.lead, c.interim = lead, false
	c.enter("dispatched")
	c.stage = w.after(now, w.setup.Policy.Ack, "30m")
	c.handle = c.imposed
	if c.imposed.IsZero() && budget != "" {
		c.handle = w.after(now, worktime.Budget{}, budget)
		c.total = w.after(c.filed, worktime.Budget{}, budget)
	}
	w.happened(c, now, false)
	return ""
}

// work is every other row. It answers the refusal.
func (w *deskTwin) work(id dispatch.Code, now time.Time, verb string, expect uint64) string {
	c := w.cases[id]
	if c == nil {
		return "unknown_case"
	}
	w.catchUp(id, now)
	if expect != 0 && expect != c.version {
		return "stale"
	}
	unled := false
	if c.state == "registered" && !c.interim {
		lead, _ := leadFor(dispatch.Code(c.lead), c.area)
		unled = lead == ""
	}
	if c.state == "registered" && verb == "finish" && (c.interim || unled) {
		if unled { // row 28u says so first
			c.noLead = true
			w.happened(c, now, false)
		}
		c.enter("done") // row 28i: the desk did it in a lead's place
		c.interim = false
		c.stage = w.after(now, w.setup.Policy.Verify, "1wd")
		w.happened(c, now, false)
		return ""
	}
	switch c.state + " " + verb {
	case "filed register":
		w.register(c, now)
		return ""
	case "registered dispatch":
		return w.dispatch(c, now)
	case "dispatched ack":
		c.enter("acknowledged")
	case "acknowledged start":
		c.enter("in_progress")
	case "in_progress finish":
		c.enter("done")
		c.interim = false
		c.stage = w.after(now, w.setup.Policy.Verify, "1wd")
	case "done verify":
		c.enter("verified")
		c.stage = w.after(now, w.setup.Policy.Close, "1wd")
	case "verified close":
		c.enter("closed")
	default:
		return "wrong_state"
	}
	w.happened(c, now, false)
	return ""
}

// install catches everything up by the old rules and then looks every open case
// up on the new map by hand.
func (w *deskTwin) install(now time.Time, setup dispatch.Setup, where func(id dispatch.Code) dispatch.Code) {
	if w.setup.Map != nil {
		w.catchUpAll(now)
	}
	changed := w.setup.Map != nil && w.setup.Map.Hash() != setup.Map.Hash()
	w.setup, w.party = setup, setup.Policy.Desk
	if w.party == "" {
		w.party = "desk"
	}
	for id, c := range w.cases {
		if area := where(id); changed && c.state != "closed" && area != c.area {
			off := area == ""
			switch {
			case c.leadHasIt():
				c.interim = off
			case c.state == "registered":
				c.interim = c.noLead || off
			}
			c.area = area
			w.happened(c, now, false)
		}
	}
}
