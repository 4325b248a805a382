package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// ground is a made-up town: a lattice of w × h quads, bent so that its streets
// curve and its outline is a rounded one. Areas are unions of quads, so two that
// share a border share its every vertex.
type ground struct {
	w, h int
	at   [][]point // corners, [0..w][0..h]
}

// point is degrees of longitude and latitude, of seven figures at most.
type point struct{ lng, lat float64 }

// site says where a ground lies and how it is bent.
type site struct {
	lng, lat      float64 // centre, degrees
	halfX, halfY  float64 // half of its width and height, metres
	w, h          int
	round         float64 // 0: a rectangle, 1: an ellipse
	bend, turn    float64 // size of the waves, share of the half width; turn of the whole, radians
	phase, phase2 float64
}

const metresPerDegree = 111_320

func (s site) ground() *ground {
	g := &ground{w: s.w, h: s.h, at: make([][]point, s.w+1)}
	for i := range g.at {
		g.at[i] = make([]point, s.h+1)
		for k := range g.at[i] {
			u, v := 2*float64(i)/float64(s.w)-1, 2*float64(k)/float64(s.h)-1
			g.at[i][k] = s.place(s.curve(u, v))
		}
	}
	return g
}

// curve bends the square [-1,1]².
func (s site) curve(u, v float64) (x, y float64) {
	x = u * (1 - s.round + s.round*math.Sqrt(1-v*v/2))
	y = v * (1 - s.round + s.round*math.Sqrt(1-u*u/2))
	x += s.bend * (math.Sin(2.3*v+s.phase) + 0.5*math.Sin(1.7*u-3.1*v+s.phase2))
	y += s.bend * (math.Sin(2.1*u+s.phase2) + 0.5*math.Sin(2.9*u+1.9*v+s.phase))
	return x, y
}

// place is the point for a place in the bent square.
func (s site) place(x, y float64) point {
	sin, cos := math.Sincos(s.turn)
	east, north := s.halfX*x, s.halfY*y
	east, north = east*cos-north*sin, east*sin+north*cos
	return point{
		micro(s.lng + east/(metresPerDegree*math.Cos(s.lat*math.Pi/180))),
		micro(s.lat + north/metresPerDegree),
	}
}

// micro rounds to a millionth of a degree, about a decimetre.
func micro(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// cell is a quad of the lattice, or a corner.
type cell struct{ x, y int }

// in is the point within a quad at the shares a and b of its sides.
func (g *ground) in(c cell, a, b float64) point {
	p, q := g.at[c.x][c.y], g.at[c.x+1][c.y]
	r, s := g.at[c.x][c.y+1], g.at[c.x+1][c.y+1]
	mix := func(p, q, r, s float64) float64 {
		return micro((1-a)*(1-b)*p + a*(1-b)*q + (1-a)*b*r + a*b*s)
	}
	return point{mix(p.lng, q.lng, r.lng, s.lng), mix(p.lat, q.lat, r.lat, s.lat)}
}

// box is the ring of a part of a quad.
func (g *ground) box(c cell, a0, b0, a1, b1 float64) []point {
	return []point{g.in(c, a0, b0), g.in(c, a1, b0), g.in(c, a1, b1), g.in(c, a0, b1), g.in(c, a0, b0)}
}

// somewhere is a point in one of the quads, clear of their sides.
func (g *ground) somewhere(d *draw, cells []cell) point {
	return g.in(cells[d.below(len(cells))], d.within(0.12, 0.88), d.within(0.12, 0.88))
}

// town is the quads that make up the town: all but some at the rim, up to deep
// from each side, so that its outline goes in and out as real ones do.
func (g *ground) town(d *draw, deep int) []cell {
	west, east := notches(d, g.h, deep), notches(d, g.h, deep)
	south, north := notches(d, g.w, deep), notches(d, g.w, deep)
	var cells, all []cell
	for x := range g.w {
		for y := range g.h {
			all = append(all, cell{x, y})
			if x >= west[y] && x < g.w-east[y] && y >= south[x] && y < g.h-north[x] {
				cells = append(cells, cell{x, y})
			}
		}
	}
	if _, ok := ring(cells); !ok {
		return all
	}
	return cells
}

// notches is n depths from 0 to deep, the same for some stretch.
func notches(d *draw, n, deep int) []int {
	var depths []int
	depth := d.between(0, deep)
	for len(depths) < n {
		depth = min(max(0, depth+d.between(-2, 2)), deep)
		for range d.between(3, 9) {
			depths = append(depths, depth)
		}
	}
	return depths[:n]
}

// ring is the boundary of a union of quads, counter-clockwise and closed; false
// when it has a hole, two parts, or touches itself.
func ring(cells []cell) ([]cell, bool) {
	in := make(map[cell]bool, len(cells))
	for _, c := range cells {
		in[c] = true
	}
	next := map[cell]cell{}
	side := func(out, from, to cell) bool {
		if in[out] {
			return true
		}
		_, twice := next[from]
		next[from] = to
		return !twice
	}
	for _, c := range cells {
		a, b := cell{c.x, c.y}, cell{c.x + 1, c.y}
		e, f := cell{c.x + 1, c.y + 1}, cell{c.x, c.y + 1}
		if !side(cell{c.x, c.y - 1}, a, b) || !side(cell{c.x + 1, c.y}, b, e) ||
			!side(cell{c.x, c.y + 1}, e, f) || !side(cell{c.x - 1, c.y}, f, a) {
			return nil, false
		}
	}
	if len(cells) == 0 {
		return nil, false
	}
	start := slices.MinFunc(cells, func(a, b cell) int { return (a.x-b.x)*1_000_000 + a.y - b.y })
	corners := []cell{start}
	for at := next[start]; at != start && len(corners) <= len(next); at = next[at] {
		corners = append(corners, at)
	}
	return append(corners, start), len(corners) == len(next)
}

// outline is the boundary of a union of quads.
func (g *ground) outline(cells []cell) []point {
	corners, _ := ring(cells)
	points := make([]point, len(corners))
	for i, c := range corners {
		points[i] = g.at[c.x][c.y]
	}
	return points
}

// Coordinates as GeoJSON writes them.

func (p point) String() string { return fmt.Sprintf("[%v,%v]", p.lng, p.lat) }

func pointGeometry(p point) string { return `{"type":"Point","coordinates":` + p.String() + `}` }

func polygonGeometry(ring []point) string {
	return `{"type":"Polygon","coordinates":[` + chain(ring) + `]}`
}

func lineGeometry(line []point) string {
	return `{"type":"LineString","coordinates":` + chain(line) + `}`
}

func chain(points []point) string {
	texts := make([]string, len(points))
	for i, p := range points {
		texts[i] = p.String()
	}
	return "[" + strings.Join(texts, ",") + "]"
}
