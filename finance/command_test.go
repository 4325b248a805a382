package finance_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
)

// foreign embeds a verb, so it has the unexported methods without being one.
type foreign struct{ finance.Do }

// samples holds one well-formed command per verb.
var samples = map[string]finance.Do{
	"open":        finance.Open{Line: "l", Name: "n", Party: "p", Purpose: "park", Year: 2026, Source: finance.Social},
	"appropriate": finance.Appropriate{Line: "l", Amount: 1},
	"fund":        funds("m", finance.Share{Line: "l", Amount: 1}),
	"commit":      finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 1},
	"pay":         finance.Pay{Commitment: "c", Payment: "v", Amount: 1},
	"release":     finance.Release{Commitment: "c"},
	"settle":      finance.Settle{Mandate: "m"},
	"assert":      finance.Assert{Line: "l"},
}

// TestVerbs: the list is total, named once, and every verb can be written down
// and read back.
func TestVerbs(t *testing.T) {
	var names []string
	for _, v := range finance.Verbs() {
		names = append(names, v.Name)
		require.NotEmpty(t, v.Doc)
		require.IsType(t, v.Zero, samples[v.Name])
		empty, err := finance.DecodeDo(v.Name, []byte("{}"))
		require.NoError(t, err)
		require.Equal(t, v.Zero, empty)
		_, err = finance.NewBook().Decide(noon, finance.Command{Do: v.Zero})
		require.Error(t, err, "the zero %s is well formed", v.Name)
		_, err = finance.NewBook().Decide(noon, finance.Command{Do: samples[v.Name]})
		require.NoError(t, err)
	}
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), len(samples))
	require.Len(t, names, len(samples))
	for _, c := range []struct {
		verb, body string
		want       error
	}{
		{"spend", "{}", finance.ErrVerb}, {"", "{}", finance.ErrVerb}, {"pay", "", finance.ErrJSON}, {"pay", "null", finance.ErrJSON}, {"pay", "[]", finance.ErrJSON},
		{"pay", `{"amount":1}`, finance.ErrJSON}, {"pay", `{"amount":"1.001"}`, finance.ErrJSON}, {"pay", `{"sum":"1"}`, finance.ErrJSON}, {"pay", `{} {}`, finance.ErrJSON},
	} {
		do, err := finance.DecodeDo(c.verb, []byte(c.body))
		require.ErrorIs(t, err, c.want, "%s %s", c.verb, c.body)
		require.Nil(t, do)
	}
}

