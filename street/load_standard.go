package street

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// versions reads list_versions.csv: the editions of the list, and their codes; nil
// without the file. The first edition also answers for what came before it, so that
// a list is not blamed for the time before there was one.
func (l *loader) versions() (list []dispatch.Version, codes map[Code]bool) {
	l.rows(versionsFile, func(r *row) {
		v := dispatch.Version{
			Code: r.code("version"), From: r.near("from", r.time("from")), ApprovedBy: r.code("approved_by"),
			Reason: r.required("reason"), Notice: r.cell("notice"),
		}
		r.checkOwner("approved_by", v.ApprovedBy)
		if codes == nil {
			codes = map[Code]bool{}
		}
		if codes[v.Code] {
			r.fault("duplicate", "version", nil)
		}
		codes[v.Code] = true
		list = append(list, v)
	})
	if len(list) > 0 {
		first := slices.IndexFunc(list, func(v dispatch.Version) bool {
			return !slices.ContainsFunc(list, func(o dispatch.Version) bool { return o.From.Before(v.From) })
		})
		list[first].From = time.Time{}
	}
	return list, codes
}

// saidTwice is the words for a value that a column has twice, by the column's heading.
func saidTwice(f Finding, column, value string) map[string]string {
	return map[string]string{"en": catalog.Text("en", "duplicate", column, value), "zh": catalog.Text("zh", "duplicate", cmp.Or(f.heading, column), value)}
}

// standards reads standards.csv; nil without the file.
func (l *loader) standards() *dispatch.Standards {
	var list []dispatch.Standard
	var lines []columnOf
	before := len(l.faults) + l.left
	spoilt := map[int]bool{} // places in list of lines at fault
	found := l.rows(standardsFile, func(r *row) {
		matter := r.matterPrefix()
		if matter == "" {
			matter = Code("line." + strconv.Itoa(r.Line)) // its own, so that the line is still judged, and like no other
		} else if matter != dispatch.Any && l.matterKnown != nil && !l.coversAny(matter) && !l.torn[mattersFile.Name] {
			r.warn("idle-standard", "matter")
		}
		list = append(list, dispatch.Standard{
			Matter: matter, Condition: r.cell("condition"), Season: r.cell("season"), Name: r.cell("name"), Limit: r.budget("limit"),
			FileWhen: r.cell("file_when"), CloseWhen: r.cell("close_when"), Evidence: r.list("evidence"),
		})
		if r.cell("limit") == "" {
			r.fault("empty-cell", "limit", nil)
		}
		spoilt[len(lines)] = r.bad
		lines = append(lines, r.remember("matter", "condition", "season", "name", "limit", "file_when", "close_when", "evidence"))
	})
	if !found {
		return nil
	}
	built, err := dispatch.NewStandards(list, l.zone)
	if build, ok := errors.AsType[*dispatch.BuildError](err); ok {
		for _, e := range build.Faults {
			if spoilt[e.Index] && (e.Field == "limit" || e.Field == "matter") {
				continue // told when the line was read
			}
			f := Finding{File: standardsFile.Name}
			if e.Index < len(lines) {
				f = lines[e.Index].finding(e.Field)
			}
			f.Code, f.Err, f.Unit = "bad-standard", e, e.Matter
			f.Args = []string{e.Field, e.Value, e.Err.Error()}
			switch same := errors.Is(e, dispatch.ErrDuplicate); {
			case same && e.Field == "season":
				f.Said = map[string]string{"en": "another standard has the same matter, condition and season", "zh": "另一条标准的事项、情形和季节与此相同"}
			case same:
				f.Said = saidTwice(f, e.Field, e.Value)
			default:
				f.Said = map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}
			}
			l.fault(f)
		}
		l.left += build.Left
	}
	if len(l.faults)+l.left > before {
		return nil
	}
	return built
}
