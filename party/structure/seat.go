package structure

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/party"
)

// The roles as which people sit on councils.
const (
	RoleCouncilMember   = "council-member"   // 理事: has a vote
	RoleCouncilObserver = "council-observer" // 列席: has none
)

// KindCouncil is the kind of party that a council counts as where rules ask In or
// SameIn.
const KindCouncil = "council"

// Seat is a person's seat on a council, such as council.Minutes keeps.
type Seat struct {
	Council party.Code
	Area    party.Code // what the council is for, or "layer:code" of a building
	Person  party.Code
	Vote    bool
	During  party.Interval // while the council exists
}

// Seated answers the same rules, which besides see the seats of councils: wherever a
// rule names the role RoleCouncilMember or RoleCouncilObserver, a seat counts as an
// appointment, of no kind, to a post of that role for the council's area, with the
// council's code and a quota of 0 that may be exceeded. Rules that name no role do
// not see seats. It keeps a copy. O(seats).
func (r *Rules) Seated(seats []Seat) *Rules {
	if r == nil {
		return nil
	}
	return &Rules{r.list, slices.Clone(seats)}
}

// addSeats makes a post of each role of each council.
func (s *survey) addSeats(seats []Seat) {
	seats = slices.SortedFunc(slices.Values(seats), func(a, b Seat) int {
		return cmp.Or(cmp.Compare(a.Council, b.Council), cmp.Compare(a.Area, b.Area), compareBool(a.Vote, b.Vote))
	})
	for i, k := 0, 0; i < len(seats); i = k {
		first := &seats[i]
		role := RoleCouncilObserver
		if first.Vote {
			role = RoleCouncilMember
		}
		x := s.postStore.add(post{
			code: first.Council, role: role, area: first.Area, seats: true,
			org: s.orgStore.add(org{code: first.Council, kind: KindCouncil, active: always[0], area: first.Area}),
		})
		if layer, feature, ok := strings.Cut(string(first.Area), ":"); ok {
			x.area, x.org.area, x.place = "", "", party.Place{Layer: layer, Feature: party.Code(feature)}
		}
		list := s.scratch[:0]
		for ; k < len(seats) && seats[k].Council == first.Council && seats[k].Area == first.Area && seats[k].Vote == first.Vote; k++ {
			if during := stretchOf(seats[k].During); !during.empty() {
				list = append(list, holding{during, s.numberOf(seats[k].Person), "", x})
			}
		}
		x.holding, s.scratch = s.holdingStore.keep(list), list
		slices.SortFunc(x.holding, compareHoldings)
		s.byRole[role] = append(s.byRole[role], x)
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
