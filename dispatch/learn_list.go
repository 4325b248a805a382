package dispatch

import (
	"fmt"
	"slices"
)

type use struct{ decides, hits int }

// uses counts what each rule decides of the history; a case without an area is
// decided by the rules that hold everywhere.
func (p *planner) uses() map[uint64]use {
	out := map[uint64]use{}
	for _, e := range p.belief.past.events {
		m, a := p.decider(e.matter, int32(e.area))
		u := out[cellKey(m, a)]
		u.decides++
		if p.rules[m][a] == e.party {
			u.hits++
		}
		out[cellKey(m, a)] = u
	}
	return out
}

// dropIdle removes the rules that decide no past case, except the rules without
// an area of matters that have matters below: those answer for matters that are
// new. A rule that decides nothing hides nothing, so no answer to a past case
// changes.
func (p *planner) dropIdle() {
	uses := p.uses()
	hasBelow := make([]bool, len(p.rules))
	for _, up := range p.belief.past.above[1:] {
		hasBelow[up] = true
	}
	for m, rules := range p.rules {
		for _, a := range sortedAreas(rules) {
			if uses[cellKey(int32(m), a)].decides > 0 || a == 0 && hasBelow[m] {
				continue
			}
			delete(rules, a)
			p.dropped++
		}
	}
}

// dropEqual removes, until none is left, the rules without which every answer
// is the same. The order is by matter, then by area in hierarchy order.
func (p *planner) dropEqual() {
	for again := true; again; {
		again = false
		for m, rules := range p.rules {
			for _, a := range sortedAreas(rules) {
				if p.equal(int32(m), a) {
					delete(rules, a)
					p.dropped++
					again = true
				}
			}
		}
	}
}

// equal reports whether no answer changes without the rule. Where the rule
// decides, the next in line is a rule of the matter for an area around, or else
// one of the matters above, which may change inside the area.
func (p *planner) equal(matter, area int32) bool {
	party := p.rules[matter][area]
	for a := p.belief.tree.parent[area]; a >= 0; a = p.belief.tree.parent[a] {
		if other, ok := p.rules[matter][a]; ok {
			return other == party
		}
	}
	above := p.belief.past.above[matter]
	if above < 0 || p.answer(above, area) != party {
		return false
	}
	for up := above; up >= 0; up = p.belief.past.above[up] {
		for inner := range p.rules[up] {
			m, a := p.decider(matter, inner)
			if m == matter && a == area && p.answer(above, inner) != party {
				return false
			}
		}
	}
	return true
}

// sortedAreas is the areas of a matter's rules in hierarchy order, everywhere
// last.
func sortedAreas(rules map[int32]int32) []int32 {
	out := make([]int32, 0, len(rules))
	for a := range rules {
		out = append(out, a)
	}
	slices.Sort(out)
	if len(out) > 0 && out[0] == 0 {
		out = append(out[1:], 0)
	}
	return out
}

func (p *planner) learned(strength float64) *Learned {
	uses, past := p.uses(), p.belief.past
	l := &Learned{Report: past.report}
	for i := range p.rules {
		matter := int32((i + 1) % len(p.rules)) // Any, which is 0, comes last
		for _, a := range sortedAreas(p.rules[matter]) {
			p.line(l, matter, a, uses[cellKey(matter, a)])
		}
	}
	l.Report.Kept, l.Report.Dropped, l.Report.Strength = len(l.Rules), p.dropped, int(strength)
	return l
}

// line appends one rule and what speaks for it.
func (p *planner) line(l *Learned, matter, area int32, u use) {
	past, party := p.belief.past, p.rules[matter][area]
	cell := p.belief.counts.of(matter, area)
	support, right := int(cell.cases), int(cell.of(party).cases)
	mined := Mined{
		Rule:       Code(fmt.Sprintf("L%05d", len(l.Rules)+1)),
		Support:    support,
		Right:      right,
		Confidence: right * 1000 / max(support, 1),
		Decides:    u.decides,
		Hits:       u.hits,
	}
	if other := p.instead(matter, area); other >= 0 {
		mined.Instead = past.parties[other]
	}
	rule := Rule{
		ID:     mined.Rule,
		Role:   Lead,
		Matter: past.matters[matter],
		Party:  past.parties[party],
		Area:   p.belief.tree.label[area],
		Basis:  fmt.Sprintf("learned support=%d confidence=%d/1000", support, mined.Confidence),
	}
	mined.Reason = reasonOf(rule, mined)
	l.Rules = append(l.Rules, rule)
	l.Mined = append(l.Mined, mined)
}

// instead is who answers for the rule's matter and area without the rule.
func (p *planner) instead(matter, area int32) int32 {
	if up := p.belief.tree.parent[area]; up >= 0 {
		for a := up; a >= 0; a = p.belief.tree.parent[a] {
			if party, ok := p.rules[matter][a]; ok {
				return party
			}
		}
	}
	if above := p.belief.past.above[matter]; above >= 0 {
		return p.answer(above, area)
	}
	return -1
}
