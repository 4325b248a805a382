package dispatch

import "slices"

// answer asks every role in turn.
func (a *question) answer(d *Decision, prefix uint32) {
	l := a.list
	d.Status = NoRule
	if l.roles[0].rules == 0 {
		d.Status = NoList
	} else if best := a.first(0, prefix); best.ok {
		if d.Status = Decided; a.tied(best) {
			d.Status, d.Tie = Tied, a.equals(best)
		} else {
			l.fill(&d.Lead, best.pos, a.owners)
		}
	}
	for role, into := range [...]*Duty{1: &d.Regulator, 2: &d.Rectifier} {
		if into == nil || l.roles[role].rules == 0 {
			continue
		}
		if best := a.first(role, prefix); best.ok && !a.tied(best) {
			l.fill(into, best.pos, a.owners)
		}
	}
	if d.Status == Decided {
		a.settleLead(d)
	}
	if l.roles[singleRoles].rules > 0 {
		d.Assist = a.once(a.all(singleRoles, prefix))
	}
	if l.roles[singleRoles+1].rules > 0 {
		d.Notify = a.once(a.all(singleRoles+1, prefix))
	}
}

// fill writes what a rule says, its owner(layer) resolved.
func (l *List) fill(d *Duty, pos uint32, owners []LayerOwner) {
	*d = l.duties[pos]
	if d.Party != "" {
		return
	}
	layer := l.owners[pos]
	for _, o := range owners {
		if o.Layer == layer && o.Owner != "" {
			d.Party = o.Owner
			return
		}
	}
	*d = Duty{Rule: d.Rule, Reason: ReasonNoOwner}
}

// settleLead lets the regulator lead when a feature has no owner.
func (a *question) settleLead(d *Decision) {
	switch {
	case d.Lead.Party != "":
	case d.Regulator.Party == "":
		d.Status, d.Lead = Unowned, Duty{}
	default:
		rule, _ := a.list.Rule(d.Lead.Rule)
		d.Lead = d.Regulator
		d.Lead.Reason = ReasonNoOwner
		if d.Lead.Budget.IsZero() {
			d.Lead.Budget = rule.Budget
		}
	}
}

// tied reports whether an applicable rule equal to the best names another party
// or post.
func (a *question) tied(best pick) bool {
	first := &a.list.entries[best.pos]
	for i := range best.rest {
		e := &a.list.entries[best.rest[i].pos]
		if e.rank != first.rank {
			return false
		}
		if e.who != first.who && a.misses(e) == "" {
			return true
		}
	}
	return false
}

// equals are the ids of the applicable rules equal to the best, and its own.
func (a *question) equals(best pick) []Code {
	rank := a.list.entries[best.pos].rank
	n := 0
	for n < len(best.rest) && a.list.entries[best.rest[n].pos].rank == rank {
		n++
	}
	ids := append(make([]Code, 0, n+1), a.list.rules[best.pos].ID)
	for i := range best.rest[:n] {
		if pos := best.rest[i].pos; a.misses(&a.list.entries[pos]) == "" {
			ids = append(ids, a.list.rules[pos].ID)
		}
	}
	return ids
}

// once are the duties of the collected rules in order, each party and post by
// its first rule only. nil when there are none.
func (a *question) once(found []uint32) []Duty {
	if len(found) == 0 {
		return nil
	}
	type holder struct{ party, post Code }
	var seen map[holder]bool // only when there are many
	if len(found) > 32 {
		seen = make(map[holder]bool, len(found))
	}
	duties := make([]Duty, 0, len(found))
	for _, pos := range found {
		var d Duty
		a.list.fill(&d, pos, a.owners)
		who := holder{d.Party, d.Post}
		switch {
		case d.Party == "" || seen[who]:
			continue
		case seen != nil:
			seen[who] = true
		case slices.ContainsFunc(duties, func(o Duty) bool { return o.Party == d.Party && o.Post == d.Post }):
			continue
		}
		duties = append(duties, d)
	}
	if len(duties) == 0 {
		return nil
	}
	return duties
}
