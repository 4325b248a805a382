package party

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
	"github.com/gridgov/gridgov/party/roster"
)

// partyRole is a role in a party.
type partyRole struct {
	party Code
	role  string
}

// The roles that answer when a post and its deputies do not.
const (
	RoleDutyOfficer = "duty-officer" // 值班员 of a squad
	RoleDesk        = "desk"         // 值班室 of a community
)

// Duty is who answers for a post at an instant, and how that was found.
type Duty struct {
	Person Code   // none when no person could be found: the party answers as an office
	Post   Code   // the post on which the person acts; none without a person
	Party  Code   // the party that answers; none only of a Directory without parties
	Steps  []Step // everybody who was looked at, in order; the last one answers
}

// Step is one look at a post, or at a party when there is no post to look at.
type Step struct {
	Post   Code
	Party  Code
	Person Code // who was found, or who is away
	Why    string
}

// Why a step answered, or did not.
const (
	DutyOnShift   = "on-shift"  // answers: rostered now
	DutyAppointed = "appointed" // answers: holds the post, which has no rotation
	DutyOffHours  = "off-hours" // nobody is rostered at that hour
	DutyLeave     = "leave"     // who would serve is on leave
	DutyRemoved   = "removed"   // who would serve is taken off the shift
	DutyNobody    = "nobody"    // the rotation has no members then
	DutyVacant    = "vacant"    // nobody holds the post, which has no rotation
	DutyInactive  = "inactive"  // the post's party does not exist then
	DutyUnknown   = "unknown"   // there is no such post and no such party
	DutyOffice    = "office"    // answers: the party as an office
)

var dutyTexts = phrase.Catalog{
	DutyOnShift:   {"{0}: {1} is on shift", "{0}：{1} 当班"},
	DutyAppointed: {"{0}: {1} holds the post", "{0}：{1} 在岗"},
	DutyOffHours:  {"{0}: nobody is on shift at that hour", "{0}：该时段无人当班"},
	DutyLeave:     {"{0}: {1} is on leave", "{0}：{1} 请假"},
	DutyRemoved:   {"{0}: {1} is taken off the shift", "{0}：{1} 已调离该班次"},
	DutyNobody:    {"{0}: nobody belongs to the rotation", "{0}：排班表无人"},
	DutyVacant:    {"{0}: vacant", "{0}：空缺"},
	DutyInactive:  {"{0}: does not exist at that time", "{0}：该时点不存在"},
	DutyUnknown:   {"{0}: unknown", "{0}：未知"},
	DutyOffice:    {"{0} answers as an office", "由{0}值守"},
}

// Text says the step in lang ("zh", else English).
func (s Step) Text(lang string) string {
	of := s.Post
	if of == "" {
		of = s.Party
	}
	return dutyTexts.Text(lang, s.Why, string(of), string(s.Person))
}

// OnDuty answers who is on duty for a post at the instant. It always answers: the
// person who is on shift or, of a post without a rotation, who holds it; else the
// same for its deputy and that one's; else, from the post's party upwards, the
// first post of each party with the role RoleDutyOfficer and then with RoleDesk;
// else the post or party that Plan.Desk names; else that party as an office, or
// the outermost party above the post, or the first party by code: the first of
// these that exists then. A step that has nobody
// is passed at once, and says why.
//
// c may be a party: then the search begins with its duty officers and desk, and goes
// on with its other posts on shift, by code. c may be a unit of the map, or a node of
// a hierarchy: then the posts that look after it are asked first, by code and each
// with its deputies, then the duty officers and desks of the parties that serve it,
// then the same of the unit or node that contains it, and so on outwards, and at last
// those of the parties above these. A code that names several of these is a post
// before a party before a unit before a node. O(posts looked at · log shifts).
func (d *Directory) OnDuty(c Code, at time.Time) Duty {
	s := dutySearch{d: d, at: at}
	if d == nil {
		return s.duty
	}
	party := c
	if post, ok := d.posts[c]; ok {
		party = post.Party
		if s.deputies(c) {
			return s.duty
		}
	} else if _, ok := d.parties[c]; ok {
		if s.offices(c) || s.any(d.rotating[c]) {
			return s.duty
		}
	} else if units := d.enclosing(c); len(units) > 0 {
		if party = s.outwards(units); s.duty.Post != "" {
			return s.duty
		}
	} else {
		s.pass(Step{Post: c, Why: DutyUnknown})
	}
	if s.upwards(party) {
		return s.duty
	}
	if s.desk() {
		return s.duty
	}
	office := d.office(party, at)
	s.duty.Party = office
	s.pass(Step{Party: office, Why: DutyOffice})
	return s.duty
}

// office is the party that answers when no person does: that of the desk, the
// outermost one above party, or the first one by code, the first of them that
// exists then; the first of all when none does.
func (d *Directory) office(party Code, at time.Time) Code {
	desk := d.desk
	if post, ok := d.posts[desk]; ok {
		desk = post.Party
	}
	candidates := []Code{desk}
	if _, ok := d.parties[party]; ok {
		candidates = append(candidates, d.Top(party))
	}
	candidates = append(candidates, d.order.parties...)
	var first Code
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if first == "" {
			first = c
		}
		if d.Active(c, at) {
			return c
		}
	}
	return first
}

