package duplicate_test

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// twin is the rule of the package read aloud: every open report, one after another.
type twin struct {
	config duplicate.Config
	open   map[duplicate.Code]duplicate.Report
}

// above climbs dotted codes.
func above(c duplicate.Code) duplicate.Code {
	cut := strings.LastIndexByte(string(c), '.')
	return c[:max(0, cut)]
}

func (w *twin) policy(matter duplicate.Code) duplicate.Policy {
	for m := matter; ; m = above(m) {
		for _, p := range append(w.config.Policies, duplicate.Policy{}) {
			if p.Matter == "" {
				p = w.config.Default
			}
			if p.Matter != "" && p.Matter != m || p.Matter == "" && m != "" && w.config.Parent != nil {
				continue
			}
			if p.Radius == 0 {
				p.Radius = 50
			}
			if p.Window == 0 {
				p.Window = 24 * time.Hour
			}
			if p.Threshold == 0 {
				p.Threshold = 9000
			}
			return p
		}
	}
}

func millimetres(a, b orb.Point) int64 {
	p, _ := grid.Snap(a)
	q, _ := grid.Snap(b)
	return int64(math.Round(geodesy.Distance(p, q) * 1000))
}

type answer struct {
	id    duplicate.Code
	score int64
	asset bool
	kin   duplicate.Kin
	away  int64
	at    time.Time
}

func (w *twin) candidates(r duplicate.Report) []answer {
	p := w.policy(r.Matter)
	if p.Mode == duplicate.Off {
		return nil
	}
	var out []answer
	for id, o := range w.open {
		if id == r.ID {
			continue
		}
		a := answer{id: id, asset: r.Asset != "" && r.Asset == o.Asset, kin: duplicate.OtherMatter, away: -1, at: o.At}
		group := w.policy(o.Matter).Group
		switch {
		case o.Matter == r.Matter:
			a.kin = duplicate.SameMatter
		case p.Group != "" && p.Group == group:
			a.kin = duplicate.SiblingMatter
		}
		if r.Point != nil && o.Point != nil {
			a.away = millimetres(*r.Point, *o.Point)
		}
		gone := r.At.Sub(o.At).Abs().Milliseconds()
		radius, window := int64(math.Round(float64(p.Radius)*1000)), p.Window.Milliseconds()
		if !a.asset && (a.kin == duplicate.OtherMatter || a.away < 0 || a.away > radius || gone > window) {
			continue
		}
		near, fresh := int64(10_000), int64(0)
		if !a.asset {
			near = 10_000 - 10_000*a.away/radius
		}
		if gone <= window {
			fresh = 10_000 - 10_000*gone/window
		}
		share := map[duplicate.Kin]int64{duplicate.SameMatter: 10_000, duplicate.SiblingMatter: 8_000, duplicate.OtherMatter: 5_000}
		a.score = share[a.kin] * (6*near + 4*fresh) / 100_000
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b answer) int {
		if a.asset != b.asset {
			return map[bool]int{true: -1, false: 1}[a.asset]
		}
		return cmp.Or(cmp.Compare(b.score, a.score), a.at.Compare(b.at), cmp.Compare(a.id, b.id))
	})
	return out
}
