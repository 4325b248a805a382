package resource

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Code identifies an offer, a need or a project, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = party.Code

// Interval is [From, Until) with open ends when zero.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = party.Interval

// QuantityMax bounds a quantity, so that sums of a whole list stay exact.
const QuantityMax = 1_000_000_000_000

// Offer is something a party brings (资源).
type Offer struct {
	Code     Code
	Party    Code
	Kind     string // dotted: venue.hall
	Area     Code   // what it serves; none: everywhere
	During   Interval
	Quantity int64 // units at any one time; 0 means 1
	Skills   []string
}

// Need is something that is asked for (需求).
type Need struct {
	Code     Code
	Party    Code   // who asks
	Kind     string // dotted
	Area     Code   // where; none: everywhere
	During   Interval
	Quantity int64    // units; 0 means 1
	Skills   []string // each offer must have all
}

// Project is needs and offers that belong together (项目).
type Project struct {
	Code   Code
	Party  Code // who carries it out
	Kind   string
	Area   Code
	During Interval
	Needs  []Code // each in one project at most
	Offers []Code // likewise; they serve these needs only
}

// Plan is what Lists are built from, in any order.
type Plan struct {
	Offers   []Offer
	Needs    []Need
	Projects []Project
}

// Lists is the three lists, checked. It is immutable and safe for concurrent use.
// A nil Lists is empty.
type Lists struct {
	offers   []offer // by code
	needs    []need  // by code
	projects []Project
	kinds    []string           // of offers, sorted
	byKind   map[string]areaSet // offers by kind, then by area
	areas    []areaPath         // by number; 0 is everywhere
	flat     bool               // there is no map, so no tree of areas
}

type offer struct {
	Offer
	span    span
	area    int32 // number of the area
	project int32 // index of the project, or -1
}

type need struct {
	Need
	span    span
	area    int32
	project int32
}

// areaSet is offers by the number of their area.
type areaSet struct {
	areas  []int32 // in order of first appearance by code
	offers map[int32][]int32
}

// NewLists checks the plan. Areas must be units of m, parties be known to d; with a
// nil m areas are not checked, an area then holds itself only and is near nothing,
// and with a nil d neither are parties. All faults are reported at once as a
// *party.BuildError whose lists are "offers", "needs" and "projects". O(n log n).
func NewLists(m *grid.Map, d *party.Directory, plan Plan) (*Lists, error) {
	if err := check(m, d, plan); err != nil {
		return nil, err
	}
	l := &Lists{byKind: map[string]areaSet{}}
	number := l.numberAreas(m)
	ofNeed, ofOffer := map[Code]int32{}, map[Code]int32{}
	for _, p := range plan.Projects {
		p.Needs, p.Offers = slices.Sorted(slices.Values(p.Needs)), slices.Sorted(slices.Values(p.Offers))
		l.projects = append(l.projects, p)
	}
	slices.SortFunc(l.projects, func(a, b Project) int { return compareCodes(a.Code, b.Code) })
	for i, p := range l.projects {
		for _, c := range p.Needs {
			ofNeed[c] = int32(i) + 1
		}
		for _, c := range p.Offers {
			ofOffer[c] = int32(i) + 1
		}
	}
	for _, o := range plan.Offers {
		o.Quantity, o.Skills = max(o.Quantity, 1), slices.Clone(o.Skills)
		l.offers = append(l.offers, offer{o, spanOf(o.During), number(o.Area), ofOffer[o.Code] - 1})
	}
	for _, n := range plan.Needs {
		n.Quantity, n.Skills = max(n.Quantity, 1), slices.Clone(n.Skills)
		l.needs = append(l.needs, need{n, spanOf(n.During), number(n.Area), ofNeed[n.Code] - 1})
	}
	slices.SortFunc(l.offers, func(a, b offer) int { return compareCodes(a.Code, b.Code) })
	slices.SortFunc(l.needs, func(a, b need) int { return compareCodes(a.Code, b.Code) })
	l.index()
	return l, nil
}

// index files offers by kind and area.
func (l *Lists) index() {
	for i, o := range l.offers {
		set, ok := l.byKind[o.Kind]
		if !ok {
			set.offers = map[int32][]int32{}
			l.kinds = append(l.kinds, o.Kind)
		}
		if _, ok := set.offers[o.area]; !ok {
			set.areas = append(set.areas, o.area)
		}
		set.offers[o.area] = append(set.offers[o.area], int32(i))
		l.byKind[o.Kind] = set
	}
	slices.Sort(l.kinds)
}
