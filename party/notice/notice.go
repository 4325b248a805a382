package notice

import (
	"iter"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Notice is what the board of an area shows at an instant. It is plain data; as
// JSON its fields have the order below.
type Notice struct {
	Area    Code      `json:"area"`
	Name    string    `json:"name"`
	Level   Term      `json:"level"`
	Path    []Place   `json:"path,omitempty"` // what the area lies in, outermost first, itself last
	At      time.Time `json:"at"`
	Facts   []Fact    `json:"facts,omitempty"`
	About   string    `json:"about,omitempty"` // 基本情况, in the area's own words
	Goals   string    `json:"goals,omitempty"` // 治理目标
	Head    Posting   `json:"head"`            // 负责人
	Leads   []Posting `json:"leads,omitempty"` // one for each area below that needs one, in the order of the map
	Staff   []Posting `json:"staff,omitempty"` // by role as the rule has it, post, preference; a post's vacancies last
	Council []Member  `json:"council,omitempty"`
	// Missing is what must be put right first, by kind, area, post and field.
	Missing []Missing `json:"missing,omitempty"`
}

// Place is an area on the way to another.
type Place struct {
	Code Code   `json:"code"`
	Name string `json:"name,omitempty"`
}

// FactKind says where a fact comes from.
type FactKind string

// The facts, in the order in which a notice shows them.
const (
	Count     FactKind = "count"     // Number, of the map
	Attribute FactKind = "attribute" // Text, of the map
	Below     FactKind = "below"     // Number of units on a level further in
	Leaves    FactKind = "leaves"    // Number of units that own places, when there are others below
)

// Fact is one line of what an area is.
type Fact struct {
	Kind   FactKind `json:"kind"`
	Term   Term     `json:"term"`
	Number int64    `json:"number"`
	Text   string   `json:"text,omitempty"`
}

// State says whether a place is filled.
type State string

// The states.
const (
	Held   State = "held"
	Acting State = "acting" // 代: nobody is appointed and the deputy's holder stands in
	Vacant State = "vacant" // 空缺
)

// Posting is a person on a post as the public may know it, or the lack of one.
type Posting struct {
	Area     Code   `json:"area"` // what the post looks after
	AreaName string `json:"area_name,omitempty"`
	Post     Code   `json:"post,omitempty"` // none: there is no such post
	Title    string `json:"title,omitempty"`
	State    State  `json:"state"`
	Name     string `json:"name,omitempty"`
	Nameless bool   `json:"nameless,omitempty"` // the place is held, the name was erased
	// Kind is how the person serves: on the post when Held, on the deputy post when Acting.
	Kind party.AppointmentKind `json:"kind,omitempty"`
	// Deputy is the post whose holder stands in, when Acting, which is the reason.
	Deputy      Code   `json:"deputy,omitempty"`
	DeputyTitle string `json:"deputy_title,omitempty"`
	Places      int    `json:"places,omitempty"` // how many places are Vacant
	Duties      string `json:"duties,omitempty"`
	Contact     string `json:"contact,omitempty"` // the public contact of the post
}

// Member is a member of the council.
type Member struct {
	Name     string `json:"name,omitempty"`
	Nameless bool   `json:"nameless,omitempty"`
	Capacity string `json:"capacity,omitempty"`
}

// Build answers the notice of an area at an instant. Only posts active at the
// instant count. It never fails: Missing says what is wrong, UnknownArea and NoRule
// alone when there is nothing to show. O(people + units below); see All.
func Build(in Input, area Code, at time.Time) Notice {
	return newBuilder(in, at).notice(area)
}

// All yields the notice of every area whose level has a rule, in the order of the
// map, as Build answers them, looking through the people only once.
func All(in Input, at time.Time) iter.Seq[Notice] {
	return func(yield func(Notice) bool) {
		b := newBuilder(in, at)
		for r := range in.Map.All() {
			info := in.Map.Info(r)
			if _, ok := in.Rules[b.level(info.Level)]; ok && !yield(b.notice(info.Code)) {
				return
			}
		}
	}
}

// builder makes the notices of one instant.
type builder struct {
	in       Input
	at       time.Time
	terms    map[string]Term
	redactor *party.Redactor
	missing  []Missing // of the notice being made
}

func newBuilder(in Input, at time.Time) *builder {
	if in.Zone == nil {
		in.Zone = time.UTC
	}
	if in.TextMax == 0 {
		in.TextMax = TextMaxDefault
	}
	b := &builder{in: in, at: at.In(in.Zone), terms: map[string]Term{}, redactor: in.Directory.Redactor()}
	for _, t := range in.Terms {
		if _, ok := b.terms[t.Key]; !ok {
			b.terms[t.Key] = t
		}
	}
	return b
}

func (b *builder) notice(area Code) Notice {
	b.missing = nil
	n := Notice{Area: area, At: b.at}
	if ref, ok := b.in.Map.Lookup(area); ok {
		b.fill(&n, ref)
	} else {
		b.lacks(Missing{Kind: UnknownArea, Area: area})
	}
	n.Missing = sorted(b.missing)
	return n
}

func (b *builder) fill(n *Notice, ref grid.Ref) {
	info := b.in.Map.Info(ref)
	level := b.level(info.Level)
	n.Name = b.areaName(info)
	n.Level = b.term(level, info.Code)
	for r := range b.in.Map.Path(ref) {
		at := b.in.Map.Info(r)
		n.Path = append(n.Path, Place{at.Code, b.areaName(at)})
	}
	rule, ok := b.in.Rules[level]
	if !ok {
		b.lacks(Missing{Kind: NoRule, Area: info.Code, Args: []string{level}})
		return
	}
	b.facts(n, rule, ref)
	b.people(n, rule, ref)
	if rule.Council {
		b.council(n)
	}
}

// level is the name of a level of the map.
func (b *builder) level(i int) string {
	if levels := b.in.Map.Levels(); i < len(levels) {
		return levels[i]
	}
	return ""
}

// term is how the notice of area calls a key.
func (b *builder) term(key string, area Code) Term {
	t, ok := b.terms[key]
	if !ok {
		t.Key = key
	}
	clean := func(s string) string { return b.clean(s, area, "", "term") }
	return Term{clean(t.Key), clean(t.En), clean(t.Zh)}
}

func (b *builder) areaName(info grid.Info) string {
	return b.clean(info.Name, info.Code, "", "name")
}
