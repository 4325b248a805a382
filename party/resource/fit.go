package resource

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// KindFit says how the kind of an offer is related to that of a need.
type KindFit string

// The relations, best first.
const (
	SameKind    KindFit = "same"
	SpecialKind KindFit = "special" // below the need's: venue.hall for venue
	GeneralKind KindFit = "general" // above the need's: venue for venue.hall, to be asked
)

var kindFits = []KindFit{SameKind, SpecialKind, GeneralKind}

// Why says why an offer did not serve a need.
type Why string

// The reasons, in the order in which they are found: a later one came nearer.
const (
	WhyKind      Why = "kind"       // another kind
	WhySkills    Why = "skills"     // lacks a skill
	WhyArea      Why = "area"       // too far
	WhyTime      Why = "time"       // not at the same time
	WhyReserved  Why = "reserved"   // another project has it
	WhySpent     Why = "spent"      // not enough is left while the need lasts
	WhyNotNeeded Why = "not-needed" // others met the need
	WhyBeyond    Why = "beyond"     // more than Options.Candidates fit better
)

// Whys is every reason, in the order above.
func Whys() []Why {
	return []Why{WhyKind, WhySkills, WhyArea, WhyTime, WhyReserved, WhySpent, WhyNotNeeded, WhyBeyond}
}

// Options says what may be matched.
type Options struct {
	Steps   int          // how far an offer's area may be, 2 being the areas beside it; 0: it must hold the need's
	Sure    bool         // no offer of a more general kind
	Earlier map[Code]int // how often each party was matched before; nil: none was
	// Candidates is how many fits of one need, the best ones, are looked at;
	// 0: CandidatesMax.
	Candidates int
}

// CandidatesMax is how many fits of a need are looked at by default: with 10,000
// needs that keeps some 80 MB. A need that a thousand offers fit has its choice.
const CandidatesMax = 1000

// fit is how an offer serves a need.
type fit struct {
	offer   int32
	foreign bool // not of the need's project
	kind    int8 // index into kindFits
	steps   int
	part    bool // for a part of the time
	few     bool // fewer units than needed
	earlier int
	shared  int64 // milliseconds
}

func (f fit) compare(g fit) int {
	return cmp.Or(compareBools(f.foreign, g.foreign), cmp.Compare(f.kind, g.kind), cmp.Compare(f.steps, g.steps),
		compareBools(f.part, g.part), compareBools(f.few, g.few), cmp.Compare(f.earlier, g.earlier),
		cmp.Compare(g.shared, f.shared), cmp.Compare(f.offer, g.offer))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// kindFit is the index of the relation, false when there is none that serves.
func kindFit(offer, need string, sure bool) (int8, bool) {
	switch {
	case offer == need:
		return 0, true
	case strings.HasPrefix(offer, need) && offer[len(need)] == '.':
		return 1, true
	case !sure && strings.HasPrefix(need, offer) && need[len(offer)] == '.':
		return 2, true
	}
	return 0, false
}

// try is how offer o serves n, or why it does not.
func (l *Lists) try(n *need, i int32, opts Options) (fit, Why) {
	o := &l.offers[i]
	kind, ok := kindFit(o.Kind, n.Kind, opts.Sure)
	if !ok {
		return fit{}, WhyKind
	}
	if slices.ContainsFunc(n.Skills, func(s string) bool { return !slices.Contains(o.Skills, s) }) {
		return fit{}, WhySkills
	}
	steps := l.steps(o.area, n.area)
	if steps > opts.Steps {
		return fit{}, WhyArea
	}
	shared := o.span.and(n.span)
	if shared.empty() {
		return fit{}, WhyTime
	}
	if o.project >= 0 && o.project != n.project {
		return fit{}, WhyReserved
	}
	length := int64(math.MaxInt64)
	if shared.from != math.MinInt64 && shared.until != math.MaxInt64 {
		length = shared.until - shared.from
	}
	return fit{
		offer: i, foreign: n.project >= 0 && o.project != n.project, kind: kind, steps: steps, part: !o.span.holds(n.span),
		few: o.Quantity < n.Quantity, earlier: opts.Earlier[o.Party], shared: length,
	}, ""
}

// related calls visit with every offer of a related kind; near leaves out whole
// areas that are too far, and visits only what holds the need's when that is all
// that may serve. In no particular order.
func (l *Lists) related(n *need, opts Options, near bool, visit func(offer int32)) {
	for kind := range l.relatedKinds(n.Kind, opts.Sure) {
		set := l.byKind[kind]
		if near && opts.Steps == 0 {
			for _, area := range append(areaPath{0}, l.areas[n.area]...) {
				visitAll(set.offers[area], visit)
			}
			continue
		}
		for _, area := range set.areas {
			if !near || l.steps(area, n.area) <= opts.Steps {
				visitAll(set.offers[area], visit)
			}
		}
	}
}

func visitAll(offers []int32, visit func(int32)) {
	for _, o := range offers {
		visit(o)
	}
}

// relatedKinds yields the kinds on offer that kindFit accepts.
func (l *Lists) relatedKinds(kind string, sure bool) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if _, ok := l.byKind[kind]; ok && !yield(kind) {
			return
		}
		from, _ := slices.BinarySearch(l.kinds, kind+".")
		for ; from < len(l.kinds) && strings.HasPrefix(l.kinds[from], kind+"."); from++ {
			if !yield(l.kinds[from]) {
				return
			}
		}
		for i := strings.LastIndexByte(kind, '.'); i >= 0 && !sure; i = strings.LastIndexByte(kind[:i], '.') {
			if _, ok := l.byKind[kind[:i]]; ok && !yield(kind[:i]) {
				return
			}
		}
	}
}

// fits is the best ranked of the offers that fit, at most so many, and how many
// fit in all. It is written over into.
func (l *Lists) fits(n *need, opts Options, most int, into []fit) (best []fit, all int) {
	best = into[:0]
	full := false // best[:most] is ranked, so what ranks below its last is out
	l.related(n, opts, true, func(o int32) {
		f, why := l.try(n, o, opts)
		if why != "" {
			return
		}
		all++
		if full && f.compare(best[most-1]) > 0 {
			return
		}
		best = append(best, f)
		if len(best) >= 2*most {
			slices.SortFunc(best, fit.compare)
			best, full = best[:most], true
		}
	})
	slices.SortFunc(best, fit.compare)
	return best[:min(len(best), most)], all
}
