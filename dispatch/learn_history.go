package dispatch

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// past is a checked history with matters and parties as small numbers, which
// follow the order of their codes.
type past struct {
	events   []pastEvent // by time, then id
	matters  []Code      // matter 0 is Any, then every matter and those above it, by code
	above    []int32     // the matter above; -1 for Any
	parties  []Code      // by code
	observed int         // distinct matters that cases name
	report   LearnReport
}

type pastEvent struct {
	id            Code
	matter, party int32
	area          grid.Ref
	at            time.Time
	weight        int64 // in weightOne-ths of a case
}

// weightOne is the weight of the latest case. Weights are integers so that sums
// do not depend on the order of the cases, nor on the processor.
const weightOne = 1 << 20

func readHistory(history []Handled, m *grid.Map) (*past, error) {
	if err := checkHistory(history, int64(areaCount(m))); err != nil {
		return nil, err
	}
	p := &past{report: LearnReport{Events: len(history)}}
	matters, parties := map[Code]int32{}, map[Code]int32{}
	for i, h := range history {
		if h.Party == "" {
			p.report.Left = append(p.report.Left, LeftOut{i, h.ID, Reason{Code: reasonNoParty}})
			continue
		}
		if _, ok := matters[h.Matter]; !ok {
			p.observed++
		}
		matters[h.Matter], parties[h.Party] = 1, 0
	}
	if len(parties) == 0 {
		return nil, ErrNoHistory
	}
	p.number(matters, parties)
	for _, h := range history {
		if h.Party == "" {
			continue
		}
		if h.Area == 0 {
			p.report.Unplaced++
		}
		p.events = append(p.events, pastEvent{h.ID, matters[h.Matter], parties[h.Party], h.Area, h.At, weightOne})
	}
	slices.SortFunc(p.events, func(a, b pastEvent) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	slices.SortFunc(p.report.Left, func(a, b LeftOut) int { return cmp.Compare(a.ID, b.ID) })
	p.report.Used, p.report.Matters, p.report.Parties = len(p.events), p.observed, len(p.parties)
	return p, nil
}

// number gives matters, with those above them, and parties their numbers.
func (p *past) number(matters, parties map[Code]int32) {
	for _, c := range sortedCodes(parties) {
		parties[c] = int32(len(p.parties))
		p.parties = append(p.parties, c)
	}
	for _, c := range sortedCodes(matters) {
		for up := ParentMatter(c); up != ""; up = ParentMatter(up) {
			if _, ok := matters[up]; ok {
				break
			}
			matters[up] = 1
		}
	}
	p.matters = append([]Code{Any}, sortedCodes(matters)...)
	p.above = make([]int32, len(p.matters))
	p.above[0] = -1
	for i, c := range p.matters[1:] {
		matters[c] = int32(i + 1)
	}
	for i, c := range p.matters[1:] {
		p.above[i+1] = matters[ParentMatter(c)] // "" is not there: 0, which is Any
	}
}

func sortedCodes(set map[Code]int32) []Code {
	out := make([]Code, 0, len(set))
	for c := range set {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// weigh gives each case half the weight per halfLife of age. Between halvings
// the weight falls on a straight line, which integers express exactly.
func (p *past) weigh(halfLife time.Duration) {
	first, last := p.events[0].at, p.events[len(p.events)-1].at
	half := halfLife.Milliseconds()
	switch {
	case halfLife == 0:
		half = (last.UnixMilli() - first.UnixMilli()) / 2
	case halfLife > 0:
		half = max(1, half)
	}
	if half <= 0 {
		return
	}
	for i := range p.events {
		e := &p.events[i]
		age := max(0, last.UnixMilli()-e.at.UnixMilli())
		halvings := min(age/half, 20)
		full := int64(weightOne) >> halvings
		// 1024 steps between two halvings keep the product far from overflow.
		step := int64(float64(age%half) / float64(half) * 1024)
		e.weight = max(1, full-full*step/2048)
	}
}

// anyUnits lets every area pass.
const anyUnits = math.MaxUint32

// checkHistory reports every fault; units is the number of units of the Map.
func checkHistory(history []Handled, units int64) error {
	if len(history) > HandledMax {
		return ErrTooManyHandled
	}
	var f historyFaults
	first := make(map[Code]bool, len(history))
	for i, h := range history {
		if err := code.Check(h.ID); err != nil {
			f.add(i, h.ID, string(h.ID), ErrHandledID, err)
		} else if first[h.ID] {
			f.add(i, h.ID, string(h.ID), ErrHandledTwice, nil)
		}
		first[h.ID] = true
		if err := code.Check(h.Matter); err != nil {
			f.add(i, h.ID, string(h.Matter), ErrHandledMatter, err)
		}
		if h.Party != "" {
			if err := code.Check(h.Party); err != nil {
				f.add(i, h.ID, string(h.Party), ErrHandledParty, err)
			}
		}
		if int64(h.Area) > units {
			f.add(i, h.ID, strconv.FormatUint(uint64(h.Area), 10), ErrHandledArea, nil)
		}
		if h.At.IsZero() {
			f.add(i, h.ID, "", ErrHandledAt, nil)
		}
	}
	return f.err()
}
