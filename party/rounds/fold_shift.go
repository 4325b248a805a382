package rounds

import (
	"slices"
	"time"
)

// ShiftState says how far a shift is.
type ShiftState string

// The states of a shift.
const (
	Briefing ShiftState = "briefed"   // 已训示
	Finished ShiftState = "debriefed" // 已规整
)

// brief is a Briefed as the command that led to it, with all its tasks.
func (f Briefed) brief() Brief {
	b := Brief{Shift: f.Shift, Squad: f.Squad, Date: f.Date, From: f.From, Until: f.Until, People: f.People}
	b.Hours = int(f.Due.Sub(f.Until) / time.Hour)
	for _, t := range f.Tasks {
		b.Tasks = append(b.Tasks, t.Task)
	}
	return b
}

func (l *Log) applyBriefed(f Briefed, at int64) string {
	if fault := f.brief().check(); fault != nil {
		return fault.Field
	}
	switch {
	case l.shifts[f.Shift] != nil:
		return "shift"
	case f.Until.UnixMilli() <= at:
		return "until"
	case !f.Due.Equal(f.Until.Add(f.Due.Sub(f.Until) / time.Hour * time.Hour)):
		return "due"
	}
	carried, ok := l.assignable(f)
	if !ok {
		return "tasks"
	}
	from, to := f.From.UnixMilli(), f.Until.UnixMilli()
	for _, person := range f.People {
		if l.attendance[person].booked(from, to) != nil {
			return "people"
		}
	}
	f.People, f.Tasks = slices.Clone(f.People), slices.Clone(f.Tasks)
	f.From, f.Until, f.Due = f.From.UTC(), f.Until.UTC(), f.Due.UTC()
	s := &shift{Briefed: f, answers: make([]Answer, len(f.Tasks)), open: len(f.Tasks), state: Briefing, version: 1, from: from, to: to}
	s.due.shift = s
	put(&l.shifts, f.Shift, s)
	for _, t := range f.Tasks {
		if known := l.tasks[t.Task.Task]; known != nil {
			known.shift = f.Shift
			continue
		}
		put(&l.tasks, t.Task.Task, &task{squad: f.Squad, shift: f.Shift, Task: t.Task})
	}
	if carried > 0 {
		l.waiting[f.Squad] = slices.Delete(l.waiting[f.Squad], 0, carried)
	}
	for _, person := range f.People {
		r := l.roll(person)
		i, _ := slices.BinarySearchFunc(r.shifts, from, func(s *shift, at int64) int { return int(min(1, max(-1, s.from-at))) })
		r.shifts = slices.Insert(r.shifts, i, s)
	}
	l.queue.arm(&s.due, f.Due.UnixMilli()+1)
	return ""
}

// assignable reports whether the tasks of a briefing are those that wait for the
// squad, as they stand and as many as there is room for, and then new ones. It
// answers how many were waiting.
func (l *Log) assignable(f Briefed) (carried int, ok bool) {
	waiting := l.waiting[f.Squad]
	for i, t := range f.Tasks {
		known := l.tasks[t.Task.Task]
		switch {
		case known == nil:
			if t.Carries != 0 {
				return 0, false
			}
		case i >= len(waiting) || i != carried || waiting[i] != t.Task.Task || known.carries != t.Carries || known.Task != t.Task:
			return 0, false
		default:
			carried++
		}
	}
	return carried, carried == len(waiting) || len(f.Tasks) == TasksMax
}

// roll answers what is known of a person, made when there is nothing yet.
func (l *Log) roll(person Code) *roll {
	r := l.attendance[person]
	if r == nil {
		r = &roll{}
		put(&l.attendance, person, r)
	}
	return r
}

// answer closes a task of a shift.
func (l *Log) answer(s *shift, a Answer) {
	s.answers[s.place(a.Task)] = a
	s.open--
	t := l.tasks[a.Task]
	if a.Result == Carried {
		t.carries++
		put(&l.waiting, s.Squad, append(l.waiting[s.Squad], a.Task))
		return
	}
	t.closed = true
}

func (l *Log) applyReported(f Reported) string {
	if fault := Report(f).check(); fault != nil {
		return fault.Field
	}
	s := l.shifts[f.Shift]
	switch {
	case s == nil || s.state != Briefing:
		return "shift"
	case s.answerable(f.Answer) != nil:
		return "answer"
	}
	l.answer(s, f.Answer)
	s.version++
	return ""
}

func (l *Log) applyDebriefed(f Debriefed, at int64) string {
	if fault := f.check(); fault != nil {
		return fault.Field
	}
	s := l.shifts[f.Shift]
	switch {
	case s == nil || s.state != Briefing || at < s.from:
		return "shift"
	case s.answerable(f.Answers...) != nil || len(f.Answers) != s.open ||
		!slices.IsSortedFunc(f.Answers, func(a, b Answer) int { return s.place(a.Task) - s.place(b.Task) }):
		return "answers"
	case f.Late != (at > s.Due.UnixMilli()):
		return "late"
	}
	for _, a := range f.Answers {
		l.answer(s, a)
	}
	s.state, s.debrief = Finished, at
	s.version++
	l.queue.arm(&s.due, 0)
	return ""
}

func (l *Log) applyNotDebriefed(f NotDebriefed) string {
	s := l.queue[0].shift
	if s == nil || s.Shift != f.Shift {
		return "shift"
	}
	if !f.Due.Equal(s.Due) {
		return "due"
	}
	s.fired = true
	s.version++
	l.queue.arm(&s.due, 0)
	return ""
}

func (l *Log) applyAttended(f Attended) string {
	do := Attend(f)
	if fault := do.check(); fault != nil {
		return fault.Field
	}
	old, known := l.records[f.Corrects], l.attendance[f.Person]
	switch {
	case l.records[f.Record] != nil:
		return "record"
	case f.Corrects != "" && (old == nil || old.Person != f.Person || old.by != ""):
		return "corrects"
	case known != nil && known.in(do) != nil:
		return "in"
	}
	do.In, do.Out = utc(do.In), utc(do.Out)
	r := &record{Attend: do}
	if old != nil {
		old.by = f.Record
	}
	put(&l.records, f.Record, r)
	known = l.roll(f.Person)
	known.records = append(known.records, r)
	return ""
}

// utc is an instant in UTC; the zero one stays.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}
