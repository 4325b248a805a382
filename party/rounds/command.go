package rounds

import (
	"time"

	"github.com/gridgov/gridgov/internal/code"
)

// Code identifies a household, an area, a plan, a team, a person, a shift, a
// task or a record, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Limits. They bound what one command can make the log do.
const (
	KeyMax     = 1024  // bytes of a key
	TextMax    = 512   // bytes of the text of a task
	AreasMax   = 64    // areas of a household or of a plan
	NamesMax   = 64    // classes or kinds of a plan
	TeamsMax   = 64    // teams of a plan
	PeopleMax  = 256   // people of a team, a visit or a shift
	TasksMax   = 1_000 // tasks of a shift
	HoursMax   = 240   // hours after its end within which a shift is debriefed
	ShiftMax   = 7 * 24 * time.Hour
	BatchMax   = 1_000  // households of one Missed entry
	TermsMax   = 1_000  // terms of a plan, of which each Amend makes one
	MembersMax = 65_536 // memberships of a plan, past ones too
)

// Actor is who gives a command: a person, acting on a post. The zero Actor is
// the host itself, a system of record.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command asks the log to do something. A Key makes it safe to send again: the
// same key with the same actor and Do answers the first outcome for ever, with
// another body it is ErrReused. An empty Key is no key. Expect, when not zero,
// must be the version of what the command touches (the household, the plan or
// the shift; for Attend, the number of records of the person), else it is
// refused as stale.
type Command struct {
	Key    string
	Actor  Actor
	Expect uint64
	Do     Do
}

// Do is one of the verbs, given by value. Verbs lists them.
type Do interface {
	verb() string
	check() *Error // nil when well formed
}

// Enrol puts a household on the log (建档). Areas are the area it lies in and
// those above it, innermost first. Class is the caller's word, such as "key" 重点
// or "regular" 常规. A withdrawn household may be enrolled again.
type Enrol struct {
	Household Code   `json:"household"`
	Areas     []Code `json:"areas"`
	Building  Code   `json:"building,omitzero"`
	Class     Code   `json:"class"`
}

// Reclass changes the class of a household (调整类别) from today on.
type Reclass struct {
	Household Code `json:"household"`
	Class     Code `json:"class"`
}

// Leave withdraws a household (销户), which lets it off a visit still open.
type Leave struct {
	Household Code `json:"household"`
}

// Team is people who visit together. A person is in one team of a plan.
type Team struct {
	Team   Code   `json:"team"`
	People []Code `json:"people"`
}

// Plan plans visits (走访计划) to the households of some classes in some areas:
// one in each period, from Start on, which must not be past. Kinds are the
// kinds of visit that count, such as 六上门; none means all. Teams lead in turn, a
// period each, in this order. Least is the percentage of a period that must be
// left for it to be owed, 1 to 100; 0 means 50.
type Plan struct {
	Plan    Code   `json:"plan"`
	Areas   []Code `json:"areas"`
	Classes []Code `json:"classes"`
	Every   Every  `json:"every"`
	Kinds   []Code `json:"kinds,omitempty"`
	Teams   []Team `json:"teams,omitempty"`
	Start   Date   `json:"start"`
	Least   int    `json:"least,omitzero"`
}

// Amend gives a plan new terms from the end of its present period on, or from
// its start when it has not begun. Teams stay as they are.
type Amend struct {
	Plan    Code   `json:"plan"`
	Areas   []Code `json:"areas"`
	Classes []Code `json:"classes"`
	Every   Every  `json:"every"`
	Kinds   []Code `json:"kinds,omitempty"`
	Least   int    `json:"least,omitzero"`
}

// End ends a plan with its present period.
type End struct {
	Plan Code `json:"plan"`
}

// Form adds a team to a plan from tomorrow on; its first turn comes after those
// of all the others.
type Form struct {
	Plan   Code   `json:"plan"`
	Team   Code   `json:"team"`
	People []Code `json:"people"`
}

// Dissolve takes a team out of a plan from tomorrow on. If it would lead then,
// its turn passes to the next team; turns already led stay led.
type Dissolve struct {
	Plan Code `json:"plan"`
	Team Code `json:"team"`
}

