package party_test

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party"
)

// twin answers what a Directory answers, by looking through the Plan each time.
// parent tells which area each area lies in; nil is no map.
type twin struct {
	party.Plan
	parent map[party.Code]party.Code
}

func newTwin(p party.Plan) twin {
	w := twin{p, map[party.Code]party.Code{}}
	for _, u := range smallUnits() {
		w.parent[u.Code] = u.Parent
	}
	return w
}

// holds is [From, Until) read aloud.
func holds(i party.Interval, at time.Time) bool {
	begun := i.From.IsZero() || at.Equal(i.From) || at.After(i.From)
	ended := !i.Until.IsZero() && (at.Equal(i.Until) || at.After(i.Until))
	return begun && !ended
}

// lies reports whether area is outer or below it.
func (w twin) lies(area, outer party.Code) bool {
	for ; area != ""; area = w.parent[area] {
		if area == outer {
			return true
		}
	}
	return false
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	i := slices.IndexFunc(list, is)
	if i < 0 {
		var none T
		return none, false
	}
	return list[i], true
}

// filter is what of list keeps, in the order of less.
func filter[T any](list []T, keeps func(T) bool, order func(a, b T) int) []T {
	var out []T
	for _, x := range list {
		if keeps(x) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, order)
	return out
}

func (w twin) Party(c party.Code) (party.Party, bool) {
	return find(w.Plan.Parties, func(p party.Party) bool { return p.Code == c })
}

func (w twin) Post(c party.Code) (party.Post, bool) {
	return find(w.Plan.Posts, func(p party.Post) bool { return p.Code == c })
}

func (w twin) Person(c party.Code) (party.Person, bool) {
	p, ok := find(w.Plan.People, func(p party.Person) bool { return p.Code == c })
	if !p.Consent && p.Phone != "" {
		p.Phone = "*********00" // the number of everybody who has one ends so
	}
	return p, ok
}

func (w twin) Call(c party.Code) (string, bool) {
	p, _ := find(w.Plan.People, func(p party.Person) bool { return p.Code == c })
	return p.Phone, p.Phone != ""
}

func (w twin) Group(c party.Code) (party.Group, bool) {
	g, ok := find(w.Plan.Groups, func(g party.Group) bool { return g.Code == c })
	var members []party.Code
	for _, p := range g.Members {
		if !slices.Contains(members, p) {
			members = append(members, p)
		}
	}
	slices.Sort(members)
	g.Members = members
	return g, ok
}

func (w twin) Parties() iter.Seq[party.Party] {
	return slices.Values(filter(w.Plan.Parties, func(party.Party) bool { return true },
		func(a, b party.Party) int { return cmp.Compare(a.Code, b.Code) }))
}

func (w twin) Posts() iter.Seq[party.Post] {
	return slices.Values(w.posts(func(party.Post) bool { return true }))
}

func (w twin) posts(keeps func(party.Post) bool) []party.Post {
	return filter(w.Plan.Posts, keeps, func(a, b party.Post) int { return cmp.Compare(a.Code, b.Code) })
}

func (w twin) People() iter.Seq[party.Person] {
	var out []party.Person
	for _, p := range w.Plan.People {
		masked, _ := w.Person(p.Code)
		out = append(out, masked)
	}
	return slices.Values(filter(out, func(party.Person) bool { return true },
		func(a, b party.Person) int { return cmp.Compare(a.Code, b.Code) }))
}

func (w twin) Chain(c party.Code) iter.Seq[party.Party] {
	var out []party.Party
	for p, ok := w.Party(c); ok; p, ok = w.Party(p.Parent) {
		out = append(out, p)
	}
	return slices.Values(out)
}

// below reports whether party c is top or below it.
func (w twin) below(c, top party.Code) bool {
	for p := range w.Chain(c) {
		if p.Code == top {
			return true
		}
	}
	return false
}

func (w twin) Top(c party.Code) party.Code {
	for {
		p, ok := w.Party(c)
		if !ok || p.Parent == "" {
			return c
		}
		c = p.Parent
	}
}

func (w twin) Active(c party.Code, at time.Time) bool {
	if q, ok := w.Post(c); ok {
		return w.Active(q.Party, at)
	}
	p, ok := w.Party(c)
	return ok && holds(p.During, at) && (p.Parent == "" || w.Active(p.Parent, at))
}

