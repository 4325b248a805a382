package party

import (
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// Code identifies a party, a person or a post, each among its own kind.
type Code = code.Code

// Interval is [From, Until) with open ends when zero.
type Interval = span.Interval

// Plan is everything a Directory is built from. NewDirectory copies what it
// keeps.
type Plan struct {
	Parties      []Party
	People       []Person
	Posts        []Post
	Appointments []Appointment
}

// Party is an organisation that can answer for something: a committee, a
// department, a community, a squad, a company (主体).
type Party struct {
	Code   Code
	Parent Code // the party it belongs to; none for a top one
	Name   string
	Kind   string // committee, department, community, station, squad, unit, company, …
	Class  string // class of a regulated entity, when it is one
	Area   Code   // the unit it serves, when it is territorial (块)
	Line   string // the functional line, when it has one (条)
	During Interval
}

// Person is somebody who can hold a post. Personal text stays with the caller.
type Person struct {
	Code   Code
	Name   string
	Home   Code     // home party
	Kinds  []string // establishment, seconded, elected, civil-servant, member, …
	Skills []string
}

// Post is a position (岗位) in a party, whoever holds it.
type Post struct {
	Code   Code
	Party  Code
	Name   string
	Role   string
	Area   Code   // the unit it looks after, if any
	Quota  int    // how many may hold it at once; 0 means 1
	Deputy Code   // the post that stands in when nobody holds this one
	Public string // public contact, always shown
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
