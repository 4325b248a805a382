package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
)

// areas is two squares out of order, the second with a point more than the
// resolution can tell from the one before, a hole that vanishes, and a part that does.
const areas = `{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "b"}, "geometry": {"type": "Polygon", "coordinates":
	[[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}},
{"type": "Feature", "properties": {"code": "a"}, "geometry": {"type": "MultiPolygon", "coordinates": [
	[[[0, 0], [1, 0], [1.00000001, 0], [1, 1], [0, 1], [0, 0]], [[0.5, 0.5], [0.50000001, 0.5], [0.5, 0.50000001], [0.5, 0.5]]],
	[[[5, 5], [5.00000001, 5], [5, 5.00000001], [5, 5]]]]}}
]}`

func TestReadTiling(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(areas))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	for name, content := range map[string][]byte{"areas.geojson": []byte(areas), "areas.geojson.gz": packed.Bytes()} {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, content, 0o600))
		tiles, err := readTiling(path)
		require.NoError(t, err)
		require.Equal(t, name, tiles.name)
		require.Equal(t, []orb.MultiPolygon{
			{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}},
			{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0}}}},
		}, tiles.leaves)
		require.Equal(t, shape{leaves: 2, vertices: 8, rings: 2, low: 4, high: 4}, tiles.shape)
		require.Equal(t, orb.Bound{Max: orb.Point{2, 1}}, tiles.box)
	}
}

func TestReadTilingRefuses(t *testing.T) {
	_, err := readTiling(filepath.Join(t.TempDir(), "missing"))
	require.ErrorIs(t, err, os.ErrNotExist)
	for _, text := range []string{`{`, `{"type": "FeatureCollection", "features": []}`, `{"type": "Feature", "properties": {}, "geometry": null}`} {
		path := filepath.Join(t.TempDir(), "x.geojson")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := readTiling(path)
		require.Error(t, err, text)
	}
}
