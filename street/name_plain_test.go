package street_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/street"
)

// Names that a Folder says show no mobile number, typed or in words, and are otherwise
// as they stand in the file.
func plainNames(t *rapid.T) {
	number := rapid.StringMatching(`1[3-9][0-9]{9}|一[三五八][〇零一二三四五六七八九]{9}`).Draw(t, "number")
	name := rapid.SampledFrom([]string{"", "第25网格 ", "Ward "}).Draw(t, "name")
	folder := smallFolder()
	edit(folder, "parties.csv", "社区工作站", name+number)
	edit(folder, "posts.csv", "牵头人", name+number)
	edit(folder, "people.csv", "陈一", name+number)
	edit(folder, "matters.csv", "垃圾", name+number)
	edit(folder, "areas/grid.geojson", `"name":"G1"`, `"name":"`+name+number+`"`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	runes := []rune(number)
	want := name + "*********" + string(runes[9:])
	require.Equal(t, []string{want, want, want, want, want}, []string{
		f.PartyName("station", ""), f.PartyName("squad", "lead1"), f.PersonName("p1"), f.MatterName("waste"), f.AreaName("G1"),
	})
	require.Equal(t, []string{"x", "x", "x", "x"}, []string{f.PartyName("x", ""), f.PersonName("x"), f.MatterName("x"), f.AreaName("x")}, "a code without a name stands alone")
}

func TestPlainNames(t *testing.T) { rapid.Check(t, plainNames) }

func FuzzPlainNames(f *testing.F) { f.Fuzz(rapid.MakeFuzz(plainNames)) }
