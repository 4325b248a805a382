package dispatch_test

import (
	"cmp"
	"encoding/csv"
	"flag"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

var (
	matrixFile        = flag.String("matrix", "", "CSV of sub-categories and their departments: TestPublishedMatrix makes a list of it")
	matrixDepartments = flag.String("matrix-departments", "", "CSV of the departments of -matrix")
	matrixLimits      = flag.String("matrix-limits", "", "CSV of the time limits of -matrix, in working or calendar days")
)

// matrix is a city's responsibility matrix as Amsterdam publishes it: several
// departments for each sub-category in no order of precedence, and a limit for
// each in working or calendar days, of which the last revision holds.
type matrix struct {
	rows        []matrixRow
	departments []dispatch.Code
	limits      map[string]worktime.Budget // by slug, the last revision
	first       map[string]worktime.Budget // the first revision
}

type matrixRow struct {
	code, slug  string
	matter      dispatch.Code
	departments []dispatch.Code
	limit       worktime.Budget // as the matrix itself says
}

func matrixCSV(t *testing.T, r io.Reader) []map[string]string {
	lines, err := csv.NewReader(r).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(lines), 1)
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func matrixBudget(t *testing.T, days, unit string) worktime.Budget {
	n, err := strconv.ParseInt(days, 10, 64)
	require.NoError(t, err)
	units := map[string]worktime.Unit{"working": worktime.WorkingDays, "calendar": worktime.Days}
	require.Contains(t, units, unit)
	return worktime.Budget{N: n, Unit: units[unit]}
}

// matrixSlug writes a main category as a segment of a code.
func matrixSlug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, "-")
}

func readMatrix(t *testing.T, rows, departments, limits io.Reader) matrix {
	x := matrix{limits: map[string]worktime.Budget{}, first: map[string]worktime.Budget{}}
	for _, d := range matrixCSV(t, departments) {
		x.departments = append(x.departments, dispatch.Code(d["code"]))
	}
	last := map[string]int{}
	for _, l := range matrixCSV(t, limits) {
		revision, err := strconv.Atoi(l["revision"])
		require.NoError(t, err)
		budget := matrixBudget(t, l["days"], l["unit"])
		if revision == 1 {
			x.first[l["slug"]] = budget
		}
		if revision > last[l["slug"]] {
			last[l["slug"]], x.limits[l["slug"]] = revision, budget
		}
	}
	for _, r := range matrixCSV(t, rows) {
		row := matrixRow{code: r["code"], slug: r["slug"], limit: matrixBudget(t, r["slo_days"], r["slo_unit"])}
		row.matter = dispatch.Code(matrixSlug(r["main_category"]) + "." + r["slug"])
		for d := range strings.SplitSeq(r["departments"], ",") {
			row.departments = append(row.departments, dispatch.Code(strings.TrimSpace(d)))
		}
		x.rows = append(x.rows, row)
	}
	return x
}

// lead is the rule by which one of several departments leads: the most
// specialised, that is the one that the matrix names for the fewest sub-categories,
// and of equals the first by code. The others assist.
func (x matrix) lead(row matrixRow) dispatch.Code {
	named := map[dispatch.Code]int{}
	for _, r := range x.rows {
		for _, d := range r.departments {
			named[d]++
		}
	}
	return slices.MinFunc(row.departments, func(a, b dispatch.Code) int {
		return cmp.Or(cmp.Compare(named[a], named[b]), cmp.Compare(a, b))
	})
}

func (x matrix) rules() (matters []dispatch.Matter, rules []dispatch.Rule) {
	for _, row := range x.rows {
		matters = append(matters, dispatch.Matter{Code: row.matter})
		lead := x.lead(row)
		for _, d := range row.departments {
			role := dispatch.Assist
			if d == lead {
				role = dispatch.Lead
			}
			rules = append(rules, dispatch.Rule{ID: dispatch.Code(row.code + "-" + string(d)), Role: role, Matter: row.matter, Party: d})
		}
	}
	return matters, rules
}

