package main

import (
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPeersAgree: every peer finds the rules that a plain reading finds; measure
// fails when one does not.
func TestPeersAgree(t *testing.T) {
	for _, n := range []int{1, 100, 400} {
		w, err := newWorld(n, 7)
		require.NoError(t, err)
		for _, p := range peers {
			match, err := p.build(w)
			require.NoError(t, err, p.name)
			for i := range 100 {
				e := &w.events[i]
				got, err := match(e)
				require.NoError(t, err, p.name)
				want := w.covering(e)
				if p.first {
					want = want[:1]
				}
				require.ElementsMatch(t, want, got, "%s, %d rules, event %d", p.name, n, i)
			}
		}
	}
}

// TestWrongPeerIsNotTimed: whoever answers something else is refused.
func TestWrongPeerIsNotTimed(t *testing.T) {
	w, err := newWorld(50, 7)
	require.NoError(t, err)
	lazy := peer{name: "lazy", build: func(w *world) (matcher, error) {
		return func(e *event) ([]string, error) { return w.covering(e)[1:], nil }, nil
	}}
	_, err = enter(lazy, w, 10)
	require.ErrorContains(t, err, "but the rules that cover it are")

	all, err := clerks()
	require.NoError(t, err)
	for _, c := range all[1:] {
		require.NoError(t, c.check(&all[0], questions(1000, 3)))
		early, eager, blind := c, c, c
		early.hours = func(at time.Time) time.Time { return c.hours(at).Add(-time.Minute) }
		eager.days = func(at time.Time) time.Time { return c.days(at.AddDate(0, 0, -1)) }
		blind.between = func(a, b time.Time) time.Duration { return c.between(a, b.Add(time.Hour)) }
		for _, wrong := range []clerk{early, eager, blind} {
			require.Error(t, wrong.check(&all[0], questions(1000, 3)))
		}
	}
}

// TestProofsAgree: brute force finds the gaps, ties and dead rules of the
// certificate, and no other ones will do.
func TestProofsAgree(t *testing.T) {
	for seed := range uint64(4) {
		p, err := newProvince(20+60*int(seed), seed)
		require.NoError(t, err)
		cert, found := p.list.Prove(), p.brute()
		require.NoError(t, p.agrees(cert, found), "seed %d", seed)
		for gap := range found.gaps {
			fewer := found
			fewer.gaps = maps.Clone(found.gaps)
			delete(fewer.gaps, gap)
			require.ErrorContains(t, p.agrees(cert, fewer), "gaps")
			break
		}
		other := found
		other.alive = map[string]bool{}
		require.ErrorContains(t, p.agrees(cert, other), "first somewhere")
		other = found
		other.tied = map[string]bool{"R999999": true}
		require.ErrorContains(t, p.agrees(cert, other), "tie")
	}
}

// TestDesksAgree: the twin keeps the same cases and dues.
func TestDesksAgree(t *testing.T) {
	for seed := range uint64(3) {
		require.NoError(t, desksAgree(300, seed))
	}
}

func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run([]string{"-quick", "-peers", "scan,brute-force,rickar/cal,twin"}, &out, io.Discard))
	for _, row := range []string{"| Match, all | 50 | gridgov-all |", "| Compile | 50 |", "| brute-force |", "| Add 15wd |", "gridgov, keyed", "commands/s"} {
		require.Contains(t, out.String(), row)
	}
	require.NotContains(t, out.String(), "opa")
	out.Reset()
	require.NoError(t, run([]string{"-quick", "-parts", "match", "-sizes", "20,30", "-peers", "none"}, &out, io.Discard))
	require.Contains(t, out.String(), "| Match, first | 30 | gridgov |")
	require.NotContains(t, out.String(), "Prove")
	for _, args := range [][]string{{"-sizes", "x"}, {"-sizes", "0"}, {"-n", "0"}, {"-parts", "all"}, {"-parts", ""}} {
		require.Error(t, run(args, &out, io.Discard), "%v", args)
	}
}
