package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A run measures every peer with every kind of points, finds our own look-ups
// free of allocations, and no difference away from borders.
func TestRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "areas.geojson")
	require.NoError(t, os.WriteFile(path, []byte(areas), 0o600))
	var out, progress bytes.Buffer
	require.NoError(t, run([]string{
		"-sizes", "20", "-london", path, "-format", "csv", "-sample", "300", "-check", "100", "-rounds", "2", "-windows", "2", "-builds", "1",
	}, &out, &progress))
	records, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	header, records := records[0], records[1:]
	require.Len(t, records, 2*(11*len(kinds)+10), "all peers but the batch have dependent look-ups")
	column := func(r []string, name string) string {
		for i, h := range header {
			if h == name {
				return r[i]
			}
		}
		t.Fatalf("no column %s", name)
		return ""
	}
	for _, r := range records {
		ns, err := strconv.ParseFloat(column(r, "p20_ns"), 64)
		require.NoError(t, err)
		require.Positive(t, ns)
		require.Equal(t, "0", column(r, "differ_elsewhere"), r)
		if column(r, "peer") == ours {
			allocs, err := strconv.ParseFloat(column(r, "allocations"), 64)
			require.NoError(t, err)
			require.Less(t, allocs, 0.01)
		}
	}
	require.Contains(t, progress.String(), "20 leaves: building s2")
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-sizes", "ten"}, "ten"},
		{[]string{"-sizes", "0"}, `"0"`},
		{[]string{"-sizes", ""}, "neither"},
		{[]string{"-points", "cold"}, "cold"},
		{[]string{"-points", ""}, "none"},
		{[]string{"-peers", "s3"}, "s3"},
		{[]string{"-format", "xml"}, "xml"},
		{[]string{"-sample", "1"}, "-sample"},
		{[]string{"-rounds", "0"}, "-rounds"},
		{[]string{"-check", "-1"}, "-check"},
		{[]string{"london"}, "london"},
	} {
		_, err := parse(c.args, io.Discard)
		require.ErrorContains(t, err, c.want)
	}
	o, err := parse(nil, io.Discard)
	require.NoError(t, err)
	require.Equal(t, []int{100, 5000, 100_000}, o.sizes)
	require.Equal(t, kinds, o.plan.kinds)
}

// A peer with a limit is left out beyond it, with the reason.
func TestLeavesMax(t *testing.T) {
	p := peers()[0]
	slow := p
	slow.name, slow.leavesMax, slow.why = "slow", 19, "it is slow"
	o, err := compete(synthetic(20, 1), plan{
		peers: []peer{p, slow}, kinds: []string{uniform}, points: 100, builds: 1, effort: effort{rounds: 1, windows: 1, window: 1},
	}, func(string) {})
	require.NoError(t, err)
	require.Len(t, o.rows, 1)
	require.Equal(t, []string{"slow is left out above 19 leaves: it is slow"}, o.left)
}
