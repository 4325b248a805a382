package dispatch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/gridgov/gridgov/internal/jsonname"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Sum is a SHA-256 digest, 64 hexadecimal digits in JSON.
type Sum = keyed.Sum

// EntryFormat is the number of the JSON form of an Entry. Every older form is
// read for ever.
const EntryFormat = 1

// Entry is one recorded fact. Seq counts from 1 without a gap. At is a whole
// millisecond in UTC; a firing has the instant at which it fell due to fire, so
// At need not rise with Seq, but it does within one case. Case is the case that
// the fact touches; Clocks are all its dues after the fact. Key and Sum are the
// digests of the key and of the body of a keyed command, on the command's own
// first entry. Entries are not to be modified.
type Entry struct {
	Seq    uint64
	At     time.Time
	Case   Code
	Actor  Actor
	Key    Sum
	Sum    Sum
	Clocks Clocks
	Fact   Fact
}

// stamp is the layout of an instant in an entry.
const stamp = "2006-01-02T15:04:05.000Z"

// entryJSON is an Entry as it is written.
type entryJSON struct {
	Format int             `json:"format"`
	Seq    uint64          `json:"seq"`
	At     string          `json:"at"`
	Case   Code            `json:"case,omitzero"`
	Actor  Actor           `json:"actor,omitzero"`
	Key    Sum             `json:"key,omitzero"`
	Sum    Sum             `json:"sum,omitzero"`
	Clocks Clocks          `json:"clocks,omitzero"`
	Fact   string          `json:"fact"`
	Body   json.RawMessage `json:"body"`
}

// MarshalJSON writes {"format":1,"seq":1,"at":"2026-03-02T09:00:00.000Z",
// "case":"E1","fact":"acknowledged","body":{}}, with actor, key, sum and clocks
// when there are. It fails on an entry that no Desk produced: ErrTimeRange,
// ErrNotMillis, ErrEntry without a fact.
func (e Entry) MarshalJSON() ([]byte, error) {
	at, err := instantOf(e.At)
	if err == nil && e.Fact == nil {
		err = ErrEntry
	}
	if err != nil {
		return nil, &DeskError{Verb: FactName(e.Fact), Seq: e.Seq, Err: err}
	}
	body, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, err
	}
	return json.Marshal(entryJSON{
		EntryFormat, e.Seq, at.time().Format(stamp), e.Case, e.Actor, e.Key, e.Sum, e.Clocks, e.Fact.fact(), body,
	})
}

// UnmarshalJSON reads what MarshalJSON writes and nothing else: an unknown
// format is ErrFormat; an unknown field or fact, a member that comes twice or in
// other letter case, a missing body or an instant in another form is ErrEntry. Then e
// is unchanged. Whether the entry is possible
// is for Apply to say.
func (e *Entry) UnmarshalJSON(data []byte) error {
	w, err := decodeAs[entryJSON](data)
	if err != nil {
		return &DeskError{Verb: "entry", Err: err}
	}
	if w.Format != EntryFormat {
		return &DeskError{Verb: w.Fact, Seq: w.Seq, Err: fmt.Errorf("%w: %d", ErrFormat, w.Format)}
	}
	at, err := time.Parse(stamp, w.At)
	if err == nil {
		_, err = instantOf(at)
	}
	if err == nil && at.Format(stamp) != w.At { // time.Parse takes a comma for the point
		err = fmt.Errorf("instant %q", w.At)
	}
	if err != nil {
		return &DeskError{Verb: w.Fact, Seq: w.Seq, Err: fmt.Errorf("%w: %w", ErrEntry, err)}
	}
	fact, err := decodeFact(w.Fact, w.Body)
	if err != nil {
		return &DeskError{Verb: w.Fact, Seq: w.Seq, Err: err}
	}
	if err := asWritten(data); err != nil {
		return &DeskError{Verb: w.Fact, Seq: w.Seq, Err: err}
	}
	*e = Entry{w.Seq, at.UTC(), w.Case, w.Actor, w.Key, w.Sum, w.Clocks, fact}
	return nil
}

// decodeAs reads exactly one JSON object with no field that T lacks.
func decodeAs[T any](data []byte) (T, error) {
	var v T
	if len(data) == 0 || data[0] != '{' {
		return v, fmt.Errorf("%w: not an object", ErrEntry)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, fmt.Errorf("%w: %w", ErrEntry, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return v, fmt.Errorf("%w: more than one object", ErrEntry)
	}
	return v, nil
}

// asWritten refuses, in an entry whose members are all known, one that an object has
// twice and one in other letter case: all are written in small letters. encoding/json
// takes the last of such, another reader the first.
func asWritten(data []byte) (err error) {
	jsonname.Walk(data, false, func(name []byte, again bool) bool {
		switch {
		case again:
			err = fmt.Errorf("%w: member %q comes twice", ErrEntry, name)
		case !small(name):
			err = fmt.Errorf("%w: member %q is in other letter case", ErrEntry, name)
		}
		return err == nil
	})
	return err
}

// small reports whether a name has neither capital letters nor any that are no ASCII.
func small(name []byte) bool {
	for _, c := range name {
		if c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
