package council

import "time"

// Fact is what happened, by value. Facts lists them.
type Fact interface{ fact() string }

// Founded: a council was founded.
type Founded Found

// Amended: a council got other rules or another council to rise to.
type Amended Amend

// Dissolved: a council ended.
type Dissolved Dissolve

// Seated: a person was seated. From is never zero unless a record before the
// year 1 is meant.
type Seated Seat

// Unseated: a person's seat ended, or will not begin.
type Unseated Unseat

// SeatLapsed: a seat ended because its holder missed so many meetings of a
// natural year without excuse (资格自行停止). Meeting is the last of them.
type SeatLapsed struct {
	Council  Code `json:"council"`
	Person   Code `json:"person"`
	Meeting  Code `json:"meeting"`
	Year     int  `json:"year"`
	Absences int  `json:"absences"`
}

// Convened: a meeting was called.
type Convened Convene

// Opened: a meeting was opened (人员构成) under the rules given. Present and
// Excused are in the order of codes; Voters are present without names. Count has the members who may vote and those
// of them present, Quorate says whether they may decide, Needed how many must be
// present.
type Opened struct {
	Meeting Code   `json:"meeting"`
	Chair   Code   `json:"chair,omitzero"`
	Present []Code `json:"present,omitempty"`
	Excused []Code `json:"excused,omitempty"`
	Voters  int64  `json:"voters,omitzero"`
	Rules   Rules  `json:"rules"`
	Count   Count  `json:"count"`
	Needed  int64  `json:"needed"`
	Quorate bool   `json:"quorate"`
}

// Attended: people came late or left early, in the order of codes.
type Attended Attend

// Closed: a meeting was closed. Absent are those who had a vote, were never there
// and were not excused; Left are the topics that the meeting leaves unresolved
// where they are; both in the order of codes. What rises follows in entries of
// its own.
type Closed struct {
	Meeting Code   `json:"meeting"`
	Held    bool   `json:"held"`
	Absent  []Code `json:"absent,omitempty"`
	Left    []Code `json:"left,omitempty"`
}

// Raised: a topic was raised.
type Raised Raise

// Voted: a person voted on a topic in a meeting.
type Voted struct {
	Topic   Code   `json:"topic"`
	Meeting Code   `json:"meeting"`
	Person  Code   `json:"person"`
	Choice  Choice `json:"choice"`
}

// Tallied: the votes on a topic in a meeting were counted.
type Tallied struct {
	Tally
	Meeting Code `json:"meeting"`
}

// Resolved: a meeting ended the discussion of a topic. Count is who could vote,
// who was there and how they voted; by vote, Of is the number of which the pass
// threshold was taken and Needed the votes it took. A passed topic has Owner and
// Due, or Case, or Project, and its first due, Next; Follow and Reviews are how it
// is followed up.
type Resolved struct {
	Topic     Code      `json:"topic"`
	Meeting   Code      `json:"meeting"`
	Result    Result    `json:"result"`
	Consensus bool      `json:"consensus,omitzero"`
	Count     Count     `json:"count"`
	Of        int64     `json:"of,omitzero"`
	Needed    int64     `json:"needed,omitzero"`
	Owner     Code      `json:"owner,omitzero"`
	Due       time.Time `json:"due,omitzero"`
	Case      Code      `json:"case,omitzero"`
	Project   Code      `json:"project,omitzero"`
	Next      time.Time `json:"next,omitzero"`
	Follow    int       `json:"follow,omitzero"`
	Reviews   int       `json:"reviews,omitzero"`
}

// Completed: a tracked topic was done.
type Completed Done

// Withdrawn: a topic was taken back.
type Withdrawn Withdraw

// Why is why a topic rose.
type Why string

// The reasons.
const (
	WhyAsked      Why = "asked"      // by a command
	WhyUnresolved Why = "unresolved" // a coordination meeting closed without resolving it
	WhyOverdue    Why = "overdue"    // its reviews were used up
)

// Risen: a topic went up. It is risen in its council and raised as As in Council.
type Risen struct {
	Topic   Code `json:"topic"`
	Council Code `json:"council"`
	As      Code `json:"as"`
	Why     Why  `json:"why"`
}

