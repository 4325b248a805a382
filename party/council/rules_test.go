package council_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/council"
)

// enough is a threshold read off the words, in fractions: part/whole against num/den.
func enough(r council.Ratio, part, whole int64) bool {
	if part < 1 || whole < 0 {
		return false
	}
	share := new(big.Rat).SetInt64(part)
	limit := new(big.Rat).Mul(big.NewRat(r.Num, r.Den), new(big.Rat).SetInt64(whole))
	if r.Above {
		return share.Cmp(limit) > 0
	}
	return share.Cmp(limit) >= 0
}

func ratios(t *rapid.T) council.Ratio {
	den := rapid.OneOf(rapid.Int64Range(1, 12), rapid.Int64Range(1, council.DenMax)).Draw(t, "den")
	return council.Ratio{Num: rapid.Int64Range(0, den).Draw(t, "num"), Den: den, Above: rapid.Bool().Draw(t, "above")}
}

func TestRatio(t *testing.T) { rapid.Check(t, ratioIsAFraction) }

func FuzzRatio(f *testing.F) { f.Fuzz(rapid.MakeFuzz(ratioIsAFraction)) }

func ratioIsAFraction(t *rapid.T) {
	r := ratios(t)
	heads := rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(-2, math.MaxInt64), rapid.Int64Range(math.MaxInt64-1_000_000, math.MaxInt64))
	part, whole := heads.Draw(t, "part"), heads.Draw(t, "whole")
	require.Equal(t, enough(r, part, whole), r.Met(part, whole), "%+v of %d by %d", r, whole, part)
	least := r.Least(whole)
	if whole < 0 || !enough(r, math.MaxInt64, whole) {
		require.Zero(t, least)
		return
	}
	require.GreaterOrEqual(t, least, int64(1))
	require.True(t, enough(r, least, whole), "%+v of %d needs %d", r, whole, least)
	require.False(t, enough(r, least-1, whole), "%+v of %d needs %d", r, whole, least)
}

// TestThresholds: the words of the sources. 以上 includes the number, 过半数 does
// not.
func TestThresholds(t *testing.T) {
	twoThirds, half := council.Ratio{Num: 2, Den: 3}, council.Ratio{Num: 1, Den: 2, Above: true}
	for _, c := range []struct {
		r           council.Ratio
		part, whole int64
		met         bool
	}{
		{twoThirds, 6, 9, true}, {twoThirds, 5, 9, false}, {twoThirds, 6, 10, false}, {twoThirds, 7, 10, true},
		{half, 5, 10, false}, {half, 6, 10, true}, {half, 5, 9, true}, {half, 0, 0, false}, {half, 1, 1, true},
		{council.Ratio{Num: 1, Den: 2}, 5, 10, true}, {council.Ratio{Num: 1, Den: 5}, 2, 10, true}, {council.Ratio{Num: 1, Den: 5}, 2, 11, false},
		{council.Ratio{Num: 0, Den: 1}, 1, 1000, true}, {council.Ratio{Num: 0, Den: 1}, 0, 1000, false},
		{council.Ratio{Num: 1, Den: 1, Above: true}, 10, 10, false}, {council.Ratio{Num: 1, Den: 1}, 10, 10, true},
		{council.Ratio{Num: 3, Den: 2}, 10, 1, false}, {council.Ratio{}, 1, 1, false}, // no threshold that Rules could hold
		{half, 1, -1, false}, {half, -1, -10, false},
		{half, math.MaxInt64/2 + 1, math.MaxInt64, true}, {half, math.MaxInt64 / 2, math.MaxInt64, false},
		{council.Ratio{Num: 999_999, Den: council.DenMax}, math.MaxInt64 - 1, math.MaxInt64, true},
		{council.Ratio{Num: 999_999, Den: council.DenMax}, 1 << 60, math.MaxInt64, false},
	} {
		require.Equal(t, c.met, c.r.Met(c.part, c.whole), "%+v %d of %d", c.r, c.part, c.whole)
	}
}

// TestMoreThanEverybody was found by TestRatio: more than all of the largest number
// there is cannot be counted.
func TestMoreThanEverybody(t *testing.T) {
	all := council.Ratio{Num: 1, Den: 1, Above: true}
	require.Equal(t, int64(11), all.Least(10))
	require.Zero(t, all.Least(math.MaxInt64))
	require.False(t, all.Met(math.MaxInt64, math.MaxInt64))
}

