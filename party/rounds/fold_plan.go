package rounds

import (
	"cmp"
	"slices"
	"time"
)

// unix is an instant in Unix milliseconds, never for the zero one.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixMilli()
}

// ends reports whether t can be the instant, after at, at which the local date
// becomes until: a whole millisecond within 36 hours of it in UTC.
func ends(t time.Time, at int64, until Date) bool {
	ms, err := millis(t)
	off := t.Sub(until.midnight())
	return err == nil && ms > at && off.Abs() <= 36*time.Hour
}

// local reports whether d can be the local date of an instant: it begins within 36
// hours before it in UTC, and not after.
func local(d Date, at int64) bool {
	off := time.UnixMilli(at).Sub(d.midnight())
	return off > -36*time.Hour && off < 60*time.Hour
}

// firstEnds is ends of the first period of terms that begin on a date.
func firstEnds(next time.Time, at int64, every Every, from Date) bool {
	r, _ := every.parse()
	_, until := r.bounds(from, 0)
	return next.IsZero() && !until.valid() || ends(next, at, until)
}

func (l *Log) applyPlanned(f Planned, at int64) string {
	if fault := f.Plan.check(); fault != nil {
		return fault.Field
	}
	switch {
	case l.plans[f.Plan.Plan] != nil:
		return "plan"
	case f.First < 0 || f.First > 1:
		return "first"
	case !firstEnds(f.Next, at, f.Every, f.Start):
		return "next"
	}
	p := &plan{code: f.Plan.Plan, version: 1}
	for _, t := range f.Teams {
		p.teams = append(p.teams, t.Team)
		for _, person := range t.People {
			p.members = append(p.members, member{person: person, team: t.Team, from: f.Start})
		}
	}
	if len(p.teams) > 0 {
		p.turns = []turn{{from: f.Start, order: slices.Clone(p.teams)}}
	}
	put(&l.plans, p.code, p)
	l.addTerm(p, f.terms(), f.Start, 0, f.First, f.Next)
	return ""
}

// addTerm gives a plan its next term, which every household it covers owes from
// period number first on.
func (l *Log) addTerm(p *plan, terms Amend, from Date, base, first int, next time.Time) {
	terms.Areas, terms.Classes, terms.Kinds = slices.Clone(terms.Areas), slices.Clone(terms.Classes), slices.Clone(terms.Kinds)
	every, _ := terms.Every.parse()
	t := &term{plan: p, terms: terms, start: from, every: every, base: base, periods: forever}
	t.due.term = t
	p.terms = append(p.terms, t)
	for _, c := range terms.Classes {
		for _, a := range terms.Areas {
			key := coverKey{l.names.put(c), l.names.put(a)}
			put(&l.covering, key, append(l.covering[key], t))
		}
	}
	for i := range l.houses {
		if h := &l.houses[i]; h.left == 0 && t.covers(l.names.at(h.class), l.areas(h.place)) {
			l.begin(int32(i), []run{{t, first - base}})
		}
	}
	l.queue.arm(&t.due, unix(next))
}

// stop ends the latest term of a plan before a period of the plan; ok when that
// period is not over. It changes nothing unless told to.
func (l *Log) stop(p *plan, period int, do bool) bool {
	t := p.terms[len(p.terms)-1]
	periods := period - t.base
	if periods < 0 || periods < t.closed || periods == t.closed && t.named != "" || periods >= t.periods {
		return false
	}
	for _, i := range t.members {
		if slices.ContainsFunc(l.houses[i].stays, func(s stay) bool { return s.term == t && s.madeFrom(periods) }) {
			return false
		}
	}
	if !do {
		return true
	}
	t.periods = periods
	if periods <= t.closed {
		l.queue.arm(&t.due, never)
	}
	return true
}

