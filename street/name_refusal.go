package street

import (
	"slices"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
)

// argument is what an argument of a refusal is a code of; "" is nothing that a folder
// names.
type argument string

// The kinds of argument that a folder has names of.
const (
	argParty   argument = "party" // or a post that is told like one
	argPost    argument = "post"
	argPerson  argument = "person"
	argWho     argument = "person or post"
	argScope   argument = "area or party"
	argMatter  argument = "matter"
	argCouncil argument = "council"
	argTopic   argument = "topic"
	argFund    argument = "line"
)

// refusalArgs says of what the arguments of refusals are codes, in order, by machine
// and code. A code that is not here has none with a name.
var refusalArgs = map[Machine]map[string][]argument{
	DeskMachine: {
		dispatch.RefusedNotEntitled: {argPerson, argPost, argParty}, dispatch.RefusedDoerVerifies: {"", argWho},
		dispatch.RefusedOffDuty: {"", argPerson}, dispatch.RefusedNotOfParty: {"", argPerson, argParty}, dispatch.RefusedNoPowers: {"", argPerson},
		dispatch.RefusedUnskilled: {"", argPerson}, dispatch.RefusedStalePosition: {"", argPerson},
		dispatch.RefusedSpent: {"", argParty}, dispatch.RefusedReturnFirst: {"", argParty}, dispatch.RefusedAdmitted: {"", argParty},
		dispatch.RefusedUnadmitted: {"", argParty}, dispatch.RefusedNotAssisting: {"", argParty}, dispatch.RefusedNotAccepted: {"", argParty},
		dispatch.RefusedAnswered: {"", argParty}, dispatch.RefusedAssistOpen: {"", argParty}, dispatch.RefusedSameParty: {"", argParty}, dispatch.RefusedPartyRules: {"", argParty},
		dispatch.RefusedUnknownParty: {argParty}, dispatch.RefusedUnknownMatter: {argMatter}, dispatch.RefusedUnproved: {"", "", argMatter, argScope},
	},
	BookMachine: {
		finance.LineExists: {argFund}, finance.NoLine: {argFund}, finance.NoRight: {argWho, "", argScope}, finance.OverLimit: {argWho},
		finance.WrongYear: {argFund}, finance.WrongPurpose: {argFund}, finance.LineShort: {argFund}, finance.TooMuch: {argFund},
	},
	CouncilMachine: {
		council.CouncilExists: {argCouncil}, council.NoCouncil: {argCouncil}, council.TopicExists: {argTopic}, council.NoTopic: {argTopic},
		council.NoRight: {"", argScope}, council.Ended: {argCouncil}, council.WrongState: {argTopic}, council.Cycle: {argCouncil, argCouncil},
		council.RisesHere: {argCouncil, argCouncil}, council.MeetingPending: {argCouncil}, council.TopicsPending: {argCouncil},
		council.OtherCouncil: {argTopic, argCouncil}, council.OnAgenda: {argTopic}, council.InSession: {argCouncil}, council.NotInSession: {argCouncil},
		council.NotOnAgenda: {argTopic}, council.Consensus: {argCouncil}, council.NotOwn: {argPerson, argPerson}, council.NotSeated: {argPerson},
		council.NoVote: {argPerson, argCouncil}, council.SeatOverlaps: {argPerson, argCouncil}, council.NotPresent: {argPerson},
		council.TooFew: {argCouncil}, council.AlreadyVoted: {argTopic, argPerson}, council.AlreadyTallied: {argTopic},
		council.TooManyVotes: {argTopic}, council.ResultNeeded: {argTopic}, council.ResultStated: {argTopic}, council.Unassigned: {argTopic},
		council.Past: {argTopic}, council.AtTop: {argTopic, argCouncil},
	},
	RoundsMachine: {
		rounds.NoRight: {argWho, "", argScope}, rounds.InTeam: {argPerson}, rounds.NotInTeam: {argPerson}, rounds.Booked: {argPerson},
		rounds.OtherPerson: {"", argPerson}, rounds.InTwice: {argPerson},
	},
}

// Refusal says why a command was not carried out, with its times in the street's zone.
func (n *Names) Refusal(r Refusal) string {
	r.Args = slices.Clone(r.Args)
	for i, kind := range refusalArgs[r.By][r.Code] {
		if i < len(r.Args) {
			r.Args[i] = n.argument(kind, Code(r.Args[i]))
		}
	}
	return localTimes(r.Text(n.lang), n.folder.Zone)
}

// argument names an argument of a refusal.
func (n *Names) argument(kind argument, c Code) string {
	switch kind {
	case argParty:
		return n.Office(c)
	case argPost:
		return n.Post(c)
	case argPerson:
		return n.Person(c)
	case argWho:
		return n.either(c, n.Person, n.Post)
	case argScope:
		return n.either(c, n.Area, n.Party)
	case argMatter:
		return n.Matter(c)
	case argCouncil:
		return n.Council(c)
	case argTopic:
		return n.either(c, n.Topic, n.Person) // of one refusal it is either
	case argFund:
		return n.Fund(c)
	}
	return string(c)
}
