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

// noRow says that the table has nothing for a verb in a state.
const noRow = "no row"

// do is every row that a verb triggers; it answers the refusal, and how many facts
// were recorded.
func (c *fullTwin) do(verb string, matter dispatch.Code, party string, at time.Time) (refusal string, facts int) {
	for _, rows := range []func(string, dispatch.Code, string, time.Time) (string, int){c.doDesk, c.doOwner, c.doWork, c.doEnd, c.doAny} {
		if refusal, facts = rows(verb, matter, party, at); refusal != noRow {
			break
		}
	}
	if refusal == noRow {
		return "wrong_state", 0
	}
	for range facts {
		c.happened(at, false)
	}
	return refusal, facts
}

// doAny is the rows of many states.
func (c *fullTwin) doAny(verb string, _ dispatch.Code, _ string, at time.Time) (refusal string, facts int) {
	switch {
	case verb == "withdraw" && slices.Contains([]string{"filed", "registered", "dispatched", "acknowledged", "in_progress", "suspended"}, c.state):
		c.enter("cancelled", at)
	case verb == "reply" && c.open():
		if c.replied {
			return "answered", 0
		}
		c.replied = true
	default:
		return noRow, 0
	}
	return "", 1
}
