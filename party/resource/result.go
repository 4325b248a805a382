package resource

import (
	"slices"

	"github.com/gridgov/gridgov/party"
)

// Result is who gives what to whom. It is immutable and safe for concurrent use as
// long as nobody changes its slices.
type Result struct {
	Needs    []Allotment // every need, by code
	Projects []Outcome   // every project, by code
	// Maximal: no way to give the offers meets more needs in full.
	Maximal bool
	LeftOut int // fits that were not looked at, see Options.Candidates

	m *matcher
}

// Allotment is what a need gets.
type Allotment struct {
	Need  Code
	Taken []Taken // ranked
	Units int64   // given for all the time
	Part  int64   // given for a part of the time
	Short int64   // given by nobody
	// Why and Near say what stopped the offer that came nearest, of those of the
	// same reason the best ranked or the first by code; none when the need is met
	// in full, WhyKind without an offer when none is of a related kind.
	Why  Why
	Near Code
}

// Full reports whether the need is met, all units for all the time.
func (x Allotment) Full() bool { return x.Part == 0 && x.Short == 0 }

// Taken is units of an offer that a need gets.
type Taken struct {
	Fit
	Units  int64
	During Interval
}

// Fit is how well an offer serves a need.
type Fit struct {
	Offer   Code
	Party   Code
	Own     bool // both belong to the same project
	Kind    KindFit
	Steps   int   // 0: its area holds the need's; else steps through the tree of areas
	Whole   bool  // for all the time
	Days    int64 // days begun of the time shared; -1: without end or beginning
	Enough  bool  // it has as many units as needed, before others took theirs
	Earlier int   // how often its party was matched before
}

// Passed is an offer that a need did not get, and why.
type Passed struct {
	Offer Code
	Why   Why
}

// Outcome is what became of a project.
type Outcome struct {
	Project Code
	Met     []Code // needs met in full, by code
	Unmet   []Code // the others; their Allotment says why
	Idle    []Code // its offers that serve nobody, by code
}

func (m *matcher) result() *Result {
	r := &Result{Maximal: m.maximal, LeftOut: m.leftOut, m: m}
	for i := range m.l.needs {
		r.Needs = append(r.Needs, m.allotment(int32(i)))
	}
	idle := func(o Code) bool { return len(m.occupants[m.l.offer(o)]) == 0 }
	for _, p := range m.l.projects {
		out := Outcome{Project: p.Code}
		for _, c := range p.Needs {
			if i, _ := m.l.need(c); r.Needs[i].Full() {
				out.Met = append(out.Met, c)
			} else {
				out.Unmet = append(out.Unmet, c)
			}
		}
		for _, c := range p.Offers {
			if idle(c) {
				out.Idle = append(out.Idle, c)
			}
		}
		r.Projects = append(r.Projects, out)
	}
	return r
}

// need is the index of a need.
func (l *Lists) need(c Code) (int, bool) {
	return slices.BinarySearchFunc(l.needs, c, func(n need, c Code) int { return compareCodes(n.Code, c) })
}

// offer is the index of an offer of the lists.
func (l *Lists) offer(c Code) int {
	i, _ := slices.BinarySearchFunc(l.offers, c, func(o offer, c Code) int { return compareCodes(o.Code, c) })
	return i
}

func (m *matcher) allotment(i int32) Allotment {
	n := &m.l.needs[i]
	x := Allotment{Need: n.Code, Short: n.Quantity}
	taken := make([]fit, 0, len(m.gifts[i]))
	given := make(map[int32]gift, len(m.gifts[i]))
	for _, g := range m.gifts[i] {
		f, _ := m.l.try(n, g.offer, m.opts)
		taken, given[g.offer] = append(taken, f), g
		x.Short -= g.units
		if f.part {
			x.Part += g.units
		} else {
			x.Units += g.units
		}
	}
	slices.SortFunc(taken, fit.compare)
	for _, f := range taken {
		g := given[f.offer]
		x.Taken = append(x.Taken, Taken{m.l.shown(n, f), g.units, g.span.interval()})
	}
	if !x.Full() {
		x.Why, x.Near = m.nearest(i)
	}
	return x
}

// nearest is why the offer that came nearest did not meet need i.
func (m *matcher) nearest(i int32) (Why, Code) {
	n := &m.l.needs[i]
	if len(m.fits[i]) > 0 {
		return WhySpent, m.l.offers[m.fits[i][0].offer()].Code
	}
	far, near := 0, int32(-1)
	m.l.related(n, m.opts, false, func(o int32) {
		_, why := m.l.try(n, o, m.opts)
		at := slices.Index(Whys(), why)
		if near < 0 || at > far || at == far && o < near {
			far, near = at, o
		}
	})
	if near < 0 {
		return WhyKind, ""
	}
	return Whys()[far], m.l.offers[near].Code
}

// shown is a fit as callers see it.
func (l *Lists) shown(n *need, f fit) Fit {
	o := &l.offers[f.offer]
	return Fit{
		Offer: o.Code, Party: o.Party, Own: n.project >= 0 && !f.foreign, Kind: kindFits[f.kind], Steps: f.steps,
		Whole: !f.part, Days: o.span.and(n.span).days(), Enough: !f.few, Earlier: f.earlier,
	}
}

// find is the index of a need; a zero Result knows none.
func (r *Result) find(need Code) (int, bool) {
	if r == nil || r.m == nil {
		return 0, false
	}
	return r.m.l.need(need)
}

// Ranked is every offer that fits a need, the best first, whoever got it in the
// end; none for an unknown need. O(offers of related kinds).
func (r *Result) Ranked(need Code) []Fit {
	i, ok := r.find(need)
	if !ok {
		return nil
	}
	n := &r.m.l.needs[i]
	fits, _ := r.m.l.fits(n, r.m.opts, party.EntriesMax, nil)
	list := make([]Fit, len(fits))
	for k, f := range fits {
		list[k] = r.m.l.shown(n, f)
	}
	return list
}

// Passed is every offer of the lists that a need did not get, by code, and why;
// none for an unknown need. O(offers).
func (r *Result) Passed(need Code) []Passed {
	i, ok := r.find(need)
	if !ok {
		return nil
	}
	n := &r.m.l.needs[i]
	var list []Passed
	for k := range r.m.l.offers {
		o := int32(k)
		if slices.ContainsFunc(r.m.gifts[i], func(g gift) bool { return g.offer == o }) {
			continue
		}
		_, why := r.m.l.try(n, o, r.m.opts)
		switch {
		case why != "":
		case r.m.spare(o, n.span.and(r.m.l.offers[o].span)) == 0:
			why = WhySpent
		case r.Needs[i].Short == 0:
			why = WhyNotNeeded
		default:
			why = WhyBeyond
		}
		list = append(list, Passed{r.m.l.offers[k].Code, why})
	}
	return list
}
