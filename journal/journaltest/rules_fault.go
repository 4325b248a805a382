package journaltest

import (
	"errors"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

var faultRules = []Rule{
	{Name: "Crash", Says: "what was acknowledged outlives a crash", Needs: func(r *Rig) bool { return r.Crash != nil }, Check: crash},
	{Name: "Damage", Says: "damage is ErrCorrupt, never a shorter or other history", Needs: func(r *Rig) bool { return r.Damage != nil }, Check: damage},
	{Name: "Full", Says: "no space is ErrFull, and the store goes on when there is space again", Needs: func(r *Rig) bool { return r.Fill != nil }, Check: full},
	{Name: "UncertainWritten", Says: "a lost answer is ErrUncertain, and what was written is found", Needs: func(r *Rig) bool { return r.Cut != nil }, Check: func(t T, rig *Rig) { uncertain(t, rig, true) }},
	{Name: "UncertainLost", Says: "a lost answer is ErrUncertain, and what is not found never appears", Needs: func(r *Rig) bool { return r.Cut != nil }, Check: func(t T, rig *Rig) { uncertain(t, rig, false) }},
}

func crash(t T, rig *Rig) {
	want := withSecrets(t, rig.Store)
	s := rig.next(t, rig.Crash)
	holds(t, s, alpha, want)
	want = append(want, put(t, s, alpha, record(4), record(5))...)
	holds(t, rig.next(t, rig.Crash), alpha, want)
}

func damage(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 5)
	s, err := rig.Damage(alpha, 3)
	if err != nil {
		require.ErrorIs(t, err, journal.ErrCorrupt)
		return
	}
	rig.Store = s
	t.Cleanup(func() { _ = s.Close() })
	n := 0
	for r, err := range s.Read(t.Context(), alpha, 1) {
		if err != nil {
			require.ErrorIs(t, err, journal.ErrCorrupt)
			break
		}
		if n == 2 {
			break // a store may hand a changed record out; then Verify tells
		}
		same(t, want[n], r)
		n++
	}
	require.Equal(t, 2, n, "records before the damage")
	_, err = journal.Verify(t.Context(), s, alpha)
	require.ErrorIs(t, err, journal.ErrCorrupt)
	var f *journal.Fault
	require.ErrorAs(t, err, &f)
	require.Equal(t, journal.Seq(3), f.Seq, "first damaged record")
}

func full(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 2)
	free, err := rig.Fill()
	require.NoError(t, err)
	refused(t, rig.Store, batch(alpha, 2, keyed(2, "k", "b"), record(3)), journal.ErrFull)
	holds(t, rig.Store, alpha, want)
	free()
	want = append(want, put(t, rig.Store, alpha, keyed(2, "k", "b"), record(3))...)
	holds(t, rig.Store, alpha, want)
}

func uncertain(t T, rig *Rig, written bool) {
	want := fill(t, rig.Store, alpha, 2)
	lost := []journal.Record{keyed(2, "k", "b"), record(3)}
	sealed, _, err := journal.Seal(alpha, want[1].Head(), lost)
	require.NoError(t, err)
	rig.Cut(written)
	_, err = rig.Store.Append(t.Context(), batch(alpha, 2, lost...))
	require.ErrorIs(t, err, journal.ErrUncertain)
	got, err := rig.Store.Find(t.Context(), alpha, lost[0].Key)
	if written {
		require.NoError(t, err)
		same(t, sealed[0], got)
		holds(t, rig.Store, alpha, append(want, sealed...))
		return
	}
	require.True(t, errors.Is(err, journal.ErrNotFound), "the key of a batch that was lost")
	holds(t, rig.Store, alpha, want)
	holds(t, rig.Store, alpha, append(want, put(t, rig.Store, alpha, lost...)...))
}
