package dispatch

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// flaw is the first field that contradicts the others, "" when none does.
func (v *Import) flaw(now instant) string {
	at, end := now.time(), v.ClosedAt
	for i, each := range []struct {
		field string
		at    time.Time
	}{
		{"filed_at", v.FiledAt}, {"closed_at", v.ClosedAt}, {"since", v.Since}, {"cycle_at", v.CycleAt},
		{"registered_at", v.RegisteredAt}, {"dispatched_at", v.DispatchedAt},
		{"acknowledged_at", v.AcknowledgedAt}, {"started_at", v.StartedAt}, {"done_at", v.DoneAt}, {"verified_at", v.VerifiedAt},
	} {
		if each.at.IsZero() {
			continue
		}
		if each.at.After(at) || each.at.Before(v.FiledAt) || i > 0 && !end.IsZero() && each.at.After(end) {
			return each.field
		}
	}
	_, led := v.needs()
	for _, each := range []struct {
		field string
		bad   bool
	}{
		{"state", !slices.Contains(States(), v.State)},
		{"filed_at", v.FiledAt.IsZero()},
		{"closed_at", v.ClosedAt.IsZero() == v.ended()},
		{"registered_at", v.unregistered()},
		{"dispatched_at", led && (v.DispatchedAt.IsZero() || v.DispatchedAt.Before(v.RegisteredAt))},
		{"acknowledged_at", v.State == StateAcknowledged && v.AcknowledgedAt.Before(v.DispatchedAt)},
		{"done_at", v.DoneAt.IsZero() == (v.State == StateDone || v.seen())},
		{"verified_at", v.VerifiedAt.IsZero() == v.seen() || v.seen() && v.VerifiedAt.Before(v.DoneAt)},
		{"lead", (led || v.State == StateOffered) && v.Lead.Party == "" || v.State == StateFiled && v.Lead.Party != ""},
		{"generation", v.Generation < 0 || led && v.Generation < 1 || v.State == StateFiled && v.Generation > 0},
		{"cycle", v.Cycle < 0 || v.Cycle > ReopensMax || v.CycleAt.IsZero() != (v.Cycle == 0)},
		{"asks", v.Asks < 0 || v.Asks > AsksMax},
		{"extensions", v.Extensions < 0 || v.Extensions > ExtensionsMax},
		{"suspensions", v.Suspensions < 0 || v.Suspensions > SuspensionsMax},
		{"reworks", v.Reworks < 0 || v.Reworks > ReworksMax},
		{"rung", v.Rung < 0 || v.Rung > RungsMax},
		{"reviews", v.Reviews < 0 || v.Reviews > math.MaxInt32},
		{"contention", v.State == StateDisputed && v.Contention == nil || v.Contention != nil && v.Contention.flawed()},
		{"tie", len(v.Tie) > 0 && v.Status != Tied || len(v.Tie) != len(codesInOrder(v.Tie))},
		{"asking", v.Asking && v.State != StateFiled},
		{"self", (v.Self || v.Claim) && v.Lead.Party == ""},
		{"push", v.Push != nil && !v.pushed()},
		{"reports", len(v.Reports) > ReportsMax},
		{"clocks", v.flawedClocks()},
	} {
		if each.bad {
			return each.field
		}
	}
	return v.flawedEnd()
}

// seen reports whether somebody looked at the work, or that was waived.
func (v *Import) seen() bool { return v.State == StateVerified || v.State == StateClosed }

// flawed reports whether nobody decides, or somebody was named by no ruling.
func (k *Contention) flawed() bool {
	return k.Level < 1 || k.Body == "" || k.For != "" && k.Ruled < 1
}

// worked reports whether work that is done stands.
func (v *Import) worked() bool { return v.State == StateDone || v.seen() }

// ended reports whether the case has ended. An unknown state is no end.
func (v *Import) ended() bool { return slices.Contains(endStates, v.State) }

// unregistered reports whether the case is registered, though its state says that it is
// not, or the other way round. Before it was registered a case can be rejected, taken
// back and merged, but in the first cycle only.
func (v *Import) unregistered() bool {
	none := v.RegisteredAt.IsZero()
	if v.ended() && v.State != StateClosed {
		return none && v.Cycle > 0
	}
	return none != (v.State == StateFiled)
}

