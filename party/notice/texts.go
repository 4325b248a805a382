package notice

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// ErrOverlap marks a text of an area that is in force while another one is.
var ErrOverlap = errors.New("area has another text at the same time")

// Board is what an area says about itself during an interval.
type Board struct {
	Area   Code
	Facts  string // 基本情况
	Goals  string // 治理目标
	During party.Interval
}

// Texts holds every version of every area's texts. It is immutable and safe for
// concurrent use. A nil Texts is empty.
type Texts struct{ boards map[Code][]Board } // in the order of time

// NewTexts checks the boards, in any order. All faults are reported at once as a
// *party.BuildError whose list is "boards": party.ErrTooMany alone, party.ErrCode,
// party.ErrInterval, party.ErrNotMillis, and ErrOverlap at the later of two boards
// of an area that share an instant, which is said only when nothing else is wrong.
// An area need not be on any map: texts outlive maps. O(n log n).
func NewTexts(boards []Board) (*Texts, error) {
	if len(boards) > party.EntriesMax {
		return nil, refuse([]*party.Error{{List: "boards", Index: party.EntriesMax, Value: fmt.Sprint(len(boards)), Err: party.ErrTooMany}})
	}
	var faults []*party.Error
	byArea := map[Code][]int{}
	for i, b := range boards {
		byArea[b.Area] = append(byArea[b.Area], i)
		fault := func(field string, err error) {
			faults = append(faults, &party.Error{List: "boards", Index: i, Code: b.Area, Field: field, Err: err})
		}
		if err := code.Check(b.Area); err != nil {
			fault("area", fmt.Errorf("%w: %w", party.ErrCode, err))
		}
		if b.During.From.Nanosecond()%int(time.Millisecond) != 0 {
			fault("from", party.ErrNotMillis)
		}
		if !b.During.Valid() {
			fault("until", party.ErrInterval)
		}
		if b.During.Until.Nanosecond()%int(time.Millisecond) != 0 {
			fault("until", party.ErrNotMillis)
		}
	}
	if len(faults) > 0 {
		return nil, refuse(faults)
	}
	t := &Texts{boards: make(map[Code][]Board, len(byArea))}
	for area, list := range byArea {
		slices.SortFunc(list, func(i, j int) int {
			return cmp.Or(boards[i].During.From.Compare(boards[j].During.From), cmp.Compare(i, j))
		})
		last := list[0] // the board that ends last so far
		for k, i := range list {
			if k > 0 && boards[i].During.Meets(boards[last].During) {
				faults = append(faults, &party.Error{List: "boards", Index: i, Code: area, Field: "from", Err: ErrOverlap})
			}
			if until := boards[last].During.Until; !until.IsZero() && (boards[i].During.Until.IsZero() || boards[i].During.Until.After(until)) {
				last = i
			}
			t.boards[area] = append(t.boards[area], boards[i])
		}
	}
	if len(faults) > 0 {
		return nil, refuse(faults)
	}
	return t, nil
}

// refuse is the error of these faults, by index and field.
func refuse(faults []*party.Error) error {
	slices.SortStableFunc(faults, func(a, b *party.Error) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Field, b.Field))
	})
	kept := faults[:min(len(faults), party.FaultsMax)]
	return &party.BuildError{Faults: kept, Left: len(faults) - len(kept)}
}

// At answers the texts of an area in force at the instant. O(log n).
func (t *Texts) At(area Code, at time.Time) (Board, bool) {
	if t == nil {
		return Board{}, false
	}
	list := t.boards[area]
	i, _ := slices.BinarySearchFunc(list, at, func(b Board, at time.Time) int {
		if b.During.From.IsZero() || !b.During.From.After(at) {
			return -1
		}
		return 1
	})
	if i == 0 || !list[i-1].During.Holds(at) {
		return Board{}, false
	}
	return list[i-1], true
}
