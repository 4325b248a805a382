package division_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text   string
		digits string
		level  division.Level
	}{
		{"44", "440000000000000", division.Province},
		{"4400", "440000000000000", division.Province},
		{"440000", "440000000000000", division.Province},
		{"440000000000", "440000000000000", division.Province},
		{"4403", "440300000000000", division.Prefecture},
		{"440309", "440309000000000", division.County},
		{"440309000", "440309000000000", division.County}, // the bureau lists Jinmen so, 350527000
		{"440309006", "440309006000000", division.Street},
		{"440309006000", "440309006000000", division.Street},
		{"440309006001", "440309006001000", division.Community},
		{"440309006001012", "440309006001012", division.Grid},
		{"441900", "441900000000000", division.Prefecture},
		{"441900003000", "441900003000000", division.Street},
		{"441900003001", "441900003001000", division.Community},
		{"442000100", "442000100000000", division.Street},
		{"460300001", "460300001000000", division.Street},
		{"460400100", "460400100000000", division.Street},
		{"620200001", "620200001000000", division.Street},
		{"620201100", "620201100000000", division.Street}, // the bureau's county of Jiayuguan
		{"441900003001007", "441900003001007", division.Grid},
		{"419001", "419001000000000", division.County}, // Jiyuan, directly under Henan
		{"110100", "110100000000000", division.Prefecture},
		{"710000", "710000000000000", division.Province},
		{"810001", "810001000000000", division.County},
		{"820001", "820001000000000", division.County},
		{"440304400498", "440304400498000", division.Community},
		{"440309006601", "440309006601000", division.Community},
		{"829999599999999", "829999599999999", division.Grid},
	} {
		got, err := division.Parse(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.digits, fill(got), c.text)
		require.Equal(t, c.level, got.Level(), c.text)
		require.True(t, got.Valid(), c.text)
	}
}

// fault is what an Error says, to compare with.
type fault struct {
	From, To int
	Found    string
	Err      error
}

func faultsOf(t require.TestingT, s string) []fault {
	c, err := division.Parse(s)
	require.Error(t, err, "%q", s)
	require.Zero(t, c, "%q", s)
	refused, ok := errors.AsType[*division.ParseError](err)
	require.True(t, ok)
	var list []fault
	for _, f := range refused.Faults {
		require.ErrorIs(t, err, f.Err)
		require.NotContains(t, f.Text("en"), f.Code()+"-found")
		list = append(list, fault{f.From, f.To, f.Found, f.Err})
	}
	require.NotEmpty(t, list, "%q", s)
	require.LessOrEqual(t, len(list), 100)
	return list
}

