package structure

import (
	"math"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// Code identifies a rule.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Rule is one demand on how a subdistrict is set up. Kind says what the rule is
// about and which of the other fields it reads; Compile refuses any other field.
type Rule struct {
	ID   Code
	Kind Kind // none: People
	// Role is the roles of the posts that are meant, any of them.
	Role []string
	// In is the kinds of the parties whose posts are meant; none: of any party.
	In []string
	// Parties is the kinds of the parties that are meant, any of them.
	Parties []string
	// Per is the units that the rule is checked for, each by itself.
	Per Per
	// Count is how many there must be; nil: no demand.
	Count *Count
	// Source is the kinds a person must have, all of them (来源).
	Source []string
	// As is how a person must be, or is, appointed: any of these.
	As []party.AppointmentKind
	// SameAs is the roles of which each holder of Role must also hold one, in the
	// same unit (一肩挑).
	SameAs []string
	// SameIn is the kinds of the parties whose posts count for SameAs; none: any.
	SameIn []string
	// Through is the roles of the posts whose areas count; none: every post.
	Through []string
	// Who is the kinds of the people that are meant, all of them; see Kind.
	Who []string
	// Registration is the kind of registration; none: ReportIn.
	Registration party.RegistrationKind
	// Facilities is the kinds of facility that each party must have, all of them.
	Facilities []string
	// SquareMeters is the least area of a facility, this number included; 0: any.
	SquareMeters int
	// Dated asks for facilities whose evidence has a date, that is a beginning.
	Dated bool
	// Rights is the powers that each party must hold, all of them.
	Rights []party.RightKind
	// During is when the rule is in force.
	During party.Interval
	// Basis is the sentence that the rule rests on, for those who ask why.
	Basis string
}

// Kind says what a rule is about.
type Kind string

// The kinds, with the fields that each needs and, in brackets, may have. Only
// what is active at the instant counts: a post is when its party is, and a party
// when those above it are.
const (
	// People: Role, Per [In, Count, Source, As, SameAs, SameIn], one of Count, Source,
	// As and SameAs at least. In each unit, the people appointed to posts of the role
	// are Count in number, each counted once; have all kinds of Source; are appointed
	// As; hold a SameAs role in the same unit. A unit without any breaks only Count.
	People Kind = "people"
	// Parties: Parties, Per, Count. The parties of the kinds in each unit. A party is
	// not in a unit of PerParty that it is itself.
	Parties Kind = "parties"
	// Posts: Role, Per, Count [In]. The posts of the role in each unit, filled or not.
	Posts Kind = "posts"
	// Quotas: Role, Per, Count [In]. The sum of the quotas of the role's posts (编制).
	Quotas Kind = "quotas"
	// Filled: [Role, In]. On no post are there more people than its quota.
	Filled Kind = "filled"
	// Areas: Per area, Count, and Role or In [Through]. How many units of that level
	// each holder of the role looks after, by posts of the Through roles.
	Areas Kind = "areas"
	// Postings: Count [Role, In, As, Who]. How many appointments to such posts each
	// person has open at once; As none is resident and mobile. People without any
	// are counted only when Who names kinds of people.
	Postings Kind = "postings"
	// Registrations: Count [Registration, Who]. How many open registrations of the
	// kind each person has: everybody of the kinds Who, or without Who everybody
	// while registered in some way.
	Registrations Kind = "registrations"
	// Allowed: Role, As [In]. People appointed As serve on posts of these roles only.
	Allowed Kind = "allowed"
	// Facilities: Parties, Facilities [SquareMeters, Dated]. What each party must have.
	Facilities Kind = "facilities"
	// Rights: Parties, Rights. What each party must itself hold over itself, a party
	// above it, or an area in which its own lies.
	Rights Kind = "rights"
)

// Kinds is every kind, in the order above.
func Kinds() []Kind {
	return []Kind{People, Parties, Posts, Quotas, Filled, Areas, Postings, Registrations, Allowed, Facilities, Rights}
}

// Per is the units a rule is checked for. In text it is "street", "area:LEVEL",
// "party:KIND", "building" or "building:LAYER".
type Per struct {
	By   PerKind
	Name string // the level, the kind of party, the layer
}

// PerKind says what the units are.
type PerKind string

// The kinds of unit.
const (
	PerStreet   PerKind = "street"   // the whole subdistrict is one unit
	PerArea     PerKind = "area"     // each unit of a level of the map
	PerParty    PerKind = "party"    // each party of a kind, with those below it
	PerBuilding PerKind = "building" // each building that a post of the rule is for
)

// Street is the whole subdistrict.
func Street() Per { return Per{By: PerStreet} }

// EachArea is each unit of a level of the map. A post belongs to the unit in which
// the area lies that it looks after, or else that its party or the next one above
// serves; a post for an area further out belongs to none.
func EachArea(level string) Per { return Per{PerArea, level} }

// EachParty is each party of a kind while it is active. A post belongs to the
// first one from its own party upwards.
func EachParty(kind string) Per { return Per{PerParty, kind} }

// EachBuilding is each building of a layer, or of any when layer is empty, while
// there is a post of the rule for it.
func EachBuilding(layer string) Per { return Per{PerBuilding, layer} }

// Count is how many there may be, both ends included.
type Count struct{ Min, Max int }

// Unlimited is the Max of a Count without one.
const Unlimited = math.MaxInt32

// Exactly is n.
func Exactly(n int) *Count { return &Count{n, n} }

// AtLeast is n or more.
func AtLeast(n int) *Count { return &Count{n, Unlimited} }

// AtMost is n or fewer.
func AtMost(n int) *Count { return &Count{0, n} }

// Between is low to high.
func Between(low, high int) *Count { return &Count{low, high} }

func (c *Count) few(n int) bool { return n < c.Min }

func (c *Count) many(n int) bool { return n > c.Max }
