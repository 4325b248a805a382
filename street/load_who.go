package street

import "github.com/gridgov/gridgov/party"

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
