package dispatch_test

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// fullTwin is the whole table once more, written from its text: dumb, in a world
// where every budget is in hours of 24x7, so that time is plain addition.
type fullTwin struct {
	id, state, lead        string
	gen                    int
	filed, t, h, stage     time.Time
	tLeft, hLeft, rLeft    time.Duration // when standing still; -1 when not
	review, touched        time.Time
	lateT, lateH, lateS    bool
	asking, claim, interim bool
	replied                bool
	asks, extends, suspend int
	reworks                int
	relieved               bool // the lead may not try again
	stoodIn                bool // the duty desk did the work in a lead's place
	cycle, version         int
	reviews                int64
	spent                  map[string]bool
	named                  string
	never                  bool // returned as never admitted
	level, ruled           int
	final                  bool
	ruledFor               string // whom the latest ruling named
	appeal, done, ended    time.Time
}

// The world of the twin: matter to lead and hours, where the list names none for a
// tree; the ladder by level.
var (
	twinHours = map[dispatch.Code]int{"waste": 48, "lamp": 20, "wish": 30, "care": 25}
	twinLeads = map[dispatch.Code]string{"waste": "squad", "lamp": "property", "wish": "community", "care": "community"}
	twinStage = map[string]int{"filed": 1, "registered": 1, "dispatched": 2, "returned": 5, "disputed": 20, "done": 24, "verified": 24}
)

const (
	twinTop    = 3
	twinReview = 24 * time.Hour
)

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

func newFullTwin(id string, at time.Time) *fullTwin {
	c := &fullTwin{id: id, state: "filed", filed: at, stage: at.Add(time.Hour), tLeft: -1, hLeft: -1, rLeft: -1, spent: map[string]bool{}}
	c.happened(at, false)
	return c
}

// importedTwin is a case that ended in another system, where squad was its first lead.
func importedTwin(id, state string, filed, t, h, ended time.Time) *fullTwin {
	return &fullTwin{
		id: id, state: state, lead: "squad", gen: 1, filed: filed, t: t, h: h, lateT: ended.After(t), replied: true, ended: ended,
		version: 1, tLeft: -1, hLeft: -1, rLeft: -1, spent: map[string]bool{},
	}
}

func (c *fullTwin) open() bool {
	return !slices.Contains([]string{"closed", "rejected", "cancelled", "merged"}, c.state)
}

func (c *fullTwin) led() bool {
	return slices.Contains([]string{"dispatched", "acknowledged", "in_progress", "returned", "disputed", "suspended"}, c.state)
}

// owner is who answers.
func (c *fullTwin) owner() string {
	switch {
	case !c.open():
		return ""
	case c.led() && c.lead != "" && !c.interim:
		return c.lead
	}
	return "desk"
}

// next is what fires first: "" when nothing does.
func (c *fullTwin) next() (string, time.Time) {
	what, when := "", time.Time{}
	look := func(name string, due time.Time, runs bool) {
		if !runs || due.IsZero() {
			return
		}
		at := due.Add(time.Millisecond)
		if at.Before(c.touched) {
			at = c.touched
		}
		if what == "" || at.Before(when) {
			what, when = name, at
		}
	}
	if !c.open() {
		return "", when
	}
	look("stage", c.stage, !c.lateS)
	look("h", c.h, c.led() && !c.lateH)
	look("t", c.t, !c.lateT)
	look("review", c.review, true)
	return what, when
}

func (c *fullTwin) happened(at time.Time, reviewed bool) {
	c.version++
	c.touched = at
	review := c.review
	c.review = time.Time{}
	alone, _ := c.next()
	late := c.lateT || c.lateS || c.led() && c.lateH
	switch {
	case !c.open() || !late && alone != "":
	case review.IsZero() || reviewed:
		c.review = at.Add(twinReview)
	default:
		c.review = review
	}
}

