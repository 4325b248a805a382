package dispatch

import "time"

// Noted records that the regulator or the rectifier has taken note (接收).
type Noted struct {
	Role Role `json:"role"`
}

// NoteDeemed records who of them said nothing in time, which is taken as a note.
type NoteDeemed struct {
	Roles []Role `json:"roles"`
}

// FindingContested records that the rectifier denies the finding; the regulator
// decides (异议).
type FindingContested struct {
	Reason string `json:"reason"`
}

// RectifyReported records that it was mended (整改完成), by the rectifier or by the
// lead in its place.
type RectifyReported struct {
	Evidence []Evidence `json:"evidence,omitempty"`
}

// RectifyAccepted records that the regulator accepts the mending, or the objection
// (验收).
type RectifyAccepted struct{}

// RectifyDeclined records that the regulator does not (验收不通过).
type RectifyDeclined struct {
	Reason string `json:"reason"`
}

// RectifyLapsed records that the rectifier ran out of time; the lead must enforce
// and may mend in its place (代履行). It climbs no ladder.
type RectifyLapsed struct {
	Party Code `json:"party"`
}

// AssistReported records that an assisting party has done its part (协办完成).
type AssistReported struct {
	Party Code `json:"party"`
}

// MandateApplied records an application to hand a matter down (准入申请) and by when
// it must be decided.
type MandateApplied struct {
	Mandate Mandate   `json:"mandate"`
	Due     time.Time `json:"due"`

	Provisional bool `json:"provisional,omitzero"` // Due rests on days outside the published years
}

// MandateOverdue records that an application was not decided in time.
type MandateOverdue struct {
	Mandate Code `json:"mandate"`
}

// MandateRevised records that a new calendar moves by when an application must be
// decided, never earlier (时限重算), as DueRevised does for a case.
type MandateRevised struct {
	Mandate Code      `json:"mandate"`
	Was     time.Time `json:"was"`
	Due     time.Time `json:"due"`

	Provisional bool `json:"provisional,omitzero"` // Due rests on days outside the published years
}

// MandateDenied records that it was refused (不予准入).
type MandateDenied struct {
	Mandate Code   `json:"mandate"`
	Reason  string `json:"reason"`
}

// MandateRevoked records that an admitted mandate ends (准入撤销).
type MandateRevoked struct {
	Mandate Code   `json:"mandate"`
	Reason  string `json:"reason"`
}

func (Noted) fact() string            { return "noted" }
func (NoteDeemed) fact() string       { return "note_deemed" }
func (FindingContested) fact() string { return "finding_contested" }
func (RectifyReported) fact() string  { return "rectify_reported" }
func (RectifyAccepted) fact() string  { return "rectify_accepted" }
func (RectifyDeclined) fact() string  { return "rectify_declined" }
func (RectifyLapsed) fact() string    { return "rectify_lapsed" }
func (AssistReported) fact() string   { return "assist_reported" }
func (MandateApplied) fact() string   { return "mandate_applied" }
func (MandateOverdue) fact() string   { return "mandate_overdue" }
func (MandateRevised) fact() string   { return "mandate_revised" }
func (MandateDenied) fact() string    { return "mandate_denied" }
func (MandateRevoked) fact() string   { return "mandate_revoked" }