func TestParseFaults(t *testing.T) {
	for text, want := range map[string][]fault{
		"":                 {{0, 0, "0", division.ErrLength}},
		"4":                {{0, 0, "1", division.ErrLength}},
		"440":              {{0, 0, "3", division.ErrLength}},
		"4403090":          {{0, 0, "7", division.ErrLength}},
		"99030":            {{0, 0, "5", division.ErrLength}, {1, 2, "99", division.ErrProvince}},
		"4403090102000017": {{0, 0, "16", division.ErrComponent}},
		"9903090102000017": {{0, 0, "16", division.ErrComponent}, {1, 2, "99", division.ErrProvince}},
		"00":               {{1, 2, "00", division.ErrProvince}},
		"000000000000":     {{1, 2, "00", division.ErrProvince}},
		"660000":           {{1, 2, "66", division.ErrProvince}},
		"910309":           {{1, 2, "91", division.ErrProvince}},
		"440005":           {{3, 4, "00", division.ErrPrefecture}},
		"440300005":        {{5, 6, "00", division.ErrCounty}}, // Shenzhen has counties
		"440300000005":     {{5, 6, "00", division.ErrCounty}, {7, 9, "000", division.ErrStreet}},
		"440309000005":     {{7, 9, "000", division.ErrStreet}},
		"441900000005":     {{7, 9, "000", division.ErrStreet}},
		"440309600":        {{7, 9, "600", division.ErrStreet}},
		"440309006000012":  {{10, 12, "000", division.ErrCommunity}},
		"440309006001000":  {{13, 15, "000", division.ErrSequence}},
		"440309006000000":  {{10, 12, "000", division.ErrCommunity}, {13, 15, "000", division.ErrSequence}},
		"990000999000000": {
			{1, 2, "99", division.ErrProvince}, {3, 4, "00", division.ErrPrefecture}, {5, 6, "00", division.ErrCounty},
			{7, 9, "999", division.ErrStreet}, {10, 12, "000", division.ErrCommunity}, {13, 15, "000", division.ErrSequence},
		},
		"４４０３09":                {{1, 4, "４４０３", division.ErrWide}},
		"９９03０9":                {{1, 2, "９９", division.ErrWide}, {1, 2, "99", division.ErrProvince}, {5, 5, "０", division.ErrWide}},
		" 440309":               {{1, 1, " ", division.ErrSpace}},
		"440309 006\u3000\n":    {{7, 7, " ", division.ErrSpace}, {11, 12, "\u3000\n", division.ErrSpace}},
		"440309 000 001":        {{7, 7, " ", division.ErrSpace}, {8, 10, "000", division.ErrStreet}, {11, 11, " ", division.ErrSpace}},
		"\ufeff440309":          {{1, 1, "\ufeff", division.ErrSpace}},
		"44O3O9":                {{3, 3, "O", division.ErrCharacter}, {5, 5, "O", division.ErrCharacter}},
		"44OO00001":             {{3, 4, "OO", division.ErrCharacter}, {5, 6, "00", division.ErrCounty}},
		"44-0309-006":           {{3, 3, "-", division.ErrCharacter}, {8, 8, "-", division.ErrCharacter}},
		"440309-006-01":         {{0, 0, "11", division.ErrLength}, {7, 7, "-", division.ErrCharacter}, {11, 11, "-", division.ErrCharacter}},
		"-440309":               {{1, 1, "-", division.ErrCharacter}},
		"44\xff":                {{3, 3, "\xff", division.ErrCharacter}},
		"4.40309E+14":           {{0, 0, "4.40309E+14", division.ErrSpreadsheet}},
		"440309006001.0":        {{0, 0, "440309006001.0", division.ErrSpreadsheet}},
		"观澜街道":                  {{1, 4, "观澜街道", division.ErrCharacter}}, // as many as a prefecture has digits
		strings.Repeat("4", 97): {{0, 0, "97", division.ErrLength}},
	} {
		if diff := cmp.Diff(want, faultsOf(t, text), cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// checkParse compares with the twin; of texts that are not all digits it checks
// that every other character is reported, and no digit is for what it is.
func checkParse(t require.TestingT, s string) {
	c, err := division.Parse(s)
	of, ok := division.Of(grid.Code(s))
	require.Equal(t, err == nil, ok)
	require.Equal(t, c, of)
	if !digitsOnly.MatchString(s) {
		checkDirty(t, s)
		return
	}
	want, faults := readNaive(s)
	if len(faults) == 0 {
		require.NoError(t, err, s)
		require.Equal(t, want.written, fill(c))
		require.Equal(t, len(want.parts), int(c.Level()))
		require.True(t, c.Valid())
		return
	}
	var got []naiveFault
	for _, f := range faultsOf(t, s) {
		got = append(got, naiveFault{f.From, f.To, f.Err})
		if f.From > 0 {
			require.Equal(t, s[f.From-1:f.To], f.Found)
		}
	}
	require.Equal(t, faults, got, s)
}

func checkDirty(t require.TestingT, s string) {
	faults := faultsOf(t, s)
	if faults[0].Err == division.ErrSpreadsheet || len(s) > 96 {
		require.Len(t, faults, 1)
		return
	}
	reported := map[int]bool{}
	for _, f := range faults {
		if f.Err != division.ErrWide && f.Err != division.ErrSpace && f.Err != division.ErrCharacter {
			continue
		}
		require.Equal(t, f.To-f.From+1, utf8.RuneCountInString(f.Found))
		for _, r := range f.Found {
			require.Equal(t, f.Err == division.ErrWide, strings.ContainsRune("０１２３４５６７８９", r), "%q", f.Found)
			require.Equal(t, f.Err == division.ErrSpace, unicode.In(r, unicode.White_Space, unicode.Cf), "%q", f.Found)
		}
		for i := f.From; i <= f.To; i++ {
			require.False(t, reported[i], "%q: character %d twice", s, i)
			reported[i] = true
		}
	}
	at := 0
	for _, r := range s {
		at++
		require.Equal(t, r > unicode.MaxASCII || !unicode.IsDigit(r), reported[at], "%q: character %d", s, at)
	}
}

// TestEveryPrefix tries every province and prefecture there could be, before a
// place at each level.
func TestEveryPrefix(t *testing.T) {
	for n := range 10000 {
		prefix := padInt(n, 4)
		for _, rest := range []string{"", "00", "01", "00001", "00000001", "00001001001"} {
			checkParse(t, prefix+rest)
		}
	}
}

func TestEveryByte(t *testing.T) {
	for b := range 256 {
		checkParse(t, "4403"+string([]byte{byte(b)})+"9")
	}
}

func propParse(t *rapid.T) { checkParse(t, anyCode.Draw(t, "code")) }

func TestParseLikeTwin(t *testing.T) { rapid.Check(t, propParse) }

func FuzzParseLikeTwin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propParse)) }

