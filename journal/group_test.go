package journal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

func tillJSON(e fact) ([]byte, error) { return json.Marshal(e) }

// together does moves side by side and answers in their order.
func together(t *testing.T, h *journal.Host[*till, move, fact], moves []move) ([]outcome, []error) {
	outs, errs := make([]outcome, len(moves)), make([]error, len(moves))
	var wg sync.WaitGroup
	for i, c := range moves {
		wg.Go(func() { outs[i], errs[i] = h.Do(t.Context(), day, c) })
	}
	wg.Wait()
	return outs, errs
}

// held is a host whose appends wait until the test lets each of them go.
func held(t *testing.T, plan ...how) (h *journal.Host[*till, move, fact], s *sick, let chan struct{}) {
	let = make(chan struct{})
	s = &sick{Store: journal.NewMemory(), plan: plan}
	h = open(t, config(s))
	s.gate = func() { <-let }
	return h, s, let
}

// result is what a command that runs by itself answers.
type result struct {
	out outcome
	err error
}

func start(ctx context.Context, h *journal.Host[*till, move, fact], c move) chan result {
	done := make(chan result, 1)
	go func() {
		out, err := h.Do(ctx, day, c)
		done <- result{out, err}
	}()
	synctest.Wait()
	return done
}

func ended(done chan result) bool {
	synctest.Wait()
	return len(done) > 0
}

func TestGroupCommits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s, let := held(t)
		first := start(t.Context(), h, move{Add: 2, Tag: 0})
		var rest []chan result
		for i := range 9 {
			rest = append(rest, start(t.Context(), h, move{Add: 2, Tag: 1 + i}))
		}
		require.False(t, ended(first), "not before it is durable")
		let <- struct{}{}
		require.True(t, ended(first))
		require.False(t, ended(rest[0]))
		let <- struct{}{}
		for i, done := range rest {
			r := <-done
			require.NoError(t, r.err)
			require.Equal(t, journal.Seq(2+i), r.out.Record, "in the order of arrival")
		}
		require.Equal(t, 2, s.appends)
	})
}

func TestGroupFailsTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s, let := held(t, well, full)
		first := start(t.Context(), h, move{Add: 2})
		early := start(t.Context(), h, move{Add: -50}) // decided on durable state
		var rest []chan result
		for range 5 {
			rest = append(rest, start(t.Context(), h, move{Add: 2}))
		}
		rest = append(rest, start(t.Context(), h, move{Add: -50})) // decided on what is lost
		let <- struct{}{}
		let <- struct{}{}
		require.NoError(t, (<-first).err)
		require.Equal(t, "short", (<-early).out.Refusal)
		for _, done := range rest {
			require.ErrorIs(t, (<-done).err, journal.ErrFull)
		}
		require.EqualValues(t, 2, total(t, h))
		_, records := facts(t, s)
		require.Len(t, records, 1)
	})
}

func TestGroupSameKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s, let := held(t)
		first := start(t.Context(), h, move{Add: 2})
		a := start(t.Context(), h, move{Key: "k", Add: 5})
		b := start(t.Context(), h, move{Key: "k", Add: 5})
		c := start(t.Context(), h, move{Key: "k", Add: 7})
		let <- struct{}{}
		<-first
		require.False(t, ended(b), "a retry waits until the first is durable")
		let <- struct{}{}
		ra, rb := <-a, <-b
		require.NoError(t, errors.Join(ra.err, rb.err))
		require.False(t, ra.out.Replayed)
		require.True(t, rb.out.Replayed)
		ra.out.Replayed = true
		require.Equal(t, ra.out, rb.out)
		require.ErrorIs(t, (<-c).err, journal.ErrKeyReused)
		require.Equal(t, 2, s.appends)
	})
}

func TestCancelInQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s, let := held(t)
		lead, cancelLead := context.WithCancel(t.Context())
		first := start(lead, h, move{Add: 2})
		ctx, cancel := context.WithCancel(t.Context())
		queued := start(ctx, h, move{Add: 4})
		last := start(t.Context(), h, move{Add: 8})
		cancel()
		require.True(t, ended(queued))
		r := <-queued
		require.ErrorIs(t, r.err, context.Canceled)
		require.ErrorIs(t, r.err, journal.ErrNotDone)
		cancelLead()
		require.False(t, ended(first), "once it is being written, only the end decides")
		let <- struct{}{}
		let <- struct{}{}
		require.NoError(t, errors.Join((<-first).err, (<-last).err))
		require.EqualValues(t, 10, total(t, h))
		require.Equal(t, 2, s.appends)
	})
}

// A leader that gives up while readers keep it out hands the lead on.
func TestCancelLeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, config(journal.NewMemory()))
		leave := make(chan struct{})
		go func() { _ = h.View(t.Context(), func(*till) { <-leave }) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		first := start(ctx, h, move{Add: 2})
		second := start(t.Context(), h, move{Add: 4})
		view, cancelView := context.WithCancel(t.Context())
		seen := make(chan error, 1)
		go func() { seen <- h.View(view, func(*till) {}) }()
		synctest.Wait()
		require.Empty(t, seen, "a waiting writer keeps new readers out")
		cancelView()
		require.ErrorIs(t, <-seen, context.Canceled)
		cancel()
		require.ErrorIs(t, (<-first).err, context.Canceled)
		require.False(t, ended(second))
		close(leave)
		require.NoError(t, (<-second).err)
		require.EqualValues(t, 4, total(t, h))
	})
}

func TestQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		let := make(chan struct{})
		s := &sick{Store: journal.NewMemory()}
		cfg := config(s)
		cfg.QueueMax, cfg.GroupMax = 3, 2
		h := open(t, cfg)
		s.gate = func() { <-let }
		var waiting []chan result
		for range 4 { // one leads, three wait
			waiting = append(waiting, start(t.Context(), h, move{Add: 2}))
		}
		r := <-start(t.Context(), h, move{Add: 2})
		require.ErrorIs(t, r.err, journal.ErrBusy)
		for range 3 { // groups of 1, 2 and 1
			let <- struct{}{}
			synctest.Wait()
		}
		for _, done := range waiting {
			require.NoError(t, (<-done).err)
		}
		require.Equal(t, 3, s.appends)
	})
}

// Bodies that do not fit one batch go in several. A failure hits one of them, and
// each of them may meet a conflict once.
func TestGroupSplits(t *testing.T) {
	for _, c := range []struct {
		plan    []how
		appends int
		done    []bool
	}{
		{[]how{well, well, well}, 3, []bool{true, true, true, true}},
		{[]how{well, well, full}, 3, []bool{true, true, true, false}},
		{[]how{well, lost, well}, 3, []bool{true, false, false, true}},
		{[]how{well, stolen, well, stolen, well}, 5, []bool{true, true, true, true}},
	} {
		synctest.Test(t, func(t *testing.T) { split(t, c.plan, c.appends, c.done) })
	}
}

func split(t *testing.T, plan []how, appends int, want []bool) {
	let := make(chan struct{})
	s := &sick{Store: journal.NewMemory(), plan: plan}
	cfg := config(s)
	pad := bytes.Repeat([]byte(" "), journal.BatchBytesMax/5*2)
	cfg.Codec.Encode = func(e fact) ([]byte, error) {
		data, err := tillJSON(e)
		return append(data, pad...), err
	}
	h := open(t, cfg)
	s.gate = func() { <-let }
	var all []chan result
	for range want {
		all = append(all, start(t.Context(), h, move{Add: 2}))
	}
	for range appends { // the first alone, then two of the three that waited, then the last
		let <- struct{}{}
		synctest.Wait()
	}
	sum := 0
	for i, done := range all {
		if r := <-done; want[i] {
			require.NoError(t, r.err)
			sum += 2
		} else {
			require.Error(t, r.err)
			require.NotErrorIs(t, r.err, journal.ErrUncertain)
		}
	}
	require.Equal(t, appends, s.appends)
	require.EqualValues(t, sum, total(t, h))
}

func TestViewSeesOnlyDurable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s, let := held(t)
		for i := range 20 {
			done := start(t.Context(), h, move{Add: 1})
			looked := make(chan string, 1)
			go func() {
				err := h.View(t.Context(), func(m *till) {
					entries, _ := facts(t, s.Store)
					looked <- fmt.Sprint(m.seq <= uint64(len(entries)), m.seq)
				})
				if err != nil {
					looked <- err.Error()
				}
			}()
			synctest.Wait()
			require.Empty(t, looked, "the machine is ahead of the stream now")
			let <- struct{}{}
			require.NoError(t, (<-done).err)
			require.Equal(t, fmt.Sprint(true, 2*(i+1)), <-looked)
		}
	})
}

func TestCloseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _, let := held(t)
		a := start(t.Context(), h, move{Add: 2})
		b := start(t.Context(), h, move{Add: 2})
		closed := make(chan error, 1)
		go func() { closed <- h.Close(t.Context()) }()
		synctest.Wait()
		c := start(t.Context(), h, move{Add: 2})
		require.ErrorIs(t, (<-c).err, journal.ErrClosed)
		require.Empty(t, closed)
		let <- struct{}{}
		let <- struct{}{}
		require.NoError(t, errors.Join(<-closed, (<-a).err, (<-b).err))
	})
}

func TestKeyRacesOnce(t *testing.T) {
	for _, plan := range [][]how{nil, {lost, late, well}, {stolen, strange}} {
		s := &sick{Store: journal.NewMemory()}
		h := open(t, config(s))
		s.plan = plan
		var moves []move
		for i := range 64 {
			moves = append(moves, move{Key: "k", Add: 3, Tag: i})
		}
		outs, errs := together(t, h, moves)
		first := 0
		for i, err := range errs {
			if err != nil {
				require.ErrorIs(t, err, journal.ErrNotDone)
				continue
			}
			require.Len(t, outs[i].Entries, 2)
			if !outs[i].Replayed {
				first++
			}
		}
		require.LessOrEqual(t, first, 1)
		_, err := h.Do(t.Context(), day, moves[0])
		require.NoError(t, err)
		require.EqualValues(t, 3, total(t, h), "written once")
	}
}

// TestImpatientCrowd has many callers and readers that give up at any moment.
// What was done is exactly what was answered so, and nobody is left behind.
func TestImpatientCrowd(t *testing.T) {
	store := slow{journal.NewMemory(), 200 * time.Microsecond}
	cfg := config(store)
	cfg.GroupMax = 8
	h := open(t, cfg)
	var done, seen atomic.Int64
	var wg sync.WaitGroup
	for i := range 48 {
		wg.Go(func() {
			for j := range 20 {
				wait := time.Duration((i*31+j*17)%40) * 50 * time.Microsecond
				ctx, cancel := context.WithTimeout(t.Context(), wait)
				if i%4 == 0 {
					if h.View(ctx, func(m *till) { _ = m.total }) == nil {
						seen.Add(1)
					}
				} else if _, err := h.Do(ctx, day, move{Add: 2}); err == nil {
					done.Add(1)
				} else if !errors.Is(err, journal.ErrNotDone) || !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	require.Equal(t, 2*done.Load(), total(t, h))
	_, err := h.Do(t.Context(), day, move{Add: 2})
	require.NoError(t, err)
	t.Logf("%d of 720 done, %d of 240 seen", done.Load(), seen.Load())
}
