package dispatch

import (
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// HandOver hands a self-handled case to the desk because it is beyond the post's
// means (移交).
type HandOver struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Extend gives the lead more time (延期): before the due, at most ExtensionsMax times,
// each by no more than the budget was. It is not for the lead itself: the first needs the
// duty desk, or somebody who approves or commands there, the second somebody who commands.
type Extend struct {
	Case   Code            `json:"case"`
	Budget worktime.Budget `json:"budget,omitzero"` // zero is the budget of the lead once more
	Reason string          `json:"reason,omitzero"`
}

// Suspend lets a case wait until a review date (挂起), at most SuspensionsMax times. H
// stands still; T does so only when the reporter is the cause. It is not for the lead
// itself: it needs the duty desk, or somebody who approves or commands there.
type Suspend struct {
	Case   Code          `json:"case"`
	Reason SuspendReason `json:"reason"`
	Until  time.Time     `json:"until"`
}

// Resume goes on with a suspended case (恢复).
type Resume struct {
	Case Code `json:"case"`
}

// Fail says that the work was not found done (核查不通过).
type Fail struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Rework orders a verified case to be done again (返工).
type Rework struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Reopen takes up a case that was closed or rejected (重新立案): within
// Policy.Reopen, at most ReopensMax times; after that a new case is linked to it.
type Reopen struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Merge goes on with a case as part of another (并案), whose T becomes the earlier of
// both.
type Merge struct {
	Case   Code   `json:"case"`
	Into   Code   `json:"into"`
	Reason string `json:"reason,omitzero"`
}

// Part lets a merged case stand alone again (拆案), with T as if it never had been
// merged.
type Part struct {
	Case Code `json:"case"`
}

// CallBack records what a reporter says of the result (回访).
type CallBack struct {
	Case   Code       `json:"case"`
	Event  Code       `json:"event,omitzero"` // empty is the first event
	Answer CallAnswer `json:"answer"`
}

// Reply answers a reporter (答复). A case is closed only when all are answered.
type Reply struct {
	Case  Code `json:"case"`
	Event Code `json:"event,omitzero"` // empty is the first event
}

// Archive lets a case that has ended leave memory once it can no longer be reopened
// (归档). Its entries stay where the caller keeps them.
type Archive struct {
	Case Code `json:"case"`
}

func (HandOver) verb() string { return "handover" }
func (Extend) verb() string   { return "extend" }
func (Suspend) verb() string  { return "suspend" }
func (Resume) verb() string   { return "resume" }
func (Fail) verb() string     { return "verify_fail" }
func (Rework) verb() string   { return "rework" }
func (Reopen) verb() string   { return "reopen" }
func (Merge) verb() string    { return "merge" }
func (Part) verb() string     { return "split" }
func (CallBack) verb() string { return "call_back" }
func (Reply) verb() string    { return "reply" }
func (Archive) verb() string  { return "archive" }

func (v HandOver) subject() Code { return v.Case }
func (v Extend) subject() Code   { return v.Case }
func (v Suspend) subject() Code  { return v.Case }
func (v Resume) subject() Code   { return v.Case }
func (v Fail) subject() Code     { return v.Case }
func (v Rework) subject() Code   { return v.Case }
func (v Reopen) subject() Code   { return v.Case }
func (v Merge) subject() Code    { return v.Case }
func (v Part) subject() Code     { return v.Case }
func (v CallBack) subject() Code { return v.Case }
func (v Reply) subject() Code    { return v.Case }
func (v Archive) subject() Code  { return v.Case }

func (v HandOver) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Extend) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkLabels("reason", v.Reason)
	}
	if err == nil && !v.Budget.IsZero() {
		_, err = worktime.ParseBudget(v.Budget.String())
		err = asCommand(err)
	}
	return v, err
}

func (v Suspend) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = v.Reason.check()
	}
	if err == nil {
		v.Until, err = cleanTime("until", v.Until)
	}
	return v, err
}

func (v Resume) clean() (Do, error) { return v, checkCodes("case", v.Case) }

func (v Fail) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Rework) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Reopen) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Merge) clean() (Do, error) {
	err := checkCodes("case", v.Case, "into", v.Into)
	if err == nil {
		err = checkLabels("reason", v.Reason)
	}
	return v, err
}

func (v Part) clean() (Do, error) { return v, checkCodes("case", v.Case) }

func (v CallBack) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil && v.Event != "" {
		err = checkCodes("event", v.Event)
	}
	if err == nil {
		err = v.Answer.check()
	}
	return v, err
}

func (v Reply) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil && v.Event != "" {
		err = checkCodes("event", v.Event)
	}
	return v, err
}

func (v Archive) clean() (Do, error) { return v, checkCodes("case", v.Case) }
