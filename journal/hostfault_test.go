package journal_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// sickHost is a host on a store that holds a total of 10 in one record.
func sickHost(t *testing.T, plan ...how) (*journal.Host[*till, move, fact], *sick) {
	s := &sick{Store: journal.NewMemory()}
	h := open(t, config(s))
	_, err := h.Do(t.Context(), day, move{Add: 10, Tag: 100})
	require.NoError(t, err)
	s.plan = plan
	return h, s
}

func TestHostAppendFails(t *testing.T) {
	for _, c := range []struct {
		name    string
		plan    []how
		want    error // of the command
		not     error // must not be
		written bool
	}{
		{"full", []how{full}, journal.ErrFull, journal.ErrUncertain, false},
		{"uncertain and lost", []how{lost}, journal.ErrNotDone, journal.ErrUncertain, false},
		{"uncertain and written", []how{late}, nil, nil, true},
		{"uncertain and taken", []how{taken}, journal.ErrNotDone, journal.ErrUncertain, false},
		{"strange and written", []how{strange}, nil, nil, true},
		{"uncertain, written and unreadable", []how{blind}, journal.ErrUncertain, nil, true},
		{"conflict once", []how{stolen}, nil, nil, true},
		{"conflict twice", []how{stolen, stolen}, journal.ErrConflict, journal.ErrUncertain, false},
		{"conflict, then full", []how{stolen, full}, journal.ErrFull, journal.ErrConflict, false},
		{"conflict, then uncertain", []how{stolen, late}, nil, nil, true},
	} {
		for _, key := range []string{"", "k"} {
			t.Run(c.name+"/"+key, func(t *testing.T) {
				h, s := sickHost(t, c.plan...)
				out, err := h.Do(t.Context(), day, move{Key: key, Add: -4, Tag: 7})
				if c.want == nil {
					require.NoError(t, err)
					require.Len(t, out.Entries, 1)
				} else {
					require.ErrorIs(t, err, c.want)
					require.Equal(t, outcome{}, out)
				}
				if c.not != nil {
					require.NotErrorIs(t, err, c.not)
				}
				s.blinded = 0
				want := int64(10)
				if c.written {
					want = 6
				}
				require.Equal(t, want, total(t, h))
				if key != "" { // a retry resolves every case
					again, err := h.Do(t.Context(), day, move{Key: key, Add: -4, Tag: 7})
					require.NoError(t, err)
					require.Equal(t, c.written, again.Replayed)
					require.Len(t, again.Entries, 1)
					want = 6
				}
				require.Equal(t, want, total(t, h))
				require.Equal(t, want, total(t, open(t, config(s))))
			})
		}
	}
}

func TestHostRebuildFails(t *testing.T) {
	h, s := sickHost(t, full)
	_, err := h.Do(t.Context(), day, move{Add: 2})
	require.ErrorIs(t, err, journal.ErrFull)
	s.blinded = 2
	require.ErrorIs(t, h.View(t.Context(), func(*till) { t.Error("must not run") }), errStrange)
	_, err = h.Do(t.Context(), day, move{Add: 2})
	require.ErrorIs(t, err, errStrange)
	require.EqualValues(t, 10, total(t, h))
}

// A host that knows an acknowledged record refuses a store that lost it.
func TestHostMissesAcknowledged(t *testing.T) {
	h, s := sickHost(t, full)
	_, err := h.Do(t.Context(), day, move{Add: 2})
	require.ErrorIs(t, err, journal.ErrFull)
	s.Store = journal.NewMemory()
	_, err = h.Do(t.Context(), day, move{Add: 2})
	require.ErrorIs(t, err, journal.ErrCorrupt)
}

func TestHostAnchor(t *testing.T) {
	h, s := sickHost(t)
	head, err := h.Head(t.Context())
	require.NoError(t, err)
	cfg := config(s)
	cfg.Anchor = head
	open(t, cfg)
	cfg.Anchor.Chain[0]++
	_, err = journal.Open(t.Context(), cfg)
	require.ErrorIs(t, err, journal.ErrCorrupt)
	cfg.Anchor = journal.Head{Seq: head.Seq + 1}
	_, err = journal.Open(t.Context(), cfg)
	require.ErrorIs(t, err, journal.ErrCorrupt)
}

func TestTwoHosts(t *testing.T) {
	store := journal.NewMemory()
	a, b := open(t, config(store)), open(t, config(store))
	for i := range 5 {
		_, err := a.Do(t.Context(), day, move{Add: 10, Tag: 2 * i})
		require.NoError(t, err)
		out, err := b.Do(t.Context(), day, move{Add: -10, Tag: 2*i + 1})
		require.NoError(t, err)
		require.Equal(t, "short", out.Refusal, "as of the head that b knows")
		if i%2 == 0 {
			require.NoError(t, b.Refresh(t.Context()))
		} else {
			_, err = b.Do(t.Context(), day, move{Add: 2})
			require.NoError(t, err, "a conflict is decided again")
			_, err = b.Do(t.Context(), day, move{Add: -2})
			require.NoError(t, err)
		}
		out, err = b.Do(t.Context(), day, move{Add: -10, Tag: 2*i + 1})
		require.NoError(t, err)
		require.Nil(t, out.Refusal)
	}
	_, err := a.Do(t.Context(), day, move{Key: "k", Add: 2})
	require.NoError(t, err)
	out, err := b.Do(t.Context(), day, move{Key: "k", Add: 2})
	require.NoError(t, err)
	require.True(t, out.Replayed)
	require.EqualValues(t, 2, total(t, b))
	require.EqualValues(t, 2, total(t, open(t, config(store))))
}

