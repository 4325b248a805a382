package street_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// TestAgreement counts by hand: which rows each share is of, and what is right.
func TestAgreement(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "evaluate_from": "2021-09-28 10:00",`)
	set(folder, "events.csv", `id,at,matter,lng,lat,area,due_at,closed_at,truth_area,truth_party,truth_on_time
before,2021-09-28 09:59,waste,114.01,22.71,,,,G1,station,
at,2021-09-28 10:00,waste,114.01,22.71,,,,NH,lead1,
wrong,2021-09-28 10:01,waste,114.01,22.71,,,,G2,station,
sibling,2021-09-28 10:02,light,114.03,22.71,,,,G2,squad,
coded,2021-09-28 10:03,light,,,G2,,,G2,station,
lost,2021-09-28 10:04,light,,,,,,G2,station,
punctual,2021-09-28 10:05,light,114.03,22.71,,2021-09-28 12:00,2021-09-28 12:00,,,true
late,2021-09-28 10:06,light,114.03,22.71,,2021-09-28 12:00,2021-09-28 12:00:01,,,true
nowhere,2021-09-28 10:07,light,,,,2021-09-28 12:00,2021-09-28 11:00,,,true
open,2021-09-28 10:08,light,114.03,22.71,,2021-09-28 12:00,,,,true
`)
	delete(folder, "commands.jsonl")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(context.Background(), f.Latest(), nil))
	require.Equal(t, street.Agreement{
		Area:     street.Share{Right: 3, Of: 4}, // before, at, sibling; wrong is elsewhere; coded and lost have no point
		Party:    street.Share{Right: 2, Of: 5}, // at (a post counts as its party), coded; since evaluate_from, inclusive
		PartyTop: street.Share{Right: 4, Of: 5}, // squad is below station; lost is undecided
		OnTime:   street.Share{Right: 2, Of: 3}, // punctual, nowhere; late is late; open has no closed_at
	}, s.Agree(f.Latest()))

	notes := map[street.Code]street.Note{}
	for r := range s.Rows(f.Latest()) {
		notes[r.Event] = r.Note
	}
	require.Equal(t, street.NoteNoPoint, notes["lost"])
	require.Equal(t, street.Note(""), notes["coded"])
}

func TestNotesSayWhyNobodyLeads(t *testing.T) {
	folder := smallFolder()
	set(folder, "duties.csv", "id,role,matter,party,area\nR1,lead,waste,station,G1\nR2,lead,waste,squad,G1\nR3,lead,light,station,G1\n")
	set(folder, "events.csv", `id,at,matter,lng,lat
tie,2021-09-28,waste,114.01,22.71
gap,2021-09-28,light,114.03,22.71
unheard,2021-09-28,noise,114.03,22.71
unheard-lost,2021-09-28,noise,,
lost,2021-09-28,light,,
outside,2021-09-28,light,115,22.71
`)
	delete(folder, "commands.jsonl")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(context.Background(), f.Latest(), nil))
	got := map[street.Code]street.Note{}
	for r := range s.Rows(f.Latest()) {
		got[r.Event] = r.Note
		require.Empty(t, r.Lead)
		require.NotEmpty(t, r.Note)
	}
	require.Equal(t, map[street.Code]street.Note{
		"tie": street.NoteTie, "gap": street.NoteNoRule, "unheard": street.NoteUnknownMatter,
		"unheard-lost": street.NoteUnknownMatter, "lost": street.NoteNoPoint, "outside": street.NoteOutside,
	}, got)
}

func TestAFolderWithoutDutiesStillRuns(t *testing.T) {
	folder := smallFolder()
	for _, name := range []string{"duties.csv", "commands.jsonl", "parties.csv", "people.csv", "posts.csv", "appointments.csv", "funds.csv"} {
		delete(folder, name)
	}
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(context.Background(), f.Latest(), nil))
	for r := range s.Rows(f.Latest()) {
		require.Equal(t, street.NoteNoList, r.Note)
	}
}

func TestAFolderWithoutPartiesTakesEveryParty(t *testing.T) {
	folder := smallFolder()
	for _, name := range []string{"commands.jsonl", "parties.csv", "people.csv", "posts.csv", "appointments.csv", "funds.csv"} {
		delete(folder, name)
	}
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(context.Background(), f.Latest(), nil))
	var leads []street.Code
	for r := range s.Rows(f.Latest()) {
		leads = append(leads, r.Lead)
	}
	require.Equal(t, []street.Code{"lead1", "station"}, leads)
}

func TestEventsAstrayAreCounted(t *testing.T) {
	folder := smallFolder()
	set(folder, "events.csv", "id,at,matter,lng,lat\nE1,2021-09-28,waste,114.01,22.71\nE2,2021-09-28,watse,115,22.71\nE3,2021-09-28,lihgt,115,22.71\n")
	delete(folder, "commands.jsonl")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	var got []string
	for _, x := range f.Findings {
		got = append(got, x.String())
	}
	require.Equal(t, []string{
		"events.csv:3: events with a point outside every area: 2, this one first",
		"events.csv:3: events with a matter that is not in matters.csv: 2, first watse",
	}, got)
}
