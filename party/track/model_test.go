package track_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/track"
)

// machine drives a Tracker and its twin. A step of time is a millisecond, so that
// every edge is met.
type machine struct {
	t     *track.Tracker
	twin  *twin
	now   time.Time
	about orb.Point
}

func code(t *rapid.T) track.Code {
	return track.Code(fmt.Sprintf("p%02d", rapid.IntRange(0, 39).Draw(t, "person")))
}

func ms(t *rapid.T, low, high int64, label string) time.Duration {
	return time.Duration(rapid.Int64Range(low, high).Draw(t, label)) * time.Millisecond
}

// place is near the machine's place, often at the same, or anywhere.
func (m *machine) place(t *rapid.T) orb.Point {
	reach := rapid.SampledFrom([]float64{0, 1e-7, 1e-6, 1e-4, 0.02, 3}).Draw(t, "reach")
	p := orb.Point{
		m.about[0] + reach*float64(rapid.IntRange(-4, 4).Draw(t, "east")),
		m.about[1] + reach*float64(rapid.IntRange(-4, 4).Draw(t, "north")),
	}
	if p[0] > 180 {
		p[0] -= 360
	}
	return orb.Point{max(-180, p[0]), min(90, max(-90, p[1]))}
}

func (m *machine) fix(t *rapid.T) track.Fix {
	f := track.Fix{
		Person: code(t), At: m.now.Add(ms(t, -12, 4, "at")), Point: m.place(t),
		Accuracy: grid.Meters(rapid.IntRange(0, 9).Draw(t, "accuracy")),
	}
	switch rapid.IntRange(0, 29).Draw(t, "bad") {
	case 0:
		f.Point[rapid.IntRange(0, 1).Draw(t, "axis")] = rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), 181}).Draw(t, "number")
	case 1:
		f.Accuracy = grid.Meters(rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), -1, 7.9999}).Draw(t, "number"))
	case 2:
		f.At = rapid.SampledFrom([]time.Time{{}, time.Unix(1<<60, 0), start.AddDate(9000, 0, 0), f.At.Add(999_999)}).Draw(t, "instant")
	}
	return f
}

func (m *machine) shifts(t *rapid.T) shifts {
	s := shifts{}
	edge := rapid.Int64Range(-30, 120)
	for i := range 40 {
		p := track.Code(fmt.Sprintf("p%02d", i))
		switch rapid.IntRange(0, 3).Draw(t, "shifts") {
		case 0:
			a, b := edge.Draw(t, "from"), edge.Draw(t, "until")
			s[p] = [][2]int64{{a, b}, {b + 3, b + 20}}
		case 1, 2:
			s[p] = [][2]int64{{-1e9, 1e9}}
		}
	}
	return s
}

func modelHolds(t *rapid.T) {
	o := track.Options{
		Retention: ms(t, 8, 30, "retention"), Late: ms(t, 1, 8, "late"), StaleAfter: ms(t, 1, 8, "stale"),
		Ahead: ms(t, 1, 3, "ahead"), MaxGap: ms(t, 1, 8, "gap"), Accuracy: 8,
		Speed: rapid.SampledFrom([]float64{1, 350}).Draw(t, "speed"),
		Fixes: rapid.IntRange(1, 7).Draw(t, "fixes"), People: rapid.SampledFrom([]int{3, 40}).Draw(t, "people"),
	}
	m := &machine{now: start, about: rapid.SampledFrom([]orb.Point{
		{114.06, 22.68}, {180, 0}, {-179.9999, 65}, {30, 89.9999}, {0, -90}, {0, 0},
	}).Draw(t, "about")}
	duties := m.shifts(t)
	var err error
	m.t, err = track.New(duties, o)
	require.NoError(t, err)
	m.twin = &twin{o: o, duties: duties, tracks: map[track.Code][]track.Fix{}, doubt: map[track.Code]track.Fix{}}
	t.Repeat(map[string]func(*rapid.T){
		"add": func(t *rapid.T) {
			f := m.fix(t)
			require.Equal(t, m.twin.add(m.now, f), m.t.Add(m.now, f), "%v %v %v", f, f.Point, f.Accuracy)
		},
		"batch": func(t *rapid.T) {
			var fixes []track.Fix
			want := []track.Verdict{track.Full}
			for range rapid.IntRange(0, 90).Draw(t, "n") {
				f := m.fix(t)
				fixes, want = append(fixes, f), append(want, m.twin.add(m.now, f))
			}
			require.Equal(t, want, m.t.AddBatch(m.now, fixes, []track.Verdict{track.Full}))
		},
		"time": func(*rapid.T) { m.now = m.now.Add(ms(t, -4, 12, "step")) },
		"expire": func(*rapid.T) {
			require.Equal(t, m.twin.expire(m.now), m.t.Expire(m.now))
		},
		"forget": func(t *rapid.T) {
			p := code(t)
			require.Equal(t, m.twin.forget(p), m.t.Forget(p))
		},
		"install": func(t *rapid.T) {
			m.twin.duties = m.shifts(t)
			m.t.Install(m.twin.duties)
		},
		"": m.same,
	})
}

