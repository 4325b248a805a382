package party

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/roster"
)

// Directory knows every party, person and post of a subdistrict. It is
// immutable and safe for concurrent use. A nil Directory is empty.
type Directory struct {
	areas         *grid.Map
	layers        *grid.Layers
	trees         *grid.Hierarchies
	roster        *roster.Roster // the zero Roster when there is none
	desk          Code
	parties       map[Code]Party
	lives         map[Code]life // when a party and all above it exist; absent when it is what the party says itself
	people        map[Code]Person
	posts         map[Code]Post
	holders       map[Code][]Appointment // by post, in the order in which Holder prefers them
	serving       map[Code][]Appointment // by person, likewise
	registrations []Registration         // by area, person, kind, beginning
	registered    []areaRun              // the registrations of each area, by area
	rights        map[RightKind][]Right  // by holder, scope, beginning
	groups        map[Code]Group
	facilities    []Facility           // by party, kind
	fields        map[Code][]Field     // by code, in the order of time
	forArea       map[Code][]Code      // posts by the area they look after, by code
	byRole        map[partyRole][]Code // posts by party and role, by code
	limited       bool                 // some post has a limit
	rotating      map[Code][]Code      // posts with a rotation by party, by code
	serves        map[Code][]Code      // parties by the area they serve, by code
	forPlace      map[Place][]Code     // posts by building, by code
	classes       map[string][]entity  // parties by class, by code
	order         struct{ parties, people, posts, groups []Code }
	hash          [32]byte
}

// NewDirectory checks plan and builds a Directory from it. Areas must be units
// of m or nodes of plan.Hierarchies; with a nil m they are not checked, and an area then lies in itself only.
// All faults are reported at once as a *BuildError and then no Directory is built.
// O(n log n).
func NewDirectory(m *grid.Map, plan Plan) (*Directory, error) {
	var f faults
	d := &Directory{areas: m, layers: plan.Layers, trees: plan.Hierarchies, roster: cmp.Or(plan.Roster, &roster.Roster{}), desk: plan.Desk, holders: map[Code][]Appointment{}, serving: map[Code][]Appointment{}}
	if tooLong(&plan, &f) {
		return nil, f.err()
	}
	d.addParties(plan.Parties, &f)
	d.addPeople(plan.People, &f)
	d.addPosts(plan.Posts, &f)
	d.addAppointments(plan.Appointments, &f)
	d.addRegistrations(plan.Registrations, &f)
	d.addRights(plan.Rights, &f)
	d.addGroups(plan.Groups, &f)
	d.addFacilities(plan.Facilities, &f)
	d.addFields(plan.Fields, &f)
	d.checkRoster(&f)
	if err := f.err(); err != nil {
		return nil, err
	}
	d.order.parties = slices.Sorted(maps.Keys(d.parties))
	d.order.people = slices.Sorted(maps.Keys(d.people))
	d.order.posts = slices.Sorted(maps.Keys(d.posts))
	d.order.groups = slices.Sorted(maps.Keys(d.groups))
	d.outlive()
	d.index()
	d.hash = d.sum()
	return d, nil
}

// Party answers a party by code.
func (d *Directory) Party(c Code) (Party, bool) {
	if d == nil {
		return Party{}, false
	}
	p, ok := d.parties[c]
	return p, ok
}

// Post answers a post by code.
func (d *Directory) Post(c Code) (Post, bool) {
	if d == nil {
		return Post{}, false
	}
	p, ok := d.posts[c]
	return p, ok
}

// Parties yields every party by code.
func (d *Directory) Parties() iter.Seq[Party] {
	return func(yield func(Party) bool) {
		if d == nil {
			return
		}
		for _, c := range d.order.parties {
			if !yield(d.parties[c]) {
				return
			}
		}
	}
}

// Posts yields every post by code.
func (d *Directory) Posts() iter.Seq[Post] {
	return func(yield func(Post) bool) {
		if d == nil {
			return
		}
		for _, c := range d.order.posts {
			if !yield(d.posts[c]) {
				return
			}
		}
	}
}

// Chain yields the party and the parties above it, innermost first. A code that
// is no party yields nothing.
func (d *Directory) Chain(c Code) iter.Seq[Party] {
	return func(yield func(Party) bool) {
		for p, ok := d.Party(c); ok; p, ok = d.Party(p.Parent) {
			if !yield(p) {
				return
			}
		}
	}
}

// Top is the outermost party above c, or c itself when it has no parent or is
// no party of the Directory.
func (d *Directory) Top(c Code) Code {
	for p := range d.Chain(c) {
		c = p.Code
	}
	return c
}

// Active reports whether the party exists at the instant, and every party above
// it. A post is active when its party is. O(1).
func (d *Directory) Active(c Code, at time.Time) bool {
	if p, ok := d.Post(c); ok {
		c = p.Party
	}
	if d == nil {
		return false
	}
	if l, narrower := d.lives[c]; narrower {
		return !l.never && l.Holds(at)
	}
	p, ok := d.parties[c]
	return ok && p.During.Holds(at)
}

// life is when a party and all above it exist, unless they never do together.
type life struct {
	Interval
	never bool
}

// outlive finds for each party when it and all above it exist. Each is looked at
// once, from the outermost inwards. O(n).
func (d *Directory) outlive() {
	d.lives = map[Code]life{}
	done := make(map[Code]bool, len(d.parties))
	var path []Party
	for _, c := range d.order.parties {
		path = path[:0]
		for p, ok := d.parties[c]; ok && !done[p.Code]; p, ok = d.parties[p.Parent] {
			path = append(path, p)
		}
		for _, p := range slices.Backward(path) {
			done[p.Code] = true
			above, narrower := d.lives[p.Parent]
			if !narrower {
				above.Interval = d.parties[p.Parent].During // always, without a parent
			}
			l := life{p.During, above.never || !above.Meets(p.During)}
			if !l.never {
				l.Interval = above.And(p.During)
			}
			if l != (life{Interval: p.During}) {
				d.lives[p.Code] = l
			}
		}
	}
}
