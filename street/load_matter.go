package street

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid"
)

// matters reads matters.csv.
func (l *loader) matters() {
	l.rows(mattersFile, func(r *row) {
		m := dispatch.Matter{
			Code: r.code("code"), Name: r.required("name"),
			Kind:   dispatch.MatterKind(r.choice("kind", "component", "event", "service", "demand", "wish", "mediation", "mandate")),
			Risk:   dispatch.Risk(r.choice("risk", "low", "normal", "safety")),
			Skills: r.list("skills"), VerifySample: r.sample("verify_sample"),
			Evidence: r.list("evidence"),
		}
		m.Outcomes = r.outcomes(m.Kind)
		if slices.Contains(r.lacks, "code") {
			r.repeats("")
			return // matters without codes are none of the list's
		}
		l.matterRows = append(l.matterRows, r.remember("code", "name", "kind", "risk", "skills", "verify_sample", "evidence", "outcomes"))
		r.repeats(m.Code)
		l.out.Matters = append(l.out.Matters, m)
		if l.matterKnown == nil {
			l.matterKnown = map[Code][]string{}
		}
		l.matterKnown[m.Code] = m.KnownOutcomes()
		if m.Kind == dispatch.MediationKind {
			l.mediations = append(l.mediations, m.Code)
		}
	})
}

// unknownMatter reports whether there is a matters.csv that lacks a code.
func (l *loader) unknownMatter(c Code) bool {
	_, known := l.matterKnown[c]
	return l.matterKnown != nil && !known
}

// outcomes reads what a case of the matter may be closed as; of a mediation the usual
// words mean its outcomes.
func (r *row) outcomes(kind dispatch.MatterKind) []string {
	list := r.list("outcomes")
	if kind == dispatch.MediationKind {
		for i := range list {
			list[i] = valueName("outcome", list[i])
		}
	}
	return list
}

// sample reads an optional share in percent, such as 20% or 2.5%, in basis points.
func (r *row) sample(column string) int {
	text := r.cell(column)
	if text == "" {
		return 0
	}
	number, share := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	n := math.Round(v * 100)
	if !share || err != nil || !(n >= 1 && n <= dispatch.SampleAll) || math.Abs(v*100-n) > 1e-6 {
		r.fault("bad-sample", column, err)
		return 0
	}
	return int(n)
}

// repeats reads within what distance and time an event of the matter, or of one below
// it that says nothing itself, may repeat another one. With neither cell none does;
// with one the other is that of package duplicate.
func (r *row) repeats(matter Code) {
	radius, hours := r.metres("duplicate_m"), r.hours("duplicate_h")
	if r.cell("duplicate_m") == "" && r.cell("duplicate_h") == "" || matter == "" {
		return
	}
	p := duplicate.Policy{Matter: matter, Radius: radius, Window: hours, Mode: r.load.repeatMode, Threshold: r.load.repeatScore}
	if !slices.ContainsFunc(r.load.out.Repeats.Policies, func(q duplicate.Policy) bool { return q.Matter == matter }) { // else the list says it is there twice
		r.load.out.Repeats.Policies = append(r.load.out.Repeats.Policies, p)
	}
}

// amount reads an optional number from 0, and whether it is there, whatever else is
// wrong with the row.
func (r *row) amount(column string) (v float64, ok bool) {
	before := r.bad
	r.bad = false
	v = r.positive(column)
	ok = !r.bad && r.cell(column) != ""
	r.bad = r.bad || before
	return v, ok
}

// metres reads an optional distance above 0, to the millimetre.
func (r *row) metres(column string) grid.Meters {
	v, ok := r.amount(column)
	if ok && (v < 0.001 || v > float64(duplicate.RadiusMax)) {
		r.fault("bad-reach", column, nil, "0.001", "5000")
	}
	return grid.Meters(math.Round(v*1000) / 1000)
}

// hours reads an optional time above 0, to the second.
func (r *row) hours(column string) time.Duration {
	v, ok := r.amount(column)
	if ok && (v < 1.0/3600 || v > duplicate.WindowMax.Hours()) {
		r.fault("bad-reach", column, nil, "1/3600", "8784")
		return 0
	}
	return time.Duration(math.Round(v*3600)) * time.Second
}