func (w twin) Classes() []string {
	set := map[string]bool{}
	for _, p := range w.Plan.Parties {
		if p.Class != "" {
			set[p.Class] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func (w twin) Entities(class string, area party.Code, at time.Time) iter.Seq[party.Party] {
	return slices.Values(filter(w.Plan.Parties, func(p party.Party) bool {
		return class != "" && p.Class == class && w.Active(p.Code, at) && (area == "" || w.lies(p.Area, area))
	}, func(a, b party.Party) int { return cmp.Compare(a.Code, b.Code) }))
}

// preference is the order of kinds: resident, mobile, part-time, volunteer.
func preference(k party.AppointmentKind) int {
	return max(0, slices.Index([]party.AppointmentKind{party.Resident, party.Mobile, party.PartTime, party.Volunteer}, k))
}

func (w twin) appointments(keeps func(party.Appointment) bool) []party.Appointment {
	return filter(w.Plan.Appointments, keeps, func(a, b party.Appointment) int {
		return cmp.Or(preference(a.Kind)-preference(b.Kind), a.During.From.Compare(b.During.From),
			cmp.Compare(a.Person, b.Person), cmp.Compare(a.Post, b.Post), a.During.Until.Compare(b.During.Until),
			cmp.Compare(a.Kind, b.Kind))
	})
}

func (w twin) Appointments(post party.Code) iter.Seq[party.Appointment] {
	return slices.Values(w.appointments(func(a party.Appointment) bool { return a.Post == post }))
}

func (w twin) Serving(person party.Code) iter.Seq[party.Appointment] {
	return slices.Values(w.appointments(func(a party.Appointment) bool { return a.Person == person }))
}

// now are the appointments at the instant.
func (w twin) now(at time.Time) []party.Appointment {
	return w.appointments(func(a party.Appointment) bool { return holds(a.During, at) })
}

func (w twin) Holder(post party.Code, at time.Time) (party.Code, bool) {
	q, ok := w.Post(post)
	if !ok {
		return "", false
	}
	if a, ok := find(w.now(at), func(a party.Appointment) bool { return a.Post == post }); ok {
		return a.Person, true
	}
	return w.Holder(q.Deputy, at)
}

func (w twin) Acts(person, post party.Code, at time.Time) bool {
	for _, a := range w.now(at) {
		if a.Person == person && a.Post == post {
			return true
		}
	}
	who, ok := w.Holder(post, at)
	return ok && who == person
}

func (w twin) Serves(person, in party.Code, at time.Time) bool {
	for _, a := range w.now(at) {
		if q, _ := w.Post(a.Post); a.Person == person && w.below(q.Party, in) {
			return true
		}
	}
	return false
}

func (w twin) PostsFor(area party.Code) iter.Seq[party.Post] {
	return slices.Values(w.posts(func(p party.Post) bool { return area != "" && p.Area == area }))
}

func (w twin) Captain(building party.Place, at time.Time) (party.Code, bool) {
	for _, q := range w.posts(func(p party.Post) bool { return p.Place == building && building != party.Place{} }) {
		if who, ok := w.Holder(q.Code, at); ok {
			return who, true
		}
	}
	return "", false
}

func (w twin) Team(area party.Code, at time.Time) iter.Seq[party.Member] {
	var out []party.Member
	for q := range w.PostsFor(area) {
		for _, a := range w.now(at) {
			if a.Post == q.Code {
				out = append(out, party.Member{Person: a.Person, Post: q.Code, Role: q.Role, Kind: cmp.Or(a.Kind, party.Resident)})
			}
		}
	}
	return slices.Values(out)
}

func (w twin) Headcount(at time.Time) map[party.AppointmentKind]int { return w.HeadcountIn("", at) }

func (w twin) HeadcountIn(in party.Code, at time.Time) map[party.AppointmentKind]int {
	who := map[party.AppointmentKind]map[party.Code]bool{}
	counts := map[party.AppointmentKind]int{}
	for _, a := range w.now(at) {
		kind := cmp.Or(a.Kind, party.Resident)
		if q, _ := w.Post(a.Post); in == "" || w.below(q.Party, in) {
			if who[kind] == nil {
				who[kind] = map[party.Code]bool{}
			}
			who[kind][a.Person] = true
			counts[kind] = len(who[kind])
		}
	}
	return counts
}

func (w twin) Registrations(area party.Code, kind party.RegistrationKind, at time.Time) iter.Seq[party.Registration] {
	return slices.Values(filter(w.Plan.Registrations, func(r party.Registration) bool {
		return holds(r.During, at) && (kind == "" || r.Kind == kind) && (area == "" || w.lies(r.Area, area))
	}, func(a, b party.Registration) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Kind, b.Kind),
			a.During.From.Compare(b.During.From), a.During.Until.Compare(b.During.Until), cmp.Compare(a.Branch, b.Branch))
	}))
}

func (w twin) Registered(area party.Code, kind party.RegistrationKind, at time.Time) int {
	who := map[party.Code]bool{}
	for r := range w.Registrations(area, kind, at) {
		who[r.Person] = true
	}
	return len(who)
}
