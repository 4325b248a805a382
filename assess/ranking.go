package assess

import (
	"cmp"
	"slices"
)

// Place is the place of a member in a ranking (排名). Rank is 0 and Score 0 for one
// without a score; State says why.
type Place struct {
	Rank  int    `json:"rank,omitzero"`
	Code  Code   `json:"code"`
	Score Points `json:"score"`
	State State  `json:"state"`
}

// Ranking ranks the members of a kind by their score of a node, the highest first.
// Equal scores, as rounded, share a rank and stand by code; the ranks after them
// are skipped (1, 2, 2, 4). Members without a score come last, by code, without a
// rank. A member's score depends on nobody else, so one more member never turns
// the order of two others. It is empty when there is no such node.
// O(members × nodes below × log rates).
func (b *ScoreBoard) Ranking(node Code, by string) []Place {
	n, ok := b.node(node)
	if !ok {
		return nil
	}
	var places []Place
	var g grade
	var room []grade
	for _, m := range b.membersOf(by) {
		g, room = b.grade(&m, n, room)
		p := Place{Code: m.group.Code, State: g.state}
		if g.state.Has() {
			p.Score = g.sum.points(b.scheme.tree.level[n])
		}
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b Place) int {
		if a.State.Has() != b.State.Has() {
			if a.State.Has() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Code, b.Code))
	})
	for i := range places {
		switch p := &places[i]; {
		case !p.State.Has():
			return places
		case i > 0 && places[i-1].Score == p.Score:
			p.Rank = places[i-1].Rank
		default:
			p.Rank = i + 1
		}
	}
	return places
}
