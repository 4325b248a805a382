package street_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// Every verb of the Desk but install can be given in commands.jsonl: a line that has
// nothing but it is understood, and refused for its fields only.
func TestEveryVerbOfTheDeskIsReachable(t *testing.T) {
	reachable := map[string]bool{}
	for _, v := range street.Verbs() {
		if v.Machine == street.DeskMachine {
			reachable[v.Name] = true
		}
	}
	for _, v := range dispatch.Verbs() {
		require.Equal(t, v.Name != "install", reachable[v.Name], v.Name)
		folder := smallFolder()
		set(folder, "commands.jsonl", fmt.Sprintf(`{"at":"2021-09-28 12:00","key":"k","machine":"desk","do":%q}`+"\n", v.Name))
		_, err := street.Load(folder, options)
		require.Error(t, err, v.Name)
		require.Equal(t, v.Name == "install", strings.Contains(err.Error(), "is no verb of machine desk"), "%s: %v", v.Name, err)
	}
}

// Times deep in a command are of the street's zone too, and people who are sent are
// people of the folder.
func TestTimesAndPeopleWithinCommands(t *testing.T) {
	folder := smallFolder()
	lines := []map[string]any{
		{"at": "2021-09-28 12:00", "key": "k1", "machine": "desk", "do": "file", "straight": true, "event": map[string]any{"id": "X1", "matter": "waste", "point": []float64{114.01, 22.71}, "due": "2021-09-28 17:00"}},
		{"at": "2021-09-28 12:05", "key": "k2", "machine": "desk", "do": "ack", "case": "X1"},
		{"at": "2021-09-28 12:10", "key": "k3", "machine": "desk", "do": "assign", "case": "X1", "people": []map[string]any{{"person": "p1", "seen": "2021-09-28 12:08"}}},
	}
	write := func() {
		var b strings.Builder
		for _, l := range lines {
			data, err := json.Marshal(l)
			require.NoError(t, err)
			b.Write(append(data, '\n'))
		}
		set(folder, "commands.jsonl", b.String())
	}
	write()
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	c, ok := s.Case("X1")
	require.True(t, ok)
	require.True(t, time.Date(2021, 9, 28, 17, 0, 0, 0, f.Zone).Equal(c.DueAt), "%s", c.DueAt)

	lines[0]["event"].(map[string]any)["due"] = "soon"
	lines[2]["people"] = []map[string]any{{"person": "p9"}}
	write()
	_, err = street.Load(folder, options)
	require.ErrorContains(t, err, "due soon is not a time")
	require.ErrorContains(t, err, "person p9 is not in people.csv")
}

func TestMattersSaySkillsAndSamples(t *testing.T) {
	folder := smallFolder()
	set(folder, "matters.csv", "code,name,skills,verify_sample\nwaste,垃圾,,2.5%\nwaste.missed,漏收,驾驶；电工,\nlight,路灯,,100%\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Equal(t, []int{250, 0, 10_000}, []int{f.Matters[0].VerifySample, f.Matters[1].VerifySample, f.Matters[2].VerifySample})
	m, ok := f.List.Matter("waste.missed")
	require.True(t, ok)
	require.ElementsMatch(t, []string{"驾驶", "电工"}, m.Skills)
	for bad, want := range map[string]string{
		"2.5": "verify_sample 2.5 is not a share", "0%": "0% is not", "101%": "101% is not", "0.001%": "0.001% is not", "NaN%": "NaN% is not",
	} {
		folder := smallFolder()
		set(folder, "matters.csv", "code,name,verify_sample\nwaste,垃圾,"+bad+"\nwaste.missed,漏收,\nlight,路灯,\n")
		_, err := street.Load(folder, options)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "matters.csv:2:10: ")
	}
	set(folder, "matters.csv", "code,name,skills\nwaste,垃圾,"+strings.Repeat("x;", 17)+"\nwaste,漏收,\nlight,路灯,\n")
	_, err = street.Load(folder, options)
	require.ErrorContains(t, err, "matters.csv:2:10: ")
	require.ErrorContains(t, err, "matters.csv:3:1: ")
}
