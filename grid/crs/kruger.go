package crs

import "math"

// degree is one degree in radians.
const degree = math.Pi / 180

// ellipsoid is an ellipsoid of revolution with the series of its transverse
// Mercator projection: Krüger's, to the sixth power of the third flattening n.
// Up to 30 degrees off the meridian what is left out is below 1e-8 m (C. F. F.
// Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy
// 85, 2011).
type ellipsoid struct {
	eccentricity float64
	radius       float64    // A: of the sphere with the same meridian length, metres
	alpha        [6]float64 // to the plane (Karney, equation 35)
	beta         [6]float64 // from the plane (equation 36)
	delta        [6]float64 // conformal to geographic latitude
}

var (
	ellipsoidCGCS2000 = newEllipsoid(6378137, 298.257222101)
	ellipsoidWGS84    = newEllipsoid(6378137, 298.257223563)
)

// newEllipsoid is the ellipsoid of an equatorial radius in metres and an inverse
// flattening.
func newEllipsoid(equator, inverse float64) ellipsoid {
	f := 1 / inverse
	n := f / (2 - f)
	// poly is n^k times the polynomial in n with the coefficients c.
	poly := func(k int, c ...float64) float64 {
		sum := 0.0
		for i := len(c) - 1; i >= 0; i-- {
			sum = sum*n + c[i]
		}
		return sum * math.Pow(n, float64(k))
	}
	return ellipsoid{
		eccentricity: math.Sqrt(f * (2 - f)),
		radius:       equator / (1 + n) * poly(0, 1, 0, 1./4, 0, 1./64, 0, 1./256),
		alpha: [6]float64{
			poly(1, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
			poly(2, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
			poly(3, 61./240, -103./140, 15061./26880, 167603./181440),
			poly(4, 49561./161280, -179./168, 6601661./7257600),
			poly(5, 34729./80640, -3418889./1995840),
			poly(6, 212378941./319334400),
		},
		beta: [6]float64{
			poly(1, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
			poly(2, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
			poly(3, 17./480, -37./840, -209./4480, 5569./90720),
			poly(4, 4397./161280, -11./504, -830251./7257600),
			poly(5, 4583./161280, -108847./3991680),
			poly(6, 20648693./638668800),
		},
		delta: [6]float64{
			poly(1, 2, -2./3, -2, 116./45, 26./45, -2854./675),
			poly(2, 7./3, -8./5, -227./45, 2704./315, 2323./945),
			poly(3, 56./15, -136./35, -1262./105, 73814./2835),
			poly(4, 4279./630, -332./35, -399572./14175),
			poly(5, 4174./315, -144838./6237),
			poly(6, 601676./22275),
		},
	}
}

// project is the northing from the equator and the easting from the central
// meridian, in metres at scale 1, of a latitude and a longitude from that
// meridian, in radians.
func (e *ellipsoid) project(lat, lng float64) (north, east float64) {
	sinLat, cosLat := math.Sincos(lat)
	sinLng, cosLng := math.Sincos(lng)
	// tan is the tangent of the conformal latitude.
	sigma := math.Sinh(e.eccentricity * math.Atanh(e.eccentricity*sinLat))
	tan := (sinLat*math.Sqrt(1+sigma*sigma) - sigma) / cosLat
	zeta := complex(math.Atan2(tan, cosLng), math.Asinh(sinLng/math.Sqrt(tan*tan+cosLng*cosLng)))
	zeta += sines(&e.alpha, zeta)
	return e.radius * real(zeta), e.radius * imag(zeta)
}

// unproject is the inverse of project.
func (e *ellipsoid) unproject(north, east float64) (lat, lng float64) {
	zeta := complex(north/e.radius, east/e.radius)
	zeta -= sines(&e.beta, zeta)
	sin, cos := math.Sincos(real(zeta))
	sinh := math.Sinh(imag(zeta))
	chi := math.Atan2(sin, math.Sqrt(sinh*sinh+cos*cos))
	return chi + real(sines(&e.delta, complex(chi, 0))), math.Atan2(sinh, cos)
}

// sines is the sum of c[j-1]·sin(2jz) for j from 1 to 6, by Clenshaw's recurrence.
func sines(c *[6]float64, z complex128) complex128 {
	sin, cos := math.Sincos(2 * real(z))
	sinh, cosh := 0.0, 1.0
	if imag(z) != 0 {
		up := math.Exp(2 * imag(z))
		sinh, cosh = math.Sinh(2*imag(z)), (up+1/up)/2
	}
	twice := 2 * complex(cos*cosh, -sin*sinh)
	var b, after complex128
	for j := len(c) - 1; j >= 0; j-- {
		b, after = complex(c[j], 0)+twice*b-after, b
	}
	return b * complex(sin*cosh, cos*sinh)
}
