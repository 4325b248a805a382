package party

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Registration is a person who belongs to or has reported in to an area. A member
// who reports in where he lives stays a member of the branch where he works
// (双报到), so the kinds are kept apart.
type Registration struct {
	Person Code
	Area   Code
	Kind   RegistrationKind
	Branch string // the party branch, if any
	During Interval
}

// RegistrationKind says in which way a person is registered.
type RegistrationKind string

// The registration kinds.
const (
	Membership  RegistrationKind = "membership" // 组织关系
	ReportIn    RegistrationKind = "report-in"  // 报到
	VolunteerIn RegistrationKind = "volunteer"  // 志愿服务
)

var registrationKinds = []RegistrationKind{Membership, ReportIn, VolunteerIn}

func (d *Directory) addRegistrations(list []Registration, f *faults) {
	for i, r := range list {
		add := func(field, value string, err error) { f.add("registrations", i, r.Person, field, value, err) }
		if _, ok := d.people[r.Person]; !ok {
			add("person", string(r.Person), ErrUnknownPerson)
		}
		if r.Area == "" || !d.knownArea(r.Area) {
			add("area", string(r.Area), ErrUnknownArea)
		}
		if !slices.Contains(registrationKinds, r.Kind) {
			add("kind", string(r.Kind), ErrKind)
		}
		if !r.During.Valid() {
			add("until", "", ErrInterval)
		}
		f.instants("registrations", i, r.Person, r.During)
	}
	d.registrations = slices.SortedFunc(slices.Values(list), func(a, b Registration) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Kind, b.Kind),
			a.During.From.Compare(b.During.From), a.During.Until.Compare(b.During.Until), cmp.Compare(a.Branch, b.Branch))
	})
	d.registered = areaRuns(d.registrations)
}

// areaRun is where the registrations of one area stand.
type areaRun struct {
	area        Code
	first, past int
}

func areaRuns(sorted []Registration) []areaRun {
	var runs []areaRun
	for i, r := range sorted {
		if n := len(runs); n == 0 || runs[n-1].area != r.Area {
			runs = append(runs, areaRun{area: r.Area, first: i})
		}
		runs[len(runs)-1].past = i + 1
	}
	return runs
}

// Registrations yields those of a kind that are open at the instant in an area
// or a unit below it, by area, person, kind and beginning. An empty kind is every
// kind, an empty area everywhere. O(areas with registrations + registrations there).
func (d *Directory) Registrations(area Code, kind RegistrationKind, at time.Time) iter.Seq[Registration] {
	return func(yield func(Registration) bool) {
		if d == nil {
			return
		}
		within := d.inside(area)
		for _, run := range d.registered {
			if !within(run.area) {
				continue
			}
			for _, r := range d.registrations[run.first:run.past] {
				if (kind == "" || r.Kind == kind) && r.During.Holds(at) && !yield(r) {
					return
				}
			}
		}
	}
}

// Registered is how many different people Registrations yields.
func (d *Directory) Registered(area Code, kind RegistrationKind, at time.Time) int {
	seen := map[Code]bool{}
	for r := range d.Registrations(area, kind, at) {
		seen[r.Person] = true
	}
	return len(seen)
}

// inside answers whether an area lies in outer, which is everywhere when empty.
// Without a map only outer itself does. In a node of a hierarchy lie its nodes and
// leaves.
func (d *Directory) inside(outer Code) func(Code) bool {
	if h := d.node(outer); h != nil {
		root, _ := h.Lookup(outer)
		return func(c Code) bool {
			n, ok := h.Lookup(c)
			return ok && h.Contains(root, n)
		}
	}
	root, ok := d.areas.Lookup(outer)
	return func(c Code) bool {
		if outer == "" || c == outer {
			return true
		}
		ref, found := d.areas.Lookup(c)
		return ok && found && d.areas.Contains(root, ref)
	}
}
