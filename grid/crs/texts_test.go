package crs

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
)

func TestEveryFaultHasBothTexts(t *testing.T) {
	all := []error{
		ErrNumber, ErrRange, ErrPrefix, ErrMeridian, ErrOutside, ErrEdge,
		ErrUnknown, ErrTransformation, ErrUnsupported, ErrWKT, ErrZone, ErrLocal,
	}
	require.Len(t, texts, len(all)+3)
	for _, err := range all {
		e := &Error{Err: err}
		require.Contains(t, texts, e.Code())
		require.NotEqual(t, e.Text("en"), e.Text("zh"))
		require.Equal(t, err.Error(), e.Text("en"))
	}
	e := WGS84().refuse(ErrRange, orb.Point{200, math.Inf(-1)})
	require.Equal(t, "WGS 84：坐标超出该坐标系的取值范围，坐标200,-Inf", e.Text("zh"))
	require.Equal(t, "crs: byte 7: not the WKT text of a coordinate system", (&Error{Err: ErrWKT, Offset: 7, Polygon: -1, Ring: -1, Vertex: -1}).Error())
	require.Empty(t, (&Error{}).Code())
	require.Equal(t, "a\ufffdb", clip("a\nb"))
	require.Len(t, []rune(clip(string(make([]rune, 100)))), nameMax+1)
}

func TestEveryLookHasBothTexts(t *testing.T) {
	seen := map[string]bool{}
	for look := Degrees; look <= DegreesAbroad; look++ {
		for _, swapped := range []bool{false, true} {
			g := Guess{Look: look, Swapped: swapped, Zone: Zone{ThreeDegree, 38}}
			require.Contains(t, looks, g.Code())
			seen[g.Code()] = true
		}
	}
	require.Len(t, looks, len(seen))
}