// propDirt spoils a valid code: the faults found are those put there.
func propDirt(t *rapid.T) {
	runes := []rune(anyCode.Filter(func(s string) bool { return s != "" }).Draw(t, "code"))
	for range rapid.IntRange(1, 4).Draw(t, "times") {
		i := rapid.IntRange(0, len(runes)-1).Draw(t, "at")
		switch dirt := rapid.SampledFrom([]string{"wide", " ", "-", "O", "\u3000", "\u200b"}).Draw(t, "dirt"); {
		case dirt == "wide" && '0' <= runes[i] && runes[i] <= '9':
			runes[i] += '０' - '0'
		case dirt == "O":
			runes[i] = 'O'
		case dirt != "wide":
			runes = append(runes[:i], append([]rune(dirt), runes[i:]...)...)
		}
	}
	checkParse(t, string(runes))
}

func TestParseDirt(t *testing.T) { rapid.Check(t, propDirt) }

func FuzzParseDirt(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propDirt)) }

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"440309006001012", "441900003000", "810001", "", "44 0309", "４４０３", "44O3", "4.40309E+14", "4403090102000017", "\xff\xfe", "44\u200b03",
		strings.Repeat("a ", 48), strings.Repeat("４", 32), strings.Repeat("9", 97),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkParse(t, s)
		_, err := division.Parse(s)
		if refused, ok := errors.AsType[*division.ParseError](err); ok {
			require.NotEmpty(t, refused.Text("zh"))
			require.True(t, utf8.ValidString(refused.Error()))
		}
	})
}

func TestParseErrorText(t *testing.T) {
	_, err := division.Parse("440300000005")
	require.EqualError(t, err, `division: "440300000005": at 5-6: county 00 before a place inside it; `+
		`01-99 (00 only in 4419, 4420, 4603, 4604, 6202); `+
		`at 7-9: street part 000; 001-099 subdistrict, 100-199 town, 200-399 township, 400-599 similar unit`)
	_, err = division.Parse("44 ０3")
	refused, ok := errors.AsType[*division.ParseError](err)
	require.True(t, ok)
	require.Equal(t, `"44 ０3"：第3位：空格" "；编码中不得有空格；第4位：全角数字０；应为半角0-9`, refused.Text("zh"))
	_, err = division.Parse(strings.Repeat("４", 40))
	require.ErrorContains(t, err, strings.Repeat("４", 32)+`…": 40 digits; a division code`)
}
