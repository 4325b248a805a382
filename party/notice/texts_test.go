package notice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

func TestFaultsOfTexts(t *testing.T) {
	for name, c := range map[string]struct {
		board notice.Board
		field string
		want  error
	}{
		"code":     {notice.Board{Area: "a b"}, "area", party.ErrCode},
		"empty":    {notice.Board{}, "area", party.ErrCode},
		"interval": {notice.Board{Area: "b", During: party.Interval{From: day(2), Until: day(2)}}, "until", party.ErrInterval},
		"from":     {notice.Board{Area: "b", During: from(2)}, "from", party.ErrNotMillis},
		"until":    {notice.Board{Area: "b", During: party.Interval{Until: day(2).Add(time.Microsecond)}}, "until", party.ErrNotMillis},
		"overlap":  {notice.Board{Area: "dahe.old", During: from(9)}, "from", notice.ErrOverlap},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "from" {
				c.board.During.From = day(2).Add(time.Microsecond)
			}
			texts, err := notice.NewTexts(append(boards(), c.board))
			require.Nil(t, texts)
			require.ErrorIs(t, err, c.want)
			var build *party.BuildError
			require.ErrorAs(t, err, &build)
			require.Len(t, build.Faults, 1)
			require.Equal(t, c.field, build.Faults[0].Field)
			require.Equal(t, 1, build.Faults[0].Index)
		})
	}
	_, err := notice.NewTexts(make([]notice.Board, party.FaultsMax+7))
	var build *party.BuildError
	require.ErrorAs(t, err, &build)
	require.Len(t, build.Faults, party.FaultsMax)
	require.Equal(t, 7, build.Left)
}

// TestTextsEqualAScan compares At with a loop, and the overlaps with all pairs.
func TestTextsEqualAScan(t *testing.T) { rapid.Check(t, textsEqualAScan) }

func FuzzTexts(f *testing.F) { f.Fuzz(rapid.MakeFuzz(textsEqualAScan)) }

func textsEqualAScan(t *rapid.T) {
	var list []notice.Board
	for range rapid.IntRange(0, 5).Draw(t, "boards") {
		b := notice.Board{Area: rapid.SampledFrom([]notice.Code{"a", "b"}).Draw(t, "area"), Goals: rapid.StringN(0, 2, -1).Draw(t, "goals")}
		if start := rapid.IntRange(0, 9).Draw(t, "from"); start > 0 {
			b.During.From = day(start)
		}
		if length := rapid.IntRange(0, 4).Draw(t, "days"); length > 0 {
			b.During.Until = day(length)
			if !b.During.From.IsZero() {
				b.During.Until = b.During.From.AddDate(0, 0, length)
			}
		}
		list = append(list, b)
	}
	late := map[int]bool{} // boards that another one of the area, which begins no later, runs into
	for i, b := range list {
		for j, o := range list {
			if i != j && b.Area == o.Area && b.During.Meets(o.During) &&
				(o.During.From.Before(b.During.From) || o.During.From.Equal(b.During.From) && j < i) {
				late[i] = true
			}
		}
	}
	texts, err := notice.NewTexts(list)
	if len(late) > 0 {
		var build *party.BuildError
		require.ErrorAs(t, err, &build)
		require.ErrorIs(t, err, notice.ErrOverlap)
		require.Len(t, build.Faults, len(late))
		for _, f := range build.Faults {
			require.True(t, late[f.Index], f)
		}
		return
	}
	require.NoError(t, err)
	at := day(rapid.IntRange(0, 14).Draw(t, "at"))
	for _, area := range []notice.Code{"a", "b", "c"} {
		var want *notice.Board
		for _, b := range list {
			if b.Area == area && b.During.Holds(at) {
				want = &b
			}
		}
		got, ok := texts.At(area, at)
		require.Equal(t, want != nil, ok)
		if ok {
			require.Equal(t, *want, got)
		}
	}
}
