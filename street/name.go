package street

import (
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/party/roster"
	"github.com/gridgov/gridgov/party/structure"
)

// Names says codes as people read them: the name that the folder has, and the code
// behind it in brackets, as in "物业 (WY01)"; a code without a name stands alone. A name
// shows no personal number, and of a person who was erased there is none. It is
// immutable and safe for concurrent use.
type Names struct {
	folder                           *Folder
	lang                             string
	hide                             *party.Redactor
	matters, councils, topics, funds map[Code]string
}

// Names collects the names of the folder for texts in lang: "zh" is Chinese, anything
// else English. O(matters + people + commands).
func (f *Folder) Names(lang string) *Names {
	n := &Names{
		folder: f, lang: lang, hide: f.Directory.Redactor(),
		matters: map[Code]string{}, councils: map[Code]string{}, topics: map[Code]string{}, funds: map[Code]string{},
	}
	for _, m := range f.Matters {
		n.matters[m.Code] = m.Name
	}
	for _, fund := range f.Funds {
		n.funds[fund.Open.Line] = fund.Open.Name
	}
	for _, list := range [][]Planned{f.Recorded, f.Commands} {
		for _, p := range list {
			n.learn(p.Command)
		}
	}
	return n
}

// learn takes the names that a command gives.
func (n *Names) learn(c Command) {
	switch do := c.Council.(type) {
	case council.Found:
		n.councils[do.Council] = do.Name
	case council.Raise:
		n.topics[do.Topic] = do.Title
	}
	if do, ok := c.Book.(finance.Open); ok {
		n.funds[do.Line] = do.Name
	}
}

// label is a code with its name.
func (n *Names) label(name string, c Code) string {
	name = n.hide.Hide(strings.Join(strings.Fields(name), " "))
	switch {
	case name == "" || name == string(c):
		return string(c)
	case n.lang == "zh":
		return name + "（" + string(c) + "）"
	}
	return name + " (" + string(c) + ")"
}

// Party names a party.
func (n *Names) Party(c Code) string {
	p, _ := n.folder.Directory.Party(c)
	return n.label(p.Name, c)
}

// Post names a post.
func (n *Names) Post(c Code) string {
	p, _ := n.folder.Directory.Post(c)
	return n.label(p.Name, c)
}

// Person names a person.
func (n *Names) Person(c Code) string {
	p, _ := n.folder.Directory.Person(c)
	return n.label(p.Name, c)
}

// Area names a unit of the map, or a node of a hierarchy.
func (n *Names) Area(c Code) string {
	if r, ok := n.folder.Map.Lookup(c); ok {
		return n.label(n.folder.Map.Info(r).Name, c)
	}
	for h := range n.folder.Hierarchies.All() {
		if r, ok := h.Lookup(c); ok {
			return n.label(h.Info(r).Name, c)
		}
	}
	return string(c)
}

// Matter names a matter.
func (n *Names) Matter(c Code) string { return n.label(n.matters[c], c) }

// Council names a council.
func (n *Names) Council(c Code) string { return n.label(n.councils[c], c) }

// Topic names a topic of a council by its title.
func (n *Names) Topic(c Code) string { return n.label(n.topics[c], c) }

// Fund names a fund line.
func (n *Names) Fund(c Code) string { return n.label(n.funds[c], c) }

// Office names a party, or a post that answers like one.
func (n *Names) Office(c Code) string { return n.either(c, n.Party, n.Post) }

// either is the first of several names that says more than the code.
func (n *Names) either(c Code, by ...func(Code) string) string {
	for _, name := range by {
		if text := name(c); text != string(c) {
			return text
		}
	}
	return string(c)
}

// Duty says a step of Directory.OnDuty.
func (n *Names) Duty(s party.Step) string {
	s.Post, s.Party, s.Person = Code(n.either(s.Post, n.Post, n.Party, n.Area)), Code(n.Party(s.Party)), Code(n.Person(s.Person))
	return s.Text(n.lang)
}

// Violation says in which way the street is not set up as a rule asks.
func (n *Names) Violation(v structure.Violation) string {
	v.Area, v.Party, v.Post, v.Person = Code(n.Area(v.Area)), Code(n.Party(v.Party)), Code(n.Post(v.Post)), Code(n.Person(v.Person))
	return v.Text(n.lang)
}

// Missing says what a notice lacks.
func (n *Names) Missing(m notice.Missing) string {
	m.Area, m.Post = Code(n.Area(m.Area)), Code(n.Post(m.Post))
	return m.Text(n.lang)
}

// Shift says a finding about shifts, with its times in the street's zone.
func (n *Names) Shift(f roster.Finding) string {
	f.Person, f.With, f.Post, f.Other = Code(n.Person(f.Person)), Code(n.Person(f.With)), Code(n.Post(f.Post)), Code(n.Post(f.Other))
	return f.Text(n.lang, n.folder.Zone)
}

// Notice says a notice of the Desk. A reporter keeps its code.
func (n *Names) Notice(x dispatch.Notice) string {
	switch x.Why {
	case dispatch.FactName(dispatch.SupplementAsked{}), dispatch.FactName(dispatch.CaseRejected{}), dispatch.FactName(dispatch.CaseClosed{}):
	default:
		x.To = Code(n.either(x.To, n.Party, n.Post, n.Person))
	}
	return x.Text(n.lang)
}

// Explanation says how the list decided.
func (n *Names) Explanation(x dispatch.Explanation) string {
	x.Query.Matter, x.Place = Code(n.Matter(x.Query.Matter)), Code(n.Area(x.Place))
	lead := &x.Decision.Lead
	lead.Party, lead.Post = Code(n.Party(lead.Party)), Code(n.Post(lead.Post))
	list := make([]dispatch.Candidate, len(x.Candidates))
	for i, c := range x.Candidates {
		c.Party, c.Post = Code(n.Office(c.Party)), Code(n.Post(c.Post))
		list[i] = c
	}
	x.Candidates = list
	return localTimes(x.Text(n.lang), n.folder.Zone)
}
