package party_test

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

//go:embed testdata/places
var places embed.FS

// placeTable reads a table of testdata/places, a row as its columns by name.
func placeTable(t require.TestingT, place, name string) []map[string]string {
	f, err := places.Open("testdata/places/" + place + "/" + name + ".csv")
	if err != nil {
		return nil // no place has every table
	}
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, column := range rows[0] {
			named[column] = row[i]
		}
		out = append(out, named)
	}
	return out
}

func placeDate(t require.TestingT, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, s)
	require.NoError(t, err)
	return at
}

// placePlan is the Plan of a place in testdata/places, and its map when it has areas.
func placePlan(t require.TestingT, place string) (*grid.Map, party.Plan) {
	var p party.Plan
	during := func(r map[string]string) party.Interval {
		return party.Interval{From: placeDate(t, r["from"]), Until: placeDate(t, r["until"])}
	}
	for _, r := range placeTable(t, place, "parties") {
		p.Parties = append(p.Parties, party.Party{
			Code: party.Code(r["code"]), Parent: party.Code(r["parent"]), Name: r["name"], Kind: r["kind"], Area: party.Code(r["area"]), Line: r["line"],
		})
	}
	for _, r := range placeTable(t, place, "people") {
		p.People = append(p.People, party.Person{Code: party.Code(r["code"]), Home: party.Code(r["home"]), Kinds: []string{r["kinds"]}})
	}
	for _, r := range placeTable(t, place, "posts") {
		quota, err := strconv.Atoi(r["quota"])
		require.NoError(t, err)
		p.Posts = append(p.Posts, party.Post{
			Code: party.Code(r["code"]), Party: party.Code(r["party"]), Name: r["name"], Role: r["role"], Area: party.Code(r["area"]), Quota: quota,
		})
	}
	for _, r := range placeTable(t, place, "appointments") {
		p.Appointments = append(p.Appointments, party.Appointment{
			Person: party.Code(r["person"]), Post: party.Code(r["post"]), Kind: party.AppointmentKind(r["kind"]), During: during(r),
		})
	}
	for _, r := range placeTable(t, place, "registrations") {
		p.Registrations = append(p.Registrations, party.Registration{
			Person: party.Code(r["person"]), Area: party.Code(r["area"]), Kind: party.RegistrationKind(r["kind"]), During: during(r),
		})
	}
	return placeMap(t, placeTable(t, place, "areas")), p
}

// placeMap lays the innermost areas as squares in a row.
func placeMap(t require.TestingT, rows []map[string]string) *grid.Map {
	if len(rows) == 0 {
		return nil
	}
	deepest := 0
	var units []grid.Unit
	for i, r := range rows {
		level, err := strconv.Atoi(r["level"])
		require.NoError(t, err)
		deepest = max(deepest, level)
		units = append(units, grid.Unit{Code: grid.Code(r["code"]), Parent: grid.Code(r["parent"]), Level: level, Boundary: square(i, 0)})
	}
	for i := range units {
		if units[i].Level < deepest {
			units[i].Boundary = nil
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"街道", "社区", "街区", "网格"}[:deepest+1]})
	require.NoError(t, err)
	return m
}

