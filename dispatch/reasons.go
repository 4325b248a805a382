package dispatch

import (
	"fmt"
	"slices"
)

// RejectReason is why nothing can be done about a report.
type RejectReason string

// The reasons. RejectNobody is a ruling that no authority is competent.
const (
	RejectElsewhere RejectReason = "elsewhere" // 不属受理范围: outside what the street deals with
	RejectUnfounded RejectReason = "unfounded" // 查无事实
	RejectVague     RejectReason = "vague"     // 内容不清: what and where cannot be found out
	RejectRepeated  RejectReason = "repeated"  // 重复反映: answered before, nothing new
	RejectInCourt   RejectReason = "in_court"  // 已进入诉讼、仲裁、复议
	RejectDone      RejectReason = "done"      // 已自行解决
	RejectNobody    RejectReason = "no_body"   // 无主管部门
	RejectEmergency RejectReason = "emergency" // 应由110、119、120受理
)

// RejectReasons lists every reason for rejecting a report.
func RejectReasons() []RejectReason {
	return []RejectReason{
		RejectElsewhere, RejectUnfounded, RejectVague, RejectRepeated, RejectInCourt, RejectDone, RejectNobody, RejectEmergency,
	}
}

// SuspendReason is why nothing can be done for a while.
type SuspendReason string

// The reasons. Only SuspendReporter stops T.
const (
	SuspendReporter SuspendReason = "reporter" // 当事人原因: the reporter is away, or asks to wait
	SuspendSeason   SuspendReason = "season"   // 季节
	SuspendWeather  SuspendReason = "weather"  // 天气
	SuspendFunds    SuspendReason = "funds"    // 资金
	SuspendCourt    SuspendReason = "court"    // 司法程序
	SuspendWorks    SuspendReason = "works"    // 工程: waits for other works
	SuspendSurvey   SuspendReason = "survey"   // 鉴定: waits for an expert
)

// SuspendReasons lists every reason for suspending a case.
func SuspendReasons() []SuspendReason {
	return []SuspendReason{
		SuspendReporter, SuspendSeason, SuspendWeather, SuspendFunds, SuspendCourt, SuspendWorks, SuspendSurvey,
	}
}

// CallAnswer is what a reporter says when called back.
type CallAnswer string

// The answers; nobody answering leaves every rate.
const (
	CallSatisfied   CallAnswer = "satisfied"
	CallUnsatisfied CallAnswer = "unsatisfied"
	CallNoAnswer    CallAnswer = "no_answer"
)

// MediationOutcomes lists what a mediation (调解) may come to; a case of such a
// matter is closed with one of them.
func MediationOutcomes() []string {
	return []string{"settled", "judicially_confirmed", "failed", "referred"}
}

// Takes reports whether a case of the matter may be closed with an outcome: with any, or
// with one of KnownOutcomes where there are some.
func (m Matter) Takes(outcome string) bool {
	known := m.KnownOutcomes()
	return len(known) == 0 || slices.Contains(known, outcome)
}

// NotAdmitted is the basis of a return that is always right: the matter needs an
// admission that the community did not have when it was dispatched (未经准入).
const NotAdmitted = "not_admitted"

// Limits on how often things may happen to a case.
const (
	AsksMax        = 2   // questions to the reporter in one cycle
	ExtensionsMax  = 2   // extensions in one cycle
	SuspensionsMax = 1   // suspensions in one cycle
	ReopensMax     = 2   // reopenings, then a new case is linked
	ReportsMax     = 256 // events beyond the first of one case
	MergedMax      = 256 // cases merged into one
)

func (r RejectReason) check() error {
	if !slices.Contains(RejectReasons(), r) {
		return fmt.Errorf("%w: there is no reason %q for rejecting, only %q", ErrCommand, string(r), RejectReasons())
	}
	return nil
}

func (r SuspendReason) check() error {
	if !slices.Contains(SuspendReasons(), r) {
		return fmt.Errorf("%w: there is no reason %q for suspending, only %q", ErrCommand, string(r), SuspendReasons())
	}
	return nil
}

func (a CallAnswer) check() error {
	if a != CallSatisfied && a != CallUnsatisfied && a != CallNoAnswer {
		return fmt.Errorf("%w: answer is %q, only %q", ErrCommand, string(a), []CallAnswer{CallSatisfied, CallUnsatisfied, CallNoAnswer})
	}
	return nil
}

// satisfied is the answer as it counts in a rate.
func (a CallAnswer) satisfied() Satisfied {
	switch a {
	case CallSatisfied:
		return SatisfiedYes
	case CallUnsatisfied:
		return SatisfiedNo
	}
	return ""
}

// checkStated takes pairs of what a label is and the label, which may not be empty.
func checkStated(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return fmt.Errorf("%w: no %s is given", ErrCommand, pairs[i])
		}
	}
	return checkLabels(pairs...)
}

func asCommand(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrCommand, err)
}
