package roster

import (
	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// Code identifies a post, a person or a team, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Interval is [From, Until) with open ends when zero.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = span.Interval

// Date is a day of the civil calendar, in no zone.
// It is a struct of Year, Month and Day, as time.Time.Date has them.
type Date = civil.Date

// ParseDate reads a date from 1970 to 2100 written as 2006-01-02. Anything else is
// civil.ErrDate.
func ParseDate(text string) (Date, error) { return civil.ParseDate(text) }

// Plan is everything a Roster is built from. New copies what it keeps.
type Plan struct {
	Rotations  []Rotation
	Teams      []Team
	Exceptions []Exception
}

// Rotation is one rota of a post (轮班). A post may have several, such as one for
// the day and one for the night; they run independently, and lists name their
// people in the order in which the Plan gives the rotations.
type Rotation struct {
	Post     Code
	Turn     Turn     // when the next members take over; the zero Turn is one worked day
	Days     Days     // which dates are worked; the zero Days is every date
	Start    Date     // the first date of the first turn; required
	Hours    []Window // at most WindowsMax, not overlapping, any order; none is 00:00-24:00
	Members  []Member // rotation order, at most MembersMax; none leaves the rotation empty
	Together int      // how many members serve at once; 0 means 1
	During   Interval // on which dates it stands; it does not move the turns
}

// Member is a place in a rotation: a person or a team, exactly one of them. One who
// leaves and comes back is two members, whose intervals may not meet.
type Member struct {
	Person Code
	Team   Code
	During Interval
}

// Team serves a turn together (班组).
type Team struct {
	Code   Code
	People []Mate // at most MembersMax
}

// Mate is a person in a team.
type Mate struct {
	Person Code
	During Interval
}

// Kind says what an Exception does.
type Kind string

// The kinds of an exception.
const (
	Add     Kind = "add"     // Person serves too (加班); on a date not worked, in the hours of the post's first rotation
	Remove  Kind = "remove"  // Person does not serve (撤班)
	Replace Kind = "replace" // With serves instead of Person (替班)
	Leave   Kind = "leave"   // Person is on leave (请假); without a Post from every post
	Swap    Kind = "swap"    // Person's shifts of Date and With's of WithDate change hands (换班)
)

// kinds lists every kind.
var kinds = []Kind{Add, Remove, Replace, Leave, Swap}

// Exception changes the shifts of a post that begin on one date.
type Exception struct {
	Post     Code // required but for leave
	Date     Date
	Kind     Kind
	Person   Code
	With     Code // replace and swap: the other person
	WithDate Date // swap: the date of With's shifts; zero means Date
	Consent  bool // swap: With has agreed; without it nothing happens
}
