package rounds

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Entry is one recorded fact. Seq counts from 1 without gaps. Key and Sum are
// the digests of the key and of the body of a keyed command; only its own
// entry has them. At is a whole millisecond in UTC.
type Entry struct {
	Seq   uint64
	At    time.Time
	Key   keyed.Sum
	Sum   keyed.Sum
	Actor Actor
	Fact  Fact
}

// Outcome is what a command leads to. Entries are to be journaled together and
// applied in order; they are none for an unkeyed refusal and for a replay. Seq
// is the sequence number of the command's own entry (firings that it brings along
// come before), also on a replay; 0 for an unkeyed refusal and for an empty tick.
// Refusal is nil when the command is carried out; on a replay it is as it was
// then. More says that a tick left something due.
type Outcome struct {
	Seq      uint64
	Entries  []Entry
	Replayed bool
	Refusal  *Refusal
	More     bool
}

// stamp is the layout of an instant in an entry.
const stamp = envelope.Stamp

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

// MarshalJSON writes {"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"enrolled",
// "body":{…}}, with "key", "sum" and "actor" when there are. It fails with
// ErrNotMillis, ErrTimeRange or ErrFact for an entry no log produced.
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
	return json.Marshal(written{e.Seq, time.UnixMilli(ms).UTC().Format(stamp), e.Key, e.Sum, e.Actor, name, body})
}

// UnmarshalJSON reads what MarshalJSON writes and nothing else: an unknown
// field, an unknown fact, a missing body or an instant in another form is
// refused with ErrJSON or ErrFact, and e is unchanged. Whether the entry is
// possible is for Apply to say.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var w written
	if err := envelope.Decode(data, &w); err != nil {
		return &Error{Err: fmt.Errorf("%w: %w", ErrJSON, err)}
	}
	at, ok := envelope.Instant(w.At)
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
	case "enrolled":
		return object[Enrolled](body)
	case "reclassed":
		return object[Reclassed](body)
	case "left":
		return object[Left](body)
	case "planned":
		return object[Planned](body)
	case "amended":
		return object[Amended](body)
	case "ended":
		return object[Ended](body)
	case "formed":
		return object[Formed](body)
	case "dissolved":
		return object[Dissolved](body)
	case "joined":
		return object[Joined](body)
	case "parted":
		return object[Parted](body)
	case "visited":
		return object[Visited](body)
	case "missed":
		return object[Missed](body)
	case "closed":
		return object[Closed](body)
	case "briefed":
		return object[Briefed](body)
	case "reported":
		return object[Reported](body)
	case "debriefed":
		return object[Debriefed](body)
	case "not_debriefed":
		return object[NotDebriefed](body)
	case "attended":
		return object[Attended](body)
	case "refused":
		return object[Refused](body)
	}
	return nil, ErrFact
}

// DecodeDo reads the JSON object of a verb's fields, as Verbs lists them. It
// fails with ErrVerb for an unknown verb and ErrJSON for anything that is not
// an object of exactly such fields; fields left out are zero.
func DecodeDo(verb string, body []byte) (Do, error) {
	do, err := decodeDo(verb, body)
	if err != nil {
		return nil, &Error{What: verb, Err: err}
	}
	return do, nil
}

// object reads one JSON object as a T.
func object[T any](data []byte) (T, error) { return envelope.Object[T](data, ErrJSON) }