// dutySearch is one way down the chain.
type dutySearch struct {
	d    *Directory
	at   time.Time
	seen map[Code]bool // posts that were looked at
	duty Duty
}

func (s *dutySearch) pass(step Step) { s.duty.Steps = append(s.duty.Steps, step) }

// deputies looks at a post, its deputy, and so on.
func (s *dutySearch) deputies(c Code) bool {
	for post, ok := s.d.posts[c]; ok; post, ok = s.d.posts[post.Deputy] {
		if s.look(post.Code) {
			return true
		}
	}
	return false
}

// desk looks at what Plan.Desk names: a post with its deputies, or the duty
// officers of a party.
func (s *dutySearch) desk() bool { return s.deputies(s.d.desk) || s.offices(s.d.desk) }

// offices looks at the duty officers of a party and then at its desk.
func (s *dutySearch) offices(party Code) bool {
	return s.any(s.d.byRole[partyRole{party, RoleDutyOfficer}]) || s.any(s.d.byRole[partyRole{party, RoleDesk}])
}

// any looks at posts in their order.
func (s *dutySearch) any(posts []Code) bool { return slices.ContainsFunc(posts, s.look) }

// upwards looks at the offices of a party, and of the parties above it.
func (s *dutySearch) upwards(party Code) bool {
	for p := range s.d.Chain(party) {
		if s.offices(p.Code) {
			return true
		}
	}
	return false
}

// outwards looks at the posts and parties of the units, one after the other; then at
// what stands above those parties. It gives the innermost of them, which answers when
// nobody was found.
func (s *dutySearch) outwards(units []Code) (innermost Code) {
	var serving []Code
	for _, unit := range units {
		of := s.d.serves[unit]
		if slices.ContainsFunc(s.d.forArea[unit], s.deputies) || slices.ContainsFunc(of, s.offices) {
			return ""
		}
		serving = append(serving, of...)
	}
	if len(serving) == 0 || slices.ContainsFunc(serving, s.upwards) {
		return ""
	}
	return serving[0]
}

// look takes who is on one post, unless it was looked at before.
func (s *dutySearch) look(c Code) bool {
	if s.seen[c] {
		return false
	}
	if s.seen == nil {
		s.seen = map[Code]bool{}
	}
	s.seen[c] = true
	step := s.d.onPost(c, s.at)
	s.pass(step)
	if step.Why != DutyOnShift && step.Why != DutyAppointed {
		return false
	}
	s.duty.Person, s.duty.Post, s.duty.Party = step.Person, c, s.d.posts[c].Party
	return true
}

// onPost is who is on one post at the instant, or why nobody is.
func (d *Directory) onPost(c Code, at time.Time) Step {
	step := Step{Post: c, Party: d.posts[c].Party}
	if !d.Active(c, at) {
		step.Why = DutyInactive
		return step
	}
	if step.Why, step.Person = d.rostered(c, at); step.Why != "" {
		return step
	}
	for _, a := range d.holders[c] {
		if !a.During.Holds(at) {
			continue
		}
		if !d.roster.Away(a.Person, c, at) {
			step.Why, step.Person = DutyAppointed, a.Person
			return step
		}
		if step.Why == "" {
			step.Why, step.Person = DutyLeave, a.Person
		}
	}
	if step.Why == "" {
		step.Why = DutyVacant
	}
	return step
}

// rostered is who is on shift on a post, or why nobody is; no reason for a post
// without a rotation that stands then.
func (d *Directory) rostered(c Code, at time.Time) (why string, person Code) {
	status := d.roster.At(c, at)
	if len(status.On) > 0 {
		return DutyOnShift, status.On[0].Person
	}
	off := status.Off[0]
	switch off.Reason {
	case roster.NoRotation:
		return "", ""
	case roster.OnLeave:
		return DutyLeave, off.Person
	case roster.Removed:
		return DutyRemoved, off.Person
	case roster.OffHours:
		return DutyOffHours, ""
	}
	return DutyNobody, ""
}

// Duty reports whether the person is on shift on any post at the instant, and until
// when that answer holds; see roster.Roster.Duty. A person whose posts have no
// rotation is never on shift, and so is not followed by a track.Tracker.
func (d *Directory) Duty(person Code, at time.Time) (on bool, until time.Time) {
	if d == nil {
		return false, time.Time{}
	}
	return d.roster.Duty(person, at)
}

// Roster is the rotations of the posts, without any when the Plan had none.
func (d *Directory) Roster() *roster.Roster {
	if d == nil {
		return &roster.Roster{}
	}
	return d.roster
}

// checkRoster faults posts and people of the roster that the Plan does not have,
// and a desk that is neither a post nor a party.
func (d *Directory) checkRoster(f *faults) {
	for i, c := range d.roster.Posts() {
		if _, ok := d.posts[c]; !ok {
			f.add("rosters", i, c, "post", string(c), ErrUnknownPost)
		}
	}
	for i, c := range d.roster.People() {
		if _, ok := d.people[c]; !ok {
			f.add("rosters", i, c, "person", string(c), ErrUnknownPerson)
		}
	}
	if d.desk != "" && !d.knownHolder(d.desk) {
		f.add("desk", 0, d.desk, "desk", string(d.desk), ErrUnknownHolder)
	}
}
