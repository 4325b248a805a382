package geodesy

import "math"

// degree is π/180.
const degree = math.Pi / 180

// poly is c[0] + c[1]·x + c[2]·x² + …, by Horner's rule, unfused.
func poly(x float64, c []float64) float64 {
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = float64(sum*x) + c[i]
	}
	return sum
}

// The Taylor series of sin x / x and cos x in x². Up to x = π/4 what is left out
// is below x¹⁷/17! < 5e-17.
var (
	sine = []float64{
		1, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800,
		1.0 / 6227020800, -1.0 / 1307674368000,
	}
	cosine = []float64{
		1, -1.0 / 2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800,
		1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000,
	}
)

// sincos answers the sine and cosine of an angle in degrees, off by less than
// 3e-16. Multiples of 90 are exact: the angle is reduced before it is converted,
// and the reduction rounds nothing.
func sincos(degrees float64) (sin, cos float64) {
	quarter := math.Round(degrees / 90)
	x := (degrees - float64(90*quarter)) * degree
	x2 := float64(x * x)
	sin, cos = float64(x*poly(x2, sine)), poly(x2, cosine)
	switch int64(quarter) & 3 {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}

// arctan is the series of atan x / x in x². Up to x = 0.1 what is left out is
// below x¹⁶/17 < 6e-18.
var arctan = []float64{1, -1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15}

// atan2 is the angle of (x, y) in radians, for y ≥ 0: from 0 to π.
func atan2(y, x float64) float64 {
	swap := y > math.Abs(x)
	num, den := y, math.Abs(x)
	if swap {
		num, den = den, num
	}
	if num == 0 { // also for 0, 0
		den = 1
	}
	t := num / den // 0 … 1
	for range 3 {  // half the angle each time: at most tan(π/32) = 0.0985
		t /= 1 + math.Sqrt(1+float64(t*t))
	}
	angle := float64(8 * float64(t*poly(float64(t*t), arctan)))
	if swap {
		angle = math.Pi/2 - angle
	}
	if x < 0 {
		angle = math.Pi - angle
	}
	return angle
}
