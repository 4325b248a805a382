package street

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
)

// swapNumerator / swapDenominator of the points must lie outside, and inside
// once swapped, before the folder is taken to have longitude and latitude in
// the wrong columns: 90 %.
const swapNumerator, swapDenominator = 9, 10

// events reads events.csv.
func (l *loader) events() { l.eventRows(func(each func(*row)) { l.rows(eventsFile, each) }) }

// ReadEvents reads an events file that is not part of the folder, with the
// folder's areas, zone and addresses: for learning and back-testing. Faults are
// a *LoadError that names the file by name.
func (f *Folder) ReadEvents(name string, data []byte) ([]Event, error) {
	l := &loader{zone: f.Zone, out: &Folder{CRS: f.CRS, Map: f.Map, addresses: f.addresses}, areasOK: true}
	raw, err := inflate(data)
	if err != nil {
		l.fault(Finding{Code: "bad-gzip", File: name, Err: err, Args: []string{err.Error()}})
	} else {
		l.eventRows(func(each func(*row)) { l.table(eventsFile, name, raw, each) })
	}
	out, err := l.finish()
	if err != nil {
		return nil, err
	}
	return out.Events, nil
}

// Handled turns events into cases of the past for dispatch.Learn and
// dispatch.Backtest. Where an event happened is found from its place; the truth
// columns but truth_party are not read.
func (f *Folder) Handled(events []Event) []dispatch.Handled {
	list := make([]dispatch.Handled, len(events))
	for i, e := range events {
		h := dispatch.Handled{ID: e.ID, Matter: e.Matter, Party: e.TruthParty, At: e.At, Channel: e.Channel, Condition: e.Condition}
		point, hasPoint, area, _ := f.Place(e)
		switch {
		case hasPoint:
			h.Area, _ = f.Map.Locate(point)
		case area != "":
			h.Area, _ = f.Map.Lookup(area)
		}
		list[i] = h
	}
	return list
}

func (l *loader) eventRows(read func(each func(*row))) {
	seen := map[Code]int{}
	first := Finding{}
	read(func(r *row) {
		e := r.event()
		if line, ok := seen[e.ID]; ok && e.ID != "" {
			r.fault("duplicate", "id", nil, fmt.Sprint(line))
		}
		seen[e.ID] = r.Line
		if e.HasPoint && first.Line == 0 {
			first = r.place("lng")
		}
		if !r.bad {
			if l.out.eventAt == nil {
				l.out.eventAt = map[Code]int{}
			}
			l.out.eventAt[e.ID] = len(l.out.Events)
			l.out.Events = append(l.out.Events, e)
			l.flip.count(l, r.stated, e)
		}
	})
	l.swapped(first)
}

// astray tells, in one finding each, how many events name a matter that is not in
// matters.csv, and how many points lie outside every area.
func (l *loader) astray() {
	matters := map[Code]bool{}
	for _, m := range l.out.Matters {
		matters[m.Code] = true
	}
	unknown, outside := []Event{}, []Event{}
	for _, e := range l.out.Events {
		if len(matters) > 0 && !matters[e.Matter] {
			unknown = append(unknown, e)
		}
		if e.HasPoint && l.areasOK {
			if _, in := l.out.Map.Locate(e.Point); !in {
				outside = append(outside, e)
			}
		}
	}
	if len(unknown) > 0 {
		l.note(Finding{Level: Warning, Code: "unknown-matters", File: eventsFile.Name, Line: unknown[0].Line, Args: []string{fmt.Sprint(len(unknown)), string(unknown[0].Matter)}})
	}
	if len(outside) > 0 {
		l.note(Finding{Level: Warning, Code: "outside-points", File: eventsFile.Name, Line: outside[0].Line, Args: []string{fmt.Sprint(len(outside))}})
	}
}

// event reads one line.
func (r *row) event() Event {
	e := Event{
		ID: r.code("id"), Line: r.Line, At: r.near("at", r.time("at")), Matter: r.code("matter"),
		Area: r.wild("area"), Address: r.cell("address"), Channel: r.cell("channel"), ExternalID: r.cell("external_id"),
		Reporter: r.cell("reporter"), Summary: r.cell("summary"), Condition: r.cell("condition"), Cost: r.yuan("cost"),
		Evidence: r.list("evidence"), Due: r.near("due_at", r.maybeTime("due_at")), Closed: r.near("closed_at", r.maybeTime("closed_at")), Outcome: r.eventOutcome(),
		TruthArea: r.optional("truth_area"), TruthParty: r.optional("truth_party"),
	}
	r.eventPoint(&e)
	e.Satisfied = r.yesNo("satisfied")
	e.TruthOnTime = r.yesNo("truth_on_time")
	r.checkArea("area", e.Area)
	r.checkPlaces(e)
	if !e.Closed.IsZero() && e.Closed.Before(e.At) {
		r.fault("closed-before", "closed_at", nil, r.cell("at"))
	}
	return e
}