func (x matrix) standards(t *testing.T) *dispatch.Standards {
	var list []dispatch.Standard
	for _, row := range x.rows {
		limit, ok := x.limits[row.slug]
		require.True(t, ok, "%s has no limit", row.slug)
		list = append(list, dispatch.Standard{Matter: row.matter, Limit: limit, Name: row.slug})
	}
	s, err := dispatch.NewStandards(list, nil)
	require.NoError(t, err)
	return s
}

// check compiles and proves the matrix on a small map and compares every answer
// with the rows as they were read.
func (x matrix) check(t *testing.T) {
	m := listMap(t, 2, 3)
	var plan party.Plan
	for _, d := range x.departments {
		plan.Parties = append(plan.Parties, party.Party{Code: d})
	}
	dir, err := party.NewDirectory(m, plan)
	require.NoError(t, err)
	matters, rules := x.rules()
	options := dispatch.Options{Standards: x.standards(t)}
	list, err := dispatch.Compile(matters, rules, m, dir, options)
	require.NoError(t, err)
	cert := list.Prove()
	require.True(t, cert.OK(), "%v", cert.Findings)
	require.Empty(t, cert.Findings, "not even advice: every lead has a limit")
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	leads, assists, several, revised := map[dispatch.Code]int{}, 0, 0, 0
	for _, row := range x.rows {
		require.Equal(t, x.first[row.slug], row.limit, "%s: matrix and first revision of the limits", row.slug)
		for leaf := range m.Leaves(0) {
			d := list.Match(dispatch.Query{Matter: row.matter, Area: leaf, At: at})
			require.Equal(t, dispatch.Decided, d.Status, row.slug)
			require.Equal(t, x.limits[row.slug], d.Lead.Budget, row.slug)
			require.Equal(t, row.slug, d.Standard)
			parties := []dispatch.Code{d.Lead.Party}
			for _, a := range d.Assist {
				parties = append(parties, a.Party)
			}
			require.ElementsMatch(t, row.departments, parties, row.slug)
			if leaf == listRef(t, m, "s-c1-g1") {
				leads[d.Lead.Party]++
				assists += len(d.Assist)
			}
		}
		if len(row.departments) > 1 {
			several++
		}
		if row.limit != x.limits[row.slug] {
			revised++
		}
	}
	t.Logf("%d sub-categories, %d of them with several departments, %d rules, %d cells proved; leads %v of %d departments; %d assists; %d limits differ from the matrix by a later revision; %d limits are of no sub-category",
		len(x.rows), several, len(rules), cert.Cells, leads, len(x.departments), assists, revised, len(x.limits)-len(x.rows))
	x.withoutLead(t, m, dir, options)
}

// withoutLead takes each lead away in turn: the proof names the hole.
func (x matrix) withoutLead(t *testing.T, m *grid.Map, dir *party.Directory, options dispatch.Options) {
	matters, rules := x.rules()
	for i, r := range rules {
		if r.Role != dispatch.Lead {
			continue
		}
		list, err := dispatch.Compile(matters, slices.Delete(slices.Clone(rules), i, i+1), m, dir, options)
		require.NoError(t, err)
		cert := list.Prove()
		require.False(t, cert.OK())
		require.Len(t, cert.Findings, 1)
		require.Equal(t, dispatch.FindingGap, cert.Findings[0].Code)
		require.Equal(t, r.Matter, cert.Findings[0].Witness.Matter)
	}
}

// matrixDeadline is the deadline as the city's own program counts it: calendar days
// are 24 hours each; working days are Monday to Friday whatever the holidays, to the
// same time of day, and what comes in at a weekend begins on Monday at midnight.
func matrixDeadline(at time.Time, limit worktime.Budget) time.Time {
	if limit.Unit == worktime.Days {
		return at.AddDate(0, 0, int(limit.N))
	}
	weekend := func(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
	for weekend(at) {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, at.Location())
	}
	for n := limit.N; n > 0; n-- {
		for at = at.AddDate(0, 0, 1); weekend(at); {
			at = at.AddDate(0, 0, 1)
		}
	}
	return at
}

