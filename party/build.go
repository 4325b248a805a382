package party

import (
	"cmp"
	"fmt"
	"slices"
)

// tooLong faults every list that has more entries than a Plan may have.
func tooLong(plan *Plan, f *faults) bool {
	for list, n := range map[string]int{
		"parties": len(plan.Parties), "people": len(plan.People), "posts": len(plan.Posts),
		"appointments": len(plan.Appointments), "registrations": len(plan.Registrations), "rights": len(plan.Rights),
		"groups": len(plan.Groups), "facilities": len(plan.Facilities), "fields": len(plan.Fields),
	} {
		if n > EntriesMax {
			f.add(list, EntriesMax, "", "", fmt.Sprint(n), ErrTooMany)
		}
	}
	return len(f.all) > 0
}

// knownArea reports whether c may name an area: none, a unit of the map or a node of
// a hierarchy.
func (d *Directory) knownArea(c Code) bool {
	if d.areas == nil || c == "" {
		return true
	}
	_, ok := d.areas.Lookup(c)
	return ok || d.node(c) != nil
}

// knownPlace reports whether p may name a place: none, or a feature of a layer.
func (d *Directory) knownPlace(p Place) bool {
	if p.IsZero() || d.layers == nil {
		return true
	}
	_, ok := d.layers.Lookup(p.Layer, p.Feature)
	return ok
}

func (d *Directory) addParties(list []Party, f *faults) {
	d.parties = make(map[Code]Party, len(list))
	for i, p := range list {
		if _, taken := d.parties[p.Code]; f.fresh("parties", i, p.Code, taken) {
			d.parties[p.Code] = p
		}
	}
	for i, p := range list {
		if _, ok := d.parties[p.Parent]; p.Parent != "" && !ok {
			f.add("parties", i, p.Code, "parent", string(p.Parent), ErrUnknownParty)
		}
		if !d.knownArea(p.Area) {
			f.add("parties", i, p.Code, "area", string(p.Area), ErrUnknownArea)
		}
		if !p.During.Valid() {
			f.add("parties", i, p.Code, "until", "", ErrInterval)
		}
		f.instants("parties", i, p.Code, p.During)
	}
	chain := newCycles(func(c Code) Code { return d.parties[c].Parent })
	for i, p := range list {
		if p.Parent == d.parties[p.Code].Parent && chain.member(p.Code) {
			f.add("parties", i, p.Code, "parent", string(p.Parent), ErrCycle)
		}
	}
}

func (d *Directory) addPeople(list []Person, f *faults) {
	d.people = make(map[Code]Person, len(list))
	for i, p := range list {
		_, taken := d.people[p.Code]
		fresh := f.fresh("people", i, p.Code, taken)
		if _, ok := d.parties[p.Home]; p.Home != "" && !ok {
			f.add("people", i, p.Code, "home", string(p.Home), ErrUnknownParty)
		}
		if fresh {
			p.Kinds, p.Skills = slices.Clone(p.Kinds), slices.Clone(p.Skills)
			d.people[p.Code] = p
		}
	}
}

func (d *Directory) addPosts(list []Post, f *faults) {
	d.posts = make(map[Code]Post, len(list))
	for i, p := range list {
		if _, taken := d.posts[p.Code]; f.fresh("posts", i, p.Code, taken) {
			d.posts[p.Code] = p
		}
	}
	chain := newCycles(func(c Code) Code { return d.posts[c].Deputy })
	for i, p := range list {
		if _, ok := d.parties[p.Party]; !ok {
			f.add("posts", i, p.Code, "party", string(p.Party), ErrUnknownParty)
		}
		if _, ok := d.parties[p.Code]; ok {
			f.add("posts", i, p.Code, "code", "", ErrDuplicate) // rules name parties and posts in one column
		}
		if !d.knownArea(p.Area) {
			f.add("posts", i, p.Code, "area", string(p.Area), ErrUnknownArea)
		}
		if !d.knownPlace(p.Place) {
			f.add("posts", i, p.Code, "area", p.Place.String(), ErrUnknownPlace)
		}
		if p.Quota < 0 {
			f.add("posts", i, p.Code, "quota", "", ErrQuota)
		}
		if p.Limit < 0 {
			f.add("posts", i, p.Code, "limit", "", ErrLimit)
		}
		if _, ok := d.posts[p.Deputy]; p.Deputy != "" && !ok {
			f.add("posts", i, p.Code, "deputy", string(p.Deputy), ErrUnknownPost)
		}
		if p.Deputy == d.posts[p.Code].Deputy && chain.member(p.Code) {
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
		f.instants("appointments", i, a.Person, a.During)
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

// index is what queries find posts and parties by. d.order is complete.
func (d *Directory) index() {
	d.byRole, d.rotating, d.serves = map[partyRole][]Code{}, map[Code][]Code{}, map[Code][]Code{}
	for _, c := range d.roster.Posts() {
		d.rotating[d.posts[c].Party] = append(d.rotating[d.posts[c].Party], c)
	}
	d.forArea, d.forPlace, d.classes = map[Code][]Code{}, map[Place][]Code{}, map[string][]entity{}
	for _, c := range d.order.posts {
		p := d.posts[c]
		d.limited = d.limited || p.Limit > 0
		d.byRole[partyRole{p.Party, p.Role}] = append(d.byRole[partyRole{p.Party, p.Role}], c)
		if p.Area != "" {
			d.forArea[p.Area] = append(d.forArea[p.Area], c)
		}
		if !p.Place.IsZero() {
			d.forPlace[p.Place] = append(d.forPlace[p.Place], c)
		}
	}
	for _, c := range d.order.parties {
		p := d.parties[c]
		if p.Area != "" {
			d.serves[p.Area] = append(d.serves[p.Area], c)
		}
		if p.Class != "" {
			ref, _ := d.areas.Lookup(p.Area)
			d.classes[p.Class] = append(d.classes[p.Class], entity{c, p.Area, ref})
		}
	}
}
