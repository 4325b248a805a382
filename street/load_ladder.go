package street

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// rung is one line of ladders.csv.
type rung struct {
	dispatch.Rung
	kind  dispatch.LadderKind
	level int // as the file has it; the Desk counts those of the dispute ladder only
	at    columnOf
}

// ladders reads ladders.csv into the Policy: of each ladder the rungs by level, those
// of one level in the order of the file. Every cell that a ladder could not have is a
// fault, so that the Desk refuses none of what was read. An unknown party is a fault
// as in duties.csv; to a tolerant load it is an error, and its rung is left out.
func (l *loader) ladders() {
	var list []rung
	count := map[dispatch.LadderKind]int{}
	levels := map[int]bool{} // of the dispute ladder, with those of lines that are left out; 0 when one cannot be read
	l.rows(laddersFile, func(r *row) {
		g := r.rung()
		if count[g.kind]++; count[g.kind] > dispatch.RungsMax && g.kind != "" {
			r.fault("too-many-rungs", "ladder", nil, strconv.Itoa(dispatch.RungsMax))
		}
		if g.kind == dispatch.DisputeLadder {
			levels[g.level] = true
		}
		if !r.bad && g.Party != "" {
			list = append(list, g)
		}
	})
	slices.SortStableFunc(list, func(a, b rung) int { return cmp.Compare(a.level, b.level) })
	for _, kind := range []dispatch.LadderKind{dispatch.DisputeLadder, dispatch.OverdueLadder} {
		ladder := dispatch.Ladder{Kind: kind}
		for _, g := range list {
			if g.kind == kind {
				ladder.Rungs = append(ladder.Rungs, g.Rung)
			}
		}
		if len(ladder.Rungs) > 0 {
			l.out.Policy.Ladders = append(l.out.Policy.Ladders, ladder)
		}
	}
	l.beyondFinal(list)
	l.leftOut(list, levels)
	l.rungs = list
}

// leftOut warns about a level of the dispute ladder that no line has between two that
// lines have: a ruling there leads to the next one that is.
func (l *loader) leftOut(list []rung, levels map[int]bool) {
	if levels[0] {
		return
	}
	for _, g := range list {
		if g.kind != dispatch.DisputeLadder || g.level == 1 || levels[g.level-1] {
			continue
		}
		f := g.at.finding("level")
		f.Level, f.Code, f.Unit, f.Args = Warning, "level-left-out", g.Party, []string{fmt.Sprint(g.level - 1), fmt.Sprint(g.level)}
		l.note(f)
		levels[g.level-1] = true // told
	}
}

// rung reads one line.
func (r *row) rung() rung {
	g := rung{kind: dispatch.LadderKind(r.must("ladder", "dispute", "overdue"))}
	g.at = r.remember("party", "level")
	if r.cell("level") == "" {
		r.fault("empty-cell", "level", nil)
	} else {
		g.level = int(r.whole("level", 1, dispatch.RungsMax))
	}
	g.Party = r.code("party")
	g.Party = r.partyOrFinding("party", g.Party, "")
	if line := r.cell("line"); line != "" && line != string(dispatch.Any) {
		g.Line = r.code("line")
		if r.load.matterKnown != nil && !r.load.coversAny(g.Line) {
			r.fault("unknown-matter", "line", nil)
		}
	}
	g.Area = r.wild("area")
	r.checkArea("area", g.Area)
	switch g.kind {
	case dispatch.DisputeLadder:
		r.disputeRung(&g)
	case dispatch.OverdueLadder:
		r.overdueRung(&g)
	}
	return g
}

// disputeRung reads what only a rung of the dispute ladder has.
func (r *row) disputeRung(g *rung) {
	g.Level = g.level
	g.Due = r.budget("at")
	g.Final = r.yes("final")
	if days := r.whole("appeal_days", 0, appealDaysMax); days > 0 {
		g.Appeal = worktime.Budget{N: days, Unit: worktime.WorkingDays}
		if g.Final {
			r.fault("final-appeal", "appeal_days", nil)
		}
	}
	r.unfit("card", "dispute")
}

// overdueRung reads what only a rung of the overdue ladder has.
func (r *row) overdueRung(g *rung) {
	text, share := strings.CutSuffix(r.cell("at"), "%")
	switch {
	case r.cell("at") == "":
		r.fault("empty-cell", "at", nil)
	case share:
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > dispatch.PercentMax {
			r.fault("bad-percent", "at", err, strconv.Itoa(dispatch.PercentMax))
		}
		g.Percent = n
	default:
		g.After = r.budget("at")
		if g.After.IsZero() {
			r.bad = true // the fault of the budget is told
		}
	}
	g.Card = dispatch.Card(r.choice("card", "yellow", "red"))
	r.unfit("final", "overdue")
	r.unfit("appeal_days", "overdue")
}

// appealDaysMax is a year: longer is no appeal.
const appealDaysMax = 366

// unfit faults a cell that a ladder of the kind has not.
func (r *row) unfit(column, kind string) {
	if text := r.cell(column); text != "" && text != "false" && valueName(column, text) != "false" {
		r.fault("unfit-rung", column, nil, kind)
	}
}

// beyondFinal warns about rungs of the dispute ladder that no case can reach, since
// one below them, for the same area and line, ends every dispute.
func (l *loader) beyondFinal(list []rung) {
	type reach struct{ area, line Code }
	ends := map[reach]int{}
	for _, g := range list {
		if g.kind != dispatch.DisputeLadder {
			continue
		}
		end, ended := ends[reach{g.Area, g.Line}]
		if ended && g.level > end {
			f := g.at.finding("level")
			f.Level, f.Code, f.Unit, f.Args = Warning, "beyond-final", g.Party, []string{fmt.Sprint(g.level), fmt.Sprint(end)}
			l.note(f)
		}
		if g.Final && !ended {
			ends[reach{g.Area, g.Line}] = g.level
		}
	}
}

// expiredRungs tells, once all of the folder is read, which rungs name a party that
// does not exist at its latest instant: the Desk passes them over.
func (l *loader) expiredRungs() {
	at := l.out.Latest()
	d := l.out.Directory
	if d == nil || at.IsZero() {
		return
	}
	for _, g := range l.rungs {
		party := l.out.partyOf(g.Party)
		if _, known := d.Party(party); !known || d.Active(party, at) {
			continue
		}
		f := g.at.finding("party")
		f.Level, f.Code, f.Unit, f.Args = Error, "expired-party", g.Party, []string{"party", string(g.Party), at.In(l.zone).Format(time.DateOnly)}
		l.note(f)
	}
}

// coversAny reports whether a matter, or one below it, is in matters.csv.
func (l *loader) coversAny(prefix Code) bool {
	for c := range l.matterKnown {
		if dispatch.Covers(prefix, c) {
			return true
		}
	}
	return false
}
