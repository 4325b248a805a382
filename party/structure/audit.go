package structure

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Audit answers every break of every rule at the instant, ordered by rule, way
// (ViolationKinds), area, party, building, post, person and arguments. Areas are
// the units of m; with a nil map every rule per area is UnknownLevel.
//
// Since and Until are found from the whole time for which each fact holds, not by
// trying instants: O(f log f) for the f facts that each rule is about, however
// often they changed.
func (r *Rules) Audit(d *party.Directory, m *grid.Map, at time.Time) []Violation {
	now := millis(at)
	return r.audit(d, m, stretch{now, now + 1}, at.Location())
}

// AuditDuring is Audit of an interval: every break that some instant of it saw,
// once for each time without a break, ordered as Audit orders them and then by
// Since. Want, Got and People are those of Since, or of the beginning of the
// interval if that is later. An interval that holds no instant sees none.
func (r *Rules) AuditDuring(d *party.Directory, m *grid.Map, during party.Interval) []Violation {
	loc := during.From.Location()
	if during.From.IsZero() {
		loc = during.Until.Location()
	}
	s := stretchOf(during)
	if during.Valid() && during.Until.Nanosecond()%1_000_000 != 0 {
		s.until++ // a part of a millisecond is seen as all of it: no fact changes within
	}
	return r.audit(d, m, s, loc)
}

func (r *Rules) audit(d *party.Directory, m *grid.Map, during stretch, loc *time.Location) []Violation {
	if r == nil || during.empty() {
		return nil
	}
	a := &auditor{survey: newSurvey(d, m, r.list, r.seats), during: during, loc: loc}
	for i := range r.list {
		rule := &r.list[i]
		a.force = join([]stretch{stretchOf(rule.During)})
		a.check(rule)
	}
	slices.SortFunc(a.found, func(x, y Violation) int { return x.compare(&y) })
	return a.found
}

// auditor checks one rule after the other.
type auditor struct {
	*survey
	during stretch
	loc    *time.Location
	force  when // when the rule at hand is
	found  []Violation
	counts // scratch
}

func (a *auditor) check(r *Rule) {
	if r.Per.By == PerArea && a.frame(r.Per).bad {
		a.report(Violation{Rule: r.ID, Kind: UnknownLevel, Want: 1, Args: []string{r.Per.Name}}, always, nil)
		return
	}
	switch r.Kind {
	case People:
		a.checkPeople(r)
	case Parties:
		a.checkParties(r)
	case Posts, Quotas:
		a.checkPosts(r)
	case Filled:
		a.checkFilled(r)
	case Areas:
		a.checkAreas(r)
	case Postings:
		a.checkPostings(r)
	case Registrations:
		a.checkRegistrations(r)
	case Allowed:
		a.checkAllowed(r)
	case Facilities:
		a.checkFacilities(r)
	case Rights:
		a.checkRights(r)
	}
}

// report adds a violation for each stretch of w that the audit is about. detail
// completes it as of an instant; nil: it is complete.
func (a *auditor) report(v Violation, w when, detail func(v *Violation, at int64)) {
	for _, s := range w.and(a.force) {
		if s.and(a.during).empty() {
			continue
		}
		x := v
		x.Args = slices.Clone(v.Args)
		x.Since, x.Until = instant(s.from, a.loc), instant(s.until, a.loc)
		if detail != nil {
			detail(&x, max(s.from, a.during.from))
		}
		a.found = append(a.found, x)
	}
}

// reportCount reports, within the domain, when there are too few and when too
// many. who is the holdings that were counted, sorted by person; nil: no people.
func (a *auditor) reportCount(v Violation, c *Count, domain when, steps []step, who []holding) {
	for _, side := range []struct {
		kind ViolationKind
		want int
		bad  func(n int) bool
	}{{TooFew, c.Min, c.few}, {TooMany, c.Max, c.many}} {
		w := where(steps, side.bad)
		if len(w) == 0 {
			continue
		}
		v.Kind, v.Want = side.kind, side.want
		a.report(v, w.and(domain), func(v *Violation, at int64) {
			v.Got = countAt(steps, at)
			v.People = a.present(who, at)
		})
	}
}

// minus is every instant of w that is not in o.
func (w when) minus(o when) when {
	if len(w) == 0 || len(o) == 0 {
		return w
	}
	return w.and(o.not())
}
