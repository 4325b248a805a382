package council_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

func TestPrecedence(t *testing.T) { require.Equal(t, precedence, council.RefusalCodes()) }

// TestTexts: every code has an English and a Chinese text with the same arguments.
func TestTexts(t *testing.T) {
	slot := regexp.MustCompile(`\{(\d)\}`)
	for _, code := range council.RefusalCodes() {
		en, zh := council.Refusal{Code: code}.Text("en"), council.Refusal{Code: code}.Text("zh")
		require.NotEqual(t, code, en)
		require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), zh)
		require.False(t, strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }), en)
		used := func(s string) []string {
			var list []string
			for _, m := range slot.FindAllStringSubmatch(s, -1) {
				list = append(list, m[1])
			}
			return slices.Compact(slices.Sorted(slices.Values(list)))
		}
		require.Equal(t, used(en), used(zh), code)
		require.NotEmpty(t, used(en))
		for i, u := range used(en) {
			require.Equal(t, strconv.Itoa(i), u)
		}
	}
	r := council.Refusal{Code: council.NoQuorum, Args: []string{"g", "5", "6"}}
	require.Equal(t, "meeting g has no quorum: 5 present, 6 needed", r.Text("en"))
	require.Equal(t, "会议g未达法定人数：到会5人，至少要6人", r.Text("zh"))
}

