package journal_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
)

// attempt is one command of the model and what came of it.
type attempt struct {
	at   time.Time
	cmd  move
	tick bool
	out  outcome
	err  error
}

// TestHostModel sends random commands from several goroutines at a store that
// fails at random, and then judges every answer by the stream alone.
func TestHostModel(t *testing.T) { rapid.Check(t, hostModel) }

func FuzzHost(f *testing.F) { f.Fuzz(rapid.MakeFuzz(hostModel)) }

func drawAttempts(t *rapid.T) [][]attempt {
	tag := 0
	one := rapid.Custom(func(t *rapid.T) attempt {
		a := attempt{at: day.Add(time.Duration(rapid.IntRange(-50, 500).Draw(t, "ms")) * time.Millisecond)}
		if a.tick = rapid.IntRange(0, 9).Draw(t, "tick") == 0; a.tick {
			return a
		}
		if n := rapid.IntRange(0, 5).Draw(t, "key"); n > 0 {
			a.cmd.Key = fmt.Sprint("key", n)
		}
		a.cmd.Add = int64(rapid.SampledFrom([]int{3, 2, 4, 9, 0, -1, -2, -6}).Draw(t, "add"))
		a.cmd.Alarm = int64(rapid.SampledFrom([]int{0, 0, 0, 20, 100}).Draw(t, "alarm"))
		return a
	})
	all := rapid.SliceOfN(rapid.SliceOfN(one, 1, 8), 1, 4).Draw(t, "callers")
	for i := range all {
		for j := range all[i] {
			tag++
			all[i][j].cmd.Tag = tag
		}
	}
	return all
}

func hostModel(t *rapid.T) {
	ctx := context.Background()
	callers := drawAttempts(t)
	s := &sick{Store: journal.NewMemory()}
	s.plan = rapid.SliceOfN(rapid.SampledFrom([]how{well, well, full, lost, late, strange, stolen, blind, taken}), 0, 12).Draw(t, "plan")
	cfg := config(s)
	cfg.GroupMax = rapid.IntRange(1, 5).Draw(t, "group")
	h, err := journal.Open(ctx, cfg)
	require.NoError(t, err)
	var wg sync.WaitGroup
	stop := make(chan struct{})
	ahead := make(chan string, 1)
	go func() { // a reader that never may see more than the stream holds
		defer close(ahead)
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = h.View(ctx, func(m *till) {
				head, _ := s.Store.Head(ctx, "majiang/till")
				if m.seq > 0 && head.Seq == 0 {
					ahead <- fmt.Sprint(m.seq)
				}
			})
		}
	}()
	for _, list := range callers {
		wg.Go(func() {
			for i := range list {
				a := &list[i]
				if a.tick {
					a.out, a.err = h.Tick(ctx, a.at)
				} else {
					a.out, a.err = h.Do(ctx, a.at, a.cmd)
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	for seen := range ahead {
		t.Fatalf("a reader saw entry %s before any record", seen)
	}
	s.blinded, s.plan = 0, nil
	judge(t, h, s, callers)
}

// judge replays the stream serially: each record must be what its own command
// decides at that place, and each answer must agree with the stream.
func judge(t *rapid.T, h *journal.Host[*till, move, fact], s *sick, callers [][]attempt) {
	ctx := context.Background()
	_, err := journal.Verify(ctx, s.Store, "majiang/till")
	require.NoError(t, err)
	byTag := map[int]*attempt{}
	for _, list := range callers {
		for i := range list {
			byTag[list[i].cmd.Tag] = &list[i]
		}
	}
	m, places, keys := newTill(), map[int]journal.Seq{}, map[string]journal.Seq{}
	bodies := map[journal.Seq][]fact{}
	for r, err := range s.Store.Read(ctx, "majiang/till", 1) {
		require.NoError(t, err)
		entries := entriesOf(t, r)
		bodies[r.Seq] = entries
		want := outcome{Entries: entries}
		switch tag := entries[len(entries)-1].Tag; {
		case r.Kind == "tick":
			want, err = m.Tick(r.Recorded.Time())
		case tag > 0:
			require.Zero(t, places[tag], "command %d is in the stream twice", tag)
			places[tag] = r.Seq
			if key := byTag[tag].cmd.Key; key != "" {
				require.Zero(t, keys[key], "key %s is in the stream twice", key)
				keys[key] = r.Seq
			}
			want, err = m.Decide(r.Recorded.Time(), byTag[tag].cmd)
			require.Equal(t, byTag[tag].at.UnixMilli(), int64(r.Effective))
		}
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(want.Entries, entries), "record %d", r.Seq)
		for _, e := range entries {
			require.NoError(t, m.Apply(e))
		}
	}
	for _, list := range callers {
		last := journal.Seq(0)
		for _, a := range list {
			judgeOne(t, a, places[a.cmd.Tag], keys[a.cmd.Key], bodies)
			if a.err == nil && !a.out.Replayed && a.out.Record > 0 {
				require.Greater(t, a.out.Record, last, "a caller's commands stand in its order")
				last = a.out.Record
			}
		}
	}
	require.NoError(t, h.Refresh(ctx))
	require.NoError(t, h.View(ctx, func(live *till) {
		require.Empty(t, cmp.Diff(m, live, cmp.AllowUnexported(till{}), cmpopts.IgnoreFields(till{}, "keys")))
	}))
}

func judgeOne(t *rapid.T, a attempt, place, key journal.Seq, bodies map[journal.Seq][]fact) {
	what := fmt.Sprintf("%+v", a)
	switch {
	case errors.Is(a.err, journal.ErrUncertain):
		return // anything may be
	case a.err != nil:
		require.Zero(t, place, "an error but it was done: %s", what)
	case a.out.Replayed:
		require.Zero(t, place, what)
		require.Equal(t, key, a.out.Record, what)
		require.Empty(t, cmp.Diff(bodies[key], a.out.Entries), what)
	case len(a.out.Entries) == 0:
		require.Zero(t, place, what)
		require.Zero(t, a.out.Record, what)
	default:
		if !a.tick {
			require.Equal(t, place, a.out.Record, what)
		}
		require.Empty(t, cmp.Diff(bodies[a.out.Record], a.out.Entries), what)
	}
}
