package dispatch

import (
	"fmt"
	"time"
)

// Mandate is a matter handed down to a community (准入): the community does the
// work for the applicant with the powers and the money named here. A community
// may refuse what was never admitted.
type Mandate struct {
	ID        Code      `json:"id"`
	Matter    Code      `json:"matter"`
	Applicant Code      `json:"applicant"` // the party that hands the matter down
	Community Code      `json:"community"` // the party that takes it
	Approver  Code      `json:"approver"`  // the party or person that decided
	AppliedAt time.Time `json:"applied_at,omitzero"`
	Powers    []string  `json:"powers,omitempty"` // what the community may do, as labels
	People    int64     `json:"people,omitzero"`  // staff that come with it
	Fund      Code      `json:"fund,omitzero"`    // the fund line the money comes from
	Amount    int64     `json:"amount,omitzero"`  // fen; 0 is work without cost
	During    Interval  `json:"during,omitzero"`
	Basis     string    `json:"basis,omitzero"` // legal or documentary basis
}

// PowersMax is the largest number of powers in one mandate.
const PowersMax = 64

// Admission is a mandate as the Desk holds it.
type Admission struct {
	Mandate
	AdmittedAt time.Time `json:"admitted_at"`
	Actor      Actor     `json:"actor,omitzero"` // who entered the latest decision, or the application
	Version    uint64    `json:"version"`        // entries that touched it

	State MandateState `json:"state,omitzero"`
	Due   time.Time    `json:"due,omitzero"` // by when an application is to be decided
	// Provisional says that Due rests on days outside the published years.
	Provisional bool `json:"provisional,omitzero"`

	Overdue bool      `json:"overdue,omitzero"`  // nobody decided in time
	EndedAt time.Time `json:"ended_at,omitzero"` // when it was refused or revoked
	Reason  string    `json:"reason,omitzero"`
}

// MandateState is where an admission stands.
type MandateState string

// The states; the empty state is in force.
const (
	MandateInForce     MandateState = ""        // 已准入
	MandateApplication MandateState = "applied" // 已申请
	MandateRefused     MandateState = "refused" // 不予准入
	MandateEnded       MandateState = "revoked" // 已撤销
)

// clean answers a checked copy in UTC that shares nothing with the caller.
func (m Mandate) clean() (Mandate, error) {
	err := checkCodes("mandate", m.ID, "matter", m.Matter, "applicant", m.Applicant,
		"community", m.Community, "approver", m.Approver)
	if err == nil && m.Fund != "" {
		err = checkCodes("fund", m.Fund)
	}
	if err == nil {
		err = checkLabels("basis", m.Basis)
	}
	if err != nil {
		return m, err
	}
	switch {
	case m.Amount < 0:
		return m, fmt.Errorf("%w: amount is negative: %d", ErrCommand, m.Amount)
	case m.People < 0:
		return m, fmt.Errorf("%w: people are negative: %d", ErrCommand, m.People)
	case len(m.Powers) > PowersMax:
		return m, fmt.Errorf("%w: %d powers, at most %d", ErrCommand, len(m.Powers), PowersMax)
	case !m.During.Valid():
		return m, fmt.Errorf("%w: the mandate ends before it begins", ErrCommand)
	}
	for _, power := range m.Powers {
		if err := checkLabels("power", power); err != nil {
			return m, err
		}
	}
	m.Powers = cloneOrNil(m.Powers)
	if m.AppliedAt, err = cleanTime("applied at", m.AppliedAt); err != nil {
		return m, err
	}
	if m.During.From, err = cleanTime("from", m.During.From); err != nil {
		return m, err
	}
	m.During.Until, err = cleanTime("until", m.During.Until)
	return m, err
}
