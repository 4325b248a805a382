// Package geodesy measures areas and distances on the WGS84 ellipsoid, in m² and
// metres, from places in degrees (orb.Point{lng, lat}). Edges are straight in
// longitude and latitude, as boundaries are drawn, so areas of neighbours add up
// and a border measures the same from both sides.
//
// The functions are pure and answer the same bits on every platform: they use
// only correctly rounded operations (+ − × ÷ √), explicit conversions keep the
// compiler from fusing a product into a sum, and sines and arc tangents are
// computed here, since those of package math differ between processors.
//
// A place is given with a latitude within ±90 and a longitude within ±540
// degrees; 190 and -170 are one meridian. Anything else answers NaN.
package geodesy
