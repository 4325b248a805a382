package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// section is one table of a report.
type section struct {
	title  string
	header []string
	rows   [][]string
	notes  []string
}

// sections lays one outcome out: what it costs, how long it takes, and where the
// answers differ.
func (o *outcome) sections() []section {
	return []section{o.costs(), o.speeds(), o.ratios(), o.disagreements()}
}

func (o *outcome) costs() section {
	s := section{
		title:  fmt.Sprintf("%s: %s", o.name, o.shape),
		header: []string{"peer", "how", "build CPU s", "M vertices/s", "B/vertex", "without coordinates", "allocations"},
		notes:  o.left,
	}
	for _, r := range o.rows {
		seconds := r.cost.build.Seconds()
		s.rows = append(s.rows, []string{
			r.name, r.what, fmt.Sprintf("%.3f", seconds),
			digits(float64(o.shape.vertices) / max(seconds, 1e-9) / 1e6),
			fmt.Sprintf("%.1f", o.perVertex(r.cost.heap)), fmt.Sprintf("%.1f", o.perVertex(r.cost.heap-r.cost.coordinates)),
			fmt.Sprintf("%.1f", r.allocs),
		})
	}
	return s
}

func (o *outcome) perVertex(bytes int) float64 {
	return float64(bytes) / float64(max(1, o.shape.vertices))
}

func (o *outcome) speeds() section {
	s := section{title: "ns a look-up: 20th percentile (median) of the windows", header: append([]string{"peer"}, o.kinds...)}
	s.header = append(s.header, "dependent, "+o.kinds[0])
	for _, r := range o.rows {
		line := []string{r.name}
		for _, t := range append(r.times[:len(r.times):len(r.times)], r.dependent) {
			line = append(line, t.String())
		}
		s.rows = append(s.rows, line)
	}
	return s
}

func (t timing) String() string {
	if t.p20 == 0 {
		return "–"
	}
	return digits(t.p20) + " (" + digits(t.median) + ")"
}

// digits is a number with three digits, more when it is 1000 or above.
func digits(x float64) string {
	switch {
	case x < 9.995:
		return fmt.Sprintf("%.2f", x)
	case x < 99.95:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

func (o *outcome) ratios() section {
	s := section{title: "times as long as " + ours, header: append([]string{"peer"}, o.kinds...)}
	s.header = append(s.header, "dependent, "+o.kinds[0])
	base := o.rows[0]
	for _, r := range o.rows[1:] {
		line := []string{r.name}
		for k, t := range r.times {
			line = append(line, ratio(t, base.times[k]))
		}
		s.rows = append(s.rows, append(line, ratio(r.dependent, base.dependent)))
	}
	return s
}

func ratio(t, base timing) string {
	if t.p20 == 0 || base.p20 == 0 {
		return "–"
	}
	return digits(t.p20 / base.p20)
}

func (o *outcome) disagreements() section {
	s := section{
		title:  "answers unlike " + ours + ": on a border, within 1e-5 degree of one, elsewhere / compared",
		header: append([]string{"peer"}, o.kinds...),
	}
	scan := []string{"(scan in whole numbers)"}
	for _, d := range o.judged {
		scan = append(scan, d.String())
	}
	s.rows = append(s.rows, scan)
	for _, r := range o.rows[1:] {
		line := []string{r.name}
		for _, d := range r.diffs {
			line = append(line, d.String())
		}
		s.rows = append(s.rows, line)
	}
	return s
}

func (d differences) String() string {
	return fmt.Sprintf("%d, %d, %d / %d", d.on, d.near, d.further, d.checked)
}

// write renders outcomes in a format: table, md or csv.
func write(w io.Writer, format, machine string, outcomes []outcome) error {
	if format == "csv" {
		return writeCSV(w, machine, outcomes)
	}
	if _, err := fmt.Fprintln(w, machine); err != nil {
		return err
	}
	for i := range outcomes {
		for _, s := range outcomes[i].sections() {
			if err := s.write(w, format == "md"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s section) write(w io.Writer, markdown bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", s.title)
	if markdown {
		b.WriteString("\n")
		line(&b, s.header)
		line(&b, strings.Split(strings.Repeat("---,", len(s.header)-1)+"---", ","))
		for _, r := range s.rows {
			line(&b, r)
		}
	} else {
		t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, r := range append([][]string{s.header}, s.rows...) {
			fmt.Fprintln(t, strings.Join(r, "\t"))
		}
		t.Flush() // to memory, which does not fail
	}
	for _, n := range s.notes {
		fmt.Fprintf(&b, "\n%s\n", n)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func line(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// writeCSV writes one line a tiling, peer and kind of points, numbers unrounded.
func writeCSV(w io.Writer, machine string, outcomes []outcome) error {
	c := csv.NewWriter(w)
	records := [][]string{{
		"machine", "tiling", "leaves", "vertices", "peer", "points", "p20_ns", "median_ns", "windows_dropped",
		"build_cpu_s", "heap_bytes", "coordinate_bytes", "allocations", "compared", "differ_on", "differ_near", "differ_elsewhere",
	}}
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	for _, o := range outcomes {
		for _, r := range o.rows {
			add := func(kind string, t timing, d differences) {
				records = append(records, []string{
					machine, o.name, strconv.Itoa(o.shape.leaves), strconv.Itoa(o.shape.vertices), r.name, kind,
					number(t.p20), number(t.median), strconv.Itoa(t.dropped), number(r.cost.build.Seconds()),
					strconv.Itoa(r.cost.heap), strconv.Itoa(r.cost.coordinates), number(r.allocs),
					strconv.Itoa(d.checked), strconv.Itoa(d.on), strconv.Itoa(d.near), strconv.Itoa(d.further),
				})
			}
			for k, kind := range o.kinds {
				add(kind, r.times[k], r.diffs[k])
			}
			if r.dependent.p20 > 0 {
				add("dependent "+o.kinds[0], r.dependent, differences{})
			}
		}
	}
	return c.WriteAll(records)
}
