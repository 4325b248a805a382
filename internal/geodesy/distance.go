package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// shortMetres is the longest chord that is bent to an arc of a mean sphere; a
// longer line is a geodesic by Vincenty's method.
const shortMetres = 20_000

// iterationsMax bounds Vincenty's iteration. It needs under 10 steps unless the
// places are nearly antipodal, where it may not end.
const iterationsMax = 40

// Distance is the length in metres of the shortest way from a to b on the
// ellipsoid, across ±180 degrees and the poles as anywhere.
//
// Up to 20 km it is the straight line through the earth, bent to an arc of the
// mean sphere. The bending is c³/(24R²) ≤ 8.3 mm and R² is off by at most 1.4 %,
// so the error is below 0.12 mm, and falls with the cube of the length. A longer
// line is the geodesic within 0.5 mm (Vincenty 1975). Places so nearly antipodal
// that the method does not end (from about 19,890 km) get the arc of the mean
// sphere, off by less than 0.2 %. The answer is never below the straight line.
func Distance(a, b orb.Point) float64 {
	if !valid(a) || !valid(b) {
		return math.NaN()
	}
	return along(a, b, position(a).minus(position(b)))
}

// along is Distance for places with that difference in space.
func along(a, b orb.Point, difference vector) float64 {
	chord := math.Sqrt(difference.dot(difference))
	if chord <= shortMetres {
		return bend(chord)
	}
	if d, ok := vincenty(a, b); ok {
		return max(d, chord)
	}
	return max(sphere(a, b), chord)
}

// bend is the arc over a short chord: 2R·asin(c/2R) by its series.
func bend(chord float64) float64 {
	half := chord / (2 * sphereRadius)
	half2 := float64(half * half) // < 2.5e-6, so the next term is below 1e-18
	return float64(chord * (1 + float64(half2*(1.0/6+float64(half2*(3.0/40))))))
}

// sphere is the arc of the mean sphere between two places.
func sphere(a, b orb.Point) float64 {
	sinA, cosA := sincos(a[1])
	sinB, cosB := sincos(b[1])
	sinL, cosL := sincos(b[0] - a[0])
	east := float64(cosB * sinL)
	north := float64(cosA*sinB) - float64(float64(sinA*cosB)*cosL)
	up := float64(sinA*sinB) + float64(float64(cosA*cosB)*cosL)
	return float64(sphereRadius * atan2(math.Sqrt(float64(east*east)+float64(north*north)), up))
}

// reduced is the sine and cosine of the reduced latitude: tan U = (1-f)·tan φ.
func reduced(lat float64) (sin, cos float64) {
	sin, cos = sincos(lat)
	sin = float64(sin * (1 - flattening))
	length := math.Sqrt(float64(sin*sin) + float64(cos*cos))
	return sin / length, cos / length
}

// vincenty is the length of the geodesic (T. Vincenty, Direct and inverse
// solutions of geodesics on the ellipsoid with application of nested equations,
// Survey Review 23, 1975). It answers false when the iteration does not end.
func vincenty(a, b orb.Point) (float64, bool) {
	sinA, cosA := reduced(a[1])
	sinB, cosB := reduced(b[1])
	lng := b[0] - a[0]
	lng -= float64(360 * math.Round(lng/360)) // at most 180 either way
	l := float64(lng * degree)
	lambda := l
	for range iterationsMax {
		sinL, cosL := sincos(lambda / degree)
		east := float64(cosB * sinL)
		north := float64(cosA*sinB) - float64(float64(sinA*cosB)*cosL)
		sinS := math.Sqrt(float64(east*east) + float64(north*north))
		cosS := float64(sinA*sinB) + float64(float64(cosA*cosB)*cosL)
		sigma := atan2(sinS, cosS)
		if sinS == 0 {
			return 0, sigma == 0
		}
		sinAz := float64(float64(cosA*cosB)*sinL) / sinS
		cos2Az := max(0, 1-float64(sinAz*sinAz))
		cos2M := 0.0 // on the equator
		if cos2Az > 0 {
			cos2M = cosS - 2*float64(sinA*sinB)/cos2Az
		}
		c := float64(flattening / 16 * float64(cos2Az*(4+float64(flattening*(4-float64(3*cos2Az))))))
		m := float64(2*float64(cos2M*cos2M)) - 1
		next := l + float64(float64((1-c)*flattening*sinAz)*(sigma+float64(float64(c*sinS)*(cos2M+float64(float64(c*cosS)*m)))))
		if !(math.Abs(next) <= math.Pi) {
			return 0, false
		}
		if math.Abs(next-lambda) <= 1e-12 { // 6 µm
			return arc(sigma, sinS, cosS, cos2Az, cos2M, m), true
		}
		lambda = next
	}
	return 0, false
}

// arc is Vincenty's length of the geodesic from the solved spherical triangle.
func arc(sigma, sinS, cosS, cos2Az, cos2M, m float64) float64 {
	const second2 = (equatorial*equatorial - polar*polar) / (polar * polar) // e'²
	u := float64(cos2Az * second2)
	a := 1 + float64(u/16384*(4096+float64(u*(-768+float64(u*(320-float64(175*u)))))))
	b := float64(u / 1024 * (256 + float64(u*(-128+float64(u*(74-float64(47*u)))))))
	third := float64(float64(b/6*cos2M) * float64((-3+float64(4*float64(sinS*sinS)))*(-3+float64(4*float64(cos2M*cos2M)))))
	bend := float64(float64(b*sinS) * (cos2M + float64(b/4*(float64(cosS*m)-third))))
	return float64(float64(polar*a) * (sigma - bend))
}