// Join puts a person into a team of a plan from tomorrow on.
type Join struct {
	Plan   Code `json:"plan"`
	Team   Code `json:"team"`
	Person Code `json:"person"`
}

// Quit takes a person out of a team of a plan from tomorrow on.
type Quit struct {
	Plan   Code `json:"plan"`
	Team   Code `json:"team"`
	Person Code `json:"person"`
}

// Visit records a visit (走访). At is when it was made, the instant of the
// command when zero. It fills the open period it falls in of every plan of the
// household that counts its kind; a visit that is recorded after its period has
// ended is kept and fills nothing. Event is the event it led to, if any.
type Visit struct {
	Household Code      `json:"household"`
	At        time.Time `json:"at,omitzero"`
	People    []Code    `json:"people"`
	Kind      Code      `json:"kind"`
	Result    Code      `json:"result,omitzero"`
	Event     Code      `json:"event,omitzero"`
}

// Task is work given out at a briefing. Text holds no personal text.
type Task struct {
	Task  Code   `json:"task"`
	Text  string `json:"text,omitzero"`
	Place Code   `json:"place,omitzero"`
}

// Brief briefs a squad for a shift (岗前训示), at the latest before it ends. Date
// is the local date of From, Hours how long after Until it must be debriefed.
// What the squad carried over comes first among the tasks, without being named.
type Brief struct {
	Shift  Code      `json:"shift"`
	Squad  Code      `json:"squad"`
	Date   Date      `json:"date"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	Hours  int       `json:"hours,omitzero"`
	People []Code    `json:"people"`
	Tasks  []Task    `json:"tasks,omitempty"`
}

// Result is how a task ended in a shift.
type Result string

// The results.
const (
	Done    Result = "done"    // 已完成
	Undone  Result = "undone"  // 未完成, with a reason
	Carried Result = "carried" // 结转 to the squad's next shift, with a reason
)

// Answer is the result of one task. Reason is the caller's code; it must be
// given unless the task is done, and then must not.
type Answer struct {
	Task   Code   `json:"task"`
	Result Result `json:"result"`
	Reason Code   `json:"reason,omitzero"`
}

// Report closes one task of a shift before its debrief.
type Report struct {
	Shift  Code   `json:"shift"`
	Answer Answer `json:"answer"`
}

// Debrief ends a shift (岗后规整): it must answer every task that is still open,
// in any order. It is accepted when late and marked so.
type Debrief struct {
	Shift   Code     `json:"shift"`
	Answers []Answer `json:"answers,omitempty"`
}

// Status is what a record of attendance says.
type Status string

// The statuses. The first three have an In and an Out, the others have not.
const (
	Present Status = "present" // 出勤
	Late    Status = "late"    // 迟到
	Field   Status = "field"   // 外勤
	Absent  Status = "absent"  // 缺勤; excused when it has a reason
	OnLeave Status = "leave"   // 请假
)

// Attend records the attendance of a person (考勤) of a squad. In falls on Date
// or, in an overnight shift, on the day after. Corrects names an earlier record
// of the same person that this one takes the place of; it stays visible.
type Attend struct {
	Record   Code      `json:"record"`
	Squad    Code      `json:"squad"`
	Person   Code      `json:"person"`
	Date     Date      `json:"date"`
	Status   Status    `json:"status"`
	In       time.Time `json:"in,omitzero"`
	Out      time.Time `json:"out,omitzero"`
	Reason   Code      `json:"reason,omitzero"`
	Corrects Code      `json:"corrects,omitzero"`
}

func (Enrol) verb() string    { return "enrol" }
func (Reclass) verb() string  { return "reclass" }
func (Leave) verb() string    { return "leave" }
func (Plan) verb() string     { return "plan" }
func (Amend) verb() string    { return "amend" }
func (End) verb() string      { return "end" }
func (Form) verb() string     { return "form" }
func (Dissolve) verb() string { return "dissolve" }
func (Join) verb() string     { return "join" }
func (Quit) verb() string     { return "quit" }
func (Visit) verb() string    { return "visit" }
func (Brief) verb() string    { return "brief" }
func (Report) verb() string   { return "report" }
func (Debrief) verb() string  { return "debrief" }
func (Attend) verb() string   { return "attend" }
