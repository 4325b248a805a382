package dispatch

import (
	"slices"
	"time"
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
// Unowned, Decided. After UnknownMatter and Outside nothing is filled; in the
// other cases every role but lead is.
//
// A rule that names owner(layer) goes to the Query's owner for that layer. When
// there is none, a lead falls to the regulator alone, with ReasonNoOwner, and
// without a regulator the Status is Unowned; a rectifier has a rule and the
// reason but no party; an assist or notify names nobody. No other rule takes its
// place, because the list has spoken.
//
// A lead rule without a budget takes the limit of the list's Standards, and the
// Decision says which one.
//
// O(log n) for a single role, for n intervals of units that the rules of the
// matter tell apart, and the rules looked at, which end with the first that always
// applies; for a collect role, and for a matter whose intervals would take too
// much memory, O(t·log b) for t tables of rules that speak of the matter, one for
// each prefix and precedence, of b areas each. No allocation unless rules of a
// collect role apply, leads tie, or the place has many unusual classes.
func (l *List) Match(q Query) (d Decision) {
	l.decide(&d, &q, nil)
	return d
}

// question is a Query in the numbers of one List.
type question struct {
	list      *List
	at        time.Time
	owners    []LayerOwner
	area      uint32
	millis    int64
	cost      int64
	bits      uint64    // the labels with a bit of their own
	far       [4]uint32 // the first labels without
	spill     []uint32  // the others, which a query hardly has
	held      int       // of far
	known, in uint64    // windows looked at, and those that hold
	rec       *recorder
}

// pick is the first applicable rule of a role and the rules after it that can be
// equal to it: those of its bucket, because equal rank means the same precedence,
// depth of matter and depth of area, and both hold the place.
type pick struct {
	pos  uint32
	ok   bool
	rest []slot
}

// decide is the one path behind Match and Explain; rec may be nil. It fills in a
// zero Decision in place, because a Decision is large.
func (l *List) decide(d *Decision, q *Query, rec *recorder) {
	if l == nil {
		d.Status = NoList
		return
	}
	prefix, ok := l.prefixOf(q.Matter)
	switch {
	case !ok:
		d.Status = UnknownMatter
		return
	case q.Area == 0 || int64(q.Area) >= int64(len(l.parent)):
		d.Status = Outside
		return
	}
	ask := question{
		list: l, at: q.At, owners: q.Owners, area: uint32(q.Area), millis: listMillis(q.At), cost: max(0, q.Cost), rec: rec,
	}
	ask.read(q)
	ask.answer(d, prefix)
	if d.Status == Decided && d.Lead.Budget.IsZero() && l.standards != nil {
		if s, ok := l.standards.Find(q.Matter, q.Condition, q.At); ok {
			d.Lead.Budget, d.Standard = s.Limit, s.Name
		}
	}
}

// prefixOf is the deepest prefix that covers a matter, false when the matter is
// unknown.
func (l *List) prefixOf(m Code) (uint32, bool) {
	if !askable(m) {
		return 0, false
	}
	if len(l.matters) > 0 {
		return l.byMatter.find(m)
	}
	for ; m != ""; m = ParentMatter(m) {
		if n, ok := l.byMatter.find(m); ok {
			return n, true
		}
	}
	return 0, true
}

// read numbers the labels of the query; one that no rule has does not count.
func (a *question) read(q *Query) {
	if q.Condition != "" && len(a.list.conditions) > 0 {
		a.hold(a.list.conditions[q.Condition])
	}
	if q.Channel != "" && len(a.list.channels) > 0 {
		a.hold(a.list.channels[q.Channel])
	}
	if len(a.list.classes) > 0 {
		for _, class := range q.Classes {
			a.hold(a.list.classes[class])
		}
	}
}

func (a *question) hold(label uint32) {
	switch {
	case label == 0:
	case label <= labelBits:
		a.bits |= 1 << (label - 1)
	case a.held < len(a.far):
		a.far[a.held] = label
		a.held++
	default:
		a.spill = append(a.spill, label)
	}
}

func (a *question) has(label uint32) bool {
	if label <= labelBits {
		return a.bits>>(label-1)&1 == 1
	}
	return slices.Contains(a.far[:a.held], label) || slices.Contains(a.spill, label)
}

// first is the first applicable rule of a single role: from the cells, or the
// tables where those have none.
func (a *question) first(role int, prefix uint32) pick {
	l := a.list
	if a.rec != nil {
		a.all(role, prefix)
	}
	r := l.roles[role].cells[prefix]
	if r.n == 0 {
		return a.firstByTables(role, prefix)
	}
	at := l.cells.list(r, a.area)
	if at == nowhere {
		return pick{}
	}
	for {
		s := &l.cells.slots[at]
		switch {
		case s.bits&^a.bits == 0 && (!s.more || a.misses(&l.entries[s.pos]) == ""):
			if s.rival {
				return pick{s.pos, true, l.cells.rest(at)}
			}
			return pick{s.pos, true, nil}
		case s.last:
			return pick{}
		}
		at++
	}
}

// firstByTables goes through the tables.
func (a *question) firstByTables(role int, prefix uint32) pick {
	l := a.list
	tour := l.tour(role, prefix)
	for {
		t := tour.table()
		if t == nil {
			return pick{}
		}
		for n := l.innermost(t, a.area); n != 0; {
			b := &l.buckets[n-1]
			n = b.outer
			run := l.slots[b.at:b.end]
			for i := range run {
				if a.applies(&run[i]) {
					return pick{pos: run[i].pos, ok: true, rest: run[i+1:]}
				}
			}
		}
	}
}

// all are the applicable rules of a role, in order of rank, then of id. With a
// recorder every candidate is noted.
func (a *question) all(role int, prefix uint32) []uint32 {
	var found []uint32
	l := a.list
	tour := l.tour(role, prefix)
	for {
		t := tour.table()
		if t == nil {
			return found
		}
		for n := l.innermost(t, a.area); n != 0; {
			b := &l.buckets[n-1]
			n = b.outer
			run := l.slots[b.at:b.end]
			for i := range run {
				if a.applies(&run[i]) {
					found = append(found, run[i].pos)
				}
			}
		}
	}
}

// applies reports whether a rule of a visited bucket applies, and tells the
// recorder why not.
func (a *question) applies(s *slot) bool {
	if a.rec == nil {
		return s.bits&^a.bits == 0 && (!s.more || a.misses(&a.list.entries[s.pos]) == "")
	}
	return a.noted(s.pos)
}

func (a *question) noted(pos uint32) bool {
	why := a.misses(&a.list.entries[pos])
	a.rec.note(pos, why)
	return why == ""
}

// misses is what keeps a rule from applying, "" when nothing does.
func (a *question) misses(e *entry) Verdict {
	switch {
	case a.millis < e.from:
		return VerdictNotYet
	case a.millis >= e.until:
		return VerdictNoLonger
	case e.class != 0 && !a.has(e.class):
		return VerdictNoClass
	case e.condition != 0 && !a.has(e.condition):
		return VerdictNoCondition
	case e.channel != 0 && !a.has(e.channel):
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
