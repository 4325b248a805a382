package dispatch

import (
	"container/heap"
	"slices"
)

// agenda is every open case by whom it concerns and when it is due, kept up with each
// entry, so that a reader changes nothing. Cases of the duty desk are kept under no
// party, because a new Setup may name another desk without an entry on any of them.
type agenda struct {
	rolls  map[heading]*roll // with some that are empty and will be wanted again
	empty  int               // of them
	party  map[Code][]*roll  // by who answers
	person map[Code][]*roll  // by who was on duty
	sent   map[Code]map[*caseState]struct{}
	moved  unsettled
}

// unsettled is the case that changed last, which waits off its roll until another one does,
// for most commands have several entries on one case. Readers look at it besides.
type unsettled struct {
	c    *caseState // nil is none
	on   bool       // it still stands where it was
	from heading
	due  instant
}

// heading is what a roll has in common.
type heading struct {
	party  Code // that answers as lead; none is the duty desk
	post   Code // that a rule named as lead
	person Code // on duty for the post at the dispatch
}

func (c *caseState) heading() heading {
	if c.parties == nil {
		return heading{}
	}
	h := heading{post: c.parties.Lead.Post, person: c.parties.LeadPerson}
	if c.leads() {
		h.party = c.parties.Lead.Party
	}
	return h
}

// noCase is what a case was before it was there. It is only read.
var noCase caseState

// change notes that a case becomes another, before it does; nil is one that was not
// there.
func (a *agenda) change(old, changed *caseState) {
	kept := old
	if old == nil {
		kept, old = changed, &noCase
	}
	a.send(old, changed, kept)
	if a.moved.c == kept {
		return
	}
	a.settle()
	was, from := old.state.Open(), old.heading()
	if was != changed.state.Open() || from != changed.heading() || old.nearest != changed.nearest {
		a.moved = unsettled{kept, was, from, old.nearest}
	}
}

// settle puts the case that moved where it belongs.
func (a *agenda) settle() {
	m := a.moved
	if m.c == nil {
		return
	}
	if a.moved = (unsettled{}); m.on {
		a.drop(m.from, placed{m.due, m.c})
	}
	if m.c.state.Open() {
		a.put(m.c.heading(), placed{m.c.nearest, m.c})
	}
}

// stale reports whether the case is due at another place by now, or has ended.
func (p placed) stale() bool { return p.due != p.c.nearest || !p.c.state.Open() }

func (a *agenda) put(h heading, p placed) {
	r := a.rolls[h]
	if r == nil {
		if a.rolls == nil {
			a.rolls, a.party, a.person = map[heading]*roll{}, map[Code][]*roll{}, map[Code][]*roll{}
		}
		r = &roll{of: h}
		a.rolls[h] = r
		a.party[h.party] = append(a.party[h.party], r)
		a.person[h.person] = append(a.person[h.person], r)
	} else if r.empty() {
		a.empty--
	}
	r.put(p)
}

// emptyFew is how many empty rolls stay in any case.
const emptyFew = 16

// drop takes a case off its roll. When more rolls are empty than not, all of those go.
func (a *agenda) drop(h heading, p placed) {
	r := a.rolls[h]
	if r.drop(p); !r.empty() {
		return
	}
	if a.empty++; a.empty <= max(emptyFew, len(a.rolls)/2) {
		return
	}
	for h, r := range a.rolls {
		if r.empty() {
			delete(a.rolls, h)
		}
	}
	for _, by := range []map[Code][]*roll{a.party, a.person} {
		for code, rolls := range by {
			if by[code] = slices.DeleteFunc(rolls, (*roll).empty); len(by[code]) == 0 {
				delete(by, code)
			}
		}
	}
	a.empty = 0
}

// send keeps who was sent to which open case.
func (a *agenda) send(old, changed, kept *caseState) {
	was, is := old.sentNow(), changed.sentNow()
	if len(was) == len(is) && (len(was) == 0 || &was[0] == &is[0]) {
		return
	}
	for _, p := range was {
		if delete(a.sent[p.Person], kept); len(a.sent[p.Person]) == 0 {
			delete(a.sent, p.Person)
		}
	}
	for _, p := range is {
		if a.sent == nil {
			a.sent = map[Code]map[*caseState]struct{}{}
		}
		if a.sent[p.Person] == nil {
			a.sent[p.Person] = map[*caseState]struct{}{}
		}
		a.sent[p.Person][kept] = struct{}{}
	}
}

// sentNow is the people who are sent to the case while it is open.
func (c *caseState) sentNow() []Sent {
	if c.side == nil || !c.state.Open() {
		return nil
	}
	return c.side.sent
}

// among is rolls in which every case is that a filter of the duty desk may choose, at
// its place.
func (a *agenda) among(f *Filter, desk Code) []*roll {
	var found []*roll
	if c := a.moved.c; c != nil {
		found = append(found, &roll{blocks: [][]placed{{{c.nearest, c}}}})
	}
	choose := func(r *roll) {
		if (f.Post == "" || r.of.post == f.Post) && (f.Person == "" || r.of.person == f.Person) {
			found = append(found, r)
		}
	}
	lists := [][]*roll{a.party[f.Party]}
	switch {
	case f.Party == "" && f.Person == "":
		for _, r := range a.rolls {
			choose(r)
		}
		return found
	case f.Party == "":
		lists[0] = a.person[f.Person]
	case f.Party == desk:
		lists = append(lists, a.party[""])
	}
	for _, r := range slices.Concat(lists...) {
		choose(r)
	}
	if sent := a.sent[f.Person]; f.Person != "" && len(sent) > 0 {
		found = append(found, rollOf(sent))
	}
	return found
}

func rollOf(cases map[*caseState]struct{}) *roll {
	places := make([]placed, 0, len(cases))
	for c := range cases {
		places = append(places, placed{c.nearest, c})
	}
	slices.SortFunc(places, func(a, b placed) int { return a.compare(b.place()) })
	return &roll{blocks: [][]placed{places}}
}

// walkRolls visits the cases of some rolls behind a place in their common order, each of
// them once, until visit says no.
func walkRolls(rolls []*roll, after cursorAt, visit func(placed) bool) {
	front := make(rests, 0, len(rolls))
	for _, r := range rolls {
		if rest, ok := r.behind(after); ok {
			front = append(front, rest)
		}
	}
	heap.Init(&front)
	for last := (*caseState)(nil); len(front) > 0; {
		p := front[0].head()
		if p.c != last && !p.stale() {
			if last = p.c; !visit(p) {
				return
			}
		}
		if front[0].next() {
			heap.Fix(&front, 0)
		} else {
			heap.Pop(&front)
		}
	}
}
