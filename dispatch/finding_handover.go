package dispatch

import "math"

// gapKind tells the gaps of a list apart.
type gapKind int

// The kinds of gap.
const (
	plainGap    gapKind = iota // FindingGap
	handoverGap                // FindingHandover
	gapKinds
)

// gapCodes are the findings of the kinds.
var gapCodes = [gapKinds]FindingCode{FindingGap, FindingHandover}

// gapSpots is which kinds of gap the lead rules of one region leave, each with a spot
// that shows it. What is there follows from the rules alone, so it is settled once
// for all units and classes of matters of which they speak.
type gapSpots struct {
	known bool
	found [gapKinds]bool
	spots [gapKinds]spot
}

// turn is the end of one version of a list (换版) and the instants for which that is
// the version before: until the next version has ended.
type turn struct{ end, until int64 }

// turns are the ends of the versions, ascending; a last version without an end has
// none.
func (l *List) turns() []turn {
	var out []turn
	for i, v := range l.versions {
		if v.Until.IsZero() && i+1 < len(l.versions) {
			v.Until = l.versions[i+1].From
		}
		if v.Until.IsZero() {
			continue
		}
		end := listMillis(v.Until)
		if n := len(out); n > 0 {
			out[n-1].until = end
		}
		out = append(out, turn{end, math.MaxInt64})
	}
	return out
}

// heldAt reports whether a rule is in force at the last instant before the turn.
func (t turn) heldAt(e *entry) bool { return e.from < t.end && t.end <= e.until }

// note adds a hole to those of its kinds.
func (c *check) note(h hole) {
	if !h.gaps.known {
		*h.gaps = c.tell(h.witness, h.rules)
	}
	for kind, found := range h.gaps.found {
		if found {
			h.witness = h.gaps.spots[kind]
			c.holes[kind] = append(c.holes[kind], h)
		}
	}
}

// tell finds the kinds of gap that the lead rules of a region leave, given one spot
// without a lead. It keeps that spot for its kind.
func (c *check) tell(first spot, rules []uint32) gapSpots {
	t := gapSpots{known: true}
	t.add(c.gapAt(first, rules), first, true)
	if len(c.turns) == 0 {
		return t
	}
	if !t.found[plainGap] {
		s, ok := c.neverLed(rules)
		t.add(plainGap, s, ok)
	}
	if !t.found[handoverGap] {
		s, ok := c.ledBefore(rules)
		t.add(handoverGap, s, ok)
	}
	return t
}

func (t *gapSpots) add(kind gapKind, s spot, found bool) { t.spots[kind], t.found[kind] = s, found }

// gapAt is the kind of a spot without a lead.
func (c *check) gapAt(s spot, rules []uint32) gapKind {
	for _, t := range c.turns {
		if s.at < t.end || s.at >= t.until {
			continue
		}
		combo := c.time.comboAt(s.at)
		for _, pos := range rules {
			e := &c.list.entries[pos]
			if t.heldAt(e) && c.admits(e, s.named) && e.min <= s.cost && s.cost <= e.max && windowBit(e)&^combo == 0 {
				return handoverGap
			}
		}
	}
	return plainGap
}

// neverLed looks for a plain gap: before any version has ended, or where those in
// force at the last end would leave one too. Naming nothing keeps out the most rules
// of both versions, so no other query needs to be looked at.
func (c *check) neverLed(rules []uint32) (spot, bool) {
	before := everything
	before.until = c.turns[0].end
	if s, ok := c.free(before, nil, rules); ok {
		return s, true
	}
	for _, t := range c.turns {
		term := everything
		term.from, term.until = t.end, t.until
		var lasting []entry
		for _, pos := range rules {
			if e := c.list.entries[pos]; t.heldAt(&e) {
				e.from, e.until = term.from, term.until
				lasting = append(lasting, e)
			}
		}
		if s, ok := c.free(term, nil, rules, lasting...); ok {
			return s, true
		}
	}
	return spot{}, false
}

// ledBefore looks for a gap after a turn that a rule in force until then would fill.
// Naming what that rule names is enough for it to apply, and more could only let in
// others; rules that name nothing come first, since their witness is plainer.
func (c *check) ledBefore(rules []uint32) (spot, bool) {
	for _, naming := range [...]bool{false, true} {
		for _, t := range c.turns {
			for _, pos := range rules {
				e := &c.list.entries[pos]
				if names := e.class != 0 || e.condition != 0 || e.channel != 0; names != naming || !t.heldAt(e) {
					continue
				}
				term := boxOf(e)
				term.from, term.until = t.end, t.until
				if s, ok := c.free(term, []uint32{pos}, rules); ok {
					return s, true
				}
			}
		}
	}
	return spot{}, false
}
