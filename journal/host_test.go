package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

func TestHostDoes(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	out, err := h.Do(t.Context(), day, move{Tag: 1, Add: 5})
	require.NoError(t, err)
	ms := day.UnixMilli()
	want := outcome{Seq: 1, Record: 1, Recorded: journal.Instant(ms), Entries: []fact{
		{Seq: 1, At: ms, Tag: 1, Add: 4}, {Seq: 2, At: ms, Tag: 1, Add: 1},
	}}
	require.Empty(t, cmp.Diff(want, out))
	require.EqualValues(t, 5, total(t, h))

	again := open(t, config(store))
	require.EqualValues(t, 5, total(t, again))
	head, err := again.Head(t.Context())
	require.NoError(t, err)
	verified, err := journal.Verify(t.Context(), store, "majiang/till")
	require.NoError(t, err)
	require.Equal(t, verified, head)
}

func TestHostBody(t *testing.T) {
	store := journal.NewMemory()
	_, err := open(t, config(store)).Do(t.Context(), day, move{Tag: 7, Add: 2})
	require.NoError(t, err)
	_, records := facts(t, store)
	require.Equal(t, `{"format":1,"entries":[{"seq":1,"at":1772438400000,"tag":7,"add":2}]}`, string(records[0].Body))
	require.Equal(t, journal.Kind("till/move"), records[0].Kind)
}

func TestHostReplaysKey(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	first, err := h.Do(t.Context(), day, move{Key: "a", Add: 5, Tag: 1})
	require.NoError(t, err)
	refused, err := h.Do(t.Context(), day, move{Key: "b", Add: -50, Tag: 2})
	require.NoError(t, err)
	require.Equal(t, "short", refused.Refusal)
	require.Len(t, refused.Entries, 1)
	for range 2 {
		again, err := h.Do(t.Context(), day.Add(time.Hour), move{Key: "a", Add: 5, Tag: 3})
		require.NoError(t, err)
		first.Replayed = true
		require.Empty(t, cmp.Diff(first, again))
		again, err = h.Do(t.Context(), day.Add(time.Hour), move{Key: "b", Add: -50, Tag: 4})
		require.NoError(t, err)
		refused.Replayed = true
		require.Empty(t, cmp.Diff(refused, again))
		_, err = h.Do(t.Context(), day, move{Key: "a", Add: 6})
		require.ErrorIs(t, err, journal.ErrKeyReused)
		h = open(t, config(store))
	}
	_, records := facts(t, store)
	require.Len(t, records, 2)
}

func TestHostWritesNothingWithoutEntries(t *testing.T) {
	store := &sick{Store: journal.NewMemory()}
	h := open(t, config(store))
	out, err := h.Do(t.Context(), day, move{Add: -1})
	require.NoError(t, err)
	require.Equal(t, outcome{Refusal: "short"}, out)
	_, err = h.Do(t.Context(), day, move{})
	require.ErrorIs(t, err, errMalformed)
	out, err = h.Tick(t.Context(), day)
	require.NoError(t, err)
	require.Empty(t, out.Entries)
	require.Zero(t, store.appends)
}

func TestHostClampsTime(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	old := time.Date(1969, 7, 20, 20, 17, 0, 0, time.FixedZone("", 8*3600))
	for i, at := range []time.Time{old, day, day.Add(-time.Hour), day.Add(time.Minute)} {
		_, err := h.Do(t.Context(), at, move{Add: 2, Tag: i})
		require.NoError(t, err)
		h = open(t, config(store))
	}
	entries, records := facts(t, store)
	var recorded, effective, at []int64
	for i, r := range records {
		recorded, effective = append(recorded, int64(r.Recorded)), append(effective, int64(r.Effective))
		at = append(at, entries[i].At)
	}
	d, o := day.UnixMilli(), old.UnixMilli()
	require.Equal(t, []int64{o, d, d, d + 60000}, recorded)
	require.Equal(t, []int64{o, d, d - 3600000, d + 60000}, effective)
	require.Equal(t, recorded, at)

	_, err := h.Do(t.Context(), day.Add(time.Microsecond), move{Add: 2})
	require.ErrorIs(t, err, journal.ErrNotMillis)
	_, err = h.Tick(t.Context(), day.Add(time.Microsecond))
	require.ErrorIs(t, err, journal.ErrNotMillis)
	_, err = h.Do(t.Context(), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC), move{Add: 2})
	require.ErrorIs(t, err, journal.ErrInvalid)
}

