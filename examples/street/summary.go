package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/street"
	"github.com/gridgov/gridgov/street/adapt"
)

// summary is summary.json.
type summary struct {
	Street     string           `json:"street"`
	Now        string           `json:"now"`
	CRS        string           `json:"crs"`        // of every place in the results
	FolderCRS  string           `json:"folder_crs"` // of the folder's own files
	Events     int              `json:"events"`
	Located    int              `json:"located"`
	Decided    int              `json:"decided"`
	Rules      int              `json:"rules"`
	Agree      street.Agreement `json:"agree"`
	Indicators []indicator      `json:"indicators"`
	Notes      map[string]int   `json:"notes"` // events without a lead, by note
	Findings   []finding        `json:"findings"`
	FindingsOf int              `json:"findings_left_out"`
	State      string           `json:"state"`

	attribution string

	refused int // of the findings, those first that are refusals

	Seconds         stages `json:"seconds"`
	EventsPerSecond int    `json:"events_per_second"`
}

// indicator is one rate; Value is null when there is no data.
type indicator struct {
	Indicator   string `json:"indicator"`
	By          string `json:"by"`
	Code        string `json:"code"`
	Numerator   int64  `json:"numerator"`
	Denominator int64  `json:"denominator"`
	Excluded    int64  `json:"excluded"`
	Value       *int64 `json:"value_bp"`
}

// finding is one finding of the folder.
type finding struct {
	Level  string `json:"level"`
	Code   string `json:"code"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Unit   string `json:"unit"`
	Place  string `json:"place"`
	Text   string `json:"text"`

	SquareMeters float64 `json:"square_meters,omitempty"`
}

// summarize counts what became of the events.
func summarize(ctx context.Context, s *street.Street, f *street.Folder, now time.Time, lang string) (*summary, []street.Row, error) {
	sum := &summary{
		Street: f.Name, Now: now.In(f.Zone).Format(time.RFC3339), Rules: f.RuleCount(),
		CRS: crs.WGS84().Name(), FolderCRS: f.CRS.Name(),
		Agree: s.Agree(now), Notes: map[string]int{}, Indicators: []indicator{}, Findings: []finding{},
		FindingsOf: f.NotesLeft, State: s.Hash().String(), attribution: f.Directory.Redactor().Hide(f.Attribution),
	}
	var rows []street.Row
	for r := range s.Rows(now) {
		rows = append(rows, r)
		sum.Events++
		if r.Area != "" {
			sum.Located++
		}
		if r.Lead != "" {
			sum.Decided++
		} else {
			sum.Notes[string(r.Note)]++
		}
	}
	board, err := s.ScoreBoard(now)
	if err != nil {
		return nil, nil, err
	}
	for r := range board.Rates() {
		sum.Indicators = append(sum.Indicators, rate(r))
	}
	refused, err := s.Refused(ctx)
	if err != nil {
		return nil, nil, err
	}
	sum.refused = len(refused)
	for _, fd := range slices.Concat(refused, s.Repeated(), f.Findings) {
		sum.Findings = append(sum.Findings, describe(fd, lang))
	}
	discreet(f, sum)
	return sum, rows, nil
}

func rate(r assess.Rate) indicator {
	i := indicator{
		Indicator: string(r.Indicator), By: r.By, Code: string(r.Code),
		Numerator: r.Numerator, Denominator: r.Denominator, Excluded: r.Excluded,
	}
	if v, ok := r.Value(); ok {
		i.Value = new(int64(v))
	}
	return i
}

func describe(f street.Finding, lang string) finding {
	d := finding{
		Level: string(f.Level), Code: f.Code, File: f.File, Line: f.Line, Column: f.Column,
		Unit: string(f.Unit), Text: f.Text(lang), SquareMeters: f.SquareMeters,
	}
	if f.HasAt {
		d.Place = fmt.Sprintf("%.7f,%.7f", f.At[0], f.At[1])
	}
	return d
}

// print shows the run on a terminal.
func (a *app) print(sum *summary, f *street.Folder) {
	t := words(a.lang)
	line := func(label string, format string, args ...any) {
		fmt.Fprintf(a.stdout, "%s%s\n", pad(label, 24), fmt.Sprintf(format, args...))
	}
	line(t["street"], "%s", sum.Street)
	line(t["events"], "%d", sum.Events)
	line(t["located"], "%d", sum.Located)
	line(t["decided"], "%d", sum.Decided)
	line(t["rules"], "%d", sum.Rules)
	for _, g := range []struct {
		label string
		share street.Share
	}{{t["agree.area"], sum.Agree.Area}, {t["agree.party"], sum.Agree.Party}, {t["agree.party_top"], sum.Agree.PartyTop}, {t["agree.on_time"], sum.Agree.OnTime}} {
		if g.share.Of > 0 {
			line(g.label, "%s", g.share)
		}
	}
	for _, i := range sum.Indicators {
		if i.By == adapt.ByAll {
			line(t["rate."+i.Indicator], "%s", strings.TrimSuffix(percent(i)+", "+excluded(i, t), ", "))
		}
	}
	speed := ""
	if sum.Events >= 1000 { // of fewer it says nothing
		speed = fmt.Sprintf(" (%d %s)", sum.EventsPerSecond, t["per_second"])
	}
	line(t["seconds"], "%.2f + %.2f + %.2f%s", sum.Seconds.Load, sum.Seconds.Play, sum.Seconds.Report, speed)
	if n := len(sum.Findings) + sum.FindingsOf - sum.refused; n > 0 {
		line(t["findings"], "%d", n)
		rest := sum.Findings[sum.refused:]
		for _, x := range rest[:min(len(rest), refusedLinesMax)] {
			fmt.Fprintf(a.stdout, "  %s\n", x.line())
		}
		if len(rest) > refusedLinesMax {
			fmt.Fprintf(a.stdout, "  … %s\n", t["more"])
		}
	}
	if sum.refused > 0 {
		line(t["refused"], "%d", sum.refused)
		for _, x := range sum.Findings[:min(sum.refused, refusedLinesMax)] {
			fmt.Fprintf(a.stdout, "  %s\n", x.line())
		}
	}
	if text := f.PlacesText(a.lang); text != "" {
		line(t["crs"], "%s", text)
	}
	line(t["results"], "%s", a.out)
	if sum.attribution != "" {
		line(t["attribution"], "%s", sum.attribution)
	}
}

// line is the finding on one line, with its place where it has one.
func (x finding) line() string {
	switch {
	case x.File == "":
		return x.Text
	case x.Line == 0:
		return x.File + ": " + x.Text
	}
	return fmt.Sprintf("%s:%d: %s", x.File, x.Line, x.Text)
}

// refusedLinesMax is how many findings and how many refusals a run shows on the
// terminal; summary.json has all of them.
const refusedLinesMax = 5

// percent shows a rate with its counts.
func percent(i indicator) string {
	if i.Value == nil {
		return "–"
	}
	return fmt.Sprintf("%d.%02d %% (%d / %d)", *i.Value/100, *i.Value%100, i.Numerator, i.Denominator)
}

// excluded says how many a rate leaves out, "" for none.
func excluded(i indicator, w map[string]string) string {
	if i.Excluded == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d", w["excluded"], i.Excluded)
}

// pad fills text to a width in columns; a Chinese character takes two.
func pad(text string, width int) string {
	for _, r := range text {
		width--
		if r >= 0x2E80 {
			width--
		}
	}
	return text + strings.Repeat(" ", max(1, width))
}

// slug is a name that may stand in a file name.
func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, name)
}