// Overdue: the due of a tracked topic passed. Next is its first review.
type Overdue struct {
	Topic Code      `json:"topic"`
	Owner Code      `json:"owner"`
	Next  time.Time `json:"next"`
}

// ReviewDue: a tracked topic is called up for review, for the Review-th time.
// Next is the review after it.
type ReviewDue struct {
	Topic  Code      `json:"topic"`
	Review int       `json:"review"`
	Next   time.Time `json:"next"`
}

// Published: the Number-th bulletin of a council was published, with the digest
// of its bytes.
type Published struct {
	Publish
	Number int `json:"number"`
	Digest Sum `json:"digest"`
}

// Refused: a keyed command was refused. It changes nothing but the sequence and
// the key index, so that the same key is refused for ever.
type Refused struct {
	Verb string `json:"verb"`
	Refusal
}

func (Founded) fact() string    { return "founded" }
func (Amended) fact() string    { return "amended" }
func (Dissolved) fact() string  { return "dissolved" }
func (Seated) fact() string     { return "seated" }
func (Unseated) fact() string   { return "unseated" }
func (SeatLapsed) fact() string { return "seat_lapsed" }
func (Convened) fact() string   { return "convened" }
func (Opened) fact() string     { return "opened" }
func (Attended) fact() string   { return "attended" }
func (Closed) fact() string     { return "closed" }
func (Raised) fact() string     { return "raised" }
func (Voted) fact() string      { return "voted" }
func (Tallied) fact() string    { return "tallied" }
func (Resolved) fact() string   { return "resolved" }
func (Completed) fact() string  { return "completed" }
func (Withdrawn) fact() string  { return "withdrawn" }
func (Risen) fact() string      { return "risen" }
func (Overdue) fact() string    { return "overdue" }
func (ReviewDue) fact() string  { return "review_due" }
func (Published) fact() string  { return "published" }
func (Refused) fact() string    { return "refused" }

// Facts lists the zero value of every fact.
func Facts() []Fact {
	return []Fact{
		Founded{}, Amended{}, Dissolved{}, Seated{}, Unseated{}, SeatLapsed{}, Convened{}, Opened{}, Attended{}, Closed{},
		Raised{}, Voted{}, Tallied{}, Resolved{}, Completed{}, Withdrawn{}, Risen{}, Overdue{}, ReviewDue{}, Published{}, Refused{},
	}
}

// FactName is the name of a fact as entries are written, "" when f is not one
// of the facts by value.
func FactName(f Fact) string {
	switch f.(type) {
	case Founded, Amended, Dissolved, Seated, Unseated, SeatLapsed, Convened, Opened, Attended, Closed,
		Raised, Voted, Tallied, Resolved, Completed, Withdrawn, Risen, Overdue, ReviewDue, Published, Refused:
		return f.fact()
	}
	return ""
}

func decodeFact(name string, body []byte) (Fact, error) {
	switch name {
	case "founded":
		return object[Founded](body)
	case "amended":
		return object[Amended](body)
	case "dissolved":
		return object[Dissolved](body)
	case "seated":
		return object[Seated](body)
	case "unseated":
		return object[Unseated](body)
	case "seat_lapsed":
		return object[SeatLapsed](body)
	case "convened":
		return object[Convened](body)
	case "opened":
		return object[Opened](body)
	case "attended":
		return object[Attended](body)
	case "closed":
		return object[Closed](body)
	case "raised":
		return object[Raised](body)
	case "voted":
		return object[Voted](body)
	case "tallied":
		return object[Tallied](body)
	case "resolved":
		return object[Resolved](body)
	case "completed":
		return object[Completed](body)
	case "withdrawn":
		return object[Withdrawn](body)
	case "risen":
		return object[Risen](body)
	case "overdue":
		return object[Overdue](body)
	case "review_due":
		return object[ReviewDue](body)
	case "published":
		return object[Published](body)
	case "refused":
		return object[Refused](body)
	}
	return nil, ErrFact
}
