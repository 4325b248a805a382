package interchange

import (
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// Publication says how cases are shown to the public.
type Publication struct {
	Lang     string                   // of status_notes: "zh" is Chinese, anything else English
	Services map[dispatch.Code]string // names of matters; a matter that it lacks has its code
	Agencies map[dispatch.Code]string // public names of parties; a party that it lacks is not shown
	// Notes, by state, stand instead of the texts of Lang.
	Notes     map[dispatch.State]string
	HidePoint bool // leaves the place out, as where it is somebody's home
}

// FromCase is what the public may know of a case as a service request: the id of
// the case, open until it is closed, the state in words, who answers (for a
// closed case, who led), when it was filed and last touched, and when it is due.
// Description, address, zipcode and media are the caller's to add, who knows what
// may be shown. A state that has no text is shown by its code.
//
// What is not a field of a service request is not there: no person, no evidence,
// no cost, no channel, no external id.
func FromCase(c dispatch.Case, p Publication) Request {
	r := Request{
		ID: string(c.ID), Status: Closed, ServiceCode: string(c.Event.Matter), ServiceName: p.Services[c.Event.Matter],
		Notes: p.Notes[c.State], Requested: c.FiledAt.UTC(), Expected: utcOrZero(c.DueAt), Updated: touched(c),
	}
	answers := c.Lead.Party
	if c.State.Open() {
		r.Status, answers = Open, c.Answers.Party
	}
	r.Agency = p.Agencies[answers]
	if r.ServiceName == "" {
		r.ServiceName = r.ServiceCode
	}
	if key := "state-" + string(c.State); r.Notes == "" {
		if _, known := texts[key]; known {
			r.Notes = texts.Text(p.Lang, key)
		} else {
			r.Notes = string(c.State)
		}
	}
	if !p.HidePoint {
		r.Point = clonePoint(c.Event.Point)
	}
	return r
}

// touched is when a case last took a step, which for a closed one is its closing.
func touched(c dispatch.Case) time.Time {
	last := c.FiledAt
	for _, at := range []time.Time{
		c.RegisteredAt, c.DispatchedAt, c.AcknowledgedAt, c.StartedAt, c.DoneAt, c.VerifiedAt, c.ClosedAt,
	} {
		if at.After(last) {
			last = at
		}
	}
	return utcOrZero(last)
}

func utcOrZero(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}
