package street

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
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
	b.in = m.id
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
		b.claims, resolve.Result = resolve.Result, "" // the votes say
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
	p := Planned{At: at, Stated: stated, Command: Command{Key: key, Council: do}, meeting: b.in}
	if _, resolved := do.(council.Resolve); resolved {
		p.claims, b.claims = b.claims, ""
	}
	b.load.record(p, from)
}

// record adds a command that a line of a table means, or says what is wrong with it.
func (l *loader) record(p Planned, from columnOf) {
	f := from.finding(mainColumn(p.Command))
	p.File, p.Line, p.Column = f.File, f.Line, f.Column
	if err := p.well(); err != nil {
		l.fault(recordFault(from, f, err))
		return
	}
	l.out.Recorded = append(l.out.Recorded, p)
}

// recordFault is what a machine says is wrong with a command of a table, at the
// column of the field; the names of most fields are those of the columns.
func recordFault(from columnOf, line Finding, err error) Finding {
	field, text, cause := "", "", error(nil)
	if e, ok := errors.AsType[*council.Error](err); ok {
		field, text, cause = e.Field, e.Text, e.Err
	}
	if e, ok := errors.AsType[*rounds.Error](err); ok {
		field, text, cause = e.Field, e.Text, e.Err
	}
	if cause == nil {
		return commandFinding(line.File, line.Line, "", err)
	}
	f := from.finding(field)
	f.Code, f.Err, f.Args = "bad-entry", err, []string{field, text, cause.Error()}
	return f
}

// mainColumn is the column of a table that what a command may be refused for is
// mostly about.
func mainColumn(c Command) string {
	switch c.Council.(type) {
	case council.Seat, council.Vote:
		return "person"
	case council.Open:
		return "present"
	case council.Tally:
		return "yes"
	case council.Resolve:
		return "result"
	case council.Convene:
		return "council"
	case council.Raise:
		return "meeting"
	case council.Done, council.Rise, council.Withdraw:
		return "state"
	}
	switch c.Rounds.(type) {
	case rounds.Visit, rounds.Enrol:
		return "household"
	case rounds.Attend:
		return "person"
	case rounds.Plan:
		return "area"
	case rounds.Brief, rounds.Debrief:
		return "shift"
	}
	return ""
}
