package keyed_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/keyed"
)

func TestMisfit(t *testing.T) {
	var x keyed.Index
	none, used, fresh, body, other := keyed.Sum{}, keyed.Of([]byte("k")), keyed.Of([]byte("l")), keyed.Of([]byte("b")), keyed.Of([]byte("c"))
	x.Put(used, keyed.Slot{Body: body, Seq: 7})
	for _, row := range []struct {
		key, sum keyed.Sum
		refused  bool
		want     string
	}{
		{none, none, false, ""},
		{none, none, true, "key"},
		{none, body, false, "sum"},
		{none, body, true, "sum"},
		{fresh, body, false, ""},
		{fresh, body, true, ""},
		{used, body, false, "key"},
		{used, other, true, "key"},
	} {
		require.Equal(t, row.want, x.Misfit(row.key, row.sum, row.refused), "%+v", row)
	}
	require.Equal(t, 1, x.Len(), "asking keeps nothing")
}