// TestRelativeThresholds: a threshold that grows with the members, however few come.
func TestRelativeThresholds(t *testing.T) {
	rules := council.Rules{Pass: council.Ratio{Num: 1, Den: 50}, Base: council.BaseAll}
	for members, least := range map[int64]int64{10: 1, 50: 1, 51: 2, 100: 2, 101: 3, 5000: 100, 9999: 200} {
		require.Equal(t, least, rules.Pass.Least(members))
		require.Equal(t, council.Passed, rules.Result(council.Count{Members: members, Present: least, Yes: least}, ""))
		require.Equal(t, council.Failed, rules.Result(council.Count{Members: members, Present: least, Yes: least - 1}, ""))
	}
}

// TestResults: bases and abstentions, both ways.
func TestResults(t *testing.T) {
	half, atLeast := council.Ratio{Num: 1, Den: 2, Above: true}, council.Ratio{Num: 1, Den: 2}
	ten := council.Count{Members: 12, Present: 10, Yes: 5, No: 3, Abstain: 2}
	for _, c := range []struct {
		pass    council.Ratio
		base    council.Base
		abstain council.Abstention
		tie     council.Tie
		count   council.Count
		chair   council.Choice
		of      int64
		want    council.Result
	}{
		{half, council.BasePresent, council.AbstainAgainst, council.TieFails, ten, "", 10, council.Failed}, // 5 of 10 is not more than half
		{half, council.BasePresent, council.AbstainOut, council.TieFails, ten, "", 8, council.Passed},
		{half, council.BaseCast, council.AbstainAgainst, council.TieFails, ten, "", 10, council.Failed},
		{half, council.BaseCast, council.AbstainOut, council.TieFails, ten, "", 8, council.Passed},
		{half, council.BaseAll, council.AbstainAgainst, council.TieFails, ten, "", 12, council.Failed},
		{half, council.BaseAll, council.AbstainOut, council.TieFails, ten, "", 10, council.Failed},
		{atLeast, council.BasePresent, council.AbstainAgainst, council.TieFails, ten, "", 10, council.Passed},
		{half, council.BaseCast, council.AbstainOut, council.TieDefers, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, "", 8, council.Deferred},
		{half, council.BaseCast, council.AbstainOut, council.TieFails, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, "", 8, council.Failed},
		{half, council.BaseCast, council.AbstainOut, council.TieChair, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, council.Yes, 8, council.Passed},
		{half, council.BaseCast, council.AbstainOut, council.TieChair, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, council.No, 8, council.Failed},
		{half, council.BaseCast, council.AbstainOut, council.TieChair, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, council.Abstain, 8, council.Deferred},
		{atLeast, council.BaseCast, council.AbstainOut, council.TieDefers, council.Count{Members: 9, Present: 9, Yes: 4, No: 4, Abstain: 1}, "", 8, council.Passed}, // at least half: no tie to break
		{half, council.BaseCast, council.AbstainOut, council.TieDefers, council.Count{Members: 9, Present: 9, Abstain: 9}, "", 0, council.Failed},                   // nobody is no tie
		{atLeast, council.BaseCast, council.AbstainOut, council.TieDefers, council.Count{Members: 9, Present: 9}, "", 0, council.Failed},
	} {
		rules := council.Rules{Pass: c.pass, Base: c.base, Abstain: c.abstain, Tie: c.tie}
		require.Equal(t, c.of, rules.Of(c.count), "%+v", c)
		require.Equal(t, c.want, rules.Result(c.count, c.chair), "%+v", c)
	}
}

// TestPresets: every preset can be used, and says where it comes from.
func TestPresets(t *testing.T) {
	names := map[string]bool{}
	for _, p := range council.Presets() {
		require.NotEmpty(t, p.Rules.Source)
		names[p.Name] = true
		h := fresh(t)
		h.ok(founded("c", p.Rules, ""))
	}
	require.Equal(t, map[string]bool{"residents-assembly": true, "residents-delegates": true, "all-members": true, "coordination": true}, names)
	ten := council.Count{Members: 10, Present: 6, Yes: 4}
	require.True(t, council.Presets()[0].Rules.Quorate(ten))
	require.False(t, council.Presets()[1].Rules.Quorate(ten))
	require.Equal(t, council.Passed, council.Presets()[0].Rules.Result(ten, ""))
	require.Equal(t, council.Failed, council.Presets()[2].Rules.Result(ten, ""))
}
