package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// drawRoster picks a zone, an instant and a plan around it.
func drawRoster(t *rapid.T, exceptions int) (*time.Location, time.Time, roster.Plan, *roster.Roster) {
	loc := zone(rapid.SampledFrom(zones).Draw(t, "zone"))
	at := drawInstant(t, loc)
	y, m, d := at.In(loc).Date()
	plan := drawPlan(t, loc, roster.Date{Year: y, Month: m, Day: d}, exceptions)
	r, err := roster.New(loc, plan)
	require.NoError(t, err)
	return loc, at, plan, r
}

var posts = []roster.Code{"desk", "gate"}

// TestEveryMinute: At agrees with the naive walk at every minute.
func TestEveryMinute(t *testing.T) { rapid.Check(t, everyMinute) }

func FuzzEveryMinute(f *testing.F) { f.Fuzz(rapid.MakeFuzz(everyMinute)) }

func everyMinute(t *rapid.T) {
	loc, at, plan, r := drawRoster(t, 8)
	from, until := at.Add(-40*time.Hour), at.Add(40*time.Hour)
	w := newTwin(loc, plan, from, until)
	for _, post := range posts {
		var change time.Time // until when the last answer holds
		var last roster.Status
		for m := from; m.Before(until); m = m.Add(time.Minute) {
			on, off := w.at(post, m)
			got := r.At(post, m)
			if !slices.Equal(on, got.On) || !sameAbsences(off, got.Off) {
				t.Fatalf("%s at %s\nwant %v %v\ngot  %v %v", post, m.In(loc), on, off, got.On, got.Off)
			}
			if m.Before(change) || !last.Until.IsZero() && change.IsZero() {
				if !slices.Equal(last.On, got.On) {
					t.Fatalf("%s at %s: the answer should hold until %s", post, m, change)
				}
			}
			if !got.Until.IsZero() && !got.Until.After(m) {
				t.Fatalf("%s at %s: the answer holds until %s", post, m, got.Until)
			}
			change, last = got.Until, got
		}
	}
}

// sameAbsences compares what is said per rotation, whose absences of one kind are
// sorted by person in a Status.
func sameAbsences(a, b []roster.Absence) bool {
	return slices.Equal(a, b)
}

// TestShiftsAreTheStatus: shifts, gaps and duty say minute by minute what At says.
func TestShiftsAreTheStatus(t *testing.T) { rapid.Check(t, shiftsAreTheStatus) }

func FuzzShiftsAreTheStatus(f *testing.F) { f.Fuzz(rapid.MakeFuzz(shiftsAreTheStatus)) }

func shiftsAreTheStatus(t *rapid.T) {
	_, at, _, r := drawRoster(t, 8)
	from, until := at.Add(-30*time.Hour), at.Add(30*time.Hour)
	on := map[time.Time]map[roster.Code]bool{}
	for _, post := range posts {
		shifts := slices.Collect(r.Shifts(post, from, until))
		require.True(t, slices.IsSortedFunc(shifts, func(a, b roster.Shift) int { return a.From.Compare(b.From) }))
		for _, s := range shifts {
			require.True(t, s.From.Before(s.Until) && s.From.Before(until) && from.Before(s.Until), "%v", s)
		}
		inGaps := slices.Collect(r.Gaps(post, from, until, false))
		allGaps := slices.Collect(r.Gaps(post, from, until, true))
		next, turns := r.Next(post, from)
		for m := from; m.Before(until); m = m.Add(15 * time.Minute) {
			var want []roster.Code
			for _, s := range shifts {
				if !m.Before(s.From) && m.Before(s.Until) {
					want = append(want, s.Person)
					if on[m] == nil {
						on[m] = map[roster.Code]bool{}
					}
					on[m][s.Person] = true
				}
			}
			status := r.At(post, m)
			var got []roster.Code
			for _, s := range status.On {
				got = append(got, s.Person)
			}
			if turns && !m.Before(next) {
				next, turns = r.Next(post, m)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Fatalf("%s at %s: want %v, got %v", post, m, want, got)
			}
			inHours := status.Off != nil && status.Off[0].Reason != roster.OffHours && status.Off[0].Reason != roster.NoRotation
			require.Equal(t, len(got) == 0 && inHours, covers(inGaps, m, status), "gap in hours, %s at %s", post, m)
			require.Equal(t, len(got) == 0, covers(allGaps, m, status), "gap, %s at %s", post, m)
		}
	}
	for _, person := range people {
		var end time.Time
		var last bool
		for m := from; m.Before(until); m = m.Add(75 * time.Minute) {
			duty, until := r.Duty(person, m)
			require.Equal(t, on[m][person], duty, "%s at %s", person, m)
			if m.Before(end) {
				require.Equal(t, last, duty, "the answer holds until %s", end)
				require.True(t, far(end, m) || end.Equal(until), "%s: %s, then %s", person, end, until)
			}
			if !until.IsZero() && duty && !far(until, m) {
				now, _ := r.Duty(person, until)
				require.False(t, now, "%s is off at %s", person, until)
			}
			end, last = until, duty
		}
	}
}

