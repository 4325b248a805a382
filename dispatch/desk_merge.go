package dispatch

// mergeGuard is the guards of merging, splitting and archiving: a forest of depth
// one, within one jurisdiction (the same area or the same lead).
func (t *trial) mergeGuard(code string, refuse func(...string) *Refusal) *Refusal {
	c, s := &t.w.c, t.w.c.also()
	merge, merging := t.cmd.Do.(Merge)
	_, archiving := t.cmd.Do.(Archive)
	switch {
	case code == RefusedSameCase:
		if merging && merge.Into == c.id {
			return refuse()
		}
	case code == RefusedMergedIn:
		for _, id := range s.merged {
			if _, there := t.d.cases[id]; there || merging && t.d.awaited[id] == c.id {
				return refuse(string(id))
			}
		}
	case archiving:
		if into, ok := t.d.cases[s.into]; ok && c.state == StateMerged && into.state.Open() {
			return refuse(string(s.into))
		}
	case merging:
		if t.target == nil || !t.target.c.state.Open() || len(t.target.c.held) > 0 || !together(c, &t.target.c) {
			return refuse(string(merge.Into))
		}
	default:
		if t.target == nil || !t.target.c.state.Open() || len(t.target.c.held) > 0 {
			return refuse(string(s.into))
		}
	}
	return nil
}

// together reports whether two cases are of one jurisdiction.
func together(a, b *caseState) bool {
	if a.area == b.area {
		return true
	}
	return a.parties != nil && b.parties != nil && a.parties.Lead.Party == b.parties.Lead.Party
}

// after emits what a merging or splitting does to the other case: its T becomes the
// earlier of both, and again what it is without the case that leaves.
func (t *trial) after() error {
	var next *Transition
	var fact Fact
	var total instant
	switch t.cmd.Do.(type) {
	case Merge:
		next, fact = row("35t"), MergedIn{From: t.w.c.id}
		total = earliest(t.target.c.total, t.w.c.total)
	case Part:
		next, fact = row("36t"), SplitOff{From: t.w.c.id}
		var err error
		if total, err = t.apart(); err != nil {
			return err
		}
	default:
		return nil
	}
	t.target.give(TotalClock, total)
	return t.target.take(next, t.now, fact)
}

// apart is T of the target without the case that leaves it, and never earlier than it
// is, for a pause may have moved it since. What was merged in before the latest
// reopening has no part in it.
func (t *trial) apart() (instant, error) {
	c := &t.target.c
	s := c.also()
	if merged := t.d.cases[t.w.c.id]; merged.closedAt < s.cycleAt {
		return c.total, nil
	}
	total := s.ownTotal
	// The parties of a cycle before say nothing of one that was not dispatched yet.
	if total == 0 && c.dispatchedAt != 0 && c.parties != nil && !c.parties.Lead.Budget.IsZero() {
		var err error
		if total, err = t.target.add(c.cycleStart(), c.parties.Lead.Budget); err != nil {
			return 0, err
		}
	}
	for _, id := range s.merged {
		if part, ok := t.d.cases[id]; ok && id != t.w.c.id && part.closedAt >= s.cycleAt {
			total = earliest(total, part.total)
		}
	}
	if total == 0 {
		return 0, nil
	}
	return max(total, c.total), nil
}

// earliest is the earlier of two dues of which either may be none.
func earliest(a, b instant) instant {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// unansweredGuard looks for a reporter of the case, or of one merged into it, who
// still waits.
func (t *trial) unansweredGuard(refuse func(...string) *Refusal) *Refusal {
	if event, waits := t.w.c.unanswered(); waits {
		return refuse(string(event))
	}
	for _, id := range t.w.c.also().merged {
		if part, ok := t.d.cases[id]; ok {
			if event, waits := part.unanswered(); waits {
				return refuse(string(event))
			}
		}
	}
	return nil
}
