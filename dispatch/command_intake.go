package dispatch

// FileSelf reports an event that the finder handles at once (采办合一): where the list
// lets the lead find and handle, for somebody of the lead, and not when somebody was
// hurt, a penalty may follow or a consent is needed.
type FileSelf struct {
	Event Event `json:"event"`
	Case  Code  `json:"case,omitzero"`
}

// Attach adds another report of the same thing to an open case (并入报告): the case
// keeps every source id, and each reporter is answered once.
type Attach struct {
	Case  Code  `json:"case"`
	Event Event `json:"event"`
}

// AskMore asks the reporter for more (要求补充), at most AsksMax times; T and R stand
// still meanwhile.
type AskMore struct {
	Case Code   `json:"case"`
	What string `json:"what"` // what is asked for, as a label
}

// Answer gives what was asked for (补充).
type Answer struct {
	Case Code `json:"case"`
}

// Reject ends a report that nothing can be done about (不予受理).
type Reject struct {
	Case    Code         `json:"case"`
	Reason  RejectReason `json:"reason"`
	Redress string       `json:"redress"` // how the reporter may seek redress
}

// Withdraw takes a report back (撤回): by its sole reporter, and never in a matter of
// safety.
type Withdraw struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason,omitzero"`
}

// Take makes somebody the one claimant of a case that waits for one (认领). Party may
// be a person too.
type Take struct {
	Case  Code `json:"case"`
	Party Code `json:"party"`
}

// Unclaim gives a claimed case back (放弃认领).
type Unclaim struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason,omitzero"`
}

func (FileSelf) verb() string { return "file_self" }
func (Attach) verb() string   { return "attach" }
func (AskMore) verb() string  { return "ask_more" }
func (Answer) verb() string   { return "answer" }
func (Reject) verb() string   { return "reject" }
func (Withdraw) verb() string { return "withdraw" }
func (Take) verb() string     { return "claim" }
func (Unclaim) verb() string  { return "unclaim" }

func (FileSelf) subject() Code   { return "" }
func (v Attach) subject() Code   { return v.Case }
func (v AskMore) subject() Code  { return v.Case }
func (v Answer) subject() Code   { return v.Case }
func (v Reject) subject() Code   { return v.Case }
func (v Withdraw) subject() Code { return v.Case }
func (v Take) subject() Code     { return v.Case }
func (v Unclaim) subject() Code  { return v.Case }

func (v AskMore) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("what", v.What)
	}
	return v, err
}

func (v Answer) clean() (Do, error) { return v, checkCodes("case", v.Case) }

func (v Reject) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("redress", v.Redress)
	}
	if err == nil {
		err = v.Reason.check()
	}
	return v, err
}

func (v Withdraw) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkLabels("reason", v.Reason)
	}
	return v, err
}

func (v Take) clean() (Do, error) {
	err := checkCodes("case", v.Case, "party", v.Party)
	return v, err
}

func (v Unclaim) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkLabels("reason", v.Reason)
	}
	return v, err
}

func (v FileSelf) clean() (Do, error) {
	do, err := File{Event: v.Event, Case: v.Case}.clean()
	if err == nil {
		v.Event, v.Case = do.(File).Event, do.(File).Case
	}
	return v, err
}

func (v Attach) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		v.Event, err = v.Event.clean()
	}
	return v, err
}
