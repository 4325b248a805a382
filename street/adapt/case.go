package adapt

import (
	"time"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// The ways in which case facts are grouped.
const (
	ByAll   = "all"   // everything, under the code "all"
	ByArea  = "area"  // the leaf and every unit around it
	ByParty = "party" // the lead and every party above it
)

// AllCode is the only code of ByAll.
const AllCode code.Code = "all"

// MarkCase is borne by every case, and MarkNotDue by one that has no due, or whose due
// has not come: Rates counts it as excluded.
const (
	MarkCase   = "case"
	MarkNotDue = "not_due"
)

// Rates are the on-time and the closing rate of cases due up to an instant. They are
// those of assess.Presets, and count the cases that are not due as excluded too, so that
// numerator, denominator and excluded together are all cases there are. A host that
// shows how many cases are left out uses these, one with rates of its own the presets.
func Rates() []assess.Indicator {
	var list []assess.Indicator
	for _, i := range assess.Presets("en") {
		if i.Code == assess.OnTimeRate || i.Code == assess.ClosingRate {
			i.Of, i.Except = MarkCase, append(i.Except, MarkNotDue)
			list = append(list, i)
		}
	}
	return list
}

// CaseFact turns a case, as it stands now, into a fact for the closing rates of
// assess.Presets (on time, late, all) and for Rates, which agree. A case that was merged,
// rejected or cancelled bears that mark and leaves every denominator; one without a due,
// or not yet due, is no case due. What counts is assessed at its due, the rest at its
// filing. The fact belongs to the case's leaf and the units around it, and to its lead
// and the parties above it. Marks of rework and satisfaction are the host's to add.
func CaseFact(c dispatch.Case, m *grid.Map, d *party.Directory, now time.Time) assess.Fact {
	f := assess.Fact{ID: c.ID, At: c.FiledAt, Groups: []assess.Group{{By: ByAll, Code: AllCode}}}
	if r, ok := m.Lookup(c.Area); ok {
		for u := range m.Path(r) {
			f.Groups = append(f.Groups, assess.Group{By: ByArea, Code: m.Info(u).Code})
		}
	}
	if lead := c.Lead.Party; lead != "" {
		f.Groups = append(f.Groups, assess.Group{By: ByParty, Code: lead})
		for p := range d.Chain(lead) {
			if p.Code != lead {
				f.Groups = append(f.Groups, assess.Group{By: ByParty, Code: p.Code})
			}
		}
	}
	f.Marks = append(f.Marks, MarkCase)
	gone, isGone := goneMarks[c.State]
	if isGone {
		f.Marks = append(f.Marks, gone)
	}
	if c.DueAt.IsZero() || c.DueAt.After(now) {
		f.Marks = append(f.Marks, MarkNotDue)
		return f
	}
	f.Marks = append(f.Marks, assess.MarkDue)
	if isGone {
		return f
	}
	f.At = c.DueAt
	if c.State == dispatch.StateClosed {
		f.Marks = append(f.Marks, assess.MarkClosed)
		if c.ClosedAt.After(c.DueAt) {
			f.Marks = append(f.Marks, assess.MarkClosedLate)
		} else {
			f.Marks = append(f.Marks, assess.MarkClosedOnTime)
		}
	}
	return f
}

// goneMarks are those of cases that no rate counts.
var goneMarks = map[dispatch.State]string{
	dispatch.StateMerged: assess.MarkMerged, dispatch.StateRejected: assess.MarkRejected, dispatch.StateCancelled: assess.MarkCancelled,
}

// ClosingSteps are the verbs that take a case from its state to closed, for a
// source that only says when a case was closed. A case that waits for its
// dispatch has none; one for which the duty desk stands in is finished by it. Such
// a source says nothing of rectifiers, assisting parties and further evidence, so a
// rectification that is still open is mended and accepted, assisting parties are not
// waited for, and evidence that is wanted is waived.
func ClosingSteps(c dispatch.Case, outcome string, satisfied dispatch.Satisfied, evidence []dispatch.Evidence) []dispatch.Do {
	var steps []dispatch.Do
	if c.State == dispatch.StateRegistered && c.Answers.Interim {
		c.State = dispatch.StateInProgress // the desk finishes what it stands in for
	}
	switch c.State {
	case dispatch.StateDispatched:
		steps = append(steps, dispatch.Ack{Case: c.ID})
		fallthrough
	case dispatch.StateAcknowledged:
		steps = append(steps, dispatch.Start{Case: c.ID})
		fallthrough
	case dispatch.StateInProgress:
		if c.Push != nil && !c.Push.Accepted {
			if !c.Push.Mended {
				steps = append(steps, dispatch.Mend{Case: c.ID})
			}
			steps = append(steps, dispatch.Accept{Case: c.ID})
		}
		finish := dispatch.Finish{Case: c.ID, Evidence: evidence}
		if len(c.Assist) > len(c.AssistDone) {
			finish.Override = "closed"
		}
		if len(c.Wanted) > 0 {
			finish.Waiver = "closed"
		}
		steps = append(steps, finish)
		fallthrough
	case dispatch.StateDone:
		steps = append(steps, dispatch.Verify{Case: c.ID})
		fallthrough
	case dispatch.StateVerified:
		steps = append(steps, dispatch.Close{Case: c.ID, Outcome: outcome, Satisfied: satisfied})
	}
	return steps
}
