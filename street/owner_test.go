package street_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// ownerFolder is wholeFolder where whoever owns a street mends it, under the eyes of
// the station: E1 is on a lane of the squad, E2 on a main street that nobody owns.
func ownerFolder() fstest.MapFS {
	f := wholeFolder()
	edit(f, "layers/roads.geojson", `"party":"station"`, `"party":"squad"`)
	edit(f, "matters.csv", "light,路灯\n", "light,路灯\ntree,树木\n")
	set(f, "duties.csv", "id,role,matter,party,area,budget\nR0,lead,*,squad,*,2wd\nR1,lead,waste,owner(roads),,4wh\nR2,regulator,*,station,,\nR3,lead,light,owner(roads),,4wh\n")
	return f
}

func TestTheOwnerOfThePlaceLeads(t *testing.T) {
	f, err := street.Load(ownerFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	one, _ := s.Case("E1")
	require.Equal(t, []dispatch.LayerOwner{{Layer: "roads", Owner: "squad"}}, one.Event.Owners)
	require.Equal(t, street.Code("squad"), one.Lead.Party)
	require.Equal(t, street.Code("R1"), one.Lead.Rule)
	two, _ := s.Case("E2")
	require.Empty(t, two.Event.Owners, "the main street goes first, and has no owner")
	require.Equal(t, street.Code("station"), two.Lead.Party, "the regulator alone")
	require.Equal(t, string(dispatch.ReasonNoOwner), two.Alone)
	why, err := s.Why("E1", "en")
	require.NoError(t, err)
	require.Contains(t, why, "squad")
	zh, err := s.Why("E2", "zh")
	require.NoError(t, err)
	require.Contains(t, zh, "station")
}

func TestOwnersOfLayersAreChecked(t *testing.T) {
	folder := ownerFolder()
	edit(folder, "duties.csv", "owner(roads),,4wh", "owner(lanes),,4wh")
	edit(folder, "duties.csv", "R2,regulator,*,station", "R2,regulator,*,owner(parks")
	_, err := street.Load(folder, options)
	require.EqualError(t, err, "duties.csv:3:15: party owner(lanes): lanes is no layer of street.json\nduties.csv:4:16: party owner(parks is not in parties.csv or posts.csv")
	folder = ownerFolder()
	edit(folder, "layers/roads.geojson", `"party":"squad"`, `"party":"nobody"`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Len(t, f.Findings, 2)
	require.Equal(t, "duties.csv:3:15: party owner(roads): 1 features have an owner that is not in parties.csv, first R1, of nobody", f.Findings[0].String())
	folder = ownerFolder()
	delete(folder, "layers/roads.geojson")
	_, err = street.Load(folder, options)
	require.EqualError(t, err, "layers/roads.geojson: the file is missing", "one fault is told once")
}
