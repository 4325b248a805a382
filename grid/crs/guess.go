package crs

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// Look is what coordinates look like by their range alone.
type Look uint8

// The looks, the more telling ones first. A look that is Swapped has the
// northing or latitude first.
const (
	Degrees       Look = iota // longitude and latitude in the rectangle of China: WGS84, CGCS2000, GCJ-02 or BD-09, which no range tells apart
	ZoneMetres                // Gauss–Krüger eastings with the prefix of one zone
	ZonesMetres               // with the prefixes of several
	PlainMetres               // Gauss–Krüger or UTM metres without a prefix, of any zone
	WebMetres                 // Web Mercator in China
	DegreesAbroad             // longitude and latitude elsewhere on earth
)

// The ranges of metres in China, rounded outwards: northings of Gauss–Krüger from
// 2° to 56°N, eastings up to 400 km from the false one, which is more than 3.5°
// anywhere; the square of Web Mercator over 72–138°E, 1–56°N.
const (
	northingMin, northingMax = 2.0e5, 6.3e6
	eastingMin, eastingMax   = 1.0e5, 9.0e5
	webWest, webEast         = 8.01e6, 15.37e6
	webSouth, webNorth       = 0.9e5, 7.57e6
)

// Guess is one thing that coordinates may be.
type Guess struct {
	Look    Look
	Swapped bool // the second number is the easting or longitude
	Zone    Zone // of ZoneMetres
	Points  int  // how many of the finite points fit
}

// System is the system that the guess names, once the numbers are swapped if
// Swapped: that of the zone, or Web Mercator. Degrees and plain metres name none.
func (g Guess) System() (System, bool) {
	switch {
	case g.Look == ZoneMetres && g.Zone.Valid():
		return zoneSystem(g.Zone, true), true
	case g.Look == WebMetres:
		return WebMercator(), true
	}
	return System{}, false
}

// Code is the guess as a code, the same in every language: "zone-swapped".
func (g Guess) Code() string {
	names := [...]string{"degrees", "zone", "zones", "plain", "web-mercator", "degrees-abroad"}
	if int(g.Look) >= len(names) {
		return "unknown"
	}
	if name := names[g.Look]; !g.Swapped || g.Look == DegreesAbroad {
		return name
	}
	return names[g.Look] + "-swapped"
}

// Text says the guess in lang ("zh", else English).
func (g Guess) Text(lang string) string {
	return looks.Text(lang, g.Code(), strconv.Itoa(int(g.Zone.Width)), strconv.Itoa(g.Zone.Number))
}

// Suspicion is what Suspect makes of a sample.
type Suspicion struct {
	Guesses []Guess // what fits more than half of the finite points, the one that fits most first, then by Look, unswapped first
	Finite  int     // points whose numbers are finite
	Bad     int     // points with NaN or an infinite number
}

// Suspect is what the coordinates of a sample look like, for an audit of files
// that do not say: a sample of points as the file has them, or the two corners
// of a bounding box. Every guess that fits more than half of the finite points is
// given, so one stray point hides nothing: compare Guess.Points with Finite. No
// guess means a local system, another unit, or garbage.
//
// Ranges overlap: eastings of the 6-degree zones 13 to 15 (west of 90°E) are also
// Web Mercator, in which they lie between 116° and 138°E; then both are given. O(points).
func Suspect(sample []orb.Point) Suspicion {
	var s Suspicion
	var counts [2]tally // as it is, swapped
	for _, p := range sample {
		if !finite(p) {
			s.Bad++
			continue
		}
		s.Finite++
		counts[0].add(p)
		counts[1].add(orb.Point{p[1], p[0]})
	}
	for i, t := range counts {
		for _, g := range t.guesses(s.Finite) {
			if g.Swapped = i == 1; !g.Swapped || g.Look != DegreesAbroad {
				s.Guesses = append(s.Guesses, g)
			}
		}
	}
	slices.SortStableFunc(s.Guesses, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Look, b.Look))
	})
	return s
}

// zonesEnd is one more than the largest zone number.
const zonesEnd = 46

// tally counts the points that fit each look.
type tally struct {
	degrees, plain, web, abroad int
	zones                       [zonesEnd]int
}

func (t *tally) add(p orb.Point) {
	east, north := p[0], p[1]
	switch {
	case inChina(p):
		t.degrees++
	case onEarth(p) && !inChina(orb.Point{north, east}):
		t.abroad++
	}
	if east >= webWest && east <= webEast && north >= webSouth && north <= webNorth {
		t.web++
	}
	if north < northingMin || north > northingMax {
		return
	}
	if east >= eastingMin && east <= eastingMax {
		t.plain++
	}
	if z, ok := ZoneOf(east); ok {
		if in := math.Mod(east, zoneMetres); in >= eastingMin && in <= eastingMax {
			t.zones[z.Number]++
		}
	}
}

// guesses are the looks that fit more than half of n points.
func (t *tally) guesses(n int) []Guess {
	var out []Guess
	add := func(look Look, zone Zone, points int) {
		if 2*points > n {
			out = append(out, Guess{Look: look, Zone: zone, Points: points})
		}
	}
	add(Degrees, Zone{}, t.degrees)
	all, found := 0, 0
	for number, points := range t.zones {
		if all += points; points > 0 {
			found++
			z, _ := ZoneOf(float64(number) * zoneMetres)
			add(ZoneMetres, z, points)
		}
	}
	if found > 1 {
		add(ZonesMetres, Zone{}, all)
	}
	add(PlainMetres, Zone{}, t.plain)
	add(WebMetres, Zone{}, t.web)
	add(DegreesAbroad, Zone{}, t.abroad)
	return out
}
