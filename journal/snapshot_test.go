package journal_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// ledger is a till that can be saved.
type ledger struct {
	*till
	applied *int // entries applied to any ledger
	refuse  bool
}

func (l ledger) Apply(e fact) error {
	*l.applied++
	return l.till.Apply(e)
}

func (l ledger) Snapshot() ([]byte, error) {
	return json.Marshal([]int64{int64(l.seq), l.total, l.last})
}

func (l ledger) Restore(data []byte) error {
	var state []int64
	if err := json.Unmarshal(data, &state); err != nil {
		return err
	}
	if l.seq, l.total = 99, 99; l.refuse { // half restored
		return errors.New("unknown format")
	}
	l.seq, l.total, l.last = uint64(state[0]), state[1], state[2]
	return nil
}

func ledgerConfig(s journal.Store) (journal.Config[ledger, move, fact], *int) {
	applied := new(int)
	return journal.Config[ledger, move, fact]{
		Store: s, Stream: "majiang/till", Codec: tillCodec(),
		New: func() ledger { return ledger{till: newTill(), applied: applied} },
	}, applied
}

// saved is a stream of six moves of 2 with a snapshot after the fourth.
func saved(t *testing.T) (*journal.Memory, journal.Snapshot) {
	store := journal.NewMemory()
	cfg, _ := ledgerConfig(store)
	h, err := journal.Open(t.Context(), cfg)
	require.NoError(t, err)
	require.ErrorIs(t, h.Snapshot(t.Context()), journal.ErrInvalid, "empty")
	for i := range 6 {
		_, err := h.Do(t.Context(), day, move{Add: 2})
		require.NoError(t, err)
		if i == 3 {
			require.NoError(t, h.Snapshot(t.Context()))
		}
	}
	snap, err := store.LoadSnapshot(t.Context(), "majiang/till", math.MaxUint64)
	require.NoError(t, err)
	require.Equal(t, journal.Seq(4), snap.Head.Seq)
	return store, snap
}

func TestOpenFromSnapshot(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(cfg *journal.Config[ledger, move, fact], snap *journal.Snapshot)
		applied int
		want    error
	}{
		"good":         {nil, 2, nil},
		"unreadable":   {func(cfg *journal.Config[ledger, move, fact], _ *journal.Snapshot) { refuse(cfg) }, 6, nil},
		"damaged":      {func(_ *journal.Config[ledger, move, fact], s *journal.Snapshot) { s.Data[len(s.Data)-2]++ }, 6, nil},
		"other number": {func(_ *journal.Config[ledger, move, fact], s *journal.Snapshot) { s.Data[39]++ }, 6, nil},
		"other head":   {func(_ *journal.Config[ledger, move, fact], s *journal.Snapshot) { s.Head.Chain[0]++ }, 6, nil},
		"too short":    {func(_ *journal.Config[ledger, move, fact], s *journal.Snapshot) { s.Data = s.Data[:20] }, 6, nil},
	} {
		t.Run(name, func(t *testing.T) {
			store, snap := saved(t)
			cfg, applied := ledgerConfig(store)
			if c.change != nil {
				c.change(&cfg, &snap)
				require.NoError(t, store.SaveSnapshot(t.Context(), snap))
			}
			h, err := journal.Open(t.Context(), cfg)
			require.NoError(t, err)
			require.Equal(t, c.applied, *applied)
			require.NoError(t, h.View(t.Context(), func(m ledger) {
				require.EqualValues(t, 12, m.total)
				require.EqualValues(t, 6, m.seq)
			}))
			_, err = h.Do(t.Context(), day, move{Add: -12})
			require.NoError(t, err)
		})
	}
}

func refuse(cfg *journal.Config[ledger, move, fact]) {
	inner := cfg.New
	cfg.New = func() ledger { l := inner(); l.refuse = true; return l }
}

// A whole snapshot of a record that is gone proves the loss.
func TestSnapshotProvesLoss(t *testing.T) {
	store, _ := saved(t)
	other := journal.NewMemory()
	for r, err := range store.Read(t.Context(), "majiang/till", 1) {
		require.NoError(t, err)
		if r.Seq > 3 {
			break
		}
		_, err = other.Append(t.Context(), journal.Batch{Stream: "majiang/till", Expect: r.Seq - 1, Records: []journal.Record{r}})
		require.NoError(t, err)
	}
	cfg, _ := ledgerConfig(withSnapshots{other, store})
	_, err := journal.Open(t.Context(), cfg)
	require.ErrorIs(t, err, journal.ErrCorrupt)

	cfg, _ = ledgerConfig(other)
	h, err := journal.Open(t.Context(), cfg)
	require.NoError(t, err)
	for range 4 { // another history after the third record
		_, err = h.Do(t.Context(), day, move{Add: 8})
		require.NoError(t, err)
	}
	cfg, _ = ledgerConfig(withSnapshots{other, store})
	_, err = journal.Open(t.Context(), cfg)
	require.ErrorIs(t, err, journal.ErrCorrupt)
}

func TestSnapshotNeedsSnapshotter(t *testing.T) {
	h, _ := sickHost(t)
	require.ErrorIs(t, h.Snapshot(t.Context()), journal.ErrInvalid)
}
