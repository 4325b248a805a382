package dispatch_test

import (
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// fourthJournal is a journal with the revision of an application, and with what follows a
// final ruling: sent once more to whom it was ruled for, and left to the duty desk.
func fourthJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	at := fullDay(2, 9, 0)
	step := func(list ...dispatch.Do) {
		for _, do := range list {
			all = append(all, deskDo(t, d, at, do)...)
		}
	}
	step(dispatch.Install{Setup: fullStreet(t)}, dispatch.Apply{Mandate: deskMandate("M1")})
	v := fullVerbs("E1", at)
	step(dispatch.File{Event: fullEvent("E1", "noise")}, v["register"], v["dispute"], v["rule"], v["appeal"], v["rule"], v["appeal"], v["rule"])
	step(v["ack"], v["start"], v["finish"], v["verify"], v["reply"], v["close"], v["reopen"], v["dispatch"])
	step(dispatch.File{Event: fullEvent("E2", "tree")})
	v = fullVerbs("E2", at)
	step(v["register"], v["finish"], v["verify"])
	step(dispatch.Install{Setup: handCalendar{"2026-03-03": false}.setup(t, fullStreet(t))})
	all = append(all, deskTick(t, d, fullDay(25, 9, 0))...)
	return d, all
}
