package structure_test

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// town writes a plan in which everything that begins begins on day 1.
type town struct {
	t     *rapid.T
	units []grid.Unit
	plan  party.Plan
}

func (b *town) level(n int) []party.Code {
	var l []party.Code
	for _, u := range b.units {
		if u.Level == n {
			l = append(l, u.Code)
		}
	}
	return l
}

func (b *town) party(kind string, area, parent party.Code) party.Code {
	c := party.Code(fmt.Sprint(kind, "-", len(b.plan.Parties)))
	b.plan.Parties = append(b.plan.Parties, party.Party{Code: c, Kind: kind, Area: area, Parent: parent})
	return c
}

func (b *town) person(kinds ...string) party.Code {
	c := party.Code(fmt.Sprintf("p%03d", len(b.plan.People)))
	b.plan.People = append(b.plan.People, party.Person{Code: c, Kinds: kinds})
	return c
}

func (b *town) post(owner party.Code, role string, area party.Code, quota int) party.Code {
	c := party.Code(fmt.Sprint(role, ":", len(b.plan.Posts)))
	b.plan.Posts = append(b.plan.Posts, party.Post{Code: c, Party: owner, Role: role, Area: area, Quota: quota})
	return c
}

// hold appoints, sometimes in two appointments that follow each other, so that
// there are changes that break nothing.
func (b *town) hold(post party.Code, as party.AppointmentKind, people ...party.Code) {
	for _, p := range people {
		a := party.Appointment{Person: p, Post: post, Kind: as, During: party.Interval{From: day(1)}}
		if cut := rapid.IntRange(1, 8).Draw(b.t, "renewed"); cut > 1 {
			first := a
			first.During.Until, a.During.From = day(cut), day(cut)
			b.plan.Appointments = append(b.plan.Appointments, first)
		}
		b.plan.Appointments = append(b.plan.Appointments, a)
	}
}

func (b *town) facility(owner party.Code, kind string, m2 float64) {
	b.plan.Facilities = append(b.plan.Facilities, party.Facility{
		Code: party.Code(fmt.Sprint("f", len(b.plan.Facilities))), Party: owner, Kind: kind, SquareMeters: m2, During: party.Interval{From: day(1)},
	})
}

func (b *town) right(holder, scope party.Code, kinds ...party.RightKind) {
	for _, k := range kinds {
		b.plan.Rights = append(b.plan.Rights, party.Right{Holder: holder, Kind: k, Scope: scope, During: party.Interval{From: day(1)}})
	}
}

// towns writes a valid town for each preset.
var towns = map[string]func(b *town){
	"1+1+6":              guangming,
	"majiang":            majiang,
	"guanlan":            guanlan,
	"shenzhen-community": shenzhen,
	"part-time":          luohu,
}

func newTown(t *rapid.T, preset string) *town {
	draw := func(label string, high int) int { return rapid.IntRange(1, high).Draw(t, label) }
	b := &town{t: t, units: lattice(draw("communities", 3), draw("blocks", 2)+1, draw("grids", 2))}
	if preset == "majiang" { // 22 leaders share 48 or 52 grids
		b.units = lattice(4, 1, 11+draw("grids", 2))
	}
	towns[preset](b)
	return b
}

func guangming(b *town) {
	street := b.party("street-committee", "", "")
	chief := b.person()
	b.hold(b.post(street, "street-secretary", "", 1), "", chief)
	b.hold(b.post(b.party("leading-group", "", street), "group-head", "", 1), "", chief)
	b.party("information-centre", "", street)
	for _, c := range b.level(0) {
		committee := b.party("committee", c, street)
		squad := b.party("squad", c, "")
		leader, deputy := b.person("member"), b.person("member", "civil-servant")
		b.hold(b.post(committee, "secretary", "", 1), "", leader)
		b.hold(b.post(committee, "deputy-secretary", "", 2), "", deputy, b.person())
		b.hold(b.post(squad, "squad-leader", "", 1), "", leader)
		b.hold(b.post(squad, "executive-deputy", "", 1), "", deputy)
		members := b.post(squad, "squad-member", "", 9)
		for range rapid.IntRange(1, 4).Draw(b.t, "members") {
			b.hold(members, one(b.t, "as", party.Resident, party.Mobile), b.person())
		}
		for _, kind := range []string{"management", "insignia", "equipment", "support"} {
			b.facility(squad, "unified-"+kind, 0)
		}
		b.right(committee, one(b.t, "scope", c, committee, street), party.RightCommand, party.RightAssess)
	}
}

