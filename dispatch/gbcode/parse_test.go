package gbcode_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/gbcode"
	"github.com/gridgov/gridgov/grid/division"
	"github.com/gridgov/gridgov/internal/code"
)

// fault is what an Error says, to compare with.
type fault struct {
	From, To int
	Found    string
	Err      error
}

func faultsOf(t require.TestingT, err error) []fault {
	refused, ok := errors.AsType[*gbcode.ParseError](err)
	require.True(t, ok, "%v", err)
	var list []fault
	for _, f := range refused.Faults {
		require.ErrorIs(t, err, f.Err)
		for _, lang := range []string{"en", "zh"} {
			require.NotContains(t, f.Text(lang), f.Code()+"-")
			require.True(t, strings.Contains(f.Found, "{") || !strings.Contains(f.Text(lang), "{"), f.Text(lang))
		}
		list = append(list, fault{f.From, f.To, f.Found, f.Err})
	}
	require.NotEmpty(t, list)
	require.LessOrEqual(t, len(list), 100)
	return list
}

func requireFaults(t *testing.T, text string, want []fault, err error) {
	t.Helper()
	if diff := cmp.Diff(want, faultsOf(t, err), cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
		t.Errorf("%q: %s", text, diff)
	}
}

func TestParseComponent(t *testing.T) {
	c, err := gbcode.ParseComponent("4403090102000017")
	require.NoError(t, err)
	require.Equal(t, "440309", c.County().String())
	require.Equal(t, []int{1, 2, 17}, []int{c.Class(), c.Subclass(), c.Sequence()})
	require.Equal(t, "440309 01 02 000017", c.Grouped())
	e, ok := c.Parent()
	require.True(t, ok)
	require.Equal(t, "440309 01 02", e.Grouped())
	require.True(t, e.Covers(c))
	built, err := gbcode.NewComponent(c.County(), 1, 2, 17)
	require.NoError(t, err)
	require.Equal(t, c, built)
	for _, text := range []string{"4419000102000017", "8100010102000017", "6202000199999999", "4190010101000001"} {
		_, err := gbcode.ParseComponent(text)
		require.NoError(t, err, text)
	}
}

func TestComponentFaults(t *testing.T) {
	for text, want := range map[string][]fault{
		"":                      {{0, 0, "0", gbcode.ErrLength}},
		"440309010200001":       {{0, 0, "15", gbcode.ErrLength}},
		"44030901020000177":     {{0, 0, "17", gbcode.ErrLength}},
		"0000000000000000":      {{1, 2, "00", division.ErrProvince}, {3, 4, "00", division.ErrPrefecture}, {5, 6, "00", division.ErrCounty}, {7, 8, "00", gbcode.ErrClass}, {9, 10, "00", gbcode.ErrSubclass}, {11, 16, "000000", gbcode.ErrSequence}},
		"4400090102000017":      {{3, 4, "00", division.ErrPrefecture}},
		"4403000102000017":      {{5, 6, "00", division.ErrCounty}},
		"9900000002000017":      {{1, 2, "99", division.ErrProvince}, {3, 4, "00", division.ErrPrefecture}, {5, 6, "00", division.ErrCounty}, {7, 8, "00", gbcode.ErrClass}},
		"440309 0102 000017":    {{7, 7, " ", gbcode.ErrSpace}, {12, 12, " ", gbcode.ErrSpace}},
		"440309 0002 000000":    {{7, 7, " ", gbcode.ErrSpace}, {8, 9, "00", gbcode.ErrClass}, {12, 12, " ", gbcode.ErrSpace}, {13, 18, "000000", gbcode.ErrSequence}},
		"４４03090100000017":      {{1, 2, "４４", gbcode.ErrWide}, {9, 10, "00", gbcode.ErrSubclass}},
		"9９03090102000017":      {{1, 2, "99", division.ErrProvince}, {2, 2, "９", gbcode.ErrWide}},
		"44O3090102000O00":      {{3, 3, "O", gbcode.ErrCharacter}, {14, 14, "O", gbcode.ErrCharacter}},
		"440309010200001:":      {{0, 0, "15", gbcode.ErrLength}, {16, 16, ":", gbcode.ErrCharacter}},
		"440309010200001/":      {{0, 0, "15", gbcode.ErrLength}, {16, 16, "/", gbcode.ErrCharacter}},
		"44030901020000A7":      {{15, 15, "A", gbcode.ErrCharacter}},
		"44\xff":                {{0, 0, "2", gbcode.ErrLength}, {3, 3, "\xff", gbcode.ErrCharacter}},
		"4.40309E+15":           {{0, 0, "4.40309E+15", gbcode.ErrSpreadsheet}},
		strings.Repeat("4", 97): {{0, 0, "97", gbcode.ErrLength}},
	} {
		c, err := gbcode.ParseComponent(text)
		require.Zero(t, c)
		requireFaults(t, text, want, err)
	}
}

