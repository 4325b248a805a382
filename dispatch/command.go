package dispatch

import (
	"fmt"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Actor is who gives a command: a person, a post, or a person acting on a post.
// The zero Actor is the host itself, a system of record, and may do everything.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command asks a Desk to do something. A Key makes it safe to send again: the
// same key with the same actor and Do answers the first outcome for ever, with
// another body it is ErrReused. Expect, when not zero, must be the version of
// the case that is touched (the number of entries that touched it, 0 for what
// does not exist yet; for Install the number of installations), else the
// command is refused as stale.
type Command struct {
	Key    string
	Actor  Actor
	Expect uint64
	Do     Do
}

// Do is one of the verbs, given by value. Verbs lists them.
type Do interface {
	verb() string
	clean() (Do, error) // a checked copy in UTC that shares nothing with the caller
	subject() Code      // the case it works on, when there must be one
}

// Install puts rules in force (启用). Firings due before it are decided by the
// old rules, everything after by the new ones. Open cases that a new map puts
// elsewhere are re-placed: by their point, else by the same code, else they go
// to the duty desk. Where a new calendar moves a due of an open case, or of an application
// for admission, the later stands. Only the host may install. With Policy.Proved a list
// whose Certificate is not OK, or of another Directory, is refused as unproved.
type Install struct {
	Setup Setup `json:"setup"`
}

// File reports an event and opens a case for it (上报). The case has the event's
// id unless Case is given. Straight registers and dispatches in the same
// outcome when the place and the lead are certain; if not, the case is
// registered, the reason recorded, and the duty desk answers meanwhile. Anybody
// may file, at any place.
type File struct {
	Event    Event `json:"event"`
	Case     Code  `json:"case,omitzero"`
	Straight bool  `json:"straight,omitzero"`
	Link     Code  `json:"link,omitzero"` // an older case that this one goes on from, in memory or archived
}

// Register takes a report as a case (立案).
type Register struct {
	Case Code `json:"case"`
}

// Dispatch gives a case to the lead that the responsibility list names at that
// instant (派遣).
type Dispatch struct {
	Case   Code         `json:"case"`
	Owners []LayerOwner `json:"owners,omitempty"` // of the place now; none are those of the report, see Event
}

// Ack says that the lead has taken note (签收).
type Ack struct {
	Case Code `json:"case"`
}

// Start says that the lead begins (开始处置).
type Start struct {
	Case Code `json:"case"`
}

// Finish says that the work is done (处置完成). The duty desk may finish a
// registered case for which it is interim owner, or for which the list names no single
// lead, since it answers for it.
type Finish struct {
	Case     Code       `json:"case"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Override string     `json:"override,omitzero"` // why assisting parties are not waited for
	// Waiver says why evidence that the case's Terms ask for is not there (免证据). The
	// entry then names what is missing, and silence does not verify such a case.
	Waiver string `json:"waiver,omitzero"`
}

// Verify says that somebody other than the doer found it done (核查).
type Verify struct {
	Case Code `json:"case"`
}

// Close ends a case (结案). Satisfied may say what no call-back asked; against what the
// reporters said it is refused as answered.
type Close struct {
	Case      Code      `json:"case"`
	Outcome   string    `json:"outcome,omitzero"`
	Satisfied Satisfied `json:"satisfied,omitzero"`
	// Waiver says why the outcome is none that the matter knows; the entry then has it.
	Waiver string `json:"waiver,omitzero"`
}

// Admit records the decision to hand a matter down to a community (准入).
type Admit struct {
	Mandate Mandate `json:"mandate"`
}

func (Install) verb() string  { return "install" }
func (File) verb() string     { return "file" }
func (Register) verb() string { return "register" }
func (Dispatch) verb() string { return "dispatch" }
func (Ack) verb() string      { return "ack" }
func (Start) verb() string    { return "start" }
func (Finish) verb() string   { return "finish" }
func (Verify) verb() string   { return "verify" }
func (Close) verb() string    { return "close" }
func (Admit) verb() string    { return "admit" }

func (Install) subject() Code    { return "" }
func (File) subject() Code       { return "" }
func (v Register) subject() Code { return v.Case }
func (v Dispatch) subject() Code { return v.Case }
func (v Ack) subject() Code      { return v.Case }
func (v Start) subject() Code    { return v.Case }
func (v Finish) subject() Code   { return v.Case }
func (v Verify) subject() Code   { return v.Case }
func (v Close) subject() Code    { return v.Case }
func (Admit) subject() Code      { return "" }

func (v Install) clean() (Do, error) {
	setup, err := v.Setup.clean()
	return Install{setup}, err
}

func (v File) clean() (Do, error) {
	var err error
	if v.Event, err = v.Event.clean(); err != nil {
		return v, err
	}
	if v.Case == "" {
		v.Case = v.Event.ID
	}
	if v.Link != "" {
		if err := checkCodes("link", v.Link); err != nil {
			return v, err
		}
	}
	return v, checkCodes("case", v.Case)
}

func (v Register) clean() (Do, error) { return v, checkCodes("case", v.Case) }
func (v Ack) clean() (Do, error)      { return v, checkCodes("case", v.Case) }
func (v Start) clean() (Do, error)    { return v, checkCodes("case", v.Case) }
func (v Verify) clean() (Do, error)   { return v, checkCodes("case", v.Case) }

func (v Dispatch) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		v.Owners, err = cleanOwners(v.Owners)
	}
	return v, err
}

func (v Finish) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkLabels("override", v.Override, "waiver", v.Waiver)
	}
	if err == nil {
		v.Evidence, err = cleanEvidence(v.Evidence)
	}
	return v, err
}

func (v Close) clean() (Do, error) {
	if err := checkCodes("case", v.Case); err != nil {
		return v, err
	}
	if v.Satisfied != "" && v.Satisfied != SatisfiedYes && v.Satisfied != SatisfiedNo {
		return v, fmt.Errorf("%w: satisfied is %q, not yes or no", ErrCommand, string(v.Satisfied))
	}
	return v, checkLabels("outcome", v.Outcome, "waiver", v.Waiver)
}

func (v Admit) clean() (Do, error) {
	var err error
	v.Mandate, err = v.Mandate.clean()
	return v, err
}

// clean checks a command and puts it in the form in which it is compared and
// carried out.
func (c Command) clean() (Command, error) {
	if c.Do == nil {
		return c, fmt.Errorf("%w: nothing to do", ErrCommand)
	}
	if len(c.Key) > KeyLenMax {
		return c, fmt.Errorf("%w: key has %d bytes, at most %d", ErrCommand, len(c.Key), KeyLenMax)
	}
	for _, code := range []Code{c.Actor.Person, c.Actor.Post} {
		if code == "" {
			continue
		}
		if err := checkCodes("actor", code); err != nil {
			return c, err
		}
	}
	var err error
	c.Do, err = c.Do.clean()
	return c, err
}

// sums is the digests of the key and of the body, zero without a key.
func (c Command) sums() (key, body Sum, err error) {
	if c.Key == "" {
		return key, body, nil
	}
	body, err = c.bodySum()
	return keyed.Of([]byte(c.Key)), body, err
}
