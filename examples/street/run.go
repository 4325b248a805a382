package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// stages times the parts of a run.
type stages struct {
	Load   float64 `json:"load"`
	Play   float64 `json:"play"`
	Report float64 `json:"report"`
}

// run plays the folder and writes what was decided.
func (a *app) run(ctx context.Context, words []string) error {
	if len(words) > 0 {
		return badInput(fmt.Errorf("unexpected %q", words))
	}
	var took stages
	f, err := timed(&took.Load, func() (*street.Folder, error) { return a.load(street.LoadOptions{}) })
	if err != nil {
		return err
	}
	now, err := a.instant(f)
	if err != nil {
		return err
	}
	s, err := timed(&took.Play, func() (*street.Street, error) { return a.play(ctx, f, now) })
	if err != nil {
		return err
	}
	sum, results, err := a.results(ctx, s, f, now, &took)
	if err != nil {
		return err
	}
	if err := a.write(results, slug(sum.Street)); err != nil {
		return err
	}
	if a.json {
		_, err := a.stdout.Write(results[1].data)
		return err
	}
	if !a.quiet {
		a.print(sum, f)
	}
	return nil
}

// write puts the results where the flags say, or into a new directory, which is
// printed when nothing else will name it, and removed when writing fails.
func (a *app) write(results []result, name string) error {
	if a.out != "" {
		return writeResults(a.out, results)
	}
	dir, err := os.MkdirTemp("", "street-"+name+"-")
	if err != nil {
		return err
	}
	if err := writeResults(dir, results); err != nil {
		_ = os.RemoveAll(dir)
		return err
	}
	a.out = dir
	if a.quiet || a.json {
		fmt.Fprintln(a.stderr, dir)
	}
	return nil
}

func timed[T any](seconds *float64, do func() (T, error)) (T, error) {
	start := time.Now()
	v, err := do()
	*seconds = time.Since(start).Seconds()
	return v, err
}

// play lives the folder on a journal in memory.
func (a *app) play(ctx context.Context, f *street.Folder, now time.Time) (*street.Street, error) {
	s, err := street.Open(ctx, f, journal.NewMemory())
	if err != nil {
		return nil, err
	}
	bar := a.progress()
	defer bar.done()
	return s, s.Play(ctx, now, bar.at)
}

// results makes every result file of a run: decisions.csv, summary.json and
// report.html, in this order.
func (a *app) results(ctx context.Context, s *street.Street, f *street.Folder, now time.Time, took *stages) (*summary, []result, error) {
	start := time.Now()
	sum, rows, err := summarize(ctx, s, f, now, a.lang)
	if err != nil {
		return nil, nil, err
	}
	table, err := decisions(rows, f, a.lang)
	if err != nil {
		return nil, nil, err
	}
	page, err := report(ctx, sum, rows, s, now, a.lang)
	if err != nil {
		return nil, nil, err
	}
	took.Report = time.Since(start).Seconds()
	sum.Seconds = *took
	if took.Play > 0 {
		sum.EventsPerSecond = int(float64(sum.Events) / took.Play)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(sum); err != nil {
		return nil, nil, err
	}
	return sum, []result{{"decisions.csv", table}, {"summary.json", b.Bytes()}, {"report.html", page}}, nil
}
