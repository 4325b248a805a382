package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// hashDerived are the fields of a case that follow from the others, or that no desk
// keeps.
var hashDerived = map[string]bool{
	".nearest": true, ".next": true, ".pos": true, // of the queues
	".event.Evidence": true, // stays in the entries
}

// hashProperty: whatever a case has come to, a change to any of its fields shows in the
// hash, so that nothing by which a desk decides is outside it.
func hashProperty(t *rapid.T) {
	d := dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	setup := fullStreet(t)
	deskDo(t, d, now, dispatch.Install{Setup: setup})
	deskDo(t, d, now, dispatch.Install{Setup: setup})
	matter := rapid.SampledFrom([]dispatch.Code{"waste", "gas", "wish", "lift", "lamp", "noise"}).Draw(t, "matter")
	event := fullEvent("E1", matter)
	event.Owners = ownersDrawn(t, "owners", 0)
	for _, do := range []dispatch.Do{dispatch.File{Event: event, Straight: true}, dispatch.File{Event: fullEvent("E0", matter), Straight: true}} {
		deskDo(t, d, now, do)
	}
	for range rapid.IntRange(0, 15).Draw(t, "steps") {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
		deskTick(t, d, now)
		state := string(deskCase(t, d, "E1").State)
		verb := rapid.SampledFrom(append(twinLikely(state), "note", "mend", "assign", "attach", "merge", "assist_done")).Draw(t, "verb")
		do := fullVerbs("E1", now)[verb]
		deskApply(t, d, deskDecide(t, d, now, do).Entries)
	}
	changed, unseen := dispatch.HashMutations(d, "E1")
	require.Greater(t, len(changed), 70)
	for _, path := range unseen {
		require.True(t, hashDerived[path], "the hash does not see %s", path)
	}
}

func TestHashSeesEveryField(t *testing.T) { rapid.Check(t, hashProperty) }

func FuzzDeskHash(f *testing.F) { f.Fuzz(rapid.MakeFuzz(hashProperty)) }
