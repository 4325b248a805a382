package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// Import brings a case over from another system (案件迁入), open with its clocks part
// spent or ended, as one fact. Afterwards it is a case like any other: what was asked,
// extended, returned, reworked and ruled before counts here too. Only the host may import.
//
// A clock that runs has either its due in Clocks or what is left of it in Left, which
// goes on from now; one that stands still is in Clocks.Paused. The stage clock of the
// state starts afresh when it has neither and is not Late. A state that needs a lead
// has one, and Generation counts its dispatches.
//
// A case that has ended says so in ClosedAt, has no clock that stands still and no stage,
// and was late when it ended after Clocks.Total. From ClosedAt count Policy.Reopen and
// Policy.Archive, so what is older than both leaves memory at once. Whoever waited for
// an answer to a closed or rejected case had one. Its lead need not exist any more.
//
// A merged case comes after the one that it went Into. Where that one names it in
// Merged, nothing else changes, for T of that one, and in Clocks.Own its own T, have
// been brought; else it must be open with no clock standing still, and takes the
// case in as with Merge. A name in Merged is kept for the case that is to come.
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
	Tie        []Code `json:"tie,omitempty"`    // rules that tied, the first first, of Status Tied only
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
	Reviews     int64       `json:"reviews,omitzero"`  // reviews that fell due; from the first on rungs count where nothing else has a time
	Shown       []string    `json:"shown,omitempty"`   // kinds of evidence that reports beyond Event showed
	Worked      []string    `json:"worked,omitempty"`  // kinds that work or rectification showed, as far as it stands
	StoodIn     bool        `json:"stood_in,omitzero"` // of what is done; without a Lead it is so anyway
	Rung        int         `json:"rung,omitzero"`
	Card        Card        `json:"card,omitzero"`
	Alone       string      `json:"alone,omitzero"`
	Doer        Actor       `json:"doer,omitzero"`
	Verifier    Actor       `json:"verifier,omitzero"`

	ClosedAt  time.Time `json:"closed_at,omitzero"` // when it ended, if it has
	Outcome   string    `json:"outcome,omitzero"`   // of a closed case; of a rejected one its RejectReason
	Satisfied Satisfied `json:"satisfied,omitzero"` // as the call-backs, or the closing, had it
	Said      Satisfied `json:"said,omitzero"`      // of the first reporter, when one of Reports said something too
	OnTime    string    `json:"on_time,omitzero"`   // of a closed case, as Case.OnTime; empty is by Clocks.Total
	Into      Code      `json:"into,omitzero"`      // where a merged case went
	Merged    []Code    `json:"merged,omitempty"`   // the cases merged into it, brought after it
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
	if err := checkLabels("basis", v.Basis, "status", string(v.Status), "alone", v.Alone, "outcome", v.Outcome); err != nil {
		return v, err
	}
	if err := v.Terms.check(); err != nil {
		return v, err
	}
	for _, kinds := range []*[]string{&v.Shown, &v.Worked} {
		if err := checkKinds(*kinds, EvidenceMax); err != nil {
			return v, err
		}
		*kinds = slices.Compact(slices.Sorted(slices.Values(*kinds)))
	}
	for _, rule := range v.Tie {
		if err := checkCodes("rule", rule); err != nil {
			return v, err
		}
	}
	v.Tie = cloneOrNil(v.Tie)
	for _, id := range append(slices.Clone(v.Merged), v.Into) {
		if id != "" {
			if err := checkCodes("merged case", id); err != nil {
				return v, err
			}
		}
	}
	for _, at := range v.instants() {
		if *at, err = cleanTime("an instant", *at); err != nil {
			return v, err
		}
	}
	v.Parties = v.Parties.own()
	v.Clocks.Paused, v.Left, v.Late = cloneOrNil(v.Clocks.Paused), cloneOrNil(v.Left), cloneOrNil(v.Late)
	v.Returned, v.AssistDone, v.Reports = codesInOrder(v.Returned), codesInOrder(v.AssistDone), cloneOrNil(v.Reports)
	v.Merged = codesInOrder(v.Merged)
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
		&v.FiledAt, &v.RegisteredAt, &v.DispatchedAt, &v.AcknowledgedAt, &v.StartedAt, &v.DoneAt, &v.VerifiedAt, &v.ClosedAt, &v.Since, &v.CycleAt,
		&v.Clocks.Total, &v.Clocks.Handle, &v.Clocks.Stage, &v.Clocks.Review, &v.Clocks.Note, &v.Clocks.Rectify, &v.Clocks.Ladder,
		&v.Clocks.Own,
	}
}

// codesInOrder answers a copy in order, each code once.
func codesInOrder(list []Code) []Code {
	list = cloneOrNil(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// CaseImported records a case of another system (案件迁入). The entry's clocks have
// its dues.
type CaseImported struct {
	Setup uint64 `json:"setup"`
	Area  Code   `json:"area,omitzero"` // the unit that owns the place; empty off the map
	Risk  Risk   `json:"risk,omitzero"`
	Import
}

func (CaseImported) fact() string { return "case_imported" }