// checkPlaces warns about places that contradict each other or lead nowhere.
func (r *row) checkPlaces(e Event) {
	m := r.load.out.Map
	if e.TruthArea != "" && !r.load.knownArea(e.TruthArea) {
		if padded, ok := r.load.padded(e.TruthArea); ok {
			r.fault("lost-zero", "truth_area", nil, string(padded))
		} else {
			r.warn("unknown-truth", "truth_area")
		}
	}
	if e.HasPoint && e.Area != "" && r.load.areasOK && !r.bad {
		here, _ := m.Locate(e.Point)
		if stated, ok := m.Lookup(e.Area); ok && !m.Contains(stated, here) {
			f := r.place("area")
			f.Level, f.Code, f.Args = Warning, "elsewhere", []string{string(e.Area), cmp.Or(string(m.Info(here).Code), "–")}
			r.load.note(f)
		}
	}
	if !e.HasPoint && e.Area == "" && e.Address != "" {
		if _, ok := r.load.out.addresses.find(e.Address); !ok {
			r.warn("unknown-address", "address")
		}
	}
}

func (r *row) eventPoint(e *Event) {
	lng, okLng := r.degrees("lng", 180)
	lat, okLat := r.degrees("lat", 180) // swapped columns are found over all rows, so be lenient here
	half := (r.cell("lng") == "") != (r.cell("lat") == "")
	switch {
	case half:
		r.fault("half-point", "lng", nil)
	case okLng && okLat:
		r.stated = orb.Point{lng, lat}
		e.Point, e.HasPoint = r.stated, true
		if lat > 90 || lat < -90 {
			f := r.place("lat")
			f.Code, f.Args = "bad-coordinate", []string{"lat", r.cell("lat"), "90"}
			r.load.doubt(f)
		} else if at, err := r.load.point(r.stated); err != nil {
			f := r.place("lng")
			f.refused(err)
			r.load.doubt(f)
		} else {
			e.Point = at
		}
	}
}

func (r *row) yesNo(name string) string {
	switch value, known := r.truth(name); {
	case !known:
		return ""
	case value:
		return "true"
	default:
		return "false"
	}
}

// flips counts the points of events, and those that lie outside every area but
// inside one with longitude and latitude exchanged.
type flips struct{ points, swapped int }

// count looks at one event and its point as the file has it.
func (n *flips) count(l *loader, stated orb.Point, e Event) {
	if !e.HasPoint || !l.areasOK {
		return
	}
	n.points++
	if _, in := l.out.Map.Locate(e.Point); in {
		return
	}
	other, err := l.point(orb.Point{stated[1], stated[0]})
	if _, in := l.out.Map.Locate(other); in && err == nil {
		n.swapped++
	}
}

// doubt keeps a fault of a point until it is known whether the columns are
// swapped, which is then the only one.
func (l *loader) doubt(f Finding) {
	if len(l.beyond) < faultsKept {
		l.beyond = append(l.beyond, f)
		return
	}
	l.beyondLeft++
}

// swapped finds longitude and latitude in each other's columns: nine points in
// ten lie outside every area, and inside one once swapped.
func (l *loader) swapped(first Finding) {
	n := l.flip
	if n.points > 0 && n.swapped*swapDenominator >= n.points*swapNumerator {
		first.Code, first.Args = "swapped", []string{fmt.Sprint(n.swapped), fmt.Sprint(n.points)}
		l.fault(first)
		return
	}
	for _, f := range l.beyond {
		l.fault(f)
	}
	l.left += l.beyondLeft
}

// eventOutcome is the outcome of an event; of a mediation the usual words for how it
// ended mean one of its outcomes.
//
// It warns about an outcome that the matter does not know.
func (r *row) eventOutcome() string {
	text, matter := r.cell("outcome"), Code(r.cell("matter"))
	if slices.Contains(r.load.mediations, matter) {
		text = valueName("outcome", text)
	}
	if known := r.load.matterKnown[matter]; len(known) > 0 && r.cell("closed_at") != "" && !slices.Contains(known, text) {
		r.warn("unknown-outcome", "outcome", strings.Join(known, ", "))
	}
	return text
}
