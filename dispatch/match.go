package dispatch

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/code"
)

// Match answers who is responsible: for each single role (lead, regulator,
// rectifier) the party of the first applicable rule in the order of Rank, for
// each collect role (assist, notify) every party that an applicable rule names,
// in that order and then by rule id, each party and post once.
//
// A rule applies when its matter covers the Query's, its area holds the
// Query's, the place has its class, condition and channel are the Query's, the
// instant lies in its window and in [From, Until), and the cost in
// [MinCost, MaxCost). An unknown cost is 0, so it counts as small: it is inside
// every rule without a MinCost and outside every other. Channel and cost
// restrict a rule but give it no precedence.
//
// Equal first rules with the same party and post are fine, and the first by id
// is named. With different ones a lead is Tied, a regulator or rectifier stays
// zero. The id never decides between different parties.
//
// The Status is the first that holds of UnknownMatter (not in the matter table,
// or no matter code at all), Outside (no unit of the Map), NoList, NoRule, Tied,
// Decided. After UnknownMatter and Outside nothing is filled; in the other cases
// every role but lead is.
//
// O(p·a) look-ups for p prefixes of the matter and a units around the place,
// and the rules found there. No allocation unless rules of a collect role apply
// or leads tie.
func (l *List) Match(q Query) Decision { return l.decide(q, nil) }

// question is a Query in the numbers of one List, and what was found so far.
type question struct {
	list      *List
	at        time.Time
	millis    int64
	cost      int64
	condition uint32
	channel   uint32
	classes   [8]uint32 // the first of the place's classes that a rule names
	spill     []uint32  // the others, which a place hardly has
	held      int       // of classes
	known, in uint64    // windows looked at, and those that hold
	best      [singleRoles]pick
	collected [len(rolesInOrder) - singleRoles][]uint32
	rec       *recorder
}

// pick is the first applicable rule of a role so far, and the rules after it in
// its run: only there can a rule be equal to it, because equal rank means the
// same depth of matter and of area, and both rules hold the place.
type pick struct {
	pos  uint32
	ok   bool
	rest []uint32
}

// decide is the one path behind Match and Explain; rec may be nil.
func (l *List) decide(q Query, rec *recorder) Decision {
	if l == nil {
		return Decision{Status: NoList}
	}
	if _, ok := l.Matter(q.Matter); !ok {
		return Decision{Status: UnknownMatter}
	}
	if q.Area == 0 || int64(q.Area) >= int64(len(l.parent)) {
		return Decision{Status: Outside}
	}
	ask := question{
		list: l, at: q.At, millis: listMillis(q.At), cost: max(0, q.Cost),
		condition: textNumber(l.conditions, q.Condition), channel: textNumber(l.channels, q.Channel), rec: rec,
	}
	for _, class := range q.Classes {
		n := l.classes[class]
		switch {
		case n == 0:
		case ask.held < len(ask.classes):
			ask.classes[ask.held] = n
			ask.held++
		default:
			ask.spill = append(ask.spill, n)
		}
	}
	ask.probe(q.Matter, uint32(q.Area))
	return ask.decision()
}

// textNumber is the number of a text in some rule, else one that no rule has.
func textNumber(numbers map[string]uint32, text string) uint32 {
	if n, ok := numbers[text]; ok {
		return n
	}
	return ^uint32(0)
}

// probe visits every bucket whose matter covers m and whose area holds the unit,
// longest matter and deepest area first.
func (a *question) probe(m Code, area uint32) {
	l := a.list
	var chain [code.LenMax + 1]uint32
	n := 0
	for ; m != ""; m = ParentMatter(m) {
		if id, ok := l.prefixes[m]; ok {
			chain[n] = id
			n++
		}
	}
	chain[n] = 0 // Any
	for _, prefix := range chain[:n+1] {
		for unit := area; ; unit = l.parent[unit] {
			if b, ok := l.buckets[bucketKey(prefix, unit)]; ok {
				a.visit(&b)
			}
			if unit == 0 {
				break
			}
		}
	}
}

