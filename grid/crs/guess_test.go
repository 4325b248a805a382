package crs_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/crs"
)

func codes(s crs.Suspicion) []string {
	out := []string{}
	for _, g := range s.Guesses {
		out = append(out, g.Code())
	}
	return out
}

func TestSuspect(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		sample []orb.Point
		codes  []string
	}{
		"nothing":           {nil, []string{}},
		"no numbers":        {[]orb.Point{{nan, 1}, {1, math.Inf(1)}}, []string{}},
		"degrees":           {[]orb.Point{{114.06, 22.54}, {114.07, 22.55}}, []string{"degrees"}},
		"latitude first":    {[]orb.Point{{22.54, 114.06}, {22.55, 114.07}}, []string{"degrees-swapped"}},
		"Boston":            {[]orb.Point{{-71.06, 42.36}}, []string{"degrees-abroad"}},
		"a northern isle":   {[]orb.Point{{30, 80}}, []string{"degrees-swapped"}},
		"zone 38":           {[]orb.Point{{38506000, 2494000}, {38507000, 2495000}}, []string{"zone"}},
		"zone 19":           {[]orb.Point{{19506000, 2494000}}, []string{"zone"}},
		"survey order":      {[]orb.Point{{2494000, 38506000}}, []string{"zone-swapped"}},
		"two zones":         {[]orb.Point{{38506000, 2494000}, {39506000, 2495000}}, []string{"zones"}},
		"two zones, one":    {[]orb.Point{{38506000, 2494000}, {38507000, 2494000}, {39506000, 2495000}}, []string{"zones", "zone"}},
		"no prefix":         {[]orb.Point{{506000, 2494000}}, []string{"plain"}},
		"no prefix, survey": {[]orb.Point{{2494000, 506000}}, []string{"plain-swapped"}},
		"southern islands":  {[]orb.Point{{506000, 806000}}, []string{"plain", "plain-swapped"}},
		"Shenzhen on tiles": {[]orb.Point{{12697000, 2576000}}, []string{"web-mercator"}},
		"Shanghai on tiles": {[]orb.Point{{13522000, 3662000}}, []string{"zone", "web-mercator"}},
		"tiles, swapped":    {[]orb.Point{{2576000, 12697000}}, []string{"web-mercator-swapped"}},
		"a local system":    {[]orb.Point{{20000, 120000}}, []string{}},
		"prefix 24":         {[]orb.Point{{24506000, 2494000}}, []string{}},
		"a border of zones": {[]orb.Point{{38000000, 2494000}}, []string{}},
		"one stray":         {[]orb.Point{{0, 0}, {114.06, 22.54}, {nan, nan}, {114.07, 22.55}}, []string{"degrees"}},
		"half and half":     {[]orb.Point{{0, 0}, {114.06, 22.54}}, []string{}},
	} {
		got := crs.Suspect(c.sample)
		require.Equal(t, c.codes, codes(got), name)
		require.Equal(t, len(c.sample), got.Finite+got.Bad, name)
		for _, g := range got.Guesses {
			require.NotEqual(t, g.Text("en"), g.Text("zh"), name)
			require.NotContains(t, g.Text("zh"), "{")
		}
	}
	stray := crs.Suspect([]orb.Point{{0, 0}, {114.06, 22.54}, {math.NaN(), 0}, {114.07, 22.55}})
	require.Equal(t, crs.Suspicion{Guesses: []crs.Guess{{Look: crs.Degrees, Points: 2}}, Finite: 3, Bad: 1}, stray)

	zone := crs.Suspect([]orb.Point{{2494000, 38506000}}).Guesses[0]
	require.True(t, zone.Swapped)
	require.Equal(t, crs.Zone{Width: 3, Number: 38}, zone.Zone)
	s, ok := zone.System()
	require.True(t, ok)
	require.Equal(t, find(t, "EPSG:4526"), s)
	s, ok = crs.Suspect([]orb.Point{{12697000, 2576000}}).Guesses[0].System()
	require.True(t, ok)
	require.Equal(t, crs.WebMercator(), s)
	for _, g := range []crs.Guess{{}, {Look: crs.PlainMetres}, {Look: crs.ZoneMetres}, {Look: 99}} {
		_, ok = g.System()
		require.False(t, ok)
	}
	require.Equal(t, "unknown", crs.Guess{Look: 99}.Code())
}

// propSuspect: every place of China, in any system of the register, is suspected
// of being in that system, swapped too.
func propSuspect(t *rapid.T) {
	s := rapid.SampledFrom(crs.All()).Draw(t, "system")
	west, east := 73.6, 135.0
	if z, ok := s.Zone(); ok {
		half := float64(z.Width) / 2
		west, east = max(west, z.Meridian()-half), min(east, z.Meridian()+half)
	}
	var sample, swapped []orb.Point
	for range rapid.IntRange(1, 5).Draw(t, "points") {
		place := orb.Point{rapid.Float64Range(west, east).Draw(t, "lng"), rapid.Float64Range(3.5, 53.5).Draw(t, "lat")}
		p, err := s.FromWGS84(place)
		require.NoError(t, err)
		sample, swapped = append(sample, p), append(swapped, orb.Point{p[1], p[0]})
	}
	want := crs.Guess{Look: crs.Degrees, Points: len(sample)}
	z, zoned := s.Zone()
	switch {
	case s == crs.WebMercator():
		want.Look = crs.WebMetres
	case zoned && s.Prefixed():
		want.Look, want.Zone = crs.ZoneMetres, z
	case zoned:
		want.Look = crs.PlainMetres
	}
	require.Contains(t, crs.Suspect(sample).Guesses, want, "%v", s)
	want.Swapped = true
	require.Contains(t, crs.Suspect(swapped).Guesses, want, "%v", s)
	slices.Reverse(sample)
	if got, ok := crs.Suspect(sample).Guesses[0].System(); ok && got != s {
		require.Contains(t, crs.Suspect(sample).Guesses, crs.Guess{Look: crs.WebMetres, Points: len(sample)}, "only Web Mercator is mistaken: %v", s)
	}
}

func TestSuspectPlaces(t *testing.T) { rapid.Check(t, propSuspect) }
func FuzzSuspect(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(propSuspect)) }
