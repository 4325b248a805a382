package responder_test

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/responder"
	"github.com/gridgov/gridgov/grid"
)

// Everybody is answered once, with the reason of the table, in the order promised.
func rankIsTable(t *rapid.T) {
	needs, people, o := drawNeeds(t, 1), drawPeople(t, 20), drawOptions(t)
	if len(needs) == 0 {
		return
	}
	list, err := responder.Rank(needs[0], rapid.Permutation(people).Draw(t, "mixed"), o)
	require.NoError(t, err)
	type row struct {
		opinion
		person responder.Code
		load   int
	}
	var want, got []row
	for _, p := range people {
		want = append(want, row{judge(needs[0], p, o), p.Person, p.Load})
	}
	slices.SortFunc(want, func(a, b row) int {
		if a.reason == 0 && b.reason == 0 {
			return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.load, b.load), cmp.Compare(a.person, b.person))
		}
		return cmp.Or(cmp.Compare(a.reason, b.reason), cmp.Compare(max(0, a.away), max(0, b.away)), cmp.Compare(a.person, b.person))
	})
	for _, r := range list {
		away := int64(-1)
		if r.Measured {
			away = int64(math.Round(float64(r.Away) * 1000))
		} else {
			require.Zero(t, r.Away)
		}
		got = append(got, row{opinion{r.Reason, r.What, away, r.Cost}, r.Person, r.Load})
		require.Equal(t, r.Fit(), r.Text("zh") == "")
		require.NotContains(t, r.Text("en"), "{")
		if !r.Fit() {
			require.NotEqual(t, r.Text("zh"), r.Text("en"))
		}
		if r.Reason == responder.OffDuty {
			require.Zero(t, r.Age, "nothing of where they were")
		}
	}
	require.Equal(t, want, got)
}

func TestRankIsTable(t *testing.T) { rapid.Check(t, rankIsTable) }
func FuzzRank(f *testing.F)        { f.Fuzz(rapid.MakeFuzz(rankIsTable)) }

func TestReasons(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range responder.Reasons() {
		require.NotEmpty(t, r.String())
		require.False(t, seen[r.String()])
		seen[r.String()] = true
	}
	require.Len(t, seen, int(responder.Refused))
	require.Empty(t, responder.Reason(200).String())
	require.Zero(t, (&responder.Left{}).Count(200))
}

func TestFaults(t *testing.T) {
	nowhere := &orb.Point{0, math.Inf(1)}
	_, err := responder.AssignBatch(
		[]responder.Need{{ID: "a", Penalty: -1}, {ID: "a", Place: nowhere, Skills: []responder.Code{"x y"}, Area: "=", Party: "/"}},
		[]responder.Responder{
			{Person: "", Post: " ", Party: " ", Areas: make([]responder.Code, 65), Place: nowhere, Skills: []responder.Code{""}, Kind: 9, Load: -1, Capacity: 1001},
			{Person: "p"}, {Person: "p"},
		},
		responder.Options{StaleAfter: -1, Within: -1, Capacity: -1, Penalty: responder.PenaltyMax + 1, Exact: 1001},
	)
	var faults *responder.Errors
	require.ErrorAs(t, err, &faults)
	var fields []string
	for _, f := range faults.Faults {
		fields = append(fields, f.Field)
		require.NotEqual(t, f.Text("zh"), f.Text("en"))
	}
	require.Equal(t, strings.Fields(`Options.StaleAfter Options.Within Options.Capacity Options.Penalty Options.Exact
		Needs[0].Penalty Needs[1].ID Needs[1].Place Needs[1].Skills Needs[1].Area Needs[1].Party
		People[0].Person People[0].Post People[0].Party People[0].Areas People[0].Place People[0].Skills People[0].Kind People[0].Load People[0].Capacity
		People[2].Person`), fields)
	for _, is := range []error{responder.ErrCode, responder.ErrTwice, responder.ErrPlace, responder.ErrRange, responder.ErrMany} {
		require.ErrorIs(t, err, is)
	}
	_, err = responder.Rank(responder.Need{ID: "a"}, make([]responder.Responder, 200), responder.Options{Within: 1})
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.Faults, responder.FaultsMax)
	require.Equal(t, 100, faults.More)
	require.True(t, strings.HasSuffix(faults.Text("zh"), "另有100处"))
	for _, n := range [][2]int{{responder.NeedsMax + 1, 1}, {1, responder.PeopleMax + 1}, {responder.NeedsMax, 839}} {
		_, err = responder.AssignBatch(make([]responder.Need, n[0]), make([]responder.Responder, n[1]), responder.Options{})
		require.ErrorIs(t, err, responder.ErrMany)
	}
}