func TestMalformed(t *testing.T) {
	with := func(change func(*finance.Fund)) finance.Fund {
		f := funds("m", finance.Share{Line: "a", Amount: 1}, finance.Share{Line: "b", Amount: 1})
		change(&f)
		return f
	}
	many := make([]finance.Share, finance.SharesMax+1)
	for i := range many {
		many[i] = finance.Share{Line: finance.Code(fmt.Sprintf("l%d", i)), Amount: 1}
	}
	open := samples["open"].(finance.Open)
	opened := func(change func(*finance.Open)) finance.Open { o := open; change(&o); return o }
	for _, c := range []struct {
		do   finance.Do
		want error
		says string
	}{
		{nil, finance.ErrVerb, "finance: do: unknown verb: \"<nil>\""},
		{&finance.Pay{Commitment: "c", Payment: "v", Amount: 1}, finance.ErrVerb, "*finance.Pay"},
		{(*finance.Pay)(nil), finance.ErrVerb, ""},
		{foreign{}, finance.ErrVerb, ""},
		{foreign{finance.Settle{Mandate: "m"}}, finance.ErrVerb, ""},
		{opened(func(o *finance.Open) { o.Line = "" }), finance.ErrCode, "finance: open: line: bad code: empty code"},
		{opened(func(o *finance.Open) { o.Line = "4.40309E+14" }), finance.ErrCode, "spreadsheet"},
		{opened(func(o *finance.Open) { o.Party = "a b" }), finance.ErrCode, "party"},
		{opened(func(o *finance.Open) { o.Purpose = "" }), finance.ErrCode, "purpose"},
		{opened(func(o *finance.Open) { o.Name = strings.Repeat("n", finance.TextMax+1) }), finance.ErrText, "…"},
		{opened(func(o *finance.Open) { o.Name = "\xff" }), finance.ErrText, "name"},
		{opened(func(o *finance.Open) { o.Year = 0 }), finance.ErrYear, "year"},
		{opened(func(o *finance.Open) { o.Year = 10_000 }), finance.ErrYear, "year"},
		{opened(func(o *finance.Open) { o.Source = "" }), finance.ErrSource, "source"},
		{opened(func(o *finance.Open) { o.Source = "gift" }), finance.ErrSource, "gift"},
		{finance.Appropriate{Line: "l", Amount: 0}, finance.ErrAmount, "0.00"},
		{finance.Appropriate{Line: "l", Amount: finance.FenMin}, finance.ErrAmount, "-92233720368547758.08"},
		{finance.Appropriate{Line: "l", Amount: 1, Basis: "\xc3"}, finance.ErrText, "basis"},
		{with(func(f *finance.Fund) { f.Shares = nil }), finance.ErrShares, "shares"},
		{with(func(f *finance.Fund) { f.Shares = many }), finance.ErrShares, "65"},
		{with(func(f *finance.Fund) { f.Shares[1].Line = "a" }), finance.ErrTwice, "finance: fund: shares 2: line is named twice: \"a\""},
		{with(func(f *finance.Fund) { f.Shares[1].Amount = -1 }), finance.ErrAmount, "shares 2"},
		{with(func(f *finance.Fund) { f.Shares[0].Line = "a;b" }), finance.ErrCode, "shares 1"},
		{with(func(f *finance.Fund) { f.Approver = "" }), finance.ErrCode, "approver"},
		{with(func(f *finance.Fund) { f.Community = "" }), finance.ErrCode, "community"},
		{with(func(f *finance.Fund) { f.Mandate = "" }), finance.ErrCode, "mandate"},
		{with(func(f *finance.Fund) { f.Year = -1 }), finance.ErrYear, "year"},
		{finance.Commit{Mandate: "m", Commitment: "c", Amount: 1}, finance.ErrCode, "payee"},
		{finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Purpose: "*", Amount: 1}, finance.ErrCode, "purpose"},
		{finance.Commit{Mandate: "m", Payee: "p", Amount: 1}, finance.ErrCode, "commitment"},
		{finance.Commit{Mandate: "m", Commitment: "c", Payee: "p"}, finance.ErrAmount, "amount"},
		{finance.Pay{Commitment: "c", Amount: 1}, finance.ErrCode, "payment"},
		{finance.Pay{Commitment: "c", Payment: "v", Amount: -1}, finance.ErrAmount, "amount"},
		{finance.Release{}, finance.ErrCode, "commitment"},
		{finance.Settle{}, finance.ErrCode, "mandate"},
		{finance.Assert{}, finance.ErrSubject, "line"},
		{finance.Assert{Line: "l", Mandate: "m"}, finance.ErrSubject, "line"},
		{finance.Assert{Line: "l l"}, finance.ErrCode, "line"},
	} {
		book := finance.NewBook()
		o, err := book.Decide(noon, finance.Command{Key: "k", Do: c.do})
		require.ErrorIs(t, err, c.want, "%#v", c.do)
		require.ErrorContains(t, err, c.says)
		require.Zero(t, o)
		require.Zero(t, book.Seq())
		var at *finance.Error
		require.ErrorAs(t, err, &at)
	}
}