// deadlines compares limits with what worktime makes of them, for three weeks of
// arrivals. Working days here end with the last of them and there at the time of
// day of the arrival, so the day is the same; as hours of a calendar that is open
// day and night they are the same to the minute, but for a deadline at midnight,
// which is the end of the working day here and the beginning of the next there.
func (x matrix) deadlines(t *testing.T) {
	zone := time.FixedZone("local", 3600)
	calendar, err := worktime.New(worktime.Config{Zone: zone, Windows: []worktime.Window{{Start: 0, End: worktime.MinutesPerDay}}})
	require.NoError(t, err)
	different := map[worktime.Budget]bool{}
	for _, limit := range x.limits {
		different[limit] = true
	}
	asked, exact := 0, 0
	for limit := range different {
		for at := time.Date(2026, 4, 27, 0, 0, 0, 0, zone); at.Before(time.Date(2026, 5, 18, 0, 0, 0, 0, zone)); at = at.Add(37 * time.Minute) {
			asked++
			want := matrixDeadline(at, limit)
			due, err := calendar.Add(at, limit)
			require.NoError(t, err)
			if limit.Unit == worktime.Days {
				require.True(t, due.Equal(want), "%s from %s: %s, published %s", limit, at, due, want)
				exact++
				continue
			}
			hours, err := calendar.Add(at, worktime.Budget{N: 24 * limit.N, Unit: worktime.WorkingHours})
			require.NoError(t, err)
			apart, err := calendar.Between(hours, want)
			require.NoError(t, err)
			require.Zero(t, apart, "%s from %s: %s, published %s", limit, at, hours, want)
			if hours.Equal(want) {
				exact++
			}
			if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
				apart, err = calendar.Between(due, want)
				require.NoError(t, err)
				require.Zero(t, apart, "%s from %s: %s, published %s", limit, at, due, want)
				continue
			}
			require.Equal(t, worktime.DateOf(want, zone), worktime.DateOf(due.Add(-time.Millisecond), zone), "%s from %s", limit, at)
		}
	}
	t.Logf("%d different limits, %d deadlines as published, %d of them to the minute and the others the same working instant", len(different), asked, exact)
}

// TestMatrix is a made-up matrix with all that is odd in a real one.
func TestMatrix(t *testing.T) {
	x := readMatrix(t, strings.NewReader(`code,main_category,sub_category,slug,handling,departments,slo_days,slo_unit
M1,"Roads, lamps",Pothole,pothole,A,"CALL,WORKS",3,working
M2,"Roads, lamps",Lamp,lamp,A,"CALL,WORKS,LAMPS",21,calendar
M3,Waste,Bin,bin,A,"CALL,WORKS,WASTE",5,working
M4,Other,Other,other,R,CALL,5,working
`), strings.NewReader("code,name,kind\nCALL,Call centre,internal\nWORKS,Works,internal\nLAMPS,Lamps,internal\nWASTE,Waste,internal\n"),
		strings.NewReader("slug,days,unit,revision\npothole,3,working,1\nlamp,21,working,2\nlamp,21,calendar,1\nbin,5,working,1\nother,5,working,1\nold,3,working,1\n"))
	var leads []dispatch.Code
	for _, row := range x.rows {
		leads = append(leads, x.lead(row))
	}
	require.Equal(t, []dispatch.Code{"WORKS", "LAMPS", "WASTE", "CALL"}, leads)
	require.Equal(t, dispatch.Code("roads-lamps.pothole"), x.rows[0].matter)
	x.check(t)
	x.deadlines(t)
}

// TestPublishedMatrix does the same with a real one, given by path:
// go test ./dispatch -run PublishedMatrix -v -matrix m.csv -matrix-departments d.csv -matrix-limits l.csv.
func TestPublishedMatrix(t *testing.T) {
	if *matrixFile == "" {
		t.Skip("no -matrix given")
	}
	var files []io.Reader
	for _, name := range []string{*matrixFile, *matrixDepartments, *matrixLimits} {
		file, err := os.Open(name)
		require.NoError(t, err)
		defer file.Close()
		files = append(files, file)
	}
	x := readMatrix(t, files[0], files[1], files[2])
	x.check(t)
	x.deadlines(t)
}
