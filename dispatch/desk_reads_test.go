package dispatch_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// worklistProperty: pages of any size put together are what sorting every matching
// open case by hand gives, and a case that moves between pages hides nobody else.
func worklistProperty(t *rapid.T) {
	d := fullDesk(t)
	now := fullDay(2, 9, 0)
	for i := range rapid.IntRange(0, 12).Draw(t, "cases") {
		now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minutes")) * time.Minute)
		event := fullEvent(dispatch.Code(fmt.Sprintf("E%d", i)), rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "wish", "noise"}).Draw(t, "matter"))
		event.Area = rapid.SampledFrom([]dispatch.Code{"G1", "G2"}).Draw(t, "area")
		deskDo(t, d, now, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
	}
	f := dispatch.Filter{
		Party:  rapid.SampledFrom([]dispatch.Code{"", "desk", "squad", "property"}).Draw(t, "party"),
		Area:   rapid.SampledFrom([]dispatch.Code{"", "", "G1"}).Draw(t, "in"),
		States: rapid.SampledFrom([][]dispatch.State{nil, nil, {"dispatched"}, {"filed", "offered"}}).Draw(t, "states"),
		Max:    rapid.IntRange(1, 5).Draw(t, "page"),
	}
	if rapid.Bool().Draw(t, "soon") {
		f.Due = dispatch.Interval{Until: fullDay(2, 10, 0)}
	}
	var want []dispatch.Case
	for c := range d.Open() {
		if (f.Party == "" || c.Answers.Party == f.Party) && (f.Area == "" || c.Area == f.Area) &&
			(f.States == nil || slices.Contains(f.States, c.State)) && (f.Due.Until.IsZero() || c.NextDue.Before(f.Due.Until)) {
			want = append(want, c)
		}
	}
	slices.SortFunc(want, func(a, b dispatch.Case) int { return cmp.Or(a.NextDue.Compare(b.NextDue), cmp.Compare(a.ID, b.ID)) })
	var got []dispatch.Case
	cursor := ""
	for {
		page, next, err := d.Worklist(f, cursor)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page), f.Max)
		got = append(got, page...)
		if next == "" {
			break
		}
		cursor = next
	}
	require.Equal(t, want, got)
	if len(got) > f.Max && cursor != "" { // the last case of a page ends; the next page is the same
		page, _, err := d.Worklist(f, cursor)
		require.NoError(t, err)
		gone := got[len(got)-len(page)-1].ID
		if out := deskDecide(t, d, now, dispatch.Withdraw{Case: gone}); out.Refusal == nil {
			deskApply(t, d, out.Entries)
		}
		after, _, err := d.Worklist(f, cursor)
		require.NoError(t, err)
		require.Equal(t, page, after)
	}
}

func TestWorklistPages(t *testing.T) { rapid.Check(t, worklistProperty) }

func FuzzWorklist(f *testing.F) { f.Fuzz(rapid.MakeFuzz(worklistProperty)) }

func TestWorklistRefusesForeignCursors(t *testing.T) {
	d := fullDesk(t)
	for _, bad := range []string{"x", "2026-03-02T09:00:00.000Z", "2026-03-02T09:00:00.000Z ", "E1", "0001-01-01T00:00:00.000Z E1"} {
		_, _, err := d.Worklist(dispatch.Filter{}, bad)
		require.ErrorIs(t, err, dispatch.ErrCursor, bad)
	}
}

// accountProperty: the spans of a case leave no gap and no overlap, and with the idle
// ones they sum up to the time from filing to the end or to now; at every instant the
// holder is whom the desk named then.
func accountProperty(t *rapid.T) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	now := fullDay(2, 9, 0)
	step := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		all = append(all, entries...)
	}
	step(deskDecide(t, d, now, dispatch.Install{Setup: twinSetup(t)}).Entries)
	step(deskDecide(t, d, now, dispatch.File{Event: fullEvent("E1", rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "wish"}).Draw(t, "matter"))}).Entries)
	step(deskDecide(t, d, now, dispatch.File{Event: fullEvent("E2", "waste")}).Entries)
	type seen struct {
		at    time.Time
		party dispatch.Code
	}
	var looks []seen
	for range rapid.IntRange(0, 30).Draw(t, "steps") {
		now = now.Add(time.Duration(rapid.IntRange(1, 40*60).Draw(t, "minutes")) * time.Minute)
		c := deskCase(t, d, "E1")
		verb := rapid.SampledFrom(twinLikely(string(c.State))).Draw(t, "verb")
		step(deskTickOnly(t, d, now))
		looks = append(looks, seen{now.Add(-time.Millisecond), ""}, seen{now, deskCase(t, d, "E1").Answers.Party})
		step(deskDecide(t, d, now, twinCommand(verb, "E1", "urban", now)).Entries)
		looks[len(looks)-1].at = now.Add(time.Millisecond)
		looks[len(looks)-1].party = deskCase(t, d, "E1").Answers.Party
		now = now.Add(time.Second)
	}
	a, err := dispatch.Accountability("E1", slices.Values(all), now)
	require.NoError(t, err)
	spans := slices.Concat(a.Spans, a.Idle)
	slices.SortFunc(spans, func(a, b dispatch.Span) int { return a.From.Compare(b.From) })
	at, sum := fullDay(2, 9, 0).UTC(), time.Duration(0)
	for _, s := range spans {
		require.Equal(t, at, s.From, "gap or overlap")
		require.Equal(t, s.State.Open(), s.Party != "")
		at = s.Until
		sum += s.Length()
	}
	end := now
	if c := deskCase(t, d, "E1"); !c.State.Open() {
		end = at // nobody holds it after the end
		require.True(t, c.FiledAt.Add(sum).Equal(at))
	}
	require.True(t, end.Equal(fullDay(2, 9, 0).Add(sum)), "sum of spans %s", sum)
	held := time.Duration(0)
	for _, each := range a.Held() {
		held += each
	}
	for _, s := range a.Idle {
		held += s.Length()
	}
	require.Equal(t, sum, held)
	for _, look := range looks {
		for _, s := range spans {
			if look.party != "" && !look.at.Before(s.From) && look.at.Before(s.Until) {
				require.Equal(t, look.party, s.Party, "at %s", look.at)
			}
		}
	}
	n := 0
	for step, err := range dispatch.Trace("E1", slices.Values(all)) {
		require.NoError(t, err)
		require.Equal(t, dispatch.Code("E1"), step.Entry.Case)
		require.Equal(t, step.State.Open(), step.Answers.Party != "")
		n++
	}
	require.Equal(t, int(deskCase(t, d, "E1").Version), n)
}

