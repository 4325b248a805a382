package rounds

import (
	"slices"
	"strconv"
	"time"
)

func (j *judgement) brief(do Brief) (Fact, *Refusal) {
	if j.shifts[do.Shift] != nil {
		return nil, refuse(ShiftExists, string(do.Shift))
	}
	if r := j.stale(do.Shift, 0); r != nil {
		return nil, r
	}
	do.From, do.Until = do.From.UTC(), do.Until.UTC()
	if day := dateOf(do.From.UnixMilli(), j.zone); day != do.Date {
		return nil, refuse(WrongDate, do.Date.String(), day.String())
	}
	if do.Until.UnixMilli() <= j.now {
		return nil, refuse(ShiftOver, string(do.Shift))
	}
	for _, t := range do.Tasks {
		if j.tasks[t.Task] != nil {
			return nil, refuse(TaskExists, string(t.Task))
		}
	}
	for _, person := range do.People {
		if s := j.attendance[person].booked(do.From.UnixMilli(), do.Until.UnixMilli()); s != nil {
			return nil, refuse(Booked, string(person), string(s.Shift))
		}
	}
	f := Briefed{Shift: do.Shift, Squad: do.Squad, Date: do.Date, From: do.From, Until: do.Until, People: slices.Clone(do.People)}
	f.Due = do.Until.Add(time.Duration(do.Hours) * time.Hour)
	if fault := instant("until", f.Due); fault != nil {
		return nil, refuse(TooMany, string(do.Shift), strconv.Itoa(do.Hours))
	}
	carried := j.waiting[do.Squad]
	for _, c := range carried[:min(len(carried), TasksMax-len(do.Tasks))] {
		t := j.tasks[c]
		f.Tasks = append(f.Tasks, Assigned{t.Task, t.carries})
	}
	for _, t := range do.Tasks {
		f.Tasks = append(f.Tasks, Assigned{Task: t})
	}
	return f, nil
}

// booked is a shift of the person that meets [from, until), nil for none.
func (r *roll) booked(from, until int64) *shift {
	if r == nil {
		return nil
	}
	i, _ := slices.BinarySearchFunc(r.shifts, from, func(s *shift, at int64) int {
		if s.to <= at {
			return -1
		}
		return 1
	})
	if i < len(r.shifts) && r.shifts[i].from < until {
		return r.shifts[i]
	}
	return nil
}

// begun answers a shift that has begun and is not debriefed, in the version
// expected.
func (j *judgement) begun(c Code) (*shift, *Refusal) {
	s := j.shifts[c]
	if s == nil {
		return nil, refuse(NoShift, string(c))
	}
	if r := j.stale(c, s.version); r != nil {
		return nil, r
	}
	switch {
	case j.now < s.from:
		return nil, refuse(ShiftEarly, string(c))
	case s.state != Briefing:
		return nil, refuse(ShiftClosed, string(c))
	}
	return s, nil
}

// answerable refuses answers to what is no task of the shift, then to what is
// closed in it.
func (s *shift) answerable(answers ...Answer) *Refusal {
	for _, a := range answers {
		if s.place(a.Task) < 0 {
			return refuse(NoTask, string(s.Shift), string(a.Task))
		}
	}
	for _, a := range answers {
		if s.answers[s.place(a.Task)].Result != "" {
			return refuse(TaskClosed, string(a.Task))
		}
	}
	return nil
}

// place is where a task stands in a shift, -1 when it is not there.
func (s *shift) place(task Code) int {
	return slices.IndexFunc(s.Tasks, func(a Assigned) bool { return a.Task.Task == task })
}

func (j *judgement) report(do Report) (Fact, *Refusal) {
	s, r := j.begun(do.Shift)
	if r == nil {
		r = s.answerable(do.Answer)
	}
	if r != nil {
		return nil, r
	}
	return Reported(do), nil
}

func (j *judgement) debrief(do Debrief) (Fact, *Refusal) {
	s, r := j.begun(do.Shift)
	if r == nil {
		r = s.answerable(do.Answers...)
	}
	if r != nil {
		return nil, r
	}
	if left := s.open - len(do.Answers); left > 0 {
		return nil, refuse(TasksOpen, string(do.Shift), strconv.Itoa(left))
	}
	do.Answers = slices.SortedFunc(slices.Values(do.Answers), func(a, b Answer) int { return s.place(a.Task) - s.place(b.Task) })
	return Debriefed{do, j.now > s.Due.UnixMilli()}, nil
}

func (j *judgement) attend(do Attend) (Fact, *Refusal) {
	if j.records[do.Record] != nil {
		return nil, refuse(RecordExists, string(do.Record))
	}
	old := j.records[do.Corrects]
	if do.Corrects != "" && old == nil {
		return nil, refuse(NoRecord, string(do.Corrects))
	}
	known := j.attendance[do.Person]
	if known == nil {
		known = &roll{}
	}
	if r := j.stale(do.Person, uint64(len(known.records))); r != nil {
		return nil, r
	}
	if r := j.wrongTime(&do); r != nil {
		return nil, r
	}
	switch {
	case old != nil && old.Person != do.Person:
		return nil, refuse(OtherPerson, string(old.Record), string(old.Person))
	case old != nil && old.by != "":
		return nil, refuse(Corrected, string(old.Record), string(old.by))
	}
	if twice := known.in(do); twice != nil {
		return nil, refuse(InTwice, string(do.Person), string(twice.Record))
	}
	return Attended(do), nil
}

// wrongTime refuses what has not happened yet, then a date that is not the one
// of In or the day before it. It puts the times of do into UTC.
func (j *judgement) wrongTime(do *Attend) *Refusal {
	if do.In.IsZero() {
		return nil
	}
	do.In, do.Out = do.In.UTC(), do.Out.UTC()
	if do.Out.UnixMilli() > j.now {
		return refuse(Future, do.Out.Format(stamp))
	}
	if day := dateOf(do.In.UnixMilli(), j.zone); day != do.Date && day != do.Date+1 {
		return refuse(WrongDate, do.Date.String(), day.String())
	}
	return nil
}

// in is a record by which the person is in while do says so too, nil for none.
// The record that do corrects does not count. O(records).
func (r *roll) in(do Attend) *record {
	for _, o := range r.records {
		if o.by == "" && o.Record != do.Corrects && o.In.Before(do.Out) && do.In.Before(o.Out) {
			return o
		}
	}
	return nil
}
