package council

import (
	"time"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// Code identifies a council, a meeting, a topic, an area, a matter, a party, a
// person, a case or a project, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Interval is [From, Until); a zero end is open.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = span.Interval

// Limits. They bound what one command can make the minutes do.
const (
	KeyMax     = 1024      // bytes of a key
	TextMax    = 512       // bytes of a name, a title, a result or a source
	SeatsMax   = 10_000    // seats ever given in one council
	AgendaMax  = 256       // topics of one meeting
	DenMax     = 1_000_000 // denominator of a Ratio
	FollowMax  = 366       // days between two reviews
	ReviewsMax = 366       // reviews before a topic rises
	RisesMax   = 16        // times a topic may rise; beyond, its council counts as the top
)

// Actor is who gives a command: a person, acting on a post. The zero Actor is
// the host itself, a system of record, to which everything is allowed.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command asks the minutes to record something. A Key makes it safe to send
// again: the same key with the same actor and Do answers the first outcome for
// ever, with another body it is ErrReused. An empty Key is no key. Expect, when
// not zero, must be the version of what the command touches (0 for what it
// founds, convenes or raises): the council, for Open, Attend and Close the
// meeting, for the verbs on a topic the topic; else it is refused as stale.
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

// Kind is the kind of a council.
type Kind string

// The kinds. They differ in what becomes of topics that a meeting leaves
// unresolved: in a council they stay, from a coordination meeting they rise.
const (
	KindCouncil      Kind = "council"      // 议事会, 理事会
	KindCoordination Kind = "coordination" // 联席会议, 例会
)

// Choice is a vote.
type Choice string

// The choices.
const (
	Yes     Choice = "yes"     // 赞成
	No      Choice = "no"      // 反对
	Abstain Choice = "abstain" // 弃权
)

// Result is what a meeting decided about a topic.
type Result string

// The results.
const (
	Passed   Result = "passed"   // 通过
	Failed   Result = "failed"   // 未通过
	Deferred Result = "deferred" // 暂缓: put over to a later meeting
)

// Found founds a council. Level is the word for its level (building, block,
// community, subdistrict …). RisesTo, when not empty, is the council to which its
// topics rise.
type Found struct {
	Council Code   `json:"council"`
	Name    string `json:"name"`
	Area    Code   `json:"area"`
	Level   Code   `json:"level"`
	Kind    Kind   `json:"kind"`
	Rules   Rules  `json:"rules"`
	RisesTo Code   `json:"rises_to,omitzero"`
}

// Amend gives a council other rules and another council to rise to. A meeting
// keeps the rules with which it was opened, and a topic those by which it was
// passed.
type Amend struct {
	Council Code  `json:"council"`
	Rules   Rules `json:"rules"`
	RisesTo Code  `json:"rises_to,omitzero"`
}

// Dissolve ends a council that has no meeting and no topic pending, and to which
// no other rises.
type Dissolve struct {
	Council Code `json:"council"`
}

// Seat seats a person in a council for [From, Until) in a capacity, which is a
// free word: red grid lead (红色网格牵头人), shareholding company, resident … A zero
// From is the instant of the command. Without Vote the person attends and does
// not vote (列席).
type Seat struct {
	Council  Code      `json:"council"`
	Person   Code      `json:"person"`
	Capacity string    `json:"capacity"`
	Vote     bool      `json:"vote"`
	From     time.Time `json:"from,omitzero"`
	Until    time.Time `json:"until,omitzero"`
}

// Unseat ends a person's seat in a council now, and cancels one that is yet to
// begin.
type Unseat struct {
	Council Code `json:"council"`
	Person  Code `json:"person"`
}

// Convene calls a meeting for an instant, with an agenda of topics of its
// council that are raised or deferred.
type Convene struct {
	Meeting Code      `json:"meeting"`
	Council Code      `json:"council"`
	For     time.Time `json:"for"`
	Agenda  []Code    `json:"agenda,omitempty"`
}

// Open opens a meeting with those who are present and those who are excused. All
// of them must be seated. Chair, when not empty, is one of those present; the
// vote of the chair breaks ties where the rules say so. Voters is how many more
// voting members are present where nobody wrote down who: they count, nobody is
// then known to be absent, and how they vote comes by Tally.
type Open struct {
	Meeting Code   `json:"meeting"`
	Chair   Code   `json:"chair,omitzero"`
	Present []Code `json:"present,omitempty"`
	Excused []Code `json:"excused,omitempty"`
	Voters  int64  `json:"voters,omitzero"`
}

// Attend records who came late and who left early.
type Attend struct {
	Meeting Code   `json:"meeting"`
	Arrived []Code `json:"arrived,omitempty"`
	Left    []Code `json:"left,omitempty"`
}

// Close closes a meeting. One that was never opened did not take place (流会):
// nobody was absent from it and nothing rises.
type Close struct {
	Meeting Code `json:"meeting"`
}

// Raise raises a topic (提出议题), for the agenda of Meeting or between meetings.
// By is who raised it, a person or a party, and may be empty. The id may not hold
// "^", which marks what a topic is called after it has risen.
type Raise struct {
	Topic   Code   `json:"topic"`
	Council Code   `json:"council"`
	Title   string `json:"title"`
	Matter  Code   `json:"matter,omitzero"`
	Meeting Code   `json:"meeting,omitzero"`
	By      Code   `json:"by,omitzero"`
}

// Vote is one person's vote on a topic of the meeting in session. A person votes
// once.
type Vote struct {
	Topic  Code   `json:"topic"`
	Person Code   `json:"person"`
	Choice Choice `json:"choice"`
}

// Tally records the counts of a vote on a topic of the meeting in session, where
// nobody recorded who voted how. It stands with the heads that were there when it
// was taken: who leaves before the topic is resolved takes no vote along.
type Tally struct {
	Topic   Code  `json:"topic"`
	Yes     int64 `json:"yes"`
	No      int64 `json:"no"`
	Abstain int64 `json:"abstain"`
}

// Resolve ends the discussion of a topic (形成决议). Where the rules say that votes
// decide, Result is empty or Deferred; where they say consensus, it is what was
// agreed. A topic that passes needs exactly one of Owner with Due, Case, or
// Project; if it does not pass they are ignored.
type Resolve struct {
	Topic   Code      `json:"topic"`
	Result  Result    `json:"result,omitzero"`
	Owner   Code      `json:"owner,omitzero"`
	Due     time.Time `json:"due,omitzero"`
	Case    Code      `json:"case,omitzero"`
	Project Code      `json:"project,omitzero"`
}

// Done ends a tracked topic with its result (办结).
type Done struct {
	Topic  Code   `json:"topic"`
	Result string `json:"result"`
}

// Withdraw takes back a topic that is not decided.
type Withdraw struct {
	Topic Code `json:"topic"`
}

// Rise takes a topic that is not decided, or is being tracked, to the council
// above (上报).
type Rise struct {
	Topic Code `json:"topic"`
}

// Publish publishes the bulletin (通报, 公示) of a council's topics raised in
// [From, Until): it gets the next number of the council and its digest is
// recorded.
type Publish struct {
	Council Code      `json:"council"`
	From    time.Time `json:"from,omitzero"`
	Until   time.Time `json:"until,omitzero"`
}

func (Found) verb() string    { return "found" }
func (Amend) verb() string    { return "amend" }
func (Dissolve) verb() string { return "dissolve" }
func (Seat) verb() string     { return "seat" }
func (Unseat) verb() string   { return "unseat" }
func (Convene) verb() string  { return "convene" }
func (Open) verb() string     { return "open" }
func (Attend) verb() string   { return "attend" }
func (Close) verb() string    { return "close" }
func (Raise) verb() string    { return "raise" }
func (Vote) verb() string     { return "vote" }
func (Tally) verb() string    { return "tally" }
func (Resolve) verb() string  { return "resolve" }
func (Done) verb() string     { return "done" }
func (Withdraw) verb() string { return "withdraw" }
func (Rise) verb() string     { return "rise" }
func (Publish) verb() string  { return "publish" }