// Instants at the ends of time do not wrap.
func TestStaleAtTheEnds(t *testing.T) {
	for _, at := range []time.Time{{}, time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0)} {
		list, err := responder.Rank(responder.Need{ID: "n", Place: &orb.Point{}},
			[]responder.Responder{{Person: "p", OnDuty: true, Place: &orb.Point{}, At: at}}, responder.Options{At: now})
		require.NoError(t, err)
		require.Equal(t, responder.Stale, list[0].Reason)
	}
}

// Who is exactly at the limit is within; cost is in metres, halves up.
func TestWithinIncludesItself(t *testing.T) {
	n := responder.Need{ID: "n", Place: &orb.Point{114.06, 22.68}}
	people := []responder.Responder{{Person: "p", OnDuty: true, Place: &orb.Point{114.0603, 22.6802}, At: now}}
	list, err := responder.Rank(n, people, responder.Options{At: now})
	require.NoError(t, err)
	for more := -1; more <= 1; more++ {
		mm := math.Round(float64(list[0].Away)*1000) + float64(more)
		got, err := responder.Rank(n, people, responder.Options{At: now, Within: grid.Meters(mm / 1000)})
		require.NoError(t, err)
		require.Equal(t, more >= 0, got[0].Fit())
	}
}

// Resgrid leaves a unit out whose position is stale, and users asked why the nearest
// one was not sent. Here each of them is in the answer, with the reason; who is sent
// in a plan instead of somebody nearer has the number of those.
func TestResgridEveryonePassedOverHasAReason(t *testing.T) {
	at := func(metres float64) *orb.Point { return &orb.Point{114.06, 22.68 + metres/110_800} }
	n := responder.Need{ID: "n1", Place: at(0), Skills: []responder.Code{"boat"}, Party: "squad"}
	fit := responder.Responder{Person: "far", Party: "squad", OnDuty: true, Place: at(500), At: now, Skills: []responder.Code{"boat"}}
	people := []responder.Responder{fit}
	for i, change := range []func(*responder.Responder){
		func(p *responder.Responder) { p.At = now.Add(-10*time.Minute - 1) },
		func(p *responder.Responder) { p.Place = nil },
		func(p *responder.Responder) { p.Load = 1 },
		func(p *responder.Responder) { p.Skills = nil },
		func(p *responder.Responder) { p.Party = "other" },
		func(p *responder.Responder) { p.OnDuty = false },
	} {
		p := fit
		p.Person, p.Place = responder.Code("near"+string(rune('a'+i))), at(1)
		change(&p)
		people = append(people, p)
	}
	list, err := responder.Rank(n, people, responder.Options{At: now})
	require.NoError(t, err)
	var got []string
	for _, r := range list {
		got = append(got, string(r.Person)+" "+r.Reason.String())
	}
	require.Equal(t, []string{"far ", "nearf off-duty", "neare not-of-party", "neard unskilled", "nearc full", "nearb unplaced", "neara stale"}, got)

	second := n
	second.ID, second.Place = "n2", at(520)
	near := fit
	near.Person, near.Place = "near", at(10)
	plan, err := responder.AssignBatch([]responder.Need{n, second}, []responder.Responder{fit, near}, responder.Options{At: now})
	require.NoError(t, err)
	require.Zero(t, plan.Assigned[0].Before)
	third := second
	third.ID, third.Place = "n3", at(9)
	plan, err = responder.AssignBatch([]responder.Need{n, third}, []responder.Responder{fit, near}, responder.Options{At: now})
	require.NoError(t, err)
	require.Equal(t, "far", string(plan.Assigned[0].Person))
	require.Equal(t, 1, plan.Assigned[0].Before, "the nearer one is needed elsewhere")
}
