package dispatch_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// filled sets every text below a value and gives every list one element, so that a
// fact concerns whomever its kind may concern.
func filled(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Field(i).CanSet() {
				filled(v.Field(i))
			}
		}
	}
}

// Every kind of fact that anybody is told of has a sentence, and no other has.
func TestNoticesOfEveryKindHaveASentence(t *testing.T) {
	n := 0
	for _, zero := range dispatch.Facts() {
		v := reflect.New(reflect.TypeOf(zero)).Elem()
		filled(v)
		told, said := dispatch.ToldOf(v.Interface().(dispatch.Fact))
		require.Equal(t, told, said, dispatch.FactName(zero))
		if said {
			n++
			noticeSays(t, dispatch.Notice{Case: "E1", To: "station", Why: dispatch.FactName(zero)})
		}
	}
	require.Greater(t, n, 40)
}

// noticeSays checks one notice in both languages: it names the case and who is told, is
// in that language and more than a code.
func noticeSays(t require.TestingT, n dispatch.Notice) {
	en, zh := n.Text("en"), n.Text("zh")
	for _, text := range []string{en, zh} {
		require.Contains(t, text, string(n.Case))
		require.Contains(t, text, string(n.To))
		require.NotContains(t, text, n.Why+" ", "a code, not a sentence")
		require.NotContains(t, text, "{")
	}
	han := func(text string) bool {
		return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	require.True(t, han(zh), zh)
	require.False(t, han(en), en)
	require.Equal(t, en, n.Text(""))
	require.Equal(t, en, n.Text("de"))
	if n.Card != dispatch.NoCard {
		bare := n
		bare.Card = dispatch.NoCard
		require.True(t, strings.HasPrefix(en, bare.Text("en")) && len(en) > len(bare.Text("en"))+5, en)
		require.True(t, strings.HasPrefix(zh, bare.Text("zh")) && strings.Contains(zh, "牌"), zh)
	}
}

// What a Desk tells of is said, of two kinds or to two parties in two ways.
func noticeTextProperty(t *rapid.T) {
	var kinds []string
	for _, f := range dispatch.Facts() {
		if _, said := dispatch.ToldOf(f); said {
			kinds = append(kinds, dispatch.FactName(f))
		}
	}
	word := rapid.StringMatching(`[A-Z][0-9]{1,4}`)
	draw := func(label string) dispatch.Notice {
		return dispatch.Notice{
			Case: dispatch.Code(word.Draw(t, label+" case")), To: dispatch.Code(word.Draw(t, label+" to")), Why: rapid.SampledFrom(kinds).Draw(t, label+" why"),
			Card: rapid.SampledFrom([]dispatch.Card{dispatch.NoCard, dispatch.YellowCard, dispatch.RedCard}).Draw(t, label+" card"),
		}
	}
	a, b := draw("first"), draw("second")
	for _, lang := range []string{"en", "zh"} {
		require.Equal(t, a == b, a.Text(lang) == b.Text(lang), "%s and %s", a.Text(lang), b.Text(lang))
	}
	noticeSays(t, a)
}

func TestNoticeText(t *testing.T) { rapid.Check(t, noticeTextProperty) }

func FuzzNoticeText(f *testing.F) { f.Fuzz(rapid.MakeFuzz(noticeTextProperty)) }

func TestNoticesOfAJournalAreSaid(t *testing.T) {
	for _, journal := range []func(require.TestingT) (*dispatch.Desk, []dispatch.Entry){fullJournal, thirdJournal} {
		d, _ := journal(t)
		list := d.Notices(fullDay(31, 0, 0).AddDate(1, 0, 0), 0)
		require.NotEmpty(t, list)
		for _, n := range list {
			noticeSays(t, n)
		}
	}
}