// same compares every answer.
func (m *machine) same(t *rapid.T) {
	require.Equal(t, len(m.twin.tracks), m.t.People())
	require.Equal(t, m.twin.fixes(), m.t.Fixes())
	from, until := m.now.Add(ms(t, -30, 3, "from")), m.now.Add(ms(t, -30, 3, "until"))
	if rapid.IntRange(0, 3).Draw(t, "open") == 0 {
		from = time.Time{}
	}
	if diff := cmp.Diff(texts(m.twin.replay(from, until)), texts(slices.Collect(m.t.Replay(from, until)))); diff != "" {
		t.Fatalf("replay: %s", diff)
	}
	at := m.now.Add(ms(t, -10, 10, "at"))
	for i := range 40 {
		p := track.Code(fmt.Sprintf("p%02d", i))
		require.Equal(t, texts(m.twin.track(p, from, until)), texts(slices.Collect(m.t.Track(p, from, until))))
		wantFix, want := m.twin.position(p, at)
		gotFix, got := m.t.Position(p, at)
		require.Equal(t, want, got, "%s", p)
		require.Equal(t, texts([]track.Fix{wantFix}), texts([]track.Fix{gotFix}))
	}
	m.sameTimes(t, code(t), m.now.Add(-20*time.Millisecond), until)
	m.sameNearest(t)
}

// texts are fixes with all they hold; printed they would not show it.
func texts(fixes []track.Fix) (out []string) {
	for _, f := range fixes {
		out = append(out, fmt.Sprint(f.Person, " ", f.At.UnixMilli(), " ", f.Point[0], " ", f.Point[1], " ", f.Accuracy))
	}
	return out
}

func (m *machine) sameTimes(t *rapid.T, p track.Code, from, until time.Time) {
	of := func(p orb.Point) track.Code {
		return []track.Code{"", "west", "east"}[(int(math.Round(p[0]*1e7))%3+3)%3]
	}
	got := m.t.TimeIn(p, from, until, of)
	want := m.twin.timeIn(p, from, until, of)
	sum := got.Outside + got.Unknown
	for i, s := range got.By {
		require.Equal(t, want[s.Code], s.Time.Milliseconds(), "%s", s.Code)
		require.True(t, i == 0 || got.By[i-1].Code < s.Code)
		sum += s.Time
	}
	require.Equal(t, want["unknown"], got.Unknown.Milliseconds())
	require.Equal(t, want[""], got.Outside.Milliseconds())
	require.Equal(t, max(0, until.Sub(from)), sum)
}

