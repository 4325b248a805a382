package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGuanlan counts the figures of the report from the files.
func TestGuanlan(t *testing.T) {
	const place = "guanlan"
	require.Len(t, properties(t, place, "areas/community.geojson"), 3)
	require.Len(t, properties(t, place, "areas/block.geojson"), 20)
	grids := properties(t, place, "areas/grid.geojson")
	require.Len(t, grids, 68)
	registrations := read(t, place, "registrations.csv")
	require.Empty(t, on(registrations, "2021-04-14", "from", "until"), "nobody before the pilot")
	for _, date := range []string{"2021-05-01", "2021-10-07", "2021-10-08", "2022-05-20"} {
		now := on(registrations, date, "from", "until")
		require.Len(t, now, 468, date)
		require.Len(t, count(now, "person"), 468, "one grid for each on %s", date)
		require.Len(t, count(now, "area"), 68, "members in every grid on %s", date)
	}
	require.NotEqual(t,
		count(on(registrations, "2021-10-07", "from", "until"), "area"),
		count(on(registrations, "2021-10-08", "from", "until"), "area"), "moves are visible as of a date")
	topics := read(t, place, "topics.csv")
	require.Len(t, read(t, place, "meetings.csv"), 145)
	same(t, map[string]int{"done": 231, "tracking": 41}, count(topics, "state"))
	require.Len(t, topics, 272)
	require.Len(t, read(t, place, "boards.csv"), 20)
	paid := 0
	for _, s := range read(t, place, "shares.csv") {
		paid += number(t, s["amount"])
	}
	require.Equal(t, 750_000, paid)
	require.Len(t, count(read(t, place, "shares.csv"), "payer"), 3)
	require.Equal(t, 750_000, number(t, read(t, place, "projects.csv")[0]["cost"]))
}

// TestGuanlanPeople holds block heads to their double duty and the leads of red
// grids to their seats.
func TestGuanlanPeople(t *testing.T) {
	const place = "guanlan"
	posts := map[string]line{}
	for _, p := range read(t, place, "posts.csv") {
		posts[p["code"]] = p
	}
	for _, date := range []string{"2021-04-15", "2021-10-31", "2021-11-01", "2022-05-20"} {
		heads, committee, leads, council := map[string]string{}, map[string]string{}, map[string]string{}, map[[2]string]bool{}
		for _, a := range on(read(t, place, "appointments.csv"), date, "from", "until") {
			switch p := posts[a["post"]]; p["role"] {
			case "block-head":
				heads[p["area"]] = a["person"]
			case "secretary", "deputy-secretary", "committee-member":
				committee[a["person"]] = p["area"]
			case "grid-lead":
				leads[p["area"]] = a["person"]
			case "council-member":
				council[[2]string{p["area"], a["person"]}] = true
			}
		}
		require.Len(t, heads, 20)
		for block, person := range heads {
			require.True(t, strings.HasPrefix(block, committee[person]) && committee[person] != "", "%s heads %s", person, block)
		}
		require.Len(t, leads, 68)
		for grid, person := range leads {
			block, _, _ := strings.Cut(grid, "-")
			require.True(t, council[[2]string{block, person}], "%s leads %s and sits in the council of %s", person, grid, block)
		}
		for _, s := range on(read(t, place, "council_members.csv"), date, "from", "until") {
			if block := strings.TrimPrefix(s["council"], "LSH-"); strings.ContainsAny(block, "0123456789") {
				require.True(t, council[[2]string{block, s["person"]}], "seat and post of %s agree", s["person"])
			}
		}
	}
}

// TestGuanlanVotes counts every vote again: quorum two thirds of those who may
// vote, more than half of those of them present in favour.
func TestGuanlanVotes(t *testing.T) {
	const place = "guanlan"
	seats, meetings := read(t, place, "council_members.csv"), map[string]line{}
	votes := map[string][]line{}
	for _, v := range read(t, place, "votes.csv") {
		votes[v["topic"]] = append(votes[v["topic"]], v)
	}
	held, raised := map[string]int{}, map[string]int{}
	for _, m := range read(t, place, "meetings.csv") {
		meetings[m["id"]] = m
		held[m["council"]]++
	}
	for _, x := range read(t, place, "topics.csv") {
		m := meetings[x["meeting"]]
		raised[m["council"]]++
		may, present := 0, []string{}
		for _, s := range on(where(seats, "council", m["council"]), m["at"][:10], "from", "until") {
			if s["vote"] != "true" {
				continue
			}
			may++
			if slices.Contains(strings.Split(m["present"], ";"), s["person"]) {
				present = append(present, s["person"])
			}
		}
		require.GreaterOrEqual(t, 3*len(present), 2*may, "quorum of %s", m["id"])
		var voters []string
		for _, v := range votes[x["id"]] {
			voters = append(voters, v["person"])
		}
		require.ElementsMatch(t, present, voters, "who voted on %s", x["id"])
		got := count(votes[x["id"]], "vote")
		same(t, [3]int{number(t, x["yes"]), number(t, x["no"]), number(t, x["abstain"])}, [3]int{got["yes"], got["no"], got["abstain"]})
		require.Greater(t, 2*got["yes"], len(present), "majority for %s", x["id"])
		require.NotEmpty(t, x["owner"])
		require.Greater(t, x["due"], m["at"])
		require.Equal(t, x["state"] == "done", x["done_at"] != "")
		if x["done_at"] != "" {
			require.Greater(t, x["done_at"], m["at"])
			require.Less(t, x["done_at"], "2022-05-20")
		}
	}
	require.Len(t, held, 20, "every block's council met")
	shiyi := "LSH-NH1"
	require.Greater(t, held[shiyi], 10)
	require.Greater(t, raised[shiyi], 20)
	for _, m := range meetings {
		require.NotZero(t, len(m["present"]))
		require.Less(t, m["at"], "2022-05-20")
	}
}

// TestGuanlanVisits finds the visits of key households month by month, the missed
// month among them, and who made them in the team whose turn it was.
func TestGuanlanVisits(t *testing.T) {
	const place = "guanlan"
	households := map[string]line{}
	for _, h := range read(t, place, "households.csv") {
		households[h["code"]] = h
	}
	months := map[[2]string]int{} // area, month: visits of key households
	total := 0
	for _, v := range read(t, place, "visits.csv") {
		if h := households[v["household"]]; h["class"] == "key" {
			months[[2]string{h["area"], v["at"][:7]}]++
			total++
		}
	}
	require.Greater(t, total, 4000)
	for _, p := range where(read(t, place, "visit_plans.csv"), "class", "key") {
		require.Equal(t, "1mo", p["every"])
		for _, month := range []string{"2021-05", "2021-12", "2022-02", "2022-03", "2022-04"} {
			n := months[[2]string{p["area"], month}]
			if p["area"] == "DF3-02" && month == "2022-03" {
				require.Zero(t, n, "the missed month")
				continue
			}
			require.Positive(t, n, "%s in %s", p["area"], month)
		}
	}
}
