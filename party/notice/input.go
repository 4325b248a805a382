package notice

import (
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Code identifies an area or a post.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = party.Code

// TextMaxDefault is the longest text in characters where Input.TextMax is 0: what
// stays readable on a board of one metre by two from where one stands.
const TextMaxDefault = 600

// Input is what notices are built from.
type Input struct {
	Directory *party.Directory
	Map       *grid.Map       // the map in force at the instant, such as grid.Timeline.At answers
	Texts     *Texts          // what each area says about itself; nil: nothing
	Rules     map[string]Rule // by the name of the level; an area of another level has no notice
	Terms     []Term          // how levels, counts and attributes are called; the first of a key counts
	Council   Council         // nil: no area has one
	Zone      *time.Location  // the zone in which dates are shown; nil: UTC
	TextMax   int             // the longest text in characters (runes); 0: TextMaxDefault
}

// Rule says what the notices of one level show.
type Rule struct {
	Head  string   // role of the post that heads the area (街区负责人)
	Below string   // the level further in whose areas each need a lead; "": none does
	Lead  string   // role of those leads (红色网格牵头人)
	Staff []string // roles of the full-time staff (专职工作人员), in the order shown
	// Counts are the counts of the area shown, in this order; nil: all, by name.
	Counts []string
	// Attributes are the attributes of the area shown, in this order; nil: none.
	Attributes []string
	Council    bool // the area has a council (理事会), which must be listed
}

// Term is how a level, a count or an attribute is called on a notice. A language
// without a text shows Key.
type Term struct {
	Key string `json:"key"`
	En  string `json:"en,omitempty"`
	Zh  string `json:"zh,omitempty"`
}

// in is the term in a language.
func (t Term) in(lang string) string {
	text := t.En
	if lang == "zh" {
		text = t.Zh
	}
	if text == "" {
		return t.Key
	}
	return text
}

// Seat is a member of a council as whoever keeps it tells.
type Seat struct {
	Person   Code
	Capacity string // as what the person sits there: residents, shops, property …
}

// Council answers the members of an area's council at an instant in the order in
// which they are shown; no members: no council. It must be pure for Build to be.
type Council func(area Code, at time.Time) []Seat
