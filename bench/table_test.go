package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

// told is an outcome with a figure of every size, one that was not measured, and
// a peer left out.
var told = outcome{
	name: "synthetic, seed 1", kinds: []string{uniform, hot},
	shape: shape{leaves: 2, vertices: 150, rings: 3, low: 60, high: 90, holes: 1, multi: 1},
	rows: []row{
		{
			name: ours, what: "grid.Map.Locate",
			cost:  cost{build: 1500 * time.Microsecond, heap: 6000, coordinates: 1200},
			times: []timing{{p20: 12.34, median: 15.5, dropped: 1}, {p20: 9.96, median: 99.96}}, dependent: timing{p20: 20, median: 21},
			diffs: []differences{{checked: 9}, {checked: 9}},
		},
		{
			name: "gridgov-all", what: "grid.Map.LocateAll",
			cost:  cost{build: 2 * time.Second, heap: 6000, coordinates: 1200},
			times: []timing{{p20: 6.17, median: 7}, {p20: 5, median: 6}},
			diffs: []differences{{checked: 9}, {checked: 9}},
		},
		{
			name: "s2", what: "ShapeIndex", allocs: 1.75,
			cost:  cost{build: 10 * time.Millisecond, heap: 13_350, coordinates: 3600},
			times: []timing{{p20: 123.4, median: 150.5}, {p20: 12345.6, median: 23456.7}}, dependent: timing{p20: 200, median: 210},
			diffs: []differences{{checked: 9, on: 1, near: 2, further: 3}, {checked: 5}},
		},
	},
	left:   []string{"tzf is left out above 1 leaves: it is slow"},
	judged: []differences{{checked: 9}, {checked: 4}},
}

func TestWrite(t *testing.T) {
	for _, format := range formats {
		var out bytes.Buffer
		require.NoError(t, write(&out, format, "go1, some machine", []outcome{told}))
		path := filepath.Join("testdata", "report."+format)
		if *update {
			require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), out.String())
	}
}
