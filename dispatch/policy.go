package dispatch

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party"
)

// Policy is how the duty desk works. A zero field has the default that is named
// with it.
//
// The defaults for registering and dispatching are the accept and dispatch
// times of the open 数字城管 system smart_cityguard, which count every minute.
// Its check task of 30 minutes is what a lead gets here to acknowledge; checking
// here may need a call back to the reporter, so it has a working day, as have
// closing and each review.
type Policy struct {
	Desk     Code            `json:"desk"`     // party of the duty desk; "desk"
	Register worktime.Budget `json:"register"` // from filing to registration; 15m
	Dispatch worktime.Budget `json:"dispatch"` // from registration to dispatch; 15m
	Ack      worktime.Budget `json:"ack"`      // from dispatch to acknowledgement; 30m
	Verify   worktime.Budget `json:"verify"`   // from done to verified; 1wd
	Close    worktime.Budget `json:"close"`    // from verified to closed; 1wd
	Review   worktime.Budget `json:"review"`   // between looks at a late case; 1wd

	Answer    worktime.Budget `json:"answer,omitzero"`    // for a reporter to answer; 2wd
	Return    worktime.Budget `json:"return,omitzero"`    // for the desk to look at a return; 1wd
	Dispute   worktime.Budget `json:"dispute,omitzero"`   // for a ruling, unless its rung says; 5wd
	Suspend   worktime.Budget `json:"suspend,omitzero"`   // longest suspension; 365d
	Floor     worktime.Budget `json:"floor,omitzero"`     // least time after a failed verification; 1wd
	Reopen    worktime.Budget `json:"reopen,omitzero"`    // after the end, for reopening; 15wd
	Admission worktime.Budget `json:"admission,omitzero"` // for deciding an application; 15wd
	// Archive is how long after its end a case leaves memory by itself, though never
	// before it can no longer be reopened; none is not before an Archive command.
	Archive worktime.Budget `json:"archive,omitzero"`
	Reworks int             `json:"reworks,omitzero"`  // failed verifications and reworks of one cycle, then the desk has the case; 2
	Fresh   worktime.Budget `json:"fresh,omitzero"`    // age of the position of who is sent; 10m
	Ladders []Ladder        `json:"ladders,omitempty"` // at most one of each kind; none
	// Proved lets Install take a list only when its Certificate is OK and of the Setup's
	// Directory: then every case about a known matter and a leaf has one certain lead at
	// every instant that List.Findings looks at.
	Proved bool `json:"proved,omitzero"`
}

// DefaultDesk is the party of the duty desk when the Policy names none.
const DefaultDesk Code = "desk"

// filled answers p with the defaults in place.
func (p Policy) filled() Policy {
	p.Desk = cmp.Or(p.Desk, DefaultDesk)
	workday := worktime.Budget{N: 1, Unit: worktime.WorkingDays}
	quarter := worktime.Budget{N: 15, Unit: worktime.Minutes}
	p.Register = cmp.Or(p.Register, quarter)
	p.Dispatch = cmp.Or(p.Dispatch, quarter)
	p.Ack = cmp.Or(p.Ack, worktime.Budget{N: 30, Unit: worktime.Minutes})
	p.Verify = cmp.Or(p.Verify, workday)
	p.Close = cmp.Or(p.Close, workday)
	p.Review = cmp.Or(p.Review, workday)
	return p
}

// later is a budget that the Policy names, or its default.
func (p Policy) later(clock Clock) worktime.Budget {
	days := func(n int64) worktime.Budget { return worktime.Budget{N: n, Unit: worktime.WorkingDays} }
	switch clock {
	case AnswerClock:
		return cmp.Or(p.Answer, days(2))
	case ReturnClock:
		return cmp.Or(p.Return, days(1))
	case DisputeClock:
		return cmp.Or(p.Dispute, days(5))
	}
	return worktime.Budget{}
}

func (p Policy) suspend() worktime.Budget {
	return cmp.Or(p.Suspend, worktime.Budget{N: 365, Unit: worktime.Days})
}

