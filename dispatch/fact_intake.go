package dispatch

import "time"

// SupplementAsked records that the desk asked the reporter for more (补充); T and R
// stand still until the answer, or until the answer is due.
type SupplementAsked struct {
	What string `json:"what"`
}

// SupplementGiven records the answer.
type SupplementGiven struct{}

// SupplementLapsed records that no answer came in time; the clocks go on.
type SupplementLapsed struct{}

// CaseRejected records that nothing will be done (不予受理), why, and how the
// reporter may seek redress; it is the answer to every reporter.
type CaseRejected struct {
	Reason  RejectReason `json:"reason"`
	Redress string       `json:"redress"`
}

// CaseCancelled records that the reporter took the report back (撤回).
type CaseCancelled struct {
	Reason string `json:"reason,omitzero"`
}

// SelfHandled records that whoever found it is handling it (采办合一).
type SelfHandled struct {
	Generation int    `json:"generation"`
	Setup      uint64 `json:"setup"`
	Parties
}

// HandedOver records that a self-handled case is beyond the post's means (移交).
type HandedOver struct {
	Reason string `json:"reason"`
}

// Attached records another report of the same thing (并入报告).
type Attached struct {
	Event Event `json:"event"`
}

// DueExtended records the k-th extension of the handle time (延期).
type DueExtended struct {
	K      int       `json:"k"`
	Old    time.Time `json:"old"`
	New    time.Time `json:"new"`
	Reason string    `json:"reason,omitzero"`
}

// Suspended records that nothing can be done before a review (挂起).
type Suspended struct {
	Reason SuspendReason `json:"reason"`
	Until  time.Time     `json:"until"`
}

// Resumed records that a suspended case goes on, by its review date when Lapsed
// (恢复).
type Resumed struct {
	Lapsed bool `json:"lapsed,omitzero"`
}

// VerifyFailed records that the work was not found done (核查不通过). Mend: what the
// regulator of a dual push had accepted is void, and the rectifier must mend again.
type VerifyFailed struct {
	Reason string `json:"reason"`
	Mend   bool   `json:"mend,omitzero"`
}

// ReworkOrdered records that the lead must do it again (返工). Mend is as in
// VerifyFailed.
type ReworkOrdered struct {
	Reason string `json:"reason"`
	Mend   bool   `json:"mend,omitzero"`
}

// Reopened records a new cycle of a case that had ended (重新立案). Cycle counts
// from 1.
type Reopened struct {
	Cycle  int    `json:"cycle"`
	Reason string `json:"reason"`
}

// Merged records that a case goes on as part of another (并案).
type Merged struct {
	Into   Code   `json:"into"`
	Reason string `json:"reason,omitzero"`
}

// MergedIn records the other side of Merged.
type MergedIn struct {
	From Code `json:"from"`
}

// Split records that a merged case stands alone again (拆案).
type Split struct{}

// SplitOff records the other side of Split.
type SplitOff struct {
	From Code `json:"from"`
}

// CalledBack records what a reporter said of the result (回访).
type CalledBack struct {
	Event  Code       `json:"event"`
	Answer CallAnswer `json:"answer"`
}

// Replied records that a reporter was answered (答复).
type Replied struct {
	Event Code `json:"event"`
}

// Archived records that a case that has ended leaves memory (归档).
type Archived struct{}

// DueRevised records that a new calendar moves dues, none of them earlier
// (时限重算). The entry's clocks have them. Of a case that is merged away it is T, which
// a split gives back. Own: T without the cases merged into this one moves, alone or
// besides (Clocks.Own).
type DueRevised struct {
	Clocks []Clock `json:"clocks"`
	Own    bool    `json:"own,omitzero"`
}

// ClaimOpened records that the case waits for one claimant (待认领).
type ClaimOpened struct {
	Setup uint64 `json:"setup"`
	Parties
	Owners []LayerOwner `json:"owners,omitempty"` // as in Dispatched
}

// Claimed records the one claimant (认领).
type Claimed struct {
	Generation int  `json:"generation"`
	Party      Code `json:"party"`
}

// Unclaimed records that the claimant gave it back (放弃认领).
type Unclaimed struct {
	Reason string `json:"reason,omitzero"`
}

func (SupplementAsked) fact() string  { return "supplement_asked" }
func (SupplementGiven) fact() string  { return "supplement_given" }
func (SupplementLapsed) fact() string { return "supplement_lapsed" }
func (CaseRejected) fact() string     { return "case_rejected" }
func (CaseCancelled) fact() string    { return "case_cancelled" }
func (SelfHandled) fact() string      { return "self_handled" }
func (HandedOver) fact() string       { return "handed_over" }
func (Attached) fact() string         { return "attached" }
func (DueExtended) fact() string      { return "due_extended" }
func (Suspended) fact() string        { return "suspended" }
func (Resumed) fact() string          { return "resumed" }
func (VerifyFailed) fact() string     { return "verify_failed" }
func (ReworkOrdered) fact() string    { return "rework_ordered" }
func (Reopened) fact() string         { return "reopened" }
func (Merged) fact() string           { return "merged" }
func (MergedIn) fact() string         { return "merged_in" }
func (Split) fact() string            { return "split" }
func (SplitOff) fact() string         { return "split_off" }
func (CalledBack) fact() string       { return "called_back" }
func (Replied) fact() string          { return "replied" }
func (Archived) fact() string         { return "archived" }
func (DueRevised) fact() string       { return "due_revised" }
func (ClaimOpened) fact() string      { return "claim_opened" }
func (Claimed) fact() string          { return "claimed" }
func (Unclaimed) fact() string        { return "unclaimed" }