func (c *fullTwin) enter(state string, at time.Time) {
	c.state, c.lateS, c.stage, c.asking = state, false, time.Time{}, false
	if n := twinStage[state]; n > 0 {
		c.stage = at.Add(hours(n))
	}
}

func (c *fullTwin) resume(at time.Time) {
	if c.tLeft >= 0 {
		c.t, c.tLeft = at.Add(c.tLeft), -1
	}
	if c.hLeft >= 0 {
		c.h, c.hLeft = at.Add(c.hLeft), -1
	}
}

// catchUp is every row that a clock triggers.
func (c *fullTwin) catchUp(matter dispatch.Code, now time.Time) {
	for {
		what, at := c.next()
		if what == "" || at.After(now) {
			return
		}
		steps := 1
		switch {
		case what == "review":
			c.reviews++
		case what == "t":
			c.lateT = true
		case what == "h":
			c.lateH = true
		case c.asking:
			c.answered(at)
		case c.state == "dispatched":
			c.enter("acknowledged", at)
		case c.state == "returned" && c.final && c.never:
			c.interim, c.relieved, c.h, c.lateH = true, true, time.Time{}, false
			c.enter("registered", at)
		case c.state == "returned":
			c.dispute(at)
			steps = 2
		case c.state == "disputed" && c.level < twinTop && c.ladder():
			c.level++
			c.enter("disputed", at)
		case c.state == "suspended":
			c.enter("in_progress", at)
			c.resume(at)
		case c.state == "done" && matter == "lamp":
			c.enter("verified", at)
		default:
			c.lateS = true
		}
		for range steps {
			c.happened(at, what == "review")
		}
	}
}

// answered lets R go on after a question.
func (c *fullTwin) answered(at time.Time) {
	c.asking, c.stage, c.lateS = false, time.Time{}, c.rLeft < 0
	if c.rLeft >= 0 {
		c.stage = at.Add(c.rLeft)
	}
	c.resume(at)
}

func (c *fullTwin) ladder() bool { return c.level >= 1 && c.level <= twinTop }

func (c *fullTwin) dispute(at time.Time) {
	c.level = c.ruled + 1
	c.interim = c.interim || c.lead == ""
	c.enter("disputed", at)
}

// send is every dispatch.
func (c *fullTwin) send(lead string, matter dispatch.Code, at time.Time, keep bool) {
	same := keep && lead == c.lead && !c.relieved
	budget := twinHours[matter]
	if !same {
		c.h, c.lateH = time.Time{}, false
	}
	if !same && budget > 0 {
		c.h = at.Add(hours(budget))
	}
	if c.t.IsZero() && budget > 0 {
		c.t = c.filed.Add(hours(budget))
	}
	c.lead, c.interim, c.relieved, c.claim = lead, false, false, false
	c.gen++
	c.enter("dispatched", at)
}

// relieve takes the case from a lead that had two reworks in this cycle already; else
// it counts one more.
func (c *fullTwin) relieve(at time.Time) bool {
	c.reworks++
	if c.reworks <= 2 {
		c.stoodIn, c.interim = false, c.stoodIn
		return false
	}
	c.interim, c.relieved, c.h, c.lateH = true, true, time.Time{}, false
	c.enter("registered", at)
	return true
}

// do is every row that a verb triggers; it answers the refusal, and how many facts
// were recorded.
func (c *fullTwin) do(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
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
	case "in_progress unclaim":
		if !c.claim {
			return "not_claimed", 0
		}
		c.enter("offered", at)
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
	case "dispatched appeal":
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
	case "done verify":
		c.enter("verified", at)
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
		switch {
		case verb == "withdraw" && slices.Contains([]string{"filed", "registered", "dispatched", "acknowledged", "in_progress", "suspended"}, c.state):
			c.enter("cancelled", at)
		case verb == "reply" && c.open():
			if c.replied {
				return "answered", 0
			}
			c.replied = true
		default:
			return "wrong_state", 0
		}
	}
	for range facts {
		c.happened(at, false)
	}
	return "", facts
}
