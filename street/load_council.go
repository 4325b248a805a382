package street

import (
	"cmp"
	"fmt"
	"slices"
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
	topics   map[Code][]proposal // by meeting, in file order
	topicIDs map[Code]bool
	votes    map[Code][]ballot // by topic, in file order
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
	b := &councilBook{load: l, byCode: map[Code]int{}, topics: map[Code][]proposal{}, topicIDs: map[Code]bool{}, votes: map[Code][]ballot{}}
	before := len(l.faults) + l.left
	l.rows(councilsFile, b.council)
	b.upper()
	l.rows(councilMembersFile, b.member)
	l.rows(meetingsFile, b.meeting)
	l.rows(topicsFile, b.topic)
	l.rows(votesFile, b.vote)
	if len(l.faults)+l.left == before && len(b.councils) > 0 {
		b.plan()
	}
}

func (b *councilBook) council(r *row) {
	f := founding{at: r.remember("code", "rises_to")}
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
	rules.Quorum, _ = r.ratio("quorum", false)
	if r.cell("pass") == "consensus" || r.cell("pass") == "协商一致" {
		rules.Way, rules.Pass = council.ByConsensus, council.Ratio{Num: 1, Den: 2, Above: true}
	} else {
		strict, said := r.truth("strict")
		rules.Pass, _ = r.ratio("pass", strict || !said)
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
func (r *row) ratio(name string, above bool) (council.Ratio, bool) {
	text := r.required(name)
	if text == "" {
		return council.Ratio{}, false
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
		return council.Ratio{}, false
	}
	return council.Ratio{Num: n, Den: d, Above: exceeded || above}, true
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
	if r.load.out.Directory == nil || c == "" || r.knownPerson(c) {
		return
	}
	f := r.place(column)
	f.Code, f.Args = "unknown-person", []string{column, string(c)}
	r.bad = true
	r.load.fault(f)
}

func (r *row) knownPerson(c Code) bool {
	_, ok := r.load.out.Directory.Person(c)
	return ok
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
	if slices.ContainsFunc(b.meetings, func(o sitting) bool { return o.id == m.id }) {
		r.fault("duplicate", "id", nil)
	}
	b.meetings = append(b.meetings, m)
}

func (b *councilBook) topic(r *row) {
	p := proposal{at: r.remember("id", "meeting", "yes", "result", "owner", "due", "state"), doneAt: r.near("done_at", r.maybeTime("done_at"))}
	id, meeting := r.code("id"), r.code("meeting")
	i := slices.IndexFunc(b.meetings, func(m sitting) bool { return m.id == meeting })
	if i < 0 && meeting != "" {
		r.fault("unknown-meeting", "meeting", nil)
		return
	}
	if b.topicIDs[id] {
		r.fault("duplicate", "id", nil)
	}
	b.topicIDs[id] = true
	p.state = r.choice("state", "raised", "tracking", "done", "risen", "failed", "withdrawn", "deferred")
	p.outcome = r.cell("outcome")
	result := r.choice("result", string(council.Passed), string(council.Failed), string(council.Deferred))
	p.raise = council.Raise{Topic: id, Title: r.required("title"), Matter: r.optional("matter"), Meeting: meeting}
	if i >= 0 {
		p.raise.Council = b.meetings[i].council
	}
	p.counted = r.cell("yes")+r.cell("no")+r.cell("abstain") != ""
	const most = 1_000_000
	p.tally = council.Tally{Topic: id, Yes: r.whole("yes", 0, most), No: r.whole("no", 0, most), Abstain: r.whole("abstain", 0, most)}
	p.resolve = council.Resolve{
		Topic: id, Result: council.Result(result), Owner: r.optional("owner"), Due: r.near("due", r.maybeTime("due")),
		Case: r.optional("case"), Project: r.optional("project"),
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

// plan turns the tables into commands: councils and seats at the first instant of
// any of them, then meeting by meeting.
func (b *councilBook) plan() {
	slices.SortStableFunc(b.meetings, func(x, y sitting) int { return x.when.Compare(y.when) })
	start := b.start()
	for _, i := range b.topDown() {
		f := b.councils[i]
		b.add(start, f.at, "council:"+string(f.Council)+":found", f.Found)
	}
	for _, s := range b.seats {
		key := fmt.Sprintf("council:%s:seat:%s:%s", s.Council, s.Person, stamp(s.From, time.UTC))
		b.add(start, s.at, key, s.Seat)
	}
	for _, m := range b.meetings {
		b.sit(m)
	}
}

// start is the first instant that the tables mention.
func (b *councilBook) start() time.Time {
	var first time.Time
	see := func(at time.Time) {
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	for _, s := range b.seats {
		see(s.From)
	}
	for _, m := range b.meetings {
		see(m.when)
	}
	if first.IsZero() {
		return b.load.out.Latest()
	}
	return first
}

// topDown is the councils such that one comes after that to which it rises.
func (b *councilBook) topDown() []int {
	var order []int
	placed := map[Code]bool{"": true}
	for len(order) < len(b.councils) {
		for i, f := range b.councils {
			if !placed[f.Council] && placed[f.RisesTo] {
				placed[f.Council] = true
				order = append(order, i)
			}
		}
	}
	return order
}

// sit is one meeting: convened, opened, its topics one by one, closed.
func (b *councilBook) sit(m sitting) {
	key := "meeting:" + string(m.id) + ":"
	b.add(m.when, m.at, key+"convene", council.Convene{Meeting: m.id, Council: m.council, For: m.when})
	b.add(m.when, m.at, key+"open", council.Open{Meeting: m.id, Present: m.present, Voters: m.voters})
	for _, p := range b.topics[m.id] {
		b.discuss(m, p)
	}
	b.add(m.when, m.at, key+"close", council.Close{Meeting: m.id})
	for _, p := range b.topics[m.id] {
		b.follow(m, p)
	}
}

func (b *councilBook) discuss(m sitting, p proposal) {
	key := "topic:" + string(p.raise.Topic) + ":"
	b.add(m.when, p.at, key+"raise", p.raise)
	votes := b.votes[p.raise.Topic]
	for _, v := range votes {
		b.add(m.when, v.at, key+"vote:"+string(v.Person), v.Vote)
	}
	resolve := p.resolve
	byVote := b.councils[b.byCode[m.council]].Rules.Way == council.ByVote
	switch {
	case resolve.Result == council.Deferred:
	case byVote && len(votes) == 0 && !p.counted:
		if resolve.Result != "" || resolve.Owner != "" {
			b.fault(p.at, "no-votes", "yes", string(p.raise.Topic))
		}
		return
	case byVote:
		if len(votes) == 0 {
			b.add(m.when, p.at, key+"tally", p.tally)
		}
		resolve.Result = "" // the votes say
	case resolve.Result == "":
		return
	}
	b.add(m.when, p.at, key+"resolve", resolve)
}

// follow is what became of a topic after its meeting.
func (b *councilBook) follow(m sitting, p proposal) {
	key := "topic:" + string(p.raise.Topic) + ":"
	switch {
	case p.state == "done" || p.state == "" && !p.doneAt.IsZero():
		at := p.doneAt
		if at.IsZero() {
			at = m.when
		}
		b.add(at, p.at, key+"done", council.Done{Topic: p.raise.Topic, Result: cmp.Or(p.outcome, "done")})
	case p.state == "risen":
		b.add(m.when, p.at, key+"rise", council.Rise{Topic: p.raise.Topic})
	case p.state == "withdrawn":
		b.add(m.when, p.at, key+"withdraw", council.Withdraw{Topic: p.raise.Topic})
	}
}

func (b *councilBook) add(at time.Time, from columnOf, key string, do council.Do) {
	b.load.record(Planned{At: at, Command: Command{Key: key, Council: do}}, from)
}

// record adds a command that a line of a table means, or says what is wrong with it.
func (l *loader) record(p Planned, from columnOf) {
	f := from.finding("")
	p.File, p.Line = f.File, f.Line
	if err := p.well(); err != nil {
		fault := commandFinding(f.File, f.Line, "", err)
		l.fault(fault)
		return
	}
	l.out.Recorded = append(l.out.Recorded, p)
}
