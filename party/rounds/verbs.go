package rounds

// Verb describes one verb.
type Verb struct {
	Name string // as in "do" of commands.jsonl
	Doc  string // one line
	Zero Do     // its zero value, which shows the fields
}

// Verbs lists every verb: households, plans, teams, visits, shifts, attendance.
func Verbs() []Verb {
	return []Verb{
		{"enrol", "put a household on the log", Enrol{}},
		{"reclass", "change the class of a household", Reclass{}},
		{"leave", "withdraw a household", Leave{}},
		{"plan", "plan visits to classes of household in areas", Plan{}},
		{"amend", "give a plan new terms from its next period on", Amend{}},
		{"end", "end a plan with its present period", End{}},
		{"form", "add a team to a plan", Form{}},
		{"dissolve", "take a team out of a plan", Dissolve{}},
		{"join", "put a person into a team", Join{}},
		{"quit", "take a person out of a team", Quit{}},
		{"visit", "record a visit (走访)", Visit{}},
		{"brief", "brief a squad for a shift (岗前训示)", Brief{}},
		{"report", "close one task of a shift", Report{}},
		{"debrief", "end a shift and answer its open tasks (岗后规整)", Debrief{}},
		{"attend", "record attendance, or correct a record (考勤)", Attend{}},
	}
}

// known answers do when it is one of the verbs by value. Anything else (nil, a
// pointer, a foreign type that embeds a verb) is not.
func known(do Do) bool {
	switch do.(type) {
	case Enrol, Reclass, Leave, Plan, Amend, End, Form, Dissolve, Join, Quit, Visit, Brief, Report, Debrief, Attend:
		return true
	}
	return false
}

func decodeDo(verb string, body []byte) (Do, error) {
	switch verb {
	case "enrol":
		return object[Enrol](body)
	case "reclass":
		return object[Reclass](body)
	case "leave":
		return object[Leave](body)
	case "plan":
		return object[Plan](body)
	case "amend":
		return object[Amend](body)
	case "end":
		return object[End](body)
	case "form":
		return object[Form](body)
	case "dissolve":
		return object[Dissolve](body)
	case "join":
		return object[Join](body)
	case "quit":
		return object[Quit](body)
	case "visit":
		return object[Visit](body)
	case "brief":
		return object[Brief](body)
	case "report":
		return object[Report](body)
	case "debrief":
		return object[Debrief](body)
	case "attend":
		return object[Attend](body)
	}
	return nil, ErrVerb
}
