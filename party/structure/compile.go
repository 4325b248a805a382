package structure

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// Limits of a rule set: ten times what the largest published scheme needs.
const (
	RulesMax = 10_000 // rules of one set
	NamesMax = 1_000  // names in one list of a rule
)

// Rules is a compiled set of rules. It is immutable and safe for concurrent use.
// A nil Rules has none.
type Rules struct {
	list  []Rule
	seats []Seat
}

// Compile checks rules and answers them as a set, ordered by id. All faults are
// reported at once as a *CompileError, and then there is no set. O(n log n).
func Compile(rules []Rule) (*Rules, error) {
	var f faults
	if len(rules) > RulesMax {
		f.add(RulesMax, "", "", ErrTooMany)
		return nil, f.err()
	}
	f.rules(rules)
	if err := f.err(); err != nil {
		return nil, err
	}
	r := &Rules{list: make([]Rule, len(rules))}
	for i := range rules {
		r.list[i] = rules[i].clone()
		r.list[i].Kind = cmp.Or(rules[i].Kind, People)
	}
	slices.SortFunc(r.list, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return r, nil
}

// All yields every rule, by id.
func (r *Rules) All() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		if r == nil {
			return
		}
		for i := range r.list {
			if !yield(r.list[i].clone()) {
				return
			}
		}
	}
}

