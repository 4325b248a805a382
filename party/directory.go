package party

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// Directory knows every party, person and post of a subdistrict. It is
// immutable and safe for concurrent use. A nil Directory is empty.
type Directory struct {
	parties map[Code]Party
	people  map[Code]Person
	posts   map[Code]Post
	holders map[Code][]Appointment // by post, in the order in which Holder prefers them
	serving map[Code][]Appointment // by person
	order   struct{ parties, people, posts []Code }
	hash    [32]byte
}

// NewDirectory checks plan and builds a Directory from it. Areas must be units
// of m; with a nil m they are not checked. All faults are reported at once as a
// *BuildError and then no Directory is built. O(n log n).
func NewDirectory(m *grid.Map, plan Plan) (*Directory, error) {
	var f faults
	d := &Directory{holders: map[Code][]Appointment{}, serving: map[Code][]Appointment{}}
	if d.tooLong(plan, &f) {
		return nil, f.err()
	}
	known := func(c Code) bool {
		if m == nil || c == "" {
			return true
		}
		_, ok := m.Lookup(c)
		return ok
	}
	d.addParties(plan.Parties, known, &f)
	d.addPeople(plan.People, &f)
	d.addPosts(plan.Posts, known, &f)
	d.addAppointments(plan.Appointments, &f)
	if err := f.err(); err != nil {
		return nil, err
	}
	d.order.parties = slices.Sorted(maps.Keys(d.parties))
	d.order.people = slices.Sorted(maps.Keys(d.people))
	d.order.posts = slices.Sorted(maps.Keys(d.posts))
	d.hash = d.sum()
	return d, nil
}

func (d *Directory) tooLong(plan Plan, f *faults) bool {
	for list, n := range map[string]int{"parties": len(plan.Parties), "people": len(plan.People), "posts": len(plan.Posts), "appointments": len(plan.Appointments)} {
		if n > EntriesMax {
			f.add(list, EntriesMax, "", "", "", ErrTooMany)
		}
	}
	return len(f.all) > 0
}

func (d *Directory) addParties(list []Party, known func(Code) bool, f *faults) {
	d.parties = make(map[Code]Party, len(list))
	for i, p := range list {
		if !f.code("parties", i, p.Code) {
			continue
		}
		if _, ok := d.parties[p.Code]; ok {
			f.add("parties", i, p.Code, "code", "", ErrDuplicate)
			continue
		}
		d.parties[p.Code] = p
	}
	for i, p := range list {
		if _, ok := d.parties[p.Parent]; p.Parent != "" && !ok {
			f.add("parties", i, p.Code, "parent", string(p.Parent), ErrUnknownParty)
		}
		if !known(p.Area) {
			f.add("parties", i, p.Code, "area", string(p.Area), ErrUnknownArea)
		}
		if !p.During.Valid() {
			f.add("parties", i, p.Code, "until", "", ErrInterval)
		}
	}
	chain := newCycles(func(c Code) Code { return d.parties[c].Parent })
	for i, p := range list {
		if chain.member(p.Code) {
			f.add("parties", i, p.Code, "parent", string(p.Parent), ErrCycle)
		}
	}
}

func (d *Directory) addPeople(list []Person, f *faults) {
	d.people = make(map[Code]Person, len(list))
	for i, p := range list {
		if !f.code("people", i, p.Code) {
			continue
		}
		if _, ok := d.people[p.Code]; ok {
			f.add("people", i, p.Code, "code", "", ErrDuplicate)
			continue
		}
		if _, ok := d.parties[p.Home]; p.Home != "" && !ok {
			f.add("people", i, p.Code, "home", string(p.Home), ErrUnknownParty)
		}
		p.Kinds, p.Skills = slices.Clone(p.Kinds), slices.Clone(p.Skills)
		d.people[p.Code] = p
	}
}

