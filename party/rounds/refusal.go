package rounds

import (
	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The codes of refusals, in order of precedence: when several apply, the first
// one is given.
const (
	HouseholdExists = "household-exists" // household
	NoHousehold     = "no-household"     // household
	PlanExists      = "plan-exists"      // plan
	NoPlan          = "no-plan"          // plan
	ShiftExists     = "shift-exists"     // shift
	NoShift         = "no-shift"         // shift
	RecordExists    = "record-exists"    // record
	NoRecord        = "no-record"        // record
	NoRight         = "no-right"         // person or post, right, area or squad
	Stale           = "stale"            // what, version now, version expected
	Withdrawn       = "withdrawn"        // household, date
	SameClass       = "same-class"       // household, class
	StartPassed     = "start-passed"     // plan, start, today
	PlanOver        = "plan-over"        // plan
	TeamExists      = "team-exists"      // plan, team
	NoTeam          = "no-team"          // plan, team
	LastTeam        = "last-team"        // plan, team
	InTeam          = "in-team"          // person, team
	NotInTeam       = "not-in-team"      // person, team
	Future          = "future"           // instant
	NotEnrolledYet  = "not-enrolled-yet" // household, date
	WrongDate       = "wrong-date"       // date given, local date
	ShiftOver       = "shift-over"       // shift
	ShiftEarly      = "shift-early"      // shift
	ShiftClosed     = "debriefed"        // shift
	TaskExists      = "task-exists"      // task
	NoTask          = "no-task"          // shift, task
	TaskClosed      = "task-closed"      // task
	TasksOpen       = "tasks-open"       // shift, how many
	Booked          = "booked"           // person, shift
	OtherPerson     = "other-person"     // record, person
	Corrected       = "corrected"        // record, by which
	InTwice         = "in-twice"         // person, record
	TooMany         = "too-many"         // what, limit
)

// refusals is the closed list of codes in order of precedence with the number
// of arguments of each.
var refusals = envelope.Refusals{
	{HouseholdExists, 1}, {NoHousehold, 1}, {PlanExists, 1}, {NoPlan, 1}, {ShiftExists, 1}, {NoShift, 1},
	{RecordExists, 1}, {NoRecord, 1}, {NoRight, 3}, {Stale, 3}, {Withdrawn, 2}, {SameClass, 2}, {StartPassed, 3},
	{PlanOver, 1}, {TeamExists, 2}, {NoTeam, 2}, {LastTeam, 2}, {InTeam, 2}, {NotInTeam, 2}, {Future, 1},
	{NotEnrolledYet, 2}, {WrongDate, 2}, {ShiftOver, 1}, {ShiftEarly, 1}, {ShiftClosed, 1}, {TaskExists, 1},
	{NoTask, 2}, {TaskClosed, 1}, {TasksOpen, 2}, {Booked, 2}, {OtherPerson, 2}, {Corrected, 2}, {InTwice, 2},
	{TooMany, 2},
}

// RefusalCodes lists every refusal code in order of precedence.
func RefusalCodes() []string { return refusals.Codes() }

var catalog = phrase.Catalog{
	HouseholdExists: {"household {0} is already enrolled", "住户{0}已经建档"},
	NoHousehold:     {"there is no household {0}", "没有住户{0}"},
	PlanExists:      {"plan {0} already exists", "走访计划{0}已经存在"},
	NoPlan:          {"there is no plan {0}", "没有走访计划{0}"},
	ShiftExists:     {"shift {0} was already briefed", "班次{0}已经训示"},
	NoShift:         {"there is no shift {0}", "没有班次{0}"},
	RecordExists:    {"attendance record {0} already exists", "考勤记录{0}已经存在"},
	NoRecord:        {"there is no attendance record {0}", "没有考勤记录{0}"},
	NoRight:         {"{0} has no right {1} over {2}", "{0}对{2}没有{1}权限"},
	Stale:           {"{0} has changed: it is at version {1}, not {2}", "{0}已有变动：现为第{1}版，不是第{2}版"},
	Withdrawn:       {"household {0} was withdrawn on {1}", "住户{0}已于{1}销户"},
	SameClass:       {"household {0} is of class {1} already", "住户{0}已经是{1}类"},
	StartPassed:     {"plan {0} would start on {1}, before today, {2}", "计划{0}的起始日{1}早于今天{2}"},
	PlanOver:        {"plan {0} is ended", "走访计划{0}已经终止"},
	TeamExists:      {"plan {0} already had a team {1}", "计划{0}已有过小组{1}"},
	NoTeam:          {"plan {0} has no team {1}", "计划{0}没有小组{1}"},
	LastTeam:        {"plan {0} has no team but {1} left", "计划{0}只剩小组{1}"},
	InTeam:          {"{0} is in team {1} already", "{0}已在小组{1}"},
	NotInTeam:       {"{0} is not in team {1}", "{0}不在小组{1}"},
	Future:          {"{0} has not come yet", "{0}尚未到来"},
	NotEnrolledYet:  {"household {0} was not enrolled before {1}", "住户{0}在{1}之前尚未建档"},
	WrongDate:       {"{0} is given but the local date is {1}", "所填日期{0}与当地日期{1}不符"},
	ShiftOver:       {"shift {0} would be over already", "班次{0}已经结束，不能再训示"},
	ShiftEarly:      {"shift {0} has not begun", "班次{0}尚未开始"},
	ShiftClosed:     {"shift {0} is debriefed", "班次{0}已经规整"},
	TaskExists:      {"task {0} already exists", "任务{0}已经存在"},
	NoTask:          {"shift {0} has no task {1}", "班次{0}没有任务{1}"},
	TaskClosed:      {"task {0} is closed in this shift", "任务{0}在本班次已经办结"},
	TasksOpen:       {"shift {0} has {1} open tasks that are not answered", "班次{0}还有{1}项任务没有答复"},
	Booked:          {"{0} is on shift {1} at that time", "{0}同一时间已排班次{1}"},
	OtherPerson:     {"record {0} is that of {1}", "考勤记录{0}属于{1}"},
	Corrected:       {"record {0} is already corrected by {1}", "考勤记录{0}已由{1}更正"},
	InTwice:         {"{0} is already in at that time by record {1}", "{0}同一时间已有考勤记录{1}"},
	TooMany:         {"{0} would have more than {1}, the most allowed", "{0}将超过上限{1}"},
}

// Refusal is why a well-formed command was not carried out: one of the codes
// above with the arguments named beside it.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args"`
}

// Text is the refusal in words: "zh" is Chinese, anything else English.
func (r Refusal) Text(lang string) string { return catalog.Text(lang, r.Code, r.Args...) }

func refuse(code string, args ...string) *Refusal { return &Refusal{Code: code, Args: args} }

// possible reports whether r is on the closed list with as many arguments as it
// should have, each short enough to keep.
func (r Refusal) possible() bool { return refusals.Possible(r.Code, r.Args, TextMax) }
