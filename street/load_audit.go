package street

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/grid/geofile"
)

// AuditFindingsMax is how many findings about areas a Folder lists, the worst
// first; the rest are counted in one more and stand in Folder.Audit. It is more
// than anybody mends before checking again.
const AuditFindingsMax = 100

// saidByLoad are the kinds of an audit that loading a folder tells by itself:
// what Build found in single boundaries, and counts that do not add up.
var saidByLoad = []audit.Kind{audit.SnapCrossing, audit.Collapsed, audit.Touch, audit.Fold, audit.Hollow, audit.Sum}

// audit compares the areas with one another. What is wrong is a warning, in a
// strict street an error; less than a surveyor's tolerance is a warning in both,
// and what only may become wrong is left to the report.
func (l *loader) audit(features map[Code]*geofile.Feature) {
	report := audit.Audit(l.out.Map, audit.Options{Parallel: l.opts.Parallel})
	l.out.Audit = report
	var worst []*audit.Finding
	for i := range report.Findings {
		if f := &report.Findings[i]; f.Severity != audit.Note && !slices.Contains(saidByLoad, f.Kind) {
			worst = append(worst, f)
		}
	}
	slices.SortStableFunc(worst, func(a, b *audit.Finding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(b.SquareMeters, a.SquareMeters))
	})
	total, listed := auditTotal(report), worst[:min(len(worst), AuditFindingsMax)]
	for _, f := range listed {
		l.note(l.auditFinding(f, features))
	}
	if left := total - len(listed); left > 0 {
		l.note(Finding{Level: Warning, Code: "audit-more", Args: []string{fmt.Sprint(left), fmt.Sprint(total)}})
	}
}

// auditTotal is how many findings there are to tell, listed in the report or not.
func auditTotal(report *audit.Report) int {
	total := 0
	for _, t := range report.Totals {
		if !slices.Contains(saidByLoad, t.Kind) {
			total += t.Errors + t.Warnings
		}
	}
	return total
}

// auditFinding is a finding of the audit at the feature of the first of its units.
func (l *loader) auditFinding(a *audit.Finding, features map[Code]*geofile.Feature) Finding {
	f := Finding{
		Level: Warning, Code: "area." + string(a.Kind), Unit: a.Parent, At: a.At, HasAt: a.HasAt, SquareMeters: a.SquareMeters,
		Said: map[string]string{"en": a.Text("en"), "zh": a.Text("zh")},
	}
	if l.out.Strict && a.Severity == audit.Error {
		f.Level = Error
	}
	if len(a.Units) > 0 && a.Units[0] != "" {
		f.Unit = a.Units[0]
	}
	if feature := features[f.Unit]; feature != nil {
		f.setPosition(feature.Position())
	}
	return f
}