func (m *machine) sameNearest(t *rapid.T) {
	w := track.Want{Point: m.place(t), K: rapid.IntRange(-1, 6).Draw(t, "k"), At: m.now.Add(ms(t, -5, 20, "asked at"))}
	w.Within = rapid.SampledFrom([]grid.Meters{0, 0, 0.011, 50, 4000}).Draw(t, "within")
	w.MaxAccuracy = rapid.SampledFrom([]grid.Meters{0, 5}).Draw(t, "exact")
	ends := func(p track.Code, digits string) bool { return strings.ContainsAny(string(p[2:]), digits) }
	if rapid.Bool().Draw(t, "picky") {
		w.Skills = []track.Code{"5", "6", "7"} // lacked by those with the digit
		w.Skilled = func(p, skill track.Code, _ time.Time) bool { return !ends(p, string(skill)) }
		w.Groups = []track.Code{"0123", "56789"}
		w.InGroup = func(p, group track.Code, _ time.Time) bool { return ends(p, string(group)) }
		w.Fit = func(p track.Code) (track.Code, bool) { return "uniform", !ends(p, "1") }
		w.Busy = func(p track.Code) (track.Code, bool) { return "case-1", ends(p, "2") }
	}
	chosen, passed, counts := m.twin.nearest(w)
	got := m.t.Nearest(w)
	require.Empty(t, cmp.Diff(chosen, got.Chosen))
	require.Empty(t, cmp.Diff(passed, got.Passed))
	require.Equal(t, max(0, w.K)-len(chosen), got.Short)
	for _, r := range track.Reasons() {
		require.Equal(t, counts[r], got.Count(r), "%s", r)
	}
}

func TestModel(t *testing.T) { rapid.Check(t, modelHolds) }
func FuzzModel(f *testing.F) { f.Fuzz(rapid.MakeFuzz(modelHolds)) }

// A crowd that moves: more people than a cell holds, so cells split and merge.
func crowdHolds(t *rapid.T) {
	o := track.Options{
		Retention: time.Hour, Late: time.Minute, StaleAfter: time.Minute, Ahead: time.Second, MaxGap: time.Minute,
		Accuracy: 100, Speed: 350, Fixes: 3, People: 2000,
	}
	m := &machine{now: start, about: rapid.SampledFrom([]orb.Point{{114, 22.5}, {179.9999, 60}, {-60, 89.999}, {10, -89.99999}}).Draw(t, "about")}
	duties := shifts{}
	var err error
	m.t, err = track.New(duties, o)
	require.NoError(t, err)
	m.twin = &twin{o: o, duties: duties, tracks: map[track.Code][]track.Fix{}, doubt: map[track.Code]track.Fix{}}
	n := rapid.SampledFrom([]int{9, 40, 200}).Draw(t, "people")
	for i := range n {
		duties[track.Code(fmt.Sprintf("p%03d", i))] = [][2]int64{{-1e9, 1e9}}
	}
	spread := rapid.SampledFrom([]float64{1e-7, 1e-5, 1e-3, 1}).Draw(t, "spread")
	seed := rapid.Uint64().Draw(t, "seed")
	draw := func() float64 { // evenly in [-1, 1), by a linear congruence
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11)/(1<<52) - 1
	}
	for range 4 {
		m.now = m.now.Add(30 * time.Second)
		for i := range n {
			if draw() > 0.4 {
				continue // does not report
			}
			p := orb.Point{m.about[0] + spread*draw(), min(90, max(-90, m.about[1]+spread*draw()))}
			if p[0] > 180 {
				p[0] -= 360
			}
			f := track.Fix{Person: track.Code(fmt.Sprintf("p%03d", i)), At: m.now, Point: p, Accuracy: 100}
			if m.twin.add(m.now, f) != m.t.Add(m.now, f) {
				t.Fatalf("%s is seen otherwise", f.Person)
			}
		}
		for range n / 2 {
			p := track.Code(fmt.Sprintf("p%03d", int(float64(n)*(draw()+1)/2)))
			require.Equal(t, m.twin.forget(p), m.t.Forget(p))
		}
		require.NoError(t, m.t.Check())
		m.sameNearest(t)
		m.sameNearest(t)
	}
}

func TestCrowd(t *testing.T) { rapid.Check(t, crowdHolds) }
func FuzzCrowd(f *testing.F) { f.Fuzz(rapid.MakeFuzz(crowdHolds)) }
