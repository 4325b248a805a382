package street

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party/council"
)

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
	_, stated := do.(council.Convene) // at the `at` of a meeting
	b.load.record(Planned{At: at, Stated: stated, Command: Command{Key: key, Council: do}}, from)
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
