package division_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/division"
)

func mustParse(t require.TestingT, s string) division.Code {
	c, err := division.Parse(s)
	require.NoError(t, err)
	return c
}

func TestParent(t *testing.T) {
	for child, want := range map[string]string{
		"440309006001012": "440309006001", "440309006001": "440309006", "440309006": "440309", "440309": "440300", "440300": "440000",
		"441900003": "441900", "441900003001": "441900003", "441900": "440000", "620201001": "620201", "620200001": "620200",
		"810001": "810000", "419001": "419000",
	} {
		parent, ok := mustParse(t, child).Parent()
		require.True(t, ok, child)
		require.Equal(t, want, parent.String(), child)
	}
	for _, c := range []division.Code{0, mustParse(t, "44"), mustParse(t, "810000")} {
		_, ok := c.Parent()
		require.False(t, ok)
	}
}

func TestAtLeftOut(t *testing.T) {
	dongcheng := mustParse(t, "441900003001")
	_, ok := dongcheng.At(division.County)
	require.False(t, ok, "Dongguan has no counties")
	city, ok := dongcheng.At(division.Prefecture)
	require.True(t, ok)
	require.Equal(t, "441900", city.String())
	for _, l := range []division.Level{0, division.Grid, 7, 255} {
		_, ok = dongcheng.At(l)
		require.False(t, ok, l)
	}
}

func propRelations(t *rapid.T) {
	a, b := validCode.Draw(t, "a"), validCode.Draw(t, "b")
	na, nb := twin(a), twin(b)
	require.Equal(t, strings.Compare(na.written, nb.written) < 0, a < b)
	require.Equal(t, na.covers(nb), a.Covers(b), "%v covers %v", a, b)
	require.Equal(t, a <= b && b < a.End(), a.Covers(b), "%v to %v holds %v", a, a.End(), b)
	require.True(t, a.Covers(a))
	require.True(t, a.Covers(a.End()-1))
	require.False(t, a.Covers(a.End()))
	parent, ok := a.Parent()
	require.Equal(t, na.parent() != "", ok)
	if ok {
		require.Equal(t, na.parent(), fill(parent))
		require.True(t, parent.Valid())
		require.True(t, parent.Covers(a))
		require.Less(t, parent.Level(), a.Level())
		again, ok := parent.Child(a.Level(), a.Part(a.Level()))
		require.True(t, ok)
		require.Equal(t, a, again)
	}
	for l := division.Province; l <= division.Grid; l++ {
		at, ok := a.At(l)
		require.Equal(t, na.at(int(l)-1) != "", ok, "%v at %v", a, l)
		if ok {
			require.Equal(t, na.at(int(l)-1), fill(at))
			require.Equal(t, l, at.Level())
			require.True(t, at.Covers(a))
		}
	}
}

func TestRelations(t *testing.T) { rapid.Check(t, propRelations) }

func FuzzRelations(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propRelations)) }

// propChild compares Child with writing the digits and reading them.
func propChild(t *rapid.T) {
	c := validCode.Draw(t, "code")
	l := division.Level(rapid.IntRange(0, 7).Draw(t, "level"))
	n := rapid.SampledFrom([]int{-1, 0, 1, 12, 99, 100, 599, 600, 999, 1000, 1 << 40}).Draw(t, "n")
	got, ok := c.Child(l, n)
	from, to := l.Digits()
	if from == 0 || l <= c.Level() || n <= 0 || n >= map[int]int{1: 100, 2: 1000}[to-from] {
		require.False(t, ok)
		return
	}
	digits := fill(c)[:from-1] + padInt(n, to-from+1)
	want, err := division.Parse(digits)
	require.Equal(t, err == nil, ok, digits)
	if ok {
		require.Equal(t, want, got)
		require.Equal(t, n, got.Part(l))
	}
}

func padInt(n, width int) string { return fill(division.Code(n))[15-width:] }

func TestChild(t *testing.T) {
	rapid.Check(t, propChild)
	_, ok := division.Code(5).Child(division.Grid, 1)
	require.False(t, ok)
	_, ok = division.Code(5).Child(division.Street, 1)
	require.False(t, ok, "a number that is no code has no children")
}

func FuzzChild(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propChild)) }

// propNumbers asks everything of numbers that nobody checked: Valid knows them,
// and nothing panics.
func propNumbers(t *rapid.T) {
	c := division.Code(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 1e15), rapid.Uint64Range(44e13, 45e13)).Draw(t, "number"))
	valid := false
	if c < 1e15 {
		s := fill(c)
		if strings.HasSuffix(s, "000") {
			s = s[:12]
		}
		_, faults := readNaive(s)
		valid = len(faults) == 0
	}
	require.Equal(t, valid, c.Valid(), "%d", uint64(c))
	_, err := c.MarshalText()
	require.Equal(t, valid || c == 0, err == nil)
	if err != nil {
		require.ErrorIs(t, err, division.ErrInvalid)
	}
	for l := range division.Level(8) {
		c.At(l)
		c.Part(l)
		c.Child(l, 1)
	}
	c.Parent()
	c.End()
	c.Covers(c)
	_ = c.String() + c.Short() + c.Padded() + c.Grouped() + c.StreetKind().String() + c.CommunityKind().String() + string(c.GridCode())
}

func TestNumbers(t *testing.T) { rapid.Check(t, propNumbers) }

func FuzzNumbers(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNumbers)) }

func TestZero(t *testing.T) {
	guanlan := mustParse(t, "440309006")
	require.False(t, division.Code(0).Valid())
	require.Zero(t, division.Code(0).Level())
	require.False(t, division.Code(0).Covers(guanlan))
	require.False(t, division.Code(0).Covers(0))
	require.False(t, guanlan.Covers(0))
	require.Zero(t, division.Code(0).End())
	require.Empty(t, division.Code(0).String()+division.Code(0).Padded()+division.Code(0).Short()+division.Code(0).Grouped())
}
