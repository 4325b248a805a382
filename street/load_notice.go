package street

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/party/resource"
)

// noticeConfig is what the notices of one level show: an entry of "notices" in
// street.json.
type noticeConfig struct {
	Head       string   `json:"head"`
	Below      string   `json:"below"`
	Lead       string   `json:"lead"`
	Staff      []string `json:"staff"`
	Counts     []string `json:"counts"`
	Attributes []string `json:"attributes"`
	Council    bool     `json:"council"`
}

// boards reads boards.csv and what street.json says of notices.
func (l *loader) boards(c config) {
	var list []notice.Board
	var lines []columnOf
	l.rows(boardsFile, func(r *row) {
		b := notice.Board{Area: r.code("area"), Facts: r.cell("facts"), Goals: r.cell("goals"), During: r.interval()}
		if !l.isNode(b.Area) {
			r.checkArea("area", b.Area)
		}
		if r.bad {
			return
		}
		list, lines = append(list, b), append(lines, r.remember("area", "from", "until"))
	})
	texts, err := notice.NewTexts(list)
	if build, ok := errors.AsType[*party.BuildError](err); ok {
		l.partyFaults(build, map[string][]columnOf{"boards": lines}, spoiltFiles{})
	}
	rules := map[string]notice.Rule{}
	for level, n := range c.Notices {
		for _, named := range []string{level, n.Below} {
			if named != "" && !l.isLevel(named) {
				l.configFault("unknown-level", cmp.Or(named, level), named)
			}
		}
		rules[level] = notice.Rule(n)
	}
	if len(rules) == 0 {
		rules = l.usualNotices()
	}
	l.rolesUsed(c)
	l.out.NodeMaps = l.nodeMaps()
	l.out.Notices = notice.Input{Directory: l.out.Directory, Map: l.out.Map, Texts: texts, Rules: rules, Zone: l.zone}
}

// isNode reports whether a code is a node of one of the hierarchies.
func (l *loader) isNode(c Code) bool {
	for h := range l.out.Hierarchies.All() {
		if _, ok := h.Lookup(c); ok {
			return true
		}
	}
	return false
}

// isLevel reports whether the areas or a hierarchy have a level of that name.
func (l *loader) isLevel(name string) bool {
	for h := range l.out.Hierarchies.All() {
		if slices.Contains(h.Levels(), name) {
			return true
		}
	}
	return slices.Contains(l.out.Levels, name)
}

// nodeMaps are the hierarchies as notices take them.
func (l *loader) nodeMaps() []*grid.Map {
	var maps []*grid.Map
	for h := range l.out.Hierarchies.All() {
		m, err := notice.Nodes(h)
		if err != nil {
			l.configFault("bad-overlay", "hierarchies", err.Error())
			continue
		}
		maps = append(maps, m)
	}
	return maps
}

// noticeMap is the map that has an area, or a node: the street's own, else the first
// of the hierarchies that does.
func (f *Folder) noticeMap(area Code) *grid.Map {
	for _, m := range append([]*grid.Map{f.Map}, f.NodeMaps...) {
		if _, ok := m.Lookup(area); ok {
			return m
		}
	}
	return f.Map
}

// usualNotices is what notices show when street.json does not say: at each level
// the post that looks after the area and, of blocks, the leads of the grids below.
func (l *loader) usualNotices() map[string]notice.Rule {
	rules := map[string]notice.Rule{}
	for h := range l.out.Hierarchies.All() {
		usualOf(h.Levels(), rules)
	}
	usualOf(l.out.Levels, rules)
	return rules
}

// usualOf adds what notices of the levels usually show.
func usualOf(levels []string, rules map[string]notice.Rule) {
	for i, level := range levels {
		rule := notice.Rule{Head: "head", Staff: []string{"staff"}}
		switch level {
		case "社区", "community":
			rule.Head = "secretary"
		case "街区", "block":
			rule.Head, rule.Council = "block-head", true
		case "站", "工作站", "服务站", "station":
			rule.Head = "station-chief"
		case "红色网格", "网格", "grid", "red-grid":
			rule.Head, rule.Staff = "grid-lead", []string{"grid-worker"}
		}
		if rule.Head == "block-head" && i+1 < len(levels) {
			rule.Below, rule.Lead = levels[i+1], "grid-lead"
		}
		rules[level] = rule
	}
}

// Notice answers the notice (公示牌) of an area, or of a node of a hierarchy, at an
// instant: of the folder's people, and of the council that the street has recorded
// for the area.
func (s *Street) Notice(ctx context.Context, area Code, at time.Time) (notice.Notice, error) {
	in := s.folder.Notices
	in.Map = s.folder.noticeMap(area)
	var n notice.Notice
	err := s.host.View(ctx, func(m *machine) {
		in.Council = func(area Code, at time.Time) []notice.Seat { return seatsOf(m.council, area, at) }
		n = notice.Build(in, area, at)
	})
	return n, err
}

// seatsOf is who sits on the councils of an area at an instant, by council and
// person.
func seatsOf(m *council.Minutes, area Code, at time.Time) []notice.Seat {
	var seats []notice.Seat
	for c := range m.Councils() {
		if c.Area != area {
			continue
		}
		for s := range m.Seats(c.Code) {
			if (party.Interval{From: s.From, Until: s.Until}).Holds(at) {
				seats = append(seats, notice.Seat{Person: s.Person, Capacity: s.Capacity})
			}
		}
	}
	return seats
}

// resources reads offers.csv and needs.csv.
func (l *loader) resources() {
	var plan resource.Plan
	places := map[string][]columnOf{}
	before := len(l.faults) + l.left
	l.rows(offersFile, func(r *row) {
		plan.Offers = append(plan.Offers, resource.Offer{
			Code: r.code("code"), Party: r.code("party"), Kind: r.required("kind"), Area: r.wild("area"),
			During: r.interval(), Quantity: r.whole("quantity", 0, quantityMax), Skills: r.list("skills"),
		})
		places["offers"] = append(places["offers"], r.remember("code", "party", "kind", "area", "from", "until", "quantity", "skills"))
	})
	l.rows(needsFile, func(r *row) {
		plan.Needs = append(plan.Needs, resource.Need{
			Code: r.code("code"), Party: r.code("party"), Kind: r.required("kind"), Area: r.wild("area"),
			During: r.interval(), Quantity: r.whole("quantity", 0, quantityMax), Skills: r.list("skills"),
		})
		places["needs"] = append(places["needs"], r.remember("code", "party", "kind", "area", "from", "until", "quantity", "skills"))
	})
	if len(l.faults)+l.left > before || !l.partiesOK || len(plan.Offers)+len(plan.Needs) == 0 {
		return
	}
	m := l.out.Map
	if !l.areasOK {
		m = nil
	}
	lists, err := resource.NewLists(m, l.out.Directory, plan)
	if build, ok := errors.AsType[*party.BuildError](err); ok {
		l.partyFaults(build, places, spoiltFiles{})
		return
	}
	l.out.Resources = lists
}

// quantityMax bounds what one line of offers.csv or needs.csv gives or asks for.
const quantityMax = 1_000_000
