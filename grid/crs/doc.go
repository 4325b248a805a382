// Package crs converts between WGS84 degrees, which the rest of the module is
// written in, and the coordinate reference systems (坐标系) that Chinese data
// comes in: GCJ-02 (火星坐标), BD-09 (百度坐标), CGCS2000 (2000国家大地坐标系) in degrees
// and in Gauss–Krüger metres (高斯–克吕格投影), and Web Mercator. A System is
// immutable and safe for concurrent use, converts a point in constant time
// without allocating, and never answers garbage: what it converts comes back by
// the other direction, and everything else is an *Error.
//
//	s, err := crs.Find("EPSG:4547")     // or crs.ParseWKT(text of the .prj)
//	p, err := s.ToWGS84(orb.Point{506000, 2514000})
//	b, err := s.BoundaryToWGS84(boundary) // all refused points at once
//
// A place is an orb.Point{lng, lat} in degrees, or {easting, northing} in metres
// for a projected System, whatever order the system's official axes have. The
// Chinese survey letters are the other way round: X is the northing, Y the
// easting.
//
// # How exact
//
//   - Gauss–Krüger: Krüger's series to n⁶ (Karney 2011, equations 35 and 36),
//     within 1 µm of PROJ 9.1.1 for every place that is not refused, that is up
//     to OffMeridianMax degrees from the central meridian; back again within
//     1e-12 degree.
//   - GCJ-02 and BD-09: the formulas that are publicly known, which are not
//     official, equal to gcoord 1.0.7 within 1e-12 degree. Both are inverted by
//     iteration until converting back leaves a residual below ResidualMax.
//   - CGCS2000 is taken for equal to WGS84. The flattenings differ by 1.6e-11,
//     which moves a place by 0.11 mm at most. The frames agree within
//     centimetres at CGCS2000's epoch 2000.0, but a position in today's WGS84
//     has since moved with the plate, by some 3 cm a year in China: 0.8 m by
//     2026. That is below what a phone or a map tells, and not for surveying.
//   - The last bits of a result may differ between processor types. On one, equal
//     input gives equal bits, so neighbours keep their shared border points.
//
// # What is refused
//
// Xian 1980 (西安80) and Beijing 1954 (北京54), by name with ErrTransformation:
// they lie in the order of 100 m off, and getting from them to WGS84 takes a local
// transformation of seven parameters that is not public. Local city systems
// (城市独立坐标系) that are a Gauss–Krüger projection of CGCS2000 with a meridian of
// their own are made with NewLocal; those that are rotated or rest on another
// datum cannot be.
//
// Suspect says what coordinates look like by their range, for files that do not
// say. No range tells GCJ-02 from WGS84.
package crs
