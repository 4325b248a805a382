package party

import (
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
	"github.com/gridgov/gridgov/party/roster"
)

// Code identifies a party, a person, a post, a group, a facility or a field of
// data, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Interval is [From, Until) with open ends when zero.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = span.Interval

// Plan is everything a Directory is built from. NewDirectory copies what it
// keeps.
type Plan struct {
	Parties       []Party
	People        []Person
	Posts         []Post
	Appointments  []Appointment
	Registrations []Registration
	Rights        []Right
	Groups        []Group
	Facilities    []Facility
	Fields        []Field
	// Roster is the rotations of the posts; nil: no post has one.
	Roster *roster.Roster
	// Desk is the post or party that answers when nobody else does; see OnDuty.
	Desk Code
	// Hierarchies are other trees over the leaves of the map. Their nodes may be areas
	// too, each by a code that no unit of the map has; nil: there are none.
	Hierarchies *grid.Hierarchies
	// Layers is what Post.Place refers to; nil: places are not checked.
	Layers *grid.Layers
}

// Party is an organisation that can answer for something: a committee, a
// department, a community, a squad, a company (主体).
type Party struct {
	Code   Code
	Parent Code // the party it belongs to; none for a top one
	Name   string
	Kind   string // committee, department, community, station, squad, unit, company, …
	Class  string // class of a regulated entity (三小场所、物业、外包、燃气 …), when it is one
	Area   Code   // the unit it serves, when it is territorial (块)
	Line   string // the functional line, when it has one (条)
	During Interval
}

// Person is somebody who can hold a post. Name and Phone are personal data; see
// Erase.
type Person struct {
	Code    Code
	Name    string
	Home    Code     // home party
	Kinds   []string // establishment, seconded, elected, civil-servant, member, …
	Skills  []string
	Phone   string // personal telephone number
	Consent bool   // the number may be shown
}

// Post is a position (岗位) in a party, whoever holds it.
type Post struct {
	Code   Code
	Party  Code
	Name   string
	Role   string
	Area   Code   // the unit it looks after, if any
	Place  Place  // the building it looks after, if any
	Quota  int    // how many may hold it at once (编制); 0 means 1
	Deputy Code   // the post that stands in when nobody holds this one
	Limit  int64  // the largest amount it may approve at once, in fen; 0: no limit
	Public string // public contact, always shown
	Duties string // what it is there for, as a notice shows it
}

// Place is one feature of a layer, such as a building.
type Place struct {
	Layer   string
	Feature Code
}

// IsZero reports whether there is no place.
func (p Place) IsZero() bool { return p == Place{} }

// String is "layer:feature", as files write it; empty for none.
func (p Place) String() string {
	if p.IsZero() {
		return ""
	}
	return p.Layer + ":" + string(p.Feature)
}

// Appointment puts a person on a post for an interval.
type Appointment struct {
	Person Code
	Post   Code
	Kind   AppointmentKind
	During Interval // From is required
}

// AppointmentKind says how a person serves on a post.
type AppointmentKind string

// The appointment kinds; the empty kind means Resident.
const (
	Resident  AppointmentKind = "resident"  // 常驻
	Mobile    AppointmentKind = "mobile"    // 机动
	PartTime  AppointmentKind = "part-time" // 兼职
	Volunteer AppointmentKind = "volunteer" // 志愿
)
