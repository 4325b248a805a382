package main

import (
	"io"
	"strings"
	"testing"

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

func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run([]string{"-sizes", "50", "-peers", "scan"}, &out, io.Discard))
	require.Contains(t, out.String(), "| 50 | gridgov-all | all |")
	require.NotContains(t, out.String(), "opa")
	require.Error(t, run([]string{"-sizes", "x"}, &out, io.Discard))
}
