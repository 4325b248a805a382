package duplicate

import (
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// Candidates answers what a report may repeat, best first, in the order of the
// package: the first CandidatesMax of them and how many more there are. It answers
// none for a report that Add would refuse for its fields. What is open under the
// report's own id is left out, so a case that is open may be asked about too.
//
// It has none either where the policy of its matter is Off.
//
// It looks at all open reports of the asset, and at those of the matter and its
// siblings within the Policy.Window in at most nine cells, a few more near a pole,
// each as wide as the widest Policy.Radius of the group; of these it measures those
// that are not too far in a plane. The answer costs one allocation.
func (x *Index) Candidates(r Report) (best []Candidate, more int) {
	var s search
	if !s.begin(x, &r) {
		return nil, 0
	}
	s.assets()
	s.places()
	if s.n == 0 {
		return nil, 0
	}
	slices.SortFunc(s.best[:s.n], func(a, b found) int {
		if x.before(&a, &b) {
			return -1
		}
		return 1
	})
	best = make([]Candidate, s.n)
	for i := range best {
		best[i] = s.candidate(&s.best[i])
	}
	return best, s.more
}

// Best answers the first of Candidates, whether it may be merged unasked, and
// whether there is one. It may be when the policy of the report's matter is Auto and
// the score is at least its Threshold.
func (x *Index) Best(r Report) (best Candidate, auto, ok bool) {
	list, _ := x.Candidates(r)
	if len(list) == 0 {
		return Candidate{}, false, false
	}
	p := x.policies.rule(r.Matter)
	return list[0], p.mode == Auto && list[0].Score >= p.threshold, true
}

// search is one question.
type search struct {
	x       *Index
	entry   entry
	rule    rule
	matter  int64 // its number; -1 when no open report has it
	channel int64 // likewise
	at      orb.Point
	floor   geodesy.Floor
	best    [CandidatesMax]found // a heap, the last one in the order at the root
	n, more int
}

// begin reports whether the report is to be asked about.
func (s *search) begin(x *Index, r *Report) bool {
	var faults Errors
	s.entry = read(r, &faults)
	if len(faults.Faults) > 0 {
		return false
	}
	if s.rule = x.policies.rule(r.Matter); s.rule.mode == Off {
		return false
	}
	s.x = x
	s.matter, s.channel = x.matters.number(string(r.Matter)), x.channels.number(r.Channel)
	return true
}

// number is that of a string in use, -1 for any other.
func (n *names) number(s string) int64 {
	if i, ok := n.index[s]; ok {
		return int64(i)
	}
	return -1
}

// kin is how a matter stands to the report's.
func (s *search) kin(matter uint32) Kin {
	switch {
	case int64(matter) == s.matter:
		return SameMatter
	case s.rule.group >= 0 && s.rule.group == s.x.rules[matter].group:
		return SiblingMatter
	}
	return OtherMatter
}

// assets takes in what has the report's asset.
func (s *search) assets() {
	if s.entry.asset == "" {
		return
	}
	for _, slot := range s.x.byAsset[s.entry.asset] {
		e := &s.x.slots[slot]
		if e.id == s.entry.id {
			continue
		}
		f := found{slot: slot, asset: true, kin: s.kin(e.matter), placed: e.placed && s.entry.placed}
		f.score = s.rule.score(&f, apart(s.entry.at, e.at))
		s.add(f)
	}
}

func apart(a, b int64) int64 { return max(a-b, b-a) }

// places takes in what is near by and not long ago, but for what assets did.
func (s *search) places() {
	if !s.entry.placed || s.rule.group < 0 && s.matter < 0 {
		return
	}
	of, l := s.x.bucket(&s.rule, uint32(max(0, s.matter)))
	s.at = s.entry.place.degrees()
	s.floor = geodesy.FloorFrom(s.at)
	most := float64(s.rule.radius+1) / 1000
	l.around(s.entry.place, s.rule.radius, func(row, col int32) {
		list := s.x.byPlace[cell{of, row, col}]
		first := s.since(list)
		for _, slot := range list[first:] {
			e := &s.x.slots[slot]
			if e.at > s.entry.at+s.rule.window {
				break
			}
			if e.id == s.entry.id || e.asset != "" && e.asset == s.entry.asset {
				continue
			}
			p := e.place.degrees()
			if s.floor.Quick(p, p) > most {
				continue
			}
			f := found{slot: slot, kin: s.kin(e.matter), placed: true, away: away(s.at, p)}
			if f.away > s.rule.radius {
				continue
			}
			f.score = s.rule.score(&f, apart(s.entry.at, e.at))
			s.add(f)
		}
	})
}

// since is where what is in the window begins.
func (s *search) since(list []uint32) int {
	earliest := s.entry.at - s.rule.window
	low, high := 0, len(list)
	for low < high {
		if mid := (low + high) / 2; s.x.slots[list[mid]].at < earliest {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// add keeps a candidate if it is one of the best so far.
func (s *search) add(f found) {
	if s.n < len(s.best) {
		i := s.n
		s.n++
		for i > 0 && s.x.before(&s.best[(i-1)/2], &f) {
			s.best[i], i = s.best[(i-1)/2], (i-1)/2
		}
		s.best[i] = f
		return
	}
	s.more++
	if !s.x.before(&f, &s.best[0]) {
		return
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= s.n {
			break
		}
		if down+1 < s.n && s.x.before(&s.best[down], &s.best[down+1]) {
			down++
		}
		if !s.x.before(&f, &s.best[down]) {
			break
		}
		s.best[i], i = s.best[down], down
	}
	s.best[i] = f
}

// candidate is what is answered.
func (s *search) candidate(f *found) Candidate {
	e := &s.x.slots[f.slot]
	c := Candidate{
		Case: e.id, Score: int(f.score), SameAsset: f.asset, Kin: f.kin, Matter: Code(s.x.matters.list[e.matter].text),
		Placed: f.placed, At: time.UnixMilli(e.at).UTC(), Apart: duration(s.entry.at - e.at),
		Channel: s.x.channels.list[e.channel].text, sameChannel: int64(e.channel) == s.channel,
	}
	if f.asset {
		c.Asset = e.asset
		if f.placed {
			f.away = away(s.entry.place.degrees(), e.place.degrees())
		}
	}
	if f.kin == SiblingMatter {
		c.Group = s.x.policies.groups[s.rule.group].code
	}
	c.Away = grid.Meters(float64(f.away) / 1000)
	return c
}

// duration is so many milliseconds, or the most that a Duration holds.
func duration(ms int64) time.Duration {
	const most = math.MaxInt64 / int64(time.Millisecond)
	return time.Duration(max(-most, min(ms, most))) * time.Millisecond
}