// TestErrorOrder: of two faults the documented one is reported.
func TestErrorOrder(t *testing.T) {
	h := fresh(t)
	h.try(finance.Command{Key: "used", Do: samples["open"]})
	long := strings.Repeat("k", finance.KeyMax+1)
	bad := finance.Settle{}
	for i, c := range []struct {
		at   time.Time
		cmd  finance.Command
		want error
	}{
		{time.Date(10_000, 1, 1, 0, 0, 0, 1, time.UTC), finance.Command{Key: long}, finance.ErrNotMillis},
		{time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC), finance.Command{Key: long}, finance.ErrTimeRange},
		{time.Unix(math.MaxInt64, 0), finance.Command{Key: long}, finance.ErrTimeRange},
		{time.Unix(math.MinInt64, 0), finance.Command{Key: long}, finance.ErrTimeRange},
		{noon.Add(-1e9), finance.Command{Key: long}, finance.ErrKey},
		{noon.Add(-1e9), finance.Command{Key: "used", Actor: finance.Actor{Person: " "}}, finance.ErrVerb},
		{noon.Add(-1e9), finance.Command{Key: "used", Actor: finance.Actor{Post: " "}, Do: bad}, finance.ErrCode},
		{noon.Add(-1e9), finance.Command{Key: "used", Do: samples["pay"]}, finance.ErrReused},
		{noon.Add(-1e9), finance.Command{Key: "new", Do: samples["open"]}, finance.ErrTimeBack},
	} {
		_, err := h.book.Decide(c.at, c.cmd)
		require.ErrorIs(t, err, c.want, "case %d", i)
	}
	o, err := h.book.Decide(noon.Add(-1e9), finance.Command{Key: "used", Do: samples["open"]})
	require.NoError(t, err)
	require.True(t, o.Replayed)
}

// TestBody: the digest of a command is the shared one, byte for byte.
func TestBody(t *testing.T) {
	code := rapid.StringMatching(`[a-zA-Z0-9<>&\\'公]{1,6}|“x”|\x7f`)
	rapid.Check(t, func(t *rapid.T) {
		c := func() finance.Code { return finance.Code(code.Draw(t, "code")) }
		money := func() finance.Fen { return finance.Fen(rapid.Int64Min(1).Draw(t, "fen")) }
		var list []finance.Share
		for range rapid.IntRange(1, 3).Draw(t, "shares") {
			list = append(list, finance.Share{Line: c() + finance.Code(fmt.Sprint("-", len(list))), Amount: money()})
		}
		name := rapid.OneOf(rapid.StringN(0, 20, finance.TextMax), rapid.SampledFrom([]string{"a\u2028b", "\u2029", "“公园”", "\x7f\x00\n", "<&>", "\ufffd"})).Draw(t, "name")
		do := rapid.SampledFrom([]finance.Do{
			finance.Open{Line: c(), Name: name, Party: c(), Purpose: c(), Year: rapid.IntRange(1, 9999).Draw(t, "year"), Source: finance.Social, Special: rapid.Bool().Draw(t, "special")},
			finance.Appropriate{Line: c(), Amount: money(), Basis: name},
			finance.Fund{Mandate: c(), Purpose: c(), Year: 2026, Community: c(), Approver: c(), Shares: list},
			finance.Commit{Mandate: c(), Commitment: c(), Payee: c(), Purpose: rapid.SampledFrom([]finance.Code{"", "x"}).Draw(t, "purpose"), Amount: money()},
			finance.Pay{Commitment: c(), Payment: c(), Amount: money()},
			finance.Release{Commitment: c()},
			finance.Settle{Mandate: c(), Release: rapid.Bool().Draw(t, "release")},
			finance.Assert{Line: c(), Balance: -money()},
			finance.Assert{Mandate: c(), Balance: money()},
		}).Draw(t, "do")
		actor := rapid.SampledFrom([]finance.Actor{{}, {Person: "p"}, {Post: "t"}, {Person: "<", Post: "公"}}).Draw(t, "actor")
		o, err := finance.NewBook().Decide(noon, finance.Command{Key: "k", Actor: actor, Do: do})
		if err != nil {
			require.ErrorIs(t, err, finance.ErrCode)
			return
		}
		want, err := keyed.OfCommand(verbOf(do), actor, do)
		require.NoError(t, err)
		require.Equal(t, want, o.Entries[0].Sum, "%#v", do)
		require.Equal(t, keyed.Of([]byte("k")), o.Entries[0].Key)
	})
}