func TestNewFaults(t *testing.T) {
	shenzhen, err := division.Parse("440300")
	require.NoError(t, err)
	street, err := division.Parse("440309006")
	require.NoError(t, err)
	dongguan, err := division.Parse("441900")
	require.NoError(t, err)
	_, err = gbcode.NewComponent(shenzhen, 0, 100, 1_000_000)
	requireFaults(t, "shenzhen", []fault{
		{5, 6, "00", division.ErrCounty}, {7, 8, "0", gbcode.ErrClass}, {9, 10, "100", gbcode.ErrSubclass}, {11, 16, "1000000", gbcode.ErrSequence},
	}, err)
	_, err = gbcode.NewEvent(street, -1, 1)
	requireFaults(t, "street", []fault{{1, 6, "440309006", gbcode.ErrCounty}, {7, 8, "-1", gbcode.ErrClass}}, err)
	_, err = gbcode.NewEvent(0, 1, 1)
	requireFaults(t, "none", []fault{{1, 2, "00", division.ErrProvince}, {3, 4, "00", division.ErrPrefecture}, {5, 6, "00", division.ErrCounty}}, err)
	_, err = gbcode.NewEvent(^division.Code(0), 1, 1)
	requireFaults(t, "too large", []fault{{1, 6, "18446744073709551615", gbcode.ErrCounty}}, err)
	_, err = gbcode.NewEvent(^division.Code(0)/1e9*1e9, 1, 1)
	require.ErrorIs(t, err, gbcode.ErrCounty)
	e, err := gbcode.NewEvent(dongguan, 6, 11)
	require.NoError(t, err)
	require.Equal(t, "4419000611", e.String())
}

// checkParse compares all that reads a text with the patterns, and what it reads
// with what it writes.
func checkParse(t require.TestingT, s string) {
	c, err := gbcode.ParseComponent(s)
	checkFaults(t, s, naiveComponent, err)
	require.Equal(t, err == nil, c.Valid())
	if err == nil {
		require.Equal(t, s, c.String())
		require.Equal(t, s, strings.ReplaceAll(c.Grouped(), " ", ""))
		built, err := gbcode.NewComponent(c.County(), c.Class(), c.Subclass(), c.Sequence())
		require.NoError(t, err)
		require.Equal(t, c, built)
		parent, ok := c.Parent()
		require.True(t, ok && parent.Covers(c))
		require.Equal(t, s[:10], parent.String())
	}
	e, err := gbcode.ParseEvent(s)
	checkFaults(t, s, naiveEvent, err)
	require.Equal(t, err == nil, e.Valid())
	if err == nil {
		require.Equal(t, s, e.String())
		built, err := gbcode.NewEvent(e.County(), e.Class(), e.Subclass())
		require.NoError(t, err)
		require.Equal(t, e, built)
	}
	other := gbcode.Component(7)
	textErr := other.UnmarshalText([]byte(s))
	switch {
	case s == "":
		require.Zero(t, other)
	case textErr == nil:
		require.Equal(t, c, other)
		back, err := other.MarshalText()
		require.NoError(t, err)
		require.Equal(t, s, string(back))
	default:
		require.Equal(t, gbcode.Component(7), other)
		_, err := other.MarshalText()
		require.ErrorIs(t, err, gbcode.ErrInvalid)
	}
}

// checkFaults compares the faults with the twin's; of texts that the twin cannot
// read it checks that every place quotes the text.
func checkFaults(t require.TestingT, s string, pattern *regexp.Regexp, err error) {
	want, ok := naiveRead(pattern, s)
	compareFaults(t, s, want, ok, err)
}

