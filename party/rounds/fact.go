package rounds

import "time"

// Fact is what happened, by value. Facts lists them.
type Fact interface{ fact() string }

// Due names one period of a plan, counted from 0 through all its terms.
type Due struct {
	Plan   Code `json:"plan"`
	Period int  `json:"period"`
}

// Enrolled: a household came on the log on a local date. Joins says from which
// period on it owes a visit, by plan.
type Enrolled struct {
	Enrol
	On    Date  `json:"on"`
	Joins []Due `json:"joins,omitempty"`
}

// Reclassed: a household changed its class. Ends says which period of a plan is
// the first one it owes no more, Joins which of another is the first it owes.
type Reclassed struct {
	Reclass
	On    Date  `json:"on"`
	Ends  []Due `json:"ends,omitempty"`
	Joins []Due `json:"joins,omitempty"`
}

// Left: a household was withdrawn. Ends is as in Reclassed.
type Left struct {
	Leave
	On   Date  `json:"on"`
	Ends []Due `json:"ends,omitempty"`
}

// Planned: a plan was made. Every household of its classes and areas owes it
// visits from period First on. Next is the instant at which period 0 is over.
type Planned struct {
	Plan
	First int       `json:"first"`
	Next  time.Time `json:"next,omitzero"`
}

// Amended: a plan has new terms from Start, when period Base begins, on. First
// and Next are as in Planned, of the new terms.
type Amended struct {
	Amend
	Start Date      `json:"start"`
	Base  int       `json:"base"`
	First int       `json:"first"`
	Next  time.Time `json:"next,omitzero"`
}

// Ended: a plan ends. After is the first period that is owed no more.
type Ended struct {
	End
	After int `json:"after"`
}

// Formed: a team came into a plan. From the date on the teams of Order lead in
// turn, the first one in Period.
type Formed struct {
	Form
	From   Date   `json:"from"`
	Period int    `json:"period"`
	Order  []Code `json:"order"`
}

// Dissolved: a team left a plan. The rest is as in Formed.
type Dissolved struct {
	Dissolve
	From   Date   `json:"from"`
	Period int    `json:"period"`
	Order  []Code `json:"order"`
}

// Joined: a person is in a team from a date on.
type Joined struct {
	Join
	From Date `json:"from"`
}

// Parted: a person is in a team no more from a date on.
type Parted struct {
	Quit
	From Date `json:"from"`
}

// Fill is a period of a plan that a visit filled. Team is the one whose turn it
// was, if any, and Led says that one of its people took part.
type Fill struct {
	Plan   Code `json:"plan"`
	Period int  `json:"period"`
	Team   Code `json:"team,omitzero"`
	Led    bool `json:"led"`
}

// Visited: a household was visited on a local date. Fills are by plan. Late says
// that it would have filled a period that had already ended.
type Visited struct {
	Visit
	On    Date   `json:"on"`
	Fills []Fill `json:"fills,omitempty"`
	Late  bool   `json:"late,omitzero"`
}

// Missed: a period [From, Until) ended and these households, by code, had not
// been visited in it. One period leads to as many entries as it takes.
type Missed struct {
	Due
	From       Date   `json:"from"`
	Until      Date   `json:"until"`
	Households []Code `json:"households"`
}

// Closed: a period ended, with what was owed in it. Owed = Made + Missed. Next is
// the instant at which the next period is over; none after the last.
type Closed struct {
	Due
	From   Date      `json:"from"`
	Until  Date      `json:"until"`
	Owed   int       `json:"owed"`
	Made   int       `json:"made"`
	Missed int       `json:"missed"`
	Next   time.Time `json:"next,omitzero"`
}

// Assigned is a task as it was given out. Carries counts how often it was
// carried over.
type Assigned struct {
	Task
	Carries int `json:"carries,omitzero"`
}

// Briefed: a squad was briefed. Tasks begins with those carried over, in the
// order in which they were carried. Due is when the debrief is due.
type Briefed struct {
	Shift  Code       `json:"shift"`
	Squad  Code       `json:"squad"`
	Date   Date       `json:"date"`
	From   time.Time  `json:"from"`
	Until  time.Time  `json:"until"`
	Due    time.Time  `json:"due"`
	People []Code     `json:"people"`
	Tasks  []Assigned `json:"tasks,omitempty"`
}

// Reported: one task of a shift was closed.
type Reported Report

// Debriefed: a shift ended; Answers closes all its open tasks, in their order.
type Debriefed struct {
	Debrief
	Late bool `json:"late,omitzero"`
}

// NotDebriefed: a shift was not debriefed when it was due.
type NotDebriefed struct {
	Shift Code      `json:"shift"`
	Due   time.Time `json:"due"`
}

// Attended: a record of attendance was made.
type Attended Attend

// Refused: a keyed command was refused. It changes nothing but the sequence and
// the key index, so that the same key is refused for ever.
type Refused struct {
	Verb string `json:"verb"`
	Refusal
}

func (Enrolled) fact() string     { return "enrolled" }
func (Reclassed) fact() string    { return "reclassed" }
func (Left) fact() string         { return "left" }
func (Planned) fact() string      { return "planned" }
func (Amended) fact() string      { return "amended" }
func (Ended) fact() string        { return "ended" }
func (Formed) fact() string       { return "formed" }
func (Dissolved) fact() string    { return "dissolved" }
func (Joined) fact() string       { return "joined" }
func (Parted) fact() string       { return "parted" }
func (Visited) fact() string      { return "visited" }
func (Missed) fact() string       { return "missed" }
func (Closed) fact() string       { return "closed" }
func (Briefed) fact() string      { return "briefed" }
func (Reported) fact() string     { return "reported" }
func (Debriefed) fact() string    { return "debriefed" }
func (NotDebriefed) fact() string { return "not_debriefed" }
func (Attended) fact() string     { return "attended" }
func (Refused) fact() string      { return "refused" }

// Facts lists the zero value of every fact.
func Facts() []Fact {
	return []Fact{
		Enrolled{}, Reclassed{}, Left{}, Planned{}, Amended{}, Ended{}, Formed{}, Dissolved{}, Joined{}, Parted{},
		Visited{}, Missed{}, Closed{}, Briefed{}, Reported{}, Debriefed{}, NotDebriefed{}, Attended{}, Refused{},
	}
}

// FactName is the name of a fact as entries are written, "" when f is not one
// of the facts by value.
func FactName(f Fact) string {
	switch f.(type) {
	case Enrolled, Reclassed, Left, Planned, Amended, Ended, Formed, Dissolved, Joined, Parted,
		Visited, Missed, Closed, Briefed, Reported, Debriefed, NotDebriefed, Attended, Refused:
		return f.fact()
	}
	return ""
}
