package street

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

// parties reads who there is: parties.csv, people.csv, posts.csv and
// appointments.csv, and builds the Directory.
func (l *loader) parties() {
	var plan party.Plan
	places := map[string][]columnOf{}
	remember := func(list string, r *row, columns ...string) {
		places[list] = append(places[list], r.remember(columns...))
	}
	before := len(l.faults)
	know := func(r *row, as *map[Code]bool) {
		if *as == nil {
			*as = map[Code]bool{}
		}
		(*as)[Code(r.cell("code"))] = true
	}
	found := l.rows(partiesFile, func(r *row) {
		know(r, &l.known)
		plan.Parties = append(plan.Parties, party.Party{
			Code: r.code("code"), Name: r.required("name"), Kind: valueName("kind", r.required("kind")), Class: r.cell("class"),
			Parent: r.optional("parent"), Area: r.wild("area"), Line: r.cell("line"), During: r.interval(),
		})
		remember("parties", r, "code", "parent", "area", "until")
	})
	l.rows(peopleFile, func(r *row) {
		know(r, &l.people)
		plan.People = append(plan.People, party.Person{
			Code: r.code("code"), Name: r.required("name"), Home: r.optional("home"), Kinds: r.list("kinds"), Skills: r.list("skills"),
			Phone: r.cell("phone"), Consent: r.yes("consent"),
		})
		remember("people", r, "code", "home")
	})
	l.rows(postsFile, func(r *row) {
		know(r, &l.known)
		know(r, &l.posts)
		area, building := r.areaOrBuilding()
		plan.Posts = append(plan.Posts, party.Post{
			Code: r.code("code"), Name: r.required("name"), Party: r.code("party"), Role: r.required("role"),
			Area: area, Place: building, Quota: int(r.whole("quota", 0, 1_000_000)), Deputy: r.optional("deputy"),
			Limit: int64(r.yuan("limit")), Public: r.cell("public_contact"), Duties: r.cell("duties_text"),
		})
		remember("posts", r, "code", "party", "area", "deputy", "quota")
	})
	l.rows(appointmentsFile, func(r *row) {
		i := r.interval()
		if i.From.IsZero() && r.cell("from") == "" {
			r.fault("empty-cell", "from", nil)
			i.From = time.Unix(0, 0) // one fault is enough
		}
		plan.Appointments = append(plan.Appointments, party.Appointment{
			Person: r.code("person"), Post: r.code("post"), During: i,
			Kind: party.AppointmentKind(r.choice("kind", string(party.Resident), string(party.Mobile), string(party.PartTime), string(party.Volunteer))),
		})
		remember("appointments", r, "person", "post", "from", "until", "kind")
	})
	l.rights(&plan, remember)
	l.registrations(&plan, remember)
	l.facilities(&plan, remember)
	l.groups(&plan, remember)
	l.fields(&plan, remember)
	onRosters := l.roster(&plan)
	if !found && len(plan.People)+len(plan.Posts) == 0 {
		l.partiesOK = true
		return
	}
	spoilt := l.spoiltFiles(len(l.faults) > before)
	m := l.out.Map
	if !l.areasOK {
		m = nil
	}
	plan.Layers, plan.Hierarchies, plan.Desk = l.out.Layers, l.out.Hierarchies, l.dutyDesk(plan)
	d, err := party.NewDirectory(m, plan)
	if build, ok := errors.AsType[*party.BuildError](err); ok {
		l.partyFaults(build, places, spoilt)
		return
	}
	if len(l.faults) > before {
		return // it was built of what is left, to be judged and not to be used
	}
	l.out.Directory, l.partiesOK = d, true
	l.overQuota(plan, places["appointments"])
	l.offPost(onRosters)
}

// spoiltFiles is what of the files about parties cannot be relied on: files of which a
// code may be missing, files with any fault, and the lines and cells at fault.
type spoiltFiles struct {
	parties, posts, people, layers bool
	files, lines, cells            map[string]bool
}

// spoiltFiles looks through the faults so far; without any the zero value will do.
func (l *loader) spoiltFiles(any bool) (s spoiltFiles) {
	s.layers = l.layered && l.out.Layers == nil
	if !any {
		return s
	}
	s.parties, s.posts, s.people = l.unsure(partiesFile), l.unsure(postsFile), l.unsure(peopleFile)
	s.files, s.lines, s.cells = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range l.faults {
		line := Finding{File: f.File, Line: f.Line}
		s.files[f.File], s.lines[line.Place()], s.cells[f.Place()] = true, true, true
	}
	return s
}

// follow reports whether a fault of the Directory may only follow from one that is told
// already: it stands in the same cell, or on its line and in no cell; it names what a
// line at fault may have; or it compares times of which one could not be read.
func (s *spoiltFiles) follow(f Finding, e *party.Error) bool {
	switch {
	case s.cells[f.Place()] || f.Column == 0 && s.lines[f.Place()]:
		return true
	case errors.Is(e, party.ErrUnknownPlace):
		return s.layers
	case errors.Is(e, party.ErrUnknownPost):
		return s.posts
	case errors.Is(e, party.ErrUnknownPerson):
		return s.people
	case errors.Is(e, party.ErrUnknownParty):
		return s.parties || s.posts && e.List != "parties" && e.List != "people" && e.List != "posts"
	case errors.Is(e, party.ErrUnknownHolder), errors.Is(e, party.ErrUnknownScope):
		return s.parties || s.posts
	case errors.Is(e, party.ErrTwoOwners), errors.Is(e, notice.ErrOverlap), errors.Is(e, party.ErrInterval):
		return s.files[f.File]
	}
	return false
}

