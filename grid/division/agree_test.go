package division_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		child, parent grid.Code
		outward       bool
		parts         []division.Mismatch
		en, zh        string
	}{
		{
			child: "440305003", parent: "440309",
			parts: []division.Mismatch{{division.County, 5, 6, "05", "09"}},
			en:    "440305003 does not lie in 440309: at 5-6: county 05, the parent's is 09",
			zh:    "440305003不属于440309：第5-6位：县级代码为05，上级为09",
		},
		{
			child: "520309007001", parent: "440309006",
			parts: []division.Mismatch{{division.Province, 1, 2, "52", "44"}, {division.Street, 7, 9, "007", "006"}},
			en:    "520309007001 does not lie in 440309006: at 1-2: province 52, the parent's is 44; at 7-9: street 007, the parent's is 006",
			zh:    "520309007001不属于440309006：第1-2位：省级代码为52，上级为44；第7-9位：乡级代码为007，上级为006",
		},
		{
			child: "440309", parent: "440309006", outward: true,
			en: "440309 does not lie in 440309006: a county cannot lie in a street",
			zh: "440309不属于440309006：县级不能是乡级的下级",
		},
		{
			child: "440309007", parent: "440309006", outward: true,
			parts: []division.Mismatch{{division.Street, 7, 9, "007", "006"}},
			en:    "440309007 does not lie in 440309006: at 7-9: street 007, the parent's is 006; a street cannot lie in a street",
			zh:    "440309007不属于440309006：第7-9位：乡级代码为007，上级为006；乡级不能是乡级的下级",
		},
		{
			child: "441900003", parent: "441901",
			parts: []division.Mismatch{{division.County, 5, 6, "00", "01"}},
			en:    "441900003 does not lie in 441901: at 5-6: county 00, the parent's is 01",
			zh:    "441900003不属于441901：第5-6位：县级代码为00，上级为01",
		},
	} {
		got, ok := division.Agree(c.child, c.parent)
		require.False(t, ok, c.en)
		want := division.Contradiction{Child: mustParse(t, string(c.child)), Parent: mustParse(t, string(c.parent)), Outward: c.outward, Parts: c.parts}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", c.en, diff)
		}
		require.Equal(t, c.en, got.Text("en"))
		require.Equal(t, c.zh, got.Text("zh"))
	}
	for _, c := range [][2]grid.Code{
		{"440309006", "440309"}, {"440309006001012", "440309000000"}, {"441900003", "441900"}, {"620201001", "620200"}, {"810001", "81"},
		{"441900", "4419"}, {"350527000", "350527"}, {"350527000000", "350527000"},
		{"440309006-01-1", "440305"}, {"NH-S1-27", "440305"}, {"440305003", ""}, {"", "440309"}, {"440305003 ", "440309"},
		{"440300000005", "52"}, {"4403090102000017", "52"}, {"440305003", "龙华"},
	} {
		child, parent := c[0], c[1]
		got, ok := division.Agree(child, parent)
		require.True(t, ok, "%s in %s", child, parent)
		require.Zero(t, got)
		require.Empty(t, got.Text("zh"))
	}
}

// propAgree compares with prefixes of text, on codes and on what is none.
func propAgree(t *rapid.T) {
	a, b := anyCode.Draw(t, "child"), anyCode.Draw(t, "parent")
	na, badA := readNaive(a)
	nb, badB := readNaive(b)
	got, ok := division.Agree(grid.Code(a), grid.Code(b))
	if len(badA)+len(badB) > 0 {
		require.True(t, ok)
		require.Zero(t, got)
		return
	}
	require.Equal(t, nb.covers(na), ok, "%s in %s", a, b)
	if ok {
		require.Zero(t, got)
		return
	}
	require.Equal(t, len(na.parts) <= len(nb.parts), got.Outward)
	require.True(t, got.Outward || len(got.Parts) > 0, "a contradiction has a reason")
	var want []division.Mismatch
	for i := range min(len(na.parts), len(nb.parts)) {
		if na.parts[i] != nb.parts[i] {
			want = append(want, division.Mismatch{
				Level: division.Level(i + 1), From: naiveEnds[i] - naiveWidths[i] + 1, To: naiveEnds[i], Child: na.parts[i], Parent: nb.parts[i],
			})
		}
	}
	require.Equal(t, want, got.Parts)
}

func TestAgreeLikeTwin(t *testing.T) { rapid.Check(t, propAgree) }

func FuzzAgree(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propAgree)) }