func compareFaults(t require.TestingT, s string, want []naiveFault, ok bool, err error) {
	if ok && len(want) == 0 {
		require.NoError(t, err, "%q", s)
		return
	}
	require.Error(t, err, "%q", s)
	last := 0
	var got []naiveFault
	for _, f := range faultsOf(t, err) {
		require.GreaterOrEqual(t, f.From, last, "%q", s)
		last = f.From
		got = append(got, naiveFault{f.From, f.To, f.Err})
		if f.Err == gbcode.ErrWide || f.Err == gbcode.ErrSpace || f.Err == gbcode.ErrCharacter {
			require.Equal(t, runesOf(s, f.From, f.To), f.Found, "%q", s)
		}
	}
	if ok {
		require.Equal(t, want, got, "%q", s)
	}
}

// checkItem does the same for the codes of parts and matters.
func checkItem(t require.TestingT, s string) {
	for _, kind := range []gbcode.Kind{0, gbcode.Part, gbcode.Matter, 3} {
		i, err := gbcode.ParseItem(kind, s)
		if !kind.Known() {
			require.ErrorIs(t, err, gbcode.ErrKind)
			continue
		}
		want, ok := naiveReadItem(s)
		compareFaults(t, s, want, ok, err)
		require.Equal(t, err == nil, i.Valid())
		if err != nil {
			continue
		}
		require.Equal(t, s, i.Digits())
		require.Equal(t, kind, i.Kind())
		require.NoError(t, code.Check(i.Code()))
		back, err := gbcode.ParseItemCode(i.Code())
		require.NoError(t, err)
		require.Equal(t, i, back)
		class, ok := i.Parent()
		require.Equal(t, len(s) == 5, ok)
		require.True(t, !ok || class.Covers(i) && class < i && !i.Covers(class) && class.Digits() == s[:2])
	}
	if i, err := gbcode.ParseItemCode(code.Code(s)); err == nil {
		require.Equal(t, s, string(i.Code()))
	} else {
		faultsOf(t, err)
	}
}

func parseProperty(t *rapid.T) {
	s := rapid.OneOf(digitsText, dirtyText, rapid.String()).Draw(t, "text")
	checkParse(t, s)
	checkItem(t, s)
	checkItem(t, rapid.SampledFrom([]string{"part.", "matter.", "part", ""}).Draw(t, "kind")+s)
}

func TestParseAgainstPatterns(t *testing.T) { rapid.Check(t, parseProperty) }
func FuzzParseAgainstPatterns(f *testing.F) { f.Fuzz(rapid.MakeFuzz(parseProperty)) }

// FuzzText reads texts of any bytes.
func FuzzText(f *testing.F) {
	for _, s := range []string{"4403090102000017", "4403090611", "06001", "06", "matter.06.001", "part.01", "part.01001", "matter.06.0O1", "4.4E+15", "４４", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkParse(t, s)
		checkItem(t, s)
	})
}

// TestAnyNumber asks everything of numbers that no text gave.
func TestAnyNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Uint64(), rapid.Uint64Max(1e16), rapid.Uint64Max(1e10), rapid.Uint64Max(4e5)).Draw(t, "n")
		c, e, i := gbcode.Component(n), gbcode.Event(n), gbcode.Item(n)
		_, err := gbcode.ParseComponent(c.String())
		require.Equal(t, err == nil, c.Valid())
		_, err = gbcode.ParseEvent(e.String())
		require.Equal(t, err == nil, e.Valid())
		_, ok := c.Parent()
		require.Equal(t, c.Valid(), ok)
		require.False(t, e.Covers(c) && (!e.Valid() || !c.Valid()))
		_, _, _, _ = c.County(), c.Class(), c.Subclass(), c.Sequence()
		_, _, _ = e.County(), e.Class(), e.Subclass()
		_, _ = c.Grouped(), e.Grouped()
		_, err = gbcode.ParseItemCode(i.Code())
		require.Equal(t, err == nil, i.Valid())
		_, listed := i.Name()
		require.False(t, listed && !i.Valid())
		_, _ = i.Part()
		_, _ = i.Parent()
		require.Equal(t, i.Valid(), i.Covers(i))
	})
}