// TestPairs: where two reasons apply at once, the first in the documented order is
// given. TestModel checks the same of whatever reasons meet by chance.
func TestPairs(t *testing.T) {
	late := plain()
	late.MembersMin, late.Quorum = 4, council.Ratio{Num: 1, Den: 1}
	h := fresh(t)
	h.m = council.NewMinutes(bosses{})
	h.ok(founded("c", late, ""), founded("old", plain(), ""), council.Dissolve{Council: "old"}, founded("low", plain(), "c"), founded("meet", council.Presets()[3].Rules, ""))
	for _, c := range []council.Code{"c", "meet"} {
		for _, p := range people(3) {
			h.ok(council.Seat{Council: c, Person: p, Capacity: "居民", Vote: p != "pac"})
		}
	}
	h.ok(council.Raise{Topic: "x", Council: "low", Title: "x"})
	h.ok(council.Convene{Meeting: "later", Council: "c", For: noon})
	h.session("g", 1, "t")
	h.ok(council.Raise{Topic: "off", Council: "c", Title: "off"}, council.Raise{Topic: "gone", Council: "c", Title: "gone"}, council.Withdraw{Topic: "gone"})
	h.ok(council.Convene{Meeting: "m", Council: "meet", For: noon}, council.Raise{Topic: "mt", Council: "meet", Title: "mt", Meeting: "m"}, council.Open{Meeting: "m", Present: people(3)})
	nobody := council.Actor{Person: "nobody"}
	due := noon.Add(-time.Hour)
	for _, c := range []struct {
		actor  council.Actor
		expect uint64
		do     council.Do
		want   string
	}{
		{nobody, 9, founded("c", late, "none"), "council-exists"},
		{nobody, 9, founded("n", late, "none"), "no-council"},
		{nobody, 9, founded("n", late, "old"), "no-right"},
		{council.Actor{}, 9, founded("n", late, "old"), "stale"},
		{council.Actor{}, 0, founded("n", late, "old"), "dissolved"},
		{nobody, 99, council.Amend{Council: "c", Rules: late, RisesTo: "low"}, "no-right"},
		{council.Actor{}, 99, council.Amend{Council: "c", Rules: late, RisesTo: "low"}, "stale"},
		{council.Actor{}, 0, council.Amend{Council: "c", Rules: late, RisesTo: "low"}, "cycle"},
		{council.Actor{}, 0, council.Dissolve{Council: "c"}, "rises-here"},
		{council.Actor{}, 0, council.Dissolve{Council: "meet"}, "meeting-pending"},
		{council.Actor{}, 0, council.Dissolve{Council: "low"}, "topics-pending"},
		{nobody, 9, council.Convene{Meeting: "g", Council: "none", For: noon}, "no-council"},
		{nobody, 9, council.Convene{Meeting: "g", Council: "old", For: noon, Agenda: []council.Code{"none"}}, "meeting-exists"},
		{nobody, 9, council.Convene{Meeting: "n", Council: "old", For: noon, Agenda: []council.Code{"none"}}, "no-topic"},
		{council.Actor{}, 0, council.Convene{Meeting: "n", Council: "old", For: noon, Agenda: []council.Code{"gone"}}, "dissolved"},
		{council.Actor{}, 0, council.Convene{Meeting: "n", Council: "low", For: noon, Agenda: []council.Code{"t", "gone"}}, "wrong-state"},
		{council.Actor{}, 0, council.Convene{Meeting: "n", Council: "low", For: noon, Agenda: []council.Code{"t"}}, "other-council"},
		{council.Actor{}, 0, council.Convene{Meeting: "n", Council: "c", For: noon, Agenda: []council.Code{"t", "x"}}, "other-council"},
		{council.Actor{}, 0, council.Convene{Meeting: "n", Council: "c", For: noon, Agenda: []council.Code{"t"}}, "on-agenda"},
		{nobody, 9, council.Open{Meeting: "g", Present: []council.Code{"guest"}}, "no-right"},
		{council.Actor{}, 0, council.Open{Meeting: "g", Present: []council.Code{"guest"}}, "wrong-state"},
		{council.Actor{}, 0, council.Open{Meeting: "later", Present: []council.Code{"guest"}}, "in-session"},
		{council.Actor{}, 0, council.Attend{Meeting: "g", Arrived: []council.Code{"guest"}, Left: []council.Code{"pab"}}, "not-seated"},
		{council.Actor{}, 9, council.Raise{Topic: "t", Council: "none", Meeting: "none", Title: "x"}, "no-council"},
		{council.Actor{}, 9, council.Raise{Topic: "t", Council: "old", Meeting: "none", Title: "x"}, "no-meeting"},
		{council.Actor{}, 9, council.Raise{Topic: "t", Council: "old", Title: "x"}, "topic-exists"},
		{nobody, 9, council.Vote{Topic: "gone", Person: "pac", Choice: "yes"}, "stale"},
		{nobody, 0, council.Vote{Topic: "gone", Person: "pac", Choice: "yes"}, "wrong-state"},
		{nobody, 0, council.Vote{Topic: "x", Person: "pac", Choice: "yes"}, "not-in-session"},
		{nobody, 0, council.Vote{Topic: "off", Person: "pac", Choice: "yes"}, "not-on-agenda"},
		{nobody, 0, council.Vote{Topic: "mt", Person: "pac", Choice: "yes"}, "by-consensus"},
		{nobody, 0, council.Vote{Topic: "t", Person: "guest", Choice: "yes"}, "not-own"},
		{council.Actor{}, 0, council.Vote{Topic: "t", Person: "guest", Choice: "yes"}, "not-seated"},
		{council.Actor{}, 0, council.Vote{Topic: "t", Person: "pac", Choice: "yes"}, "no-vote"},
		{council.Actor{}, 0, council.Vote{Topic: "t", Person: "pab", Choice: "yes"}, "not-present"},
		{council.Actor{}, 0, council.Vote{Topic: "t", Person: "paa", Choice: "yes"}, "too-few"},
		{council.Actor{}, 0, council.Tally{Topic: "t", Yes: 9}, "too-few"},
		{council.Actor{}, 0, council.Resolve{Topic: "t", Result: "passed"}, "too-few"},
		{council.Actor{}, 0, council.Resolve{Topic: "mt", Owner: "o", Due: due}, "result-needed"},
		{council.Actor{}, 0, council.Resolve{Topic: "mt", Result: "passed", Owner: "o", Due: due}, "past"},
		{council.Actor{}, 0, council.Rise{Topic: "gone"}, "wrong-state"},
		{council.Actor{}, 0, council.Rise{Topic: "t"}, "at-top"},
	} {
		o, err := h.m.Decide(h.at, council.Command{Actor: c.actor, Expect: c.expect, Do: c.do})
		require.NoError(t, err)
		require.NotNil(t, o.Refusal, "%#v", c.do)
		require.Equal(t, c.want, o.Refusal.Code, "%#v", c.do)
	}
	h.ok(council.Seat{Council: "c", Person: "p3", Capacity: "居民", Vote: true}, council.Seat{Council: "c", Person: "p4", Capacity: "居民", Vote: true})
	h.no("no-quorum", council.Tally{Topic: "t", Yes: 9}, "g", "1", "4") // and one vote too many
	h.no("seat-overlaps", council.Seat{Council: "c", Person: "p4", Capacity: "居民", Until: noon.Add(day)})
	h.no("past", council.Seat{Council: "c", Person: "p5", Capacity: "居民", Until: noon}, "p5", "2026-03-02T04:00:00.000Z")
}

