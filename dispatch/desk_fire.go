package dispatch

import (
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// fire emits the next firing of the case if it comes at or before limit.
func (w *draft) fire(limit instant) (bool, error) {
	clock, due := w.c.nextDue()
	if due == 0 || w.c.fireAt(due) > limit {
		return false, nil
	}
	at := w.c.fireAt(due)
	actor := w.actor
	w.actor, w.firing = Actor{}, true
	err := w.runOut(clock, at)
	w.actor, w.firing = actor, false
	w.gone = w.gone || clock == ArchiveClock && err == nil
	return err == nil, err
}

// leaves is when a case that has ended leaves memory after the fact, 0 when it does
// not by itself: without Policy.Archive, and when it was merged, for then it goes with
// the other. Never before it can no longer be reopened; a due that the calendar cannot
// count is none.
func (w *draft) leaves(fact Fact) instant {
	c := &w.c
	_, left := fact.(Archived)
	switch {
	case left || c.state.Open() || c.state == StateMerged:
		return 0
	case c.archive != 0 || w.rules.Policy.Archive.IsZero():
		return c.archive
	}
	var last instant
	for _, b := range []worktime.Budget{w.rules.Policy.Archive, w.rules.Policy.reopen()} {
		due, err := w.rules.Calendar.Add(c.closedAt.time(), b)
		at, bad := instantOf(due)
		if err != nil || bad != nil {
			return 0
		}
		last = max(last, at)
	}
	return last
}

// takeAlong archives what was merged into the case and is still in memory, by id.
func (w *draft) takeAlong(at instant) error {
	for _, id := range w.c.also().merged {
		part, there := w.desk.cases[id]
		if !there || part.state != StateMerged || part.side.into != w.c.id {
			continue
		}
		with := draft{desk: w.desk, rules: w.rules, out: w.out, c: *part, firing: true}
		if err := with.take(row("37"), at, Archived{}); err != nil {
			return err
		}
	}
	return nil
}

// runOut takes the first row of the clock whose condition holds.
func (w *draft) runOut(clock Clock, at instant) error {
	if clock == ArchiveClock {
		if err := w.takeAlong(at); err != nil {
			return err
		}
	}
	for _, row := range rowsByClock[clock] {
		if slices.Contains(row.From, w.c.state) && w.holds(row.When, at) {
			return w.take(row, at, w.firingFacts(row, clock, at)...)
		}
	}
	return fmt.Errorf("%w %q", errNoRow, string(clock))
}

// holds reports whether the condition of a row that a clock triggers holds.
func (w *draft) holds(when string, at instant) bool {
	switch when {
	case "":
		return true
	case whenLowRisk:
		return w.c.risk == LowRisk && !w.sampled() && !w.c.unproven
	case whenHigher:
		_, _, ok := w.higher(w.c.also().dispute.level, at)
		return ok
	case whenFinal:
		return w.c.also().dispute.final
	case whenNever:
		return w.c.also().dispute.final && w.c.also().basis == NotAdmitted
	case whenNobody:
		_, _, skip := w.dueRung(at)
		return skip
	}
	return false
}

// firingFacts are the facts of a row that a clock triggers.
func (w *draft) firingFacts(row *Transition, clock Clock, at instant) []Fact {
	party := w.c.answerable(w.desk.desk())
	switch row.Facts[0] {
	case "ack_deemed":
		return []Fact{AckDeemed{}}
	case "verify_lapsed":
		return []Fact{VerifyLapsed{}}
	case "total_overdue":
		return []Fact{TotalOverdue{Party: party}}
	case "review_due":
		return []Fact{ReviewDue{}}
	case "supplement_lapsed":
		return []Fact{SupplementLapsed{}}
	case "archived":
		return []Fact{Archived{}}
	case "resumed":
		return []Fact{Resumed{Lapsed: true}}
	case "review_lapsed":
		switch row.When {
		case whenNever:
			return []Fact{ReviewLapsed{Relieved: w.c.parties.Lead.Party}}
		case whenFinal:
			return []Fact{ReviewLapsed{}, ReturnRefused{Reason: "lapsed"}}
		}
		return append([]Fact{ReviewLapsed{}}, w.openDispute(at, "", w.c.also().named)...)
	case "dispute_raised":
		level, rung, _ := w.higher(w.c.also().dispute.level, at)
		w.giveDispute(rung, at)
		return []Fact{DisputeRaised{Level: level, Body: rung.Party}}
	case "rung_skipped":
		i, rung, _ := w.dueRung(at)
		return []Fact{RungSkipped{Kind: OverdueLadder, Rung: i, Party: rung.Party}}
	case "ladder_raised":
		i, rung, _ := w.dueRung(at)
		return []Fact{LadderRaised{Rung: i, Party: rung.Party, Card: rung.Card, Owner: party}}
	case "rectify_lapsed":
		return []Fact{RectifyLapsed{Party: w.c.parties.Rectifier.Party}}
	case "note_deemed":
		return []Fact{NoteDeemed{Roles: w.c.also().push.silent()}}
	}
	return []Fact{StageOverdue{Stage: clock, Party: party}}
}

// silent are the roles of a dual push that have not taken note.
func (p pushState) silent() []Role {
	var roles []Role
	if !p.supervised {
		roles = append(roles, Regulator)
	}
	if !p.noted {
		roles = append(roles, Rectifier)
	}
	return roles
}

// catchUp emits every firing at or before now, at most FiringsMax in one
// outcome, else ErrBehind.
func (w *draft) catchUp(now instant) error {
	for {
		fired, err := w.fire(now)
		if err != nil || !fired {
			return err
		}
		if len(*w.out) > FiringsMax {
			return ErrBehind
		}
	}
}
