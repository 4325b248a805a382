package rounds

import (
	"cmp"
	"slices"
	"time"
)

func (j *judgement) enrol(do Enrol) (Fact, *Refusal) {
	h := j.house(do.Household)
	var version uint64
	if h != nil {
		if h.left == 0 {
			return nil, refuse(HouseholdExists, string(do.Household))
		}
		version = h.version
	}
	if r := j.stale(do.Household, version); r != nil {
		return nil, r
	}
	joins := j.joins(do.Class, do.Areas, func(t *term) int { return h.until(t) })
	do.Areas = slices.Clone(do.Areas)
	return Enrolled{do, j.today, joins}, nil
}

func (j *judgement) reclass(do Reclass) (Fact, *Refusal) {
	h, r := j.enrolled(do.Household)
	if r != nil {
		return nil, r
	}
	if class := j.names.at(h.class); class == do.Class {
		return nil, refuse(SameClass, string(do.Household), string(class))
	}
	ends := h.ends(j.today, false)
	joins := j.joins(do.Class, j.areas(h.place), func(t *term) int {
		if i := slices.IndexFunc(ends, func(d Due) bool { return d.Plan == t.plan.code && within(t, d.Period) }); i >= 0 {
			return ends[i].Period - t.base
		}
		return h.until(t)
	})
	return Reclassed{do, j.today, ends, joins}, nil
}

func (j *judgement) leave(do Leave) (Fact, *Refusal) {
	h, r := j.enrolled(do.Household)
	if r != nil {
		return nil, r
	}
	return Left{do, j.today, h.ends(j.today, true)}, nil
}

// enrolled answers a household that is not withdrawn, in the version expected.
func (j *judgement) enrolled(c Code) (*house, *Refusal) {
	h := j.house(c)
	if h == nil {
		return nil, refuse(NoHousehold, string(c))
	}
	if r := j.stale(c, h.version); r != nil {
		return nil, r
	}
	if h.left != 0 {
		return nil, refuse(Withdrawn, string(c), h.left.String())
	}
	return h, nil
}

func within(t *term, period int) bool { return t.base <= period && period-t.base < t.periods }

// until is the end of what h owes of a term, 0 when it never owed anything.
func (h *house) until(t *term) int {
	end := 0
	if h == nil {
		return end
	}
	for i := range h.stays {
		if h.stays[i].term == t {
			end = max(end, min(int(h.stays[i].last), t.periods))
		}
	}
	return end
}

// ends answers, by term, the first period that h owes no more when it goes
// today. The present period stays owed, unless the household leaves for good and
// has not been visited in it.
func (h *house) ends(today Date, gone bool) []Due {
	var list []Due
	for i := range h.stays {
		s := &h.stays[i]
		k := s.term.every.index(s.term.start, today)
		last := k + 1
		if gone && !s.made(k) {
			last = max(k, 0)
		}
		last = max(last, int(s.first))
		if last >= min(int(s.last), s.term.periods) {
			continue
		}
		d := Due{s.term.plan.code, s.term.base + last}
		if at := slices.IndexFunc(list, func(e Due) bool { return e.Plan == d.Plan && within(s.term, e.Period) }); at >= 0 {
			list[at].Period = min(list[at].Period, d.Period)
		} else {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, byDue)
	return list
}

// byDue is the order of periods: by plan, then by number.
func byDue(a, b Due) int { return cmp.Or(cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Period, b.Period)) }

// joins answers the first period that a household of that class owes of each
// term that covers it from today on, not before the end of what it owed.
func (j *judgement) joins(class Code, areas []Code, until func(*term) int) []Due {
	var list []Due
	for t := range j.covered(class, areas) {
		k := max(t.every.owed(t.start, j.today, t.terms.least()), until(t))
		if k < t.periods {
			list = append(list, Due{t.plan.code, t.base + k})
		}
	}
	slices.SortFunc(list, byDue)
	return list
}

// covered is every term that covers a class in one of those areas.
func (l *Log) covered(class Code, areas []Code) map[*term]bool {
	found := map[*term]bool{}
	for _, a := range areas {
		for _, t := range l.covering[coverKey{l.names.of[class], l.names.of[a]}] {
			found[t] = true
		}
	}
	return found
}

func (j *judgement) visit(do Visit) (Fact, *Refusal) {
	h := j.house(do.Household)
	if h == nil {
		return nil, refuse(NoHousehold, string(do.Household))
	}
	if r := j.stale(do.Household, h.version); r != nil {
		return nil, r
	}
	if do.At.IsZero() {
		do.At = time.UnixMilli(j.now)
	}
	do.At = do.At.UTC()
	day := dateOf(do.At.UnixMilli(), j.zone)
	switch {
	case h.left != 0 && day > h.left:
		return nil, refuse(Withdrawn, string(do.Household), h.left.String())
	case do.At.UnixMilli() > j.now:
		return nil, refuse(Future, do.At.Format(stamp))
	case day < h.since:
		return nil, refuse(NotEnrolledYet, string(do.Household), h.since.String())
	}
	do.People = slices.Clone(do.People)
	f := Visited{Visit: do, On: day}
	f.Fills, f.Late = j.filled(h, day, do)
	return f, nil
}

// filled answers the open periods of a household that a visit fills, by plan,
// and whether it comes too late for one.
func (j *judgement) filled(h *house, day Date, do Visit) (fills []Fill, late bool) {
	for i := range h.stays {
		s := &h.stays[i]
		t := s.term
		k := t.every.index(t.start, day)
		if !s.owes(k) || s.made(k) || len(t.terms.Kinds) > 0 && !slices.Contains(t.terms.Kinds, do.Kind) {
			continue
		}
		if _, until := t.bounds(k); until <= j.today {
			late = true
			continue
		}
		f := Fill{Plan: t.plan.code, Period: t.base + k}
		f.Team, _ = t.plan.leads(day)
		f.Led = slices.ContainsFunc(do.People, func(p Code) bool {
			return f.Team != "" && t.plan.teamOf(p, day) == f.Team
		})
		fills = append(fills, f)
	}
	slices.SortFunc(fills, func(a, b Fill) int { return byDue(Due{a.Plan, a.Period}, Due{b.Plan, b.Period}) })
	return fills, late
}
