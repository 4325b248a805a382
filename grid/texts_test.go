package grid

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
)

func TestEveryFaultHasBothTexts(t *testing.T) {
	require.Len(t, chineseFaults, len(rules))
	for _, rule := range rules {
		require.NotEmpty(t, chineseFaults[rule], rule)
	}
	e := &Error{Unit: "G1", At: orb.Point{114.02, 22.71}, HasAt: true, Err: ErrCrossing}
	require.Equal(t, "area G1: boundary crosses itself at 114.0200000,22.7100000", e.Text("en"))
	require.Equal(t, "区域G1：边界自相交，位于114.0200000,22.7100000", e.Text("zh"))
}
