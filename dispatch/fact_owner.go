package dispatch

import "time"

// ReturnAsked records that the lead says that it is somebody else's (退件). The
// lead answers for the case meanwhile and its time goes on.
type ReturnAsked struct {
	Basis string `json:"basis"`
	Party Code   `json:"party,omitzero"` // whose the lead says it is
}

// ReturnAccepted records that the desk agrees (同意退件).
type ReturnAccepted struct{}

// ReturnRefused records that the desk does not; the lead has no second return.
type ReturnRefused struct {
	Reason string `json:"reason"`
}

// ReviewLapsed records that the desk did not look at a return in time, which is
// the desk's breach; the return becomes a dispute. After a final ruling there is none:
// a return for want of admission is right, so the lead is relieved and the duty desk
// stands in until it dispatches or does the work; any other counts as refused.
type ReviewLapsed struct {
	Relieved Code `json:"relieved,omitzero"` // the lead, where the return counts as accepted
}

// DisputeOpened records that a body of the dispute ladder is to decide whose the
// case is (权属争议). The lead, or the duty desk when there is none, answers for it
// meanwhile.
type DisputeOpened struct {
	Level   int    `json:"level"`
	Body    Code   `json:"body"`
	Parties []Code `json:"parties,omitempty"` // that dispute it, by code
	Basis   string `json:"basis,omitzero"`
}

// DisputeAppealed records that a ruling is taken to a higher level (申请复核); the
// ruling stands meanwhile.
type DisputeAppealed struct {
	Level int    `json:"level"`
	Body  Code   `json:"body"`
	Basis string `json:"basis,omitzero"`
}

// DisputeRaised records that a body did not rule in time, which is its breach, and
// that the next level must (逐级上报).
type DisputeRaised struct {
	Level int  `json:"level"`
	Body  Code `json:"body"`
}

// DisputeSettled records that the parties agree (协商一致); Consent names the
// written consent of the new lead.
type DisputeSettled struct {
	Party   Code   `json:"party"`
	Consent string `json:"consent"`
}

// DisputeRuled records a ruling (裁定). A final one (终局裁定) ends every return, dispute,
// appeal and redirection for good, also when the case is reopened, relieved or split off
// later: dispatched once more it goes to the party that was ruled for, whatever the list
// says, as long as that party leads it and exists. A lead that exists no longer is
// redirected away from, and a community returns what was never admitted (未经准入), all the
// same. After a final ruling for nobody the
// list decides again, and where it names no single lead the duty desk does the work.
type DisputeRuled struct {
	Level       int       `json:"level"`
	Body        Code      `json:"body"`
	Party       Code      `json:"party,omitzero"` // the lead from now on; empty when nobody is competent
	Basis       string    `json:"basis,omitzero"`
	Final       bool      `json:"final,omitzero"`
	AppealUntil time.Time `json:"appeal_until,omitzero"`
}

// PrecedentProposed records the rule that a ruling suggests (裁定先例). It changes no
// list by itself.
type PrecedentProposed struct {
	Role   Role `json:"role"`
	Matter Code `json:"matter"`
	Area   Code `json:"area,omitzero"`
	Party  Code `json:"party"`
}

// Redirected records that the desk had sent the case to the wrong party, or to one that
// exists no longer (改派).
type Redirected struct {
	Reason string `json:"reason"`
}

// LadderRaised records that a rung of the overdue ladder was told (督办). Rung
// counts from 1; it comes once for each case, generation and rung.
type LadderRaised struct {
	Rung  int  `json:"rung"`
	Party Code `json:"party"`
	Card  Card `json:"card,omitzero"`
	Owner Code `json:"owner"` // who answered for the case then
}

// RungSkipped records a rung whose party did not exist then. It costs no time.
type RungSkipped struct {
	Kind  LadderKind `json:"kind"`
	Rung  int        `json:"rung"`
	Party Code       `json:"party"`
}

func (ReturnAsked) fact() string       { return "return_asked" }
func (ReturnAccepted) fact() string    { return "return_accepted" }
func (ReturnRefused) fact() string     { return "return_refused" }
func (ReviewLapsed) fact() string      { return "review_lapsed" }
func (DisputeOpened) fact() string     { return "dispute_opened" }
func (DisputeAppealed) fact() string   { return "dispute_appealed" }
func (DisputeRaised) fact() string     { return "dispute_raised" }
func (DisputeSettled) fact() string    { return "dispute_settled" }
func (DisputeRuled) fact() string      { return "dispute_ruled" }
func (PrecedentProposed) fact() string { return "precedent_proposed" }
func (Redirected) fact() string        { return "redirected" }
func (LadderRaised) fact() string      { return "ladder_raised" }
func (RungSkipped) fact() string       { return "rung_skipped" }