// Rule answers a rule by id. O(log n).
func (r *Rules) Rule(id Code) (Rule, bool) {
	if r == nil {
		return Rule{}, false
	}
	i, ok := slices.BinarySearchFunc(r.list, id, func(r Rule, id Code) int { return cmp.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return r.list[i].clone(), true
}

func (r *Rule) clone() Rule {
	c := *r
	if r.Count != nil {
		c.Count = new(*r.Count)
	}
	for _, l := range []*[]string{&c.Role, &c.In, &c.Parties, &c.Source, &c.SameAs, &c.SameIn, &c.Through, &c.Who, &c.Facilities} {
		*l = slices.Clone(*l)
	}
	c.As, c.Rights = slices.Clone(r.As), slices.Clone(r.Rights)
	return c
}

// fields is the fields of a rule apart from ID, Kind, During and Basis, by the
// name they have in files.
var fields = []struct {
	name string
	set  func(r *Rule) bool
}{
	{"role", func(r *Rule) bool { return len(r.Role) > 0 }},
	{"in", func(r *Rule) bool { return len(r.In) > 0 }},
	{"parties", func(r *Rule) bool { return len(r.Parties) > 0 }},
	{"per", func(r *Rule) bool { return r.Per != Per{} }},
	{"count", func(r *Rule) bool { return r.Count != nil }},
	{"source", func(r *Rule) bool { return len(r.Source) > 0 }},
	{"as", func(r *Rule) bool { return len(r.As) > 0 }},
	{"same_as", func(r *Rule) bool { return len(r.SameAs) > 0 }},
	{"same_in", func(r *Rule) bool { return len(r.SameIn) > 0 }},
	{"through", func(r *Rule) bool { return len(r.Through) > 0 }},
	{"who", func(r *Rule) bool { return len(r.Who) > 0 }},
	{"registration", func(r *Rule) bool { return r.Registration != "" }},
	{"facilities", func(r *Rule) bool { return len(r.Facilities) > 0 }},
	{"square_meters", func(r *Rule) bool { return r.SquareMeters != 0 }},
	{"dated", func(r *Rule) bool { return r.Dated }},
	{"rights", func(r *Rule) bool { return len(r.Rights) > 0 }},
}

// needs is what each kind requires and, besides, may have.
var needs = map[Kind]struct{ required, optional []string }{
	People:        {[]string{"role", "per"}, []string{"in", "count", "source", "as", "same_as", "same_in"}},
	Parties:       {[]string{"parties", "per", "count"}, nil},
	Posts:         {[]string{"role", "per", "count"}, []string{"in"}},
	Quotas:        {[]string{"role", "per", "count"}, []string{"in"}},
	Filled:        {nil, []string{"role", "in"}},
	Areas:         {[]string{"per", "count"}, []string{"role", "in", "through"}},
	Postings:      {[]string{"count"}, []string{"role", "in", "as", "who"}},
	Registrations: {[]string{"count"}, []string{"registration", "who"}},
	Allowed:       {[]string{"role", "as"}, []string{"in"}},
	Facilities:    {[]string{"parties", "facilities"}, []string{"square_meters", "dated"}},
	Rights:        {[]string{"parties", "rights"}, nil},
}

// rules adds the faults of every rule.
func (f *faults) rules(rules []Rule) {
	seen := make(map[Code]bool, len(rules))
	for i := range rules {
		r := &rules[i]
		if err := code.Check(r.ID); err != nil {
			f.add(i, r.ID, "id", ErrID)
		} else if seen[r.ID] {
			f.add(i, r.ID, "id", ErrDuplicate)
		}
		seen[r.ID] = true
		f.rule(i, r)
	}
}

// rule adds the faults of one rule by itself, but for its id.
func (f *faults) rule(i int, r *Rule) {
	kind := cmp.Or(r.Kind, People)
	need, ok := needs[kind]
	if !ok {
		f.add(i, r.ID, "kind", ErrKind, string(kind))
		return
	}
	for _, field := range fields {
		required := slices.Contains(need.required, field.name)
		switch set := field.set(r); {
		case required && !set:
			f.add(i, r.ID, field.name, ErrMissing, string(kind))
		case set && !required && !slices.Contains(need.optional, field.name):
			f.add(i, r.ID, field.name, ErrUnused, string(kind))
		}
	}
	if kind == People && r.Count == nil && len(r.Source)+len(r.As)+len(r.SameAs) == 0 {
		f.add(i, r.ID, "count", ErrMissing, string(kind))
	}
	if kind == Areas && len(r.Role)+len(r.In) == 0 {
		f.add(i, r.ID, "role", ErrMissing, string(kind))
	}
	if len(r.SameIn) > 0 && len(r.SameAs) == 0 {
		f.add(i, r.ID, "same_as", ErrMissing, string(kind))
	}
	f.numbers(i, r)
	f.per(i, r, kind)
	f.lists(i, r)
	if !r.During.Valid() {
		f.add(i, r.ID, "until", ErrInterval)
	}
	if r.During.From.Nanosecond()%1_000_000 != 0 {
		f.add(i, r.ID, "from", ErrNotMillis)
	}
	if r.During.Until.Nanosecond()%1_000_000 != 0 {
		f.add(i, r.ID, "until", ErrNotMillis)
	}
}

func (f *faults) numbers(i int, r *Rule) {
	if c := r.Count; c != nil && (c.Min < 0 || c.Max < c.Min || c.Max > Unlimited) {
		f.add(i, r.ID, "count", ErrCount)
	}
	if r.SquareMeters < 0 || r.SquareMeters > math.MaxInt32 {
		f.add(i, r.ID, "square_meters", ErrSquareMeters)
	}
}

func (f *faults) per(i int, r *Rule, kind Kind) {
	p := r.Per
	if p == (Per{}) {
		return
	}
	named := p.By == PerArea || p.By == PerParty
	switch {
	case !slices.Contains([]PerKind{PerStreet, PerArea, PerParty, PerBuilding}, p.By):
		f.add(i, r.ID, "per", ErrPer, string(p.By))
	case named && p.Name == "", p.By == PerStreet && p.Name != "":
		f.add(i, r.ID, "per", ErrPer, string(p.By))
	case kind == Areas && p.By != PerArea, kind == Parties && p.By == PerBuilding:
		f.add(i, r.ID, "per", ErrPer, string(p.By))
	}
}

// lists adds a fault for each list that is too long, holds a name twice or a
// value that is none.
func (f *faults) lists(i int, r *Rule) {
	for field, l := range map[string][]string{
		"role": r.Role, "in": r.In, "parties": r.Parties, "source": r.Source, "same_as": r.SameAs, "same_in": r.SameIn,
		"through": r.Through, "who": r.Who, "facilities": r.Facilities,
	} {
		checkList(f, i, r.ID, field, l, func(s string) bool { return s != "" }, ErrName)
	}
	checkList(f, i, r.ID, "as", r.As, func(k party.AppointmentKind) bool {
		return slices.Contains([]party.AppointmentKind{party.Resident, party.Mobile, party.PartTime, party.Volunteer}, k)
	}, ErrAppointment)
	checkList(f, i, r.ID, "rights", r.Rights, func(k party.RightKind) bool { return slices.Contains(party.RightKinds(), k) }, ErrRight)
	registrations := []party.RegistrationKind{"", party.Membership, party.ReportIn, party.VolunteerIn}
	if !slices.Contains(registrations, r.Registration) {
		f.add(i, r.ID, "registration", ErrRegistration, string(r.Registration))
	}
}

func checkList[T ~string](f *faults, i int, id Code, field string, l []T, good func(T) bool, bad error) {
	if len(l) > NamesMax {
		f.add(i, id, field, ErrTooMany)
		return
	}
	seen := map[T]bool{}
	for _, v := range l {
		switch {
		case !good(v):
			f.add(i, id, field, bad, string(v))
		case seen[v]:
			f.add(i, id, field, ErrTwice, string(v))
		}
		seen[v] = true
	}
}
