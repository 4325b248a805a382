package council

import "time"

// Authority says who may do what; a *party.Directory is one. Minutes asks it when
// it decides, never when it applies.
type Authority interface {
	Allows(person, post Code, right string, scope Code, at time.Time) bool
}

// Verb describes one verb.
type Verb struct {
	Name  string // as in "do" of commands.jsonl
	Doc   string // one line
	Right string // what the actor needs in the area of the council; empty: none
	Zero  Do     // its zero value, which shows the fields
}

// Verbs lists every verb, in the order in which a council meets them. A vote
// needs no right but a seat of the actor's own.
func Verbs() []Verb {
	return []Verb{
		{"found", "found a council with its rules", "appoint", Found{}},
		{"amend", "give a council other rules for later meetings", "appoint", Amend{}},
		{"dissolve", "end a council with nothing pending", "appoint", Dissolve{}},
		{"seat", "seat a person, with or without a vote", "appoint", Seat{}},
		{"unseat", "end a person's seat", "appoint", Unseat{}},
		{"convene", "call a meeting with its agenda", "command", Convene{}},
		{"open", "open a meeting with those present", "command", Open{}},
		{"attend", "record who came late and who left early", "command", Attend{}},
		{"close", "close a meeting", "command", Close{}},
		{"raise", "raise a topic", "", Raise{}},
		{"vote", "vote on a topic", "", Vote{}},
		{"tally", "record the counts of a vote", "command", Tally{}},
		{"resolve", "decide a topic and say who does it by when", "decide", Resolve{}},
		{"done", "end a tracked topic with its result", "manage", Done{}},
		{"withdraw", "take back a topic that is not decided", "decide", Withdraw{}},
		{"rise", "take a topic to the council above", "decide", Rise{}},
		{"publish", "publish the bulletin of a council's topics", "manage", Publish{}},
	}
}

// rightOf is the right that a verb needs. It is read off Verbs, so the table in
// the documentation is the rule.
var rightOf = func() map[string]string {
	rights := map[string]string{}
	for _, v := range Verbs() {
		rights[v.Name] = v.Right
	}
	return rights
}()

// DecodeDo reads the JSON object of a verb's fields, as Verbs lists them. It
// fails with ErrVerb for an unknown verb and ErrJSON for anything that is not
// an object of exactly such fields; fields left out are zero.
func DecodeDo(verb string, body []byte) (Do, error) {
	do, err := decodeDo(verb, body)
	if err != nil {
		return nil, &Error{What: verb, Err: err}
	}
	return do, nil
}

func decodeDo(verb string, body []byte) (Do, error) {
	switch verb {
	case "found":
		return object[Found](body)
	case "amend":
		return object[Amend](body)
	case "dissolve":
		return object[Dissolve](body)
	case "seat":
		return object[Seat](body)
	case "unseat":
		return object[Unseat](body)
	case "convene":
		return object[Convene](body)
	case "open":
		return object[Open](body)
	case "attend":
		return object[Attend](body)
	case "close":
		return object[Close](body)
	case "raise":
		return object[Raise](body)
	case "vote":
		return object[Vote](body)
	case "tally":
		return object[Tally](body)
	case "resolve":
		return object[Resolve](body)
	case "done":
		return object[Done](body)
	case "withdraw":
		return object[Withdraw](body)
	case "rise":
		return object[Rise](body)
	case "publish":
		return object[Publish](body)
	}
	return nil, ErrVerb
}

// known answers do when it is one of the verbs by value, with its instants in
// UTC. Anything else (nil, a pointer, a foreign type that embeds a verb) is not.
func known(do Do) (Do, bool) {
	switch d := do.(type) {
	case Found, Amend, Dissolve, Unseat, Open, Attend, Close, Raise, Vote, Tally, Done, Withdraw, Rise:
		return do, true
	case Seat:
		d.From, d.Until = plainTime(d.From), plainTime(d.Until)
		return d, true
	case Convene:
		d.For = plainTime(d.For)
		return d, true
	case Resolve:
		d.Due = plainTime(d.Due)
		return d, true
	case Publish:
		d.From, d.Until = plainTime(d.From), plainTime(d.Until)
		return d, true
	}
	return nil, false
}

// plainTime is t in UTC without a monotonic reading, so that the same instant is
// always written the same.
func plainTime(t time.Time) time.Time { return t.Round(0).UTC() }
