package street

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/party/council"
)

// councilBook gathers the tables of councils until they can become commands.
type councilBook struct {
	load     *loader
	councils []founding
	byCode   map[Code]int
	seats    []seating
	meetings []sitting
	held     map[Code]Code       // the council of each meeting
	topics   map[Code][]proposal // by meeting, in file order
	topicIDs map[Code]bool
	votes    map[Code][]ballot // by topic, in file order
	in       Code              // the meeting that is being planned
	claims   council.Result    // of the resolution that is being planned
}

type founding struct {
	council.Found
	at columnOf
}

type seating struct {
	council.Seat
	at columnOf
}

type sitting struct {
	id, council Code
	when        time.Time
	present     []Code
	voters      int64 // present without names
	at          columnOf
}

type proposal struct {
	raise   council.Raise
	tally   council.Tally
	counted bool // yes, no or abstain was given
	resolve council.Resolve
	state   string
	outcome string // what was done
	doneAt  time.Time
	at      columnOf
}

type ballot struct {
	council.Vote
	at columnOf
}

// councils reads councils.csv, council_members.csv, meetings.csv, topics.csv and
// votes.csv and turns them into the commands that they record.
func (l *loader) councils() {
	b := &councilBook{load: l, byCode: map[Code]int{}, held: map[Code]Code{}, topics: map[Code][]proposal{}, topicIDs: map[Code]bool{}, votes: map[Code][]ballot{}}
	before := len(l.faults) + l.left
	l.rows(councilsFile, b.council)
	b.upper()
	l.rows(councilMembersFile, b.member)
	l.rows(meetingsFile, b.meeting)
	l.rows(topicsFile, b.topic)
	l.rows(votesFile, b.vote)
	if len(l.faults)+l.left == before && len(b.councils) > 0 && l.areasOK {
		b.countsAgree()
		b.plan()
	}
}

func (b *councilBook) council(r *row) {
	f := founding{at: r.remember("code", "name", "area", "rises_to")}
	f.Council, f.Name, f.Area, f.RisesTo = r.code("code"), r.required("name"), r.code("area"), r.optional("rises_to")
	f.Kind = council.Kind(cmp.Or(r.choice("kind", string(council.KindCouncil), string(council.KindCoordination)), string(council.KindCouncil)))
	f.Rules = r.councilRules()
	f.Level = "building"
	if !strings.Contains(string(f.Area), ":") { // else a building, layer:code
		r.checkArea("area", f.Area)
		if ref, ok := r.load.out.Map.Lookup(f.Area); ok {
			f.Level = Code(r.load.out.Levels[r.load.out.Map.Info(ref).Level])
		}
	}
	if _, twice := b.byCode[f.Council]; twice {
		r.fault("duplicate", "code", nil)
	}
	b.byCode[f.Council] = len(b.councils)
	b.councils = append(b.councils, f)
}

// councilRules reads how a council decides. Thresholds are fractions; one that
// begins with ">" must be exceeded, and so must pass unless strict is false.
func (r *row) councilRules() council.Rules {
	rules := council.Rules{
		Way: council.ByVote, Base: council.BasePresent, Abstain: council.AbstainAgainst, Tie: council.TieFails,
		Follow: councilFollowDays, Reviews: councilReviews, Source: cmp.Or(r.cell("basis"), councilsFile.Name),
	}
	rules.Quorum = r.ratio("quorum", false)
	if r.cell("pass") == "consensus" || r.cell("pass") == "协商一致" {
		rules.Way, rules.Pass = council.ByConsensus, council.Ratio{Num: 1, Den: 2, Above: true}
	} else {
		strict, said := r.truth("strict")
		rules.Pass = r.ratio("pass", strict || !said)
	}
	if base := r.choice("base", string(council.BaseAll), string(council.BasePresent), string(council.BaseCast)); base != "" {
		rules.Base = council.Base(base)
	}
	if abstain := r.choice("abstain", string(council.AbstainAgainst), string(council.AbstainOut)); abstain != "" {
		rules.Abstain = council.Abstention(abstain)
	}
	return rules
}

// What a council of a folder does about a tracked topic past its due: a review
// every thirty days. It rises when the folder says so.
const councilFollowDays, councilReviews = 30, council.ReviewsMax

// ratio reads a required threshold such as 2/3 or >1/2.
func (r *row) ratio(name string, above bool) council.Ratio {
	text := r.required(name)
	if text == "" {
		return council.Ratio{}
	}
	bare, exceeded := strings.CutPrefix(text, ">")
	if rest, ok := strings.CutPrefix(bare, "="); exceeded && ok {
		bare, exceeded, above = rest, false, false
	}
	num, den, ok := strings.Cut(bare, "/")
	n, err := strconv.ParseInt(strings.TrimSpace(num), 10, 64)
	d, err2 := strconv.ParseInt(strings.TrimSpace(den), 10, 64)
	if !ok || err != nil || err2 != nil || n < 0 || d < 1 || n > d || d > council.DenMax {
		r.fault("bad-ratio", name, nil)
		return council.Ratio{}
	}
	return council.Ratio{Num: n, Den: d, Above: exceeded || above}
}

// upper finds councils that rise to nowhere or in a circle.
func (b *councilBook) upper() {
	for _, f := range b.councils {
		if _, ok := b.byCode[f.RisesTo]; f.RisesTo != "" && !ok {
			b.fault(f.at, "unknown-council", "rises_to", string(f.RisesTo))
		}
		seen := map[Code]bool{}
		for at := f.RisesTo; at != "" && !seen[at]; {
			if seen[at] = true; at == f.Council {
				b.fault(f.at, "cycle", "rises_to", string(f.RisesTo))
			}
			i, ok := b.byCode[at]
			if !ok {
				break
			}
			at = b.councils[i].RisesTo
		}
	}
}

