package rounds_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/rounds"
)

func brief(id rounds.Code, d string, from, until time.Time, tasks ...rounds.Code) rounds.Brief {
	b := rounds.Brief{Shift: id, Squad: "squad-1", Date: day(d), From: from, Until: until, Hours: 2, People: []rounds.Code{"wang", "li"}}
	for _, c := range tasks {
		b.Tasks = append(b.Tasks, rounds.Task{Task: c, Text: "巡查主街", Place: "street-1"})
	}
	return b
}

// TestShift: tasks end done, undone or carried; the debrief is in time on its
// due instant and late a millisecond after it.
func TestShift(t *testing.T) {
	h := fresh(t, east8, local(2026, 3, 2, 7))
	h.no("wrong-date", brief("s1", "2026-03-03", local(2026, 3, 2, 8), local(2026, 3, 2, 16), "t1"))
	h.ok(brief("s1", "2026-03-02", local(2026, 3, 2, 8), local(2026, 3, 2, 16), "t1", "t2", "t3"))
	h.no("booked", brief("s2", "2026-03-02", local(2026, 3, 2, 15), local(2026, 3, 2, 20)))
	h.no("task-exists", brief("s2", "2026-03-02", local(2026, 3, 2, 16), local(2026, 3, 2, 20), "t2"))
	h.no("shift-early", rounds.Debrief{Shift: "s1"})
	h.at = local(2026, 3, 2, 12)
	h.ok(rounds.Report{Shift: "s1", Answer: rounds.Answer{Task: "t2", Result: rounds.Done}})
	h.no("task-closed", rounds.Report{Shift: "s1", Answer: rounds.Answer{Task: "t2", Result: rounds.Done}})
	h.tick(local(2026, 3, 2, 18)) // due at 18:00: in time
	h.no("tasks-open", rounds.Debrief{Shift: "s1", Answers: []rounds.Answer{{Task: "t3", Result: rounds.Done}}})
	h.tick(local(2026, 3, 2, 18).Add(time.Millisecond))
	require.IsType(t, rounds.NotDebriefed{}, h.entries[len(h.entries)-1].Fact)
	o := h.ok(rounds.Debrief{Shift: "s1", Answers: []rounds.Answer{
		{Task: "t3", Result: rounds.Undone, Reason: "rain"}, {Task: "t1", Result: rounds.Carried, Reason: "time"}}})
	f := o.Entries[0].Fact.(rounds.Debriefed)
	require.True(t, f.Late)
	require.Equal(t, rounds.Code("t1"), f.Answers[0].Task, "in the order of the tasks")
	h.no("debriefed", rounds.Debrief{Shift: "s1"})
	require.Equal(t, rounds.TaskCounts{Shifts: 1, Debriefed: 1, Late: 1, Overdue: 1, Tasks: 3, Done: 1, Undone: 1, Carried: 1},
		h.log.CountTasks("squad-1", 0, 0))
	require.Len(t, h.log.Waiting("squad-1"), 1)
	h.ok(brief("s2", "2026-03-02", local(2026, 3, 2, 22), local(2026, 3, 3, 6), "t4")) // overnight
	s, _ := h.log.Shift("s2")
	require.Equal(t, rounds.Code("t1"), s.Tasks[0].Task.Task)
	require.Equal(t, 1, s.Tasks[0].Carries)
	require.Len(t, s.Tasks, 2)
	h.at = local(2026, 3, 3, 8) // on the due instant
	h.ok(rounds.Debrief{Shift: "s2", Answers: []rounds.Answer{{Task: "t1", Result: rounds.Done}, {Task: "t4", Result: rounds.Done}}})
	_, due := h.log.NextDue()
	require.False(t, due)
	require.Equal(t, rounds.TaskCounts{Shifts: 2, Debriefed: 2, Late: 1, Overdue: 1, Tasks: 5, Done: 3, Undone: 1, Carried: 1},
		h.log.CountTasks("", day("2026-03-02"), day("2026-03-03")))
}

// TestAttendance: minutes by overlap with an overnight shift, nobody in twice,
// a correction beside what it corrects.
func TestAttendance(t *testing.T) {
	h := fresh(t, east8, local(2026, 3, 2, 7))
	h.ok(brief("night", "2026-03-02", local(2026, 3, 2, 22), local(2026, 3, 3, 6)))
	h.at = local(2026, 3, 5, 9)
	in := rounds.Attend{Record: "r1", Squad: "squad-1", Person: "wang", Date: day("2026-03-02"), Status: rounds.Late,
		In: local(2026, 3, 2, 22).Add(30*time.Minute + 59*time.Second), Out: local(2026, 3, 3, 7)}
	h.ok(in)
	twice := in
	twice.Record, twice.In, twice.Out = "r2", local(2026, 3, 3, 6), local(2026, 3, 3, 8)
	h.no("in-twice", twice)
	twice.In = in.Out // he may come in again as he goes out
	twice.Date = day("2026-03-03")
	twice.Status = rounds.Field
	h.ok(twice)
	h.ok(rounds.Attend{Record: "r3", Squad: "squad-1", Person: "wang", Date: day("2026-03-04"), Status: rounds.Absent})
	h.ok(rounds.Attend{Record: "r4", Squad: "squad-1", Person: "wang", Date: day("2026-03-05"), Status: rounds.OnLeave, Reason: "sick"})
	want := rounds.Attendance{Shifts: 1, Records: 4, Planned: 480, Attended: 449 + 60, Outside: 60, Lates: 1, Field: 1, Absences: 1, Unexcused: 1, Leaves: 1}
	require.Equal(t, want, h.log.Attended("wang", "", 0, 0))
	fix := in
	fix.Record, fix.Corrects, fix.Status, fix.In = "r5", "r1", rounds.Present, local(2026, 3, 2, 22)
	h.ok(fix)
	fix.Record = "r6"
	h.no("corrected", fix)
	want.Attended, want.Lates, want.Present = 480+60, 0, 1
	want.Shifts, want.Planned = 2, 960 // li was on the shift too
	require.Equal(t, want, h.log.Attended("", "squad-1", day("2026-03-02"), day("2026-03-06")))
	old, _ := h.log.Record("r1")
	require.Equal(t, rounds.Code("r5"), old.CorrectedBy)
	other := fix
	other.Record, other.Corrects, other.Person = "r7", "r3", "li"
	h.no("other-person", other)
	other.Corrects, other.Date = "", day("2026-03-04")
	h.no("wrong-date", other)
	other.Date, other.Out = day("2026-03-02"), h.at.Add(time.Millisecond)
	other.In = h.at.Add(-time.Hour)
	h.no("future", other)
}
