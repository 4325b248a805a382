package council

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Sum is a SHA-256 digest, written in JSON as 64 hexadecimal digits.
type Sum = keyed.Sum

// Entry is one recorded fact. Seq counts from 1 without gaps. Key and Sum are
// the digests of the key and of the body of a keyed command; only its own first
// entry has them. At is a whole millisecond in UTC. What fired is recorded at the
// instant it fired, which may lie before the entry ahead of it.
type Entry struct {
	Seq   uint64
	At    time.Time
	Key   Sum
	Sum   Sum
	Actor Actor
	Fact  Fact
}

// Outcome is what a command or a tick leads to. Entries are to be journaled
// together and applied in order; they are none for an unkeyed refusal and for a
// replay. Seq is the sequence number of the command's own first entry (firings
// that it brings along come before), also on a replay; 0 for an unkeyed refusal
// and for a tick with nothing to do. Refusal is nil when the command is carried
// out; on a replay it is as it was then. More says that a tick left something due.
type Outcome struct {
	Seq      uint64
	Entries  []Entry
	Replayed bool
	Refusal  *Refusal
	More     bool
}

// written is an Entry as JSON.
type written struct {
	Seq   uint64          `json:"seq"`
	At    string          `json:"at"`
	Key   Sum             `json:"key,omitzero"`
	Sum   Sum             `json:"sum,omitzero"`
	Actor Actor           `json:"actor,omitzero"`
	Fact  string          `json:"fact"`
	Body  json.RawMessage `json:"body"`
}

// MarshalJSON writes {"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"raised",
// "body":{…}}, with "key", "sum" and "actor" when there are. It fails with
// ErrNotMillis, ErrTimeRange or ErrFact for an entry no minutes produced.
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
	return json.Marshal(written{e.Seq, date(ms).Format(stamp), e.Key, e.Sum, e.Actor, name, body})
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

// object reads one JSON object as a T.
func object[T any](data []byte) (T, error) { return envelope.Object[T](data, ErrJSON) }