func (d *Directory) addPosts(list []Post, known func(Code) bool, f *faults) {
	d.posts = make(map[Code]Post, len(list))
	for i, p := range list {
		if !f.code("posts", i, p.Code) {
			continue
		}
		if _, ok := d.posts[p.Code]; ok {
			f.add("posts", i, p.Code, "code", "", ErrDuplicate)
			continue
		}
		if p.Quota < 0 {
			f.add("posts", i, p.Code, "quota", "", ErrQuota)
		}
		d.posts[p.Code] = p
	}
	chain := newCycles(func(c Code) Code { return d.posts[c].Deputy })
	for i, p := range list {
		if _, ok := d.parties[p.Party]; !ok {
			f.add("posts", i, p.Code, "party", string(p.Party), ErrUnknownParty)
		}
		if _, ok := d.parties[p.Code]; ok {
			f.add("posts", i, p.Code, "code", "", ErrDuplicate) // rules name parties and posts in one column
		}
		if !known(p.Area) {
			f.add("posts", i, p.Code, "area", string(p.Area), ErrUnknownArea)
		}
		if _, ok := d.posts[p.Deputy]; p.Deputy != "" && !ok {
			f.add("posts", i, p.Code, "deputy", string(p.Deputy), ErrUnknownPost)
		}
		if chain.member(p.Code) {
			f.add("posts", i, p.Code, "deputy", string(p.Deputy), ErrCycle)
		}
	}
}

// rank is the order in which Holder prefers kinds of appointment.
var rank = map[AppointmentKind]int{"": 0, Resident: 0, Mobile: 1, PartTime: 2, Volunteer: 3}

func (d *Directory) addAppointments(list []Appointment, f *faults) {
	for i, a := range list {
		if _, ok := d.people[a.Person]; !ok {
			f.add("appointments", i, a.Person, "person", string(a.Person), ErrUnknownPerson)
		}
		if _, ok := d.posts[a.Post]; !ok {
			f.add("appointments", i, a.Person, "post", string(a.Post), ErrUnknownPost)
		}
		if _, ok := rank[a.Kind]; !ok {
			f.add("appointments", i, a.Person, "kind", string(a.Kind), ErrKind)
		}
		if a.During.From.IsZero() {
			f.add("appointments", i, a.Person, "from", "", ErrNoFrom)
		}
		if !a.During.Valid() {
			f.add("appointments", i, a.Person, "until", "", ErrInterval)
		}
		d.holders[a.Post] = append(d.holders[a.Post], a)
		d.serving[a.Person] = append(d.serving[a.Person], a)
	}
	prefer := func(a, b Appointment) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), a.During.From.Compare(b.During.From),
			cmp.Compare(a.Person, b.Person), cmp.Compare(a.Post, b.Post), a.During.Until.Compare(b.During.Until),
			cmp.Compare(a.Kind, b.Kind)) // no kind and resident rank alike
	}
	for _, lists := range []map[Code][]Appointment{d.holders, d.serving} {
		for _, l := range lists {
			slices.SortFunc(l, prefer)
		}
	}
}

// sum is the digest of everything the Directory holds, whatever the order of
// the Plan.
func (d *Directory) sum() [32]byte {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, c := range d.order.parties {
		_ = enc.Encode(d.parties[c])
	}
	for _, c := range d.order.people {
		_ = enc.Encode(d.people[c])
	}
	for _, c := range d.order.posts {
		_ = enc.Encode(d.posts[c])
		_ = enc.Encode(d.holders[c])
	}
	return [32]byte(h.Sum(nil))
}

// Hash identifies the content: two Directories built from the same Plan in any
// order have the same hash.
func (d *Directory) Hash() [32]byte {
	if d == nil {
		return [32]byte{}
	}
	return d.hash
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

// Person answers a person by code.
func (d *Directory) Person(c Code) (Person, bool) {
	if d == nil {
		return Person{}, false
	}
	p, ok := d.people[c]
	p.Kinds, p.Skills = slices.Clone(p.Kinds), slices.Clone(p.Skills)
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
// it. A post is active when its party is.
func (d *Directory) Active(c Code, at time.Time) bool {
	if p, ok := d.Post(c); ok {
		c = p.Party
	}
	found := false
	for p := range d.Chain(c) {
		if !p.During.Holds(at) {
			return false
		}
		found = true
	}
	return found
}
