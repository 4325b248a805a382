package party

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Group is people put together for a task across squads (灵活组群). Unlike a party
// it always has an end.
type Group struct {
	Code    Code
	Name    string
	Purpose string
	Lead    Code   // a person, one of Members; none: nobody leads
	Members []Code // people
	During  Interval
}

func (d *Directory) addGroups(list []Group, f *faults) {
	d.groups = make(map[Code]Group, len(list))
	for i, g := range list {
		add := func(field, value string, err error) { f.add("groups", i, g.Code, field, value, err) }
		_, taken := d.groups[g.Code]
		fresh := f.fresh("groups", i, g.Code, taken)
		g.Members = slices.Compact(slices.Sorted(slices.Values(g.Members)))
		for _, p := range g.Members {
			if _, ok := d.people[p]; !ok {
				add("members", string(p), ErrUnknownPerson)
			}
		}
		if g.Lead != "" && !slices.Contains(g.Members, g.Lead) {
			add("lead", string(g.Lead), ErrUnknownPerson)
		}
		if g.During.Until.IsZero() {
			add("until", "", ErrNoUntil)
		}
		if !g.During.Valid() {
			add("until", "", ErrInterval)
		}
		f.instants("groups", i, g.Code, g.During)
		if fresh {
			d.groups[g.Code] = g
		}
	}
}

// Group answers a group by code.
func (d *Directory) Group(c Code) (Group, bool) {
	if d == nil {
		return Group{}, false
	}
	g, ok := d.groups[c]
	g.Members = slices.Clone(g.Members)
	return g, ok
}

// Groups yields the groups that exist at the instant, by code.
func (d *Directory) Groups(at time.Time) iter.Seq[Group] {
	return func(yield func(Group) bool) {
		if d == nil {
			return
		}
		for _, c := range d.order.groups {
			if g, _ := d.Group(c); g.During.Holds(at) && !yield(g) {
				return
			}
		}
	}
}

// InGroup reports whether the person belongs to the group at the instant.
func (d *Directory) InGroup(person, group Code, at time.Time) bool {
	if d == nil {
		return false
	}
	g := d.groups[group]
	_, found := slices.BinarySearch(g.Members, person)
	return found && g.During.Holds(at)
}

// Facility is premises or equipment of a party (阵地): an office, a service centre,
// or one of the four unifications of a squad with the date of its evidence as From.
type Facility struct {
	Code         Code
	Party        Code
	Kind         string // office, service-centre, unified-management, unified-insignia, …
	SquareMeters float64
	During       Interval
}

func (d *Directory) addFacilities(list []Facility, f *faults) {
	seen := make(map[Code]bool, len(list))
	for i, x := range list {
		add := func(field, value string, err error) { f.add("facilities", i, x.Code, field, value, err) }
		f.fresh("facilities", i, x.Code, seen[x.Code])
		seen[x.Code] = true
		if _, ok := d.parties[x.Party]; !ok {
			add("party", string(x.Party), ErrUnknownParty)
		}
		if !(x.SquareMeters >= 0 && x.SquareMeters <= squareMetersMax) {
			add("area", "", ErrArea)
		}
		if !x.During.Valid() {
			add("until", "", ErrInterval)
		}
		f.instants("facilities", i, x.Code, x.During)
		d.facilities = append(d.facilities, x)
	}
	slices.SortFunc(d.facilities, func(a, b Facility) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code))
	})
}

// squareMetersMax bounds a facility: no premises are larger than a subdistrict of
// a thousand square kilometres.
const squareMetersMax = 1e9

// Facilities yields what the party has at the instant, by kind and code. O(log n)
// and what the party ever had.
func (d *Directory) Facilities(party Code, at time.Time) iter.Seq[Facility] {
	return func(yield func(Facility) bool) {
		if d == nil {
			return
		}
		i, _ := slices.BinarySearchFunc(d.facilities, party, func(x Facility, p Code) int { return cmp.Compare(x.Party, p) })
		for ; i < len(d.facilities) && d.facilities[i].Party == party; i++ {
			if d.facilities[i].During.Holds(at) && !yield(d.facilities[i]) {
				return
			}
		}
	}
}
