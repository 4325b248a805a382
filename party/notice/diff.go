package notice

import (
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Part is the part of a notice that a Change is about.
type Part string

// The parts, in the order in which changes are sorted.
const (
	PartArea    Part = "area"    // Name "name", "level" or "path"
	PartFact    Part = "fact"    // Name is the kind and key of the fact, "about" for the text
	PartGoals   Part = "goals"   //
	PartHead    Part = "head"    // who heads the area
	PartLead    Part = "lead"    // who leads Area
	PartStaff   Part = "staff"   // Name serves on Post; Old and New say how
	PartVacant  Part = "vacant"  // Old and New are places
	PartActing  Part = "acting"  // the post whose holder stands in
	PartTitle   Part = "title"   //
	PartDuties  Part = "duties"  //
	PartContact Part = "contact" //
	PartCouncil Part = "council" // Name sits on it; Old and New are capacities
)

// Parts is every part, in sorting order.
func Parts() []Part {
	return []Part{
		PartArea, PartFact, PartGoals, PartHead, PartLead, PartStaff, PartVacant, PartActing,
		PartTitle, PartDuties, PartContact, PartCouncil,
	}
}

// Change is one thing that two notices show differently. What Old shows and New
// does not has Gone, what only New shows has Came.
type Change struct {
	Part Part   `json:"part"`
	Area Code   `json:"area,omitempty"`
	Post Code   `json:"post,omitempty"`
	Name string `json:"name,omitempty"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
	Gone bool   `json:"gone,omitempty"`
	Came bool   `json:"came,omitempty"`
}

// Diff is what changed on the board from a to b, apart from the instant and what
// is missing: by part, area, post and name. People are told apart by what the board
// shows, their names. O(n log n).
func Diff(a, b Notice) []Change {
	before, after := a.items(), b.items()
	var changes []Change
	for len(before) > 0 || len(after) > 0 {
		order := 0
		switch {
		case len(before) == 0:
			order = 1
		case len(after) == 0:
			order = -1
		default:
			order = before[0].compare(after[0])
		}
		switch {
		case order < 0:
			c := before[0].change()
			c.Old, c.Gone = before[0].value, true
			changes = append(changes, c)
			before = before[1:]
		case order > 0:
			c := after[0].change()
			c.New, c.Came = after[0].value, true
			changes = append(changes, c)
			after = after[1:]
		default:
			if before[0].value != after[0].value {
				c := before[0].change()
				c.Old, c.New = before[0].value, after[0].value
				changes = append(changes, c)
			}
			before, after = before[1:], after[1:]
		}
	}
	return changes
}

func (i item) change() Change { return Change{Part: i.part, Area: i.area, Post: i.post, Name: i.name} }

var changePhrases = phrase.Catalog{
	"came": {"{0}: {1} came", "{0}：新增{1}"}, "gone": {"{0}: {1} gone", "{0}：不再有{1}"},
	"changed": {"{0}: {1} became {2}", "{0}：由{1}变为{2}"},
	"area":    {"area", "区域"}, "fact": {"facts", "基本情况"}, "goals": {"goals", "治理目标"}, "head": {"head", "负责人"},
	"lead": {"lead", "牵头人"}, "staff": {"full-time staff", "专职人员"}, "vacant": {"vacant places", "空缺"}, "acting": {"acting", "代理"},
	"title": {"title", "岗位名称"}, "duties": {"duties", "工作职责"}, "contact": {"contact", "联系方式"}, "council": {"council", "理事会"},
}

// Text says what changed in lang ("zh", else English).
func (c Change) Text(lang string) string {
	about := []string{changePhrases.Text(lang, string(c.Part))}
	for _, s := range []string{string(c.Area), string(c.Post), c.Name} {
		if s != "" {
			about = append(about, s)
		}
	}
	what, args := "changed", []string{strings.Join(about, " "), c.Old, c.New}
	if c.Gone || c.Came {
		what, args = "gone", []string{args[0], c.Old + c.New}
		if c.Came {
			what = "came"
		}
	}
	return changePhrases.Text(lang, what, args...)
}
