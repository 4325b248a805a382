package keyed_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/keyed"
)

func TestIndexKeepsTheFirst(t *testing.T) {
	var x keyed.Index
	key, body, other := keyed.Of([]byte("k")), keyed.Of([]byte("b")), keyed.Of([]byte("c"))
	_, ok, err := x.Find(key, body)
	require.NoError(t, err)
	require.False(t, ok)
	x.Put(key, keyed.Slot{Body: body, Seq: 7})
	x.Put(key, keyed.Slot{Body: other, Seq: 8})
	slot, ok, err := x.Find(key, body)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, keyed.Slot{Body: body, Seq: 7}, slot)
	_, ok, err = x.Find(key, other)
	require.ErrorIs(t, err, keyed.ErrReused)
	require.True(t, ok)
	require.Equal(t, 1, x.Len())
}

func TestSumIsTextAndBack(t *testing.T) {
	sum := keyed.Of([]byte("x"))
	data, err := json.Marshal(sum)
	require.NoError(t, err)
	require.Equal(t, `"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"`, string(data))
	var back keyed.Sum
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, sum, back)
	for _, bad := range []string{`""`, `"2d"`, `"zz711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"`} {
		require.Error(t, json.Unmarshal([]byte(bad), &back), bad)
	}
	require.Equal(t, sum, back, "a bad text changes nothing")
}

func TestOfCommandTellsBodiesApart(t *testing.T) {
	a, err := keyed.OfCommand("pay", struct{ N int }{1})
	require.NoError(t, err)
	b, err := keyed.OfCommand("pay", struct{ N int }{2})
	require.NoError(t, err)
	c, err := keyed.OfCommand("void", struct{ N int }{1})
	require.NoError(t, err)
	require.NotEqual(t, a, b)
	require.NotEqual(t, a, c)
	_, err = keyed.OfCommand("pay", make(chan int))
	require.Error(t, err)
}
