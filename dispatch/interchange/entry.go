package interchange

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/code"
)

// TypePrefix begins the type of every event that carries an entry.
const TypePrefix = "org.gridgov.dispatch."

// EventType is the type of the event that carries a fact of the current format:
// "org.gridgov.dispatch.case_filed.v1". Empty for nil.
func EventType(fact dispatch.Fact) string {
	if fact == nil {
		return ""
	}
	return TypePrefix + dispatch.FactName(fact) + ".v" + strconv.Itoa(dispatch.EntryFormat)
}

// Envelope is what an event says besides its entry.
type Envelope struct {
	Source     string         // URI-reference of who sends; required
	Stream     dispatch.Code  // of the entries; may be empty when the source has one stream only
	Subject    string         // empty stands for the entry's case
	DataSchema string         // URI of a schema of entries, or empty
	Extensions map[string]any // as in CloudEvent
}

// Message is an entry and what its event said besides.
type Message struct {
	Entry    dispatch.Entry
	Envelope Envelope
}

// Encode is the entry as a CloudEvent in JSON, media type EventMedia. The same
// entry and envelope give the same bytes. The error is an *Error: ErrEntry with
// the cause for an entry that no Desk produced, ErrCode for a stream that is no
// code, then the faults of the envelope as CloudEvent.MarshalJSON gives them.
func Encode(entry dispatch.Entry, envelope Envelope) ([]byte, error) {
	f := newFaults()
	b := f.encode(entry, envelope)
	return b, f.err()
}

func (f *faults) encode(entry dispatch.Entry, envelope Envelope) []byte {
	data, err := entry.MarshalJSON()
	if err != nil {
		f.put(Fault{Index: f.index, Field: "data", Err: ErrEntry, Cause: err})
		return nil
	}
	id := strconv.FormatUint(entry.Seq, 10)
	if envelope.Stream != "" {
		if err := code.Check(envelope.Stream); err != nil {
			f.put(Fault{Index: f.index, Field: "id", Err: ErrCode, Args: []string{strconv.Quote(clip(string(envelope.Stream)))}, Cause: err})
			return nil
		}
		id = string(envelope.Stream) + "/" + id
	}
	subject := envelope.Subject
	if subject == "" {
		subject = string(entry.Case)
	}
	return f.write(&CloudEvent{
		ID: id, Source: envelope.Source, Type: EventType(entry.Fact), Subject: subject, Time: entry.At,
		ContentType: "application/json", DataSchema: envelope.DataSchema, Extensions: envelope.Extensions, Data: data,
	})
}

// Decode reads what Encode writes. The envelope's subject is as the event has it.
// The error is an *Error: the faults of the event as CloudEvent.UnmarshalJSON
// gives them, else ErrForeign for a type that is not of an entry, else ErrEntry
// with the cause, else ErrDuplicate for every member that an object in the data has
// twice, and ErrMismatch for every attribute (type, id, time) that contradicts the
// entry. A time that is missing contradicts nothing.
func Decode(data []byte) (dispatch.Entry, Envelope, error) {
	f := newFaults()
	if e, ok := f.cloudEvent(data); ok {
		if m, ok := f.message(&e); ok {
			return m.Entry, m.Envelope, nil
		}
	}
	return dispatch.Entry{}, Envelope{}, f.err()
}

// message reads the entry of an event.
func (f *faults) message(e *CloudEvent) (Message, bool) {
	before := f.count()
	fact, ok := strings.CutPrefix(e.Type, TypePrefix)
	cut := strings.LastIndex(fact, ".v")
	if !ok || cut < 0 {
		f.add("type", ErrForeign, strconv.Quote(e.Type))
		return Message{}, false
	}
	m := Message{Envelope: Envelope{Source: e.Source, Subject: e.Subject, DataSchema: e.DataSchema, Extensions: e.Extensions}}
	if e.Data == nil || !isJSON(e.ContentType) {
		f.add("data", ErrEntry)
		return m, false
	}
	if err := m.Entry.UnmarshalJSON(e.Data); err != nil {
		if f.unique("data", e.Data) {
			f.put(Fault{Index: f.index, Field: "data", Err: ErrEntry, Cause: err})
		}
		return m, false
	}
	var written struct {
		Format int `json:"format"`
	}
	_ = json.Unmarshal(e.Data, &written) // it was an object a line ago
	f.same("type", e.Type, TypePrefix+dispatch.FactName(m.Entry.Fact)+".v"+strconv.Itoa(written.Format))
	stream, number := "", e.ID
	if cut := strings.LastIndexByte(e.ID, '/'); cut >= 0 {
		stream, number = e.ID[:cut], e.ID[cut+1:]
		if err := code.Check(code.Code(stream)); err != nil {
			f.put(Fault{Index: f.index, Field: "id", Err: ErrCode, Args: []string{strconv.Quote(clip(stream))}, Cause: err})
		}
	}
	f.same("id", number, strconv.FormatUint(m.Entry.Seq, 10))
	m.Envelope.Stream = dispatch.Code(stream)
	if !e.Time.IsZero() {
		f.same("time", timeText(e.Time), timeText(m.Entry.At))
	}
	return m, f.count() == before
}

// same notes an attribute that is not what the entry makes it.
func (f *faults) same(field, found, want string) {
	if found != want {
		f.add(field, ErrMismatch, strconv.Quote(found), strconv.Quote(want))
	}
}
