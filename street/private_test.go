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

// A number in the wrong column of a table is not in what is said of it.
func TestFaultsShowNoNumber(t *testing.T) {
	for file, c := range map[string][2]string{
		"people.csv":        {"p2,林二,13900005678,是", "p2,林二,是,13900005678"},
		"appointments.csv":  {"p1,lead1", "139 0000 5678,lead1"},
		"registrations.csv": {"p1,G1", "13900005678,G1"},
		"posts.csv":         {"2000.00", "13900005678元"},
	} {
		folder := wholeFolder()
		edit(folder, file, c[0], c[1])
		_, err := street.Load(folder, options)
		require.Error(t, err)
		for _, lang := range []string{"en", "zh"} {
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			for _, f := range load.Faults {
				require.NotRegexp(t, `139.?0000.?5678`, f.Sentence(lang)+string(f.Unit), file)
			}
		}
		require.NotRegexp(t, `139.?0000.?5678`, err.Error(), file)
	}
}