// far reports whether the end is so far from m that Duty may know no more.
func far(end, m time.Time) bool { return end.After(m.AddDate(0, 0, roster.LookAhead-5)) }

// covers reports whether one of the gaps holds m, for the reasons of status.
func covers(gaps []roster.Gap, m time.Time, status roster.Status) bool {
	for _, g := range gaps {
		if !m.Before(g.From) && m.Before(g.Until) {
			return slices.Equal(g.Off, status.Off)
		}
	}
	return false
}

// TestOrderOfExceptions: the order of exceptions in the Plan means nothing.
func TestOrderOfExceptions(t *testing.T) { rapid.Check(t, orderOfExceptions) }

func FuzzOrderOfExceptions(f *testing.F) { f.Fuzz(rapid.MakeFuzz(orderOfExceptions)) }

func orderOfExceptions(t *rapid.T) {
	loc, at, plan, r := drawRoster(t, 10)
	plan.Exceptions = rapid.Permutation(plan.Exceptions).Draw(t, "shuffled")
	other, err := roster.New(loc, plan)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(r.Findings(), other.Findings()))
	for _, post := range posts {
		require.Empty(t, cmp.Diff(week(r, post, at), week(other, post, at)))
	}
}

// week lists the shifts of the nine days around at.
func week(r *roster.Roster, post roster.Code, at time.Time) []roster.Shift {
	return slices.Collect(r.Shifts(post, at.Add(-108*time.Hour), at.Add(108*time.Hour)))
}

// TestLaterJoins: whoever joins or leaves on a date changes no earlier shift.
func TestLaterJoins(t *testing.T) { rapid.Check(t, laterJoins) }

func FuzzLaterJoins(f *testing.F) { f.Fuzz(rapid.MakeFuzz(laterJoins)) }

func laterJoins(t *rapid.T) {
	loc, at, plan, r := drawRoster(t, 0)
	rotation := &plan.Rotations[0]
	members := slices.Clone(rotation.Members)
	change := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, loc)
	place := rapid.IntRange(0, len(members)).Draw(t, "place")
	if i := place - 1; i >= 0 && members[i].During.Until.IsZero() && members[i].During.From.Before(change) && rapid.Bool().Draw(t, "leaves") {
		members[i].During.Until = change
	} else {
		members = slices.Insert(members, place, roster.Member{Person: "newcomer", During: roster.Interval{From: change}})
	}
	rotation.Members = members
	later, err := roster.New(loc, plan)
	require.NoError(t, err)
	first := roster.Date{Year: change.Year(), Month: change.Month(), Day: change.Day()}
	for _, post := range posts {
		before := func(r *roster.Roster) []roster.Shift {
			return slices.DeleteFunc(week(r, post, at), func(s roster.Shift) bool { return s.Date.Compare(first) >= 0 })
		}
		require.Empty(t, cmp.Diff(before(r), before(later), cmpopts.EquateEmpty()))
	}
}

// TestSwapsConserveMinutes: swaps change who serves and never how long; taking the
// exceptions away again restores the roster.
func TestSwapsConserveMinutes(t *testing.T) { rapid.Check(t, swapsConserve) }

func FuzzSwapsConserveMinutes(f *testing.F) { f.Fuzz(rapid.MakeFuzz(swapsConserve)) }

func swapsConserve(t *rapid.T) {
	loc, at, plan, _ := drawRoster(t, 12)
	plan.Exceptions = slices.DeleteFunc(plan.Exceptions, func(e roster.Exception) bool { return e.Kind != roster.Swap })
	swapped, err := roster.New(loc, plan)
	require.NoError(t, err)
	plan.Exceptions = nil
	plain, err := roster.New(loc, plan)
	require.NoError(t, err)
	type slot struct {
		date  roster.Date
		from  time.Time
		until time.Time
	}
	for _, post := range posts {
		count := func(r *roster.Roster) map[slot]int {
			slots := map[slot]int{}
			for _, s := range week(r, post, at) {
				slots[slot{s.Date, s.From, s.Until}]++
			}
			return slots
		}
		require.Empty(t, cmp.Diff(count(plain), count(swapped)))
		for _, s := range week(swapped, post, at) {
			require.Equal(t, s.Why == roster.Swapped, s.For != "")
		}
	}
}
