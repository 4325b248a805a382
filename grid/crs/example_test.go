package crs_test

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid/crs"
)

// A survey of Guanlan subdistrict comes in EPSG:4547.
func ExampleFind() {
	s, err := crs.Find("EPSG:4547")
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := s.ToWGS84(orb.Point{504631.25, 2514402.5})
	fmt.Println(s)
	fmt.Printf("%.7f %.7f %v\n", p[0], p[1], err)

	_, err = crs.Find("Xian_1980_3_Degree_GK_CM_114E")
	fmt.Println(err)
	if e, ok := errors.AsType[*crs.Error](err); ok {
		fmt.Println(e.Text("zh"))
	}
	// Output:
	// CGCS2000 / 3-degree Gauss-Kruger CM 114E
	// 114.0450831 22.7278742 <nil>
	// crs: Xian 1980: needs a seven-parameter transformation that is not public
	// Xian 1980：需要未公开的七参数转换
}

// The .prj file beside a Shapefile says which system its numbers are in.
func ExampleParseWKT() {
	const prj = `PROJCS["CGCS2000_3_Degree_GK_Zone_38",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",
DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],
PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",38500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],
PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	s, err := crs.ParseWKT(prj)
	if err != nil {
		fmt.Println(err)
		return
	}
	code, _ := s.EPSG()
	fmt.Println(code, s)

	_, err = s.ToWGS84(orb.Point{504631.25, 2514402.5}) // without the 38 in front
	fmt.Println(err)
	// Output:
	// 4526 CGCS2000 / 3-degree Gauss-Kruger zone 38
	// crs: CGCS2000 / 3-degree Gauss-Kruger zone 38: easting does not carry the zone prefix of the system at 504631.25,2514402.5
}

// A place picked on a Baidu map, for an Amap client and for the grid.
func ExampleBD09() {
	picked := orb.Point{114.0569, 22.7332}
	place, err := crs.BD09().ToWGS84(picked)
	if err != nil {
		fmt.Println(err)
		return
	}
	amap, err := crs.GCJ02().FromWGS84(place)
	fmt.Printf("WGS84 %.6f %.6f\n", place[0], place[1])
	fmt.Printf("GCJ-02 %.6f %.6f %v\n", amap[0], amap[1], err)
	// Output:
	// WGS84 114.045220 22.730205
	// GCJ-02 114.050328 22.727497 <nil>
}

// A city's own meridian and origin.
func ExampleNewLocal() {
	s, err := crs.NewLocal(crs.Local{Name: "某市独立坐标系", Meridian: 114.05, FalseEasting: 50000, FalseNorthing: -2500000})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := s.FromWGS84(orb.Point{114.045, 22.7277})
	fmt.Printf("%.3f %.3f %v\n", p[0], p[1], err)
	// Output:
	// 49486.365 14382.510 <nil>
}

func ExampleZoneAt() {
	for _, lng := range []float64{114.05, 115.5} { // the second lies on a border
		z, _ := crs.ZoneAt(lng, crs.ThreeDegree)
		fmt.Println(z, z.Meridian())
	}
	z, _ := crs.ZoneOf(38504631.25)
	s, _ := crs.GaussKruger(z, true)
	fmt.Println(s)
	// Output:
	// 3-degree zone 38 114
	// 3-degree zone 39 117
	// CGCS2000 / 3-degree Gauss-Kruger zone 38
}

func ExampleSystem_BoundaryToWGS84() {
	s, _ := crs.Find("EPSG:4547")
	block := orb.MultiPolygon{{{{504000, 2514000}, {505000, 2514000}, {505000, 2515000}, {504000, 2514000}}}}
	b, err := s.BoundaryToWGS84(block)
	fmt.Printf("%.6f %v\n", b[0][0], err)

	block[0][0][1] = orb.Point{38505000, 2514000} // every fault is told, with its place
	block[0][0][2] = orb.Point{2515000, 505000}
	_, err = s.BoundaryToWGS84(block)
	if refused, ok := errors.AsType[*crs.BoundaryError](err); ok {
		for _, e := range refused.Faults {
			fmt.Println(e.Vertex, e.Code(), e.At)
		}
	}
	// Output:
	// [[114.038937 22.724241] [114.048671 22.724239] [114.048675 22.733269] [114.038937 22.724241]] <nil>
	// 1 prefix [3.8505e+07 2.514e+06]
	// 2 meridian [2.515e+06 505000]
}

// A table says X and Y and no more.
func ExampleSuspect() {
	for _, sample := range [][]orb.Point{
		{{2514402.5, 38504631.25}, {2514380.1, 38504650.02}},
		{{22.7277, 114.0450}},
		{{13522000, 3662000}},
	} {
		for _, g := range crs.Suspect(sample).Guesses {
			fmt.Println(g.Text("zh"))
			if s, ok := g.System(); ok {
				fmt.Println("→", s)
			}
		}
	}
	// Output:
	// 高斯–克吕格坐标（米），3度带，带号38，纵坐标在前
	// → CGCS2000 / 3-degree Gauss-Kruger zone 38
	// 中国境内的经纬度，纬度在前
	// 高斯–克吕格坐标（米），6度带，带号13
	// → CGCS2000 / Gauss-Kruger zone 13
	// Web墨卡托坐标（米）
	// → WGS 84 / Pseudo-Mercator
}
