package council

import (
	"slices"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The codes of refusals, in order of precedence: when several apply, the first
// one is given. Within one code, the person or topic that comes first by code is
// named.
const (
	CouncilExists  = "council-exists"  // council
	NoCouncil      = "no-council"      // council
	MeetingExists  = "meeting-exists"  // meeting
	NoMeeting      = "no-meeting"      // meeting
	TopicExists    = "topic-exists"    // topic
	NoTopic        = "no-topic"        // topic
	NoRight        = "no-right"        // right, area
	Stale          = "stale"           // what, version now, version expected
	Ended          = "dissolved"       // council
	WrongState     = "wrong-state"     // meeting or topic, its state, verb
	Cycle          = "cycle"           // council, the council it would rise to
	RisesHere      = "rises-here"      // council, one that rises to it
	MeetingPending = "meeting-pending" // council, a meeting that is not closed
	TopicsPending  = "topics-pending"  // council, how many
	OtherCouncil   = "other-council"   // topic or meeting, its council
	OnAgenda       = "on-agenda"       // topic, the meeting whose agenda it is on
	InSession      = "in-session"      // council, the meeting
	NotInSession   = "not-in-session"  // council
	NotOnAgenda    = "not-on-agenda"   // topic, the meeting in session
	Consensus      = "by-consensus"    // council
	NotOwn         = "not-own"         // the actor's person, the person whose vote it is
	NotSeated      = "not-seated"      // person, council, name of the council
	NoVote         = "no-vote"         // person, council
	SeatOverlaps   = "seat-overlaps"   // person, council
	NotPresent     = "not-present"     // person, meeting
	TooFew         = "too-few"         // council, members who may vote, the least
	NoQuorum       = "no-quorum"       // meeting, present, needed
	AlreadyVoted   = "already-voted"   // topic, the person, the first by code for a tally
	AlreadyTallied = "already-tallied" // topic
	TooManyVotes   = "too-many-votes"  // topic, votes, present
	ResultNeeded   = "result-needed"   // topic
	ResultStated   = "result-stated"   // topic, the result stated
	Unassigned     = "unassigned"      // topic
	Past           = "past"            // topic or person, the instant
	AtTop          = "at-top"          // topic, council
	TooMany        = "too-many"        // what, the most
)

// refusals is the closed list of codes in order of precedence with the number
// of arguments of each.
var refusals = envelope.Refusals{
	{CouncilExists, 1}, {NoCouncil, 1}, {MeetingExists, 1}, {NoMeeting, 1}, {TopicExists, 1}, {NoTopic, 1}, {NoRight, 2},
	{Stale, 3}, {Ended, 1}, {WrongState, 3}, {Cycle, 2}, {RisesHere, 2}, {MeetingPending, 2}, {TopicsPending, 2},
	{OtherCouncil, 2}, {OnAgenda, 2}, {InSession, 2}, {NotInSession, 1}, {NotOnAgenda, 2}, {Consensus, 1}, {NotOwn, 2},
	{NotSeated, 3}, {NoVote, 2}, {SeatOverlaps, 2}, {NotPresent, 2}, {TooFew, 3}, {NoQuorum, 3}, {AlreadyVoted, 2},
	{AlreadyTallied, 1}, {TooManyVotes, 3}, {ResultNeeded, 1}, {ResultStated, 2}, {Unassigned, 1}, {Past, 2}, {AtTop, 2}, {TooMany, 2},
}

// RefusalCodes lists every refusal code in order of precedence.
func RefusalCodes() []string { return refusals.Codes() }

var catalog = phrase.Catalog{
	CouncilExists:  {"council {0} already exists", "议事会{0}已经成立"},
	NoCouncil:      {"there is no council {0}", "没有议事会{0}"},
	MeetingExists:  {"meeting {0} was already convened", "会议{0}已经召集"},
	NoMeeting:      {"there is no meeting {0}", "没有会议{0}"},
	TopicExists:    {"topic {0} was already raised", "议题{0}已经提出"},
	NoTopic:        {"there is no topic {0}", "没有议题{0}"},
	NoRight:        {"the right to {0} in {1} is missing", "缺少{1}的{0}权限"},
	Stale:          {"{0} has changed: it is at version {1}, not {2}", "{0}已有变动：现为第{1}版，不是第{2}版"},
	Ended:          {"council {0} is dissolved", "议事会{0}已经撤销"},
	WrongState:     {"{0} is {1}, which does not allow {2}", "{0}处于{1}状态，不能{2}"},
	Cycle:          {"council {0} cannot rise to {1}, which rises to it", "议事会{0}不能上报{1}：后者最终上报前者"},
	RisesHere:      {"council {1} rises to council {0}", "议事会{1}仍上报议事会{0}"},
	MeetingPending: {"meeting {1} of council {0} is not closed", "议事会{0}的会议{1}尚未结束"},
	TopicsPending:  {"council {0} has {1} topics pending", "议事会{0}还有{1}个议题未了结"},
	OtherCouncil:   {"{0} belongs to council {1}", "{0}属于议事会{1}"},
	OnAgenda:       {"topic {0} is on the agenda of meeting {1}", "议题{0}已列入会议{1}的议程"},
	InSession:      {"council {0} is in session: meeting {1}", "议事会{0}正在开会：会议{1}"},
	NotInSession:   {"council {0} is not in session", "议事会{0}没有在开会"},
	NotOnAgenda:    {"topic {0} is not on the agenda of meeting {1}", "议题{0}不在会议{1}的议程上"},
	Consensus:      {"council {0} decides by consensus, without a vote", "议事会{0}协商一致，不付表决"},
	NotOwn:         {"{0} cannot vote for {1}", "{0}不能代{1}表决"},
	NotSeated:      {"{0} has no seat in {2} ({1})", "{0}不是{2}（{1}）的成员"},
	NoVote:         {"{0} attends council {1} without a vote", "{0}列席议事会{1}，没有表决权"},
	SeatOverlaps:   {"{0} already has a seat in council {1} at that time", "{0}届时已是议事会{1}的成员"},
	NotPresent:     {"{0} is not present at meeting {1}", "{0}不在会议{1}现场"},
	TooFew:         {"council {0} has {1} members who may vote and needs {2}", "议事会{0}有表决权的成员{1}人，至少要{2}人"},
	NoQuorum:       {"meeting {0} has no quorum: {1} present, {2} needed", "会议{0}未达法定人数：到会{1}人，至少要{2}人"},
	AlreadyVoted:   {"a vote on topic {0} was already recorded: {1}", "议题{0}已有表决记录：{1}"},
	AlreadyTallied: {"the votes on topic {0} were already counted", "议题{0}已经计票"},
	TooManyVotes:   {"{1} votes on topic {0} with {2} present", "议题{0}计票{1}张，到会有表决权的只有{2}人"},
	ResultNeeded:   {"what was agreed on topic {0} is missing", "议题{0}协商的结果没有写明"},
	ResultStated:   {"topic {0} is decided by vote, it cannot be stated as {1}", "议题{0}由表决决定，不能直接写为{1}"},
	Unassigned:     {"topic {0} passed and needs an owner with a due, a case or a project", "议题{0}通过后须有责任主体和期限，或转为案件、项目"},
	Past:           {"{1} is too early for {0}", "{0}的期限{1}已过"},
	AtTop:          {"topic {0} cannot rise: council {1} is the top", "议题{0}不能再上报：议事会{1}已是最高一级"},
	TooMany:        {"{0} already has {1}, the most allowed", "{0}已达上限{1}"},
}

// Refusal is why a well-formed command was not carried out: one of the codes
// above with the arguments named beside it.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args"`
}

// Text is the refusal in words: "zh" is Chinese, anything else English.
func (r Refusal) Text(lang string) string { return catalog.Text(lang, r.Code, r.Args...) }

func refuse[T ~string](code string, args ...T) *Refusal {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = string(a)
	}
	return &Refusal{Code: code, Args: list}
}

// own is r sharing no memory with it.
func (r Refusal) own() Refusal { return Refusal{r.Code, slices.Clone(r.Args)} }

// possible reports whether r is on the closed list with as many arguments as it
// should have, each short enough to keep.
func (r Refusal) possible() bool { return refusals.Possible(r.Code, r.Args, TextMax) }