func (l *Log) applyAmended(f Amended, at int64) string {
	if fault := cmp.Or(f.check(), date("start", f.Start)); fault != nil {
		return fault.Field
	}
	p := l.plans[f.Plan]
	if p == nil || p.over || len(p.terms) >= TermsMax {
		return "plan"
	}
	t := p.terms[len(p.terms)-1]
	if !l.stop(p, f.Base, false) {
		return "base"
	}
	from := t.start
	if f.Base > t.base {
		_, from = t.bounds(f.Base - t.base - 1)
	}
	switch {
	case f.Start != from:
		return "start"
	case f.First < f.Base || f.First > f.Base+1:
		return "first"
	case !firstEnds(f.Next, at, f.Every, f.Start):
		return "next"
	}
	l.stop(p, f.Base, true)
	l.addTerm(p, f.Amend, f.Start, f.Base, f.First, f.Next)
	p.version++
	return ""
}

func (l *Log) applyEnded(f Ended) string {
	p := l.plans[f.Plan]
	if p == nil || p.over {
		return "plan"
	}
	if !l.stop(p, f.After, true) {
		return "after"
	}
	p.over = true
	p.version++
	return ""
}

// applyTurn gives a plan a new order of turns; order must be what is left and
// what is new.
func (p *plan) applyTurn(from Date, period int, order, want []Code) string {
	var last turn
	if len(p.turns) > 0 {
		last = p.turns[len(p.turns)-1]
	}
	switch {
	case !from.valid():
		return "from"
	case period < last.period || period != p.number(from):
		return "period"
	case !slices.Equal(slices.Sorted(slices.Values(order)), slices.Sorted(slices.Values(want))):
		return "order"
	}
	p.turns = append(p.turns, turn{from, period, slices.Clone(order)})
	p.version++
	return ""
}

func (l *Log) applyFormed(f Formed) string {
	p := l.plans[f.Plan]
	switch {
	case f.check() != nil:
		return f.check().Field
	case p == nil || p.over:
		return "plan"
	case slices.Contains(p.teams, f.Team):
		return "team"
	case slices.ContainsFunc(f.People, func(c Code) bool { return p.teamFrom(c, f.From) != "" }):
		return "people"
	}
	if field := p.applyTurn(f.From, f.Period, f.Order, append(slices.Clone(p.order()), f.Team)); field != "" {
		return field
	}
	p.teams = append(p.teams, f.Team)
	for _, c := range f.People {
		p.members = append(p.members, member{person: c, team: f.Team, from: f.From})
	}
	return ""
}

func (l *Log) applyDissolved(f Dissolved) string {
	p := l.plans[f.Plan]
	switch {
	case p == nil || p.over:
		return "plan"
	case !slices.Contains(p.order(), f.Team) || len(p.order()) == 1:
		return "team"
	}
	rest := slices.DeleteFunc(slices.Clone(p.order()), func(c Code) bool { return c == f.Team })
	if field := p.applyTurn(f.From, f.Period, f.Order, rest); field != "" {
		return field
	}
	for i := range p.members {
		if m := &p.members[i]; m.team == f.Team && (m.until == 0 || m.until > f.From) {
			m.until = max(m.from, f.From)
		}
	}
	return ""
}

func (l *Log) applyJoined(f Joined, at int64) string {
	if fault := cmp.Or(f.check(), date("from", f.From)); fault != nil {
		return fault.Field
	}
	if !local(f.From-1, at) { // the day after
		return "from"
	}
	p := l.plans[f.Plan]
	switch {
	case p == nil || p.over:
		return "plan"
	case !slices.Contains(p.order(), f.Team):
		return "team"
	case p.teamFrom(f.Person, f.From) != "":
		return "person"
	}
	p.members = append(p.members, member{person: f.Person, team: f.Team, from: f.From})
	p.version++
	return ""
}

func (l *Log) applyParted(f Parted, at int64) string {
	if fault := cmp.Or(f.check(), date("from", f.From)); fault != nil {
		return fault.Field
	}
	if !local(f.From-1, at) { // the day after
		return "from"
	}
	p := l.plans[f.Plan]
	switch {
	case p == nil || p.over:
		return "plan"
	case !slices.Contains(p.order(), f.Team):
		return "team"
	case p.teamFrom(f.Person, f.From) != f.Team:
		return "person"
	}
	for i := range p.members {
		m := &p.members[i]
		if m.person == f.Person && m.team == f.Team && (m.until == 0 || m.until > f.From) {
			m.until = max(m.from, f.From)
		}
	}
	p.version++
	return ""
}
