package interchange

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// The media types of one event and of a batch in JSON.
const (
	EventMedia = "application/cloudevents+json"
	BatchMedia = "application/cloudevents-batch+json"
)

// specVersion is the version of CloudEvents that is read and written.
const specVersion = "1.0"

// CloudEvent is one event of CloudEvents 1.0 with any type and data. Attributes
// that are empty, zero or nil are unset.
type CloudEvent struct {
	ID          string // unique in its source
	Source      string // URI-reference
	Type        string
	Subject     string
	Time        time.Time // written in UTC with the digits after the second that it needs
	ContentType string    // media type of the data; unset stands for application/json
	DataSchema  string    // URI with a scheme
	// Extensions are the attributes that the specification does not name: bool,
	// int32 or string. In JSON binary values, URIs and times are strings too.
	Extensions map[string]any
	// Data is a JSON value; a JSON string when ContentType does not declare JSON.
	// nil is no data, "null" is the data null.
	Data json.RawMessage
	// Binary is data that was or is to be Base64 encoded. Not nil excludes Data.
	Binary []byte
}

// UnmarshalJSON reads one event in the JSON Event Format. The error is an *Error
// with every fault and its attribute; then e is unchanged. ErrNotUTF8, ErrSyntax
// and ErrShape of the whole come first and alone; then ErrTooLarge, ErrDuplicate,
// ErrName, ErrType, ErrText, ErrVersion, ErrURI, ErrTime, ErrMedia and ErrData of
// members in their order; then ErrMissing.
func (e *CloudEvent) UnmarshalJSON(data []byte) error {
	f := newFaults()
	if read, ok := f.cloudEvent(data); ok {
		*e = read
		return nil
	}
	return f.err()
}

// cloudEvent reads one event and reports whether it has no fault.
func (f *faults) cloudEvent(data []byte) (CloudEvent, bool) {
	before := f.count()
	if !utf8.Valid(data) {
		f.add("", ErrNotUTF8)
		return CloudEvent{}, false
	}
	list, ok := f.members(data)
	if !ok {
		return CloudEvent{}, false
	}
	var e CloudEvent
	version := ""
	for _, m := range list {
		switch text := coreText(&e, m.name, &version); {
		case m.name == "data":
			e.Data = slices.Clone(m.raw)
		case m.null():
		case m.name == "data_base64":
			e.Binary = f.base64(m)
		case text != nil:
			if s, ok := f.str(m); ok && f.filled(m.name, s) && f.plain(m.name, s, false) {
				*text = s
			}
		case m.name == "time":
			if s, ok := f.str(m); ok {
				e.Time = f.timestamp(m.name, s)
			}
		case !attributeName(m.name):
			f.add(m.name, ErrName, strconv.Itoa(NameLenMax))
		default:
			if v, ok := f.extension(m); ok {
				if e.Extensions == nil {
					e.Extensions = map[string]any{}
				}
				e.Extensions[m.name] = v
			}
		}
	}
	f.check(&e)
	switch {
	case version == "" && !slices.ContainsFunc(list, func(m member) bool { return m.name == "specversion" && !m.null() }):
		f.add("specversion", ErrMissing)
	case version != "" && version != specVersion:
		f.add("specversion", ErrVersion, strconv.Quote(version))
	}
	return e, f.count() == before
}

// coreText is where the text of an attribute of the specification goes, nil for
// any other member.
func coreText(e *CloudEvent, name string, version *string) *string {
	switch name {
	case "specversion":
		return version
	case "id":
		return &e.ID
	case "source":
		return &e.Source
	case "type":
		return &e.Type
	case "subject":
		return &e.Subject
	case "datacontenttype":
		return &e.ContentType
	case "dataschema":
		return &e.DataSchema
	}
	return nil
}

// filled notes an attribute that is there and empty.
func (f *faults) filled(field, s string) bool {
	if s == "" {
		f.add(field, ErrType, `""`, "string that is not empty")
	}
	return s != ""
}

func (f *faults) base64(m member) []byte {
	s, ok := f.str(m)
	if !ok {
		return nil
	}
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil {
		f.put(Fault{Index: f.index, Field: m.name, Err: ErrData, Args: []string{"not Base64"}, Cause: err})
	}
	return b
}

// check notes what is wrong with an event that was read or is to be written, but
// for the texts that cannot be.
func (f *faults) check(e *CloudEvent) {
	noted := func(field string) bool {
		return slices.ContainsFunc(f.list, func(v Fault) bool { return v.Index == f.index && v.Field == field })
	}
	for _, required := range []struct{ name, value string }{{"id", e.ID}, {"source", e.Source}, {"type", e.Type}} {
		if required.value == "" && !noted(required.name) {
			f.add(required.name, ErrMissing)
		}
	}
	if e.Source != "" {
		f.uri("source", e.Source, false)
	}
	if e.DataSchema != "" {
		f.uri("dataschema", e.DataSchema, true)
	}
	if e.ContentType != "" {
		f.media("datacontenttype", e.ContentType)
	}
	switch {
	case e.Data != nil && e.Binary != nil:
		f.add("data_base64", ErrData, "data and data_base64")
	case e.Data != nil && !isJSON(e.ContentType) && e.Data[0] != '"':
		f.add("data", ErrData, "not a string, though its content type is not JSON")
	}
}

// MarshalJSON writes the event in the JSON Event Format: the specification's
// attributes, the extensions by name, then the data. The error is an *Error with
// every fault and its attribute.
func (e CloudEvent) MarshalJSON() ([]byte, error) {
	f := newFaults()
	b := f.write(&e)
	return b, f.err()
}

func (f *faults) write(e *CloudEvent) []byte {
	before := f.count()
	var data bytes.Buffer
	if e.Data != nil && (!utf8.Valid(e.Data) || json.Compact(&data, e.Data) != nil || data.Len() == 0) {
		f.add("data", ErrData, "not JSON")
		e.Data = nil
	}
	if e.Data != nil {
		e.Data = data.Bytes()
	}
	f.check(e)
	b := []byte(`{"specversion":"` + specVersion + `"`)
	text := func(name, value string) {
		if value != "" && f.plain(name, value, false) {
			b = append(append(b, `,"`+name+`":`...), quote(value)...)
		}
	}
	text("id", e.ID)
	text("source", e.Source)
	text("type", e.Type)
	text("subject", e.Subject)
	if !e.Time.IsZero() {
		if !datable(e.Time) {
			f.add("time", ErrTime, strconv.Quote(e.Time.String()))
		}
		text("time", timeText(e.Time))
	}
	text("datacontenttype", e.ContentType)
	text("dataschema", e.DataSchema)
	for _, name := range slices.Sorted(maps.Keys(e.Extensions)) {
		if !attributeName(name) || reserved(name) {
			f.add(name, ErrName, strconv.Itoa(NameLenMax))
			continue
		}
		b = append(append(b, `,"`+name+`":`...), f.extensionJSON(name, e.Extensions[name])...)
	}
	switch {
	case e.Binary != nil:
		b = append(append(b, `,"data_base64":`...), quote(base64.StdEncoding.EncodeToString(e.Binary))...)
	case e.Data != nil:
		b = append(append(b, `,"data":`...), e.Data...)
	}
	if f.count() != before {
		return nil
	}
	return append(b, '}')
}

// timeText is an instant with milliseconds, or with all its digits if it has more.
func timeText(t time.Time) string {
	if t = t.UTC(); t.Equal(t.Truncate(time.Millisecond)) {
		return t.Format(stamp)
	}
	return t.Format(time.RFC3339Nano)
}
