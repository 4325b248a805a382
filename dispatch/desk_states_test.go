package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// patient is the full rules with stages that take months, so that the clock that is looked
// at runs out first, and an acknowledgement of its own time.
func patient(t require.TestingT, ack string) dispatch.Setup {
	setup := fullStreet(t)
	months := deskBudget("200d")
	setup.Policy.Register, setup.Policy.Dispatch, setup.Policy.Return, setup.Policy.Verify, setup.Policy.Close = months, months, months, months, months
	setup.Policy.Ack = deskBudget(ack)
	return setup
}

// patientAt is a desk by patient rules with case E1 in a state, of an imposed due on
// Wednesday at noon.
func patientAt(t require.TestingT, row string, matter dispatch.Code, state dispatch.State) *dispatch.Desk {
	d, at, ack := dispatch.NewDesk(), fullDay(2, 9, 0), "200d"
	if row == "D7" {
		ack = "30m"
	}
	deskDo(t, d, at, dispatch.Install{Setup: patient(t, ack)})
	event := fullEvent("E1", matter)
	if row != "D6" && row != "D7" {
		event.Due = fullDay(4, 12, 0)
	}
	deskDo(t, d, at, dispatch.File{Event: event})
	for _, do := range fullWay(state) {
		if _, ok := do.(dispatch.Suspend); ok {
			do = dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: at.AddDate(0, 6, 0)}
		}
		if _, ok := do.(dispatch.Finish); ok && matter == "gas" {
			deskDo(t, d, at, dispatch.Mend{Case: "E1"})
			deskDo(t, d, at, dispatch.Accept{Case: "E1"})
		}
		deskDo(t, d, at, do)
	}
	if row == "D7" && state == dispatch.StateDispatched { // A begins again, N does not
		at = at.Add(10 * time.Minute)
		deskDo(t, d, at, dispatch.Return{Case: "E1", Basis: "law", Party: "property"})
		deskDo(t, d, at, dispatch.RefuseReturn{Case: "E1", Reason: "yours"})
	}
	require.Equal(t, state, deskCase(t, d, "E1").State)
	return d
}

// TestRowsHoldInEveryStateTheyName: what a clock or a side command does, in each of the
// states of its row; in every other state the clock does not run out.
func TestRowsHoldInEveryStateTheyName(t *testing.T) {
	verbs := fullVerbs("E1", fullDay(2, 9, 0))
	for _, c := range []struct {
		row, matter dispatch.Code
		do          dispatch.Do
		first       []dispatch.Do
	}{
		{"A1", "waste", verbs["attach"], nil}, {"A2", "waste", verbs["reply"], nil},
		{"D1", "gas", verbs["note"], nil}, {"D2", "gas", verbs["contest"], nil}, {"D3", "gas", verbs["mend"], nil},
		{"D4", "gas", verbs["accept"], []dispatch.Do{verbs["mend"]}}, {"D5", "gas", verbs["decline"], []dispatch.Do{verbs["mend"]}},
		{"D8", "lift", verbs["assist_done"], nil}, {"32c", "waste", verbs["call_back"], nil}, {"23", "waste", verbs["assign"], nil},
		{"25", "waste", verbs["extend"], nil}, {"26", "waste", verbs["suspend"], nil}, {"12", "waste", verbs["dispute"], nil},
		{"6", "waste", verbs["withdraw"], nil}, {"34", "waste", verbs["reopen"], nil},
		{"D6", "gas", nil, nil}, {"D7", "gas", nil, nil}, {"G3", "waste", nil, nil}, {"G6", "waste", nil, nil}, {"L1", "waste", nil, nil}, {"G7", "waste", nil, nil},
	} {
		row := rowByNumber(t, string(c.row))
		states := row.From
		if c.do == nil {
			states = dispatch.States()
		}
		for _, state := range states {
			t.Run(string(c.row)+" "+string(state), func(t *testing.T) {
				matter := c.matter
				if state == dispatch.StateOffered {
					matter = "wish"
				}
				if c.matter == "lift" && state == dispatch.StateSuspended {
					t.Skip("a firm time does not stand still")
				}
				at := fullDay(2, 9, 0)
				var d *dispatch.Desk
				if c.do == nil {
					d = patientAt(t, string(c.row), matter, state)
				} else {
					d = fullAt(t, at, matter, state)
				}
				for _, do := range c.first {
					deskDo(t, d, at, do)
				}
				before := deskCase(t, d, "E1")
				if c.do != nil {
					entries := deskDo(t, d, at, c.do)
					require.Equal(t, row.Facts, deskFacts(entries))
					fullSameClocks(t, row, before, deskCase(t, d, "E1"))
					return
				}
				named := slices.Contains(row.From, state)
				for range 200 {
					next, _ := d.NextDue()
					require.Equal(t, state.Open(), !deskCase(t, d, "E1").NextDue.IsZero())
					if !state.Open() || !named && deskCase(t, d, "E1").State != state {
						return
					}
					out, err := d.Tick(next)
					require.NoError(t, err)
					for _, e := range out.Entries {
						now := deskCase(t, d, "E1")
						if now.State == state && slices.Contains(row.Facts, dispatch.FactName(e.Fact)) && e.Case == "E1" {
							if f, stage := e.Fact.(dispatch.StageOverdue); stage && f.Stage != row.Clock {
								deskApply(t, d, []dispatch.Entry{e})
								continue
							}
							deskApply(t, d, []dispatch.Entry{e})
							require.True(t, named, "not a state of the row")
							fullSameClocks(t, row, now, deskCase(t, d, "E1"))
							return
						}
						deskApply(t, d, []dispatch.Entry{e})
					}
				}
				require.False(t, named, "never")
			})
		}
	}
}