// unsure reports whether a file may hold more codes than were read of it.
func (l *loader) unsure(spec *fileSpec) bool {
	return l.left > 0 || slices.ContainsFunc(l.faults, func(f Finding) bool {
		whole := f.Line > 1 && len(f.Args) > 0 && f.Args[0] != "code" && spec.column(f.Args[0]) != nil
		return strings.TrimSuffix(f.File, ".gz") == spec.Name && !whole
	})
}

// partyFaults puts the Directory's faults where they stand in the files.
func (l *loader) partyFaults(build *party.BuildError, places map[string][]columnOf, spoilt spoiltFiles) {
	type named struct {
		err  error
		code string
	}
	codes := []named{
		{party.ErrDuplicate, "duplicate"}, {party.ErrUnknownParty, "unknown-party"}, {party.ErrUnknownPost, "unknown-post"},
		{party.ErrUnknownPerson, "unknown-person"}, {party.ErrUnknownArea, "unknown-area"}, {party.ErrCycle, "cycle"},
		{notice.ErrOverlap, "text-twice"}, {party.ErrUnknownPlace, "unknown-building"}, {party.ErrUnknownHolder, "unknown-party"}, {party.ErrUnknownScope, "unknown-scope"},
		{party.ErrTwoOwners, "two-owners"},
	}
	follow := false
	for _, e := range build.Faults {
		f := Finding{File: e.List + ".csv"}
		if e.Index < len(places[e.List]) {
			f = places[e.List][e.Index].finding(e.Field)
		}
		f.Code, f.Err, f.Unit, f.Args = "bad-entry", e, e.Code, []string{e.Field, cmp.Or(e.Value, string(e.Code)), e.Err.Error()}
		if i := slices.IndexFunc(codes, func(c named) bool { return errors.Is(e, c.err) }); i >= 0 {
			f.Code = codes[i].code
		}
		if spoilt.follow(f, e) || l.follows(&f) {
			follow = true
			continue
		}
		l.fault(f)
	}
	if !follow { // else those left out may be more of the same
		l.left += build.Left
	}
}

// areaOrBuilding reads the area of a post; "layer:code" names a building.
func (r *row) areaOrBuilding() (Code, party.Place) {
	layer, feature, found := strings.Cut(r.cell("area"), ":")
	if !found {
		return r.wild("area"), party.Place{}
	}
	if !r.load.layered {
		r.fault("unknown-building", "area", nil)
	}
	return "", party.Place{Layer: layer, Feature: Code(feature)}
}

// dutyDesk is the desk of the policy when it is one of the plan's posts or parties;
// checkDesk tells when it is not.
func (l *loader) dutyDesk(plan party.Plan) Code {
	desk := l.out.Policy.Desk
	if slices.ContainsFunc(plan.Parties, func(p party.Party) bool { return p.Code == desk }) ||
		slices.ContainsFunc(plan.Posts, func(p party.Post) bool { return p.Code == desk }) {
		return desk
	}
	return ""
}

// checkDesk tells when the duty desk that street.json names is no party: it
// answers for every case that has no lead.
func (l *loader) checkDesk(c config) {
	if c.Policy != nil && c.Policy.Desk != "" && !l.knownParty(c.Policy.Desk) {
		f := Finding{Level: Error, Code: "unknown-desk", File: configName, Args: []string{string(c.Policy.Desk)}}
		f.Line, f.Column = keyPlace(l.configText, "policy", "desk")
		l.note(f)
	}
}

// DeskFindings tells when a street with posts and events names no duty desk that
// exists, though the desk answers for every case without a lead. A folder loads and
// runs all the same; a check should say so.
func (f *Folder) DeskFindings() []Finding {
	if f.Policy.Desk != "" || len(f.Events) == 0 || f.Directory == nil {
		return nil
	}
	if _, ok := f.Directory.Party(dispatch.DefaultDesk); ok {
		return nil
	}
	for range f.Directory.Posts() {
		return []Finding{{Level: Warning, Code: "no-desk", File: configName, Line: 1, Args: []string{string(dispatch.DefaultDesk)}}}
	}
	return nil
}

// calendarDays reads calendar.csv.
func (l *loader) calendarDays() []worktime.Day {
	var days []worktime.Day
	seen := map[worktime.Date]bool{}
	found := l.rows(calendarFile, func(r *row) {
		date, err := worktime.ParseDate(r.cell("date"))
		if err != nil {
			r.fault("bad-date", "date", err)
			return
		}
		kind := r.choice("kind", string(worktime.Off), string(worktime.Work))
		if seen[date] {
			r.fault("duplicate", "date", nil)
			return
		}
		seen[date] = true
		switch {
		case kind != "":
			days = append(days, worktime.Day{Date: date, Kind: worktime.Kind(kind), Name: r.cell("name"), Notice: r.cell("notice")})
		case !r.bad:
			r.fault("empty-cell", "kind", nil)
		}
	})
	if !found {
		l.fault(Finding{Code: "missing-file", File: calendarFile.Name})
	}
	return days
}

// addresses reads addresses.csv.
func (l *loader) addresses() {
	l.rows(addressesFile, func(r *row) {
		address := r.required("address")
		p := place{area: r.wild("area")}
		lng, okLng := r.degrees("lng", 180)
		lat, okLat := r.degrees("lat", 90)
		switch {
		case okLng != okLat && !r.bad:
			r.fault("half-point", "lng", nil)
		case okLng && okLat:
			at, err := l.point(orb.Point{lng, lat})
			if err != nil {
				f := r.place("lng")
				f.refused(err)
				l.fault(f)
			}
			p.point, p.hasPoint = at, true
		case p.area == "" && !r.bad:
			r.fault("no-place", "area", nil)
		}
		r.checkArea("area", p.area)
		if address != "" && !l.out.addresses.add(address, p) {
			r.fault("duplicate", "address", nil)
		}
	})
}
