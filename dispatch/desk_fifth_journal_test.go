package dispatch_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// fifthJournal is a journal of cases that ended in another system.
func fifthJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	at, ended := fullDay(6, 9, 0), fullDay(5, 9, 0)
	setup := twinSetup(t)
	setup.Policy.Archive = deskBudget("40d")
	target := importedEnd("E0", dispatch.StateClosed, ended.Add(time.Hour))
	target.Merged, target.Clocks.Own, target.Cycle, target.CycleAt = []dispatch.Code{"E1"}, ended.Add(2*time.Hour), 1, ended.Add(-time.Hour)
	open := importedEnd("E5", dispatch.StateInProgress, ended)
	open.ClosedAt, open.Satisfied = time.Time{}, dispatch.SatisfiedNo
	joining := importedEnd("E6", dispatch.StateMerged, ended)
	joining.Into, joining.Reports = "E5", []dispatch.Report{{Event: "E7", Reporter: "who", At: ended.Add(-time.Hour)}}
	for _, do := range []dispatch.Do{
		dispatch.Install{Setup: setup}, target, importedEnd("E1", dispatch.StateMerged, ended), importedEnd("E2", dispatch.StateRejected, ended),
		importedEnd("E3", dispatch.StateCancelled, ended), importedEnd("E4", dispatch.StateCancelled, ended.AddDate(0, -3, 0)), open, joining,
		dispatch.Reopen{Case: "E0", Reason: "back"}, dispatch.Part{Case: "E1"},
	} {
		all = append(all, deskDo(t, d, at, do)...)
	}
	all = append(all, deskTick(t, d, at.AddDate(0, 0, 1))...)
	return d, all
}
