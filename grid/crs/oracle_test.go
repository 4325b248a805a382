package crs_test

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/crs"
)

// table is a recorded file of testdata without its comments and its header. The
// comments say which tool of which version wrote it, and by which command.
func table(t require.TestingT, name string, rows int) [][]string {
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	records, err := r.ReadAll()
	require.NoError(t, err)
	require.Equal(t, rows+1, len(records), "the recorded table %s", name)
	return records[1:]
}

// point is the numbers of two columns.
func point(t require.TestingT, record []string, at int) orb.Point {
	var p orb.Point
	for i := range p {
		v, err := strconv.ParseFloat(record[at+i], 64)
		require.NoError(t, err)
		p[i] = v
	}
	return p
}

// apart is the larger difference of the two numbers of a point.
func apart(p, q orb.Point) float64 { return max(math.Abs(p[0]-q[0]), math.Abs(p[1]-q[1])) }

// found is the system of a recorded row.
func found(t require.TestingT, name string) crs.System {
	switch name {
	case "local":
		s, err := crs.NewLocal(crs.Local{Name: "local", Meridian: 114.0833, FalseEasting: 50000, FalseNorthing: -2000000, Scale: 1.0000157})
		require.NoError(t, err)
		return s
	case "utm50":
		s, err := crs.ParseWKT(utm50)
		require.NoError(t, err)
		return s
	case "web":
		return crs.WebMercator()
	}
	s, err := crs.Find("EPSG:" + name)
	require.NoError(t, err)
	return s
}

const utm50 = `PROJCS["WGS_1984_UTM_Zone_50N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

// What the package comment promises of PROJ: metres, and degrees on the way back.
const (
	metresApart  = 1e-6
	degreesApart = 1e-12
)

func TestAgainstPROJ(t *testing.T) {
	for file, rows := range map[string]int{"proj_gauss_kruger.csv": 480, "proj_other.csv": 60} {
		forward, back := 0.0, 0.0
		for _, record := range table(t, file, rows) {
			s, place, metres := found(t, record[0]), point(t, record, 1), point(t, record, 3)
			got, err := s.FromWGS84(place)
			require.NoError(t, err, "%v", record)
			require.InDelta(t, 0, apart(got, metres), metresApart, "%v", record)
			again, err := s.ToWGS84(metres)
			require.NoError(t, err, "%v", record)
			// PROJ printed whole units of 1e-8 m, which is more in longitude far north.
			slack := 1e-13 / math.Cos(place[1]*math.Pi/180)
			require.InDelta(t, 0, apart(again, place), degreesApart+slack, "%v", record)
			forward, back = max(forward, apart(got, metres)), max(back, apart(again, place))
		}
		t.Logf("%s: %.2g m, back %.2g degrees", file, forward, back)
	}
}

func TestInverseAgainstPROJ(t *testing.T) {
	most := 0.0
	for _, record := range table(t, "proj_inverse.csv", 128) {
		got, err := found(t, record[0]).ToWGS84(point(t, record, 1))
		require.NoError(t, err, "%v", record)
		d := apart(got, point(t, record, 3))
		require.InDelta(t, 0, d, degreesApart, "%v", record)
		most = max(most, d)
	}
	t.Logf("%.2g degrees", most)
}

func TestAgainstGcoord(t *testing.T) {
	gcj, bd := crs.GCJ02(), crs.BD09()
	most := 0.0
	for _, record := range table(t, "gcoord.csv", 300) {
		place, moved, baidu, back := point(t, record, 0), point(t, record, 2), point(t, record, 4), point(t, record, 6)
		got, err := gcj.FromWGS84(place)
		if errors.Is(err, crs.ErrEdge) {
			require.Greater(t, apart(back, place), 1e-3, "gcoord does not find the way back either: %v", record)
			continue
		}
		require.NoError(t, err)
		require.InDelta(t, 0, apart(got, moved), degreesApart, "%v", record)
		again, err := gcj.ToWGS84(moved)
		require.NoError(t, err)
		require.InDelta(t, 0, apart(again, place), crs.ResidualMax, "%v", record)
		require.InDelta(t, 0, apart(again, back), 1e-6, "gcoord stops at 1e-6: %v", record)
		most = max(most, apart(got, moved), apart(again, place))

		got, err = bd.FromWGS84(place)
		if moved == place { // outside the rectangle of China
			require.ErrorIs(t, err, crs.ErrOutside, "%v", record)
			continue
		}
		require.NoError(t, err, "%v", record)
		require.InDelta(t, 0, apart(got, baidu), degreesApart, "%v", record)
		again, err = bd.ToWGS84(baidu)
		require.NoError(t, err, "%v", record)
		require.InDelta(t, 0, apart(again, place), 2*crs.ResidualMax, "%v", record)
		most = max(most, apart(got, baidu), apart(again, place))
	}
	t.Logf("%.2g degrees", most)
}