func TestHostTicks(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	_, err := h.Do(t.Context(), day, move{Alarm: 1000})
	require.NoError(t, err)
	due, ok, err := h.NextDue(t.Context())
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, day.Add(1001*time.Millisecond), due)
	out, err := h.Tick(t.Context(), due.Add(-time.Millisecond))
	require.NoError(t, err)
	require.Empty(t, out.Entries)
	out, err = h.Tick(t.Context(), due.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, []fact{{Seq: 2, At: due.UnixMilli(), Fire: due.UnixMilli() - 1}}, out.Entries)
	_, ok, err = h.NextDue(t.Context())
	require.NoError(t, err)
	require.False(t, ok)
	_, records := facts(t, store)
	require.Equal(t, journal.Kind("tick"), records[1].Kind)
}

// A late tick is recorded late although what it fires is older; nothing that
// comes later is recorded before it.
func TestHostClampsToTick(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	_, err := h.Do(t.Context(), day, move{Alarm: 1000})
	require.NoError(t, err)
	_, err = h.Tick(t.Context(), day.Add(time.Hour))
	require.NoError(t, err)
	out, err := h.Do(t.Context(), day.Add(time.Minute), move{Add: 2})
	require.NoError(t, err)
	require.Equal(t, day.Add(time.Hour), out.Recorded.Time())
	require.Equal(t, day.Add(time.Hour).UnixMilli(), out.Entries[0].At)
}

func TestHostAuthorizes(t *testing.T) {
	denied := errors.New("denied")
	cfg := config(journal.NewMemory())
	type who struct{}
	cfg.Authorize = func(ctx context.Context, c move) error {
		if ctx.Value(who{}) != "Chen" {
			return denied
		}
		return nil
	}
	h := open(t, cfg)
	_, err := h.Do(t.Context(), day, move{Add: 2, Key: "k"})
	require.ErrorIs(t, err, denied)
	chen := context.WithValue(t.Context(), who{}, "Chen")
	_, err = h.Do(chen, day, move{Add: 2, Key: "k"})
	require.NoError(t, err)
	_, err = h.Do(t.Context(), day, move{Add: 2, Key: "k"})
	require.ErrorIs(t, err, denied, "a retry is authorized too")
}

func TestHostFollows(t *testing.T) {
	store := journal.NewMemory()
	h := open(t, config(store))
	next := journal.Seq(0)
	var seen []journal.Seq
	for round := range 4 {
		for range round {
			_, err := h.Do(t.Context(), day, move{Add: 2})
			require.NoError(t, err)
		}
		for r, err := range h.Follow(t.Context(), next) {
			require.NoError(t, err)
			seen, next = append(seen, r.Seq), r.Seq+1
		}
	}
	require.Equal(t, []journal.Seq{1, 2, 3, 4, 5, 6}, seen)
	for range h.Follow(t.Context(), 7) {
		t.Fatal("nothing lies behind the head")
	}
	for range h.Follow(t.Context(), 1) {
		break
	}
}

func TestHostPrivate(t *testing.T) {
	store := journal.NewMemory()
	cfg := config(store)
	private := &journal.Private{Salt: []byte("0123456789abcdef"), Data: []byte("Chen, 138 0013 8000")}
	label := cfg.Codec.Label
	cfg.Codec.Label = func(c move) (journal.Label, error) {
		l, err := label(c)
		l.Private = private
		return l, err
	}
	h := open(t, cfg)
	out, err := h.Do(t.Context(), day, move{Add: 4})
	require.NoError(t, err)
	for r := range h.Follow(t.Context(), 1) {
		require.Equal(t, private, r.Private)
	}
	require.NoError(t, h.Erase(t.Context(), out.Record))
	for r := range h.Follow(t.Context(), 1) {
		require.Nil(t, r.Private)
		require.Equal(t, private.Sum(), r.PrivateSum)
	}
	require.EqualValues(t, 4, total(t, open(t, cfg)))
	private.Salt = nil
	_, err = h.Do(t.Context(), day, move{Add: 4})
	require.ErrorIs(t, err, journal.ErrInvalid, "no salt")
}

