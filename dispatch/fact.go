package dispatch

// Fact is what an Entry says happened. Facts are values, and must not be
// modified. The kinds are sealed: Facts lists them.
type Fact interface{ fact() string }

// SetupInstalled records that the rules changed (规则启用). Number counts
// installations from 1.
type SetupInstalled struct {
	Number uint64   `json:"number"`
	Hashes Versions `json:"hashes"`
	Desk   Code     `json:"desk"` // the party of the duty desk from now on
	// Ladders are those of cases filed or dispatched from now on.
	Ladders []Ladder `json:"ladders,omitempty"`

	setup *Setup // the objects, when the fact was decided and not read
}

// CaseFiled records a report and the case it opens (上报).
type CaseFiled struct {
	Event Event  `json:"event"`
	Area  Code   `json:"area,omitzero"` // the unit that owns the place; empty off the map
	Risk  Risk   `json:"risk,omitzero"`
	Setup uint64 `json:"setup"`
	Link  Code   `json:"link,omitzero"` // the older case that this one goes on from
}

// CaseRegistered records that the desk took the report as a case (立案).
type CaseRegistered struct{}

// OwnerUnclear records why no lead was found; the duty desk answers meanwhile
// (兜底).
type OwnerUnclear struct {
	Status Status `json:"status"`
	Tie    []Code `json:"tie,omitempty"`
}

// Dispatched records who leads from now on, and everybody else with a part
// (派遣). Generation counts dispatches from 1.
type Dispatched struct {
	Generation int    `json:"generation"`
	Setup      uint64 `json:"setup"`
	Parties
	// Alone says why the regulator has no rectifier beside it; empty when it has, or
	// when there is no regulator.
	Alone string `json:"alone,omitzero"`
	// Owners are those of the place that the command brought; from now on they are the
	// case's.
	Owners []LayerOwner `json:"owners,omitempty"`
}

// Acknowledged records that the lead has taken note (签收).
type Acknowledged struct{}

// AckDeemed records that the lead said nothing in time, which is taken as an
// acknowledgement and is a breach (视为签收).
type AckDeemed struct{}

// WorkStarted records that the lead began (开工).
type WorkStarted struct{}

// WorkDone records that the lead reports the work as done (处置完成).
type WorkDone struct {
	Evidence []Evidence `json:"evidence,omitempty"`
	Override string     `json:"override,omitzero"` // why assisting parties were not waited for
	Waiver   string     `json:"waiver,omitzero"`   // why evidence that is asked for is missing
	Missing  []string   `json:"missing,omitempty"` // the kinds that are
	Standard string     `json:"standard,omitzero"` // by which the duty desk did it in a lead's place
}

// Verified records that somebody other than the doer found it done (核查通过).
type Verified struct{}

// VerifyLapsed records that nobody looked at a low-risk matter in time, which
// is taken as verified (逾期视为通过).
type VerifyLapsed struct{}

// CaseClosed records the end of the case (结案). OnTime is as Case.OnTime.
type CaseClosed struct {
	Outcome   string    `json:"outcome,omitzero"`
	Satisfied Satisfied `json:"satisfied,omitzero"`
	OnTime    string    `json:"on_time,omitzero"`
	Standard  string    `json:"standard,omitzero"` // name of the Standard by which it ends, if there is one
	Waiver    string    `json:"waiver,omitzero"`   // why the outcome is none that the matter knows
}

// StageOverdue records that a stage, or the lead's handling, ran out of time
// (阶段超期). It comes once for each.
type StageOverdue struct {
	Stage Clock `json:"stage"`
	Party Code  `json:"party"` // who answered then
}

// TotalOverdue records that the promise to the citizen was broken (总时限超期).
type TotalOverdue struct {
	Party Code `json:"party"` // who answered then
}

// ReviewDue records that the duty desk must look at the case again (督办复核).
type ReviewDue struct{}

// Rezoned records that a new map puts the case elsewhere (网格调整). The lead
// stays who it was; with Interim the place is off the map and the duty desk
// answers.
type Rezoned struct {
	From    Code `json:"from,omitzero"`
	Area    Code `json:"area,omitzero"`
	Interim bool `json:"interim,omitzero"`
}

// MandateAdmitted records that a community takes a matter on (准入).
type MandateAdmitted struct {
	Mandate Mandate `json:"mandate"`
}

// Refused records a keyed command that was refused, so that sending it again
// gets the same answer. It changes nothing else.
type Refused struct {
	Verb    string  `json:"verb"`
	Refusal Refusal `json:"refusal"`
}

func (SetupInstalled) fact() string  { return "setup_installed" }
func (CaseFiled) fact() string       { return "case_filed" }
func (CaseRegistered) fact() string  { return "case_registered" }
func (OwnerUnclear) fact() string    { return "owner_unclear" }
func (Dispatched) fact() string      { return "dispatched" }
func (Acknowledged) fact() string    { return "acknowledged" }
func (AckDeemed) fact() string       { return "ack_deemed" }
func (WorkStarted) fact() string     { return "work_started" }
func (WorkDone) fact() string        { return "work_done" }
func (Verified) fact() string        { return "verified" }
func (VerifyLapsed) fact() string    { return "verify_lapsed" }
func (CaseClosed) fact() string      { return "case_closed" }
func (StageOverdue) fact() string    { return "stage_overdue" }
func (TotalOverdue) fact() string    { return "total_overdue" }
func (ReviewDue) fact() string       { return "review_due" }
func (Rezoned) fact() string         { return "rezoned" }
func (MandateAdmitted) fact() string { return "mandate_admitted" }
func (Refused) fact() string         { return "refused" }
