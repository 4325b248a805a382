package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// Import brings an open case over from another system (案件迁入) with its clocks part
// spent, as one fact. Afterwards it is a case like any other: what was asked, extended,
// returned, reworked and ruled before counts here too. Only the host may import.
//
// A clock that runs has either its due in Clocks or what is left of it in Left, which
// goes on from now; one that stands still is in Clocks.Paused. The stage clock of the
// state starts afresh when it has neither and is not Late. A state that needs a lead
// has one, and Generation counts its dispatches.
type Import struct {
	Event Event  `json:"event"`
	Case  Code   `json:"case,omitzero"`
	From  string `json:"from"` // the system that it comes from, as a label
	State State  `json:"state"`

	FiledAt        time.Time `json:"filed_at"`
	RegisteredAt   time.Time `json:"registered_at,omitzero"`
	DispatchedAt   time.Time `json:"dispatched_at,omitzero"`
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
	StartedAt      time.Time `json:"started_at,omitzero"`
	DoneAt         time.Time `json:"done_at,omitzero"`
	VerifiedAt     time.Time `json:"verified_at,omitzero"`
	Since          time.Time `json:"since,omitzero"` // when State began; zero is now

	Parties
	Generation int    `json:"generation,omitzero"`
	Status     Status `json:"status,omitzero"`  // why there is no lead
	Interim    bool   `json:"interim,omitzero"` // the duty desk stands in

	Clocks Clocks   `json:"clocks,omitzero"`
	Left   []Paused `json:"left,omitempty"` // in place of a due
	Late   []Clock  `json:"late,omitempty"` // that have run out, of those set now

	Cycle       int         `json:"cycle,omitzero"`
	CycleAt     time.Time   `json:"cycle_at,omitzero"` // of the latest reopening
	Asks        int         `json:"asks,omitzero"`     // in this cycle, as the next three
	Extensions  int         `json:"extensions,omitzero"`
	Suspensions int         `json:"suspensions,omitzero"`
	Reworks     int         `json:"reworks,omitzero"`
	Returned    []Code      `json:"returned,omitempty"` // parties whose return right is spent
	Basis       string      `json:"basis,omitzero"`     // of the latest return
	Named       Code        `json:"named,omitzero"`     // whose the case is, by the latest return
	Contention  *Contention `json:"contention,omitempty"`
	Push        *Push       `json:"push,omitempty"` // where a dual push stands
	AssistDone  []Code      `json:"assist_done,omitempty"`
	Assigned    []Sent      `json:"assigned,omitempty"`
	Reports     []Report    `json:"reports,omitempty"` // beyond Event
	Replied     bool        `json:"replied,omitzero"`  // the reporter of Event was answered
	Asking      bool        `json:"asking,omitzero"`
	AckDeemed   bool        `json:"ack_deemed,omitzero"`
	Lapsed      bool        `json:"lapsed,omitzero"`
	Claim       bool        `json:"claim,omitzero"`
	Self        bool        `json:"self,omitzero"`
	Waived      bool        `json:"waived,omitzero"`
	Unproven    bool        `json:"unproven,omitzero"`
	Rung        int         `json:"rung,omitzero"`
	Card        Card        `json:"card,omitzero"`
	Alone       string      `json:"alone,omitzero"`
	Doer        Actor       `json:"doer,omitzero"`
	Verifier    Actor       `json:"verifier,omitzero"`
}

func (Import) verb() string  { return "import" }
func (Import) subject() Code { return "" }

func (v Import) clean() (Do, error) {
	file, err := File{Event: v.Event, Case: v.Case}.clean()
	if err != nil {
		return v, err
	}
	v.Event, v.Case = file.(File).Event, file.(File).Case
	if err := checkStated("from", v.From); err != nil {
		return v, err
	}
	if err := checkLabels("basis", v.Basis, "status", string(v.Status), "alone", v.Alone); err != nil {
		return v, err
	}
	if err := v.Terms.check(); err != nil {
		return v, err
	}
	for _, at := range v.instants() {
		if *at, err = cleanTime("an instant", *at); err != nil {
			return v, err
		}
	}
	v.Parties = v.Parties.own()
	v.Clocks.Paused, v.Left, v.Late = cloneOrNil(v.Clocks.Paused), cloneOrNil(v.Left), cloneOrNil(v.Late)
	v.Returned, v.AssistDone, v.Reports = codesInOrder(v.Returned), codesInOrder(v.AssistDone), cloneOrNil(v.Reports)
	if v.Contention != nil {
		v.Contention = new(*v.Contention)
		v.Contention.Parties = codesInOrder(v.Contention.Parties)
		if v.Contention.AppealUntil, err = cleanTime("appeal until", v.Contention.AppealUntil); err != nil {
			return v, err
		}
	}
	if v.Push != nil {
		v.Push = new(*v.Push)
	}
	v.Assigned, err = cleanSent(v.Assigned)
	if err != nil {
		return v, err
	}
	seen := map[Code]bool{v.Event.ID: true}
	for i := range v.Reports {
		r := &v.Reports[i]
		if seen[r.Event] {
			return v, fmt.Errorf("%w: event %q is there twice", ErrCommand, string(r.Event))
		}
		seen[r.Event] = true
		if err := checkCodes("report", r.Event); err != nil {
			return v, err
		}
		if err := checkLabels("external id", r.External, "channel", r.Channel, "reporter", string(r.Reporter)); err != nil {
			return v, err
		}
		if r.At, err = cleanTime("report", r.At); err != nil {
			return v, err
		}
	}
	return v, nil
}