// flawedEnd is the first field that contradicts how the case ended or what was merged,
// "" when none does.
func (v *Import) flawedEnd() string {
	answered := v.State == StateClosed || v.State == StateRejected
	_, same := sameHand(v.Doer, v.Verifier)
	closed := Case{State: v.State, DueAt: v.Clocks.Total, ClosedAt: v.ClosedAt}
	for _, each := range []struct {
		field string
		bad   bool
	}{
		{"since", v.ended() && !v.Since.IsZero() && !v.Since.Equal(v.ClosedAt)},
		{"lead", v.ended() && v.Lead.Party == "" && !v.DispatchedAt.IsZero() || v.ended() && v.Lead.Party != "" && v.RegisteredAt.IsZero()},
		{"generation", v.ended() && (v.Lead.Party != "" && v.Generation < 1 || v.RegisteredAt.IsZero() && v.Generation > 0)},
		{"replied", answered && !v.Replied && v.Event.Reporter != ""},
		{"reports", v.ended() && slices.ContainsFunc(v.Reports, func(r Report) bool {
			return answered && !r.Replied && r.Reporter != "" || r.At.After(v.ClosedAt)
		})},
		{"verifier", v.State == StateClosed && same && !v.Lapsed && !v.Waived},
		{"outcome", v.Outcome != "" && v.State != StateClosed && v.State != StateRejected || v.State == StateRejected && RejectReason(v.Outcome).check() != nil},
		{"satisfied", v.Satisfied != "" && (v.State == StateFiled || v.Satisfied != SatisfiedYes && v.Satisfied != SatisfiedNo)},
		{"said", v.saidFlawed()},
		{"stood_in", v.StoodIn && !v.worked()},
		{"on_time", v.OnTime != "" && (v.State != StateClosed || v.OnTime != closed.OnTime(v.ClosedAt))},
		{"clocks", v.ended() && v.running()},
		{"into", (v.Into == "") == (v.State == StateMerged)},
		{"merged", len(v.Merged) > 0 && (v.State == StateMerged || len(v.Merged) > MergedMax || !ascending(v.Merged))},
	} {
		if each.bad {
			return each.field
		}
	}
	return ""
}

// saidFlawed reports whether what the reporters said is none of the answers, stands
// in the wrong place or does not make the case as satisfied as it is; a closing may have
// said otherwise.
func (v *Import) saidFlawed() bool {
	others, all := false, []Satisfied{v.Said}
	for _, r := range v.Reports {
		others, all = others || r.Said != "", append(all, r.Said)
	}
	odd := slices.ContainsFunc(all, func(s Satisfied) bool { return s != "" && s != SatisfiedYes && s != SatisfiedNo })
	if odd || !others {
		return odd || v.Said != ""
	}
	return v.State != StateClosed && v.Satisfied != overall(all)
}

// running reports whether a clock runs or stands still that a case that has ended
// cannot have.
func (v *Import) running() bool {
	c := &v.Clocks
	return !c.Stage.IsZero() || !c.Review.IsZero() || !c.Ladder.IsZero() || len(c.Paused)+len(v.Left) > 0
}

// ascending reports whether codes are in order, each once.
func ascending(list []Code) bool { return slices.Equal(list, codesInOrder(list)) }

// began is when the state of the case began, zero when that is now.
func (v *Import) began() time.Time { return cmp.Or(v.Since, v.ClosedAt) }

// pushed reports whether the case has a lead and is pushed to a regulator and to a
// rectifier.
func (v *Import) pushed() bool { return v.Lead.Party != "" && v.Parties.dual() }

// needs is the stage clock of the state, and whether it needs a lead.
func (v *Import) needs() (stage Clock, led bool) {
	stage = v.State.stage()
	if v.Asking {
		stage = AnswerClock
	}
	alone := v.Interim && slices.Contains([]State{StateDisputed, StateInProgress, StateSuspended}, v.State)
	return stage, v.State.withLead() && !alone
}

// flawedClocks reports a clock that is given twice, that no case of the state has, or
// of which less than nothing, or more than any clock has, is left.
func (v *Import) flawedClocks() bool {
	stage, _ := v.needs()
	push := !v.Clocks.Note.IsZero() || !v.Clocks.Rectify.IsZero()
	if push && !v.pushed() || stage == "" && !v.Clocks.Stage.IsZero() || !possible(v.Clocks.Span) || !v.Clocks.Archive.IsZero() {
		return true
	}
	seen := map[Clock]bool{}
	for _, p := range slices.Concat(v.Left, v.Clocks.Paused) {
		known := slices.Contains([]Clock{TotalClock, HandleClock, NoteClock, RectifyClock, RegisterClock, stage}, p.Clock)
		if (p.Clock == NoteClock || p.Clock == RectifyClock) && !v.pushed() {
			return true
		}
		if !possible(p.Left) || p.Clock == "" || !known || seen[p.Clock] {
			return true
		}
		seen[p.Clock] = true
		if field := p.Clock; field == stage && !v.Clocks.Stage.IsZero() || field != stage && field != RegisterClock && !v.Clocks.of(field).IsZero() {
			return true
		}
	}
	for _, c := range v.Late {
		if !slices.Contains(clockOrder[:], c) {
			return true
		}
	}
	return false
}

// possible reports whether a clock can have so many milliseconds: no more than there
// are in all the years.
func possible(length int64) bool { return length >= 0 && length <= int64(instantMax) }
