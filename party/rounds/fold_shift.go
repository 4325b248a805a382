package rounds

import (
	"slices"
	"time"
)

// ShiftState is where a shift stands.
type ShiftState string

// The states of a shift.
const (
	Briefing   ShiftState = "briefed"   // 已训示
	Debriefing ShiftState = "debriefed" // 已规整
)

// checkBriefed answers the field of a briefing that does not fit, "" for none,
// and how many of its tasks were waiting.
func (l *Log) checkBriefed(f Briefed, at int64) (field string, carried int) {
	waiting := l.waiting[f.Squad]
	do := Brief{Shift: f.Shift, Squad: f.Squad, Date: f.Date, From: f.From, Until: f.Until, People: f.People}
	for i, t := range f.Tasks {
		if known := l.tasks[t.Task.Task]; known == nil && t.Carries == 0 {
			do.Tasks = append(do.Tasks, t.Task)
		} else if known == nil || i != carried || i >= len(waiting) || waiting[i] != t.Task.Task ||
			known.Task != t.Task || known.carries != t.Carries {
			return "tasks", 0
		} else {
			carried++
		}
	}
	if fault := do.check(); fault != nil {
		return fault.Field, 0
	}
	hours := f.Due.Sub(f.Until)
	switch {
	case l.shifts[f.Shift] != nil:
		return "shift", 0
	case f.Until.UnixMilli() <= at:
		return "until", 0
	case !local(f.Date, f.From.UnixMilli()):
		return "date", 0
	case len(f.Tasks) > TasksMax:
		return "tasks", 0
	case instant("due", f.Due) != nil || hours < 0 || hours > HoursMax*time.Hour || hours%time.Hour != 0:
		return "due", 0
	}
	for _, person := range f.People {
		if l.attendance[person].booked(f.From.UnixMilli(), f.Until.UnixMilli()) != nil {
			return "people", 0
		}
	}
	return "", carried
}

func (l *Log) applyBriefed(f Briefed, at int64) string {
	field, carried := l.checkBriefed(f, at)
	if field != "" {
		return field
	}
	f.From, f.Until, f.Due = f.From.UTC(), f.Until.UTC(), f.Due.UTC()
	f.People, f.Tasks = slices.Clone(f.People), slices.Clone(f.Tasks)
	s := &shift{
		Briefed: f, answers: make([]Answer, len(f.Tasks)), open: len(f.Tasks), state: Briefing,
		from: f.From.UnixMilli(), to: f.Until.UnixMilli(), version: 1,
	}
	s.due.shift = s
	put(&l.shifts, f.Shift, s)
	for i, t := range f.Tasks {
		s.answers[i].Task = t.Task.Task
		if i < carried {
			l.tasks[t.Task.Task].shift = f.Shift
			l.tasks[t.Task.Task].closed = false
			continue
		}
		put(&l.tasks, t.Task.Task, &task{squad: f.Squad, shift: f.Shift, Task: t.Task})
	}
	put(&l.waiting, f.Squad, slices.Clone(l.waiting[f.Squad][carried:]))
	for _, person := range f.People {
		r := l.roll(person)
		i, _ := slices.BinarySearchFunc(r.shifts, s.from, func(o *shift, from int64) int { return int(min(1, max(-1, o.from-from))) })
		r.shifts = slices.Insert(r.shifts, i, s)
	}
	l.queue.arm(&s.due, f.Due.UnixMilli()+1)
	return ""
}

// roll answers what is known of a person, to be added to.
func (l *Log) roll(person Code) *roll {
	if l.attendance[person] == nil {
		put(&l.attendance, person, &roll{})
	}
	return l.attendance[person]
}

// answer closes one task of a shift.
func (l *Log) answer(s *shift, a Answer) {
	s.answers[s.place(a.Task)] = a
	s.open--
	t := l.tasks[a.Task]
	t.closed = true
	if a.Result == Carried {
		t.carries++
		put(&l.waiting, s.Squad, append(l.waiting[s.Squad], a.Task))
	}
}

func (l *Log) applyReported(f Reported) string {
	s := l.shifts[f.Shift]
	switch {
	case Report(f).check() != nil:
		return Report(f).check().Field
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
	s := l.shifts[f.Shift]
	switch {
	case f.check() != nil:
		return f.check().Field
	case s == nil || s.state != Briefing:
		return "shift"
	case s.answerable(f.Answers...) != nil || len(f.Answers) != s.open:
		return "answers"
	case f.Late != s.fired:
		return "late"
	}
	for _, a := range f.Answers {
		l.answer(s, a)
	}
	s.state, s.late, s.ended = Debriefing, f.Late, at
	s.version++
	l.queue.arm(&s.due, never)
	return ""
}

func (l *Log) applyNotDebriefed(f NotDebriefed) string {
	s := l.queue[0].shift
	switch {
	case s == nil || s.Shift != f.Shift:
		return "shift"
	case !s.Due.Equal(f.Due):
		return "due"
	}
	s.fired = true
	s.version++
	l.queue.arm(&s.due, never)
	return ""
}

func (l *Log) applyAttended(f Attended) string {
	do := Attend(f)
	if fault := do.check(); fault != nil {
		return fault.Field
	}
	if l.records[f.Record] != nil {
		return "record"
	}
	old := l.records[f.Corrects]
	if f.Corrects != "" && (old == nil || old.by != "" || old.Person != f.Person) {
		return "corrects"
	}
	if known := l.attendance[f.Person]; known != nil && known.in(do) != nil {
		return "in"
	}
	if !do.In.IsZero() {
		do.In, do.Out = do.In.UTC(), do.Out.UTC()
	}
	r := &record{Attend: do}
	if old != nil {
		old.by = f.Record
	}
	put(&l.records, f.Record, r)
	l.roll(f.Person).records = append(l.roll(f.Person).records, r)
	return ""
}
