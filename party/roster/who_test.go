package roster_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/roster"
)

// Away is by the local date, from every post or from one; Hash knows everything
// but the order of teams and exceptions and the zones of instants.
func TestWho(t *testing.T) {
	zone := time.FixedZone("CST", 8*60*60)
	date, err := roster.ParseDate("2026-03-04")
	require.NoError(t, err)
	build := func(change func(*roster.Plan)) *roster.Roster {
		p := roster.Plan{
			Rotations: []roster.Rotation{{Post: "a", Start: date, Members: []roster.Member{{Person: "p1", During: roster.Interval{From: time.Date(2026, 1, 1, 0, 0, 0, 0, zone)}}, {Team: "t"}}}},
			Teams:     []roster.Team{{Code: "t", People: []roster.Mate{{Person: "p2"}}}, {Code: "u", People: []roster.Mate{{Person: "p9"}}}},
			Exceptions: []roster.Exception{
				{Date: date, Kind: roster.Leave, Person: "p3"}, {Date: date, Kind: roster.Leave, Person: "p1", Post: "a"},
			},
		}
		if change != nil {
			change(&p)
		}
		r, err := roster.New(zone, p)
		require.NoError(t, err)
		return r
	}
	r := build(nil)
	require.Equal(t, []roster.Code{"p1", "p2", "p3"}, r.People())
	at := func(hour int) time.Time { return time.Date(2026, 3, 4, hour, 0, 0, 0, zone) }
	require.True(t, r.Away("p3", "b", at(0)))
	require.True(t, r.Away("p3", "b", at(24).Add(-time.Millisecond)))
	require.False(t, r.Away("p3", "b", at(24)))
	require.False(t, r.Away("p3", "b", at(0).Add(-time.Millisecond)))
	require.True(t, r.Away("p1", "a", at(9)))
	require.False(t, r.Away("p1", "b", at(9)), "from that post only")
	require.False(t, (&roster.Roster{}).Away("p1", "a", at(9)))

	for name, change := range map[string]func(*roster.Plan){
		"turn": func(p *roster.Plan) { p.Rotations[0].Turn.N = 2 }, "unit": func(p *roster.Plan) { p.Rotations[0].Turn.Unit = roster.Weeks },
		"days": func(p *roster.Plan) { p.Rotations[0].Days.Last = true }, "post": func(p *roster.Plan) { p.Rotations[0].Post = "b"; p.Exceptions = p.Exceptions[:1] },
		"hours":  func(p *roster.Plan) { p.Rotations[0].Hours = []roster.Window{{Start: 60, End: 120}} },
		"member": func(p *roster.Plan) { p.Rotations[0].Members = p.Rotations[0].Members[:1] },
		"joined": func(p *roster.Plan) { p.Rotations[0].Members[0].During.From = at(0) },
		"until":  func(p *roster.Plan) { p.Rotations[0].During.Until = at(900) },
		"mates":  func(p *roster.Plan) { p.Teams[0].People[0].Person = "p8" },
		"leave":  func(p *roster.Plan) { p.Exceptions = p.Exceptions[:1] },
		"who":    func(p *roster.Plan) { p.Exceptions[0].Person = "p4" },
	} {
		require.NotEqual(t, r.Hash(), build(change).Hash(), name)
	}
	require.Equal(t, r.Hash(), build(func(p *roster.Plan) {
		p.Exceptions[0], p.Exceptions[1] = p.Exceptions[1], p.Exceptions[0]
		p.Teams[0], p.Teams[1] = p.Teams[1], p.Teams[0]
		from := &p.Rotations[0].Members[0].During.From
		*from = from.UTC()
	}).Hash())
}
