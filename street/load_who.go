package street

import (
	"slices"

	"github.com/gridgov/gridgov/party"
)

// remembering keeps where an entry of a list of the Plan stands in its file.
type remembering func(list string, r *row, columns ...string)

// rights reads rights.csv.
func (l *loader) rights(plan *party.Plan, remember remembering) {
	kinds := make([]string, 0, len(party.RightKinds()))
	for _, k := range party.RightKinds() {
		kinds = append(kinds, string(k))
	}
	l.rows(rightsFile, func(r *row) {
		plan.Rights = append(plan.Rights, party.Right{
			Holder: r.code("holder"), Kind: party.RightKind(r.must("right", kinds...)), Scope: r.code("scope"), During: r.interval(),
		})
		remember("rights", r, "holder", "right", "scope", "from", "until")
	})
}

// registrations reads registrations.csv.
func (l *loader) registrations(plan *party.Plan, remember remembering) {
	l.rows(registrationsFile, func(r *row) {
		kind := r.must("kind", string(party.Membership), string(party.ReportIn), string(party.VolunteerIn))
		plan.Registrations = append(plan.Registrations, party.Registration{
			Person: r.code("person"), Area: r.code("area"), Kind: party.RegistrationKind(kind), Branch: r.cell("branch"), During: r.interval(),
		})
		remember("registrations", r, "person", "area", "kind", "from", "until")
	})
}

// facilities reads facilities.csv.
func (l *loader) facilities(plan *party.Plan, remember remembering) {
	l.rows(facilitiesFile, func(r *row) {
		plan.Facilities = append(plan.Facilities, party.Facility{
			Code: r.code("code"), Party: r.code("party"), Kind: valueName("facility", r.required("kind")),
			SquareMeters: r.positive("area_m2"), During: r.interval(),
		})
		remember("facilities", r, "code", "party", "kind", "area", "from", "until")
	})
}

// groups reads groups.csv.
func (l *loader) groups(plan *party.Plan, remember remembering) {
	l.rows(groupsFile, func(r *row) {
		g := party.Group{
			Code: r.code("code"), Name: r.required("name"), Purpose: r.cell("purpose"), Lead: r.optional("lead"), During: r.interval(),
		}
		for _, text := range r.list("members") {
			r.checkCode("members", Code(text))
			g.Members = append(g.Members, Code(text))
		}
		if len(g.Members) == 0 {
			r.fault("empty-cell", "members", nil)
		}
		if r.cell("until") == "" {
			r.fault("empty-cell", "until", nil)
		}
		if g.Lead != "" && len(g.Members) > 0 && !slices.Contains(g.Members, g.Lead) {
			r.fault("no-member", "lead", nil)
		}
		if slices.Contains(r.lacks, "members") {
			return // whose lead is none of them
		}
		plan.Groups = append(plan.Groups, g)
		remember("groups", r, "code", "lead", "members", "from", "until")
	})
}

// fields reads fields.csv.
func (l *loader) fields(plan *party.Plan, remember remembering) {
	l.rows(fieldsFile, func(r *row) {
		plan.Fields = append(plan.Fields, party.Field{Code: r.code("code"), Owner: r.code("owner"), During: r.interval()})
		remember("fields", r, "code", "owner", "from", "until")
	})
}
