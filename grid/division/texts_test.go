package division

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryMessageHasBothTexts(t *testing.T) {
	used := map[string]bool{"refused": true, "at": true, "contradiction": true, "mismatch": true, "not-inside": true, "invalid": true}
	for _, err := range []error{
		ErrSpreadsheet, ErrLength, ErrComponent, ErrWide, ErrSpace, ErrCharacter,
		ErrProvince, ErrPrefecture, ErrCounty, ErrStreet, ErrCommunity, ErrSequence,
	} {
		e := &Error{Err: err}
		used[e.Code()], used[e.Code()+"-found"] = true, true
		require.Contains(t, texts[e.Code()+"-found"][0], "{0}")
	}
	for _, list := range [][]string{levelTexts[:], streetTexts[:], communityTexts[:]} {
		for _, name := range list {
			used[name] = true
		}
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(used)), slices.Collect(maps.Keys(texts)))
	for name, pair := range texts {
		require.NotEmpty(t, pair[0], name)
		require.NotEmpty(t, pair[1], name)
		for _, hole := range []string{"{0}", "{1}", "{2}", "{3}"} {
			require.Equal(t, strings.Contains(pair[0], hole), strings.Contains(pair[1], hole), name)
		}
	}
}

func TestNames(t *testing.T) {
	require.Equal(t, "街道", Subdistrict.Text("zh"))
	require.Equal(t, "none", StreetKind(200).String())
	require.Equal(t, "虚拟社区", VirtualCommunity.Text("zh"))
	require.Equal(t, "none", CommunityKind(200).String())
	require.Equal(t, "unit grid", Grid.String())
	require.Equal(t, "无", Level(200).Text("zh"))
	from, to := Level(200).Digits()
	require.Zero(t, from+to)
}
