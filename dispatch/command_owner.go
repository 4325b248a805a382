package dispatch

// Return says that a case is somebody else's (退件): once for each party and case,
// before the acknowledgement, with a basis and naming whose it is. With the basis
// NotAdmitted a community refuses a matter that was never admitted for it, always.
type Return struct {
	Case  Code   `json:"case"`
	Basis string `json:"basis"`
	Party Code   `json:"party,omitzero"` // whose it is
}

// AcceptReturn agrees and gives the case to another party (同意退件).
type AcceptReturn struct {
	Case  Code `json:"case"`
	Party Code `json:"party,omitzero"` // empty is the party that the return names
}

// RefuseReturn does not agree (不同意退件).
type RefuseReturn struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Redirect puts right a dispatch to the wrong party (改派), before the
// acknowledgement; of a lead that exists no longer also afterwards, and after a final
// ruling.
type Redirect struct {
	Case   Code   `json:"case"`
	Party  Code   `json:"party,omitzero"` // empty is whom the list names now
	Reason string `json:"reason"`

	Owners []LayerOwner `json:"owners,omitempty"` // of the place now, as in Dispatch
}

// Dispute takes the question whose a case is to the dispute ladder (提出争议): by the
// lead once its return right is spent or with new facts, by the desk when the list
// names no single lead or the lead was relieved, by nobody after a final ruling.
type Dispute struct {
	Case     Code   `json:"case"`
	Basis    string `json:"basis"`
	Party    Code   `json:"party,omitzero"` // whose it is
	NewFacts bool   `json:"new_facts,omitzero"`
}

// Agree settles a dispute by the written consent of the new lead (协商一致).
type Agree struct {
	Case    Code   `json:"case"`
	Party   Code   `json:"party"`
	Consent string `json:"consent"` // where it is written
}

// Judge rules whose a disputed case is (裁定). It is for posts of the body itself.
type Judge struct {
	Case  Code   `json:"case"`
	Party Code   `json:"party"`
	Basis string `json:"basis"`
}

// JudgeNone rules that no authority is competent (裁定无主管), likewise.
type JudgeNone struct {
	Case    Code   `json:"case"`
	Basis   string `json:"basis"`
	Redress string `json:"redress"` // how the reporter may seek redress
}

// Appeal takes a ruling to the next level (申请复核), until Contention.AppealUntil and
// before the work is done; the ruling stands meanwhile.
type Appeal struct {
	Case  Code   `json:"case"`
	Basis string `json:"basis"`
}

func (Return) verb() string       { return "return" }
func (AcceptReturn) verb() string { return "accept_return" }
func (RefuseReturn) verb() string { return "refuse_return" }
func (Redirect) verb() string     { return "redirect" }
func (Dispute) verb() string      { return "dispute" }
func (Agree) verb() string        { return "agree" }
func (Judge) verb() string        { return "rule" }
func (JudgeNone) verb() string    { return "rule_none" }
func (Appeal) verb() string       { return "appeal" }

func (v Return) subject() Code       { return v.Case }
func (v AcceptReturn) subject() Code { return v.Case }
func (v RefuseReturn) subject() Code { return v.Case }
func (v Redirect) subject() Code     { return v.Case }
func (v Dispute) subject() Code      { return v.Case }
func (v Agree) subject() Code        { return v.Case }
func (v Judge) subject() Code        { return v.Case }
func (v JudgeNone) subject() Code    { return v.Case }
func (v Appeal) subject() Code       { return v.Case }

func (v Return) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("basis", v.Basis)
	}
	if err == nil && v.Party != "" {
		err = checkCodes("party", v.Party)
	}
	return v, err
}

func (v AcceptReturn) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil && v.Party != "" {
		err = checkCodes("party", v.Party)
	}
	return v, err
}

func (v RefuseReturn) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Redirect) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	if err == nil {
		v.Owners, err = cleanOwners(v.Owners)
	}
	if err == nil && v.Party != "" {
		err = checkCodes("party", v.Party)
	}
	return v, err
}

func (v Dispute) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("basis", v.Basis)
	}
	if err == nil && v.Party != "" {
		err = checkCodes("party", v.Party)
	}
	return v, err
}

func (v Agree) clean() (Do, error) {
	err := checkCodes("case", v.Case, "party", v.Party)
	if err == nil {
		err = checkStated("consent", v.Consent)
	}
	return v, err
}

func (v Judge) clean() (Do, error) {
	err := checkCodes("case", v.Case, "party", v.Party)
	if err == nil {
		err = checkStated("basis", v.Basis)
	}
	return v, err
}

func (v JudgeNone) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("basis", v.Basis, "redress", v.Redress)
	}
	return v, err
}

func (v Appeal) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("basis", v.Basis)
	}
	return v, err
}
