package notice

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// people fills in who answers for the area.
func (b *builder) people(n *Notice, rule Rule, ref grid.Ref) {
	n.Head = b.one(rule.Head, ref)
	if n.Head.State == Vacant {
		b.lacks(Missing{Kind: NoHead, Area: n.Area, Post: n.Head.Post})
	}
	if n.Head.Post != "" && n.Head.Contact == "" {
		b.lacks(Missing{Kind: NoContact, Area: n.Area, Post: n.Head.Post})
	}
	for _, r := range b.needLead(n.Area, rule.Below, ref) {
		lead := b.one(rule.Lead, r)
		if lead.State == Vacant {
			b.lacks(Missing{Kind: NoLead, Area: lead.Area, Post: lead.Post})
		}
		n.Leads = append(n.Leads, lead)
	}
	for i, role := range rule.Staff {
		if slices.Contains(rule.Staff[:i], role) {
			continue
		}
		for _, post := range b.posts(role, n.Area) {
			n.Staff = append(n.Staff, b.fullTime(post, b.in.Map.Info(ref))...)
		}
	}
}

// needLead is the areas on a level in ref, in the order of the map.
func (b *builder) needLead(area Code, level string, ref grid.Ref) []grid.Ref {
	if level == "" {
		return nil
	}
	at := slices.Index(b.in.Map.Levels(), level)
	if at <= b.in.Map.Info(ref).Level {
		b.lacks(Missing{Kind: NoLevel, Area: area, Args: []string{level}})
		return nil
	}
	var below []grid.Ref
	for r := ref + 1; r <= b.in.Map.Last(ref); r++ {
		if b.in.Map.Info(r).Level == at {
			below = append(below, r)
		}
	}
	return below
}

// posts is the active posts of a role that look after an area, by code.
func (b *builder) posts(role string, area Code) []party.Post {
	var posts []party.Post
	for p := range b.in.Directory.PostsFor(area) {
		if role != "" && p.Role == role && b.in.Directory.Active(p.Code, b.at) {
			posts = append(posts, p)
		}
	}
	return posts
}

// one is the single place of a role in an area: of its posts the first by code that
// somebody is appointed to, else that somebody stands in for, else the first.
func (b *builder) one(role string, ref grid.Ref) Posting {
	info := b.in.Map.Info(ref)
	best, of := b.place(party.Post{}, info, Vacant), party.Post{}
	best.Places = 1
	rank := []State{Held, Acting, Vacant}
	for _, post := range b.posts(role, info.Code) {
		here := best
		here.Post, here.State = post.Code, Vacant
		if on := b.serving(post.Code); len(on) > 0 {
			here = b.filled(post, info, on[0])
		} else if by, a, ok := b.standIn(post); ok {
			here = b.acting(post, info, by, a)
		}
		if of.Code == "" || slices.Index(rank, here.State) < slices.Index(rank, best.State) {
			best, of = here, post
		}
	}
	b.describe(&best, of) // only now: what is missing is said of the post that is shown
	return best
}

// fullTime is everybody who serves full time on a post, or the one who stands in
// when nobody serves on it at all, and what its quota lacks.
func (b *builder) fullTime(post party.Post, info grid.Info) []Posting {
	on := b.serving(post.Code)
	var places []Posting
	for _, a := range on {
		if kind := cmp.Or(a.Kind, party.Resident); kind == party.Resident || kind == party.Mobile {
			places = append(places, b.filled(post, info, a))
		}
	}
	if by, a, ok := b.standIn(post); ok && len(on) == 0 {
		places = append(places, b.acting(post, info, by, a))
	}
	if lacking := max(post.Quota, 1) - len(places); lacking > 0 {
		vacancy := b.place(post, info, Vacant)
		vacancy.Places = lacking
		places = append(places, vacancy)
		b.lacks(Missing{Kind: VacantPost, Area: post.Area, Post: post.Code, Args: numbers(lacking)})
	}
	for i := range places {
		b.describe(&places[i], post)
	}
	return places
}

// serving is the people appointed to a post, each once, by preference.
func (b *builder) serving(post Code) []party.Appointment {
	var on []party.Appointment
	for a := range b.in.Directory.Appointments(post) {
		again := slices.ContainsFunc(on, func(o party.Appointment) bool { return o.Person == a.Person })
		if a.During.Holds(b.at) && !again {
			on = append(on, a)
		}
	}
	return on
}

// standIn is the first of the deputies that somebody is appointed to, as
// party.Directory.Holder has it.
func (b *builder) standIn(post party.Post) (by party.Post, a party.Appointment, ok bool) {
	for by, ok = b.in.Directory.Post(post.Deputy); ok; by, ok = b.in.Directory.Post(by.Deputy) {
		if on := b.serving(by.Code); len(on) > 0 {
			return by, on[0], true
		}
	}
	return by, a, false
}

// place is a place on a post in an area, nobody on it yet.
func (b *builder) place(post party.Post, info grid.Info, state State) Posting {
	return Posting{Area: info.Code, AreaName: b.areaName(info), Post: post.Code, State: state}
}

func (b *builder) filled(post party.Post, info grid.Info, a party.Appointment) Posting {
	p := b.place(post, info, Held)
	p.Kind = cmp.Or(a.Kind, party.Resident)
	p.Name, p.Nameless = b.name(a.Person)
	return p
}

func (b *builder) acting(post party.Post, info grid.Info, by party.Post, a party.Appointment) Posting {
	p := b.filled(post, info, a)
	p.State, p.Deputy = Acting, by.Code
	return p
}

// describe adds what is said of the post itself, and says that a name is gone.
func (b *builder) describe(p *Posting, post party.Post) {
	p.Name = b.clean(p.Name, p.Area, p.Post, "name")
	p.Title = b.clean(post.Name, p.Area, p.Post, "title")
	p.Duties = b.text(post.Duties, p.Area, p.Post, "duties")
	p.Contact = b.contact(post.Public, p.Area, p.Post)
	if by, ok := b.in.Directory.Post(p.Deputy); ok {
		p.DeputyTitle = b.clean(by.Name, p.Area, by.Code, "title")
	}
	if p.Nameless {
		b.lacks(Missing{Kind: NoName, Area: p.Area, Post: p.Post})
	}
}

// name is how a person is called, and whether the name is gone.
func (b *builder) name(person Code) (name string, nameless bool) {
	p, _ := b.in.Directory.Person(person)
	return p.Name, p.Name == ""
}

// council fills in the members of the council.
func (b *builder) council(n *Notice) {
	var seats []Seat
	if b.in.Council != nil {
		seats = b.in.Council(n.Area, b.at)
	}
	if len(seats) == 0 {
		b.lacks(Missing{Kind: NoCouncil, Area: n.Area})
	}
	for _, s := range seats {
		m := Member{Capacity: b.clean(s.Capacity, n.Area, "", "council")}
		m.Name, m.Nameless = b.name(s.Person)
		m.Name = b.clean(m.Name, n.Area, "", "council")
		if m.Nameless {
			b.lacks(Missing{Kind: NoName, Area: n.Area, Field: "council"})
		}
		n.Council = append(n.Council, m)
	}
}
