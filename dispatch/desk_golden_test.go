package dispatch_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

func deskGolden(t *testing.T, file, got string) {
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.MkdirAll("testdata/desk", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// sixthJournal is a journal of cases that are held to standards.
func sixthJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d, at := dispatch.NewDesk(), fullDay(2, 9, 0)
	noise := dispatch.Standard{Matter: "noise", Name: "noise 1", Limit: deskBudget("3wd"), Evidence: []string{"track"}}
	setup := termsStreet(t, pipeStandard, noise)
	setup.Policy.Ladders = nil
	event := fullEvent("E1", "pipe")
	event.Condition, event.Evidence = "burst", []dispatch.Evidence{{Kind: "before", Media: "image/jpeg", URI: "shot:1"}}
	var all []dispatch.Entry
	for _, do := range []dispatch.Do{
		dispatch.Install{Setup: setup}, dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"},
		dispatch.Finish{Case: "E1", Evidence: pieces("video", "after")}, dispatch.Fail{Case: "E1", Reason: "drips"},
		dispatch.Finish{Case: "E1", Evidence: pieces("after"), Waiver: "no light"}, dispatch.Verify{Case: "E1"}, dispatch.Reply{Case: "E1"},
		dispatch.Close{Case: "E1", Outcome: "repaired"},
		dispatch.File{Event: fullEvent("E2", "noise"), Straight: true}, dispatch.Finish{Case: "E2", Evidence: pieces("track")},
		dispatch.File{Event: fullEvent("E3", "pipe"), Straight: true},
	} {
		all = append(all, deskDo(t, d, at, do)...)
	}
	return d, all
}

// TestDeskGoldenJournals replays each committed journal without rules: it must lead to the
// same cases for ever. The first two are of versions that wrote less: of the same commands
// come more facts by now. UPDATE_GOLDEN=1 writes the others anew, which is right only
// before they have been released.
func TestDeskGoldenJournals(t *testing.T) {
	type maker func(require.TestingT) (*dispatch.Desk, []dispatch.Entry)
	for i, journal := range []maker{nil, nil, thirdJournal, fourthJournal, fifthJournal, sixthJournal} {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			file := fmt.Sprintf("testdata/desk/journal%d.jsonl", i+1)
			if journal != nil && os.Getenv("UPDATE_GOLDEN") != "" {
				_, all := journal(t)
				require.NoError(t, os.WriteFile(file, deskLines(t, all), 0o644))
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			d := dispatch.NewDesk()
			for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
				var e dispatch.Entry
				require.NoError(t, json.Unmarshal(lines.Bytes(), &e))
				require.NoError(t, d.Apply(e))
				back, err := json.Marshal(e)
				require.NoError(t, err)
				require.Equal(t, lines.Text(), string(back))
			}
			if journal != nil {
				live, all := journal(t)
				require.Equal(t, string(deskLines(t, all)), string(text), "the same commands lead to other entries")
				require.Equal(t, live.Hash(), d.Hash())
				require.Equal(t, live.Notices(fullDay(31, 0, 0), 0), d.Notices(fullDay(31, 0, 0), 0))
			}
			deskGolden(t, fmt.Sprintf("testdata/desk/state%d.json", i+1), deskState(t, d))
		})
	}
}

// deskLines is a journal as it is kept, an entry a line.
func deskLines(t require.TestingT, all []dispatch.Entry) []byte {
	var lines bytes.Buffer
	for _, e := range all {
		text, err := json.Marshal(e)
		require.NoError(t, err)
		lines.Write(append(text, '\n'))
	}
	return lines.Bytes()
}

// deskState is everything that a desk answers, as text.
func deskState(t require.TestingT, d *dispatch.Desk) string {
	var got strings.Builder
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	for c := range d.Cases() {
		require.NoError(t, enc.Encode(c))
	}
	for m := range d.Mandates() {
		require.NoError(t, enc.Encode(m))
	}
	for p := range d.Proposals() {
		require.NoError(t, enc.Encode(p))
	}
	return got.String()
}
