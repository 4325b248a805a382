package dispatch

import (
	"fmt"
)

// Note says that the regulator or the rectifier of a dual push has taken note (接收).
type Note struct {
	Case Code `json:"case"`
	Role Role `json:"role"`
}

// Contest denies the finding, as its rectifier (异议); the regulator decides.
type Contest struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// Mend says that it was mended (整改完成), as its rectifier, or as the lead in the place
// of a rectifier that ran out of time.
type Mend struct {
	Case     Code       `json:"case"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Accept accepts the mending or the objection, as regulator (验收).
type Accept struct {
	Case Code `json:"case"`
}

// Decline does not accept it (验收不通过): the rectifier has to mend.
type Decline struct {
	Case   Code   `json:"case"`
	Reason string `json:"reason"`
}

// AssistDone says that an assisting party has done its part (协办完成).
type AssistDone struct {
	Case  Code `json:"case"`
	Party Code `json:"party"`
}

func (Note) verb() string       { return "note" }
func (Contest) verb() string    { return "contest" }
func (Mend) verb() string       { return "mend" }
func (Accept) verb() string     { return "accept" }
func (Decline) verb() string    { return "decline" }
func (AssistDone) verb() string { return "assist_done" }

func (v Note) subject() Code       { return v.Case }
func (v Contest) subject() Code    { return v.Case }
func (v Mend) subject() Code       { return v.Case }
func (v Accept) subject() Code     { return v.Case }
func (v Decline) subject() Code    { return v.Case }
func (v AssistDone) subject() Code { return v.Case }

func (v Contest) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v Accept) clean() (Do, error) { return v, checkCodes("case", v.Case) }

func (v Decline) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkStated("reason", v.Reason)
	}
	return v, err
}

func (v AssistDone) clean() (Do, error) {
	err := checkCodes("case", v.Case, "party", v.Party)
	return v, err
}

func (v Note) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil && v.Role != Regulator && v.Role != Rectifier {
		err = fmt.Errorf("%w: role is %q, not regulator or rectifier", ErrCommand, string(v.Role))
	}
	return v, err
}

func (v Mend) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		v.Evidence, err = cleanEvidence(v.Evidence)
	}
	return v, err
}
