package street

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/street/adapt"
)

// admission is one line of admissions.csv.
type admission struct {
	dispatch.Mandate
	decided, revoked time.Time
	decision         string // "admitted", "denied" or ""
	places           columnOf
}

// admissions reads admissions.csv, after funds.csv: the application, the decision and
// the end of each mandate become commands of those instants, with keys of the street's
// own. They come before the events of the same instant, so that what is reported then
// is under the new mandate. An admission that costs money carries its funding; without
// a fund it is still asked for, refused, and told.
func (l *loader) admissions() {
	seen := map[Code]int{}
	l.rows(admissionsFile, func(r *row) {
		a := r.admission()
		if line, ok := seen[a.ID]; ok && a.ID != "" {
			r.fault("duplicate", "id", nil, fmt.Sprint(line))
		}
		seen[a.ID] = r.Line
		if r.bad || a.Applicant == "" || a.Community == "" {
			return
		}
		for _, p := range l.out.admissionSteps(a) {
			if err := p.well(); err != nil { // a label too long, and what else no cell alone shows
				f := commandFinding(p.File, p.Line, "", err)
				l.fault(f)
				return
			}
			l.out.Admissions = append(l.out.Admissions, p)
		}
	})
	slices.SortStableFunc(l.out.Admissions, func(a, b Planned) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Line, b.Line))
	})
}

// admission reads one line.
func (r *row) admission() admission {
	a := admission{
		Mandate: dispatch.Mandate{
			ID: r.code("id"), Matter: r.code("matter"), Applicant: r.partyOrFinding("applicant", r.code("applicant"), ""),
			Community: r.partyOrFinding("community", r.code("community"), ""), AppliedAt: r.near("applied_at", r.time("applied_at")),
			Approver: r.optional("approver"), Powers: r.list("powers"), People: r.whole("people", 0, peopleMax),
			Fund: r.optional("fund"), Amount: int64(r.yuan("amount")), During: r.interval(), Basis: r.cell("basis"),
		},
		decided: r.near("decided_at", r.maybeTime("decided_at")), revoked: r.near("revoked_at", r.maybeTime("revoked_at")),
		decision: r.choice("decision", "admitted", "denied"),
		places:   r.remember("id", "decision", "amount", "revoked_at"),
	}
	if a.Matter != "" && r.load.unknownMatter(a.Matter) {
		r.fault("unknown-matter", "matter", nil)
	}
	if a.Approver != "" && !r.load.knownParty(a.Approver) && !(r.load.people != nil && r.load.people[a.Approver]) {
		r.fault("unknown-party", "approver", party.ErrUnknownParty)
	}
	if a.Fund != "" && !r.load.fundCodes[a.Fund] {
		r.fault("unknown-fund", "fund", nil)
	}
	r.checkDecision(a)
	return a
}

// peopleMax bounds the staff of one mandate; a district has fewer.
const peopleMax = 100_000

// checkDecision faults a decision without its instant, decider or result, and one that
// comes too early.
func (r *row) checkDecision(a admission) {
	decided := r.cell("decided_at") != "" || r.cell("decision") != "" || r.cell("revoked_at") != ""
	if decided {
		for _, column := range []string{"decided_at", "decision", "approver"} {
			if r.cell(column) == "" {
				r.fault("empty-cell", column, nil)
			}
		}
	}
	early := func(column string, at, after time.Time, than string) {
		if !at.IsZero() && !after.IsZero() && at.Before(after) {
			r.fault("too-early", column, nil, r.cell(than))
		}
	}
	early("decided_at", a.decided, a.AppliedAt, "applied_at")
	early("revoked_at", a.revoked, a.decided, "decided_at")
	if r.cell("revoked_at") != "" && a.decision == "denied" {
		r.fault("undecided", "revoked_at", nil)
	}
}

// admissionSteps are the commands of one line: apply, then admit or deny, then revoke.
func (f *Folder) admissionSteps(a admission) []Planned {
	var list []Planned
	add := func(at time.Time, column, step string, desk dispatch.Do, book finance.Do) {
		place := a.places.finding(column)
		list = append(list, Planned{
			File: place.File, Line: place.Line, Column: place.Column, At: at,
			Command: Command{Key: admissionKeyPrefix + string(a.ID) + ":" + step, Desk: desk, Book: book},
		})
	}
	asked := a.Mandate
	asked.Approver = ""
	add(a.AppliedAt, "id", "apply", dispatch.Apply{Mandate: asked}, nil)
	reason := cmp.Or(a.Basis, string(a.Approver))
	switch a.decision {
	case "admitted":
		var money finance.Do
		if at := slices.IndexFunc(f.Funds, func(f Fund) bool { return f.Open.Line == a.Fund }); at >= 0 && a.Amount > 0 {
			line := f.Funds[at].Open
			money = adapt.Funding(a.Mandate, line.Purpose, line.Year, []finance.Share{{Line: line.Line, Amount: finance.Fen(a.Amount)}})
		}
		add(a.decided, "decision", "admit", dispatch.Admit{Mandate: a.Mandate}, money)
		if !a.revoked.IsZero() {
			add(a.revoked, "revoked_at", "revoke", dispatch.Revoke{Mandate: a.ID, Reason: reason}, nil)
		}
	case "denied":
		add(a.decided, "decision", "deny", dispatch.Deny{Mandate: a.ID, Reason: reason}, nil)
	}
	return list
}