func guanlan(b *town) {
	for _, c := range b.level(0) {
		committee, office := b.party("committee", c, ""), b.party("community-office", c, "")
		members := b.post(committee, "committee-member", "", 20)
		clerks := b.post(office, "clerk", "", 9)
		for _, block := range b.level(1) {
			if block[:2] != c[:2] {
				continue
			}
			head := b.person()
			b.hold(members, "", head)
			b.hold(b.post(committee, "block-head", block, 1), "", head)
			council := b.post(committee, "council-member", block, 30)
			clerk := b.person()
			b.hold(clerks, "", clerk)
			b.hold(b.post(office, "block-staff", block, 9), "", clerk)
			for _, g := range b.level(2) {
				if g[:4] == block[:4] {
					lead := b.person("member")
					b.hold(b.post(committee, "grid-lead", g, 1), "", lead)
					b.hold(council, "", lead)
					b.register(lead, g)
				}
			}
		}
	}
}

func (b *town) register(p, area party.Code) {
	for _, kind := range []party.RegistrationKind{party.Membership, party.ReportIn} {
		b.plan.Registrations = append(b.plan.Registrations, party.Registration{Person: p, Area: area, Kind: kind, During: party.Interval{From: day(1)}})
	}
}

func shenzhen(b *town) {
	for _, c := range b.level(0) {
		committee := b.party("committee", c, "")
		b.party("residents-committee", c, committee)
		b.party("station", c, committee)
		b.facility(committee, "office", one(b.t, "office", 250, 250.5, 900))
		b.facility(committee, "service-centre", one(b.t, "centre", 400, 401.0))
		b.right(committee, c, party.RightAppoint, party.RightDecide, party.RightGuarantee, party.RightManage)
	}
}

func luohu(b *town) {
	station := b.party("station", b.level(0)[0], "")
	for _, role := range []string{"property-staff", "party-member", "delegate"} {
		b.hold(b.post(station, role, "", 1), party.PartTime, b.person())
	}
	b.hold(b.post(station, "enforcement", "", 1), party.Resident, b.person())
}

func majiang(b *town) {
	centre := b.party("centre", "", "")
	b.hold(b.post(centre, "centre-leader", "", 10), "", b.person())
	b.hold(b.post(centre, "centre-staff", "", 4), "", b.person(), b.person(), b.person(), b.person())
	b.hold(b.post(centre, "station-chief", "", 8), "", b.person())
	establishment := b.post(centre, "grid-leader", "", 22)
	var leaders []party.Code
	for range 22 {
		leaders = append(leaders, b.person("establishment"))
	}
	b.hold(establishment, "", leaders...)
	stations := map[party.Code]party.Code{}
	for _, c := range b.level(0) {
		stations[c] = b.party("station", c, centre)
	}
	for i, g := range b.level(2) {
		station := stations[g[:2]]
		b.hold(b.post(station, "grid-head", g, 1), "", leaders[i%22])
		for _, role := range []string{"grid-assistant", "police-officer", "fire-liaison", "mass-worker", "grid-cleaner"} {
			b.hold(b.post(station, role, g, 1), "", b.person())
		}
		b.hold(b.post(station, "legal-officer", g, 1), party.PartTime, b.person("seconded"))
		b.hold(b.post(station, "livelihood-supervisor", g, 1), party.Volunteer, b.person("elected"))
		if i%8 == 0 {
			captain := b.person()
			for _, role := range []string{"building-captain", "security-informant"} {
				c := b.post(station, role, "", 1)
				b.plan.Posts[len(b.plan.Posts)-1].Place = party.Place{Layer: "buildings", Feature: g}
				b.hold(c, party.Volunteer, captain)
			}
		}
	}
	resident := b.person()
	b.register(resident, "C1")
}

// The edits with which a fault is planted.

func (b *town) postOf(role string) *party.Post {
	i := slices.IndexFunc(b.plan.Posts, func(p party.Post) bool { return p.Role == role })
	require.GreaterOrEqual(b.t, i, 0, role)
	return &b.plan.Posts[i]
}

// holder is who holds the post on day 9.
func (b *town) holder(post party.Code) party.Code {
	for _, a := range b.plan.Appointments {
		if a.Post == post && a.During.Holds(day(9)) {
			return a.Person
		}
	}
	return ""
}

// leave ends every appointment of the person to the post on day 9.
func (b *town) leave(person, post party.Code) {
	for i, a := range b.plan.Appointments {
		if a.Post == post && a.Person == person && a.During.Holds(day(9)) {
			b.plan.Appointments[i].During.Until = day(9)
		}
	}
}

// join appoints the person from day 9.
func (b *town) join(person, post party.Code, as party.AppointmentKind) {
	b.plan.Appointments = append(b.plan.Appointments, party.Appointment{Person: person, Post: post, Kind: as, During: party.Interval{From: day(9)}})
}

func (b *town) partyOf(kind string) *party.Party {
	i := slices.IndexFunc(b.plan.Parties, func(p party.Party) bool { return p.Kind == kind })
	require.GreaterOrEqual(b.t, i, 0, kind)
	return &b.plan.Parties[i]
}
