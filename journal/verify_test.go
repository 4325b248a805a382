package journal_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
)

// forged is a store that reads as the records it was given.
type forged struct {
	*journal.Memory
	records []journal.Record
	head    journal.Head
}

func (f *forged) Head(context.Context, string) (journal.Head, error) { return f.head, nil }

func (f *forged) Read(_ context.Context, _ string, from journal.Seq) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		for _, r := range f.records[min(int(max(from, 1)-1), len(f.records)):] {
			if !yield(r.Clone(), nil) {
				return
			}
		}
	}
}

// forge is a store with n good records.
func forge(t require.TestingT, n int) *forged {
	f := &forged{}
	for i := range n {
		at := journal.Instant(day.UnixMilli() + int64(i))
		r := journal.Record{
			Recorded: at, Effective: at, Kind: "till/move", Body: fmt.Appendf(nil, `{"format":1,"entries":[{"seq":%d,"at":%d}]}`, i+1, at),
			Private: &journal.Private{Salt: []byte("0123456789abcdef"), Data: []byte{byte(i)}},
		}
		sealed, head, err := journal.Seal("majiang/till", f.head, []journal.Record{r})
		require.NoError(t, err)
		f.records, f.head = append(f.records, sealed...), head
	}
	return f
}

// TestVerifyFindsEveryByte flips one byte of one record in its binary form.
func TestVerifyFindsEveryByte(t *testing.T) { rapid.Check(t, verifyFinds) }

func FuzzVerify(f *testing.F) { f.Fuzz(rapid.MakeFuzz(verifyFinds)) }

func verifyFinds(t *rapid.T) {
	f := forge(t, 4)
	ctx := context.Background()
	_, err := journal.Verify(ctx, f, "majiang/till")
	require.NoError(t, err)
	i := rapid.IntRange(0, 3).Draw(t, "record")
	data, err := f.records[i].MarshalBinary()
	require.NoError(t, err)
	data[rapid.IntRange(0, len(data)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
	if f.records[i].UnmarshalBinary(data) != nil {
		return // a store would not even read it
	}
	if f.records[i].Private == nil {
		return // reads as erased, and that is allowed
	}
	wantCorrupt(t, f, journal.Seq(i+1))
}

func wantCorrupt(t require.TestingT, f *forged, seq journal.Seq) {
	_, err := journal.Verify(context.Background(), f, "majiang/till")
	require.ErrorIs(t, err, journal.ErrCorrupt)
	var at *journal.Fault
	require.True(t, errors.As(err, &at))
	require.Equal(t, seq, at.Seq)
	_, err = journal.Open(context.Background(), config(f))
	require.ErrorIs(t, err, journal.ErrCorrupt, "the host sees it too")
}

func TestVerifyFindsMovedRecords(t *testing.T) {
	for name, c := range map[string]struct {
		seq    journal.Seq
		change func(f *forged)
	}{
		"dropped":   {2, func(f *forged) { f.records = append(f.records[:1], f.records[2:]...) }},
		"inserted":  {3, func(f *forged) { f.records = append(f.records[:2], f.records[1:]...) }},
		"swapped":   {2, func(f *forged) { f.records[1], f.records[2] = f.records[2], f.records[1] }},
		"shorter":   {4, func(f *forged) { f.records = f.records[:3] }},
		"emptied":   {1, func(f *forged) { f.records = nil }},
		"rewritten": {4, func(f *forged) { f.head.Chain[0]++ }},
	} {
		t.Run(name, func(t *testing.T) {
			f := forge(t, 4)
			c.change(f)
			wantCorrupt(t, f, c.seq)
		})
	}
	f := forge(t, 4)
	_, err := journal.Verify(t.Context(), f, "majiang/other")
	require.ErrorIs(t, err, journal.ErrCorrupt, "records of another stream")
	f.records[2].Private = nil
	_, err = journal.Verify(t.Context(), f, "majiang/till")
	require.NoError(t, err, "erased")
}

func TestVerifyAnchored(t *testing.T) {
	f := forge(t, 4)
	anchors := []journal.Head{{}, f.records[1].Head(), f.head, f.head}
	got, err := journal.VerifyAnchored(t.Context(), f, "majiang/till", anchors)
	require.NoError(t, err)
	require.Equal(t, f.head, got)

	cut := forge(t, 3) // the same stream without its end: nothing in it is wrong
	_, err = journal.Verify(t.Context(), cut, "majiang/till")
	require.NoError(t, err)
	for _, bad := range [][]journal.Head{
		anchors,
		{{Seq: 2, Chain: f.head.Chain}},
		{{Chain: f.head.Chain}},
		{f.records[1].Head(), {Seq: 2}},
	} {
		_, err = journal.VerifyAnchored(t.Context(), cut, "majiang/till", bad)
		require.ErrorIs(t, err, journal.ErrCorrupt)
	}
}

// A follower sees a broken link as well.
func TestFollowVerifies(t *testing.T) {
	f := forge(t, 4)
	h := open(t, config(f))
	f.records[2].Body = []byte("{}")
	for from, want := range map[journal.Seq]int{0: 2, 2: 1, 4: 1} {
		n, bad := 0, 0
		for _, err := range h.Follow(t.Context(), from) {
			if err != nil {
				require.ErrorIs(t, err, journal.ErrCorrupt)
				bad++
				continue
			}
			n++
		}
		require.Equal(t, want, n, "from %d", from)
		require.Equal(t, from != 4, bad == 1)
	}
}
