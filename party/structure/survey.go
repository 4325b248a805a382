package structure

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// survey is the facts of one Directory that rules are checked against, each with
// the whole time for which it holds.
type survey struct {
	d      *party.Directory
	m      *grid.Map
	orgs   map[party.Code]*org
	posts  []*post // by code
	byRole map[string][]*post
	byKind map[string][]*org // the parties of the kinds that rules name, by code
	frames map[Per]*frame
	people []party.Code         // who ever served, as they come
	number map[party.Code]int32 // of a person among people
	every  [][]holding          // of each person; see holdings

	orgStore     arena[org]
	postStore    arena[post]
	holdingStore arena[holding]
	scratch      []holding
}

// org is a party with what it takes from those above it.
type org struct {
	code   party.Code
	kind   string
	active stretch
	area   party.Code // its own, or else that of the next one above that has one
	above  *org
}

// post is a position with what it takes from its party.
type post struct {
	code    party.Code
	role    string
	place   party.Place
	quota   int
	seats   bool // of a council: no quota
	org     *org
	area    party.Code
	holding []holding // by person and beginning
}

// holding is one appointment while the post is active.
type holding struct {
	stretch
	person int32 // among survey.people
	kind   party.AppointmentKind
	post   *post
}

// newSurvey reads what rules may ask for. O(n log n).
func newSurvey(d *party.Directory, m *grid.Map, rules []Rule, seats []Seat) *survey {
	s := &survey{
		d: d, m: m, orgs: map[party.Code]*org{}, byRole: map[string][]*post{}, byKind: map[string][]*org{},
		frames: map[Per]*frame{}, number: map[party.Code]int32{},
	}
	for i := range rules {
		for _, k := range rules[i].Parties {
			s.byKind[k] = nil
		}
		if rules[i].Per.By == PerParty {
			s.byKind[rules[i].Per.Name] = nil
		}
	}
	for p := range d.Parties() {
		if _, asked := s.byKind[p.Kind]; asked {
			s.byKind[p.Kind] = append(s.byKind[p.Kind], s.org(p))
		}
	}
	for p := range d.Posts() {
		s.addPost(&p)
	}
	s.addSeats(seats)
	return s
}

// org answers a party, reading those above it first. A Directory has no loops.
func (s *survey) org(p party.Party) *org {
	if o := s.orgs[p.Code]; o != nil {
		return o
	}
	var path []party.Party
	above := s.orgs[p.Parent]
	for up, ok := p, above == nil; ok && above == nil; {
		if up, ok = s.d.Party(up.Parent); ok {
			path = append(path, up)
			above = s.orgs[up.Parent]
		}
	}
	for _, up := range slices.Backward(path) {
		above = s.addOrg(&up, above)
	}
	return s.addOrg(&p, above)
}

func (s *survey) addOrg(p *party.Party, above *org) *org {
	o := org{code: p.Code, kind: p.Kind, active: stretchOf(p.During), area: p.Area, above: above}
	if above != nil {
		o.active, o.area = o.active.and(above.active), cmp.Or(p.Area, above.area)
	}
	kept := s.orgStore.add(o)
	s.orgs[p.Code] = kept
	return kept
}

func (s *survey) addPost(p *party.Post) {
	o := s.orgs[p.Party]
	if o == nil {
		owner, _ := s.d.Party(p.Party)
		o = s.org(owner)
	}
	x := s.postStore.add(post{
		code: p.Code, role: p.Role, place: p.Place, org: o, area: cmp.Or(p.Area, o.area),
		// Cut off where a sum over all posts that a Directory may have still fits.
		quota: min(max(1, p.Quota), Unlimited),
	})
	list := s.scratch[:0]
	for a := range s.d.Appointments(p.Code) {
		if during := stretchOf(a.During).and(o.active); !during.empty() {
			list = append(list, holding{during, s.numberOf(a.Person), cmp.Or(a.Kind, party.Resident), x})
		}
	}
	x.holding, s.scratch = s.holdingStore.keep(list), list
	slices.SortFunc(x.holding, compareHoldings)
	s.posts = append(s.posts, x)
	s.byRole[p.Role] = append(s.byRole[p.Role], x)
}

func (s *survey) numberOf(person party.Code) int32 {
	n, ok := s.number[person]
	if !ok {
		n = int32(len(s.people)) // a Directory has at most EntriesMax people
		s.number[person], s.people = n, append(s.people, person)
	}
	return n
}

func compareHoldings(a, b holding) int {
	return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.from, b.from))
}

// pick is the posts of the roles in parties of the kinds; no roles or no kinds is
// any.
func (s *survey) pick(roles, in []string) []*post {
	posts := s.posts
	if len(roles) > 0 {
		posts = nil
		for _, role := range roles {
			posts = append(posts, s.byRole[role]...)
		}
	}
	if len(in) == 0 {
		return posts
	}
	var picked []*post
	for _, p := range posts {
		if slices.Contains(in, p.org.kind) {
			picked = append(picked, p)
		}
	}
	return picked
}

// holdings is every holding of each person. It is made when first asked for.
func (s *survey) holdings() [][]holding {
	if s.every == nil {
		s.every = s.byPerson(s.posts)
	}
	return s.every
}

// byPerson is the holdings of the posts by the number of the person.
func (s *survey) byPerson(posts []*post) [][]holding {
	ends := make([]int, len(s.people)+1) // first how many, then where they end
	for _, p := range posts {
		for i := range p.holding {
			ends[p.holding[i].person+1]++
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	all := make([]holding, ends[len(s.people)])
	people := make([][]holding, len(s.people))
	for i := range people {
		people[i] = all[ends[i]:ends[i]:ends[i+1]]
	}
	for _, p := range posts {
		for _, h := range p.holding {
			people[h.person] = append(people[h.person], h)
		}
	}
	return people
}

// arena keeps things in chunks, so that many small ones cost few allocations.
type arena[T any] struct{ chunk []T }

const chunkLen = 512

func (a *arena[T]) add(v T) *T { return &a.keep([]T{v})[0] }

func (a *arena[T]) keep(list []T) []T {
	if len(a.chunk)+len(list) > cap(a.chunk) {
		a.chunk = make([]T, 0, max(chunkLen, len(list)))
	}
	n := len(a.chunk)
	a.chunk = append(a.chunk, list...)
	return a.chunk[n:len(a.chunk):len(a.chunk)]
}
