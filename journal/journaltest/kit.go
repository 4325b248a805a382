package journaltest

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// alpha and beta are two streams that must not mix.
const alpha, beta = "majiang/alpha", "majiang/beta"

// start is the recorded instant of the first record: 2026-01-01T00:00:00Z.
const start journal.Instant = 1767225600000

// salt is long enough.
var salt = []byte("0123456789abcdef")

// sum is a digest made from a text, for keys and bodies.
func sum(text string) journal.Sum {
	return journal.Private{Data: []byte(text)}.Sum()
}

// record is unkeyed record number n of a test.
func record(n int) journal.Record {
	at := start + journal.Instant(n)
	return journal.Record{
		Kind: "test/record", Recorded: at, Effective: at - 500,
		Body: fmt.Appendf(nil, `{"format":1,"entries":[%d]}`, n),
	}
}

// keyed is record n with a key and the digest of a body.
func keyed(n int, key, body string) journal.Record {
	r := record(n)
	r.Key, r.Sum = sum(key), sum(body)
	return r
}

func batch(stream string, expect journal.Seq, records ...journal.Record) journal.Batch {
	return journal.Batch{Stream: stream, Expect: expect, Records: records}
}

// put appends records that must be taken and answers them as sealed.
func put(t T, s journal.Store, stream string, records ...journal.Record) []journal.Record {
	t.Helper()
	before := head(t, s, stream)
	want, end, err := journal.Seal(stream, before, records)
	require.NoError(t, err)
	got, err := s.Append(t.Context(), batch(stream, before.Seq, records...))
	require.NoError(t, err, "append to %s after %d", stream, before.Seq)
	require.Equal(t, journal.Receipt{First: before.Seq + 1, Last: end.Seq, Head: end}, got, "receipt")
	return want
}

// fill appends n records, one batch each, and answers them as sealed.
func fill(t T, s journal.Store, stream string, n int) []journal.Record {
	t.Helper()
	var all []journal.Record
	for i := range n {
		all = append(all, put(t, s, stream, record(i))...)
	}
	return all
}

func head(t T, s journal.Store, stream string) journal.Head {
	t.Helper()
	h, err := s.Head(t.Context(), stream)
	require.NoError(t, err, "head of %s", stream)
	return h
}

// read is the stream from a number on.
func read(t T, s journal.Store, stream string, from journal.Seq) []journal.Record {
	t.Helper()
	var all []journal.Record
	for r, err := range s.Read(t.Context(), stream, from) {
		require.NoError(t, err, "read %s from %d", stream, from)
		all = append(all, r)
	}
	return all
}

// holds demands that the stream is exactly want, by Read, Head and Verify.
func holds(t T, s journal.Store, stream string, want []journal.Record) {
	t.Helper()
	same(t, want, read(t, s, stream, 0))
	var end journal.Head
	if len(want) > 0 {
		end = want[len(want)-1].Head()
	}
	require.Equal(t, end, head(t, s, stream), "head of %s", stream)
	got, err := journal.Verify(t.Context(), s, stream)
	require.NoError(t, err, "verify %s", stream)
	require.Equal(t, end, got, "verified head of %s", stream)
}

// same demands equal records, or slices of records; nil and empty bytes are equal.
// A difference is shown with bodies cut short, since they may have megabytes.
func same[R journal.Record | []journal.Record](t T, want, got R) {
	t.Helper()
	w, g := list(want), list(got)
	if !slices.EqualFunc(w, g, equal) {
		t.Errorf("records differ (-want +got):\n%s", cmp.Diff(brief(w), brief(g)))
		t.FailNow()
	}
}

func list[R journal.Record | []journal.Record](r R) []journal.Record {
	if one, ok := any(r).(journal.Record); ok {
		return []journal.Record{one}
	}
	return any(r).([]journal.Record)
}

func equal(a, b journal.Record) bool {
	x, errX := a.MarshalBinary()
	y, errY := b.MarshalBinary()
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func brief(records []journal.Record) []journal.Record {
	var out []journal.Record
	for _, r := range records {
		r.Body = append([]byte{}, r.Body[:min(len(r.Body), 300)]...)
		out = append(out, r)
	}
	return out
}

// refused demands that a batch is refused with an error and leaves no trace.
func refused(t T, s journal.Store, b journal.Batch, want error) *journal.Fault {
	t.Helper()
	before := head(t, s, b.Stream)
	_, err := s.Append(t.Context(), b)
	require.ErrorIs(t, err, want)
	require.Equal(t, before, head(t, s, b.Stream), "a refused batch moved the head")
	var f *journal.Fault
	require.ErrorAs(t, err, &f, "the error is not a *journal.Fault")
	return f
}
