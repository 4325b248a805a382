package points

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Entry is one recorded fact. Seq counts from 1 without gaps. Key and Sum are the
// digests of the key and of the body of a keyed command. At is a whole millisecond
// in UTC.
type Entry struct {
	Seq   uint64
	At    time.Time
	Key   keyed.Sum
	Sum   keyed.Sum
	Actor Actor
	Fact  Fact
}

// Outcome is what a command leads to. Entries are to be journaled and applied; they
// are none for an unkeyed refusal and for a replay. Seq is the sequence number of the
// command's entry, also on a replay, and 0 for an unkeyed refusal. Refusal is nil
// when the command is carried out; on a replay it is as it was then.
type Outcome struct {
	Seq      uint64
	Entries  []Entry
	Replayed bool
	Refusal  *Refusal
}

// firstMilli and lastMilli bound the instants of entries, so that in every zone
// their dates are ones that civil.Date can write.
var (
	firstMilli = civil.Date{Year: civil.YearMin, Month: time.January, Day: 3}.Number() * civil.Day
	lastMilli  = civil.Date{Year: civil.YearMax, Month: time.December, Day: 30}.Number()*civil.Day - 1
)

// millis is at as Unix milliseconds, or why it cannot be one.
func millis(at time.Time) (int64, error) {
	switch s := at.Unix(); {
	case at.Nanosecond()%int(time.Millisecond) != 0:
		return 0, &Error{Field: "at", Err: ErrNotMillis}
	case s < firstMilli/1000 || s > lastMilli/1000:
		return 0, &Error{Field: "at", Err: ErrTimeRange}
	}
	return at.UnixMilli(), nil
}

func instantOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// written is an Entry as JSON.
type written struct {
	Seq   uint64          `json:"seq"`
	At    string          `json:"at"`
	Key   keyed.Sum       `json:"key,omitzero"`
	Sum   keyed.Sum       `json:"sum,omitzero"`
	Actor Actor           `json:"actor,omitzero"`
	Fact  string          `json:"fact"`
	Body  json.RawMessage `json:"body"`
}

// MarshalJSON writes {"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded",
// "body":{…}}, with "key", "sum" and "actor" when there are. It fails with
// ErrNotMillis, ErrTimeRange or ErrFact for an entry no ledger produced.
func (e Entry) MarshalJSON() ([]byte, error) {
	ms, err := millis(e.At)
	if err != nil {
		return nil, err
	}
	name := FactName(e.Fact)
	if name == "" {
		return nil, &Error{Seq: e.Seq, Text: fmt.Sprintf("%T", e.Fact), Err: ErrFact}
	}
	body, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, err
	}
	return json.Marshal(written{e.Seq, instantOf(ms).Format(envelope.Stamp), e.Key, e.Sum, e.Actor, name, body})
}

// UnmarshalJSON reads what MarshalJSON writes: an unknown member, one that comes
// twice or in other letter case, an unknown fact, a missing body or an instant in
// another form is refused with ErrJSON or ErrFact, and e is unchanged. Whether the
// entry is possible is for Apply to say.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var w written
	if err := envelope.Decode(data, &w); err != nil {
		return &Error{Err: fmt.Errorf("%w: %w", ErrJSON, err)}
	}
	at, ok := envelope.Instant(w.At)
	if ok {
		_, err := millis(at)
		ok = err == nil
	}
	if !ok {
		return &Error{Seq: w.Seq, Field: "at", Text: w.At, Err: ErrJSON}
	}
	fact, err := decodeFact(w.Fact, w.Body)
	if err != nil {
		return &Error{Seq: w.Seq, What: w.Fact, Err: err}
	}
	*e = Entry{w.Seq, at, w.Key, w.Sum, w.Actor, fact}
	return nil
}

func decodeFact(name string, body []byte) (Fact, error) {
	switch name {
	case "adopted":
		return object[Adopted](body)
	case "awarded":
		return object[Awarded](body)
	case "deducted":
		return object[Deducted](body)
	case "reversed":
		return object[Reversed](body)
	case "refused":
		return object[Refused](body)
	}
	return nil, ErrFact
}

// DecodeDo reads the JSON object of a verb's fields, as Verbs lists them. It fails
// with ErrVerb for an unknown verb and ErrJSON for anything that is not an object of
// exactly such fields; fields left out are zero.
func DecodeDo(verb string, body []byte) (Do, error) {
	do, err := decodeDo(verb, body)
	if err != nil {
		return nil, &Error{What: verb, Err: err}
	}
	return do, nil
}

func decodeDo(verb string, body []byte) (Do, error) {
	switch verb {
	case "adopt":
		return object[Adopt](body)
	case "award":
		return object[Award](body)
	case "deduct":
		return object[Deduct](body)
	case "reverse":
		return object[Reverse](body)
	}
	return nil, ErrVerb
}

// object reads one JSON object as a T.
func object[T any](data []byte) (T, error) { return envelope.Object[T](data, ErrJSON) }
