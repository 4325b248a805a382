package dispatch

import (
	"cmp"
	"slices"
)

// exists reports whether a party, or the party of a post, exists then. A Directory
// without parties knows none by name and takes all of them.
func exists(rules *Setup, c Code, at instant) bool {
	for range rules.Directory.Parties() {
		if post, ok := rules.Directory.Post(c); ok {
			c = post.Party
		}
		return rules.Directory.Active(c, at.time())
	}
	return true
}

// overdueRung is the next rung of the overdue ladder for the case and its number
// from 1, 0 when there is none left.
func (w *draft) overdueRung() (int, Rung) {
	rungs := w.desk.rungs(&w.c, OverdueLadder)
	for i := int(w.c.rung); i < len(rungs); i++ {
		if _, ok := rungs[i].applies(w.rules.Map, w.c.event.Matter, w.c.area); ok {
			return i + 1, rungs[i]
		}
	}
	return 0, Rung{}
}

// dueRung is the rung of the overdue ladder that has come, with its number. A rung that
// waited while a new map took the case out of its area is nobody's any more: skip.
func (w *draft) dueRung(at instant) (number int, rung Rung, skip bool) {
	if number, rung = w.overdueRung(); number > 0 {
		return number, rung, !exists(w.rules, rung.Party, at)
	}
	rungs, next := w.desk.rungs(&w.c, OverdueLadder), int(w.c.rung)
	if next >= len(rungs) {
		return next + 1, Rung{Party: w.desk.desk()}, true
	}
	return next + 1, rungs[next], true
}

// nextRung is when the next rung of the overdue ladder is raised, 0 when none is.
// While the lead's time runs the rungs count on it; in any other state they count
// on the stage that has run out, else on T; where nothing has a time at all the
// first review is taken as the due.
func (w *draft) nextRung(at instant) (instant, error) {
	if !w.c.state.Open() || len(w.desk.rungs(&w.c, OverdueLadder)) == 0 {
		return 0, nil
	}
	number, rung := w.overdueRung()
	due, span, working, err := w.ladderBase()
	if err != nil || number == 0 || due == 0 {
		return 0, err
	}
	switch {
	case !rung.After.IsZero():
		return w.add(due, rung.After)
	case rung.Percent >= 100:
		return w.after(working, due, part(span, rung.Percent-100))
	}
	left, err := w.left(working, at, due)
	if err != nil {
		return 0, err
	}
	if wait := left - part(span, 100-rung.Percent); wait > 0 {
		return w.after(working, at, wait)
	}
	return at, nil
}

// part is a percentage of a length, without overflow.
func part(span int64, percent int) int64 {
	return span/100*int64(percent) + span%100*int64(percent)/100
}

// ladderBase is the due that the rungs count on, how long its time is and how it
// is counted.
func (w *draft) ladderBase() (due instant, span int64, working bool, err error) {
	c := &w.c
	stage := c.stageClock()
	switch {
	case c.state.withLead() && c.handle != 0:
		return c.handle, c.span, w.counted(HandleClock), nil
	case c.fired.has(stage) && c.stage != 0:
		working = w.counted(stage)
		span, err = w.left(working, c.enteredAt, c.stage)
		return c.stage, max(span, 0), working, err
	case c.fired.has(TotalClock):
		working = w.counted(TotalClock)
		span, err = w.left(working, c.cycleStart(), c.total)
		return c.total, max(span, 0), working, err
	case c.reviews > 0 && c.due(stage) == 0 && c.due(TotalClock) == 0:
		return c.enteredAt, 0, false, nil
	}
	return 0, 0, false, nil
}

// bodyAt is the rung of one level that rules on the case, with what was skipped:
// the best that applies, exists and is no party to the dispute.
func (w *draft) bodyAt(level int, parties []Code, at instant) (best Rung, found bool, skipped []Fact) {
	deepest, longest := -1, -1
	for i, rung := range w.desk.rungs(&w.c, DisputeLadder) {
		depth, ok := rung.applies(w.rules.Map, w.c.event.Matter, w.c.area)
		if rung.Level != level || !ok {
			continue
		}
		if !exists(w.rules, rung.Party, at) || slices.Contains(parties, rung.Party) {
			skipped = append(skipped, RungSkipped{Kind: DisputeLadder, Rung: i + 1, Party: rung.Party})
			continue
		}
		line := MatterDepth(rung.Line)
		if cmp.Or(cmp.Compare(depth, deepest), cmp.Compare(line, longest)) > 0 {
			best, found, deepest, longest = rung, true, depth, line
		}
	}
	if found {
		skipped = nil
	}
	return best, found, skipped
}

// higher is the first level above one that somebody can rule on.
func (w *draft) higher(level int, at instant) (int, Rung, bool) {
	return w.bodyFrom(level, w.c.also().dispute.parties, at, nil)
}

func (w *draft) bodyFrom(above int, parties []Code, at instant, skipped *[]Fact) (int, Rung, bool) {
	last := above
	for _, rung := range w.desk.rungs(&w.c, DisputeLadder) {
		if rung.Level <= last {
			continue
		}
		last = rung.Level
		best, found, passed := w.bodyAt(rung.Level, parties, at)
		if found {
			return rung.Level, best, true
		}
		if skipped != nil {
			*skipped = append(*skipped, passed...)
		}
	}
	return 0, Rung{}, false
}

// openDispute is the facts that open a dispute at the first level above the latest
// ruling; when the ladder has nobody, the duty desk rules, finally.
func (w *draft) openDispute(at instant, basis string, named Code) []Fact {
	var parties []Code
	if w.c.parties != nil && w.c.state != StateRegistered {
		parties = with(parties, w.c.parties.Lead.Party)
	}
	if named != "" {
		parties = with(parties, named)
	}
	var facts []Fact
	ruled := w.c.also().dispute.ruled
	level, rung, ok := w.bodyFrom(ruled, parties, at, &facts)
	if !ok {
		level, rung = ruled+1, Rung{Party: w.desk.desk(), Final: true}
	}
	w.giveDispute(rung, at)
	return append(facts, DisputeOpened{Level: level, Body: rung.Party, Parties: parties, Basis: basis})
}

// giveDispute gives D the time of a rung.
func (w *draft) giveDispute(rung Rung, at instant) {
	if rung.Due.IsZero() {
		return
	}
	due, err := w.add(at, rung.Due)
	w.give(DisputeClock, due)
	w.fail = err
}