func TestAccountabilityLeavesNothingOut(t *testing.T) { rapid.Check(t, accountProperty) }

func FuzzAccountability(f *testing.F) { f.Fuzz(rapid.MakeFuzz(accountProperty)) }

func TestAccountabilityByHand(t *testing.T) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	step := func(at time.Time, do dispatch.Do) { all = append(all, deskDo(t, d, at, do)...) }
	step(fullDay(1, 0, 0), dispatch.Install{Setup: fullStreet(t)})
	step(fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E1", "waste")})
	step(fullDay(2, 9, 5), dispatch.Register{Case: "E1"})
	step(fullDay(2, 9, 10), dispatch.Dispatch{Case: "E1"})
	step(fullDay(2, 9, 20), dispatch.Return{Case: "E1", Basis: "law", Party: "property"})
	step(fullDay(2, 11, 0), dispatch.AcceptReturn{Case: "E1"})
	step(fullDay(2, 11, 10), dispatch.Ack{Case: "E1"})
	a, err := dispatch.Accountability("E1", slices.Values(all), fullDay(2, 12, 0))
	require.NoError(t, err)
	require.Equal(t, map[dispatch.Code]time.Duration{
		"desk": 10 * time.Minute, "squad": 110 * time.Minute, "property": 60 * time.Minute,
	}, a.Held())
	require.Equal(t, []dispatch.Clock{dispatch.ReturnClock, dispatch.HandleClock, dispatch.TotalClock, dispatch.LadderClock}, a.Spans[3].Clocks)
	_, err = dispatch.Accountability("E7", slices.Values(all), fullDay(2, 12, 0))
	require.ErrorIs(t, err, dispatch.ErrEntry)
	for _, err := range dispatch.Trace("E1", slices.Values(all[2:])) {
		require.ErrorIs(t, err, dispatch.ErrEntry, "the filing is missing")
	}
}

func TestNoticesSayWhoWhyAndWithWhichCard(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lamp", dispatch.StateDispatched)
	since := d.Seq()
	deskTick(t, d, fullDay(9, 9, 0))
	type told struct {
		to   dispatch.Code
		why  string
		card dispatch.Card
	}
	var got []told
	for _, n := range d.Notices(fullDay(3, 0, 0), since) {
		require.Equal(t, dispatch.Code("E1"), n.Case)
		require.Greater(t, n.Seq, since)
		got = append(got, told{n.To, n.Why, n.Card})
	}
	require.Equal(t, []told{
		{"property", "ack_deemed", ""}, {"foreman", "ladder_raised", ""}, {"property", "ladder_raised", ""},
		{"property", "stage_overdue", ""}, {"property", "total_overdue", ""},
		{"leader", "ladder_raised", dispatch.YellowCard}, {"property", "ladder_raised", dispatch.YellowCard},
		{"district", "ladder_raised", dispatch.RedCard}, {"property", "ladder_raised", dispatch.RedCard},
	}, got)
	require.Empty(t, d.Notices(fullDay(9, 9, 0), d.Seq()))
	push := fullAt(t, fullDay(2, 9, 0), "gas", dispatch.StateDispatched)
	var to []dispatch.Code
	for _, n := range push.Notices(fullDay(9, 9, 0), push.Seq()-1) {
		to = append(to, n.To)
	}
	require.Equal(t, []dispatch.Code{"gasworks", "sanitation", "urban"}, to, "one push tells them all")
}

func TestNoticesAreBoundedAndTheLatestStay(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lamp", dispatch.StateDispatched)
	deskTick(t, d, fullDay(2, 9, 0).AddDate(60, 0, 0))
	all := d.Notices(fullDay(2, 9, 0).AddDate(60, 0, 0), 0)
	require.NotEmpty(t, all)
	require.LessOrEqual(t, len(all), 3*dispatch.NoticesMax)
	require.True(t, slices.IsSortedFunc(all, func(a, b dispatch.Notice) int { return cmp.Compare(a.Seq, b.Seq) }))
	require.Equal(t, d.Seq(), all[len(all)-1].Seq)
}
