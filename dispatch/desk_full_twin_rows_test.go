package dispatch_test

import (
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// doDesk is the rows of the duty desk, before anybody leads.
func (c *fullTwin) doDesk(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
	facts = 1
	switch c.state + " " + verb {
	case "filed register":
		c.enter("registered", at)
		c.resume(at)
		c.rLeft = -1
	case "filed ask_more":
		if c.asking {
			return "waiting", 0
		}
		if c.asks == 2 {
			return "too_often", 0
		}
		c.asks++
		c.asking = true
		c.rLeft = max(0, c.stage.Sub(at))
		if c.lateS {
			c.rLeft = -1 // R has run out, and stays so
		}
		c.stage, c.lateS = at.Add(hours(10)), false
	case "filed answer":
		if !c.asking {
			return "wrong_state", 0
		}
		c.answered(at)
	case "filed reject":
		c.replied, c.ended = true, at
		c.enter("rejected", at)
	case "registered dispatch":
		switch {
		case c.final && c.ruledFor != "" && c.ruledFor == c.lead:
			c.send(c.lead, matter, at, false)
		case twinLeads[matter] == "":
			return "no_lead", 0
		case matter == "wish":
			c.claim, c.lead, c.interim, c.relieved = true, "community", false, false
			if c.t.IsZero() {
				c.t = c.filed.Add(hours(30))
			}
			c.enter("offered", at)
		default:
			c.send(twinLeads[matter], matter, at, false)
		}
	case "offered claim":
		c.lead = "volunteers"
		c.gen++
		c.h, c.lateH = at.Add(hours(30)), false
		c.enter("in_progress", at)
	case "registered finish":
		if !c.interim && twinLeads[matter] != "" {
			return "wrong_state", 0
		}
		if !c.interim {
			facts = 2
		}
		c.done, c.stoodIn, c.interim = at, true, false
		c.enter("done", at)
	case "registered dispute":
		if !c.interim && twinLeads[matter] != "" {
			return "wrong_state", 0
		}
		if c.final {
			return "final", 0
		}
		if !c.interim {
			c.interim, facts = true, 2
		}
		c.dispute(at)
	default:
		return noRow, 0
	}
	return "", facts
}

// doOwner is the rows about whose the case is.
func (c *fullTwin) doOwner(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
	facts = 1
	switch c.state + " " + verb {
	case "dispatched ack":
		c.enter("acknowledged", at)
	case "dispatched return":
		switch {
		case c.final:
			return "final", 0
		case c.spent[c.lead]:
			return "right_spent", 0
		case party == c.lead:
			return "same_party", 0
		}
		c.spent[c.lead], c.named, c.never = true, party, false
		c.enter("returned", at)
	case "dispatched return_never":
		switch unadmitted := matter == "care"; { // nothing is admitted here
		case unadmitted:
		case c.final:
			return "final", 0
		case c.spent[c.lead]:
			return "right_spent", 0
		default:
			return "admitted", 0
		}
		c.spent[c.lead], c.named, c.never = true, "", true
		c.enter("returned", at)
	case "returned accept_to":
		if party == c.lead {
			return "same_party", 0
		}
		c.send(party, matter, at, false)
		facts = 2
	case "returned accept_return":
		if c.named == "" {
			return "unnamed", 0
		}
		if c.named == c.lead {
			return "same_party", 0
		}
		c.send(c.named, matter, at, false)
		facts = 2
	case "returned refuse_return":
		if c.never {
			return "unadmitted", 0
		}
		c.enter("dispatched", at)
	case "dispatched redirect":
		if c.final {
			return "final", 0
		}
		if party == c.lead {
			return "same_party", 0
		}
		c.send(party, matter, at, false)
		facts = 2
	case "dispatched dispute", "acknowledged dispute", "in_progress dispute":
		if c.final {
			return "final", 0
		}
		if !c.spent[c.lead] {
			return "return_first", 0
		}
		c.dispute(at)
	case "disputed agree":
		c.send(party, matter, at, true)
		facts = 2
	case "disputed rule":
		c.ruled, c.ruledFor = c.level, party
		c.final = c.level >= twinTop
		c.appeal = at.Add(hours(10))
		c.send(party, matter, at, true)
		facts = 3
	case "disputed rule_none":
		c.ruled, c.ruledFor = c.level, ""
		c.final = c.level >= twinTop
		c.appeal = time.Time{} // of a ruling for nobody there is none, and the older window is shut
		c.replied, c.ended = true, at
		c.enter("rejected", at)
		facts = 2
	case "dispatched appeal", "acknowledged appeal", "in_progress appeal":
		switch {
		case c.final:
			return "final", 0
		case c.ruled == 0:
			return "not_ruled", 0
		case at.After(c.appeal):
			return "too_late", 0
		}
		c.level = c.ruled + 1
		c.enter("disputed", at)
	default:
		return noRow, 0
	}
	return "", facts
}

// doWork is the rows of the lead at work.
func (c *fullTwin) doWork(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
	facts = 1
	switch c.state + " " + verb {
	case "in_progress unclaim":
		if !c.claim {
			return "not_claimed", 0
		}
		c.enter("offered", at)
	case "acknowledged start":
		c.enter("in_progress", at)
	case "acknowledged extend", "in_progress extend":
		switch {
		case c.extends == 2:
			return "too_often", 0
		case c.h.IsZero():
			return "nothing_due", 0
		case at.After(c.h):
			return "too_late", 0
		}
		c.extends++
		c.h = c.h.Add(hours(twinHours[matter]))
	case "acknowledged suspend", "in_progress suspend":
		if c.suspend == 1 {
			return "too_often", 0
		}
		c.suspend++
		if !c.lateT && !c.t.IsZero() {
			c.tLeft, c.t = c.t.Sub(at), time.Time{}
		}
		if !c.lateH && !c.h.IsZero() {
			c.hLeft, c.h = c.h.Sub(at), time.Time{}
		}
		c.enter("suspended", at)
		c.stage = at.Add(hours(40))
	case "suspended resume":
		c.enter("in_progress", at)
		c.resume(at)
	case "in_progress finish":
		c.done = at
		c.stoodIn, c.interim = c.interim, false
		c.enter("done", at)
	default:
		return noRow, 0
	}
	return "", facts
}

// doEnd is the rows of work that is done, and of the end.
func (c *fullTwin) doEnd(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
	facts = 1
	switch c.state + " " + verb {
	case "done verify":
		c.enter("verified", at)
	case "done verify_fail":
		if c.relieve(at) {
			facts = 2
			break
		}
		c.lateH = false
		left := max(0, c.h.Sub(c.done))
		c.enter("in_progress", at)
		if !c.h.IsZero() {
			c.h = at.Add(max(left, hours(3)))
		}
	case "verified rework":
		if c.relieve(at) {
			facts = 2
			break
		}
		c.lateH = false
		c.enter("in_progress", at)
		if !c.h.IsZero() {
			c.h = at.Add(hours(twinHours[matter]))
		}
	case "verified close":
		if !c.replied {
			return "unanswered", 0
		}
		c.ended = at
		c.enter("closed", at)
	case "closed reopen", "rejected reopen":
		switch {
		case c.cycle == 2:
			return "too_often", 0
		case at.After(c.ended.Add(hours(50))):
			return "too_late", 0
		}
		c.cycle++
		c.filed, c.t, c.h = at, time.Time{}, time.Time{}
		c.asks, c.extends, c.suspend, c.reworks, c.relieved = 0, 0, 0, 0, false
		c.lateT, c.lateH, c.replied, c.interim, c.stoodIn = false, false, false, false, false
		c.tLeft, c.hLeft = -1, -1
		c.enter("registered", at)
	default:
		return noRow, 0
	}
	return "", facts
}
