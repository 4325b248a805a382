package assess

import (
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"strconv"
)

// BasisPoints are hundredths of a per cent: 10,000 is the whole.
type BasisPoints int64

// Whole is 100 %.
const Whole BasisPoints = 10_000

// String writes basis points as per cent with two decimals: 93.72 %.
func (b BasisPoints) String() string {
	sign, n := "", uint64(b)
	if b < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d %%", sign, n/100, n%100)
}

// Rate is one indicator of one group: Numerator of Denominator facts, while
// Excluded facts were left out of both.
type Rate struct {
	Indicator   Code   `json:"indicator"`
	By          string `json:"by"`   // the kind of group
	Code        Code   `json:"code"` // the member of that kind
	Numerator   int64  `json:"numerator"`
	Denominator int64  `json:"denominator"`
	Excluded    int64  `json:"excluded"`
}

// Value is Numerator / Denominator in basis points, a half rounded up. It is
// false when there are no data: the denominator is not positive, the numerator
// is negative, or the quotient does not fit.
func (r Rate) Value() (BasisPoints, bool) {
	if r.Denominator <= 0 || r.Numerator < 0 {
		return 0, false
	}
	den := uint64(r.Denominator)
	high, low := bits.Mul64(uint64(r.Numerator), uint64(Whole))
	if high >= den {
		return 0, false
	}
	quotient, rest := bits.Div64(high, low, den)
	if rest >= den-rest {
		quotient++
	}
	if quotient > math.MaxInt64 {
		return 0, false
	}
	return BasisPoints(quotient), true
}

// Plus is the rate of two disjoint sets of facts together: the counts are added,
// the values never averaged. Errors in precedence: ErrMismatch when indicator,
// kind or code differ, ErrOverflow.
func (r Rate) Plus(other Rate) (Rate, error) {
	if r.Indicator != other.Indicator || r.By != other.By || r.Code != other.Code {
		return Rate{}, &Error{Err: ErrMismatch, Field: "Rate", Index: -1, Value: r.name() + ", " + other.name()}
	}
	ok := true
	sum := func(a, b int64) int64 {
		if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
			ok = false
		}
		return a + b
	}
	r.Numerator = sum(r.Numerator, other.Numerator)
	r.Denominator = sum(r.Denominator, other.Denominator)
	r.Excluded = sum(r.Excluded, other.Excluded)
	if !ok {
		return Rate{}, &Error{Err: ErrOverflow, Field: "Rate", Index: -1, Value: r.name()}
	}
	return r, nil
}

func (r Rate) name() string { return string(r.Indicator) + " " + r.By + " " + string(r.Code) }

// Text says the rate with its counts in lang: "zh" is Chinese, anything else
// English.
func (r Rate) Text(lang string) string {
	value, ok := r.Value()
	message := "rate"
	if !ok {
		message = "no_data"
	}
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	return texts.Text(lang, message, string(r.Indicator), r.By, string(r.Code),
		count(r.Numerator), count(r.Denominator), count(r.Excluded), value.String())
}

// MarshalJSON writes the counts and value_bp, which is null when there are no
// data.
func (r Rate) MarshalJSON() ([]byte, error) {
	type counts Rate
	var points *BasisPoints
	if value, ok := r.Value(); ok {
		points = &value
	}
	return json.Marshal(struct {
		counts
		Value *BasisPoints `json:"value_bp"`
	}{counts(r), points})
}