// TestKeys: a keyed refusal is recorded and stands; the seat that makes it possible
// later does not change it.
func TestKeys(t *testing.T) {
	h := assembly(t, plain(), 2)
	h.session("g", 2, "t")
	cmd := council.Command{Key: "k", Do: council.Vote{Topic: "t", Person: "new", Choice: council.Yes}}
	hash := h.m.Hash()
	o := h.try(cmd)
	require.Equal(t, "not-seated", o.Refusal.Code)
	require.Len(t, o.Entries, 1)
	require.Equal(t, hash, h.m.Hash(), "a refusal changes nothing but the sequence and the keys")
	h.ok(council.Seat{Council: "c", Person: "new", Capacity: "居民", Vote: true}, council.Attend{Meeting: "g", Arrived: []council.Code{"new"}})
	again := h.try(cmd)
	require.True(t, again.Replayed)
	require.Equal(t, o.Refusal, again.Refusal)
	require.Equal(t, o.Seq, again.Seq)
	again.Refusal.Args[0] = "changed"
	require.Equal(t, "new", h.try(cmd).Refusal.Args[0])
}

// TestRefusedBehindTheFirings: a keyed refusal comes behind what was due before it,
// an unkeyed one records nothing; and a late firing does not turn time back.
func TestRefusedBehindTheFirings(t *testing.T) {
	h := ladder(t, council.KindCouncil, 3)
	h.ok(council.Raise{Topic: "t", Council: "block", Title: "路灯"})
	h.pass("block", "g", noon.Add(day), "t")
	h.at = noon.Add(2 * day)
	h.no("wrong-state", council.Withdraw{Topic: "t"})
	h.ok(council.Raise{Topic: "u", Council: "block", Title: "别的"})
	seq := h.m.Seq()
	o := h.try(council.Command{Key: "k", Do: council.Withdraw{Topic: "t"}})
	require.Equal(t, []string{"03 04:00:00.001 overdue", "04 04:00:00.000 refused"}, log(o.Entries))
	require.Equal(t, seq+2, o.Seq)
	h.ok(council.Raise{Topic: "v", Council: "block", Title: "别的"})
	h.at = noon.Add(9 * day)
	h.ok(council.Raise{Topic: "w", Council: "block", Title: "别的"})
	require.Len(t, h.tick(h.at), 3)
	_, err := h.m.Decide(h.at.Add(-time.Millisecond), council.Command{Do: council.Withdraw{Topic: "w"}})
	require.ErrorIs(t, err, council.ErrTimeBack)
}

// TestTickIsBounded: minutes that slept for long wake in bounded steps, and a
// command that would bring along too much says so.
func TestTickIsBounded(t *testing.T) {
	h := ladder(t, council.KindCouncil, council.ReviewsMax)
	for i := range 200 {
		h.ok(council.Raise{Topic: council.Code("t" + strconv.Itoa(i)), Council: "street", Title: "x"})
	}
	h.ok(council.Convene{Meeting: "g", Council: "street", For: noon, Agenda: func() (list []council.Code) {
		for v := range h.m.Topics("street") {
			list = append(list, v.ID)
		}
		return list
	}()}, council.Open{Meeting: "g", Present: []council.Code{"li"}})
	for v := range h.m.Topics("street") {
		h.ok(council.Resolve{Topic: v.ID, Result: council.Passed, Owner: "o", Due: noon.Add(day)})
	}
	later := noon.Add(1000 * day)
	o, err := h.m.Tick(later)
	require.NoError(t, err)
	require.True(t, o.More)
	require.Len(t, o.Entries, council.TickMax)
	_, err = h.m.Decide(later, council.Command{Do: council.Publish{Council: "street"}})
	require.ErrorIs(t, err, council.ErrBehind)
	_, ok := h.m.Bulletin("street", council.Interval{}, later)
	require.False(t, ok)
	steps := 0
	for more := true; more; steps++ {
		o, err := h.m.Tick(later)
		require.NoError(t, err)
		h.apply(o.Entries)
		more = o.More
	}
	require.Equal(t, (200*500+council.TickMax-1)/council.TickMax, steps)
	require.True(t, slices.IsSortedFunc(h.entries[len(h.entries)-200*500:], func(a, b council.Entry) int { return a.At.Compare(b.At) }))
	end := time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC)
	h2 := ladder(t, council.KindCouncil, 0)
	h2.at = end.Add(-time.Hour)
	h2.ok(council.Raise{Topic: "t", Council: "block", Title: "x"})
	h2.pass("block", "g", end.Add(-time.Minute), "t")
	require.Len(t, h2.tick(end), 1)
	require.Equal(t, end, h2.topic("t").NextDue, "the last instant there is")
}
