package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGuangming counts the figures of the report from the files.
func TestGuangming(t *testing.T) {
	const place = "guangming"
	require.Len(t, properties(t, place, "areas/community.geojson"), 6)
	require.Len(t, properties(t, place, "areas/grid.geojson"), 150)
	require.Len(t, properties(t, place, "layers/parks.geojson"), 75)
	require.Len(t, properties(t, place, "layers/enterprises.geojson"), 104)
	kinds := count(read(t, place, "parties.csv"), "kind")
	same(t, [5]int{1, 1, 6, 6, 6}, [5]int{kinds["leading-group"], kinds["information-centre"], kinds["squad"], kinds["department"], kinds["committee"]})
	lines := map[string]bool{}
	for _, d := range where(read(t, place, "parties.csv"), "kind", "department") {
		lines[d["line"]] = true
	}
	require.ElementsMatch(t, []string{"安监", "执法", "市政", "政法", "消安", "网格"}, slices.Collect(maps.Keys(lines)))
	require.Len(t, read(t, place, "boards.csv"), 6)
	require.Len(t, where(read(t, place, "facilities.csv"), "kind", "unified-management"), 6)
}

// TestGuangmingAsOf counts the members of the squads on dates: none before the
// reform, 494 = 275 + 219 from November on, six fewer in one February.
func TestGuangmingAsOf(t *testing.T) {
	roles, squads := map[string]string{}, map[string]string{}
	for _, p := range read(t, "guangming", "posts.csv") {
		roles[p["code"]], squads[p["code"]] = p["role"], p["party"]
	}
	var held []line
	for _, a := range read(t, "guangming", "appointments.csv") {
		if roles[a["post"]] == "squad-member" {
			held = append(held, a)
		}
	}
	before, after := map[string]string{}, map[string]string{}
	for date, want := range map[string][2]int{
		"2018-10-25": {0, 0},
		"2018-10-26": {275, 146},
		"2018-10-31": {275, 146},
		"2018-11-01": {275, 219},
		"2018-12-09": {275, 219},
		"2018-12-10": {275, 219},
		"2019-01-07": {275, 219},
		"2019-01-31": {275, 219},
		"2019-02-01": {275, 213}, // on purpose: lent back to the departments
		"2019-02-28": {275, 213},
		"2019-03-01": {275, 219},
		"2020-01-01": {275, 219},
	} {
		now := on(held, date, "from", "until")
		kinds := count(now, "kind")
		same(t, want, [2]int{kinds["resident"], kinds["mobile"]})
		people := count(now, "person")
		require.Len(t, people, len(now), "one open posting a person on %s", date)
		for _, a := range now {
			switch date {
			case "2018-12-09":
				before[a["person"]] = squads[a["post"]]
			case "2018-12-10":
				after[a["person"]] = squads[a["post"]]
			}
		}
	}
	changed := 0
	for person, squad := range before {
		if after[person] != squad {
			changed++
		}
	}
	require.Equal(t, movers, changed, "transfers are visible as of a date")
}

// TestGuangmingLeaders holds the secretaries to one load: who leads a squad is the
// secretary of its committee, and its executive deputy the deputy secretary.
func TestGuangmingLeaders(t *testing.T) {
	posts := map[string]line{}
	for _, p := range read(t, "guangming", "posts.csv") {
		posts[p["code"]] = p
	}
	holder := map[[2]string]string{} // role and area
	for _, a := range on(read(t, "guangming", "appointments.csv"), "2018-11-01", "from", "until") {
		p := posts[a["post"]]
		holder[[2]string{p["role"], p["area"]}] = a["person"]
	}
	kinds := map[string]string{}
	for _, p := range read(t, "guangming", "people.csv") {
		kinds[p["code"]] = p["kinds"]
	}
	for _, c := range properties(t, "guangming", "areas/community.geojson") {
		area := c["code"].(string)
		leader, deputy := holder[[2]string{"squad-leader", area}], holder[[2]string{"executive-deputy", area}]
		require.NotEmpty(t, leader)
		require.Equal(t, holder[[2]string{"secretary", area}], leader)
		require.Equal(t, holder[[2]string{"deputy-secretary", area}], deputy)
		require.Equal(t, "civil-servant;member", kinds[deputy])
	}
	require.Equal(t, holder[[2]string{"street-secretary", "GM"}], holder[[2]string{"group-head", "GM"}])
}
