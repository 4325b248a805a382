package party

import "maps"

// Erase answers a Directory in which the person has no name and no number, and d
// itself when it knows no such person. The number is hidden in the names of parties
// and posts, in the duties and public contacts of posts and in what groups say of
// themselves, as Redactor.Hide has it, also when the person had consented. A name in
// such a text stays. Everything else is the same, Hash included: posts, appointments,
// counts, what machines recorded. O(people + parties + posts + groups).
func (d *Directory) Erase(person Code) *Directory {
	if d == nil {
		return nil
	}
	p, ok := d.people[person]
	if !ok {
		return d
	}
	erased := *d
	if p.Phone != "" {
		number := &Redactor{numbers: map[string]bool{}}
		collect(number.numbers, p.Phone)
		number.measure()
		erased.hide(number)
	}
	p.Name, p.Phone, p.Consent = "", "", false
	erased.people = maps.Clone(d.people)
	erased.people[person] = p
	return &erased
}

// hide takes numbers out of every text of d, in copies of the lists.
func (d *Directory) hide(r *Redactor) {
	d.parties, d.posts, d.groups = maps.Clone(d.parties), maps.Clone(d.posts), maps.Clone(d.groups)
	for c, p := range d.parties {
		p.Name = r.Hide(p.Name)
		d.parties[c] = p
	}
	for c, p := range d.posts {
		p.Name, p.Duties, p.Public = r.Hide(p.Name), r.Hide(p.Duties), r.HideContact(p.Public)
		d.posts[c] = p
	}
	for c, g := range d.groups {
		g.Name, g.Purpose = r.Hide(g.Name), r.Hide(g.Purpose)
		d.groups[c] = g
	}
}
