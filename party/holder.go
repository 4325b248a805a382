package party

import (
	"cmp"
	"iter"
	"time"
)

// Holder answers who holds the post at the instant: the appointed person,
// residents before mobile, part-time and volunteer staff, then by beginning and
// code; when nobody is appointed, whoever holds the deputy post, and so on.
// false when the chain of deputies ends with nobody.
func (d *Directory) Holder(post Code, at time.Time) (Code, bool) {
	for p, ok := d.Post(post); ok; p, ok = d.Post(p.Deputy) {
		for _, a := range d.holders[p.Code] {
			if a.During.Holds(at) {
				return a.Person, true
			}
		}
	}
	return "", false
}

// Serves reports whether the person holds, at the instant, a post of the party
// or of a party below it.
func (d *Directory) Serves(person, party Code, at time.Time) bool {
	if d == nil {
		return false
	}
	for _, a := range d.serving[person] {
		if !a.During.Holds(at) {
			continue
		}
		for p := range d.Chain(d.posts[a.Post].Party) {
			if p.Code == party {
				return true
			}
		}
	}
	return false
}

// Acts reports whether the person acts on the post at the instant: is appointed to
// it, or stands in: because Holder answers him, or because everybody before him in
// the chain of deputies is on leave.
func (d *Directory) Acts(person, post Code, at time.Time) bool {
	if d == nil {
		return false
	}
	for _, a := range d.holders[post] {
		if a.Person == person && a.During.Holds(at) {
			return true
		}
	}
	who, ok := d.Holder(post, at)
	return ok && (who == person || d.present(post, at) == person)
}

// present is Holder of those who are not on leave, "" for nobody.
func (d *Directory) present(post Code, at time.Time) Code {
	for p, ok := d.Post(post); ok; p, ok = d.Post(p.Deputy) {
		for _, a := range d.holders[p.Code] {
			if a.During.Holds(at) && !d.roster.Away(a.Person, p.Code, at) {
				return a.Person
			}
		}
	}
	return ""
}

// Appointments yields those of a post, by preference as Holder has it.
func (d *Directory) Appointments(post Code) iter.Seq[Appointment] {
	return func(yield func(Appointment) bool) {
		if d == nil {
			return
		}
		for _, a := range d.holders[post] {
			if !yield(a) {
				return
			}
		}
	}
}

// Serving yields the appointments of a person, by preference as Holder has it.
func (d *Directory) Serving(person Code) iter.Seq[Appointment] {
	return func(yield func(Appointment) bool) {
		if d == nil {
			return
		}
		for _, a := range d.serving[person] {
			if !yield(a) {
				return
			}
		}
	}
}

// PostsFor yields the posts that look after an area, by code.
func (d *Directory) PostsFor(area Code) iter.Seq[Post] {
	return func(yield func(Post) bool) {
		if d == nil {
			return
		}
		for _, c := range d.forArea[area] {
			if !yield(d.posts[c]) {
				return
			}
		}
	}
}

// Captain is who looks after a building at the instant (楼栋长): the holder of the
// first post by code for it that has one.
func (d *Directory) Captain(building Place, at time.Time) (Code, bool) {
	if d == nil {
		return "", false
	}
	for _, c := range d.forPlace[building] {
		if who, ok := d.Holder(c, at); ok {
			return who, true
		}
	}
	return "", false
}

// Member is one person on one post.
type Member struct {
	Person Code
	Post   Code
	Role   string
	Kind   AppointmentKind
}

// Team yields who serves an area at the instant: the appointed people of the posts
// that look after it, by post and then by preference.
func (d *Directory) Team(area Code, at time.Time) iter.Seq[Member] {
	return func(yield func(Member) bool) {
		for p := range d.PostsFor(area) {
			for _, a := range d.holders[p.Code] {
				if a.During.Holds(at) && !yield(Member{a.Person, p.Code, p.Role, a.kind()}) {
					return
				}
			}
		}
	}
}

func (a Appointment) kind() AppointmentKind { return cmp.Or(a.Kind, Resident) }

// Headcount is the number of different people appointed at the instant, by
// kind (常驻、机动 …). An empty kind counts as Resident.
func (d *Directory) Headcount(at time.Time) map[AppointmentKind]int { return d.HeadcountIn("", at) }

// HeadcountIn is Headcount of the posts of a party and those below it; an empty
// party is every party.
func (d *Directory) HeadcountIn(party Code, at time.Time) map[AppointmentKind]int {
	counts := map[AppointmentKind]int{}
	if d == nil {
		return counts
	}
	within := map[Code]bool{}
	belongs := func(post Code) bool {
		if party == "" {
			return true
		}
		own := d.posts[post].Party
		in, known := within[own]
		if !known {
			for p := range d.Chain(own) {
				in = in || p.Code == party
			}
			within[own] = in
		}
		return in
	}
	for _, list := range d.serving { // each by kind, so those of one kind stand together
		var last AppointmentKind
		for _, a := range list {
			if kind := a.kind(); kind != last && a.During.Holds(at) && belongs(a.Post) {
				last = kind
				counts[kind]++
			}
		}
	}
	return counts
}