func TestOpenRefuses(t *testing.T) {
	for name, change := range map[string]func(c *tillConfig){
		"no store":       func(c *tillConfig) { c.Store = nil },
		"no machine":     func(c *tillConfig) { c.New = nil },
		"no format":      func(c *tillConfig) { c.Codec.Format = 0 },
		"bad stream":     func(c *tillConfig) { c.Stream = "" },
		"negative queue": func(c *tillConfig) { c.QueueMax = -1 },
		"huge group":     func(c *tillConfig) { c.GroupMax = journal.BatchMax + 1 },
	} {
		cfg := config(journal.NewMemory())
		change(&cfg)
		_, err := journal.Open(t.Context(), cfg)
		require.ErrorIs(t, err, journal.ErrInvalid, name)
	}
	store := journal.NewMemory()
	require.NoError(t, store.Close())
	_, err := journal.Open(t.Context(), config(store))
	require.ErrorIs(t, err, journal.ErrClosed)
}

func TestOpenTellsTheRecord(t *testing.T) {
	for body, want := range map[string]error{
		`{"format":2,"entries":[]}`:                 nil, // nothing to read
		`{"format":2,"entries":[{"seq":2}]}`:        journal.ErrFormat,
		`{"format":1,"entries":[{"seq":9}]}`:        journal.ErrBroken,
		`{"format":1,"entries":[{"seq":2},{]}`:      journal.ErrFormat,
		`{"format":1,"entries":[{"seq":2 "at":1}]}`: journal.ErrFormat,
		`not JSON`: journal.ErrFormat,
		` { "format" : 1, "entries" : [ {"seq" : 2}, {"seq":3} ] } `: nil,
	} {
		store := journal.NewMemory()
		_, err := open(t, config(store)).Do(t.Context(), day, move{Add: 2})
		require.NoError(t, err)
		now := journal.Instant(day.UnixMilli())
		_, err = store.Append(t.Context(), journal.Batch{Stream: "majiang/till", Expect: 1, Records: []journal.Record{{Recorded: now, Effective: now, Body: []byte(body)}}})
		require.NoError(t, err)
		_, err = journal.Open(t.Context(), config(store))
		if want == nil {
			require.NoError(t, err, body)
			continue
		}
		require.ErrorIs(t, err, want, body)
		var f *journal.Fault
		require.ErrorAs(t, err, &f)
		require.Equal(t, journal.Seq(2), f.Seq)
	}
}

func TestCodecUpcasts(t *testing.T) {
	store := journal.NewMemory()
	_, err := open(t, config(store)).Do(t.Context(), day, move{Add: 2})
	require.NoError(t, err)
	cfg := config(store)
	cfg.Codec.Format = 2
	cfg.Codec.Encode = func(e fact) ([]byte, error) { e.Add *= 100; return json.Marshal(e) }
	cfg.Codec.Decode = func(format int, data []byte) (e fact, err error) {
		err = json.Unmarshal(data, &e)
		if format == 2 {
			e.Add /= 100
		}
		return e, err
	}
	h := open(t, cfg)
	_, err = h.Do(t.Context(), day, move{Add: 3})
	require.NoError(t, err)
	require.EqualValues(t, 5, total(t, open(t, cfg)))
	cfg.Codec.Encode = func(fact) ([]byte, error) { return []byte("{"), nil }
	_, err = open(t, cfg).Do(t.Context(), day, move{Add: 2})
	require.ErrorContains(t, err, "not JSON")
	require.EqualValues(t, 5, total(t, open(t, cfg)))
}

func TestOutcomeEntriesAreCopies(t *testing.T) {
	h := open(t, config(journal.NewMemory()))
	for range 2 {
		out, err := h.Do(t.Context(), day, move{Key: "k", Add: 3})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff([]fact{{Seq: 1, Add: 2}, {Seq: 2, Add: 1}}, out.Entries, cmpopts.IgnoreFields(fact{}, "At", "Key", "Sum")))
		out.Entries[0].Add = 99
	}
}