func (b *councilBook) fault(at columnOf, code, column string, args ...string) {
	f := at.finding(column)
	f.Code, f.Args = code, append([]string{column}, args...)
	b.load.fault(f)
}

func (b *councilBook) known(r *row, column string, c Code) {
	if _, ok := b.byCode[c]; !ok && c != "" {
		r.fault("unknown-council", column, nil)
	}
}

// person reads a person who must be in people.csv when the folder has one.
func (r *row) person(column string) Code {
	c := r.code(column)
	r.checkPerson(column, c)
	return c
}

func (r *row) checkPerson(column string, c Code) {
	if c == "" || r.knownPerson(c) {
		return
	}
	f := r.place(column)
	f.Code, f.Args = "unknown-person", []string{column, string(c)}
	r.bad = true
	r.load.fault(f)
}

// knownPerson reports whether a person may be named: he stands in people.csv, even on
// a line that is at fault otherwise. In a folder without people and parties everybody
// may.
func (r *row) knownPerson(c Code) bool { return r.load.knownPerson(c) }

func (l *loader) knownPerson(c Code) bool {
	return c == "" || l.people[c] || l.people == nil && l.known == nil
}

// checkOwner makes a party or post that is not in the folder a fault.
func (r *row) checkOwner(column string, c Code) {
	if !r.load.knownParty(c) {
		r.fault("unknown-party", column, nil)
	}
}

// checkPost makes a post that is not in posts.csv a fault.
func (r *row) checkPost(column string, c Code) {
	if c != "" && !r.load.posts[c] {
		r.fault("unknown-post", column, nil)
	}
}

// persons reads a list of people.
func (r *row) persons(column string) []Code {
	var list []Code
	for _, text := range r.list(column) {
		r.checkPerson(column, Code(text))
		list = append(list, Code(text))
	}
	return list
}

func (b *councilBook) member(r *row) {
	s := seating{at: r.remember("council", "person", "from", "until")}
	s.Council, s.Person, s.Capacity = r.code("council"), r.person("person"), r.required("capacity")
	vote, said := r.truth("vote")
	s.Vote = vote || !said
	during := r.interval()
	s.From, s.Until = during.From, during.Until
	b.known(r, "council", s.Council)
	b.seats = append(b.seats, s)
}

func (b *councilBook) meeting(r *row) {
	m := sitting{at: r.remember("id", "council", "at", "present")}
	m.id, m.council, m.when = r.code("id"), r.code("council"), r.near("at", r.time("at"))
	if n, err := strconv.ParseInt(r.cell("present"), 10, 64); err == nil && !r.knownPerson(Code(r.cell("present"))) {
		if m.voters = n; n < 0 || n > council.SeatsMax {
			r.whole("present", 0, council.SeatsMax) // which says so
		}
	} else {
		m.present = r.persons("present")
	}
	b.known(r, "council", m.council)
	if _, twice := b.held[m.id]; twice {
		r.fault("duplicate", "id", nil)
	}
	b.held[m.id] = m.council
	b.meetings = append(b.meetings, m)
}

func (b *councilBook) topic(r *row) {
	p := proposal{at: r.remember("id", "meeting", "yes", "result", "owner", "due", "state"), doneAt: r.near("done_at", r.maybeTime("done_at"))}
	id, meeting := r.code("id"), r.code("meeting")
	of, known := b.held[meeting]
	if b.topicIDs[id] {
		r.fault("duplicate", "id", nil)
	}
	b.topicIDs[id] = true // also of no meeting: its votes are no fault of theirs
	if !known && meeting != "" {
		r.fault("unknown-meeting", "meeting", nil)
		return
	}
	p.state = r.choice("state", "raised", "tracking", "done", "risen", "failed", "withdrawn", "deferred")
	p.outcome = r.cell("outcome")
	result := r.choice("result", string(council.Passed), string(council.Failed), string(council.Deferred))
	p.raise = council.Raise{Topic: id, Title: r.required("title"), Matter: r.optional("matter"), Council: of, Meeting: meeting}
	p.counted = r.cell("yes")+r.cell("no")+r.cell("abstain") != ""
	const most = 1_000_000
	p.tally = council.Tally{Topic: id, Yes: r.whole("yes", 0, most), No: r.whole("no", 0, most), Abstain: r.whole("abstain", 0, most)}
	p.resolve = council.Resolve{
		Topic: id, Result: council.Result(result), Owner: r.optional("owner"), Due: r.near("due", r.maybeTime("due")),
		Case: r.optional("case"), Project: r.optional("project"),
	}
	r.checkOwner("owner", p.resolve.Owner)
	if p.resolve.Owner != "" && p.resolve.Due.IsZero() && r.cell("due") == "" {
		r.fault("owner-no-due", "due", nil)
	}
	b.topics[meeting] = append(b.topics[meeting], p)
}

func (b *councilBook) vote(r *row) {
	v := ballot{at: r.remember("topic", "person", "vote")}
	v.Topic, v.Person = r.code("topic"), r.person("person")
	v.Choice = council.Choice(r.must("vote", string(council.Yes), string(council.No), string(council.Abstain)))
	if !b.topicIDs[v.Topic] && v.Topic != "" {
		r.fault("unknown-topic", "topic", nil)
	}
	b.votes[v.Topic] = append(b.votes[v.Topic], v)
}
