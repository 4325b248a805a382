package street_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// TestPersonalTextIsNoFact keeps who reported, in what words, and what was
// answered out of every entry, erases it, and replays to the same state.
func TestPersonalTextIsNoFact(t *testing.T) {
	ctx := context.Background()
	folder := smallFolder()
	set(folder, "events.csv", "id,at,matter,lng,lat,reporter,summary,closed_at,outcome\n"+
		"E1,2021-09-28 10:00,waste,114.01,22.71,王阿姨,邻居小李乱扔,2021-09-28 11:00,已劝导 小李 致歉\n"+
		"E2,2021-09-28 10:00,waste,114.01,22.71,,,2021-09-28 11:00,已清运\n")
	delete(folder, "commands.jsonl")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	store := journal.NewMemory()
	salt := func() []byte { return []byte("0123456789abcdef") }
	s, err := street.OpenConfig(ctx, f, street.Config{Store: store, Salt: salt})
	require.NoError(t, err)
	require.NoError(t, s.Play(ctx, f.Latest(), nil))

	private := 0
	for r, err := range store.Read(ctx, "street", 1) {
		require.NoError(t, err)
		for _, word := range []string{"王阿姨", "小李"} {
			require.NotContains(t, string(r.Body), word)
		}
		if r.Private != nil {
			private++
			require.NoError(t, store.Erase(ctx, "street", r.Seq))
		}
	}
	require.Equal(t, 2, private, "the report and the answer")
	c, _ := s.Case("E2")
	require.Equal(t, "已清运", c.Outcome, "an outcome code is a fact")
	again, err := street.Open(ctx, f, store)
	require.NoError(t, err)
	require.Equal(t, s.Hash(), again.Hash(), "erased text was no part of the state")
}
