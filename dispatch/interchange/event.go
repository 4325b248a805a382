package interchange

import (
	"strconv"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/code"
)

// Mapping says how the service requests of one endpoint become reports.
type Mapping struct {
	// Matters is the matter of each service code. A code that it lacks is Other;
	// an empty Other refuses it.
	Matters map[string]dispatch.Code
	Other   dispatch.Code
	// Prefix stands before the service request's id in the event's id, since two
	// endpoints may give the same: "sf-".
	Prefix  string
	Channel string        // of the event
	Area    dispatch.Code // of the event when the request has no point; may be empty
	// Due takes expected_datetime as a due that the source imposes.
	Due bool
	// Media is the kind of evidence that media_url becomes; empty leaves it out.
	Media string
}

// Event is the report that dispatch.File takes. Its external id is the service
// request's. It carries codes, the point, the due and the media URL: no
// description, notes, agency or address, and nothing personal, since a Request
// holds nothing personal.
//
// The error is an *Error at the request's Index with every fault: ErrCode when
// prefix and id make no code (a slash, a space, more than 96 bytes) or the matter
// or area is none, ErrService for a service code without a matter, ErrTooLong,
// ErrText and ErrNotUTF8 of the channel, the id or the media URL, ErrPoint,
// ErrTime. A request that ReadRequests answered and a Mapping of sound codes give
// an event that a Desk takes.
func (r Request) Event(m Mapping) (dispatch.Event, error) {
	f := newFaults()
	f.index = r.Index
	e := dispatch.Event{
		ID: dispatch.Code(m.Prefix + r.ID), Channel: m.Channel, ExternalID: r.ID, Point: clonePoint(r.Point),
	}
	f.code("service_request_id", e.ID)
	matter, ok := m.Matters[r.ServiceCode]
	if !ok {
		matter = m.Other
	}
	if matter == "" {
		f.add("service_code", ErrService, strconv.Quote(r.ServiceCode))
	} else if f.code("service_code", matter) {
		e.Matter = matter
	}
	f.label("service_request_id", r.ID, dispatch.LabelLenMax)
	f.label("channel", m.Channel, dispatch.LabelLenMax)
	if r.Point != nil {
		f.degreesCell("lat", r.Point.Lat(), 90)
		f.degreesCell("long", r.Point.Lon(), 180)
	} else if m.Area != "" && f.code("area", m.Area) {
		e.Area = m.Area
	}
	if m.Due {
		e.Due = r.Expected
		f.dateTime("expected_datetime", r.Expected)
	}
	if m.Media != "" && r.MediaURL != "" {
		f.label("media", m.Media, dispatch.LabelLenMax)
		f.label("media_url", r.MediaURL, dispatch.URILenMax)
		e.Evidence = []dispatch.Evidence{{Kind: m.Media, URI: r.MediaURL}}
	}
	if err := f.err(); err != nil {
		return dispatch.Event{}, err
	}
	return e, nil
}

// code notes what cannot be a code.
func (f *faults) code(field string, c dispatch.Code) bool {
	err := code.Check(c)
	if err != nil {
		f.put(Fault{Index: f.index, Field: field, Err: ErrCode, Args: []string{strconv.Quote(clip(string(c)))}, Cause: err})
	}
	return err == nil
}

// label notes what cannot be a label of an event. Limits are in bytes there.
func (f *faults) label(field, text string, most int) {
	if len(text) > most {
		f.add(field, ErrTooLong, strconv.Itoa(utf8.RuneCountInString(text)), strconv.Itoa(most)+" bytes")
		return
	}
	f.plain(field, text, false)
}