// visit looks through the rules of one bucket.
func (a *question) visit(b *bucket) {
	for role := range singleRoles {
		a.single(&a.best[role], a.list.run(b, role))
	}
	for i := range a.collected {
		for _, pos := range a.list.run(b, singleRoles+i) {
			if a.applies(pos) {
				a.collected[i] = append(a.collected[i], pos)
			}
		}
	}
}

// single keeps the first applicable rule. Without a recorder it stops as soon
// as nothing in the run can go before what is known.
func (a *question) single(best *pick, run []uint32) {
	for i, pos := range run {
		if a.rec == nil && best.ok && pos > best.pos {
			return
		}
		if a.applies(pos) && (!best.ok || pos < best.pos) {
			*best = pick{pos: pos, ok: true, rest: run[i+1:]}
		}
	}
}

// applies reports whether a rule of a visited bucket applies, and tells the
// recorder why not.
func (a *question) applies(pos uint32) bool {
	why := a.misses(&a.list.entries[pos])
	if a.rec != nil {
		a.rec.note(pos, why)
	}
	return why == ""
}

// misses is what keeps a rule from applying, "" when nothing does.
func (a *question) misses(e *entry) Verdict {
	switch {
	case a.millis < e.from:
		return VerdictNotYet
	case a.millis >= e.until:
		return VerdictNoLonger
	case e.class != 0 && !slices.Contains(a.classes[:a.held], e.class) && !slices.Contains(a.spill, e.class):
		return VerdictNoClass
	case e.condition != 0 && e.condition != a.condition:
		return VerdictNoCondition
	case e.channel != 0 && e.channel != a.channel:
		return VerdictNoChannel
	case a.cost < e.min || a.cost > e.max:
		return VerdictNoCost
	case e.window != 0 && !a.within(e.window-1):
		return VerdictNoWindow
	}
	return ""
}

// within reports whether the instant lies in a window, looking at each once.
func (a *question) within(w uint8) bool {
	bit := uint64(1) << w
	if a.known&bit == 0 {
		a.known |= bit
		if a.list.windows[w].holds(a.at, a.list.zone, a.list.calendar) {
			a.in |= bit
		}
	}
	return a.in&bit != 0
}

// decision turns what was found into the answer.
func (a *question) decision() Decision {
	l := a.list
	d := Decision{Status: NoRule}
	if l.leads == 0 {
		d.Status = NoList
	}
	into := [singleRoles]*Duty{&d.Lead, &d.Regulator, &d.Rectifier}
	for role, best := range a.best {
		if !best.ok {
			continue
		}
		tied := a.tied(best)
		if !tied {
			*into[role] = l.duties[best.pos]
		}
		switch {
		case role != 0:
		case tied:
			d.Status, d.Tie = Tied, a.equals(best)
		default:
			d.Status = Decided
		}
	}
	d.Assist, d.Notify = a.once(a.collected[0]), a.once(a.collected[1])
	return d
}

// tied reports whether an applicable rule equal to the best names another party
// or post.
func (a *question) tied(best pick) bool {
	first := &a.list.entries[best.pos]
	for _, pos := range best.rest {
		e := &a.list.entries[pos]
		if e.rank != first.rank {
			return false
		}
		if e.who != first.who && a.misses(e) == "" {
			return true
		}
	}
	return false
}

// equals are the ids of the applicable rules equal to the best, and its own.
func (a *question) equals(best pick) []Code {
	ids := []Code{a.list.rules[best.pos].ID}
	for _, pos := range best.rest {
		e := &a.list.entries[pos]
		if e.rank != a.list.entries[best.pos].rank {
			break
		}
		if a.misses(e) == "" {
			ids = append(ids, a.list.rules[pos].ID)
		}
	}
	return ids
}

// once are the duties of the collected rules in order, each party and post by
// its first rule only. nil when there are none.
func (a *question) once(found []uint32) []Duty {
	if len(found) == 0 {
		return nil
	}
	slices.Sort(found)
	seen := make(map[uint32]bool, len(found))
	duties := make([]Duty, 0, len(found))
	for _, pos := range found {
		if who := a.list.entries[pos].who; !seen[who] {
			seen[who] = true
			duties = append(duties, a.list.duties[pos])
		}
	}
	return duties
}
