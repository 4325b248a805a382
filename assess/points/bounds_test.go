package points_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess/points"
)

// TestFarZones: Apply takes what Decide answers at the first and the last instant of
// a ledger in whatever zone, and the date is at most two days beside that of UTC.
func TestFarZones(t *testing.T) {
	first, last := time.Date(1970, 1, 3, 0, 0, 0, 0, time.UTC), time.Date(2100, 12, 29, 23, 59, 59, 999e6, time.UTC)
	for _, hours := range []int{0, 1, -1, 14, -12, 24, -24, 26, -26, 27, -27, 48, -48, 96, -96, 24 * 365, -24 * 365} {
		marks := points.NewMarks(time.FixedZone("far", hours*3600))
		n := 0
		for _, at := range []time.Time{first, noon, last} {
			for _, do := range []points.Do{
				points.Adopt{Year: at.Year(), Plan: office()},
				points.Award{Award: points.Code(at.Format("a2006")), Subject: "li", Item: "rescue"},
			} {
				o, err := marks.Decide(at, points.Command{Do: do})
				require.NoError(t, err)
				require.Nil(t, o.Refusal, "%d hours: %v", hours, o.Refusal)
				for _, e := range o.Entries {
					require.NoError(t, marks.Apply(e), "%d hours", hours)
					n++
				}
			}
			k, ok := marks.Mark(points.Code(at.Format("a2006")))
			require.True(t, ok)
			offset := max(-26, min(hours, 26))
			y, month, d := at.UTC().Add(time.Duration(offset) * time.Hour).Date()
			require.Equal(t, points.Date{Year: y, Month: month, Day: d}, k.On, "%d hours", hours)
		}
		require.Equal(t, 6, n)
	}
}

// TestScopeOfAPlanInUse: who may award is a part of how points are judged, so the
// scope of a plan in use stays; its source and the names of its items may change.
func TestScopeOfAPlanInUse(t *testing.T) {
	h := open(t, office())
	h.ok(points.Award{Award: "a", Subject: "li", Item: "rescue"})
	other := office()
	other.Scope = "street"
	h.no("in-use", points.Adopt{Year: 2025, Plan: other})
	forged := points.Entry{Seq: h.marks.Seq() + 1, At: noon, Fact: open(t, other).entries[0].Fact}
	require.ErrorIs(t, h.marks.Apply(forged), points.ErrImpossible)
	named := office()
	named.Source = "another"
	named.Items[0].Name = "another"
	h.ok(points.Adopt{Year: 2025, Plan: named})
	h.ok(points.Adopt{Year: 2027, Plan: other})
}
