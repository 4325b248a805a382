package dispatch

import (
	"fmt"
	"time"
)

// Assign sends people of the party that answers to the place (派员): one, or several
// up to SentMax. It replaces whoever was sent before. Everybody must be on duty then,
// of the party, have the skills that the matter asks for, for an enforcement matter
// (执法事项) be resident or mobile staff, and have been seen within Policy.Fresh, unless
// the event has no point or Override says why it does not matter.
type Assign struct {
	Case     Code   `json:"case"`
	People   []Sent `json:"people"`
	Override string `json:"override,omitzero"` // why an old position, or none, is good enough
}

// Sent is one person who is sent, and why just they: what responder.Rank answered, or
// what somebody entered by hand.
type Sent struct {
	Person Code      `json:"person"`
	Post   Code      `json:"post,omitzero"`   // on which they are sent; none is any
	Rank   int       `json:"rank,omitzero"`   // among those who were fit, from 1; 0 is not ranked
	Away   int64     `json:"away,omitzero"`   // metres, rounded
	Seen   time.Time `json:"seen,omitzero"`   // the instant of the position that Away was measured from
	Reason string    `json:"reason,omitzero"` // why they, as a label
}

// SentMax is how many people one case may have sent to it.
const SentMax = 16

// AwayMax is above the metres of any way on earth.
const AwayMax = 1 << 32

func (Assign) verb() string { return "assign" }

func (v Assign) subject() Code { return v.Case }

func (v Assign) clean() (Do, error) {
	err := checkCodes("case", v.Case)
	if err == nil {
		err = checkLabels("override", v.Override)
	}
	if err == nil {
		v.People, err = cleanSent(v.People)
	}
	if err == nil && len(v.People) == 0 {
		err = fmt.Errorf("%w: nobody is sent", ErrCommand)
	}
	return v, err
}

// cleanSent answers a checked copy of people of whom each is there once.
func cleanSent(list []Sent) ([]Sent, error) {
	if len(list) > SentMax {
		return nil, fmt.Errorf("%w: %d people are sent, at most %d", ErrCommand, len(list), SentMax)
	}
	list = cloneOrNil(list)
	seen := map[Code]bool{}
	for i := range list {
		p := &list[i]
		if err := checkCodes("person", p.Person); err != nil {
			return nil, err
		}
		if p.Post != "" {
			if err := checkCodes("post", p.Post); err != nil {
				return nil, err
			}
		}
		switch {
		case seen[p.Person]:
			return nil, fmt.Errorf("%w: %q is sent twice", ErrCommand, string(p.Person))
		case p.Rank < 0:
			return nil, fmt.Errorf("%w: rank is negative: %d", ErrCommand, p.Rank)
		case p.Away < 0 || p.Away > AwayMax:
			return nil, fmt.Errorf("%w: %d metres, at least 0 and at most %d", ErrCommand, p.Away, int64(AwayMax))
		}
		seen[p.Person] = true
		var err error
		if p.Seen, err = cleanTime("seen", p.Seen); err != nil {
			return nil, err
		}
		if err := checkLabels("reason", p.Reason); err != nil {
			return nil, err
		}
	}
	return list, nil
}