// A machine that cannot take its own entry fails that command only, whatever it
// has folded of it already.
func TestHostMachineBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &sick{Store: journal.NewMemory()}
		cfg := config(store)
		cfg.New = func() *till { m := newTill(); m.breakOn = 1; return m } // the second entry of odd moves
		h := open(t, cfg)
		let := make(chan struct{})
		store.gate = func() { <-let }
		var all []chan result
		for _, add := range []int64{2, 4, 667, 6, 665, 8} {
			all = append(all, start(t.Context(), h, move{Add: add}))
		}
		let <- struct{}{}
		let <- struct{}{}
		for i, done := range all {
			if r := <-done; i == 2 || i == 4 {
				require.ErrorIs(t, r.err, journal.ErrBroken)
				require.Empty(t, r.out)
			} else {
				require.NoError(t, r.err)
				require.Len(t, r.out.Entries, 1)
			}
		}
		require.Equal(t, 2, store.appends)
		require.EqualValues(t, 20, total(t, h))
		require.EqualValues(t, 20, total(t, open(t, cfg)))
	})
}

// A command that is refused, malformed or over a limit fails alone.
func TestHostGroupFailsAlone(t *testing.T) {
	store := journal.NewMemory()
	cfg := config(store)
	cfg.Codec.Encode = func(e fact) ([]byte, error) {
		if e.Add == 888 {
			return append(append([]byte(`"`), bytes.Repeat([]byte("x"), journal.BodyMax)...), '"'), nil
		}
		if e.Add == 444 {
			return nil, errMalformed
		}
		return tillJSON(e)
	}
	h := open(t, cfg)
	_, errs := together(t, h, []move{{Add: 2}, {}, {Add: -100}, {Add: 888}, {Add: 444}, {Add: 4}})
	require.NoError(t, errors.Join(errs[0], errs[2], errs[5]))
	require.ErrorIs(t, errs[1], errMalformed)
	require.ErrorIs(t, errs[3], journal.ErrTooLarge)
	require.ErrorIs(t, errs[4], errMalformed)
	require.EqualValues(t, 6, total(t, h))
}

func TestHostPanics(t *testing.T) {
	store := journal.NewMemory()
	cfg := config(store)
	boom := false
	cfg.Codec.Encode = func(e fact) ([]byte, error) {
		if boom {
			panic("codec")
		}
		return tillJSON(e)
	}
	h := open(t, cfg)
	_, err := h.Do(t.Context(), day, move{Add: 2})
	require.NoError(t, err)
	boom = true
	require.PanicsWithValue(t, "codec", func() { _, _ = h.Do(t.Context(), day, move{Add: 2}) })
	require.Panics(t, func() { _ = h.View(t.Context(), func(*till) { panic("reader") }) })
	require.PanicsWithValue(t, "codec", func() { _, _, _ = h.DoTx(t.Context(), day, move{Add: 2}, nil) })
	boom = false
	_, err = h.Do(t.Context(), day, move{Add: 2})
	require.NoError(t, err, "the host goes on")
	require.EqualValues(t, 4, total(t, h))
}

// A store that panics leaves the machine ahead of the stream.
func TestHostStorePanics(t *testing.T) {
	h, s := sickHost(t)
	s.gate = func() { panic("store") }
	require.PanicsWithValue(t, "store", func() { _, _ = h.Do(t.Context(), day, move{Add: 2}) })
	s.gate = nil
	require.EqualValues(t, 10, total(t, h))
}

// A machine whose idea of the same body is wider than the label's cannot make a
// retry out of another command.
func TestHostComparesBodies(t *testing.T) {
	cfg := config(journal.NewMemory())
	label := cfg.Codec.Label
	cfg.Codec.Label = func(c move) (journal.Label, error) {
		l, err := label(c)
		l.Sum[0] = byte(c.Tag)
		return l, err
	}
	h := open(t, cfg)
	_, err := h.Do(t.Context(), day, move{Key: "k", Add: 2, Tag: 1})
	require.NoError(t, err)
	_, err = h.Do(t.Context(), day, move{Key: "k", Add: 2, Tag: 2})
	require.ErrorIs(t, err, journal.ErrKeyReused)
	out, err := h.Do(t.Context(), day, move{Key: "k", Add: 2, Tag: 1})
	require.NoError(t, err)
	require.True(t, out.Replayed)
}

func TestHostClose(t *testing.T) {
	h, _ := sickHost(t)
	require.NoError(t, h.Close(t.Context()))
	_, err := h.Do(t.Context(), day, move{Add: 2})
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = h.Tick(t.Context(), day)
	require.ErrorIs(t, err, journal.ErrClosed)
	require.EqualValues(t, 10, total(t, h))
	require.NoError(t, h.Close(t.Context()))
}

func TestHostCancelledBefore(t *testing.T) {
	h, s := sickHost(t)
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	_, err := h.Do(ctx, day, move{Add: 2})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorIs(t, err, journal.ErrNotDone)
	require.Equal(t, 1, s.appends)
}
