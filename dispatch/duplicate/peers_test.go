package duplicate_test

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid"
)

// What users of FixMyStreet asked its suggestion of duplicates for.

// metresNorth is about so many metres north of a crossing in Guanlan.
func metresNorth(metres float64) *orb.Point { return &orb.Point{114.06, 22.68 + metres/110_800} }

// open is an index with these reports, one a matter, an hour old.
func open(t *testing.T, c duplicate.Config, list ...duplicate.Report) *duplicate.Index {
	index, err := duplicate.New(c)
	require.NoError(t, err)
	for _, r := range list {
		r.At = start.Add(-time.Hour)
		require.NoError(t, index.Add(r))
	}
	return index
}

func offered(index *duplicate.Index, r duplicate.Report) []duplicate.Code {
	r.ID, r.At = "new", start
	list, _ := index.Candidates(r)
	var ids []duplicate.Code
	for _, c := range list {
		ids = append(ids, c.Case)
	}
	return ids
}

// FixMyStreet PR #4746: one radius for all categories is too wide for lamp posts and
// too narrow for flooding. Here each matter has its own.
func TestFixMyStreet4746RadiusOfEachCategory(t *testing.T) {
	index := open(t, duplicate.Config{Policies: []duplicate.Policy{{Matter: "lamp", Radius: 10}, {Matter: "flood", Radius: 300}}},
		duplicate.Report{ID: "L", Matter: "lamp", Point: metresNorth(40)},
		duplicate.Report{ID: "F", Matter: "flood", Point: metresNorth(250)},
		duplicate.Report{ID: "W", Matter: "waste", Point: metresNorth(40)})
	require.Empty(t, offered(index, duplicate.Report{Matter: "lamp", Point: metresNorth(0)}))
	require.Equal(t, []duplicate.Code{"L"}, offered(index, duplicate.Report{Matter: "lamp", Point: metresNorth(32)}))
	require.Equal(t, []duplicate.Code{"F"}, offered(index, duplicate.Report{Matter: "flood", Point: metresNorth(0)}))
	require.Equal(t, []duplicate.Code{"W"}, offered(index, duplicate.Report{Matter: "waste", Point: metresNorth(0)}), "the default")
}

// FixMyStreet #5162: for some categories nothing should be suggested, since every
// report is its own, as with assisted collections or noise.
func TestFixMyStreet5162OffForSomeCategories(t *testing.T) {
	parent := func(m duplicate.Code) duplicate.Code {
		if m == "noise.night" {
			return "noise"
		}
		return ""
	}
	index := open(t, duplicate.Config{Parent: parent, Policies: []duplicate.Policy{{Matter: "noise", Mode: duplicate.Off, Group: "g"}, {Matter: "music", Group: "g"}}},
		duplicate.Report{ID: "N", Matter: "noise", Point: metresNorth(0), Asset: "A1"},
		duplicate.Report{ID: "M", Matter: "music", Point: metresNorth(0)})
	for _, m := range []duplicate.Code{"noise", "noise.night"} {
		r := duplicate.Report{ID: "new", Matter: m, Point: metresNorth(0), At: start, Asset: "A1"}
		require.Empty(t, offered(index, r), "neither by place, nor a sibling, nor by asset")
		_, auto, ok := index.Best(r)
		require.False(t, auto || ok)
	}
	require.Equal(t, []duplicate.Code{"M", "N"}, offered(index, duplicate.Report{Matter: "music", Point: metresNorth(0)}))
}

// FixMyStreet PR #3822: the same pothole is reported under neighbouring categories.
func TestFixMyStreet3822SiblingCategories(t *testing.T) {
	index := open(t, duplicate.Config{Policies: []duplicate.Policy{{Matter: "pothole", Group: "surface"}, {Matter: "crack", Group: "surface"}}},
		duplicate.Report{ID: "C", Matter: "crack", Point: metresNorth(1)},
		duplicate.Report{ID: "P", Matter: "pothole", Point: metresNorth(1)},
		duplicate.Report{ID: "W", Matter: "waste", Point: metresNorth(1)})
	require.Equal(t, []duplicate.Code{"P", "C"}, offered(index, duplicate.Report{Matter: "pothole", Point: metresNorth(0)}), "the same matter before its sibling")
	require.Equal(t, []duplicate.Code{"W"}, offered(index, duplicate.Report{Matter: "waste", Point: metresNorth(0)}))
}

// FixMyStreet #2669: who picks a lamp on the map means that lamp. What is open on it
// comes before whatever is nearer, newer and of the same matter.
func TestFixMyStreet2669SameAssetFirst(t *testing.T) {
	index := open(t, duplicate.Config{},
		duplicate.Report{ID: "near", Matter: "lamp", Point: metresNorth(0), Asset: "A2"},
		duplicate.Report{ID: "same", Matter: "pole", Point: metresNorth(900), Asset: "A1"},
		duplicate.Report{ID: "unplaced", Matter: "lamp", Asset: "A1"})
	r := duplicate.Report{ID: "new", Matter: "lamp", Point: metresNorth(0), At: start, Asset: "A1"}
	require.Equal(t, []duplicate.Code{"unplaced", "same", "near"}, offered(index, r))
	best, _, _ := index.Best(r)
	require.True(t, best.SameAsset)
	require.False(t, best.Placed)
	require.Equal(t, "same-asset", best.Why()[0].Code)
	require.Equal(t, grid.Meters(0), best.Away)
}
