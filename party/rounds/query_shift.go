package rounds

import (
	"iter"
	"slices"
	"time"
)

// Shift is a shift as it stands. Answers stands beside Tasks; an empty Result is
// open. Overdue says that it was not debriefed when due, Late that it was
// debriefed after that. Version is the number of entries that touched it.
type Shift struct {
	Briefed
	Answers     []Answer   `json:"answers,omitempty"`
	State       ShiftState `json:"state"`
	Overdue     bool       `json:"overdue"`
	Late        bool       `json:"late"`
	DebriefedAt time.Time  `json:"debriefed_at,omitzero"`
	Version     uint64     `json:"version"`
}

func (s *shift) view() Shift {
	v := Shift{Briefed: s.Briefed, Answers: slices.Clone(s.answers), State: s.state, Overdue: s.fired, Late: s.late, Version: s.version}
	v.People, v.Tasks = slices.Clone(v.People), slices.Clone(v.Tasks)
	if s.state == Debriefing {
		v.DebriefedAt = time.UnixMilli(s.ended).UTC()
	}
	return v
}

// Shift answers the shift of that id.
func (l *Log) Shift(id Code) (Shift, bool) {
	s := l.shifts[id]
	if s == nil {
		return Shift{}, false
	}
	return s.view(), true
}

// Shifts ranges over every shift by id. Each range sorts, O(n log n); the log
// must not be changed meanwhile.
func (l *Log) Shifts() iter.Seq[Shift] {
	return func(yield func(Shift) bool) {
		for _, c := range sorted(l.shifts) {
			if !yield(l.shifts[c].view()) {
				return
			}
		}
	}
}

// Waiting answers the tasks that a squad carried over and that no shift has been
// given yet, in the order in which they were carried.
func (l *Log) Waiting(squad Code) []Assigned {
	var list []Assigned
	for _, c := range l.waiting[squad] {
		list = append(list, Assigned{l.tasks[c].Task, l.tasks[c].carries})
	}
	return list
}

// TaskCounts is what shifts add up to. Shifts = Debriefed + those that are not;
// Late are among the debriefed, Overdue those not debriefed when due, whether
// they were later or not. Tasks = Done + Undone + Carried + Open; a task that is
// carried counts once in each shift it was given out in.
type TaskCounts struct {
	Shifts    int `json:"shifts"`
	Debriefed int `json:"debriefed"`
	Late      int `json:"late"`
	Overdue   int `json:"overdue"`
	Tasks     int `json:"tasks"`
	Done      int `json:"done"`
	Undone    int `json:"undone"`
	Carried   int `json:"carried"`
	Open      int `json:"open"`
}

// CountTasks counts the shifts of a squad, of all when it is "", dated in
// [from, until); an until of 0 is no end. O(shifts + tasks).
func (l *Log) CountTasks(squad Code, from, until Date) TaskCounts {
	var n TaskCounts
	f := Filter{From: from, Until: until}
	for _, s := range l.shifts {
		if squad != "" && s.Squad != squad || !f.day(s.Date) {
			continue
		}
		n.Shifts++
		n.Tasks += len(s.Tasks)
		n.Debriefed += one(s.state == Debriefing)
		n.Late += one(s.late)
		n.Overdue += one(s.fired)
		for _, a := range s.answers {
			n.Done += one(a.Result == Done)
			n.Undone += one(a.Result == Undone)
			n.Carried += one(a.Result == Carried)
			n.Open += one(a.Result == "")
		}
	}
	return n
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Record is a record of attendance. CorrectedBy is the record that took its
// place, if any.
type Record struct {
	Attend
	CorrectedBy Code `json:"corrected_by,omitzero"`
}

// Record answers the record of that id.
func (l *Log) Record(id Code) (Record, bool) {
	r := l.records[id]
	if r == nil {
		return Record{}, false
	}
	return Record{r.Attend, r.by}, true
}

// Records ranges over the records of a person in the order in which they were
// made, those that were corrected too. The log must not be changed meanwhile.
func (l *Log) Records(person Code) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		known := l.attendance[person]
		if known == nil {
			return
		}
		for _, r := range known.records {
			if !yield(Record{r.Attend, r.by}) {
				return
			}
		}
	}
}

// Attendance is what attendance adds up to; a record that was corrected does not
// count. Minutes are whole, rounded down once over all. Planned is the minutes of
// the shifts; Attended those of the records inside shifts of the person, whole
// records where no shift has their date and none meets them; Outside is the rest of
// the records. Unexcused is the absences without a reason.
type Attendance struct {
	Shifts    int   `json:"shifts"`
	Records   int   `json:"records"`
	Planned   int64 `json:"planned_minutes"`
	Attended  int64 `json:"attended_minutes"`
	Outside   int64 `json:"outside_minutes"`
	Present   int   `json:"present"`
	Lates     int   `json:"lates"`
	Field     int   `json:"field"`
	Absences  int   `json:"absences"`
	Unexcused int   `json:"unexcused"`
	Leaves    int   `json:"leaves"`
}

// Attended adds up the shifts and records of a person, of everybody when it is
// "", and of a squad, of all when it is "", dated in [from, until); an until of 0
// is no end. O(shifts + records of the person × log of the shifts).
func (l *Log) Attended(person, squad Code, from, until Date) Attendance {
	people := []Code{person}
	if person == "" {
		people = sorted(l.attendance)
	}
	var n Attendance
	f := Filter{From: from, Until: until}
	for _, p := range people {
		known := l.attendance[p]
		if known == nil {
			continue
		}
		for _, s := range known.shifts {
			if f.day(s.Date) && (squad == "" || s.Squad == squad) {
				n.Shifts++
				n.Planned += s.to - s.from
			}
		}
		for _, r := range known.records {
			if r.by == "" && f.day(r.Date) && (squad == "" || r.Squad == squad) {
				n.add(known, r)
			}
		}
	}
	const minute = int64(time.Minute / time.Millisecond)
	n.Planned, n.Attended, n.Outside = n.Planned/minute, n.Attended/minute, n.Outside/minute
	return n
}

// add counts one record, its times in milliseconds.
func (n *Attendance) add(known *roll, r *record) {
	n.Records++
	n.Present += one(r.Status == Present)
	n.Lates += one(r.Status == Late)
	n.Field += one(r.Status == Field)
	n.Absences += one(r.Status == Absent)
	n.Unexcused += one(r.Status == Absent && r.Reason == "")
	n.Leaves += one(r.Status == OnLeave)
	if r.In.IsZero() {
		return
	}
	in, out := r.In.UnixMilli(), r.Out.UnixMilli()
	inside, planned := known.inside(in, out), known.planned(r.Date)
	if inside == 0 && !planned {
		inside = out - in
	}
	n.Attended += inside
	n.Outside += out - in - inside
}

// inside is how long [in, out) meets the shifts of the person, which do not meet
// each other.
func (r *roll) inside(in, out int64) (ms int64) {
	i, _ := slices.BinarySearchFunc(r.shifts, in, func(s *shift, at int64) int {
		if s.to <= at {
			return -1
		}
		return 1
	})
	for ; i < len(r.shifts) && r.shifts[i].from < out; i++ {
		ms += min(out, r.shifts[i].to) - max(in, r.shifts[i].from)
	}
	return ms
}

// planned reports whether a shift of the person has a date. Shifts are in the
// order of their dates too, because a date is that of the beginning.
func (r *roll) planned(d Date) bool {
	_, found := slices.BinarySearchFunc(r.shifts, d, func(s *shift, d Date) int { return int(s.Date - d) })
	return found
}
