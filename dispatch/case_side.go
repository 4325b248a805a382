package dispatch

import "slices"

// caseSide is what most cases never have. Like everything a caseState leads to it
// is never written to: aside makes a copy first.
type caseSide struct {
	reports []report  // beyond the first event
	said    Satisfied // what the first event's reporter said, once another was called back too
	cycleAt instant   // of the latest reopening
	cycle   uint8     // reopenings
	asks    uint8     // in this cycle, as the next three
	extends uint8
	suspend uint8
	reworks uint8
	basis   string // of the latest return
	named   Code   // whose the case is, by the latest return

	spent   []Code // parties whose return right is spent
	dispute disputeState

	into     Code    // the case that it was merged into
	merged   []Code  // the cases that were merged into it, by id
	ownTotal instant // its own T before any merging

	push pushState
	done []Code // assisting parties that reported done
	sent []Sent // the people whom the lead sent

	standard string // by which the duty desk finished a case that nobody led
}

// report is one event of a case beyond the first.
type report struct {
	event, reporter, external, channel string
	at                                 instant
	replied                            bool
	said                               Satisfied // at the latest call-back
}

// disputeState is where a dispute stands, or how the latest one ended.
type disputeState struct {
	level, ruled int
	body         Code
	ruledFor     Code   // whom the latest ruling named, a party or a post
	parties      []Code // that dispute, by code
	appealUntil  instant
	final        bool
}

// pushState is where the rectification of a dual push stands.
type pushState struct {
	asked, mended, contested, accepted, lapsed bool
	noted, supervised                          bool // by the rectifier, by the regulator
}

// aside is the side of the case, made its own.
func (c *caseState) aside() *caseSide {
	var s caseSide
	if c.side != nil {
		s = *c.side
	}
	c.side = &s
	return c.side
}

var noSide = caseSide{}

// also is the side of the case for reading.
func (c *caseState) also() *caseSide {
	if c.side == nil {
		return &noSide
	}
	return c.side
}

// with answers the list with one more in order, sharing nothing with it.
func with(list []Code, c Code) []Code {
	at, found := slices.BinarySearch(list, c)
	if found {
		return list
	}
	return slices.Insert(slices.Clone(list), at, c)
}

// without answers the list without one, sharing nothing with it.
func without(list []Code, c Code) []Code {
	return cloneOrNil(slices.DeleteFunc(slices.Clone(list), func(each Code) bool { return each == c }))
}

// unsend ends an assignment of people.
func (c *caseState) unsend() {
	if c.side != nil && len(c.side.sent) > 0 {
		c.aside().sent = nil
	}
}

// open reports whether a rectification is still to be accepted.
func (p pushState) open() bool { return p.asked && !p.accepted }

// unanswered is the first event of the case that still waits for a reply.
func (c *caseState) unanswered() (Code, bool) {
	if !c.replied {
		return c.event.ID, true
	}
	for _, r := range c.also().reports {
		if !r.replied {
			return Code(r.event), true
		}
	}
	return "", false
}

// start of the cycle that T counts from.
func (c *caseState) cycleStart() instant {
	if s := c.also(); s.cycle > 0 {
		return s.cycleAt
	}
	return c.filedAt
}
