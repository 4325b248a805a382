package interchange

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch"
)

// ReadBatch reads events in the JSON Batch Format, media type BatchMedia, in
// their order. The error is an *Error with the faults of every event and its
// index; then there are no events. ErrTooLarge for more than ItemsMax events or
// DocumentMax bytes.
func ReadBatch(data []byte) ([]CloudEvent, error) {
	f := newFaults()
	var list []CloudEvent
	f.batch(data, func(e CloudEvent) { list = append(list, e) })
	if err := f.err(); err != nil {
		return nil, err
	}
	return list, nil
}

// batch calls do with every event that has no fault.
func (f *faults) batch(data []byte, do func(CloudEvent)) {
	switch {
	case len(data) > DocumentMax:
		f.add("", ErrTooLarge, strconv.Itoa(DocumentMax), "bytes")
		return
	case !utf8.Valid(data):
		f.add("", ErrNotUTF8)
		return
	}
	f.elements(data, func(_ int, raw json.RawMessage) {
		if e, ok := f.cloudEvent(raw); ok {
			do(e)
		}
	})
}

// WriteBatch is events in the JSON Batch Format. Its errors are as those of
// ReadBatch.
func WriteBatch(events []CloudEvent) ([]byte, error) {
	return writeBatch(len(events), func(f *faults, i int) []byte {
		e := events[i]
		return f.write(&e)
	})
}

// EncodeBatch is entries as Encode writes them, in the JSON Batch Format, all with
// one envelope. The error is an *Error with the faults of every entry and its
// index.
func EncodeBatch(entries []dispatch.Entry, envelope Envelope) ([]byte, error) {
	return writeBatch(len(entries), func(f *faults, i int) []byte { return f.encode(entries[i], envelope) })
}

func writeBatch(n int, one func(f *faults, i int) []byte) ([]byte, error) {
	f := newFaults()
	if n > ItemsMax {
		f.add("", ErrTooLarge, strconv.Itoa(ItemsMax), "items")
		return nil, f.err()
	}
	b := []byte{'['}
	for i := range n {
		f.index = i
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, one(f, i)...)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return append(b, ']'), nil
}

// DecodeBatch reads what EncodeBatch writes, in its order. The error is an *Error
// with the faults of every event and its index, as Decode gives them; then there
// are no messages, since a stream with a gap is of no use.
func DecodeBatch(data []byte) ([]Message, error) {
	f := newFaults()
	var list []Message
	f.batch(data, func(e CloudEvent) {
		if m, ok := f.message(&e); ok {
			list = append(list, m)
		}
	})
	if err := f.err(); err != nil {
		return nil, err
	}
	return list, nil
}
