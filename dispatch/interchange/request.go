package interchange

import (
	"time"

	"github.com/paulmach/orb"
)

// Limits on the fields of a service request, in characters. That of the
// description is the specification's.
const (
	DescriptionMax = 4000
	TextMax        = 1024 // every other text: notes, notice, names, address, URL
	KeyMax         = 256  // ids and codes
	ExtraMax       = 32   // names of unknown fields that a Request keeps
)

// Status is the status of a service request.
type Status string

// The statuses of GeoReport v2.
const (
	Open   Status = "open"   // it has been reported
	Closed Status = "closed" // it has been resolved
)

// Request is one service request (诉求工单) of GeoReport v2. Only ID, Status,
// ServiceCode and Requested are required. Texts have no spaces at their ends.
type Request struct {
	ID          string     // service_request_id
	Status      Status     // status
	Notes       string     // status_notes: why it has this status
	ServiceName string     // service_name
	ServiceCode string     // service_code
	Description string     // description: the reporter's words, may have lines
	Agency      string     // agency_responsible
	Notice      string     // service_notice: what will be done
	Requested   time.Time  // requested_datetime, UTC, whole milliseconds
	Updated     time.Time  // updated_datetime, zero when not given
	Expected    time.Time  // expected_datetime, zero when not given
	Address     string     // address
	AddressID   string     // address_id
	Zipcode     string     // zipcode
	Point       *orb.Point // lat, long: WGS84 degrees {lng, lat}; nil when not given
	MediaURL    string     // media_url

	Index    int      // its place in what was read, from 0
	Personal int      // personal fields that were dropped
	Extra    []string // names of the first ExtraMax fields that the specification lacks, in order
}

// fieldNames is the fields of a service request in the order of the
// specification.
var fieldNames = [...]string{
	"service_request_id", "status", "status_notes", "service_name", "service_code", "description",
	"agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
	"address", "address_id", "zipcode", "lat", "long", "media_url",
}

// text is where the text of a field goes and how long it may be, nil for a field
// that is no text.
func (r *Request) text(field string) (*string, int) {
	switch field {
	case "service_request_id":
		return &r.ID, KeyMax
	case "status":
		return (*string)(&r.Status), KeyMax
	case "status_notes":
		return &r.Notes, TextMax
	case "service_name":
		return &r.ServiceName, TextMax
	case "service_code":
		return &r.ServiceCode, KeyMax
	case "description":
		return &r.Description, DescriptionMax
	case "agency_responsible":
		return &r.Agency, TextMax
	case "service_notice":
		return &r.Notice, TextMax
	case "address":
		return &r.Address, TextMax
	case "address_id":
		return &r.AddressID, KeyMax
	case "zipcode":
		return &r.Zipcode, KeyMax
	case "media_url":
		return &r.MediaURL, TextMax
	}
	return nil, 0
}

// when is where the instant of a field goes, nil for any other field.
func (r *Request) when(field string) *time.Time {
	switch field {
	case "requested_datetime":
		return &r.Requested
	case "updated_datetime":
		return &r.Updated
	case "expected_datetime":
		return &r.Expected
	}
	return nil
}

// personal reports whether a field is about the person who reports, or about
// their device.
func personal(field string) bool {
	switch field {
	case "email", "device_id", "account_id", "first_name", "last_name", "phone":
		return true
	}
	return false
}

// numeric reports whether a field may be a JSON number, as in the
// specification's own samples.
func numeric(field string) bool {
	switch field {
	case "service_request_id", "service_code", "address_id", "zipcode", "lat", "long":
		return true
	}
	return false
}
