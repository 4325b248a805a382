package rounds

import "slices"

// order is the present teams of a plan, nil when it has none.
func (p *plan) order() []Code {
	if len(p.turns) == 0 {
		return nil
	}
	return p.turns[len(p.turns)-1].order
}

// leads answers the team whose turn a date is.
func (p *plan) leads(d Date) (Code, bool) {
	period := p.number(d)
	if _, _, ok := p.termOf(period); !ok || d < p.termOn(d).start {
		return "", false
	}
	for _, t := range slices.Backward(p.turns) {
		if t.from <= d && len(t.order) > 0 {
			return t.order[(period-t.period)%len(t.order)], true
		}
	}
	return "", false
}

// turnsFrom answers the period of a date and the present teams in the order in
// which they lead from then on, a copy.
func (p *plan) turnsFrom(d Date) (period int, order []Code) {
	period = p.number(d)
	if len(p.turns) == 0 {
		return period, nil
	}
	t := &p.turns[len(p.turns)-1]
	i := (period - t.period) % len(t.order)
	return period, slices.Concat(t.order[i:], t.order[:i])
}

// teamOf is the team of a person on a date, "" for none.
func (p *plan) teamOf(person Code, d Date) Code {
	for i := range p.members {
		if m := &p.members[i]; m.person == person && m.on(d) {
			return m.team
		}
	}
	return ""
}

// teamFrom is the team of a person on a date or after it, "" for none.
func (p *plan) teamFrom(person Code, d Date) Code {
	for i := range p.members {
		m := &p.members[i]
		if m.person == person && (m.until == 0 || m.until > max(d, m.from)) {
			return m.team
		}
	}
	return ""
}