func (p Policy) floor() worktime.Budget {
	return cmp.Or(p.Floor, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
}

func (p Policy) reopen() worktime.Budget {
	return cmp.Or(p.Reopen, worktime.Budget{N: 15, Unit: worktime.WorkingDays})
}

// ReworksMax is the most that Policy.Reworks can be.
const ReworksMax = 100

func (p Policy) reworks() int { return cmp.Or(p.Reworks, 2) }

func (p Policy) fresh() worktime.Budget {
	return cmp.Or(p.Fresh, worktime.Budget{N: 10, Unit: worktime.Minutes})
}

func (p Policy) admission() worktime.Budget {
	return cmp.Or(p.Admission, worktime.Budget{N: 15, Unit: worktime.WorkingDays})
}

// check reports a bad desk code or a budget that is none.
func (p Policy) check() error {
	if err := checkCodes("duty desk", p.Desk); err != nil {
		return err
	}
	for _, b := range []worktime.Budget{p.Register, p.Dispatch, p.Ack, p.Verify, p.Close, p.Review} {
		if _, err := worktime.ParseBudget(b.String()); err != nil {
			return fmt.Errorf("%w: policy: %w", ErrCommand, err)
		}
	}
	for _, b := range []worktime.Budget{p.Answer, p.Return, p.Dispute, p.Suspend, p.Floor, p.Reopen, p.Admission, p.Fresh, p.Archive} {
		if b.IsZero() {
			continue
		}
		if _, err := worktime.ParseBudget(b.String()); err != nil {
			return fmt.Errorf("%w: policy: %w", ErrCommand, err)
		}
	}
	if p.Reworks < 0 || p.Reworks > ReworksMax {
		return fmt.Errorf("%w: policy: %d reworks, at least 0 and at most %d", ErrCommand, p.Reworks, ReworksMax)
	}
	kinds := map[LadderKind]bool{}
	for _, l := range p.Ladders {
		if kinds[l.Kind] {
			return fmt.Errorf("%w: two ladders of kind %q", ErrCommand, string(l.Kind))
		}
		kinds[l.Kind] = true
		if err := l.check(); err != nil {
			return err
		}
	}
	return nil
}

// budget is the time of a stage or review clock.
func (p Policy) budget(clock Clock) worktime.Budget {
	switch clock {
	case RegisterClock:
		return p.Register
	case DispatchClock:
		return p.Dispatch
	case AckClock:
		return p.Ack
	case VerifyClock:
		return p.Verify
	case CloseClock:
		return p.Close
	case ReviewClock:
		return p.Review
	}
	return p.later(clock)
}

// Setup is everything by which a Desk decides. All but Policy are required, and
// the List must have been compiled for the Map. The parts are immutable and
// shared, not copied.
type Setup struct {
	Map       *grid.Map
	List      *List
	Directory *party.Directory
	Calendar  *worktime.Calendar
	Policy    Policy
}

// Versions identifies the content of a Setup.
type Versions struct {
	Map       Sum `json:"map"`
	List      Sum `json:"list"`
	Directory Sum `json:"directory"`
	Calendar  Sum `json:"calendar"`
	Policy    Sum `json:"policy"`
}

// clean answers the Setup with the Policy's defaults in place, or ErrCommand.
func (s Setup) clean() (Setup, error) {
	switch {
	case s.Map == nil:
		return s, fmt.Errorf("%w: setup has no map", ErrCommand)
	case s.List == nil:
		return s, fmt.Errorf("%w: setup has no list", ErrCommand)
	case s.List.Map() == nil || s.List.Map().Hash() != s.Map.Hash():
		return s, fmt.Errorf("%w: setup has a list for another map", ErrCommand)
	case s.Directory == nil:
		return s, fmt.Errorf("%w: setup has no directory", ErrCommand)
	case s.Calendar == nil:
		return s, fmt.Errorf("%w: setup has no calendar", ErrCommand)
	}
	s.Policy = s.Policy.filled()
	s.Policy.Ladders = ownLadders(s.Policy.Ladders)
	return s, s.Policy.check()
}

// Versions is the digests of a complete Setup, of a zero part the zero digest.
func (s Setup) Versions() Versions {
	var v Versions
	if s.Map != nil {
		v.Map = s.Map.Hash()
	}
	if s.List != nil {
		v.List = s.List.Hash()
	}
	if s.Directory != nil {
		v.Directory = s.Directory.Hash()
	}
	if s.Calendar != nil {
		v.Calendar = s.Calendar.Hash()
	}
	if policy, err := json.Marshal(s.Policy.filled()); err == nil {
		v.Policy = keyed.Of(policy)
	}
	return v
}

// MarshalJSON writes the digests of the parts, which is what a Setup is to a
// retried command.
func (s Setup) MarshalJSON() ([]byte, error) { return json.Marshal(s.Versions()) }
