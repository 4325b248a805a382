package assess_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

func TestValue(t *testing.T) {
	for _, row := range []struct {
		num, den int64
		want     assess.BasisPoints
		ok       bool
	}{
		{911, 972, 9372, true}, {737, 972, 7582, true}, {902, 956, 9435, true}, {9, 16, 5625, true}, {953, 996, 9568, true}, {43, 996, 432, true},
		{0, 5, 0, true}, {5, 5, 10_000, true}, {1, 20_000, 1, true}, {1, 20_001, 0, true}, {3, 20_000, 2, true},
		{0, 0, 0, false}, {5, 0, 0, false}, {-1, 5, 0, false}, {1, -5, 0, false}, {math.MinInt64, math.MinInt64, 0, false},
		{math.MaxInt64, math.MaxInt64, 10_000, true}, {1, math.MaxInt64, 0, true}, {math.MaxInt64, 1, 0, false}, {math.MaxInt64, 9_999, 0, false},
	} {
		value, ok := assess.Rate{Numerator: row.num, Denominator: row.den}.Value()
		require.Equal(t, row.ok, ok, "%d/%d", row.num, row.den)
		require.Equal(t, row.want, value, "%d/%d", row.num, row.den)
	}
}

// TestValueRounding compares with big fractions over the whole range of counts.
func TestValueRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.OneOf(rapid.Int64Range(1, 50_000), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "den")
		num := rapid.Int64Range(0, den).Draw(t, "num")
		value, ok := assess.Rate{Numerator: num, Denominator: den}.Value()
		require.True(t, ok)
		require.Equal(t, naiveValue(num, den).Int64(), int64(value))
	})
}

func TestPlus(t *testing.T) {
	a := assess.Rate{Indicator: "i", By: "area", Code: "g", Numerator: 1, Denominator: 2, Excluded: 3}
	sum, err := a.Plus(assess.Rate{Indicator: "i", By: "area", Code: "g", Numerator: 10, Denominator: 20, Excluded: 30})
	require.NoError(t, err)
	require.Equal(t, assess.Rate{Indicator: "i", By: "area", Code: "g", Numerator: 11, Denominator: 22, Excluded: 33}, sum)
	for _, other := range []assess.Rate{
		{Indicator: "j", By: "area", Code: "g", Numerator: math.MaxInt64}, {Indicator: "i", By: "party", Code: "g"}, {Indicator: "i", By: "area", Code: "h"},
	} {
		_, err = a.Plus(other)
		require.ErrorIs(t, err, assess.ErrMismatch)
	}
	for _, other := range []assess.Rate{{Numerator: math.MaxInt64}, {Denominator: math.MaxInt64 - 1}, {Excluded: math.MaxInt64 - 2}} {
		other.Indicator, other.By, other.Code = a.Indicator, a.By, a.Code
		sum, err = a.Plus(other)
		require.ErrorIs(t, err, assess.ErrOverflow)
		require.Equal(t, assess.Rate{}, sum)
	}
	low := a
	low.Numerator = math.MinInt64
	_, err = low.Plus(assess.Rate{Indicator: "i", By: "area", Code: "g", Numerator: -1})
	require.ErrorIs(t, err, assess.ErrOverflow)
}

func TestRateJSON(t *testing.T) {
	rate := assess.Rate{Indicator: "on_time_rate", By: "area", Code: "g", Numerator: 737, Denominator: 972, Excluded: 12}
	data, err := json.Marshal(rate)
	require.NoError(t, err)
	require.Equal(t, `{"indicator":"on_time_rate","by":"area","code":"g","numerator":737,"denominator":972,"excluded":12,"value_bp":7582}`, string(data))
	var read assess.Rate
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, rate, read)
	data, err = json.Marshal([]assess.Rate{{Indicator: "i", By: "b", Code: "c", Excluded: 1}})
	require.NoError(t, err)
	require.Equal(t, `[{"indicator":"i","by":"b","code":"c","numerator":0,"denominator":0,"excluded":1,"value_bp":null}]`, string(data))
}

func TestBasisPoints(t *testing.T) {
	for points, want := range map[assess.BasisPoints]string{
		0: "0.00 %", 5: "0.05 %", 9372: "93.72 %", 10_000: "100.00 %", -5: "-0.05 %", -12_345: "-123.45 %",
		math.MinInt64: "-92233720368547758.08 %", math.MaxInt64: "92233720368547758.07 %",
	} {
		require.Equal(t, want, points.String())
	}
}

func TestRateText(t *testing.T) {
	rate := assess.Rate{Indicator: "on_time_rate", By: "area", Code: "g01", Numerator: 737, Denominator: 972, Excluded: 12}
	require.Equal(t, "on_time_rate of area g01: 737 of 972 = 75.82 % (12 excluded)", rate.Text("en"))
	require.Equal(t, "area g01 的on_time_rate：737/972 = 75.82 %（剔除12）", rate.Text("zh"))
	rate.Denominator = 0
	require.Equal(t, "on_time_rate of area g01: no data (12 excluded)", rate.Text("en"))
	require.Equal(t, "area g01 的on_time_rate：无数据（剔除12）", rate.Text("zh"))
}
