package notice

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/party"
)

// item is one thing on a board: a key and a value. Namesakes share a key; Diff pairs
// them in the order of their values.
type item struct {
	part       Part
	rank       int
	area, post Code
	name       string
	value      string
}

func (i item) compare(j item) int {
	return cmp.Or(cmp.Compare(i.rank, j.rank), cmp.Compare(i.area, j.area), cmp.Compare(i.post, j.post),
		cmp.Compare(i.name, j.name))
}

// items is everything a notice shows, by key and value; what it leaves empty is not there.
func (n Notice) items() []item {
	var all []item
	add := func(part Part, area, post Code, name, value string) {
		if value != "" {
			all = append(all, item{part: part, rank: slices.Index(Parts(), part), area: area, post: post, name: name, value: value})
		}
	}
	add(PartArea, n.Area, "", "name", n.Name)
	add(PartArea, n.Area, "", "level", n.Level.value())
	add(PartArea, n.Area, "", "path", n.path())
	for _, f := range n.Facts {
		value := f.Text
		if f.Kind != Attribute {
			value = strconv.FormatInt(f.Number, 10)
		}
		add(PartFact, "", "", string(f.Kind)+" "+f.Term.value(), value)
	}
	add(PartFact, "", "", "about", n.About)
	add(PartGoals, "", "", "", n.Goals)
	add(PartHead, n.Head.Area, "", "", n.Head.value())
	for _, p := range n.Leads {
		add(PartArea, p.Area, "", "name", p.AreaName)
		add(PartLead, p.Area, "", "", p.value())
	}
	for _, p := range n.Staff {
		if p.State != Vacant {
			add(PartStaff, p.Area, p.Post, p.shown(), string(cmp.Or(p.how(), party.Resident)))
		}
	}
	described := map[Code]bool{}
	for _, p := range slices.Concat([]Posting{n.Head}, n.Leads, n.Staff) {
		if p.State == Vacant {
			add(PartVacant, p.Area, p.Post, "", strconv.Itoa(p.Places))
		}
		add(PartActing, p.Area, p.Post, "", strings.TrimSpace(string(p.Deputy)+" "+p.DeputyTitle))
		if !described[p.Post] {
			described[p.Post] = true
			add(PartTitle, p.Area, p.Post, "", p.Title)
			add(PartDuties, p.Area, p.Post, "", p.Duties)
			add(PartContact, p.Area, p.Post, "", p.Contact)
		}
	}
	for _, m := range n.Council {
		add(PartCouncil, "", "", shown(m.Name, m.Nameless), cmp.Or(m.Capacity, "-"))
	}
	slices.SortFunc(all, func(a, b item) int { return cmp.Or(a.compare(b), cmp.Compare(a.value, b.value)) })
	return all
}

func (t Term) value() string { return strings.TrimSpace(t.Key + " " + t.En + " " + t.Zh) }

func (n Notice) path() string {
	names := make([]string, len(n.Path))
	for i, p := range n.Path {
		names[i] = cmp.Or(p.Name, string(p.Code))
	}
	return strings.Join(names, " / ")
}

// value is who is on the post, and how when not as a resident.
func (p Posting) value() string {
	return strings.TrimSpace(p.shown() + " " + string(p.how()))
}

// how is how a person serves on a post, none for a resident and who stands in.
func (p Posting) how() party.AppointmentKind {
	if p.State == Acting || p.Kind == party.Resident {
		return ""
	}
	return p.Kind
}

// NameErased stands where a name was erased.
const NameErased = "***"

// shown is the name as a board shows it, none for a vacant place.
func (p Posting) shown() string { return shown(p.Name, p.Nameless) }

func shown(name string, nameless bool) string {
	if nameless {
		return NameErased
	}
	return name
}