// instants are every instant and due that the import brings.
func (v *Import) instants() []*time.Time {
	return []*time.Time{
		&v.FiledAt, &v.RegisteredAt, &v.DispatchedAt, &v.AcknowledgedAt, &v.StartedAt, &v.DoneAt, &v.VerifiedAt, &v.Since, &v.CycleAt,
		&v.Clocks.Total, &v.Clocks.Handle, &v.Clocks.Stage, &v.Clocks.Review, &v.Clocks.Note, &v.Clocks.Rectify, &v.Clocks.Ladder,
	}
}

// codesInOrder answers a copy in order, each code once.
func codesInOrder(list []Code) []Code {
	list = cloneOrNil(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// CaseImported records an open case of another system (案件迁入). The entry's clocks have
// its dues.
type CaseImported struct {
	Setup uint64 `json:"setup"`
	Area  Code   `json:"area,omitzero"` // the unit that owns the place; empty off the map
	Risk  Risk   `json:"risk,omitzero"`
	Import
}

func (CaseImported) fact() string { return "case_imported" }

// flaw is the first field that contradicts the others, "" when none does.
func (v *Import) flaw(now instant) string {
	at := now.time()
	for _, each := range []struct {
		field string
		at    time.Time
	}{
		{"filed_at", v.FiledAt}, {"since", v.Since}, {"cycle_at", v.CycleAt}, {"registered_at", v.RegisteredAt}, {"dispatched_at", v.DispatchedAt},
		{"acknowledged_at", v.AcknowledgedAt}, {"started_at", v.StartedAt}, {"done_at", v.DoneAt}, {"verified_at", v.VerifiedAt},
	} {
		if each.at.IsZero() {
			continue
		}
		if each.at.After(at) || each.at.Before(v.FiledAt) {
			return each.field
		}
	}
	_, led := v.needs()
	for _, each := range []struct {
		field string
		bad   bool
	}{
		{"state", !v.State.Open()},
		{"filed_at", v.FiledAt.IsZero()},
		{"registered_at", v.RegisteredAt.IsZero() != (v.State == StateFiled)},
		{"dispatched_at", led && (v.DispatchedAt.IsZero() || v.DispatchedAt.Before(v.RegisteredAt))},
		{"acknowledged_at", v.State == StateAcknowledged && v.AcknowledgedAt.Before(v.DispatchedAt)},
		{"started_at", v.State == StateInProgress && v.StartedAt.IsZero()},
		{"done_at", v.DoneAt.IsZero() == (v.State == StateDone || v.State == StateVerified)},
		{"verified_at", v.VerifiedAt.IsZero() == (v.State == StateVerified) || v.State == StateVerified && v.VerifiedAt.Before(v.DoneAt)},
		{"lead", (led || v.State == StateOffered) && v.Lead.Party == "" || v.State == StateFiled && v.Lead.Party != ""},
		{"generation", v.Generation < 0 || led && v.Generation < 1 || v.State == StateFiled && v.Generation > 0},
		{"cycle", v.Cycle < 0 || v.Cycle > ReopensMax || v.CycleAt.IsZero() != (v.Cycle == 0)},
		{"asks", v.Asks < 0 || v.Asks > AsksMax},
		{"extensions", v.Extensions < 0 || v.Extensions > ExtensionsMax},
		{"suspensions", v.Suspensions < 0 || v.Suspensions > SuspensionsMax},
		{"reworks", v.Reworks < 0 || v.Reworks > ReworksMax},
		{"rung", v.Rung < 0 || v.Rung > RungsMax},
		{"contention", v.State == StateDisputed && v.Contention == nil || v.Contention != nil && (v.Contention.Level < 1 || v.Contention.Body == "")},
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
	return ""
}

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
