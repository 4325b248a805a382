package responder

import (
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// Code identifies a case, a person, a post, a party, an area or a skill.
type Code = code.Code

// Limits.
const (
	// PeopleMax and NeedsMax are a large city's shift and a day of its cases.
	PeopleMax = 20_000
	NeedsMax  = 5_000
	// PairsMax is how many needs times people a batch may have: 64 MB while it runs.
	PairsMax = 4 << 20
	// ListMax is how many skills or areas somebody may have.
	ListMax = 64
	// CapacityMax is what one person may be given; more is nobody's work.
	CapacityMax = 1000
	// CostMax is above the metres of any way on earth, and of any such sum of costs
	// that needs a penalty the total still fits into int64.
	CostMax = 1 << 32
	// PenaltyMax is above NeedsMax·CostMax.
	PenaltyMax = 1 << 46
	// ExactDefault needs take a fraction of a second; ExactMax some seconds.
	ExactDefault = 300
	ExactMax     = 1000
)

// StaleDefault is the age from which a position says nothing, see Options.
const StaleDefault = 10 * time.Minute

// Need is a case that somebody must go to (待派任务).
type Need struct {
	ID          Code
	Place       *orb.Point // WGS84 degrees {lng, lat}; nil: not known or not needed
	Skills      []Code     // all are needed
	Area        Code       // the unit it is in; empty: any will do
	Party       Code       // whose people; empty: anybody's
	Enforcement bool       // 执法: only staff of the Kind Regular may
	Penalty     int64      // in a batch: of leaving it unassigned, 0 to PenaltyMax; 0: Options.Penalty
}

// Kind is how somebody serves.
type Kind uint8

// The kinds.
const (
	Regular   Kind = iota // 专职
	PartTime              // 兼职
	Volunteer             // 志愿者
	kindsEnd
)

// Responder is somebody who may be sent (处置人员).
type Responder struct {
	Person   Code // once in a list
	Post     Code // the one they are on duty for; answered, not judged
	Party    Code
	Areas    []Code // what they serve; empty: anywhere
	OnDuty   bool
	Place    *orb.Point // of the latest position; nil: none
	At       time.Time  // of that position
	Skills   []Code
	Kind     Kind
	Load     int // cases in hand, 0 or more
	Capacity int // of cases in hand, 1 to CapacityMax; 0: Options.Capacity
}

// Options are what a host decides once. Functions must be pure.
type Options struct {
	At         time.Time                                                                   // now
	StaleAfter time.Duration                                                               // 0: StaleDefault
	Within     grid.Meters                                                                 // how far off at most, to the millimetre; 0: any distance
	Capacity   int                                                                         // of who has none of their own, 1 to CapacityMax; 0: 1
	Covers     func(serves, area Code) bool                                                // whether an area served covers a need's; nil: only itself
	Cost       func(need *Need, person *Responder, away grid.Meters) (cost int64, ok bool) // 0 to CostMax; outside it is no; nil: metres
	Penalty    int64                                                                       // 1 to PenaltyMax; 0: assign as many as can be
	Exact      int                                                                         // the most needs that are planned exactly, to ExactMax; 0: ExactDefault
}

// Reason is why somebody is not fit; 0: they are. See the package.
type Reason uint8

// The reasons, in order of precedence.
const (
	OffDuty Reason = 1 + iota
	NotOfParty
	NoPowers
	Unskilled
	NotOfArea
	Full
	Unplaced
	Stale
	TooFar
	Refused
	reasonsEnd
)
