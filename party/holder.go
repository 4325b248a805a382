package party

import "time"

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

// Headcount is the number of different people appointed at the instant, by
// kind (常驻、机动 …). An empty kind counts as Resident.
func (d *Directory) Headcount(at time.Time) map[AppointmentKind]int {
	counts := map[AppointmentKind]int{}
	if d == nil {
		return counts
	}
	for _, list := range d.serving {
		seen := map[AppointmentKind]bool{}
		for _, a := range list {
			kind := a.Kind
			if kind == "" {
				kind = Resident
			}
			if a.During.Holds(at) && !seen[kind] {
				seen[kind] = true
				counts[kind]++
			}
		}
	}
	return counts
}