// 494 people are sunk into six communities on the day of the account; transfers
// give other numbers before and after.
func TestGuangmingHeadcountIsAsOfADay(t *testing.T) {
	m, plan := placePlan(t, "guangming")
	d, err := party.NewDirectory(m, plan)
	require.NoError(t, err)
	for _, c := range []struct {
		day              string
		resident, mobile int
	}{
		{"2018-05-31", 0, 0}, {"2018-06-01", 180, 120}, {"2018-09-01", 281, 219}, {"2018-09-19", 281, 219}, {"2018-09-20", 275, 219},
		{"2018-10-26", 275, 219}, {"2018-10-31", 275, 219}, {"2018-11-01", 287, 207}, {"2018-12-01", 295, 207},
	} {
		at := placeDate(t, c.day)
		got := d.Headcount(at)
		require.Equal(t, []int{c.resident, c.mobile}, []int{got[party.Resident], got[party.Mobile]}, c.day)
		sum, squads := map[party.AppointmentKind]int{}, 0
		for p := range d.Parties() { // nobody serves two squads on one day
			if p.Kind != "squad" {
				continue
			}
			squads++
			for kind, n := range d.HeadcountIn(p.Code, at) {
				sum[kind] += n
			}
			for kind, n := range d.HeadcountIn(p.Parent, at) {
				require.Equal(t, d.HeadcountIn(p.Code, at)[kind], n, "a community counts its squad")
			}
		}
		require.Equal(t, 6, squads)
		require.Equal(t, got, sum, c.day)
	}
	// Six of the mobile staff change squads at midnight of the 26th: a millisecond
	// before they are in the old one, and never in both or none.
	moved := 0
	for p := range d.People() {
		at := placeDate(t, "2018-10-26")
		var squads [2]party.Code
		for i, at := range []time.Time{at.Add(-time.Millisecond), at} {
			for a := range d.Serving(p.Code) {
				if a.During.Holds(at) {
					post, _ := d.Post(a.Post)
					require.Empty(t, squads[i], p.Code)
					squads[i] = post.Party
				}
			}
		}
		if squads[0] != squads[1] {
			moved++
		}
	}
	require.Equal(t, 6, moved)
}

// Establishment 44 = 10 + 4 + 8 + 22, filled; every one of 45 grids has one of the
// 22 leaders and no leader has none.
func TestMajiangQuotasAndLeaders(t *testing.T) {
	m, plan := placePlan(t, "majiang")
	d, err := party.NewDirectory(m, plan)
	require.NoError(t, err)
	at := placeDate(t, "2016-01-01")
	quota, filled := map[string]int{}, map[string]int{}
	for p := range d.Posts() {
		quota[p.Role] += p.Quota
		n := 0
		for a := range d.Appointments(p.Code) {
			if a.During.Holds(at) {
				n++
			}
		}
		require.LessOrEqual(t, n, p.Quota, p.Code)
		filled[p.Role] += n
	}
	want := map[string]int{"leader": 10, "centre-staff": 4, "station-chief": 8, "grid-leader": 22, "grid": 45}
	require.Equal(t, want, quota)
	require.Equal(t, want, filled)
	require.Equal(t, 44, d.Headcount(at)[party.Resident])
	grids := map[party.Code]int{}
	for leaf := range m.Leaves(0) {
		area := m.Info(leaf).Code
		var posts []party.Code
		for p := range d.PostsFor(area) {
			posts = append(posts, p.Code)
		}
		require.Len(t, posts, 1, area)
		who, ok := d.Holder(posts[0], at)
		require.True(t, ok, area)
		grids[who]++
	}
	require.Len(t, grids, 22)
	least, most := 45, 0
	for _, n := range grids {
		least, most = min(least, n), max(most, n)
	}
	require.Equal(t, []int{2, 3}, []int{least, most})
}

// 468 members have reported in to 68 red grids of 20 blocks in 3 communities, each
// to one at a time; membership elsewhere is counted apart.
func TestGuanlanRegistrationsAddUpLevelByLevel(t *testing.T) {
	m, plan := placePlan(t, "guanlan")
	d, err := party.NewDirectory(m, plan)
	require.NoError(t, err)
	for day, want := range map[string]int{"2021-09-30": 0, "2021-10-01": 304, "2022-02-28": 468, "2022-03-01": 468} {
		at := placeDate(t, day)
		require.Equal(t, want, d.Registered("guanlan", party.ReportIn, at), day)
		units := map[int]int{}
		sums := map[int]int{}
		for level := 1; level <= 3; level++ {
			for _, r := range placeTable(t, "guanlan", "areas") {
				if r["level"] == fmt.Sprint(level) {
					units[level]++
					sums[level] += d.Registered(party.Code(r["code"]), party.ReportIn, at)
				}
			}
			require.Equal(t, want, sums[level], "%s level %d", day, level)
		}
		require.Equal(t, map[int]int{1: 3, 2: 20, 3: 68}, units)
	}
	at := placeDate(t, "2022-03-01")
	require.Equal(t, 117, d.Registered("", party.Membership, at))
	require.Equal(t, 468, d.Registered("", "", at), "a person with both is one person")
}
