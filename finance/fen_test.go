package finance_test

import (
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
)

var yuanForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]{1,2})?$`)

// readYuan is the rule in the plainest form: a pattern and a fraction.
func readYuan(s string) (*big.Int, bool) {
	if !yuanForm.MatchString(s) {
		return nil, false
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok || r.Sign() == 0 && s[0] == '-' {
		return nil, false
	}
	return r.Mul(r, big.NewRat(100, 1)).Num(), true
}

func checkYuan(t require.TestingT, s string) {
	got, err := finance.ParseYuan(s)
	want, ok := readYuan(s)
	switch {
	case !ok:
		require.ErrorIs(t, err, finance.ErrYuan, "%q", s)
	case !want.IsInt64():
		require.ErrorIs(t, err, finance.ErrOverflow, "%q", s)
	default:
		require.NoError(t, err, "%q", s)
		require.Equal(t, want.Int64(), int64(got), "%q", s)
		again, err := finance.ParseYuan(got.String())
		require.NoError(t, err)
		require.Equal(t, got, again)
	}
	if err != nil {
		require.Zero(t, got)
		require.NotEmpty(t, err.Error())
	}
}

var yuanTexts = []string{
	"0", "0.0", "0.00", "1", "0.5", "0.05", "750000.00", "-12", "-0.01", "92233720368547758.07", "-92233720368547758.08", "92233720368547758",
	"92233720368547758.08", "-92233720368547758.09", "92233720368547759", "922337203685477580", "99999999999999999999", "184467440737095516.16",
	"-184467440737095516.17", strings.Repeat("9", 300), strings.Repeat("0", 300), "", "-", "+1", "-0", "-0.00", "00", "01.5", ".5", "5.", "5.123", "1.2.3",
	"1e3", "1E+3", "1,000.00", "1，000", "１２", "1 ", " 1", "¥1", "1元", "−1", "--1", "0x10", "NaN", "Inf", "1_000", "1.-5", "\x001", "1\x00", "٣",
}

func TestYuan(t *testing.T) {
	for _, s := range yuanTexts {
		checkYuan(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkYuan(t, rapid.OneOf(rapid.StringMatching(`-?[0-9]{1,22}(\.[0-9]{0,3})?`), rapid.StringMatching(`-?922337203685477[0-9]{1,4}\.[0-9]{1,2}`), rapid.String()).Draw(t, "text"))
		f := finance.Fen(rapid.Int64().Draw(t, "fen"))
		back, err := finance.ParseYuan(f.String())
		require.NoError(t, err)
		require.Equal(t, f, back)
	})
}

func FuzzYuan(f *testing.F) {
	for _, s := range yuanTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkYuan(t, s) })
}

func TestYuanJSON(t *testing.T) {
	type bill struct{ Amount finance.Fen }
	data, err := json.Marshal(bill{75_000_050})
	require.NoError(t, err)
	require.Equal(t, `{"Amount":"750000.50"}`, string(data))
	var back bill
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, bill{75_000_050}, back)
	for _, bad := range []string{`{"Amount":750000.5}`, `{"Amount":7}`, `{"Amount":"7.001"}`, `{"Amount":true}`, `{"Amount":[7]}`} {
		require.Error(t, json.Unmarshal([]byte(bad), &back), bad)
	}
	require.Equal(t, bill{75_000_050}, back)
}

func TestArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64}))
		a, b := finance.Fen(edge.Draw(t, "a")), finance.Fen(edge.Draw(t, "b"))
		for _, c := range []struct {
			want *big.Int
			op   func() (finance.Fen, error)
		}{
			{sum(large(a), large(b)), func() (finance.Fen, error) { return a.Add(b) }},
			{minus(large(a), large(b)), func() (finance.Fen, error) { return a.Sub(b) }},
			{minus(new(big.Int), large(a)), a.Neg},
		} {
			got, err := c.op()
			if c.want.IsInt64() {
				require.NoError(t, err)
				require.Equal(t, c.want.Int64(), int64(got))
			} else {
				require.ErrorIs(t, err, finance.ErrOverflow)
				require.Zero(t, got)
			}
		}
	})
}

func propSplit(t *rapid.T) {
	amounts := rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, math.MaxInt64), rapid.Just(int64(math.MaxInt64)))
	total := finance.Fen(amounts.Draw(t, "total"))
	weights := rapid.SliceOfN(amounts, 1, 6).Draw(t, "weights")
	var bigs []*big.Int
	for _, w := range weights {
		bigs = append(bigs, big.NewInt(w))
	}
	got, err := finance.Split(total, weights)
	if sum(bigs...).Sign() == 0 {
		require.ErrorIs(t, err, finance.ErrNoWeight)
		return
	}
	require.NoError(t, err)
	for i, want := range fairly(large(total), bigs) {
		require.Equal(t, want.Int64(), int64(got[i]))
	}
}

func TestSplit(t *testing.T) {
	rapid.Check(t, propSplit)
	for _, c := range []struct {
		total   finance.Fen
		weights []int64
		want    error
	}{{-1, []int64{1}, finance.ErrNegative}, {1, []int64{2, -1}, finance.ErrNegative}, {-1, nil, finance.ErrNegative}, {1, nil, finance.ErrNoWeight}, {1, []int64{0}, finance.ErrNoWeight}} {
		parts, err := finance.Split(c.total, c.weights)
		require.ErrorIs(t, err, c.want)
		require.Nil(t, parts)
	}
}

func FuzzSplit(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propSplit)) }
